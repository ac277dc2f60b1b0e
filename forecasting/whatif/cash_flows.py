"""Expected money per document and day: what levers of a scenario take hold of."""

from dataclasses import dataclass, replace

import numpy as np

from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.documents import ARRAYS, CREDIT_NOTES, Documents, summed
from forecasting.payments.timing_model import payments
from forecasting.receipts.billings import WEEK
from forecasting.receipts.forecast import Receipts
from forecasting.receipts.history import Rolling
from forecasting.receipts.outlook import by_week, stand_ins

# Days told beyond the horizon, so that what a lever brings forward into it is there to be brought.
BEYOND = 91


@dataclass(frozen=True)
class Flows:
    """Money expected of n documents, open ones first, on each of d days after `origin`.

    Attributes:
        origin: day number of the last day known.
        horizon: how many of the days are forecast; the others are what may still be brought forward.
        customer: code of the customer, shape (n,).
        issued, due: day numbers, shape (n,).
        amount: what is asked of each, as the forecast counts it; shape (n,).
        billed: what a stand-in adds to the billings, 0 for an open document; shape (n,).
        is_coming, is_note: it stands for what is still to be billed; it is a credit note; shape (n,).
        by_day: money expected, shape (n, d).
        forgone: discount given per day, shape (d,).
    """

    origin: int
    horizon: int
    customer: Ints
    issued: Ints
    due: Ints
    amount: Floats
    billed: Floats
    is_coming: Bools
    is_note: Bools
    by_day: Floats
    forgone: Floats

    @property
    def span(self) -> int:
        """How many days are told."""
        return int(self.by_day.shape[1])

    def per_week(self, which: Bools | slice = slice(None)) -> Floats:
        """Return money per week of the horizon, of some of the documents; shape (w,)."""
        return by_week(self.by_day[which, : self.horizon].sum(axis=0))

    @property
    def billed_by_day(self) -> Floats:
        """Billings on each day of the horizon, shape (horizon,)."""
        day = self.issued[self.is_coming] - self.origin - 1
        inside = (day >= 0) & (day < self.horizon)
        return summed(day[inside], self.billed[self.is_coming][inside], self.horizon)

    def with_rows(self, which: Bools, by_day: Floats) -> "Flows":
        """Return the same with other money expected of some of the documents."""
        changed = self.by_day.copy()
        changed[which] = by_day
        return replace(self, by_day=changed)


def flows_of(history: Rolling, made: Receipts) -> Flows:
    """Return the documents behind a forecast, day by day.

    What is open adds up to the forecast's weeks. Of coming invoices it is what the payment model lets
    expect of the billings, and less where the forecast expects less: what is taken away was there.

    Args:
        history: the one the forecast was made of.
        made: the forecast.
    """
    origin, weeks = history.as_of, len(made.expected)
    open_rows = made.outlook.open_documents
    asked = history.documents.take(open_rows)
    money = _open_money(made)
    coming, billed = _coming(history.documents, made, origin, weeks)
    paid = payments(
        history.fit(origin), made.outlook.tables, coming, history.calendar,
        first=coming.issued + 1, days=weeks * WEEK + BEYOND, until=origin + weeks * WEEK + BEYOND,
    )  # fmt: skip
    expected = _absolute(billed[:, None] * paid.by_day, coming.issued - origin)
    as_counted, factor = _as_forecast(expected, made.from_future)
    both = {name: np.concatenate([getattr(asked, name), getattr(coming, name)]) for name in ARRAYS}
    return Flows(
        origin=origin,
        horizon=weeks * WEEK,
        customer=both["customer"],
        issued=both["issued"],
        due=both["due"],
        amount=np.concatenate([made.outlook.open_amounts, billed * factor]),
        billed=np.concatenate([np.zeros(asked.count), billed]),
        is_coming=np.arange(len(both["due"])) >= asked.count,
        is_note=both["stratum"] == CREDIT_NOTES,
        by_day=np.concatenate([money, as_counted]),
        forgone=np.zeros(weeks * WEEK + BEYOND),
    )


def _open_money(made: Receipts) -> Floats:
    """Return money per open document and day; a week's adds up to what the forecast has of it."""
    daily = made.outlook.open_by_day[:, : WEEK * made.by_week.shape[1]]
    before = by_week(daily)
    factor = np.where(before > 0, made.by_week / np.where(before > 0, before, 1.0), 1.0)
    told = daily * np.repeat(factor, WEEK, axis=1)
    paid = made.outlook.open_payments
    never = np.clip(paid.lost + paid.never, 0.0, 1.0)
    rest = np.maximum(1 - never - told.sum(axis=1), 0.0)
    # Beyond the weeks, what is still to come goes on at the pace it has then.
    pace = np.clip(paid.pace, 0.0, 0.99)[:, None]
    later = rest[:, None] * pace * (1 - pace) ** np.arange(BEYOND)
    return np.asarray(made.outlook.open_amounts[:, None] * np.concatenate([told, later], axis=1))


def _coming(documents: Documents, made: Receipts, origin: int, weeks: int) -> tuple[Documents, Floats]:
    """Return stand-ins for what will be billed, and how much of it each stands for, shape (n,)."""
    coming, week = stand_ins(documents, origin, weeks)
    billed = summed(week, coming.amount, weeks)
    # A week in which nothing was billed borrows the documents of the nearest one that has some.
    known = np.flatnonzero(billed > 0)
    parts, weights = [], []
    for place, level in enumerate(made.billings):
        if level == 0 or not len(known):
            continue
        source = place if billed[place] > 0 else int(known[np.argmin(np.abs(known - place))])
        days = WEEK * (place - source)
        part = coming.take(week == source)
        parts.append(replace(part, issued=part.issued + days, due=part.due + days))
        weights.append(part.amount * (level / billed[source]))
    if not parts:
        return coming.take(slice(0, 0)), np.zeros(0)
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in ARRAYS}
    return Documents(**joined, customers=documents.customers), np.concatenate(weights)


def _absolute(by_day: Floats, first: Ints) -> Floats:
    """Turn days after each document's issue into days after the origin; shape (n, d) both."""
    count, days = by_day.shape
    at = np.arange(days)[None, :] - first[:, None]
    moved = np.take_along_axis(by_day, np.clip(at, 0, days - 1), axis=1) if count else by_day
    return np.where(at >= 0, moved, 0.0)


def _as_forecast(by_day: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """Return the flows where the forecast expects no less of a week, and what became of each document."""
    weekly = by_week(by_day[:, : WEEK * len(wanted)].sum(axis=0))
    factor = np.where(weekly > 0, np.clip(wanted / np.where(weekly > 0, weekly, 1.0), 0.0, 1.0), 1.0)
    days = np.concatenate([np.repeat(factor, WEEK), np.full(BEYOND, factor[-1])])
    counted = by_day * days
    before = by_day.sum(axis=1)
    share = np.where(before != 0, counted.sum(axis=1) / np.where(before != 0, before, 1.0), 1.0)
    return counted, share
