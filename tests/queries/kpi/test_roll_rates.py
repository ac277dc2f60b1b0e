"""`roll_rates` and their average: by hand, and against plain loops."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from tests.kpi_ledger import CUSTOMERS, LAST_DAY, cents, invoice, month_after, payment

MONTH_ENDS = [date(2025, 9, 30), date(2026, 3, 31), date(2026, 9, 30)]


def test_of_each_bucket_it_is_told_where_its_money_is_a_month_later(rolling):
    rows = [
        row for row in rolling.ask("roll_rates", as_of="2026-04-30") if row["month_end"] == date(2026, 3, 31)
    ]
    assert cents(rows) == {
        ("not_due", "paid"): 70,
        ("not_due", "not_due"): 60,
        ("not_due", "d1_30"): 30,
        ("d1_30", "paid"): 80,
        ("d90_plus", "written_off"): 10,
        ("d90_plus", "paid"): 5,
        ("d90_plus", "d90_plus"): 25,
    }
    shares = {(row["from_bucket"], row["to_bucket"]): row["share"] for row in rows}
    assert shares["not_due", "paid"] == pytest.approx(70 / 160)
    assert shares["d90_plus", "written_off"] == pytest.approx(0.25)


def test_an_earlier_write_off_is_not_lost_again_and_credit_notes_are_no_bucket(desk):
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-03-01", "2026-03-31", "100.00"),
            invoice("N", "2026-03-01", "2026-03-01", "-10.00"),
        ],
        payments=[
            payment("P1", "A", "2026-03-20", "20.00", kind="write_off", waived="yes"),
            payment("P2", "A", "2026-04-20", "80.00"),
            payment("P3", "N", "2026-03-20", "-15.00"),
        ],
    )
    assert cents(desk.ask("roll_rates", as_of="2026-04-30")) == {("not_due", "paid"): 80}


def test_a_month_is_only_followed_when_it_has_ended(rolling):
    assert max(row["month_end"] for row in rolling.ask("roll_rates", as_of="2026-04-29")) == date(2026, 2, 28)
    assert max(row["month_end"] for row in rolling.ask("roll_rates", as_of="2026-04-30")) == date(2026, 3, 31)
    asked = rolling.ask("roll_rates", as_of="2026-06-30", **{"from": "2026-03-01", "to": "2026-03-31"})
    assert {row["month_end"] for row in asked} == {date(2026, 3, 31)}


def test_roll_rates_follow_other_limits_and_the_invoice_date(rolling):
    rows = rolling.ask(
        "roll_rates",
        as_of="2026-04-30",
        limits=[25],
        basis="invoice",
        **{"from": "2026-03-31", "to": "2026-03-31"},
    )
    # On 31 March A is 21 days old and B 11, C 49 and D 150; on 30 April A and B are past 25.
    assert cents(rows) == {
        ("b1", "paid"): 70,
        ("b1", "b2"): 90,
        ("b2", "paid"): 85,
        ("b2", "b2"): 25,
        ("b2", "written_off"): 10,
    }


def test_roll_rates_of_the_demo_company_are_what_plain_loops_make_of_its_files(demo):
    books, plain = demo
    found = books.ask("roll_rates", as_of=LAST_DAY, **{"from": "2025-09-30"}).to_dicts()
    for month in MONTH_ENDS:
        rows = [row for row in found if row["month_end"] == month]
        assert cents(rows) == plain.rolls(month, month_after(month))


def test_average_rates_are_those_of_twelve_months_together_and_sum_to_one(demo):
    books, _ = demo
    months = books.ask("roll_rates", as_of=LAST_DAY)
    assert months["month_end"].n_unique() == 12
    total: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    of_bucket: dict[str, Decimal] = defaultdict(Decimal)
    for row in months.to_dicts():
        total[row["from_bucket"], row["to_bucket"]] += row["amount"]
        of_bucket[row["from_bucket"]] += row["amount"]
    average = books.ask("roll_rate_average", as_of=LAST_DAY).to_dicts()
    assert {(row["from_bucket"], row["to_bucket"]): row["share"] for row in average} == pytest.approx(
        {key: float(amount / of_bucket[key[0]]) for key, amount in total.items()}
    )
