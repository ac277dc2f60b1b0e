"""Contract interest: fixed or on top of the statutory rate, simple or compound, per customer or invoice."""

import pytest

from tests.worklist_ledger import customer


def bill(name: str = "F1", due: str = "2022-12-31", **agreed: str) -> dict:
    return {
        "invoice_id": name, "customer_id": "C1", "invoice_type": "invoice", "invoice_date": due,
        "due_date": due, "currency": "EUR", "amount": "10000.00", **agreed,
    }  # fmt: skip


def agreed(percent: str, kind: str = "", compound: str = "") -> dict[str, str]:
    return {
        "contract_interest_percent": percent, "contract_interest_kind": kind,
        "contract_interest_compound": compound,
    }  # fmt: skip


def interest(desk, day: str = "2024-12-31") -> dict[str, str]:
    return {row["invoice_id"]: str(row["interest"]) for row in desk.ask("claims", as_of=day)}


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        # 731 days of 10,000 at 12%: the second year's 366 days bear interest on 11,200: 1,200 + 1,347.68.
        (agreed("12"), "2547.68"),
        (agreed("12", "fixed", "yes"), "2547.68"),
        # 10,000 x 12% x 731 / 365 = 2,403.29, in one stretch.
        (agreed("12", "fixed", "no"), "2403.29"),
        # Commercial 10.50, 12.00, 12.50, 12.25 and 2 more: 12.50 x 181 + 14.00 x 184 = 4,838.50 percent-days:
        # 619.86 + 705.75 = 1,325.61; then 11,325.61 x 14.50% x 182 / 365 = 818.86 and x 14.25% x 184 / 365
        # = 813.58.
        (agreed("2", "surcharge"), "2958.05"),
        # Simple: 619.86 + 705.75 + 10,000 x 14.50% x 182 / 365 (723.01) + x 14.25% x 184 / 365 (718.36).
        (agreed("2", "surcharge", "no"), "2766.98"),
        # A surcharge of nothing is the statutory interest: 2,506.10, as published.
        (agreed("0", "surcharge"), "2506.10"),
        (agreed(""), "2506.10"),
        # Without a percentage there is no agreement.
        (agreed("", "surcharge", "no"), "2506.10"),
        (agreed("0"), "0.00"),
    ],
)
@pytest.mark.parametrize("level", ["customer", "invoice"])
def test_interest_agreed_with_a_customer_or_for_an_invoice(shared_desk, level, terms, expected):
    shared_desk.load(
        customers=[customer("C1", **(terms if level == "customer" else {}))],
        invoices=[bill(**(terms if level == "invoice" else {}))],
    )
    assert interest(shared_desk) == {"F1": expected}


def test_an_agreement_about_an_invoice_takes_the_place_of_the_customers_as_a_whole(shared_desk):
    # F2: 12% compound, though the customer's is simple and a surcharge.
    shared_desk.load(
        customers=[customer("C1", **agreed("2", "surcharge", "no"))],
        invoices=[bill("F1"), bill("F2", **agreed("12"))],
    )
    assert interest(shared_desk) == {"F1": "2766.98", "F2": "2547.68"}


def test_the_surcharge_of_a_consumer_is_on_the_consumers_rate(shared_desk):
    # 6% of 2025 and 1 more: 10,000 x 7% x 59 / 365 = 113.15.
    shared_desk.load(
        customers=[customer("C1", customer_type="consumer", **agreed("1", "surcharge"))],
        invoices=[bill(due="2025-01-31")],
    )
    [row] = shared_desk.ask("claims", as_of="2025-03-31")
    assert (str(row["interest"]), row["rate_kind"], str(row["rate_percent"].normalize())) == (
        "113.15", "contract", "7",
    )  # fmt: skip


def test_what_pays_simple_interest_pays_it_first_and_none_of_it_bears_interest(shared_desk):
    # 365 days at 12%: 1,200.00 and costs of 875.00. 3,075.00 pays both and 1,000.00; 9,000 x 12% x 366 / 365.
    shared_desk.load(
        customers=[customer("C1", **agreed("12", "fixed", "no"))],
        invoices=[bill()],
        payments=[("P1", "C1", "F1", "2023-12-31", "EUR", "3075.00")],
    )
    [row] = shared_desk.ask("claims", as_of="2024-12-31")
    assert (str(row["principal"]), str(row["interest"])) == ("9000.00", "1082.96")
