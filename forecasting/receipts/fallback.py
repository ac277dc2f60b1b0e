"""Expected receipts from due dates and lateness, for ledgers with too few paid invoices for the model."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from forecasting.arrays import Floats, Ints
from forecasting.payments.arrangements import apply_arrangements
from forecasting.payments.documents import Documents, sum_by_cell
from forecasting.payments.timing_model import Payments
from forecasting.receipts import simulation
from forecasting.receipts.billings import WEEK
from forecasting.receipts.decomposition import BillingPlan
from forecasting.receipts.forecast import expected_dates
from forecasting.receipts.history import LedgerHistory
from forecasting.receipts.outlook import RECENT, by_week

# Prior: five assumed invoices, paid so many days after the due date.
ASSUMED = (0, 7, 14, 30, 60)
_ROUNDING = 1e-12
_PACE = 1 / 90  # daily chance of a document that is later than any paid one
_EARLIEST, _LATEST = -45, 150
_LEAST_SHOCK = 0.25
_CHUNK = 50_000


@dataclass(frozen=True)
class SimpleReceipts:
    """Expected receipts of the coming w weeks without a model of each customer.

    Attributes:
        from_open, from_future: shape (w,).
        courses: a thousand courses whose mean is the sum of both, shape (1000, w).
        by_week: share of each open document's amount paid in each week, shape (n, w).
        open_amounts: of each, shape (n,).
        invoices: one row per open document, see `forecast.Receipts`; columns that need the model are null.
        paid: number of paid documents behind the lateness.
    """

    from_open: Floats
    from_future: Floats
    courses: Floats
    by_week: Floats
    open_amounts: Floats
    invoices: pl.DataFrame
    paid: int


def simple_receipts(history: LedgerHistory, *, plan: BillingPlan | None = None, weeks: int) -> SimpleReceipts:
    """Forecast from the last day of a short history; needs no paid invoice.

    Every open document is paid with the lateness of the paid documents and of five assumed ones (`ASSUMED`).
    A document that is late already takes only the lateness that is longer still; one that is later than any,
    a constant daily chance. Arrangements replace this. Billings continue as before, with the terms of the
    last 13 weeks; their level varies by one over the root of the number of weeks known.

    Args:
        history: of `ledger_history`.
        plan: billings of the history's weeks.
        weeks: how many to return, at most the history's.
    """
    origin, documents = history.as_of, history.documents
    amounts = history.open_amounts(origin)
    rows = np.flatnonzero(amounts != 0)
    open_documents, amounts = documents.take(rows), amounts[rows]
    is_paid = (documents.closed <= origin) & documents.by_cash
    late = np.clip(documents.closed[is_paid] - documents.due[is_paid], _EARLIEST, _LATEST)
    values, counts = np.unique(np.concatenate([late, np.array(ASSUMED, dtype=np.int64)]), return_counts=True)
    days = history.weeks * WEEK
    paid, middle = _payments(open_documents.due - origin, values, counts, days)
    paid, _is_noted = apply_arrangements(
        paid, history.arrangements, history.calendar, origin=origin, rows=rows, open_amounts=amounts
    )
    share = by_week(paid.by_day)
    reached = np.cumsum(paid.by_day, axis=1) >= 0.5 - _ROUNDING
    middle = np.where(reached.any(axis=1), np.argmax(reached, axis=1) + 1, middle)
    unit = _receipts_per_unit(documents, origin, values, counts, history.weeks)
    level = history.billings.forecast(origin, history.weeks)
    level = level if plan is None else plan.amount + (1 - plan.share) * level
    from_future = np.maximum(level @ unit, 0.0)
    weeks_known = len(history.past(origin))
    keys = history.frame["customer_key"].to_numpy()[rows]
    courses = simulation.simulate_without_history(
        share, amounts, from_future,
        invoice_keys=open_documents.key, customer_keys=keys, origin=origin,
        payment_size=simulation.payment_size(np.abs(documents.amount[documents.issued <= origin])),
        shock=max(1 / np.sqrt(max(weeks_known, 1)), _LEAST_SHOCK),
    )  # fmt: skip
    return SimpleReceipts(
        from_open=(amounts @ share)[:weeks],
        from_future=from_future[:weeks],
        courses=courses[:, :weeks],
        by_week=share[:, :weeks],
        open_amounts=amounts,
        invoices=_invoices(history, rows, middle),
        paid=int(is_paid.sum()),
    )


def _payments(due: Ints, values: Ints, counts: Ints, days: int) -> tuple[Payments, Ints]:
    """Return the chances of documents due in a number of days, and the day by which half of each is paid."""
    parts = [
        _chunk(due[start : start + _CHUNK], values, counts, days) for start in range(0, len(due), _CHUNK)
    ]
    by_day = np.concatenate([chances for chances, _middle in parts]) if parts else np.zeros((0, days))
    middle = np.concatenate([chances for _by_day, chances in parts]) if parts else np.zeros(0, dtype=np.int64)
    none = np.zeros(len(due))
    return Payments(by_day, none, 1 - by_day.sum(axis=1), none, np.full(len(due), _PACE)), middle


def _chunk(due: Ints, values: Ints, counts: Ints, days: int) -> tuple[Floats, Ints]:
    by_day = np.zeros((len(due), days))
    ahead = due[:, None] + values[None, :]
    weight = np.where(ahead > 0, counts, 0).astype(np.float64)
    total = weight.sum(axis=1)
    beyond = total == 0
    weight /= np.where(beyond, 1.0, total)[:, None]
    for place in range(len(values)):
        inside = (ahead[:, place] > 0) & (ahead[:, place] <= days)
        by_day[np.flatnonzero(inside), ahead[inside, place] - 1] += weight[inside, place]
    by_day[beyond] = _PACE * (1 - _PACE) ** np.arange(days)
    middle = np.argmax(np.cumsum(weight, axis=1) >= 0.5 - _ROUNDING, axis=1)
    late = int(np.ceil(np.log(0.5) / np.log1p(-_PACE)))
    return by_day, np.where(beyond, late, ahead[np.arange(len(due)), middle])


def _receipts_per_unit(documents: Documents, origin: int, values: Ints, counts: Ints, weeks: int) -> Floats:
    """Return receipts in week k per unit billed in week j, shape (w, w): the same for every j."""
    recent = documents.take((documents.issued > origin - RECENT) & (documents.issued <= origin))
    after = np.zeros(weeks)
    # Whole weeks begin on the day after the origin; a document keeps its weekday.
    place = (recent.issued - origin - 1) % WEEK
    for value, count in zip(values, counts / counts.sum(), strict=True):
        week = (place + np.maximum(recent.due - recent.issued + value, 1)) // WEEK
        inside = week < weeks
        after += sum_by_cell(week[inside], recent.amount[inside] * count, weeks)
    billed = recent.amount.sum()
    after = after / billed if billed > 0 else 0 * after
    return np.array([np.concatenate([np.zeros(week), after[: weeks - week]]) for week in range(weeks)])


def _invoices(history: LedgerHistory, rows: Ints, middle: Ints) -> pl.DataFrame:
    documents: pl.DataFrame = history.frame[rows.tolist()]
    unknown = pl.lit(None, dtype=pl.Float64)
    return documents.select(
        "document_id", "instalment", "customer_id", "segment", "invoice_type", "invoice_date", "due_date",
        "open_amount", "owed_amount",
    ).with_columns(
        expected_date=expected_dates(history, rows, middle, np.ones(len(rows), dtype=bool)),
        probability_paid_by_due=unknown,
        probability_30_days_late=unknown,
        probability_never=unknown,
        after_horizon=unknown,
        usual_days_late=unknown,
        recent_days_late=unknown,
        paid_before=pl.lit(None, dtype=pl.Int64),
    )  # fmt: skip
