"""The chance that an unpaid document is paid on a day, by days past due: pooled, by terms and by customer.

A lag is a day less the due date, clipped to -45 to 150; a cell is the position of a lag in the tables. Open
documents stay at risk until the day of observation (they are censored, never dropped).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasting.arrays import Bools, Floats, Ints, Narrow
from forecasting.payments.bank_days import BankCalendar
from forecasting.payments.documents import CREDIT_NOTES, STRATA, Documents
from forecasting.payments.paydays import Paydays, fit_paydays

LOW, HIGH = -45, 150
CELLS = HIGH - LOW + 1
_TAIL = 45  # one pooled hazard beyond this lag: there is too little to distinguish the days
_STRATUM_WEIGHT, _CUSTOMER_WEIGHT = 50.0, 4.0  # pseudo person-days at risk
_HALF_LIFE = 90.0
_REACH = 4
_LATENESS_WEIGHT = 3.0
_LOSS_ZONES = (1, 31, 91)
_LOSS_WEIGHT = 50.0
_YEARS_BACK = (364, 728)  # the same weekday, one and two years before
_AROUND = 7
_SEASON_WEIGHT = 3.0


@dataclass(frozen=True)
class Tables:
    """Payments and person-days seen by the end of `origin`; C customers, S strata.

    Attributes:
        origin: day number.
        paid, at_risk: events and person-days by customer and cell, shape (C, CELLS).
        paid_near, at_risk_near: the same with the days around, weighted by nearness.
        stratum_hazard: shape (S, CELLS), 0-1.
        loss: hazard of being closed without money, of invoices (by amount, because large invoices are
            credited less often than small ones) and of credit notes, shape (2, CELLS), 0-1.
        usual_lateness, recent_lateness: days, shape (C,).
        payments: paid invoices, shape (C,).
        paydays: on which days customers pay.
        paid_days: sorted customer x span + position of every payment, to look back a year.
        since: position of each customer's first document, shape (C,).
        daily: payments per day since then, shape (C,).
    """

    origin: int
    paid: Narrow
    at_risk: Narrow
    paid_near: Narrow
    at_risk_near: Narrow
    stratum_hazard: Floats
    loss: Floats
    usual_lateness: Floats
    recent_lateness: Floats
    payments: Floats
    paydays: Paydays
    paid_days: Ints
    since: Ints
    daily: Floats

    def hazard(self, customer: Ints, stratum: Ints, cell: Ints) -> Floats:
        """Return the customer's hazard, shrunk to the hazard of its terms (empirical Bayes)."""
        prior = self.stratum_hazard[stratum, cell]
        return np.asarray(
            (self.paid[customer, cell] + _CUSTOMER_WEIGHT * prior)
            / (self.at_risk[customer, cell] + _CUSTOMER_WEIGHT)
        )

    def hazard_near(self, customer: Ints, stratum: Ints, cell: Ints) -> Floats:
        """Return the hazard of a lag and the days around it, for customers with few payments."""
        prior = self.stratum_hazard[stratum, cell]
        return np.asarray(
            (self.paid_near[customer, cell] + _CUSTOMER_WEIGHT * prior)
            / (self.at_risk_near[customer, cell] + _CUSTOMER_WEIGHT)
        )

    def runs(self, customer: Ints, position: Ints) -> Floats:
        """Return the log ratio of the chance of a customer's payment run on a day to that of any day."""
        if not len(customer):
            return np.zeros(0)
        customers, row = self._distinct(customer)
        first, last = int(position.min()), int(position.max())
        return np.asarray(self.paydays.log_ratios(customers, first, last)[row, position - first])

    def _distinct(self, customer: Ints) -> tuple[Ints, Ints]:
        """Return the distinct customers and the place of each entry's customer among them."""
        is_present = np.zeros(len(self.since), dtype=bool)
        is_present[customer] = True
        return np.flatnonzero(is_present), (np.cumsum(is_present) - 1)[customer]

    def season(self, customer: Ints, position: Ints, span: int) -> Floats:
        """Return the log ratio of payments around this day in earlier years to the customer's usual rate."""
        if not len(customer):
            return np.zeros(0)
        # Many documents share a customer and a day, so each pair is looked up once.
        customers, row = self._distinct(customer)
        first, last = int(position.min()), int(position.max())
        days = last - first + 1
        if len(customers) * days >= len(customer):
            return self._season(customer, position, span)
        grid = self._season(
            np.repeat(customers, days), np.tile(np.arange(first, last + 1), len(customers)), span
        )
        return np.asarray(grid[row * days + position - first])

    def _season(self, customer: Ints, position: Ints, span: int) -> Floats:
        payments, expected = np.zeros(len(customer)), np.zeros(len(customer))
        for back in _YEARS_BACK:
            then = position - back
            known = self.since[customer] < then - 30
            low = np.searchsorted(self.paid_days, customer * span + then - _AROUND)
            high = np.searchsorted(self.paid_days, customer * span + then + _AROUND + 1)
            payments += np.where(known, high - low, 0)
            expected += np.where(known, (2 * _AROUND + 1) * self.daily[customer], 0.0)
        return np.clip(np.log((payments + _SEASON_WEIGHT) / (expected + _SEASON_WEIGHT)), -2.5, 1.0)


