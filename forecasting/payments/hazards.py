"""How likely an unpaid document is paid on a day, by days since it fell due: pooled, by terms, by customer.

A lag is a day less the due date, clipped to -45 to 150; a cell is a lag's place in the tables. Open documents
stay at risk to the day of observation (they are censored, never dropped).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasting.arrays import Bools, Floats, Ints, Narrow
from forecasting.payments.bank_days import Calendar
from forecasting.payments.documents import CREDIT_NOTES, STRATA, Documents
from forecasting.payments.paydays import Paydays, fit_paydays

LOW, HIGH = -45, 150
CELLS = HIGH - LOW + 1
_TAIL = 45  # beyond this lag one pooled hazard: there is too little to tell the days apart
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
    """What was known at the end of `origin`; C customers, S strata.

    Attributes:
        origin: day number.
        paid, at_risk: events and person-days by customer and cell, shape (C, CELLS).
        paid_near, at_risk_near: the same with the days around, nearer ones counting more.
        stratum_hazard: shape (S, CELLS), 0-1.
        loss: hazard of being closed otherwise than by money, of invoices (by amount, for a large invoice is
            credited less often than a small one) and of credit notes, shape (2, CELLS), 0-1.
        usual_lateness, recent_lateness: days, shape (C,).
        payments: paid invoices, shape (C,).
        paydays: on which days customers pay.
        paid_days: sorted customer x span + position of every payment, for looking back a year.
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
        """Return the customer's hazard, shrunk to its terms' one (empirical Bayes)."""
        prior = self.stratum_hazard[stratum, cell]
        return np.asarray(
            (self.paid[customer, cell] + _CUSTOMER_WEIGHT * prior)
            / (self.at_risk[customer, cell] + _CUSTOMER_WEIGHT)
        )

    def hazard_near(self, customer: Ints, stratum: Ints, cell: Ints) -> Floats:
        """Return the same of a lag and the days around it: few payments tell no day apart."""
        prior = self.stratum_hazard[stratum, cell]
        return np.asarray(
            (self.paid_near[customer, cell] + _CUSTOMER_WEIGHT * prior)
            / (self.at_risk_near[customer, cell] + _CUSTOMER_WEIGHT)
        )

    def runs(self, customer: Ints, position: Ints) -> Floats:
        """Return how much likelier a customer's payment run is on this day than on any: a logarithm."""
        if not len(customer):
            return np.zeros(0)
        who, row = self._distinct(customer)
        first, last = int(position.min()), int(position.max())
        return np.asarray(self.paydays.log_ratios(who, first, last)[row, position - first])

    def _distinct(self, customer: Ints) -> tuple[Ints, Ints]:
        """Return the distinct customers and each one's place among them; codes need no sorting."""
        asked = np.zeros(len(self.since), dtype=bool)
        asked[customer] = True
        return np.flatnonzero(asked), (np.cumsum(asked) - 1)[customer]

    def season(self, customer: Ints, position: Ints, span: int) -> Floats:
        """Return the log ratio of payments around this day in earlier years to the customer's usual rate."""
        if not len(customer):
            return np.zeros(0)
        # Many documents share a customer and a day: each pair is looked up once.
        who, row = self._distinct(customer)
        first, last = int(position.min()), int(position.max())
        days = last - first + 1
        if len(who) * days >= len(customer):
            return self._season(customer, position, span)
        grid = self._season(np.repeat(who, days), np.tile(np.arange(first, last + 1), len(who)), span)
        return np.asarray(grid[row * days + position - first])

    def _season(self, customer: Ints, position: Ints, span: int) -> Floats:
        found, expected = np.zeros(len(customer)), np.zeros(len(customer))
        for back in _YEARS_BACK:
            then = position - back
            known = self.since[customer] < then - 30
            low = np.searchsorted(self.paid_days, customer * span + then - _AROUND)
            high = np.searchsorted(self.paid_days, customer * span + then + _AROUND + 1)
            found += np.where(known, high - low, 0)
            expected += np.where(known, (2 * _AROUND + 1) * self.daily[customer], 0.0)
        return np.clip(np.log((found + _SEASON_WEIGHT) / (expected + _SEASON_WEIGHT)), -2.5, 1.0)


def cell_of(lag: Ints) -> Ints:
    """Return the place of lags in the tables."""
    return np.asarray(np.clip(lag, LOW, HIGH) - LOW)


