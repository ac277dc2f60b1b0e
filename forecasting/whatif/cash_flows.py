"""Expected money per document and day, which the levers of a scenario change."""

from dataclasses import dataclass, replace

import numpy as np

from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.documents import ARRAYS, CREDIT_NOTES, Documents, sum_by_cell
from forecasting.payments.timing_model import payments
from forecasting.receipts.billings import WEEK
from forecasting.receipts.forecast import Receipts
from forecasting.receipts.history import LedgerHistory
from forecasting.receipts.outlook import by_week, coming_documents

# Days of flows beyond the horizon, so that a lever can bring money forward into it.
DAYS_BEYOND = 91


@dataclass(frozen=True)
class Flows:
    """Money expected of n documents, open ones first, on each of d days after `origin`.

    Attributes:
        origin: day number of the last day known.
        horizon: how many of the days are forecast; money on the later ones can be brought forward.
        customer: code of the customer, shape (n,).
        issued, due: day numbers, shape (n,).
        amount: of each, as the forecast counts it; shape (n,).
        billed: amount that a coming document adds to the billings, 0 for an open one; shape (n,).
        is_coming, is_note: it is still to be billed; it is a credit note; shape (n,).
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
        """How many days the flows cover."""
        return int(self.by_day.shape[1])

    def per_week(self, which: Bools | slice = slice(None)) -> Floats:
        """Return money per week of the horizon, of some of the documents; shape (w,)."""
        return by_week(self.by_day[which, : self.horizon].sum(axis=0))

    @property
    def billings_by_day(self) -> Floats:
        """Billings on each day of the horizon, shape (horizon,)."""
        day = self.issued[self.is_coming] - self.origin - 1
        inside = (day >= 0) & (day < self.horizon)
        return sum_by_cell(day[inside], self.billed[self.is_coming][inside], self.horizon)

    def with_rows(self, which: Bools, by_day: Floats) -> "Flows":
        """Return the same with other money expected of some of the documents."""
        changed = self.by_day.copy()
        changed[which] = by_day
        return replace(self, by_day=changed)


def flows_of(history: LedgerHistory, forecast: Receipts) -> Flows:
    """Return the documents behind a forecast, day by day.

    Open documents add up to the forecast's weeks. Coming invoices are paid as the payment model expects, and
    less where the forecast expects less, so that a lever takes away no more than the forecast holds.

    Args:
        history: from which the forecast was made.
        forecast: of the same history.
    """
    origin, weeks = history.as_of, len(forecast.expected)
    open_rows = forecast.outlook.open_documents
    open_documents = history.documents.take(open_rows)
    open_money = _open_money(forecast)
    coming, billed = _coming(history.documents, forecast, origin, weeks)
    coming_payments = payments(
        history.fit(origin), history.tables(origin), coming, history.calendar,
        first=coming.issued + 1, days=weeks * WEEK + DAYS_BEYOND, until=origin + weeks * WEEK + DAYS_BEYOND,
    )  # fmt: skip
    expected = _absolute(billed[:, None] * coming_payments.by_day, coming.issued - origin)
    coming_money, factor = _as_forecast(expected, forecast.from_future)
    arrays = {name: np.concatenate([getattr(open_documents, name), getattr(coming, name)]) for name in ARRAYS}
    return Flows(
        origin=origin,
        horizon=weeks * WEEK,
        customer=arrays["customer"],
        issued=arrays["issued"],
        due=arrays["due"],
        amount=np.concatenate([forecast.outlook.open_amounts, billed * factor]),
        billed=np.concatenate([np.zeros(open_documents.count), billed]),
        is_coming=np.arange(len(arrays["due"])) >= open_documents.count,
        is_note=arrays["stratum"] == CREDIT_NOTES,
        by_day=np.concatenate([open_money, coming_money]),
        forgone=np.zeros(weeks * WEEK + DAYS_BEYOND),
    )


def _open_money(forecast: Receipts) -> Floats:
    """Return money per open document and day; a week adds up to the forecast's share of that week."""
    daily = forecast.outlook.open_by_day[:, : WEEK * forecast.by_week.shape[1]]
    before = by_week(daily)
    factor = np.where(before > 0, forecast.by_week / np.where(before > 0, before, 1.0), 1.0)
    within_weeks = daily * np.repeat(factor, WEEK, axis=1)
    open_payments = forecast.outlook.open_payments
    never = np.clip(open_payments.lost + open_payments.never, 0.0, 1.0)
    rest = np.maximum(1 - never - within_weeks.sum(axis=1), 0.0)
    # Beyond the weeks, the rest is paid at a constant daily chance.
    pace = np.clip(open_payments.pace, 0.0, 0.99)[:, None]
    later = rest[:, None] * pace * (1 - pace) ** np.arange(DAYS_BEYOND)
    return np.asarray(forecast.outlook.open_amounts[:, None] * np.concatenate([within_weeks, later], axis=1))


def _coming(documents: Documents, forecast: Receipts, origin: int, weeks: int) -> tuple[Documents, Floats]:
    """Return documents like those still to be billed, and the billings each represents, shape (n,)."""
    coming, week = coming_documents(documents, origin, weeks)
    billed = sum_by_cell(week, coming.amount, weeks)
    # A week without documents takes those of the nearest week that has some.
    weeks_with_documents = np.flatnonzero(billed > 0)
    parts, weights = [], []
    for number, level in enumerate(forecast.billings):
        if level == 0 or not len(weeks_with_documents):
            continue
        source = (
            number
            if billed[number] > 0
            else int(weeks_with_documents[np.argmin(np.abs(weeks_with_documents - number))])
        )
        days = WEEK * (number - source)
        part = coming.take(week == source)
        parts.append(replace(part, issued=part.issued + days, due=part.due + days))
        weights.append(part.amount * (level / billed[source]))
    if not parts:
        return coming.take(slice(0, 0)), np.zeros(0)
    join_samples = {name: np.concatenate([getattr(part, name) for part in parts]) for name in ARRAYS}
    return Documents(**join_samples, customers=documents.customers), np.concatenate(weights)


def _absolute(by_day: Floats, first: Ints) -> Floats:
    """Turn days after each document's issue into days after the origin; shape (n, d) both."""
    count, days = by_day.shape
    position = np.arange(days)[None, :] - first[:, None]
    shifted = np.take_along_axis(by_day, np.clip(position, 0, days - 1), axis=1) if count else by_day
    return np.where(position >= 0, shifted, 0.0)


def _as_forecast(by_day: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """Scale flows down to the weeks of the forecast, and return the share of each document that is left."""
    weekly = by_week(by_day[:, : WEEK * len(wanted)].sum(axis=0))
    factor = np.where(weekly > 0, np.clip(wanted / np.where(weekly > 0, weekly, 1.0), 0.0, 1.0), 1.0)
    days = np.concatenate([np.repeat(factor, WEEK), np.full(DAYS_BEYOND, factor[-1])])
    scaled = by_day * days
    before = by_day.sum(axis=1)
    share = np.where(before != 0, scaled.sum(axis=1) / np.where(before != 0, before, 1.0), 1.0)
    return scaled, share
