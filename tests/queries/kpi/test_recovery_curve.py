"""`recovery_curve` and `cohort_map`: by hand, and against plain loops."""

from datetime import date
from decimal import Decimal

import pytest

from tests.kpi_ledger import CUSTOMERS, LAST_DAY, invoice, payment


def recovery(desk) -> None:
    # Due in January: 100 paid 5 days early, 100 paid 10 days late, of 100 half on the due day; 40 credited.
    # Due in March: 100, of which 25 is paid on day 3.
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-01-01", "2026-01-15", "100.00"),
            invoice("B", "2026-01-01", "2026-01-20", "100.00"),
            invoice("C", "2026-01-01", "2026-01-31", "100.00"),
            invoice("D", "2026-01-01", "2026-01-31", "40.00"),
            invoice("E", "2026-02-20", "2026-03-10", "100.00"),
        ],
        payments=[
            payment("P1", "A", "2026-01-10", "100.00"),
            payment("P2", "B", "2026-01-30", "100.00"),
            payment("P3", "C", "2026-01-31", "50.00"),
            payment("P4", "D", "2026-02-10", "40.00", kind="credit"),
            payment("P5", "C", "2026-03-01", "50.00", kind="write_off"),
            payment("P6", "E", "2026-03-13", "25.00"),
        ],
    )


@pytest.mark.slow
def test_recovery_of_a_due_month_is_what_came_in_by_each_day_since_due(desk):
    recovery(desk)
    rows = desk.ask("recovery_curve", as_of="2026-03-20")
    january = {row["days_since_due"]: row for row in rows if row["cohort"] == date(2026, 1, 1)}
    assert [january[day]["share_collected"] for day in (-30, -6, -5, -1, 0, 9, 10, 48)] == pytest.approx(
        [0, 0, 1 / 3, 1 / 3, 1 / 2, 1 / 2, 5 / 6, 5 / 6]
    )
    assert january[0]["amount_due"] == 300
    # 20 March is 48 days after the last day of January, and 11 days before the last of March.
    assert max(january) == 48
    assert max(row["days_since_due"] for row in rows if row["cohort"] == date(2026, 3, 1)) == -11


def test_recovery_of_all_counts_an_invoice_as_long_as_it_has_been_seen(desk):
    recovery(desk)
    everything = {
        row["days_since_due"]: row
        for row in desk.ask("recovery_curve", as_of="2026-03-20")
        if row["cohort"] is None
    }
    # Day -5: 100 of 400. Day 0: 50 of the 300 left. Day 3: 25 of the 250 left. Day 10: 100 of the 225 left,
    # with the 75 of E, as 20 March is its day 10. On day 11 E is out of sight.
    left = [0.75, 0.75 * (1 - 50 / 300)]
    left.append(left[-1] * (1 - 25 / 250))
    left.append(left[-1] * (1 - 100 / 225))
    assert [everything[day]["share_collected"] for day in (-5, 0, 3, 10, 11)] == pytest.approx(
        [1 - share for share in (*left, left[-1])]
    )
    assert (everything[10]["amount_due"], everything[11]["amount_due"]) == (400, 300)


def test_the_cohort_map_stops_at_the_last_month_that_ended(desk):
    recovery(desk)
    rows = {
        (row["cohort"], row["months_since_due"]): row for row in desk.ask("cohort_map", as_of="2026-03-20")
    }
    january = [rows[date(2026, 1, 1), month]["share_collected"] for month in range(12)]
    assert january[:2] == pytest.approx([250 / 300, 250 / 300])
    assert january[2:] == [None] * 10
    assert rows[date(2026, 3, 1), 0]["share_collected"] is None
    later = {
        (row["cohort"], row["months_since_due"]): row for row in desk.ask("cohort_map", as_of="2026-03-31")
    }
    assert later[date(2026, 3, 1), 0]["share_collected"] == pytest.approx(0.25)
    assert later[date(2026, 1, 1), 2]["share_collected"] == pytest.approx(250 / 300)


def test_the_share_collected_stays_between_nothing_and_all(desk):
    # January is paid a tenth too much, of February a refund takes more than came in, March is credited twice.
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("J", "2026-01-01", "2026-01-15", "100.00"),
            invoice("F", "2026-02-01", "2026-02-15", "100.00"),
            invoice("M", "2026-03-01", "2026-03-15", "100.00"),
        ],
        payments=[
            payment("P1", "J", "2026-01-15", "110.00"),
            payment("P2", "F", "2026-02-15", "-20.00"),
            payment("P3", "M", "2026-03-10", "200.00", kind="credit"),
        ],
    )
    curve = desk.ask("recovery_curve", as_of="2026-04-30")
    last = {row["cohort"]: (row["share_collected"], row["amount_due"]) for row in curve}
    assert last[date(2026, 1, 1)] == (1, 100)
    assert last[date(2026, 2, 1)] == (0, 100)
    assert last[date(2026, 3, 1)] == (None, -100)
    assert all(0 <= row["share_collected"] <= 1 for row in curve if row["cohort"] is None)
    cells = desk.ask("cohort_map", as_of="2026-04-30", months=4)
    shares = {row["cohort"]: row["share_collected"] for row in cells if row["months_since_due"] == 0}
    assert [shares[date(2026, month, 1)] for month in (1, 2, 3)] == [1, 0, None]


def test_recovery_of_the_demo_company_is_what_plain_loops_make_of_its_files(demo):
    books, plain = demo
    rows = {
        (row["cohort"], row["days_since_due"]): row
        for row in books.ask("recovery_curve", as_of=LAST_DAY).to_dicts()
    }
    for cohort, day in (
        (date(2026, 5, 1), 0),
        (date(2026, 5, 1), 45),
        (date(2025, 1, 1), -12),
        (date(2025, 8, 1), 180),
    ):
        due = collected = Decimal(0)
        for part in plain.parts:
            if part.document["invoice_type"] != "invoice" or part.due.replace(day=1) != cohort:
                continue
            for since, _, kind, amount in part.moves:
                due += amount if kind in ("invoice", "cancellation", "credit", "discount") else 0
                collected -= (
                    amount if kind in ("payment", "reversal") and (since - part.due).days <= day else 0
                )
        assert rows[cohort, day]["amount_due"] == due
        assert rows[cohort, day]["share_collected"] == pytest.approx(float(collected / due))
