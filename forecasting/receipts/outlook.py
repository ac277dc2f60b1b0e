"""One day's outlook on the coming weeks' receipts: the payment model, and the simple methods it must beat."""

from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.arrangements import Arrangements, arranged
from forecasting.payments.bank_days import Calendar
from forecasting.payments.documents import ARRAYS, Documents, summed, uniform
from forecasting.payments.hazards import Tables, tables
from forecasting.payments.timing_model import Payments, TimingModel, payments
from forecasting.receipts.baselines import dso_method, mean_of, per_unit, scheduled, scheduled_unit, smoothed
from forecasting.receipts.billings import LOOKED_AHEAD, USUAL, WEEK, Billings

RECENT = 91  # days whose invoices stand for the coming ones: thirteen whole weeks
# Of more documents a draw tells the same: only the share paid in which week is taken from them.
_MOST_COMING, _SAMPLE = 12_000, 13
METHODS = ("model", "mean_13", "lateness", "lateness_open_only", "due_dates", "dso", "ets")


@dataclass(frozen=True)
class Outlook:
    """What one day's books say of the coming w weeks.

    Attributes:
        origin: day number; weeks are the seven days after it and on.
        open_documents: positions of the documents open on it.
        open_payments: when they are paid.
        open_amounts: what is open of each, reporting currency.
        noted: which of them stand on a day somebody noted, shape (n,).
        unit: receipts in week k per unit billed in week j, shape (w, w).
        billings: level expected per week, shape (w,).
        methods: expected receipts per week of each of METHODS, shape (w,).
        tables: what it was made from.
    """

    origin: int
    open_documents: Ints
    open_payments: Payments
    open_amounts: Floats
    noted: Bools
    unit: Floats
    billings: Floats
    methods: dict[str, Floats]
    tables: Tables

    @property
    def from_open(self) -> Floats:
        """Expected receipts per week from what is open, shape (w,)."""
        return by_week(self.open_amounts @ self.open_by_day)

    @property
    def open_by_day(self) -> Floats:
        """Chance of being paid on each day of the weeks, per open document, shape (n, 7 w)."""
        return self.open_payments.by_day[:, : WEEK * len(self.billings)]

    @property
    def from_future(self) -> Floats:
        """Expected receipts per week from what is still to be billed, shape (w,)."""
        return np.asarray(self.billings @ self.unit)


def by_week(daily: Floats) -> Floats:
    """Sum whole weeks along the last axis."""
    return np.asarray(daily.reshape(*daily.shape[:-1], daily.shape[-1] // WEEK, WEEK).sum(axis=-1))


def outlook(
    model: TimingModel,
    documents: Documents,
    open_amounts: Floats,
    past: Floats,
    calendar: Calendar,
    *,
    known_of: Arrangements,
    billings: Billings,
    origin: int,
    weeks: int,
) -> Outlook:
    """Look ahead from the end of a day, using only what was dated by then.

    Args:
        model: fitted on or before `origin`.
        documents: later ones are not looked at.
        open_amounts: what is open of each at `origin`, shape (n,).
        past: money in per week up to `origin`, oldest first, NaN for weeks without data.
        calendar: covers the history and the weeks ahead.
        known_of: promises, plans and noted days; later ones are not looked at.
        billings: later ones are not looked at.
        origin: day number.
        weeks: how many.
    """
    known = tables(documents, origin, calendar)
    days = weeks * WEEK
    open_ = np.flatnonzero((documents.issued <= origin) & (documents.closed > origin) & (open_amounts != 0))
    asked = documents.take(open_)
    paid = payments(
        model, known, asked, calendar, first=np.full(asked.count, origin + 1, dtype=np.int64), days=days
    )
    amounts = open_amounts[open_]
    paid, noted = arranged(paid, known_of, calendar, origin=origin, rows=open_, open_amounts=amounts)
    coming, issue_week = stand_ins(documents, origin, weeks)
    coming_paid = payments(
        model, known, coming, calendar, first=coming.issued + 1, days=days, until=origin + days
    )
    unit = _unit(coming, issue_week, coming_paid, origin, weeks)
    # What spreadsheets do stands on plain means; ours on what did best on this ledger's past.
    usual = billings.candidates(origin, max(weeks, LOOKED_AHEAD))[USUAL][:weeks]
    level = billings.expected(origin, weeks)
    late = known.usual_lateness
    erp = scheduled(asked, amounts, late, origin, weeks)
    methods = {
        "model": by_week(amounts @ paid.by_day[:, :days]) + level @ unit,
        "mean_13": mean_of(past, weeks),
        "lateness": erp + usual @ scheduled_unit(coming, issue_week, late, origin, weeks),
        "lateness_open_only": erp,
        "due_dates": scheduled(asked, amounts, 0 * late, origin, weeks)
        + usual @ scheduled_unit(coming, issue_week, 0 * late, origin, weeks),
        "dso": dso_method(amounts.sum(), documents, origin, usual),
        "ets": smoothed(past, weeks),
    }
    return Outlook(origin, open_, paid, amounts, noted, unit, level, methods, known)


def stand_ins(documents: Documents, origin: int, weeks: int) -> tuple[Documents, Ints]:
    """Return stand-ins for what will be billed, and their week: the last 13 weeks' documents, by weekday.

    With them come the customers' shares, their terms and the days of the week on which they are billed. Of a
    younger ledger, the whole weeks there are, again and again.
    """
    first = int(documents.issued[documents.issued <= origin].min(initial=origin))
    period = int(np.clip((origin - first + 1) // WEEK * WEEK, WEEK, RECENT))
    recent = documents.take((documents.issued > origin - period) & (documents.issued <= origin))
    if recent.count > _MOST_COMING:
        recent = recent.take(uniform(recent.key, _SAMPLE) < _MOST_COMING / recent.count)
    rounds = -(-weeks * WEEK // period)
    parts = [recent.later(period * turn) for turn in range(1, rounds + 1)]
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in ARRAYS}
    everything = Documents(**joined, customers=documents.customers)
    week = (everything.issued - origin - 1) // WEEK
    return everything.take(week < weeks), week[week < weeks]


def _unit(coming: Documents, issue_week: Ints, paid: Payments, origin: int, weeks: int) -> Floats:
    """Return receipts in week k per unit billed in week j."""
    day = (coming.issued - origin)[:, None] + np.arange(paid.by_day.shape[1])[None, :]
    week = day // WEEK
    inside = week < weeks
    cell = (issue_week[:, None] * weeks + week)[inside]
    unit = summed(cell, (coming.amount[:, None] * paid.by_day)[inside], weeks * weeks)
    return per_unit(unit.reshape(weeks, weeks), coming, issue_week, weeks)
