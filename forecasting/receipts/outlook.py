"""One day's outlook on the receipts of the coming weeks: the payment model and the simple methods."""

from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.arrangements import Arrangements, apply_arrangements
from forecasting.payments.bank_days import BankCalendar
from forecasting.payments.documents import ARRAYS, Documents, sum_by_cell, uniform
from forecasting.payments.hazards import Tables
from forecasting.payments.timing_model import Payments, TimingModel, payments
from forecasting.receipts.baselines import (
    dso_method,
    exponential_smoothing,
    fixed_lateness_receipts,
    fixed_lateness_unit,
    per_unit,
    recent_mean,
)
from forecasting.receipts.billings import USUAL, WEEK, WEEKS_AHEAD, Billings

RECENT = 91  # days whose invoices represent the coming ones: thirteen whole weeks
# A sample is enough: only the share paid in each week is taken from these documents.
_MOST_COMING, _SAMPLE = 12_000, 13
METHODS = ("model", "mean_13", "lateness", "lateness_open_only", "due_dates", "dso", "ets")


@dataclass(frozen=True)
class Outlook:
    """The forecast inputs of one day for the coming w weeks.

    Attributes:
        origin: day number; weeks are the seven days after it and on.
        open_documents: positions of the documents open on it.
        open_payments: their chances to be paid.
        open_amounts: of each, reporting currency.
        noted: which of them are expected on a noted day, shape (n,).
        unit: receipts in week k per unit billed in week j, shape (w, w).
        billings: level expected per week, shape (w,).
        methods: expected receipts per week of each of METHODS, shape (w,).
    """

    origin: int
    open_documents: Ints
    open_payments: Payments
    open_amounts: Floats
    noted: Bools
    unit: Floats
    billings: Floats
    methods: dict[str, Floats]

    @property
    def from_open(self) -> Floats:
        """Expected receipts per week from open documents, shape (w,)."""
        return by_week(self.open_amounts @ self.open_by_day)

    @property
    def open_by_day(self) -> Floats:
        """Chance of being paid on each day of the weeks, per open document, shape (n, 7 w)."""
        return self.open_payments.by_day[:, : WEEK * len(self.billings)]

    @property
    def from_future(self) -> Floats:
        """Expected receipts per week from coming billings, shape (w,)."""
        return np.asarray(self.billings @ self.unit)


def by_week(daily: Floats) -> Floats:
    """Sum whole weeks along the last axis."""
    return np.asarray(daily.reshape(*daily.shape[:-1], daily.shape[-1] // WEEK, WEEK).sum(axis=-1))


def outlook(
    model: TimingModel,
    payment_tables: Tables,
    documents: Documents,
    open_amounts: Floats,
    *,
    past: Floats,
    calendar: BankCalendar,
    arrangements: Arrangements,
    billings: Billings,
    origin: int,
    weeks: int,
) -> Outlook:
    """Return the outlook from the end of a day, using only what was dated by then.

    Args:
        model: fitted on or before `origin`.
        payment_tables: of `origin`.
        documents: later ones are ignored.
        open_amounts: of each at `origin`, shape (n,).
        past: money in per week up to `origin`, oldest first, NaN for weeks without data.
        calendar: covers the history and the weeks ahead.
        arrangements: promises, plans and noted days; later ones are ignored.
        billings: later ones are ignored.
        origin: day number.
        weeks: how many.
    """
    days = weeks * WEEK
    open_rows = np.flatnonzero(
        (documents.issued <= origin) & (documents.closed > origin) & (open_amounts != 0)
    )
    open_documents = documents.take(open_rows)
    paid = payments(
        model,
        payment_tables,
        open_documents,
        calendar,
        first=np.full(open_documents.count, origin + 1, dtype=np.int64),
        days=days,
    )
    amounts = open_amounts[open_rows]
    paid, is_on_noted_day = apply_arrangements(
        paid, arrangements, calendar, origin=origin, rows=open_rows, open_amounts=amounts
    )
    coming, issue_week = coming_documents(documents, origin, weeks)
    coming_paid = payments(
        model, payment_tables, coming, calendar, first=coming.issued + 1, days=days, until=origin + days
    )
    unit = _unit(coming, issue_week, coming_paid, origin, weeks)
    # The simple methods use plain means of the billings; the model uses their combined forecast.
    usual = billings.candidates(origin, max(weeks, WEEKS_AHEAD))[USUAL][:weeks]
    level = billings.forecast(origin, weeks)
    late = payment_tables.usual_lateness
    late_open = fixed_lateness_receipts(open_documents, amounts, late, origin, weeks)
    methods = {
        "model": by_week(amounts @ paid.by_day[:, :days]) + level @ unit,
        "mean_13": recent_mean(past, weeks),
        "lateness": late_open + usual @ fixed_lateness_unit(coming, issue_week, late, origin, weeks),
        "lateness_open_only": late_open,
        "due_dates": fixed_lateness_receipts(open_documents, amounts, 0 * late, origin, weeks)
        + usual @ fixed_lateness_unit(coming, issue_week, 0 * late, origin, weeks),
        "dso": dso_method(amounts.sum(), documents, origin, usual),
        "ets": exponential_smoothing(past, weeks),
    }
    return Outlook(origin, open_rows, paid, amounts, is_on_noted_day, unit, level, methods)


def coming_documents(documents: Documents, origin: int, weeks: int) -> tuple[Documents, Ints]:
    """Return documents that represent the coming billings, and their week: those of the last 13 weeks.

    They bring the customers' shares, their terms and the weekdays on which they are billed. In a younger
    ledger the whole weeks there are repeat.
    """
    first = int(documents.issued[documents.issued <= origin].min(initial=origin))
    period = int(np.clip((origin - first + 1) // WEEK * WEEK, WEEK, RECENT))
    recent = documents.take((documents.issued > origin - period) & (documents.issued <= origin))
    if recent.count > _MOST_COMING:
        recent = recent.take(uniform(recent.key, _SAMPLE) < _MOST_COMING / recent.count)
    rounds = -(-weeks * WEEK // period)
    parts = [recent.shift_days(period * round_number) for round_number in range(1, rounds + 1)]
    join_samples = {name: np.concatenate([getattr(part, name) for part in parts]) for name in ARRAYS}
    everything = Documents(**join_samples, customers=documents.customers)
    week = (everything.issued - origin - 1) // WEEK
    return everything.take(week < weeks), week[week < weeks]


def _unit(coming: Documents, issue_week: Ints, paid: Payments, origin: int, weeks: int) -> Floats:
    """Return receipts in week k per unit billed in week j."""
    day = (coming.issued - origin)[:, None] + np.arange(paid.by_day.shape[1])[None, :]
    week = day // WEEK
    inside = week < weeks
    cell = (issue_week[:, None] * weeks + week)[inside]
    unit = sum_by_cell(cell, (coming.amount[:, None] * paid.by_day)[inside], weeks * weeks)
    return per_unit(unit.reshape(weeks, weeks), coming, issue_week, weeks)
