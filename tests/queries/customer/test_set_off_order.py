"""The order in which credit pays debts, and the day it counts from, worked out by hand."""

from datetime import date

import pytest

from tests.credit_rows import customer, document, payment

END = "2026-03-10"


def set_offs(desk, day: str = "2026-05-31") -> list[tuple[str, date, str]]:
    rows = desk.ask("set_offs", as_of=day)
    return [(row["invoice_id"], row["set_off_date"], str(row["amount"])) for row in rows]


@pytest.mark.parametrize(
    ("of_customer", "of_invoices", "paid"),
    [
        # Statutory 10.15% on the older invoice, 15% agreed for the younger one, or 2%.
        ({}, [{}, {"contract_interest_percent": "15"}], "A2"),
        ({}, [{}, {"contract_interest_percent": "2"}], "A1"),
        # 10.15 + 2 = 12.15% on the younger one.
        ({}, [{}, {"contract_interest_percent": "2", "contract_interest_kind": "surcharge"}], "A2"),
        # 9% with the customer: 4% for the older invoice is less, 12% more.
        ({"contract_interest_percent": "9"}, [{"contract_interest_percent": "4"}, {}], "A2"),
        ({"contract_interest_percent": "9"}, [{"contract_interest_percent": "12"}, {}], "A1"),
        # A consumer owes 4% by law in 2026.
        ({"customer_type": "consumer"}, [{}, {"contract_interest_percent": "5"}], "A2"),
        # The same interest: the older one.
        ({}, [{}, {}], "A1"),
    ],
)
def test_of_debts_due_on_one_day_the_one_with_the_higher_interest_is_paid_first(
    shared_desk, of_customer, of_invoices, paid
):
    names = ("customer_id", "customer_name", "segment", "country", "payment_terms_days", "credit_limit")
    shared_desk.load(
        customers=[dict(zip(names, customer("C"), strict=True)) | of_customer],
        invoices=[
            document("A1", "C", "2025-12-01", "2026-01-31", "100.00", **of_invoices[0]),
            document("A2", "C", "2025-12-10", "2026-01-31", "100.00", **of_invoices[1]),
            document("A3", "C", "2025-12-11", "2026-02-01", "100.00", contract_interest_percent="30"),
        ],
        payments=[payment("P", "C", "", "2026-02-10", "100.00")],
    )
    assert set_offs(shared_desk) == [(paid, date(2026, 2, 10), "100.00")]


def test_what_was_paid_too_much_counts_from_its_own_day_when_some_of_it_is_paid_back(shared_desk):
    shared_desk.load(
        customers=[customer("C")],
        invoices=[
            document("A", "C", "2026-01-01", "2026-01-31", "100.00"),
            document("B", "C", "2026-01-01", "2026-01-31", "100.00"),
        ],
        payments=[
            payment("P", "C", "A", "2026-02-01", "180.00"),
            payment("R", "C", "A", "2026-03-20", "-30.00"),
        ],
    )
    assert set_offs(shared_desk, "2026-03-19") == [("B", date(2026, 2, 1), "80.00")]
    assert set_offs(shared_desk) == [("B", date(2026, 2, 1), "50.00")]


def test_an_administration_with_cancelled_documents_alone_keeps_no_money_from_the_other(shared_desk):
    shared_desk.load(
        customers=[customer("C")],
        invoices=[
            document("A", "C", "2026-01-01", "2026-01-31", "100.00", entity="North"),
            document(
                "B", "C", "2026-01-01", "2026-01-31", "5.00", entity="South", cancelled_date="2026-03-10"
            ),
        ],
        payments=[payment("P", "C", "", "2026-02-10", "60.00")],
    )
    assert set_offs(shared_desk, "2026-03-09") == []
    assert set_offs(shared_desk, END) == [("A", date(2026, 2, 10), "60.00")]
