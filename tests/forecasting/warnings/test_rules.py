"""Every rule on numbers worked out by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.cases import Cases
from tests.forecasting.warnings.ledger_books import case_signal, value
from tests.warnings_ledger import (
    DAY,
    ago,
    customer,
    invoice,
    payment,
    signal,
)

pytestmark = pytest.mark.usefixtures("english")
cases = Cases()


@pytest.mark.slow
@cases.rows(
    customers=[customer("C1")],
    invoices=[invoice("F1", "C1", 30), invoice("F2", "C1", 20), invoice("F3", "C1", 25)],
    payments=[payment("F3", "C1", 15, "60.00")],
    promises=[("F1", ago(20), ago(10), "100.00"), ("F2", ago(8), ago(2), "0.01")],
    disputes=[("F2", ago(12), "", "price", "100.00")],
)
def test_a_broken_promise_a_dispute_and_a_part_payment_are_raised_with_their_own_day(case):
    broken, part = case_signal(case, "broken_promise"), case_signal(case, "short_payment")
    assert (broken["value"], broken["since_date"].isoformat()) == (2.0, ago(10))
    assert (part["value"], part["since_date"].isoformat(), part["amount"]) == (1.0, ago(15), Decimal("40.00"))
    dispute = case_signal(case, "dispute")
    assert (dispute["invoices"], dispute["since_date"].isoformat()) == (["F2"], ago(12))
    # On the day before the promised day nothing was broken.
    assert case_signal(case, "broken_promise", day=DAY - timedelta(days=11)) is None


@cases.rows(
    customers=[customer("C1"), customer("C2")],
    invoices=[invoice("F1", "C1", 40), invoice("F2", "C1", 35), invoice("G1", "C2", 40)],
    payments=[payment("F2", "C1", 30)],
    contacts=[
        ("C1", "F1", ago(32), "e-mail", "out", "friendly_reminder"),
        ("C1", "F1", ago(25), "e-mail", "out", "formal_reminder"),
        ("C1", "F1", ago(5), "phone", "out", "call"),
        ("C2", "G1", ago(25), "e-mail", "out", "formal_reminder"),
        ("C2", "G1", ago(20), "e-mail", "in", "reply"),
    ],
)
def test_silence_counts_from_the_first_contact_that_nothing_followed(case):
    found = case_signal(case, "silence")
    # The payment of 30 days ago answered the first; the second waits since.
    assert (found["value"], found["limit"], found["since_date"].isoformat()) == (25.0, 10.0, ago(14))
    assert case_signal(case, "silence", "C2") is None


@pytest.mark.slow
def test_credit_limit_concentration_new_and_large_and_a_missing_order_number(desk):
    orders = [invoice(f"N{n}", "C1", 60 + n, po_number="PO") for n in range(5)]
    desk.load(
        customers=[customer("C1", "1000.00"), customer("C2"), customer("C3")],
        invoices=[
            *orders, invoice("F1", "C1", -5, "900.00"), invoice("G1", "C2", -9, "50.00"),
            invoice("K1", "C3", -20, "9000.00", issued=10),
        ],
        payments=[
            *(payment(f"N{n}", "C1", 60 + n) for n in range(5)),
            payment("", "C2", 3, "1.00"),
        ],
    )  # fmt: skip
    assert signal(desk, "credit_limit") is None  # nine tenths is not above nine tenths
    assert value(desk, "credit_limit") == (0.9, 0.9)
    # C2 owes 49.00: the euro on account is set off against its 50.00.
    assert signal(desk, "concentration", "C3")["value"] == pytest.approx(9000 / 9949)
    new = signal(desk, "first_time", "C3")
    assert new["value"] == pytest.approx(9000 / (9949 / 3))
    missing = signal(desk, "no_order_number")
    assert (missing["invoices"], missing["value"]) == (["F1"], 1.0)
    desk.load(customers=[customer("C1", "999.00")])
    assert signal(desk, "credit_limit")["value"] == pytest.approx(900 / 999)


# 100 a week, paid 14 days after it was issued; the last eight are not paid.
WEEKLY = [invoice(f"W{week:03}", "C1", 7 * week - 29, issued=7 * week + 1) for week in range(120)]


@cases.rows(
    customers=[customer("C1")],
    invoices=WEEKLY,
    payments=[payment(f"W{week:03}", "C1", 7 * week - 13) for week in range(8, 120)],
)
def test_exposure_is_days_of_a_years_sales_against_the_most_of_four_quarters(case):
    # 52 invoices in the year: 365 * 800 / 5,200; before, two at a time were open.
    found, limit = value(case, "exposure")
    assert found == pytest.approx(365 * 800 / 5200)
    assert limit == pytest.approx(1.5 * 365 * 200 / 5200)
    assert case_signal(case, "exposure")["amount"] == Decimal("800.00")
    assert case_signal(case, "exposure", day=DAY - timedelta(days=60)) is None


# DAY is a Sunday: Thursdays for months, and Mondays for six weeks.
PAY_DAYS = [*(6 + 7 * week for week in range(6)), *(3 + 7 * week for week in range(6, 30))]


@cases.rows(
    customers=[customer("C1")],
    invoices=[*(invoice(f"W{at:03}", "C1", at) for at in PAY_DAYS), invoice("F1", "C1", -3)],
    payments=[payment(f"W{at:03}", "C1", at) for at in PAY_DAYS],
)
def test_a_pay_day_is_left_when_fewer_than_half_as_many_runs_fall_on_it(case):
    assert value(case, "pay_weekday") == (0.0, 0.5)
    assert case_signal(case, "pay_weekday")["value"] == 0.0
    # Three weeks before, three of six fell on a Thursday: not fewer than half of all.
    assert case_signal(case, "pay_weekday", day=DAY - timedelta(days=21)) is None


BOUNCED = [
    line
    for number, day in (("F1", 95), ("F2", 40), ("F3", 5))
    for line in (
        payment(number, "C1", day + 3),
        (f"R-{number}", "C1", number, ago(day), "EUR", "-100.00"),
    )
]


@pytest.mark.slow
@cases.rows(
    customers=[customer("C1")],
    invoices=[invoice(f"F{n}", "C1", 100) for n in (1, 2, 3)],
    payments=BOUNCED,
)
def test_two_payments_that_came_back_in_ninety_days_are_a_warning_while_something_is_open(case):
    # The bounce of 95 days ago is too old now; six days ago it was 89 days old, and the last had not come.
    found = case_signal(case, "bounces")
    assert (found["value"], found["limit"], found["amount"]) == (2.0, 1.0, Decimal("300.00"))
    assert case_signal(case, "bounces", day=DAY - timedelta(days=6))["value"] == 2.0
    assert case_signal(case, "bounces", day=DAY - timedelta(days=41)) is None


@cases.rows(
    customers=[customer("C1")],
    invoices=[invoice("F1", "C1", 40)],
    payments=[payment("F1", "C1", 20), ("R1", "C1", "F1", ago(10), "EUR", "-100.00")],
    contacts=[("C1", "F1", ago(32), "e-mail", "out", "friendly_reminder")],
)
def test_a_payment_that_came_back_is_no_answer_and_no_first_payment(case):
    # Until the bounce of ten days ago the payment was the answer; then 32 days went by without one.
    assert case_signal(case, "silence", day=DAY - timedelta(days=11)) is None
    assert case_signal(case, "silence")["value"] == 32.0
    (day,) = case.ask("pay_days", as_of=DAY)
    assert (day["payment_date"].isoformat(), day["returned_date"].isoformat()) == (ago(20), ago(10))
