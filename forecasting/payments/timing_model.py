"""When open documents are paid: shrunk hazards per customer, on the calendar by a cross-fitted logit."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from data.errors import NotEnoughHistoryError
from forecasting import sentences
from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.bank_days import Calendar
from forecasting.payments.documents import CREDIT_NOTES, Documents, uniform
from forecasting.payments.features import DAY_KINDS, feature_rows
from forecasting.payments.hazards import Tables, cell_of, tables

FEWEST_PAID = 30
WINDOW = 56
SEEN = 91  # days ahead over which losses and what is left are counted, whatever the horizon
_WINDOWS = 6  # up to eleven months, so that month ends and seasons are seen more than once
_WARM_UP = 90  # days of history before the first window
_MOST_DAYS, _MOST_ROWS, _MOST_FITTED = 4_000_000, 160_000, 50_000
_SAMPLE, _DAYS, _FITTED = 7, 8, 9  # salts of the draws of documents and of their days
_OWN_WEIGHT = 4.0
# Before a ledger shows it: a document in dispute is paid a quarter as often, and a dispute lasts a month.
_DISPUTE_PAID, _DISPUTE_EXPECTED = 1.0, 4.0
_RESOLVED, _DISPUTE_DAYS = 1.0, 30.0
_CHUNK = 500
_EACH_DAY = 0x9E3779B97F4A7C15
_YEAR = 365
_LAST = 28
_BEFORE_DUE, _AFTER_DUE = 14, 35  # days; what the days seen must hold after the due date
_NEVER = -12.0  # a chance of some six in a million
_WILD = 30.0
_SURE = 0.999


@dataclass(frozen=True)
class TimingModel:
    """The fitted coefficients; tables are made afresh for every day it is asked of.

    Attributes:
        coefficients: one per NAMES, of the logit of being paid on a day.
        own: what a customer adds to it before and after the due date, shape (customers, 2).
        log_amount: centre of the logarithm of amounts.
        dispute: logarithm of how often documents in dispute are paid, against how often otherwise.
        resolving: daily chance that an open dispute is resolved.
        rows: person-days it was fitted on.
    """

    coefficients: Floats
    own: Floats
    log_amount: float
    dispute: float
    resolving: float
    rows: int


@dataclass(frozen=True)
class Payments:
    """When documents are paid; n documents, h days.

    Attributes:
        by_day: probability of being paid on each day, shape (n, h); at least SEEN days.
        lost: probability of being closed otherwise within SEEN days, shape (n,).
        left: probability of being open after SEEN days, shape (n,).
        never: of `left`, what is not paid within a year after, shape (n,).
        pace: daily chance of being paid after SEEN days, shape (n,).
    """

    by_day: Floats
    lost: Floats
    left: Floats
    never: Floats
    pace: Floats


def fit_timing(documents: Documents, origin: int, calendar: Calendar) -> TimingModel:
    """Fit on what was dated by the end of a day.

    Every window of 56 days is looked at with tables that end before it (cross-fitting), so that the model
    learns how far the tables can be trusted, and not how well they fit what made them.

    Raises:
        NotEnoughHistoryError: fewer than 30 documents were paid before the last window, or none in it.

    Source: Cox (1972), J. R. Stat. Soc. B 34:187-220 (discrete hazards as a logit); Efron & Morris (1975),
    JASA 70:311-319 (shrinkage); statsmodels `GLM` with `Binomial`.
    """
    first = int(documents.issued.min()) if documents.count else origin
    origins = [origin - WINDOW * (place + 1) for place in range(_WINDOWS)]
    origins = [start for start in origins if start >= first + _WARM_UP] or [max(origin - WINDOW, first + 1)]
    paid = int(((documents.closed <= origins[0]) & documents.by_cash).sum())
    if paid < FEWEST_PAID:
        raise NotEnoughHistoryError(sentences.FEW_PAID(needed=FEWEST_PAID, found=paid))
    rows = [_person_days(documents, start, min(start + WINDOW, origin)) for start in origins]
    share = _MOST_DAYS / max(sum(int(lengths.sum()) for _who, _first, lengths in rows), 1)
    drawn = [_drawn(documents, sample, share) for sample in rows]
    kept = _kept_shares(drawn)
    centre = float(documents.log_amount[documents.issued <= origin].mean())
    seen = [
        _window(documents, start, calendar, days, kept, centre)
        for start, days in zip(origins, drawn, strict=True)
    ]
    asked = np.concatenate([one.features for one in seen])
    was_paid = np.concatenate([one.paid for one in seen])
    weight = np.concatenate([one.weight for one in seen])
    if not was_paid.any():
        raise NotEnoughHistoryError(sentences.NOTHING_PAID(days=origin - min(origins)))
    coefficients = _fitted(asked, was_paid, weight)
    expected = _odds(asked @ coefficients) * weight
    was_paid = was_paid * weight
    who = np.concatenate([one.customer for one in seen])
    is_late = np.concatenate([one.is_late for one in seen])
    disputed = np.concatenate([one.disputed for one in seen])
    held = (was_paid[disputed].sum() + _DISPUTE_PAID) / (expected[disputed].sum() + _DISPUTE_EXPECTED)
    expected = np.where(disputed, expected * held, expected)
    own = np.zeros((documents.customers, 2))
    for side in (0, 1):
        here = is_late == bool(side)
        seen_paid = np.bincount(who[here], was_paid[here], documents.customers)
        forecast = np.bincount(who[here], expected[here], documents.customers)
        own[:, side] = np.log((seen_paid + _OWN_WEIGHT) / (forecast + _OWN_WEIGHT))
    return TimingModel(
        coefficients, own, centre, float(np.log(held)), _resolving(documents, origin), len(was_paid)
    )


def _resolving(documents: Documents, origin: int) -> float:
    """Return the daily chance that an open dispute is resolved; open ones count with the days they lasted."""
    opened = documents.disputed <= origin
    days = np.minimum(documents.resolved[opened], origin) - documents.disputed[opened]
    resolved = (documents.resolved[opened] <= origin).sum()
    return float((resolved + _RESOLVED) / (np.maximum(days, 1).sum() + _DISPUTE_DAYS))


class _Window(NamedTuple):
    """Person-days of one window, and how many days each stands for."""

    features: Floats
    paid: Floats
    weight: Floats
    customer: Ints
    is_late: Bools
    disputed: Bools


def payments(
    model: TimingModel,
    known: Tables,
    documents: Documents,
    calendar: Calendar,
    *,
    first: Ints,
    days: int,
    until: int | None = None,
) -> Payments:
    """Return when documents are paid, given that they are open until their first day.

    Args:
        model: fitted on or before the day of `known`.
        known: tables of the day the question is asked.
        documents: the ones asked about.
        calendar: covers all the days.
        first: first day each can be paid on, shape (n,).
        days: how many days from there, at least; never fewer than SEEN are told.
        until: where given, nothing is asked of the days after it: they are told as 0, and what is lost,
            left or never paid is not told.
    """
    days = max(days, SEEN) if until is None else days
    by_day = np.zeros((documents.count, days))
    lost, left = np.zeros(documents.count), np.ones(documents.count)
    never, later_pace = np.zeros(documents.count), np.zeros(documents.count)
    centred = documents.log_amount - model.log_amount
    # Documents whose first days are alike are asked together: those that have few days left cost little.
    order = np.argsort(first, kind="stable") if until is not None else np.arange(documents.count)
    for start in range(0, documents.count, _CHUNK):
        part = order[start : start + _CHUNK]
        count = len(part)
        if until is not None:
            days = int(np.clip(until - first[part].min() + 1, 1, by_day.shape[1]))
        day = first[part, None] + np.arange(days)[None, :]
        lag = (day - documents.due[part, None]).ravel()
        who = np.repeat(documents.customer[part], days)
        features = feature_rows(
            known, who, np.repeat(documents.stratum[part], days), lag, day.ravel(),
            np.repeat(centred[part], days), calendar,
        )  # fmt: skip
        odds = features @ model.coefficients + model.own[who, (lag > 0).astype(np.int64)]
        paid = _odds(odds).reshape(count, days)
        disputed = documents.take(part).in_dispute(first[part] - 1)
        if disputed.any():
            # Of the chance itself, not of its odds: on a customer's one pay day those would hardly change it.
            still = np.outer(disputed, (1 - model.resolving) ** np.arange(days))
            paid = np.minimum(paid * np.exp(model.dispute * still), _SURE)
        note = (documents.stratum[part] == CREDIT_NOTES).astype(np.int64)
        closed = known.loss[np.repeat(note, days), cell_of(lag)].reshape(count, days)
        stays = np.cumprod((1 - paid) * (1 - closed), axis=1)
        before = np.concatenate([np.ones((count, 1)), stays[:, :-1]], axis=1)
        by_day[part, :days] = before * paid
        if until is not None:
            continue
        # A horizon of its own, so that asking further ahead changes nothing that was said before.
        lost[part] = (before * (1 - paid) * closed)[:, :SEEN].sum(axis=1)
        left[part] = stays[:, SEEN - 1]
        # Beyond it, what its last four weeks did goes on for a year.
        pace = paid[:, SEEN - _LAST : SEEN].mean(axis=1)
        loss = closed[:, SEEN - 1]
        later_pace[part] = pace
        going = (1 - pace) * (1 - loss)
        later = pace * (1 - going**_YEAR) / np.maximum(1 - going, 1e-12)
        never[part] = stays[:, SEEN - 1] * np.clip(1 - later, 0.0, 1.0)
    made = Payments(by_day, lost, left, never, later_pace)
    return made if until is not None else _due_later(made, model, known, documents, calendar, first)


def _due_later(  # noqa: PLR0917 - what was asked, once more
    made: Payments, model: TimingModel, known: Tables, documents: Documents, calendar: Calendar, first: Ints
) -> Payments:
    """Tell of documents that fall due long after the days seen what happens around their own due date.

    Before it hardly anything is paid: what the last days seen did would say that nothing ever is.
    """
    far = np.flatnonzero(documents.due - first > SEEN - _AFTER_DUE)
    if not len(far):
        return made
    asked = documents.take(far)
    # A due date beyond the calendar is looked at on the calendar's last days: its place in the month is lost.
    last = calendar.first + calendar.span - 2 * SEEN
    asked = replace(asked, due=np.minimum(asked.due, last))
    start = asked.due - _BEFORE_DUE
    then = payments(model, known, asked, calendar, first=start, days=SEEN)
    never, pace = made.never.copy(), made.pace.copy()
    never[far] = made.left[far] * np.clip(then.never + then.lost, 0.0, 1.0)
    paid = np.cumsum(then.by_day, axis=1)
    half = np.argmax(paid >= paid[:, -1:] / 2, axis=1)
    days = np.maximum(documents.due[far] - _BEFORE_DUE - first[far] + half - SEEN, 1)
    # Half of what is left by then: the one number that is kept of it tells the middle right.
    pace[far] = 1 - 0.5 ** (1 / days)
    return replace(made, never=never, pace=pace)


def _odds(logit: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


def _person_days(documents: Documents, start: int, end: int) -> tuple[Ints, Ints, Ints]:
    """Return which documents were at risk after `start` to `end`, from which day, for how many days."""
    first = np.maximum(documents.issued + 1, start + 1)
    # Paid on its own day: that day is at risk, or the payment would never be seen.
    first = np.where(documents.closed <= documents.issued, documents.closed, first)
    last = np.minimum(documents.closed, end)
    who = np.flatnonzero((last >= first) & (documents.closed > start) & (documents.issued <= end))
    return who, first[who], (last - first + 1)[who]


def _drawn(documents: Documents, sample: tuple[Ints, Ints, Ints], share: float) -> tuple[Ints, Ints, Bools]:
    """Return document, day and whether it was paid of the days of a share of documents."""
    who, first, length = sample
    if share < 1:
        drawn = uniform(documents.key[who], _SAMPLE) < share
        who, first, length = who[drawn], first[drawn], length[drawn]
    row = np.repeat(who, length)
    day = np.repeat(first, length) + np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length)
    return row, day, (documents.closed[row] == day) & documents.by_cash[row]


def _kept_shares(drawn: list[tuple[Ints, Ints, Bools]]) -> tuple[float, float]:
    """Return which share of the days without and with a payment is looked at: payments tell most.

    Source: King & Zeng (2001), Political Analysis 9:137-163 (rare events: weighting what was drawn).
    """
    days = sum(len(paid) for _row, _day, paid in drawn)
    events = sum(int(paid.sum()) for _row, _day, paid in drawn)
    with_paid = min(1.0, _MOST_ROWS / 2 / max(events, 1))
    return min(1.0, (_MOST_ROWS - with_paid * events) / max(days - events, 1)), with_paid


def _window(  # noqa: PLR0917 - what one window is, in the order it is made
    documents: Documents,
    start: int,
    calendar: Calendar,
    days: tuple[Ints, Ints, Bools],
    kept: tuple[float, float],
    centre: float,
) -> _Window:
    """Return the person-days of one window."""
    row, day, paid = days
    weight = 1 / np.where(paid, kept[1], kept[0])
    if min(kept) < 1:
        # A number of the document's on that day, so that no draw depends on a position.
        luck = uniform(documents.key[row] + day.astype(np.uint64) * np.uint64(_EACH_DAY), _DAYS)
        drawn = luck < 1 / weight
        row, day, paid, weight = row[drawn], day[drawn], paid[drawn], weight[drawn]
    lag = day - documents.due[row]
    customer = documents.customer[row]
    features = feature_rows(
        tables(documents, start, calendar), customer, documents.stratum[row], lag, day,
        documents.log_amount[row] - centre, calendar,
    )  # fmt: skip
    disputed = (documents.disputed[row] < day) & (documents.resolved[row] >= day)
    return _Window(features, paid.astype(float), weight, customer, lag > 0, disputed)


def _fitted(features: Floats, paid: Floats, weight: Floats) -> Floats:
    """Return the coefficients; features that never vary get 0."""
    # They cost a second and more: only where something is fitted, and not the whole of `statsmodels.api`.
    from statsmodels.genmod.families import Binomial  # noqa: PLC0415
    from statsmodels.genmod.generalized_linear_model import GLM  # noqa: PLC0415
    from statsmodels.tools.sm_exceptions import PerfectSeparationError  # noqa: PLC0415

    # A kind of day on which nothing was ever paid has no finite coefficient: it gets one; its rows go.
    days = features[:, DAY_KINDS]
    never = (days * paid[:, None]).sum(axis=0) == 0
    asked = ~(days[:, never] > 0).any(axis=1)
    features, paid, weight = features[asked], paid[asked], weight[asked]
    if len(paid) > _MOST_FITTED:
        drawn = uniform(np.arange(len(paid), dtype=np.uint64), _FITTED) < _MOST_FITTED / len(paid)
        features, paid, weight = features[drawn], paid[drawn], weight[drawn]
    coefficients = np.zeros(features.shape[1])
    coefficients[np.array(DAY_KINDS)[never & (days.sum(axis=0) > 0)]] = _NEVER
    kept = np.r_[True, features[:, 1:].std(axis=0) > 1e-9]  # noqa: PLR2004 - rounding of a constant
    model = GLM(paid, features[:, kept], family=Binomial(), freq_weights=weight)
    try:
        # A step too far overflows to a chance of 0, which is what it means.
        with np.errstate(over="ignore"):
            found = model.fit(maxiter=15, tol=1e-6, wls_method="qr").params
    except (PerfectSeparationError, np.linalg.LinAlgError):
        found = np.full(kept.sum(), np.nan)
    if not np.isfinite(found).all() or np.abs(found).max() > _WILD:
        with np.errstate(over="ignore"):
            found = model.fit_regularized(alpha=1e-5, L1_wt=0).params
    coefficients[kept] = found
    return coefficients
