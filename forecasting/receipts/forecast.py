"""The forecast from outlook and mixture: weeks with bands, and every open invoice with its chances."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Floats, Ints, day_of
from forecasting.payments.arrangements import DATE
from forecasting.payments.timing_model import DAYS_AHEAD
from forecasting.receipts.calibration import chances
from forecasting.receipts.combination import BLENDED, GROUPS, Mixture, group_of
from forecasting.receipts.decomposition import BillingPlan, decompose
from forecasting.receipts.history import LedgerHistory, Progress, week_starts
from forecasting.receipts.outlook import Outlook

LEVELS = {"p2_5": 0.025, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p97_5": 0.975}
_LATEST = 730  # days; beyond two years a likely pay day is no information


@dataclass(frozen=True)
class Receipts:
    """Expected receipts of the coming w weeks.

    Attributes:
        as_of: last day known; week one starts the day after.
        expected, from_open, from_future: shape (w,), the first is the sum of the others.
        planned: the part of `from_future` from planned billings, shape (w,).
        billings: expected per week, or planned; shape (w,).
        courses: a thousand possible courses whose mean is `expected`, shape (1000, w).
        invoices: one row per open document: `document_id`, `instalment`, `customer_id`, `open_amount` (in the
            books), `owed_amount` (after set-off),
            `expected_date`, `probability_paid_by_due`, `probability_30_days_late`, `probability_never`,
            `after_horizon` (share of the owed amount paid later), `usual_days_late`, `recent_days_late`.
            `expected_date` is null where it is as likely never paid, or not within two years.
        by_week: share of each invoice's owed amount paid in each week, shape (n, w).
        outlook: from which the receipts were made.
        mixture: of the methods.
    """

    as_of: date
    expected: Floats
    from_open: Floats
    from_future: Floats
    planned: Floats
    billings: Floats
    courses: Floats
    invoices: pl.DataFrame
    by_week: Floats
    outlook: Outlook
    mixture: Mixture


def expected_receipts(
    history: LedgerHistory,
    *,
    plan: BillingPlan | None = None,
    weeks: int | None = None,
    progress: Progress = lambda _share: None,
) -> Receipts:
    """Forecast from the last day of a history.

    Args:
        history: of `ledger_history`.
        plan: billings of the history's weeks; see `decompose`.
        weeks: how many to return, the history's if left out. All weeks of the history are worked out, so that
            a week is the same whatever the horizon.
        progress: receives the share done, 0-1.

    Raises:
        NotEnoughHistoryError: fewer paid invoices than the payment model needs.
    """
    outlook = history.outlook(history.as_of)
    mixture = history.mixture(history.as_of, progress)
    parts = decompose(outlook, mixture, plan)
    courses = history.courses(history.as_of, parts.total, outlook)
    share = parts.share[:, :weeks]
    return Receipts(
        as_of=outlook_day(outlook),
        expected=parts.total[:weeks],
        from_open=parts.from_open[:weeks],
        from_future=parts.from_future[:weeks],
        planned=parts.planned[:weeks],
        billings=parts.billings[:weeks],
        courses=courses[:, :weeks],
        invoices=_invoices(history, outlook, share, parts.never),
        by_week=share,
        outlook=outlook,
        mixture=mixture,
    )


def outlook_day(outlook: Outlook) -> date:
    """Return the day an outlook was made from."""
    return date(1970, 1, 1) + timedelta(days=int(outlook.origin))


def _invoices(history: LedgerHistory, outlook: Outlook, share: Floats, never: Floats) -> pl.DataFrame:
    paid = outlook.open_payments
    chances_of = chances(history, history.as_of)
    days = _median_days(np.cumsum(paid.by_day[:, :DAYS_AHEAD], axis=1), paid.pace)
    is_likely = (never < 0.5) & (days <= _LATEST)  # noqa: PLR2004 - the middle
    customer = history.documents.customer[outlook.open_documents]
    tables = history.tables(history.as_of)
    rows: pl.DataFrame = history.frame[outlook.open_documents.tolist()]
    return rows.select(
        "document_id", "instalment", "customer_id", "segment", "invoice_type", "invoice_date", "due_date",
        "open_amount", "owed_amount",
    ).with_columns(
        expected_date=expected_dates(history, outlook.open_documents, days, is_likely),
        probability_paid_by_due=pl.Series(chances_of.paid_by_due),
        probability_30_days_late=pl.Series(chances_of.late_30),
        probability_never=pl.Series(never),
        after_horizon=pl.Series(np.maximum(1 - never - share.sum(axis=1), 0.0)),
        usual_days_late=pl.Series(tables.usual_lateness[customer]),
        recent_days_late=pl.Series(tables.recent_lateness[customer]),
        paid_before=pl.Series(tables.payments[customer].astype(np.int64)),
    )  # fmt: skip


def expected_dates(history: LedgerHistory, rows: Ints, days: Ints, is_likely: Bools) -> pl.Series:
    """Return the day each open document is expected to be paid: the noted day, else a number of days ahead.

    Args:
        history: of the day.
        rows: positions of the open documents in its frame, shape (n,).
        days: from the last day known, shape (n,).
        is_likely: whether it is expected to be paid, shape (n,); null where it is not.
    """
    arrangements, start = history.arrangements, day_of(history.as_of)
    in_force = arrangements.in_force(history.as_of, rows)
    noted_days = {
        row: day_of(history.calendar.next_open(int(arrangements.pay_day[entries[0]])))
        for row, entries in in_force.items()
        if arrangements.kind[entries[0]] == DATE
    }
    dates = [
        noted_days.get(row, start + timedelta(days=day) if likely else None)
        for row, day, likely in zip(rows.tolist(), days.tolist(), is_likely.tolist(), strict=True)
    ]
    return pl.Series(dates, dtype=pl.Date)


def _median_days(cumulated: Floats, pace: Floats) -> Ints:
    """Return the median payment day of each document, in days from the last day known."""
    reached = cumulated >= 0.5  # noqa: PLR2004 - the middle
    day_reached = np.argmax(reached, axis=1) + 1
    open_then = np.maximum(1 - cumulated[:, -1], 1e-9)
    more = np.log(np.minimum(0.5 / open_then, 1.0)) / np.log1p(-np.clip(pace, 1e-6, 0.99))
    day = np.where(reached.any(axis=1), day_reached, np.minimum(DAYS_AHEAD + np.ceil(more), _LATEST + 1))
    return np.asarray(day, dtype=np.int64)


def weeks_frame(as_of: date, from_open: Floats, from_future: Floats, courses: Floats) -> pl.DataFrame:
    """Return one row per week: week_start, expected, from_open_invoices, from_future_invoices, LEVELS."""
    bands = np.quantile(courses, list(LEVELS.values()), axis=0)
    return pl.DataFrame(
        {
            "week_start": week_starts(as_of, len(from_open)),
            "expected": from_open + from_future,
            "from_open_invoices": from_open,
            "from_future_invoices": from_future,
            **{name: bands[place] for place, name in enumerate(LEVELS)},
        }
    )


def method_shares(mixture: Mixture) -> dict[str, list[float]]:
    """Return the share of each method per group of weeks."""
    return {name: [float(row[place]) for row in mixture.shares] for place, name in enumerate(BLENDED)}


def planned_share(forecast: Receipts) -> list[float]:
    """Return per group of weeks the share of receipts from planned billings; 0 without receipts."""
    group = group_of(len(forecast.expected))
    shares = []
    for place in range(len(GROUPS) - 1):
        is_in_group = group == place
        total = forecast.expected[is_in_group].sum()
        shares.append(float(forecast.planned[is_in_group].sum() / total) if total > 0 else 0.0)
    return shares
