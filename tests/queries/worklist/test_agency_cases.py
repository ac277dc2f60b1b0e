"""A case at an agency leaves the letters of another administration, another creditor, as they are."""

from decimal import Decimal

import pytest

from reports.answers.claims import agency_case_form
from reports.answers.shared import forms
from tests.worklist_ledger import DAY, ago, customer

NORTH, SOUTH = "North BV", "South BV"


def bill(number: str, who: str, entity: str) -> dict:
    return {
        "invoice_id": number, "customer_id": who, "invoice_type": "invoice", "invoice_date": ago(50),
        "due_date": ago(20), "currency": "EUR", "amount": "100.00", "entity": entity,
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("entity", "waiting"),
    [(NORTH, {NORTH: "agency", SOUTH: None}), (None, {NORTH: "agency", SOUTH: "agency"})],
)
def test_only_the_administration_that_handed_over_waits(desk, entity: str | None, waiting: dict) -> None:
    desk.load(customers=[customer("C1")], invoices=[bill("N1", "C1", NORTH), bill("S1", "C1", SOUTH)])
    cases = desk.books().ask("collection_cases", as_of=DAY, customer="C1")
    opened = agency_case_form.open_case("C1", cases, DAY, "Incasso BV", "100.00", entity=entity)
    forms.save(desk.store, {agency_case_form.FILE: opened.rows}, desk.moment())

    assert {row["entity"]: row["waits"] for row in desk.ask("worklist_items", as_of=DAY)} == waiting
    listed = {of: len(desk.ask("collection_cases", as_of=DAY, entity=of)) for of in (NORTH, SOUTH)}
    assert listed == {of: int(waits is not None) for of, waits in waiting.items()}


@pytest.mark.slow
def test_what_is_told_of_a_case_leaves_its_administration(desk) -> None:
    desk.load(customers=[customer("C1")], invoices=[bill("N1", "C1", NORTH)])
    none = desk.books().ask("collection_cases", as_of=DAY, customer="C1")
    opened = agency_case_form.open_case("C1", none, DAY, "Incasso BV", "100.00", entity=NORTH)
    forms.save(desk.store, {agency_case_form.FILE: opened.rows}, desk.moment())
    [case] = desk.ask("collection_cases", as_of=DAY)
    told = agency_case_form.update_case(case, "open", None, "40.00", None)
    forms.save(desk.store, {agency_case_form.FILE: told.rows}, desk.moment())

    [case] = desk.ask("collection_cases", as_of=DAY)
    assert (case["entity"], case["recovered"]) == (NORTH, Decimal(40))


@pytest.mark.parametrize(("status", "waits"), [("open", "agency"), ("withdrawn", None), ("paid", None)])
def test_a_case_that_ended_on_a_day_nobody_wrote_down_holds_no_letter_back(
    shared_desk, status: str, waits: str | None
) -> None:
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill("N1", "C1", NORTH)],
        collection_cases=[(f"K-{status}", "C1", "Incasso BV", ago(5), status, "")],
    )
    assert [row["waits"] for row in shared_desk.ask("worklist_items", as_of=DAY)] == [waits]
