"""The billing plan in the forecast: amounts per week, and the share of expected billings they replace."""

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from forecasting.arrays import Floats
from forecasting.receipts.decomposition import BillingPlan
from forecasting.receipts.history import LedgerHistory
from forecasting.receipts.outlook import RECENT
from queries import Books

_WEEK = 7


def planned_billings(
    books: Books, past: LedgerHistory, *, as_of: date, known_on: datetime | None
) -> tuple[BillingPlan | None, tuple[str, ...]]:
    """Return the plan per week of the forecast, and the segments of the plan that no document has.

    An amount for all segments replaces all expected billings of its week; an amount for one segment replaces
    that segment's share of the billings of the last 13 weeks. The amount of a week is spread evenly over its
    seven days, because the weeks of a forecast need not begin on a Monday. Without a plan the first is None.
    """
    rows = books.ask("planned_billings", as_of=as_of, known_on=known_on)
    if rows.is_empty():
        return None, ()
    shares = _shares(pl.concat([past.frame, past.listed]), as_of)
    amount, share = np.zeros(past.weeks * _WEEK), np.zeros(past.weeks * _WEEK)
    for row in rows.iter_rows(named=True):
        segment = row["segment"]
        for offset in range(_WEEK):
            place = (row["week_start"] - as_of).days - 1 + offset
            if 0 <= place < len(amount):
                amount[place] += float(row["amount"]) / _WEEK
                share[place] += 1.0 if segment is None else shares.get(segment, 0.0)
    unknown = {name for name in rows["segment"].drop_nulls() if name not in shares}
    return BillingPlan(_weekly(amount), _weekly(np.minimum(share, 1.0)) / _WEEK), tuple(sorted(unknown))


def _weekly(daily: Floats) -> Floats:
    return np.asarray(daily.reshape(-1, _WEEK).sum(axis=1))


def _shares(documents: pl.DataFrame, as_of: date) -> dict[str, float]:
    """Return the share of each segment in the billings of the last 13 weeks; 1 each if nothing was billed."""
    recent = pl.col("invoice_date") > as_of - timedelta(days=RECENT)
    billings = documents.group_by("segment").agg(pl.col("amount").filter(recent).sum().cast(pl.Float64))
    amounts = {str(name): max(value or 0.0, 0.0) for name, value in billings.iter_rows() if name is not None}
    total = sum(amounts.values())
    return {name: value / total if total > 0 else 1.0 for name, value in amounts.items()}