def cell_of(lag: Ints) -> Ints:
    """Return the position of lags in the tables."""
    return np.asarray(np.clip(lag, LOW, HIGH) - LOW)


def tables(documents: Documents, origin: int, calendar: BankCalendar) -> Tables:
    """Count payments and person-days up to the end of a day.

    Args:
        documents: any; those dated after `origin` are ignored.
        origin: day number.
        calendar: covers every document and `origin`.
    """
    known = documents.take(documents.issued <= origin)
    customers = documents.customers
    end = np.minimum(known.closed, origin)
    closed = known.closed <= origin
    observed = (end > known.issued) | closed
    start_lag = (np.minimum(known.issued + 1, end) - known.due)[observed]
    end_lag = (end - known.due)[observed]
    paid, lost = closed & known.by_cash, closed & ~known.by_cash
    cell = cell_of(known.closed - known.due)
    events = _counts(known.stratum[paid], cell[paid], STRATA, CELLS)
    risk = _at_risk(known.stratum[observed], start_lag, end_lag, STRATA)
    payments, usual, recent = _lateness(known, paid, origin, customers)
    invoices = paid & (known.stratum != CREDIT_NOTES)
    position = calendar.at(known.closed[invoices])
    payer = known.customer[invoices]
    paid_days = np.sort(payer * calendar.span + position)
    runs = paid_days[np.diff(paid_days, prepend=-1) > 0]
    since = np.full(customers, calendar.place(origin) + 1)
    np.minimum.at(since, known.customer, calendar.at(known.issued))
    customer_events = _counts(known.customer[paid], cell[paid], customers, CELLS).astype(np.float32)
    customer_risk = _at_risk(known.customer[observed], start_lag, end_lag, customers)
    return Tables(
        origin=origin,
        paid=customer_events,
        at_risk=customer_risk,
        paid_near=_near(customer_events),
        at_risk_near=_near(customer_risk),
        stratum_hazard=_stratum_hazard(events, risk),
        loss=_loss(known, observed, lost, start_lag, end_lag),
        usual_lateness=usual,
        recent_lateness=recent,
        payments=payments,
        paydays=fit_paydays(
            runs // calendar.span, runs % calendar.span, since, calendar, calendar.place(origin)
        ),
        paid_days=paid_days,
        since=since,
        daily=payments / np.maximum(calendar.place(origin) - since, 30),
    )


def _counts(group: Ints, cell: Ints, groups: int, cells: int) -> Floats:
    counts = np.bincount(group * cells + cell, minlength=groups * cells).reshape(groups, cells)
    return np.asarray(counts, dtype=np.float64)


