"""The day on which a customer's days late changed level."""

from datetime import date
from statistics import median

import polars as pl

_LEAST_BEFORE, _LEAST_SINCE = 8, 4
_LEAST_DAYS = 5.0
_LEAST_SCORE = 1.0


def change_day(payments: pl.DataFrame) -> date | None:
    """Return the first payment day of a new level of lateness, None where there is no clear one.

    The split minimises the squared distance to the two means. Days late are clipped at the 5th and 95th
    percentile first, so that one forgotten invoice makes no new level. A change is clear if the medians are
    at least 5 days apart and the means are further apart than the spread around them. The result describes
    the past; it is no forecast.

    Args:
        payments: `payment_behaviour`.

    Source: binary segmentation, one change; Scott & Knott (1974), Biometrics 30:507-512.
    """
    rows = payments.drop_nulls(["payment_date", "days_late"]).sort("payment_date")
    count = rows.height
    if count < _LEAST_BEFORE + _LEAST_SINCE:
        return None
    low, high = rows["days_late"].quantile(0.05), rows["days_late"].quantile(0.95)
    late = [float(value) for value in rows["days_late"].clip(low, high)]
    moments = rows["payment_date"].to_list()
    total, squares = sum(late), sum(value * value for value in late)
    best, at, running = float("inf"), 0, 0.0
    for place in range(1, count):
        running += late[place - 1]
        if moments[place] == moments[place - 1] or not _LEAST_BEFORE <= place <= count - _LEAST_SINCE:
            continue
        within = squares - running**2 / place - (total - running) ** 2 / (count - place)
        if within < best:
            best, at = within, place
    if not at:
        return None
    means = sum(late[:at]) / at, sum(late[at:]) / (count - at)
    spread = (best / count) ** 0.5
    apart = abs(means[1] - means[0])
    clear = abs(median(late[at:]) - median(late[:at])) >= _LEAST_DAYS and apart > _LEAST_SCORE * spread
    return moments[at] if clear else None


def levels(payments: pl.DataFrame, since: date | None) -> tuple[float | None, float | None]:
    """Return the median days late before and since a day; without a day all payments count as before."""
    rows = payments.drop_nulls(["payment_date", "days_late"])
    before = rows if since is None else rows.filter(pl.col("payment_date") < since)
    after = rows.clear() if since is None else rows.filter(pl.col("payment_date") >= since)
    first, last = (
        float(median(part["days_late"].to_list())) if part.height else None for part in (before, after)
    )
    return first, last