def tables(documents: Documents, origin: int, calendar: Calendar) -> Tables:
    """Count who paid when, seen at the end of a day.

    Args:
        documents: any, later ones too: what is dated after `origin` is not looked at.
        origin: day number.
        calendar: covers every document and `origin`.
    """
    known = documents.take(documents.issued <= origin)
    customers = documents.customers
    end = np.minimum(known.closed, origin)
    closed = known.closed <= origin
    watched = (end > known.issued) | closed
    start_lag = (np.minimum(known.issued + 1, end) - known.due)[watched]
    end_lag = (end - known.due)[watched]
    paid, lost = closed & known.by_cash, closed & ~known.by_cash
    cell = cell_of(known.closed - known.due)
    events = _counted(known.stratum[paid], cell[paid], STRATA, CELLS)
    risk = _at_risk(known.stratum[watched], start_lag, end_lag, STRATA)
    payments, usual, recent = _lateness(known, paid, origin, customers)
    invoices = paid & (known.stratum != CREDIT_NOTES)
    when = calendar.at(known.closed[invoices])
    who = known.customer[invoices]
    paid_days = np.sort(who * calendar.span + when)
    runs = paid_days[np.diff(paid_days, prepend=-1) > 0]
    since = np.full(customers, calendar.place(origin) + 1)
    np.minimum.at(since, known.customer, calendar.at(known.issued))
    own_paid = _counted(known.customer[paid], cell[paid], customers, CELLS).astype(np.float32)
    own_risk = _at_risk(known.customer[watched], start_lag, end_lag, customers)
    return Tables(
        origin=origin,
        paid=own_paid,
        at_risk=own_risk,
        paid_near=_near(own_paid),
        at_risk_near=_near(own_risk),
        stratum_hazard=_stratum_hazard(events, risk),
        loss=_loss(known, watched, lost, start_lag, end_lag),
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


def _counted(group: Ints, cell: Ints, groups: int, cells: int) -> Floats:
    counted = np.bincount(group * cells + cell, minlength=groups * cells).reshape(groups, cells)
    return np.asarray(counted, dtype=np.float64)


def _at_risk(group: Ints, start: Ints, end: Ints, groups: int, weight: Floats | None = None) -> Narrow:
    """Return (weighted) person-days per group and cell of stretches of lags, both ends included."""
    width = CELLS + 1
    moved = np.bincount(group * width + cell_of(start), weight, groups * width).astype(np.float32)
    moved -= np.bincount(group * width + cell_of(end) + 1, weight, groups * width).astype(np.float32)
    risk = np.cumsum(moved.reshape(groups, width), axis=1)[:, :CELLS]
    # Days beyond the ends all stand in the outermost cells, one person-day each.
    each = 1.0 if weight is None else weight
    risk[:, 0] += np.bincount(group, each * np.where(start < LOW, np.minimum(end, LOW) - start, 0), groups)
    risk[:, -1] += np.bincount(group, each * np.where(end > HIGH, end - np.maximum(start, HIGH), 0), groups)
    return np.asarray(risk, dtype=np.float32)


def _near(counted: Narrow) -> Narrow:
    """Return counts of each cell with those around it, shape (C, CELLS): a triangle of three days a side."""
    found = _REACH * counted
    for away in range(1, _REACH):
        found[:, away:] += (_REACH - away) * counted[:, :-away]
        found[:, :-away] += (_REACH - away) * counted[:, away:]
    return found / np.float32(_REACH)


def _stratum_hazard(events: Floats, risk: Narrow) -> Floats:
    every, exposed = events[:CREDIT_NOTES].sum(axis=0), risk[:CREDIT_NOTES].sum(axis=0, dtype=np.float64)
    pooled = (every + 0.005) / (exposed + 0.5)
    tail = _TAIL + 1 - LOW
    pooled[tail:] = (every[tail:].sum() + 0.005) / (exposed[tail:].sum() + 0.5)
    return np.asarray(np.minimum((events + _STRATUM_WEIGHT * pooled) / (risk + _STRATUM_WEIGHT), 0.95))


def _loss(known: Documents, watched: Bools, lost: Bools, start: Ints, end: Ints) -> Floats:
    """Return the hazard of being closed otherwise than by money, of invoices and of credit notes."""
    note = (known.stratum == CREDIT_NOTES).astype(np.int64)
    size = np.abs(known.amount)
    mean = np.bincount(note, size, 2) / np.maximum(np.bincount(note, minlength=2), 1)
    weight = np.where(note > 0, 1.0, size / max(float(mean[0]), 1e-9))
    zone = np.digitize(np.arange(LOW, HIGH + 1), _LOSS_ZONES)
    zones = len(_LOSS_ZONES) + 1
    # Sums of weights leave crumbs where nothing is at risk.
    exposed = np.maximum(_at_risk(note[watched], start, end, 2, weight[watched]).astype(np.float64), 0.0)
    place = zone[cell_of(known.closed - known.due)]
    rates = np.zeros((2, CELLS))
    for kind in (0, 1):
        own = lost & (note == kind)
        gone = np.bincount(place[own], weight[own], zones)
        rate = gone / (np.bincount(zone, exposed[kind], zones) + _LOSS_WEIGHT)
        rates[kind] = np.minimum(rate, 0.5)[zone]
    return rates


def _lateness(
    known: Documents, paid: npt.NDArray[np.bool_], origin: int, customers: int
) -> tuple[Floats, ...]:
    """Return paid invoices, usual and recent days late per customer; few of them lean on what is pooled."""
    invoices = paid & (known.stratum != CREDIT_NOTES)
    who = known.customer[invoices]
    late = np.clip(known.closed[invoices] - known.due[invoices], LOW, HIGH).astype(float)
    weight = 0.5 ** ((origin - known.closed[invoices]) / _HALF_LIFE)
    count = np.bincount(who, minlength=customers).astype(float)
    pooled = late.mean() if len(late) else 0.0
    usual = (np.bincount(who, late, customers) + _LATENESS_WEIGHT * pooled) / (count + _LATENESS_WEIGHT)
    recent = (np.bincount(who, late * weight, customers) + _LATENESS_WEIGHT * usual) / (
        np.bincount(who, weight, customers) + _LATENESS_WEIGHT
    )
    return count, usual, recent
