"""`payment_practices`: how soon documents were paid in full, on both sides."""

from collections.abc import Iterator
from datetime import date

import pytest

from data.store.load import load
from tests.books import Desk
from tests.kpi_ledger import CUSTOMERS, invoice, payment


@pytest.fixture(scope="module")
def both_sides(tmp_path_factory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("both_sides"))
    folder = desk.folder(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-01-01", "2026-01-31", "100.00"),  # paid after 30 days
            invoice("B", "2026-01-01", "2026-01-31", "300.00"),  # in two parts, the last after 60
            invoice("C", "2026-01-01", "2026-01-31", "600.00"),  # after 61, refunded 10 too much later
            invoice("OPEN", "2026-01-01", "2026-01-31", "5000.00"),
            invoice("CREDITED", "2026-01-01", "2026-01-31", "5000.00"),
            invoice("LOST", "2026-01-01", "2026-01-31", "50.00"),
            invoice("BOUNCED", "2026-01-01", "2026-01-31", "70.00"),
            invoice("EARLY", "2025-01-01", "2025-01-31", "40.00"),
        ],
        payments=[
            payment("P1", "A", "2026-01-31", "100.00"),
            payment("P2", "B", "2026-01-10", "200.00"),
            payment("P3", "B", "2026-03-02", "100.00"),
            payment("P4", "C", "2026-03-03", "610.00"),
            payment("P5", "C", "2026-05-03", "-10.00"),
            payment("P6", "OPEN", "2026-02-01", "100.00"),
            payment("P7", "CREDITED", "2026-02-01", "5000.00", kind="credit"),
            payment("P8", "LOST", "2026-02-01", "10.00"),
            payment("P9", "LOST", "2026-02-02", "40.00", kind="write_off"),
            payment("PA", "BOUNCED", "2026-02-02", "70.00"),
            payment("PB", "BOUNCED", "2026-02-05", "-70.00", kind="reversal"),
            payment("PC", "EARLY", "2025-01-20", "40.00"),
        ],
    )
    (folder / "bills.csv").write_text(
        "bill_id,supplier,bill_date,due_date,currency,amount,paid_date,paid_amount\n"
        "K1,S,2026-01-01,2026-01-31,EUR,100.00,2026-01-31,\nK2,S,2026-01-01,2026-01-31,EUR,100.00,2026-02-01,\n"
        "K3,S,2026-01-01,2026-01-31,EUR,800.00,2026-03-10,\nK4,S,2026-01-01,2026-01-31,EUR,90.00,2026-01-05,10.00\n"
    )
    load(desk.store, [folder])
    yield desk
    desk.close()


def test_both_sides_are_shared_out_by_days_to_the_last_payment(both_sides):
    customers, suppliers = both_sides.ask("payment_practices", as_of="2026-06-30")
    assert (customers["side"], suppliers["side"]) == ("customers", "suppliers")
    assert customers["first_day"] == date(2025, 12, 31)
    # A 30, B 60, C 61 days; by amount 100, 300 and 600.
    assert (customers["documents"], customers["amount"]) == (3, 1000)
    assert customers["mean_days"] == pytest.approx((30 + 60 + 61) / 3)
    shares = ("share_within_30", "share_31_60", "share_over_60", "share_late")
    assert [customers[name] for name in shares] == pytest.approx([1 / 3, 1 / 3, 1 / 3, 2 / 3])
    amounts = ("amount_share_within_30", "amount_share_31_60", "amount_share_over_60")
    assert [customers[name] for name in amounts] == pytest.approx([0.1, 0.3, 0.6])
    # K1 30, K2 31, K3 68 days; K4 is paid in part.
    assert (suppliers["documents"], suppliers["amount"]) == (3, 1000)
    assert [suppliers[name] for name in shares] == pytest.approx([1 / 3, 1 / 3, 1 / 3, 2 / 3])
    assert [suppliers[name] for name in amounts] == pytest.approx([0.1, 0.1, 0.8])


def test_a_payment_that_comes_back_later_stands_until_then(both_sides):
    before = both_sides.ask("payment_practices", as_of="2026-02-04")[0]
    # A, and BOUNCED which was paid on 2 February.
    assert (before["documents"], before["share_late"]) == (2, 0.5)
    period = both_sides.ask("payment_practices", as_of="2026-06-30", **{"from": "2026-03-03"})
    assert [row["documents"] for row in period] == [1, 1]


def test_a_period_in_which_nothing_was_paid_has_no_shares(both_sides):
    for row in both_sides.ask("payment_practices", as_of="2024-06-30"):
        assert (row["documents"], row["share_within_30"], row["amount_share_over_60"]) == (0, None, None)
