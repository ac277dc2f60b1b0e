"""Counts behind the payment model, against plain loops."""

import random
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from forecasting.arrays import number
from forecasting.payments.bank_days import calendar
from forecasting.payments.documents import documents_of
from forecasting.payments.hazards import CELLS, HIGH, LOW, tables

ORIGIN = date(2026, 6, 30)


def ledger(seed: int, count: int = 120) -> pl.DataFrame:
    draw = random.Random(seed)
    rows = []
    for place in range(count):
        issued = date(2025, 9, 1) + timedelta(days=draw.randint(0, 330))
        due = issued + timedelta(days=draw.choice([0, 14, 30, 60, 90]))
        closed = issued + timedelta(days=draw.randint(0, 200)) if draw.random() < 0.8 else None
        cash = draw.random() < 0.9
        rows.append(
            (f"C{place % 7}", f"F{place:03}", 0, "invoice", issued, due, closed, 100.0,
             100.0 if cash else 0.0, place)
        )  # fmt: skip
    names = ["customer_id", "document_id", "instalment", "invoice_type", "invoice_date", "due_date",
             "closed_date", "amount", "received_amount", "key"]  # fmt: skip
    frame = pl.DataFrame(rows, schema=names, orient="row").with_columns(pl.col("key").cast(pl.UInt64))
    return frame.sort("customer_id", "document_id")


@pytest.mark.parametrize("seed", range(4))
def test_person_days_at_risk_and_payments_equal_a_plain_count(seed):
    frame = ledger(seed)
    days = calendar(number(date(2023, 1, 1)), number(date(2028, 1, 1)))
    found = tables(documents_of(frame), number(ORIGIN), days)
    risk, paid = np.zeros((7, CELLS)), np.zeros((7, CELLS))
    for row in frame.iter_rows(named=True):
        who = int(row["customer_id"][1:])
        end = min(row["closed_date"] or ORIGIN, ORIGIN)
        is_closed = row["closed_date"] is not None and row["closed_date"] <= ORIGIN
        day = row["invoice_date"] + timedelta(days=1)
        if is_closed and row["closed_date"] <= row["invoice_date"]:
            day = row["closed_date"]
        if row["invoice_date"] > ORIGIN:
            continue
        while day <= end:
            cell = min(max((day - row["due_date"]).days, LOW), HIGH) - LOW
            risk[who, cell] += 1
            if is_closed and day == row["closed_date"] and row["received_amount"] > 0:
                paid[who, cell] += 1
            day += timedelta(days=1)
    assert found.at_risk.tolist() == risk.tolist()
    assert found.paid.tolist() == paid.tolist()


def test_what_comes_after_the_day_is_not_looked_at():
    frame = ledger(9)
    days = calendar(number(date(2023, 1, 1)), number(date(2028, 1, 1)))
    early = frame.filter(pl.col("invoice_date") <= ORIGIN).with_columns(
        closed_date=pl.when(pl.col("closed_date") <= ORIGIN).then("closed_date")
    )
    one, other = (tables(documents_of(rows), number(ORIGIN), days) for rows in (frame, early))
    assert one.stratum_hazard.tolist() == other.stratum_hazard.tolist()
    assert one.paydays.weights.tolist() == other.paydays.weights.tolist()
    for kind, chances in enumerate(one.paydays.chances):
        assert chances.tolist() == other.paydays.chances[kind].tolist()
    assert one.recent_lateness.tolist() == other.recent_lateness.tolist()
