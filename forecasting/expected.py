"""From outlook and mixture to the forecast: weeks with bands, and every open invoice with its chances."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from forecasting.bankdays import Floats, Ints
from forecasting.blending import BLENDED, Mixture, group_of
from forecasting.chances import chances
from forecasting.receipts import Progress, Rolling, week_starts
from forecasting.timing import SEEN
from forecasting.weekly import Outlook, by_week

LEVELS = {"p2_5": 0.025, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p97_5": 0.975}
_LATEST = 3_650


@dataclass(frozen=True)
class Receipts:
    """Expected receipts of the coming w weeks.

    Attributes:
        as_of: last day known; week one starts the day after.
        expected, from_open, from_future: shape (w,), the first is the sum of the others.
        billings: expected per week, or planned; shape (w,).
        courses: a thousand possible courses whose mean is `expected`, shape (1000, w).
        invoices: one row per open document: `document_id`, `instalment`, `customer_id`, `open_amount`,
            `expected_date`, `probability_paid_by_due`, `probability_30_days_late`, `probability_never`,
            `after_horizon` (share of the open amount paid later), `usual_days_late`, `recent_days_late`.
        by_week: share of each invoice's open amount paid in each week, shape (n, w).
        outlook: what the parts were made from.
        mixture: what was made of them; None where a plan took its place.
    """

    as_of: date
    expected: Floats
    from_open: Floats
    from_future: Floats
    billings: Floats
    courses: Floats
    invoices: pl.DataFrame
    by_week: Floats
    outlook: Outlook
    mixture: Mixture | None


def expected_receipts(
    history: Rolling,
    *,
    plan: Floats | None = None,
    weeks: int | None = None,
    progress: Progress = lambda _share: None,
) -> Receipts:
    """Forecast from the last day of a history.

    Args:
        history: of `rolling`.
        plan: billings per coming week, NaN where none is planned, shape (w,); it takes the place of the
            level, and of the mixture with methods that know nothing of it.
        weeks: how many are told, the history's when left out. A few weeks are worked out as part of many, so
            that they are the same whatever the horizon.
        progress: told the share done, 0-1.

    Raises:
        NotEnoughHistoryError: fewer paid invoices than the payment model needs.
    """
    made = history.outlook(history.as_of)
    mix = history.mixture(history.as_of, progress)
    days = made.open_by_day
    billings = made.billings if plan is None else np.where(np.isnan(plan), made.billings, plan)
    future = billings @ made.unit
    share = by_week(days)
    model = made.open_amounts @ share + future
    levelled = model * mix.model_level[group_of(len(model))]
    wanted = levelled if plan is not None else mix.apply({**made.methods, "model": model})
    factor = np.where(np.abs(model) > 0, wanted / np.where(model == 0, 1.0, model), 1.0)
    never = np.clip(made.open_payments.lost + made.open_payments.never, 0.0, 1.0)
    # What somebody noted stands as it was noted; the level of the ledger's past is for the others.
    share = np.where(made.noted[:, None], share, share * np.maximum(factor, 0.0))
    # More than will ever come cannot come: week by week, so that a longer horizon changes no earlier one.
    share = np.diff(np.minimum(np.cumsum(share, axis=1), (1 - never)[:, None]), axis=1, prepend=0.0)
    from_open = made.open_amounts @ share
    from_future = future * factor if plan is not None else np.maximum(wanted - from_open, 0.0)
    expected = from_open + from_future
    courses = history.courses(history.as_of, expected, made)
    share = share[:, :weeks]
    return Receipts(
        as_of=made_day(made),
        expected=expected[:weeks],
        from_open=from_open[:weeks],
        from_future=from_future[:weeks],
        billings=billings[:weeks],
        courses=courses[:, :weeks],
        invoices=_invoices(history, made, share, never),
        by_week=share,
        outlook=made,
        mixture=None if plan is not None else mix,
    )


def made_day(made: Outlook) -> date:
    """Return the day an outlook was made from."""
    return date(1970, 1, 1) + timedelta(days=int(made.origin))


def _invoices(history: Rolling, made: Outlook, share: Floats, never: Floats) -> pl.DataFrame:
    paid = made.open_payments
    known = chances(history, history.as_of)
    days = _middle(np.cumsum(paid.by_day[:, :SEEN], axis=1), paid.pace)
    who = history.documents.customer[made.open_documents]
    start = made_day(made)
    rows: pl.DataFrame = history.frame[made.open_documents.tolist()]
    return rows.select(
        "document_id", "instalment", "customer_id", "segment", "invoice_type", "invoice_date", "due_date",
        "open_amount",
    ).with_columns(
        expected_date=pl.Series([start + timedelta(days=int(day)) for day in days], dtype=pl.Date),
        probability_paid_by_due=pl.Series(known.paid_by_due),
        probability_30_days_late=pl.Series(known.late_30),
        probability_never=pl.Series(never),
        after_horizon=pl.Series(np.maximum(1 - never - share.sum(axis=1), 0.0)),
        usual_days_late=pl.Series(made.tables.usual_lateness[who]),
        recent_days_late=pl.Series(made.tables.recent_lateness[who]),
        paid_before=pl.Series(made.tables.payments[who].astype(np.int64)),
    )  # fmt: skip


def _middle(cumulated: Floats, pace: Floats) -> Ints:
    """Return the day, from the last day known, by which a document is as likely paid as not."""
    reached = cumulated >= 0.5  # noqa: PLR2004 - the middle
    first = np.argmax(reached, axis=1) + 1
    open_then = np.maximum(1 - cumulated[:, -1], 1e-9)
    more = np.log(np.minimum(0.5 / open_then, 1.0)) / np.log1p(-np.clip(pace, 1e-6, 0.99))
    day = np.where(reached.any(axis=1), first, np.minimum(SEEN + np.ceil(more), _LATEST))
    return np.asarray(day, dtype=np.int64)


def weeks_frame(forecast: Receipts) -> pl.DataFrame:
    """Return one row per week: week_start, expected, from_open_invoices, from_future_invoices, LEVELS."""
    bands = np.quantile(forecast.courses, list(LEVELS.values()), axis=0)
    return pl.DataFrame(
        {
            "week_start": week_starts(forecast.as_of, len(forecast.expected)),
            "expected": forecast.expected,
            "from_open_invoices": forecast.from_open,
            "from_future_invoices": forecast.from_future,
            **{name: bands[place] for place, name in enumerate(LEVELS)},
        }
    )


def said(mix: Mixture | None) -> dict[str, list[float]]:
    """Return the shares of each method per group of weeks, for whoever puts them into words."""
    if mix is None:
        return {"model": [1.0, 1.0, 1.0]}
    return {name: [float(row[place]) for row in mix.shares] for place, name in enumerate(BLENDED)}


def fallback_receipts(weekly: Floats, weeks: int) -> tuple[Floats, Floats]:
    """Return expected receipts and courses where there is too little history for the model.

    The mean of what came in the weeks there are, with their own spread; it needs one week with a receipt.

    Args:
        weekly: receipts of past weeks, latest last, at most 13 are used.
        weeks: how many to forecast.
    """
    seen = weekly[-13:] if len(weekly) else np.zeros(1)
    draw = np.random.default_rng(len(seen))
    courses = draw.choice(seen, size=(1_000, weeks)) if len(seen) else np.zeros((1_000, weeks))
    expected = np.full(weeks, seen.mean())
    mean = courses.mean(axis=0)
    return expected, courses * np.where(mean != 0, expected / np.where(mean == 0, 1.0, mean), 1.0)
