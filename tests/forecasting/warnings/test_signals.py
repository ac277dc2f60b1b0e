"""Signals of early warning: every rule on numbers worked out by hand, any past day."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from forecasting.arrays import number
from forecasting.warnings.book import Book, BookSources, book_of
from forecasting.warnings.rules import BY_NAME
from forecasting.warnings.signals import signal_start
from tests.books import Desk
from tests.warnings_ledger import (
    DAY,
    HISTORY,
    PAID,
    ago,
    customer,
    early_warnings,
    invoice,
    payment,
    signal,
)

pytestmark = pytest.mark.usefixtures("english")
Shifted = Callable[[np.random.Generator, int], np.ndarray]


def book(desk: Desk, day: date = DAY) -> Book:
    names = ("timing_documents", "settled_days", "receipt_days", "arrangements", "contacts", "order_numbers",
             "customers")  # fmt: skip
    return book_of(BookSources(*(desk.books().ask(name, as_of=day) for name in names)), day)


def value(desk: Desk, rule: str, day: date = DAY) -> tuple[float, float]:
    held = book(desk, day)
    answer = BY_NAME[rule].test(held, number(day))
    at = held.ids.to_list().index("C1")
    return float(answer.value[at]), float(answer.limit[at])


def test_shift_is_the_mid_rank_of_recent_payments_and_of_invoices_open_longer_than_usual(desk):
    desk.load(
        customers=[customer("C1")],
        invoices=[
            *HISTORY,
            invoice("R1", "C1", 18),  # paid 8 days late, 10 days ago: half of the one as late = 0.1
            invoice("R2", "C1", 20),  # paid 10 days late, 10 days ago: nobody later = 0
            invoice("O1", "C1", 6),  # open, 6 days late: one later, half of the one as late = 0.3
            invoice("O2", "C1", 4),  # open as long as usual: says nothing yet
            invoice("X1", "C1", 50),  # paid 45 days ago: neither recent nor history
        ],
        payments=[*PAID, payment("R1", "C1", 10), payment("R2", "C1", 10), payment("X1", "C1", 45)],
    )
    # (0.4 + 0.5 + 0.2) * sqrt(12 / 3)
    assert value(desk, "shift") == (pytest.approx(2.2), 2.0)
    found = signal(desk, "shift")
    assert (found["value"], found["limit"]) == (pytest.approx(2.2), 2.0)
    assert (found["invoices"], found["amount"]) == (["O1"], Decimal("100.00"))
    # Earlier payments than usual are no warning, however clear.
    assert value(desk, "shift", DAY - timedelta(days=11))[0] != value(desk, "shift")[0]


def test_paying_earlier_than_ever_makes_shift_negative(desk):
    early = [invoice(f"R{n}", "C1", 5) for n in range(3)]
    desk.load(
        customers=[customer("C1")], invoices=[*HISTORY, *early],
        payments=[*PAID, *(payment(f"R{n}", "C1", 12) for n in range(3))],
    )  # fmt: skip
    # Each of the three is earlier than all of the past: 3 * (0.5 - 1) * sqrt(12 / 3)
    assert value(desk, "shift")[0] == pytest.approx(-3.0)
    assert signal(desk, "shift") is None


def test_with_fewer_than_five_payments_of_its_own_the_segment_is_the_past(desk):
    other = [invoice(f"S{late}", "C2", 100 + late) for late in (0, 2, 4, 6, 8)]
    desk.load(
        customers=[customer("C1"), customer("C2")],
        invoices=[*other, invoice("O1", "C1", 9), invoice("O2", "C1", 9)],
        payments=[payment(f"S{late}", "C2", 100) for late in (0, 2, 4, 6, 8)],
    )
    # Both later than everybody before: 2 * 0.5 * sqrt(12 / 2)
    assert value(desk, "shift")[0] == pytest.approx(6**0.5)
    # Four payments of its own, all later than this, are still too few to be a habit: nine in the segment,
    # four of them later, are what the two are held against. 2 * (0.5 - 4/9) * sqrt(12 / 2)
    desk.load(
        invoices=[invoice(f"Q{n}", "C1", 120) for n in range(4)],
        payments=[payment(f"Q{n}", "C1", 100) for n in range(4)],
    )
    assert value(desk, "shift")[0] == pytest.approx(2 * (0.5 - 4 / 9) * 6**0.5)


def test_level_weighs_days_late_by_amount_and_counts_what_is_not_due(desk):
    desk.load(
        customers=[customer("C1")],
        invoices=[
            invoice("F1", "C1", 40, "300.00"), invoice("F2", "C1", -10, "100.00"),
            invoice("F3", "C1", 20, "200.00"),
        ],
        payments=[payment("F3", "C1", 2, "100.00")],
    )  # fmt: skip
    # (300 * 40 + 100 * 0 + 100 * 20) / 500
    assert value(desk, "level_now") == (28.0, 15.0)
    # 400 of 500 is past due.
    assert value(desk, "share_overdue") == (0.8, 0.5)
    found = signal(desk, "share_overdue")
    assert found["amount"] == Decimal("400.00")
    assert sorted(found["invoices"]) == ["F1", "F3"]
    # On the 20th day before only F1 and F2 were issued, F1 20 days late; F3 fell due that day.
    early = DAY - timedelta(days=20)
    assert value(desk, "level_now", early)[0] == pytest.approx(300 * 20 / 600)


def test_often_very_late_looks_at_the_last_twenty_that_can_be_told_of(desk):
    old = [invoice(f"O{n:02}", "C1", 200 + n) for n in range(10)]  # 40 days late
    new = [invoice(f"N{n:02}", "C1", 60 + n) for n in range(18)]  # in time
    desk.load(
        customers=[customer("C1")], invoices=[*old, *new, invoice("F1", "C1", 1)],
        payments=[
            *(payment(f"O{n:02}", "C1", 160 + n) for n in range(10)),
            *(payment(f"N{n:02}", "C1", 61 + n) for n in range(18)),
        ],
    )  # fmt: skip
    # 18 in time and the last 2 of the ten late ones: exactly a tenth, which is not above it.
    assert value(desk, "level_past") == (pytest.approx(0.1), 0.1)
    assert signal(desk, "level_past") is None
    before = DAY - timedelta(days=2)
    assert value(desk, "level_past", before - timedelta(days=29))[0] > 0.1


def test_a_broken_promise_a_dispute_and_a_part_payment_are_raised_with_their_own_day(desk):
    desk.load(
        customers=[customer("C1")],
        invoices=[invoice("F1", "C1", 30), invoice("F2", "C1", 20), invoice("F3", "C1", 25)],
        payments=[payment("F3", "C1", 15, "60.00")],
        promises=[("F1", ago(20), ago(10), "100.00"), ("F2", ago(8), ago(2), "0.01")],
        disputes=[("F2", ago(12), "", "price", "100.00")],
    )
    broken, part = signal(desk, "broken_promise"), signal(desk, "short_payment")
    assert (broken["value"], broken["since_date"].isoformat()) == (2.0, ago(10))
    assert (part["value"], part["since_date"].isoformat(), part["amount"]) == (1.0, ago(15), Decimal("40.00"))
    dispute = signal(desk, "dispute")
    assert (dispute["invoices"], dispute["since_date"].isoformat()) == (["F2"], ago(12))
    # On the day before the promised day nothing was broken.
    assert signal(desk, "broken_promise", day=DAY - timedelta(days=11)) is None


def test_silence_counts_from_the_first_contact_that_nothing_followed(desk):
    desk.load(
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
    found = signal(desk, "silence")
    # The payment of 30 days ago answered the first; the second waits since.
    assert (found["value"], found["limit"], found["since_date"].isoformat()) == (25.0, 10.0, ago(14))
    assert signal(desk, "silence", "C2") is None


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
    assert signal(desk, "concentration", "C3")["value"] == pytest.approx(9000 / 9950)
    new = signal(desk, "first_time", "C3")
    assert new["value"] == pytest.approx(9000 / (9950 / 3))
    missing = signal(desk, "no_order_number")
    assert (missing["invoices"], missing["value"]) == (["F1"], 1.0)
    desk.load(customers=[customer("C1", "999.00")])
    assert signal(desk, "credit_limit")["value"] == pytest.approx(900 / 999)


def test_exposure_is_days_of_a_years_sales_against_the_most_of_four_quarters(desk):
    # 100 a week, paid 14 days after it was issued; the last eight are not paid.
    rows = [invoice(f"W{week:03}", "C1", 7 * week - 29, issued=7 * week + 1) for week in range(120)]
    desk.load(
        customers=[customer("C1")], invoices=rows,
        payments=[payment(f"W{week:03}", "C1", 7 * week - 13) for week in range(8, 120)],
    )  # fmt: skip
    # 52 invoices in the year: 365 * 800 / 5,200; before, two at a time were open.
    found, limit = value(desk, "exposure")
    assert found == pytest.approx(365 * 800 / 5200)
    assert limit == pytest.approx(1.5 * 365 * 200 / 5200)
    assert signal(desk, "exposure")["amount"] == Decimal("800.00")
    assert signal(desk, "exposure", day=DAY - timedelta(days=60)) is None


def test_a_pay_day_is_left_when_fewer_than_half_as_many_runs_fall_on_it(desk):
    # DAY is a Sunday: Thursdays for months, and Mondays for six weeks.
    days = [*(6 + 7 * week for week in range(6)), *(3 + 7 * week for week in range(6, 30))]
    rows = [invoice(f"W{at:03}", "C1", at) for at in days]
    desk.load(
        customers=[customer("C1")], invoices=[*rows, invoice("F1", "C1", -3)],
        payments=[payment(f"W{at:03}", "C1", at) for at in days],
    )  # fmt: skip
    assert value(desk, "pay_weekday") == (0.0, 0.5)
    assert signal(desk, "pay_weekday")["value"] == 0.0
    # Three weeks before, three of six fell on a Thursday: not fewer than half of all.
    assert signal(desk, "pay_weekday", day=DAY - timedelta(days=21)) is None


def test_a_past_day_gives_the_same_whatever_was_loaded_since(desk):
    desk.load(
        customers=[customer("C1")], invoices=[*HISTORY, invoice("F1", "C1", 30), invoice("F2", "C1", 28)],
        payments=PAID,
    )  # fmt: skip
    past = DAY - timedelta(days=10)
    before = early_warnings(desk, past)
    # Paid, cancelled and reversed later, with new invoices, disputes and contacts.
    desk.load(
        invoices=[invoice("F9", "C1", -30, "7.00", issued=2)],
        payments=[
            payment("F1", "C1", 5), ("P-F1-3", "C1", "F1", ago(3), "EUR", "-100.00"), payment("F2", "C1", 4),
        ],
        disputes=[("F1", ago(2), "", "x", "1.00")],
        contacts=[("C1", "F1", ago(1), "phone", "out", "call")],
    )  # fmt: skip
    after = early_warnings(desk, past)
    assert before.signals.equals(after.signals)
    assert before.customers.equals(after.customers)
    held = book(desk)
    for name, rule in BY_NAME.items():
        then = rule.test(book(desk, past), number(past))
        now = rule.test(held, number(past))
        assert np.array_equal(then.value, now.value, equal_nan=True), name


def test_what_lasts_began_on_the_first_day_of_its_unbroken_stretch(desk):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 30)])
    # More than half overdue from the day after the due date on, a Saturday; late above 15 days from the 16th.
    assert signal(desk, "share_overdue")["since_date"].isoformat() == ago(29)
    assert signal(desk, "level_now")["since_date"].isoformat() == ago(14)
    held = book(desk)
    rule = BY_NAME["share_overdue"]
    for back in range(29):
        day = number(DAY) - back
        assert signal_start(held, rule, day, rule.test(held, day))[0] == number(DAY) - 29, back


def _auc(score: np.ndarray, is_it: np.ndarray) -> float:
    order = score[is_it][:, None] - score[~is_it][None, :]
    return float((np.sign(order) / 2 + 0.5).mean())


def steady(seed: int, shifted: Shifted, late: int, since: int) -> tuple[Book, np.ndarray]:
    """200 customers that pay weekly, about 700 invoices a week for a year; some pay later at the end."""
    rng = np.random.default_rng(seed)
    customers = 200
    chosen = shifted(rng, customers)
    rate = rng.gamma(4.0, 0.9, customers)
    habit, spread, run = (
        rng.normal(2, 6, customers),
        rng.uniform(2, 7, customers),
        rng.integers(0, 5, customers),
    )
    documents, settled, receipts = [], [], set()
    today, base = number(DAY), date(1970, 1, 1)
    for who in range(customers):
        for place in range(int(rate[who] * 52)):
            issued = today - int(rng.integers(1, 365))
            due = issued + 30
            paid = max(issued + 1, due + round(rng.normal(habit[who], spread[who])))
            if chosen[who] and paid > today - since:
                paid += late
            paid += (run[who] - (paid + 3)) % 7
            identity = f"D{who:03}-{place:04}"
            is_paid = paid <= today
            documents.append((f"C{who:03}", identity, issued, due, is_paid))
            if is_paid:
                settled.append((identity, paid))
                receipts.add((f"C{who:03}", paid))
    documents.sort()

    def days(values: list[int]) -> list[date]:
        return [base + timedelta(days=int(one)) for one in values]

    money = pl.Decimal(38, 2)
    count = len(documents)
    frame = pl.DataFrame(
        {
            "customer_id": [row[0] for row in documents], "document_id": [row[1] for row in documents],
            "instalment": [0] * count, "invoice_type": ["invoice"] * count, "segment": ["x"] * count,
            "invoice_date": days([row[2] for row in documents]),
            "due_date": days([row[3] for row in documents]),
            "amount": [Decimal("100.00")] * count,
        }, schema_overrides={"instalment": pl.Int16, "amount": money},
    )  # fmt: skip
    paid_frame = pl.DataFrame(
        {
            "document_id": [row[0] for row in settled], "instalment": [0] * len(settled),
            "post_date": days([row[1] for row in settled]), "amount": [Decimal("100.00")] * len(settled),
            "received_amount": [Decimal("100.00")] * len(settled),
        }, schema_overrides={"instalment": pl.Int16, "amount": money, "received_amount": money},
    )  # fmt: skip
    came = sorted(receipts)
    facts = BookSources(
        documents=frame,
        settled=paid_frame,
        receipts=pl.DataFrame(
            {"customer_id": [row[0] for row in came], "payment_date": days([row[1] for row in came]),
             "amount": [Decimal("100.00")] * len(came)}, schema_overrides={"amount": money},
        ),
        arrangements=pl.DataFrame(schema={
            "document_id": pl.String, "kind": pl.String, "made_date": pl.Date, "pay_date": pl.Date,
            "amount": money, "is_due": pl.Boolean, "is_kept": pl.Boolean,
        }),
        contacts=pl.DataFrame(schema={
            "customer_id": pl.String, "contact_date": pl.Date, "direction": pl.String, "kind": pl.String,
        }),
        orders=pl.DataFrame(schema={"invoice_id": pl.String, "po_number": pl.String}),
        customers=pl.DataFrame(
            {"customer_id": sorted({row[0] for row in documents})}
        ).with_columns(credit_limit=pl.lit(None, dtype=money)),
    )  # fmt: skip
    return book_of(facts, DAY), chosen


def tenth(rng: np.random.Generator, customers: int) -> np.ndarray:
    chosen = np.zeros(customers, dtype=bool)
    chosen[rng.choice(customers, customers // 10, replace=False)] = True
    return chosen


def test_a_shift_of_seven_days_in_a_tenth_of_the_customers_is_seen_after_45_days():
    found, usual = [], []
    for seed in range(5):
        held, chosen = steady(seed, tenth, 7, 45)
        for rule, areas in (("shift", found), ("share_overdue", usual)):
            answer = BY_NAME[rule].test(held, held.as_of)
            areas.append(_auc(np.nan_to_num(answer.value), chosen))
    assert min(found) >= 0.90, found
    assert np.mean(found) > np.mean(usual) + 0.1
