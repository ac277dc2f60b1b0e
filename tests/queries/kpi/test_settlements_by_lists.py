"""What a list of open items settled is no payment of its day: figures of when customers pay leave it out."""

from datetime import date
from decimal import Decimal

import pytest

from tests.kpi_ledger import CUSTOMERS, cents, invoice, payment

MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 30)


@pytest.fixture
def listed(desk):
    """Due in March: A is paid in April, B is gone from a list of April, C half of it, D is open."""
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-02-10", "2026-03-12", "100.00"),
            invoice("B", "2026-02-10", "2026-03-12", "60.00"),
            invoice("C", "2026-02-10", "2026-03-12", "50.00"),
            invoice("D", "2026-02-10", "2026-03-12", "40.00"),
        ],
        payments=[payment("P1", "A", "2026-04-20", "100.00"), payment("P2", "B", "2026-03-20", "10.00")],
        open_items=[
            {"invoice_id": "B", "currency": "EUR", "list_date": "2026-04-30", "open_amount": "0.00"},
            {"invoice_id": "C", "currency": "EUR", "list_date": "2026-04-30", "open_amount": "25.00"},
        ],
    )
    return desk


def test_the_books_take_what_the_list_says(listed):
    rows = {row["invoice_id"]: row["open_amount"] for row in listed.ask("open_items", as_of=APRIL)}
    assert rows == {"C": Decimal("25.00"), "D": Decimal("40.00")}


def test_roll_rates_follow_the_parts_that_no_list_settled(listed):
    rows = [row for row in listed.ask("roll_rates", as_of=APRIL) if row["month_end"] == MARCH]
    # A is paid, D is 31 to 60 days old by then; of B and C nobody knows when they were paid.
    assert cents(rows) == {("d1_30", "paid"): 100, ("d1_30", "d31_60"): 40}
    assert sorted(row["share"] for row in rows) == pytest.approx([40 / 140, 100 / 140])


def test_the_invoices_behind_a_cell_add_up_to_it(listed):
    rows = listed.ask(
        "roll_rate_invoices", as_of=APRIL, from_place=1, to_place=-1, **{"from": MARCH, "to": MARCH}
    )
    assert [(row["invoice_id"], row["amount"]) for row in rows] == [("A", Decimal("100.00"))]


def test_before_the_day_of_the_list_nothing_was_settled_by_it(listed):
    rows = listed.ask("roll_rates", as_of="2026-04-29", **{"from": "2026-02-28", "to": "2026-02-28"})
    # At the end of February all four were not due; a month later 10 of B was paid.
    assert cents(rows) == {("not_due", "paid"): 10, ("not_due", "d1_30"): 240}


def test_the_recovery_curve_and_the_cohort_map_are_of_the_others_too(listed):
    curve = [
        row for row in listed.ask("recovery_curve", as_of=APRIL)
        if row["cohort"] == date(2026, 3, 1) and row["days_since_due"] in {0, 30}
    ]  # fmt: skip
    # A was collected 39 days after it fell due; the curve of March is seen up to 30 days.
    assert [(row["amount_due"], row["share_collected"]) for row in curve] == [(Decimal("140.00"), 0.0)] * 2
    cells = {
        row["months_since_due"]: row["share_collected"]
        for row in listed.ask("cohort_map", as_of=APRIL)
        if row["cohort"] == date(2026, 3, 1)
    }
    assert (cells[0], cells[1]) == (0.0, pytest.approx(100 / 140))


def test_a_provision_rests_on_what_was_followed_to_its_end(listed):
    [rate] = [
        row["loss_rate"] for row in listed.ask("provision_matrix", as_of=APRIL) if row["bucket"] == "d1_30"
    ]
    assert rate is None  # of the next bucket nothing is known yet, whatever B and C did
