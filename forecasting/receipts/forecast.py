"""From outlook and mixture to the forecast: weeks with bands, and every open invoice with its chances."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Floats, Ints, day_of
from forecasting.payments.arrangements import DATE
from forecasting.payments.timing_model import SEEN
from forecasting.receipts.calibration import chances
from forecasting.receipts.combination import BLENDED, GROUPS, Mixture, group_of
from forecasting.receipts.decomposition import Plan, parted
from forecasting.receipts.history import Progress, Rolling, week_starts
from forecasting.receipts.outlook import Outlook

LEVELS = {"p2_5": 0.025, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p97_5": 0.975}
_LATEST = 730  # days; beyond two years a likely pay day is no information


@dataclass(frozen=True)
class Receipts:
    """Expected receipts of the coming w weeks.

    Attributes:
        as_of: last day known; week one starts the day after.
        expected, from_open, from_future: shape (w,), the first is the sum of the others.
        planned: of `from_future`, what comes from planned billings, shape (w,).
        billings: expected per week, or planned; shape (w,).
        courses: a thousand possible courses whose mean is `expected`, shape (1000, w).
        invoices: one row per open document: `document_id`, `instalment`, `customer_id`, `open_amount`,
            `expected_date`, `probability_paid_by_due`, `probability_30_days_late`, `probability_never`,
            `after_horizon` (share of the open amount paid later), `usual_days_late`, `recent_days_late`.
            `expected_date` is null where it is as likely never paid, or not within two years.
        by_week: share of each invoice's open amount paid in each week, shape (n, w).
        outlook: what the parts were made from.
        mixture: how the methods were mixed.
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
    history: Rolling,
    *,
    plan: Plan | None = None,
    weeks: int | None = None,
    progress: Progress = lambda _share: None,
) -> Receipts:
    """Forecast from the last day of a history.

    Args:
        history: of `rolling`.
        plan: billings of the history's weeks; see `parted`.
        weeks: how many are told, the history's when left out. A few weeks are worked out as part of many, so
            that they are the same whatever the horizon.
        progress: told the share done, 0-1.

    Raises:
        NotEnoughHistoryError: fewer paid invoices than the payment model needs.
    """
    made = history.outlook(history.as_of)
    mix = history.mixture(history.as_of, progress)
    parts = parted(made, mix, plan)
    courses = history.courses(history.as_of, parts.expected, made)
    share = parts.share[:, :weeks]
    return Receipts(
        as_of=made_day(made),
        expected=parts.expected[:weeks],
        from_open=parts.from_open[:weeks],
        from_future=parts.from_future[:weeks],
        planned=parts.planned[:weeks],
        billings=parts.billings[:weeks],
        courses=courses[:, :weeks],
        invoices=_invoices(history, made, share, parts.never),
        by_week=share,
        outlook=made,
        mixture=mix,
    )


def made_day(made: Outlook) -> date:
    """Return the day an outlook was made from."""
    return date(1970, 1, 1) + timedelta(days=int(made.origin))


def _invoices(history: Rolling, made: Outlook, share: Floats, never: Floats) -> pl.DataFrame:
    paid = made.open_payments
    known = chances(history, history.as_of)
    days = _middle(np.cumsum(paid.by_day[:, :SEEN], axis=1), paid.pace)
    is_likely = (never < 0.5) & (days <= _LATEST)  # noqa: PLR2004 - the middle
    who = history.documents.customer[made.open_documents]
    rows: pl.DataFrame = history.frame[made.open_documents.tolist()]
    return rows.select(
        "document_id", "instalment", "customer_id", "segment", "invoice_type", "invoice_date", "due_date",
        "open_amount",
    ).with_columns(
        expected_date=expected_dates(history, made.open_documents, days, is_likely),
        probability_paid_by_due=pl.Series(known.paid_by_due),
        probability_30_days_late=pl.Series(known.late_30),
        probability_never=pl.Series(never),
        after_horizon=pl.Series(np.maximum(1 - never - share.sum(axis=1), 0.0)),
        usual_days_late=pl.Series(made.tables.usual_lateness[who]),
        recent_days_late=pl.Series(made.tables.recent_lateness[who]),
        paid_before=pl.Series(made.tables.payments[who].astype(np.int64)),
    )  # fmt: skip


def expected_dates(history: Rolling, rows: Ints, days: Ints, is_likely: Bools) -> pl.Series:
    """Return the day each open document is expected to be paid: as somebody noted it, else so many days on.

    Args:
        history: of the day.
        rows: positions of the open documents in its frame, shape (n,).
        days: from the last day known, shape (n,).
        is_likely: whether it is expected at all, shape (n,); null where it is not.
    """
    known, start = history.arrangements, day_of(history.as_of)
    held = known.in_force(history.as_of, rows)
    noted = {
        row: day_of(history.calendar.next_open(int(known.pays[entries[0]])))
        for row, entries in held.items()
        if known.kind[entries[0]] == DATE
    }
    found = [
        noted.get(row, start + timedelta(days=day) if likely else None)
        for row, day, likely in zip(rows.tolist(), days.tolist(), is_likely.tolist(), strict=True)
    ]
    return pl.Series(found, dtype=pl.Date)


def _middle(cumulated: Floats, pace: Floats) -> Ints:
    """Return the day, from the last day known, by which a document is as likely paid as not."""
    reached = cumulated >= 0.5  # noqa: PLR2004 - the middle
    first = np.argmax(reached, axis=1) + 1
    open_then = np.maximum(1 - cumulated[:, -1], 1e-9)
    more = np.log(np.minimum(0.5 / open_then, 1.0)) / np.log1p(-np.clip(pace, 1e-6, 0.99))
    day = np.where(reached.any(axis=1), first, np.minimum(SEEN + np.ceil(more), _LATEST + 1))
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


def said(mix: Mixture) -> dict[str, list[float]]:
    """Return the shares of each method per group of weeks, for whoever puts them into words."""
    return {name: [float(row[place]) for row in mix.shares] for place, name in enumerate(BLENDED)}


def planned_share(forecast: Receipts) -> list[float]:
    """Return per group of weeks what share of the receipts comes from planned billings; 0 where none come."""
    group = group_of(len(forecast.expected))
    found = []
    for place in range(len(GROUPS) - 1):
        own = group == place
        total = forecast.expected[own].sum()
        found.append(float(forecast.planned[own].sum() / total) if total > 0 else 0.0)
    return found
