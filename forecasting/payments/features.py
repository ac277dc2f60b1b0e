"""What the chance of being paid on a day depends on, one row per document and day."""

import numpy as np

from forecasting.arrays import Floats, Ints
from forecasting.payments.bank_days import Calendar
from forecasting.payments.documents import CREDIT_NOTES
from forecasting.payments.hazards import Tables, cell_of

_KNOWN_FROM = 30.0  # paid invoices at which a customer's own curve counts half as known
_EARLY, _SOON, _LATER, _OLD = -7, 3, 14, 45  # days past due between which habits differ

_SURELY = 0.97  # chance of a day above which nothing is told apart
_DAYS = ("saturday", "sunday", "holiday")
NAMES = (
    "intercept", "terms", "own", "own_known", "near", "near_known",
    "saturday", "sunday", "holiday", "carried",
    "early", "days_3_14", "days_14_45", "days_45", "slower_before", "slower_after",
    "payments", "amount_before", "amount_after", "season", "credit_note",
)  # fmt: skip
DAY_KINDS = [position for position, name in enumerate(NAMES) if name in _DAYS]


def feature_rows(  # noqa: PLR0917 - columns of one length, and what they are looked up in
    known: Tables, who: Ints, stratum: Ints, lag: Ints, day: Ints, log_amount: Floats, calendar: Calendar
) -> Floats:
    """Return one row per document and day, columns as NAMES.

    Args:
        known: tables of the day the question is asked.
        who: code of the customer, shape (r,).
        stratum: band of terms, shape (r,).
        lag: days past due, shape (r,).
        day: day number, shape (r,).
        log_amount: centred, shape (r,).
        calendar: covers all the days.
    """
    cell, place = cell_of(lag), calendar.at(day)
    kind, closed = calendar.kind[place], known.paydays.is_closed
    hazard = np.minimum(known.hazard(who, stratum, cell), 0.999)
    terms = known.stratum_hazard[stratum, cell]
    logit_terms = np.log(terms / (1 - terms))
    # A run takes what has become due since the one before: the chance of a usual day, times the run's.
    run = np.exp(known.runs(who, place))
    on_the_day = np.minimum(hazard * run, _SURELY)
    own = np.log(on_the_day / (1 - on_the_day)) - logit_terms
    around = np.minimum(known.hazard_near(who, stratum, cell) * run, _SURELY)
    near = np.log(around / (1 - around)) - logit_terms
    sure = known.payments[who] / (known.payments[who] + _KNOWN_FROM)
    carried = np.zeros(len(who))
    after = np.flatnonzero(closed[calendar.kind[place - 1]])
    longer = after[closed[calendar.kind[place[after] - 2]]]
    carried[after] = known.hazard(who[after], stratum[after], cell_of(lag[after] - 1))
    carried[longer] += known.hazard(who[longer], stratum[longer], cell_of(lag[longer] - 2))
    carried[after] = np.log1p(carried[after] / hazard[after])
    before = lag <= 0
    slower = np.clip(known.recent_lateness[who] - known.usual_lateness[who], -30, 30) / 10
    columns = (
        np.ones(len(who)), logit_terms, own, own * sure, near, near * sure,
        *(kind == number for number in range(1, 1 + len(_DAYS))),
        carried,
        lag < _EARLY, (lag >= _SOON) & (lag < _LATER), (lag >= _LATER) & (lag <= _OLD), lag > _OLD,
        slower * before, slower * ~before, np.log1p(known.payments[who]),
        log_amount * before, log_amount * ~before, known.season(who, place, calendar.span),
        stratum == CREDIT_NOTES,
    )  # fmt: skip
    found = np.empty((len(who), len(NAMES)))
    for position, column in enumerate(columns):
        found[:, position] = column
    return found
