"""How late each of a customer's last invoices was: the dots beside a warning."""

import numpy as np
import polars as pl

from forecasting.warnings.book import Book
from forecasting.warnings.lateness import SHIFT_OLDER, SHIFT_WINDOW
from forecasting.warnings.rule_result import FEWEST

LAST = 24
_SCHEMA = pl.Schema(
    {
        "customer_id": pl.String(),
        "days_late": pl.List(pl.Int64()),
        "is_open": pl.List(pl.Boolean()),
        "is_recent": pl.List(pl.Boolean()),
        "usual": pl.Float64(),
        "days_now": pl.Float64(),
    }
)


def payment_dots(book: Book, day: int, customers: list[str]) -> pl.DataFrame:
    """Return the lateness of the last invoices of some customers, by due date, the oldest first.

    Returns:
        `customer_id`; per invoice `days_late` (until it was paid, or until `day` while it is open; negative:
        early), `is_open`, and `is_recent`: paid in the last three weeks, or open and past due; `usual`:
        median days late of what was paid more than 60 days ago, null with fewer than five;
        `days_now`: mean days late of the recent ones, null without any.
    """
    now = book.at(day)
    counts = book.is_invoice & now.known & (now.by_cash | (now.open > 0))
    rows = []
    for code in np.flatnonzero(book.ids.is_in(customers).to_numpy()):
        first, last = np.searchsorted(book.customer, [code, code + 1])
        own = first + np.flatnonzero(counts[first:last])
        own = own[np.argsort(book.due[own], kind="stable")]
        late = np.minimum(now.closed[own], day) - book.due[own]
        old = late[now.by_cash[own] & (now.closed[own] <= day - SHIFT_OLDER)]
        is_open = now.open[own] > 0
        is_recent = np.where(is_open, late > 0, now.closed[own] > day - SHIFT_WINDOW)
        rows.append(
            {
                "customer_id": book.ids[int(code)],
                "days_late": late[-LAST:].tolist(),
                "is_open": is_open[-LAST:].tolist(),
                "is_recent": is_recent[-LAST:].tolist(),
                "usual": float(np.median(old)) if len(old) >= FEWEST else None,
                "days_now": float(late[is_recent].mean()) if is_recent.any() else None,
            }
        )
    return pl.DataFrame(rows, schema=_SCHEMA)
