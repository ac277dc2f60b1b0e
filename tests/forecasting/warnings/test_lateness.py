"""LEVEL and SHIFT, worked out by hand, and how soon a shift is seen."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from forecasting.arrays import number
from forecasting.warnings.book import Book, BookSources, book_of
from forecasting.warnings.rules import BY_NAME
from tests.cases import Cases
from tests.forecasting.warnings.ledger_books import case_signal, value
from tests.warnings_ledger import (
    DAY,
    HISTORY,
    PAID,
    customer,
    invoice,
    payment,
)

pytestmark = pytest.mark.usefixtures("english")
cases = Cases()


@pytest.mark.slow
@cases.rows(
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
def test_shift_is_the_mid_rank_of_recent_payments_and_of_invoices_open_longer_than_usual(case):
    # (0.4 + 0.5 + 0.2) * sqrt(12 / 3)
    assert value(case, "shift") == (pytest.approx(2.2), 2.0)
    found = case_signal(case, "shift")
    assert (found["value"], found["limit"]) == (pytest.approx(2.2), 2.0)
    assert (found["invoices"], found["amount"]) == (["O1"], Decimal("100.00"))
    # Earlier payments than usual are no warning, however clear.
    assert value(case, "shift", DAY - timedelta(days=11))[0] != value(case, "shift")[0]


@cases.rows(
    customers=[customer("C1")],
    invoices=[*HISTORY, *(invoice(f"R{n}", "C1", 5) for n in range(3))],
    payments=[*PAID, *(payment(f"R{n}", "C1", 12) for n in range(3))],
)
def test_paying_earlier_than_ever_makes_shift_negative(case):
    # Each of the three is earlier than all of the past: 3 * (0.5 - 1) * sqrt(12 / 3)
    assert value(case, "shift")[0] == pytest.approx(-3.0)
    assert case_signal(case, "shift") is None


@pytest.mark.slow
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


@cases.rows(
    customers=[customer("C1")],
    invoices=[
        invoice("F1", "C1", 40, "300.00"),
        invoice("F2", "C1", -10, "100.00"),
        invoice("F3", "C1", 20, "200.00"),
    ],
    payments=[payment("F3", "C1", 2, "100.00")],
)
def test_level_weighs_days_late_by_amount_and_counts_what_is_not_due(case):
    # (300 * 40 + 100 * 0 + 100 * 20) / 500
    assert value(case, "level_now") == (28.0, 15.0)
    # 400 of 500 is past due.
    assert value(case, "share_overdue") == (0.8, 0.5)
    found = case_signal(case, "share_overdue")
    assert found["amount"] == Decimal("400.00")
    assert sorted(found["invoices"]) == ["F1", "F3"]
    # On the 20th day before only F1 and F2 were issued, F1 20 days late; F3 fell due that day.
    early = DAY - timedelta(days=20)
    assert value(case, "level_now", early)[0] == pytest.approx(300 * 20 / 600)


@cases.rows(
    customers=[customer("C1")],
    invoices=[
        *(invoice(f"O{n:02}", "C1", 200 + n) for n in range(10)),  # 40 days late
        *(invoice(f"N{n:02}", "C1", 60 + n) for n in range(18)),  # in time
        invoice("F1", "C1", 1),
    ],
    payments=[
        *(payment(f"O{n:02}", "C1", 160 + n) for n in range(10)),
        *(payment(f"N{n:02}", "C1", 61 + n) for n in range(18)),
    ],
)
def test_often_very_late_looks_at_the_last_twenty_that_can_be_told_of(case):
    # 18 in time and the last 2 of the ten late ones: exactly a tenth, which is not above it.
    assert value(case, "level_past") == (pytest.approx(0.1), 0.1)
    assert case_signal(case, "level_past") is None
    before = DAY - timedelta(days=2)
    assert value(case, "level_past", before - timedelta(days=29))[0] > 0.1


Shifted = Callable[[np.random.Generator, int], np.ndarray]


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
    closed = {identity for identity, _paid in settled}
    frame = pl.DataFrame(
        {
            "customer_id": [row[0] for row in documents], "document_id": [row[1] for row in documents],
            "instalment": [0] * count, "invoice_type": ["invoice"] * count, "segment": ["x"] * count,
            "invoice_date": days([row[2] for row in documents]),
            "due_date": days([row[3] for row in documents]),
            "amount": [Decimal("100.00")] * count,
            "owed_amount": [Decimal(0 if row[1] in closed else 100) for row in documents],
            "is_by_list": [False] * count,
        }, schema_overrides={"instalment": pl.Int16, "amount": money, "owed_amount": money},
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
            {"customer_id": [row[0] for row in came], "payment_date": days([row[1] for row in came])}
        ).with_columns(returned_date=pl.lit(None, dtype=pl.Date)),
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
        bounces=pl.DataFrame(schema={"customer_id": pl.String, "bounce_date": pl.Date}),
    )  # fmt: skip
    return book_of(facts, DAY), chosen


def tenth(rng: np.random.Generator, customers: int) -> np.ndarray:
    chosen = np.zeros(customers, dtype=bool)
    chosen[rng.choice(customers, customers // 10, replace=False)] = True
    return chosen


@pytest.mark.slow
def test_a_shift_of_seven_days_in_a_tenth_of_the_customers_is_seen_after_45_days():
    found, usual = [], []
    for seed in range(5):
        held, chosen = steady(seed, tenth, 7, 45)
        for rule, areas in (("shift", found), ("share_overdue", usual)):
            answer = BY_NAME[rule].test(held, held.as_of)
            areas.append(_auc(np.nan_to_num(answer.value), chosen))
    assert min(found) >= 0.90, found
    assert np.mean(found) > np.mean(usual) + 0.1
