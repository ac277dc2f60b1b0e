"""The simple methods a payment model must beat: what spreadsheets and ERP systems do."""

import warnings

import numpy as np

from forecasting.arrays import Floats, Ints
from forecasting.payments.documents import Documents, sum_by_cell
from forecasting.receipts.billings import WEEK

_MEAN = 13
_DSO_DAYS = 91
_ETS_WEEKS = 104
_FEWEST_ETS = 12


def recent_mean(past: Floats, weeks: int) -> Floats:
    """Return the mean of the last 13 weeks that hold data, for every week; 0 without any.

    Args:
        past: receipts per week, oldest first, NaN for weeks without data.
        weeks: how many to forecast.
    """
    known = past[np.isfinite(past)][-_MEAN:]
    return np.full(weeks, known.mean() if len(known) else 0.0)


def exponential_smoothing(past: Floats, weeks: int) -> Floats:
    """Return weekly totals by exponential smoothing with a damped trend; the mean where it cannot be fitted.

    Args:
        past: as in `recent_mean`.
        weeks: how many to forecast.

    Source: Hyndman et al. (2008), Forecasting with Exponential Smoothing; statsmodels `ExponentialSmoothing`.
    """
    weekly = past[np.isfinite(past)][-_ETS_WEEKS:]
    if len(weekly) < _FEWEST_ETS or not weekly.any():
        return recent_mean(past, weeks)
    from statsmodels.tools.sm_exceptions import ConvergenceWarning  # noqa: PLC0415 - costs two seconds
    from statsmodels.tsa.holtwinters import ExponentialSmoothing  # noqa: PLC0415

    try:
        # Identical weeks are fitted without error, and the fit takes the logarithm of that error.
        with warnings.catch_warnings(), np.errstate(divide="ignore"):
            # Where the search ends early, its best point is good enough for a baseline.
            warnings.simplefilter("ignore", ConvergenceWarning)
            fitted = ExponentialSmoothing(weekly, trend="add", damped_trend=True).fit(optimized=True)
        ahead = np.asarray(fitted.forecast(weeks), dtype=np.float64)
    except (ValueError, np.linalg.LinAlgError):
        return recent_mean(past, weeks)
    return ahead if np.isfinite(ahead).all() else recent_mean(past, weeks)


def fixed_lateness_receipts(
    documents: Documents, amounts: Floats, late: Floats, origin: int, weeks: int
) -> Floats:
    """Return receipts per week if all customers pay their days late; past days count in week one."""
    day = np.maximum(np.rint(documents.due + late[documents.customer]), origin + 1)
    week = ((day - origin - 1) // WEEK).astype(np.int64)
    inside = week < weeks
    return sum_by_cell(week[inside], amounts[inside], weeks)


def fixed_lateness_unit(coming: Documents, issue_week: Ints, late: Floats, origin: int, weeks: int) -> Floats:
    """Return receipts in week k per unit billed in week j, if all customers pay their days late."""
    day = np.maximum(np.rint(coming.due + late[coming.customer]), coming.issued + 1)
    week = ((day - origin - 1) // WEEK).astype(np.int64)
    inside = week < weeks
    cell = issue_week[inside] * weeks + week[inside]
    amounts = sum_by_cell(cell, coming.amount[inside], weeks * weeks).reshape(weeks, weeks)
    return per_unit(amounts, coming, issue_week, weeks)


def dso_method(open_amount: float, documents: Documents, origin: int, level: Floats) -> Floats:
    """Return receipts that keep DSO as it is: open amount plus billings, less DSO x daily billings."""
    recent = (documents.issued > origin - _DSO_DAYS) & (documents.issued <= origin)
    billed = documents.amount[recent].sum()
    dso = open_amount / billed * _DSO_DAYS if billed > 0 else 0.0
    balance, receipts = open_amount, np.zeros(len(level))
    for week, billing in enumerate(level):
        target = dso * billing / WEEK
        receipts[week] = max(balance + billing - target, 0.0)
        balance = balance + billing - receipts[week]
    return receipts


def per_unit(amounts: Floats, coming: Documents, issue_week: Ints, weeks: int) -> Floats:
    """Return receipts of week k from documents of week j as a share of that week's billings, shape (w, w)."""
    billed = sum_by_cell(issue_week, coming.amount, weeks)
    share = amounts / np.where(billed > 0, billed, np.inf)[:, None]
    # A week without billings is paid like all weeks together, counted from its own start.
    for empty in np.flatnonzero(billed <= 0):
        lags = [
            sum(amounts[week, week + lag] for week in range(weeks - lag) if billed[week] > 0)
            / max(sum(billed[week] for week in range(weeks - lag) if billed[week] > 0), 1e-9)
            for lag in range(weeks - empty)
        ]
        share[empty, empty:] = lags
    return np.asarray(share)
