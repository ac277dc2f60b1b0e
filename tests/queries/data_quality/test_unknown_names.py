"""Names of administrations and dunning groups that nobody has: what is set for them holds for nobody."""

import pytest

from tests.worklist_ledger import DAY, ago, customer

BILL = {
    "invoice_id": "F1", "customer_id": "C1", "invoice_type": "invoice", "invoice_date": ago(50),
    "due_date": ago(20), "currency": "EUR", "amount": "100.00", "entity": "North",
}  # fmt: skip


def test_books_without_administrations_and_groups_name_only_what_names_one(desk) -> None:
    desk.load(
        customers=[customer("C1")],
        invoices=[{**BILL, "entity": ""}],
        settings=[("step_final_days", "20"), ("steps", "formal:3"), ("company_name@North", "N")],
        collection_cases=[("K1", "C1", "A", ago(1), "open", "")],
    )
    rows = desk.ask("findings", as_of=DAY)
    assert {row["finding"]: row["example"] for row in rows if row["finding"].startswith("unknown_")} == {
        "unknown_administration": "company_name@North"
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "entity", "named"),
    [
        ([("company_name@North", "N"), ("steps/retail@North", "formal:3")], "North", {}),
        ([], "north", {"unknown_administration": (1, "K1")}),
        (
            [
                ("company_name@Nowhere", "N"),
                ("steps/retail@nowhere", "formal:3"),
                ("steps@North", "formal:3"),
            ],
            "",
            {"unknown_administration": (2, "company_name@Nowhere")},
        ),
        (
            [("steps/shops", "none"), ("steps/shops@North", "none")],
            "",
            {"unknown_dunning_group": (2, "steps/shops")},
        ),
    ],
)
def test_settings_and_cases_of_a_name_that_nobody_has_are_named(desk, settings, entity, named) -> None:
    case = ("case_id", "customer_id", "agency", "opened_date", "status", "closed_date", "entity")
    desk.load(
        customers=[customer("C1", dunning_group="retail")],
        invoices=[BILL],
        settings=settings,
        collection_cases=[dict(zip(case, ("K1", "C1", "A", ago(1), "open", "", entity), strict=True))],
    )
    rows = desk.ask("findings", as_of=DAY)
    unknown = {row["finding"]: (row["count"], row["example"]) for row in rows}
    assert {name: unknown[name] for name in unknown if name.startswith("unknown_")} == named