def _at_risk(group: Ints, start: Ints, end: Ints, groups: int, weight: Floats | None = None) -> Narrow:
    """Return (weighted) person-days per group and cell of ranges of lags, both ends included."""
    width = CELLS + 1
    steps = np.bincount(group * width + cell_of(start), weight, groups * width).astype(np.float32)
    steps -= np.bincount(group * width + cell_of(end) + 1, weight, groups * width).astype(np.float32)
    risk = np.cumsum(steps.reshape(groups, width), axis=1)[:, :CELLS]
    # Days beyond the ends all count in the outermost cells, one person-day each.
    each = 1.0 if weight is None else weight
    risk[:, 0] += np.bincount(group, each * np.where(start < LOW, np.minimum(end, LOW) - start, 0), groups)
    risk[:, -1] += np.bincount(group, each * np.where(end > HIGH, end - np.maximum(start, HIGH), 0), groups)
    return np.asarray(risk, dtype=np.float32)


def _near(counts: Narrow) -> Narrow:
    """Return counts of each cell with its neighbours, shape (C, CELLS): a triangle of three days a side."""
    nearby = _REACH * counts
    for away in range(1, _REACH):
        nearby[:, away:] += (_REACH - away) * counts[:, :-away]
        nearby[:, :-away] += (_REACH - away) * counts[:, away:]
    return nearby / np.float32(_REACH)


def _stratum_hazard(events: Floats, risk: Narrow) -> Floats:
    every, exposed = events[:CREDIT_NOTES].sum(axis=0), risk[:CREDIT_NOTES].sum(axis=0, dtype=np.float64)
    pooled = (every + 0.005) / (exposed + 0.5)
    tail = _TAIL + 1 - LOW
    pooled[tail:] = (every[tail:].sum() + 0.005) / (exposed[tail:].sum() + 0.5)
    return np.asarray(np.minimum((events + _STRATUM_WEIGHT * pooled) / (risk + _STRATUM_WEIGHT), 0.95))


def _loss(known: Documents, observed: Bools, lost: Bools, start: Ints, end: Ints) -> Floats:
    """Return the hazard of being closed without money, of invoices and of credit notes."""
    note = (known.stratum == CREDIT_NOTES).astype(np.int64)
    size = np.abs(known.amount)
    mean = np.bincount(note, size, 2) / np.maximum(np.bincount(note, minlength=2), 1)
    weight = np.where(note > 0, 1.0, size / max(float(mean[0]), 1e-9))
    zone = np.digitize(np.arange(LOW, HIGH + 1), _LOSS_ZONES)
    zones = len(_LOSS_ZONES) + 1
    # Differences of summed weights leave rounding errors where nothing is at risk.
    exposed = np.maximum(_at_risk(note[observed], start, end, 2, weight[observed]).astype(np.float64), 0.0)
    place = zone[cell_of(known.closed - known.due)]
    rates = np.zeros((2, CELLS))
    for kind in (0, 1):
        own = lost & (note == kind)
        losses = np.bincount(place[own], weight[own], zones)
        rate = losses / (np.bincount(zone, exposed[kind], zones) + _LOSS_WEIGHT)
        rates[kind] = np.minimum(rate, 0.5)[zone]
    return rates


def _lateness(
    known: Documents, paid: npt.NDArray[np.bool_], origin: int, customers: int
) -> tuple[Floats, ...]:
    """Return paid invoices, usual and recent days late per customer, shrunk to the pooled ones."""
    invoices = paid & (known.stratum != CREDIT_NOTES)
    customer = known.customer[invoices]
    late = np.clip(known.closed[invoices] - known.due[invoices], LOW, HIGH).astype(float)
    weight = 0.5 ** ((origin - known.closed[invoices]) / _HALF_LIFE)
    count = np.bincount(customer, minlength=customers).astype(float)
    pooled = late.mean() if len(late) else 0.0
    usual = (np.bincount(customer, late, customers) + _LATENESS_WEIGHT * pooled) / (count + _LATENESS_WEIGHT)
    recent = (np.bincount(customer, late * weight, customers) + _LATENESS_WEIGHT * usual) / (
        np.bincount(customer, weight, customers) + _LATENESS_WEIGHT
    )
    return count, usual, recent
