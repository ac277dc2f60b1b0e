"""The features of the payment model, one row per document and day."""

import numpy as np

from forecasting.arrays import Floats, Ints
from forecasting.payments.bank_days import BankCalendar
from forecasting.payments.documents import CREDIT_NOTES
from forecasting.payments.hazards import Tables, cell_of

_OWN_CURVE_HALF = 30.0  # paid invoices at which a customer's own curve counts half
_EARLY, _SOON, _LATER, _OLD = -7, 3, 14, 45  # days past due between which habits differ
_SURELY = 0.97  # the chance of a day is capped here
_DAYS = ("saturday", "sunday", "holiday")
NAMES = (
    "intercept", "terms", "own", "own_known", "near", "near_known",
    "saturday", "sunday", "holiday", "carried",
    "early", "days_3_14", "days_14_45", "days_45", "slower_before", "slower_after",
    "payments", "amount_before", "amount_after", "season", "credit_note",
)  # fmt: skip
DAY_KINDS = [position for position, name in enumerate(NAMES) if name in _DAYS]


def feature_rows(  # noqa: PLR0917 - columns of one length, and what they are looked up in
    known: Tables,
    customer: Ints,
    stratum: Ints,
    lag: Ints,
    day: Ints,
    log_amount: Floats,
    calendar: BankCalendar,
) -> Floats:
    """Return one row per document and day, columns as NAMES.

    Args:
        known: tables of the day from which the forecast looks ahead.
        customer: code, shape (r,).
        stratum: band of terms, shape (r,).
        lag: days past due, shape (r,).
        day: day number, shape (r,).
        log_amount: centred, shape (r,).
        calendar: covers all the days.
    """
    cell, place = cell_of(lag), calendar.at(day)
    kind, closed = calendar.kind[place], known.paydays.is_closed
    hazard = np.minimum(known.hazard(customer, stratum, cell), 0.999)
    terms = known.stratum_hazard[stratum, cell]
    logit_terms = np.log(terms / (1 - terms))
    # A payment run takes the invoices due since the run before: the usual chance times the run's ratio.
    run = np.exp(known.runs(customer, place))
    chance_of_day = np.minimum(hazard * run, _SURELY)
    own = np.log(chance_of_day / (1 - chance_of_day)) - logit_terms
    chance_near = np.minimum(known.hazard_near(customer, stratum, cell) * run, _SURELY)
    near = np.log(chance_near / (1 - chance_near)) - logit_terms
    own_weight = known.payments[customer] / (known.payments[customer] + _OWN_CURVE_HALF)
    carried = np.zeros(len(customer))
    after = np.flatnonzero(closed[calendar.kind[place - 1]])
    longer = after[closed[calendar.kind[place[after] - 2]]]
    carried[after] = known.hazard(customer[after], stratum[after], cell_of(lag[after] - 1))
    carried[longer] += known.hazard(customer[longer], stratum[longer], cell_of(lag[longer] - 2))
    carried[after] = np.log1p(carried[after] / hazard[after])
    before = lag <= 0
    slower = np.clip(known.recent_lateness[customer] - known.usual_lateness[customer], -30, 30) / 10
    columns = (
        np.ones(len(customer)), logit_terms, own, own * own_weight, near, near * own_weight,
        *(kind == number for number in range(1, 1 + len(_DAYS))),
        carried,
        lag < _EARLY, (lag >= _SOON) & (lag < _LATER), (lag >= _LATER) & (lag <= _OLD), lag > _OLD,
        slower * before, slower * ~before, np.log1p(known.payments[customer]),
        log_amount * before, log_amount * ~before, known.season(customer, place, calendar.span),
        stratum == CREDIT_NOTES,
    )  # fmt: skip
    rows = np.empty((len(customer), len(NAMES)))
    for position, column in enumerate(columns):
        rows[:, position] = column
    return rows
