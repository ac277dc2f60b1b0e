"""The payment-timing model: hazards per customer, shrunk, put on the calendar by a cross-fitted logit."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from data.errors import NotEnoughHistoryError
from forecasting import sentences
from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.bank_days import BankCalendar
from forecasting.payments.documents import CREDIT_NOTES, Documents, uniform
from forecasting.payments.features import DAY_KINDS, feature_rows
from forecasting.payments.hazards import Tables, cell_of, tables

FEWEST_PAID = 30
WINDOW = 56
DAYS_AHEAD = 91  # over which losses and open amounts are counted, whatever the horizon
_WINDOWS = 6  # up to eleven months, so that month ends and seasons occur more than once
_WARM_UP = 90  # days of history before the first window
_MOST_DAYS, _MOST_ROWS, _MOST_FITTED = 4_000_000, 160_000, 50_000
_SAMPLE, _DAYS, _FITTED = 7, 8, 9  # salts of the draws of documents and of their days
_OWN_WEIGHT = 4.0
# Prior: a document in dispute is paid a quarter as often, and a dispute lasts a month.
_DISPUTE_PAID, _DISPUTE_EXPECTED = 1.0, 4.0
_RESOLVED, _DISPUTE_DAYS = 1.0, 30.0
_CHUNK = 500
_EACH_DAY = 0x9E3779B97F4A7C15
_YEAR = 365
_LAST = 28
_BEFORE_DUE, _AFTER_DUE = 14, 35  # days around a due date that the model must cover
_NEVER = -12.0  # a chance of about six in a million
_WILD = 30.0
_SURE = 0.999


@dataclass(frozen=True)
class TimingModel:
    """The fitted coefficients; the tables are made anew for every day.

    Attributes:
        coefficients: one per NAMES, of the logit of being paid on a day.
        own: what each customer adds to the logit before and after the due date, shape (customers, 2).
        log_amount: mean logarithm of the amounts.
        dispute: log ratio of how often documents in dispute are paid to how often others are.
        resolving: daily chance that an open dispute is resolved.
        rows: number of person-days in the fit.
    """

    coefficients: Floats
    own: Floats
    log_amount: float
    dispute: float
    resolving: float
    rows: int


@dataclass(frozen=True)
class Payments:
    """The chances of n documents to be paid on each of h days.

    Attributes:
        by_day: probability of being paid on each day, shape (n, h); at least DAYS_AHEAD days.
        lost: probability of being closed without money within DAYS_AHEAD days, shape (n,).
        open_after: probability of being open after DAYS_AHEAD days, shape (n,).
        never: the part of `open_after` that is not paid within a year after them, shape (n,).
        pace: daily chance of being paid after DAYS_AHEAD days, shape (n,).
    """

    by_day: Floats
    lost: Floats
    open_after: Floats
    never: Floats
    pace: Floats


def fit_timing(documents: Documents, origin: int, calendar: BankCalendar) -> TimingModel:
    """Fit on the documents and payments dated by the end of a day.

    Every window of 56 days is combined with tables that end before it (cross-fitting), so that the model
    learns how reliable the tables are, and not how well they fit their own data.

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
    samples = [_sample_days(documents, sample, share) for sample in rows]
    sampling_shares = _sampling_shares(samples)
    centre = float(documents.log_amount[documents.issued <= origin].mean())
    windows = [
        _window(documents, start, calendar, days, sampling_shares, centre)
        for start, days in zip(origins, samples, strict=True)
    ]
    features = np.concatenate([window.features for window in windows])
    was_paid = np.concatenate([window.paid for window in windows])
    weight = np.concatenate([window.weight for window in windows])
    if not was_paid.any():
        raise NotEnoughHistoryError(sentences.NOTHING_PAID(days=origin - min(origins)))
    coefficients = _fit_coefficients(features, was_paid, weight)
    expected = _odds(features @ coefficients) * weight
    was_paid = was_paid * weight
    customer = np.concatenate([window.customer for window in windows])
    is_late = np.concatenate([window.is_late for window in windows])
    disputed = np.concatenate([window.disputed for window in windows])
    dispute_ratio = (was_paid[disputed].sum() + _DISPUTE_PAID) / (
        expected[disputed].sum() + _DISPUTE_EXPECTED
    )
    expected = np.where(disputed, expected * dispute_ratio, expected)
    own = np.zeros((documents.customers, 2))
    for side in (0, 1):
        here = is_late == bool(side)
        seen_paid = np.bincount(customer[here], was_paid[here], documents.customers)
        forecast = np.bincount(customer[here], expected[here], documents.customers)
        own[:, side] = np.log((seen_paid + _OWN_WEIGHT) / (forecast + _OWN_WEIGHT))
    return TimingModel(
        coefficients,
        own,
        centre,
        float(np.log(dispute_ratio)),
        _resolution_rate(documents, origin),
        len(was_paid),
    )


def _resolution_rate(documents: Documents, origin: int) -> float:
    """Return the daily chance that a dispute is resolved; open ones count with the days they have lasted."""
    opened = documents.disputed <= origin
    days = np.minimum(documents.resolved[opened], origin) - documents.disputed[opened]
    resolved = (documents.resolved[opened] <= origin).sum()
    return float((resolved + _RESOLVED) / (np.maximum(days, 1).sum() + _DISPUTE_DAYS))


class _Window(NamedTuple):
    """Person-days of one window, and how many days each represents."""

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
    calendar: BankCalendar,
    *,
    first: Ints,
    days: int,
    until: int | None = None,
) -> Payments:
    """Return the chances of documents to be paid, given that they are open until their first day.

    Args:
        model: fitted on or before the day of `known`.
        known: tables of the day from which the forecast looks ahead.
        documents: to be paid.
        calendar: covers all the days.
        first: first day each can be paid on, shape (n,).
        days: how many days from there, at least; never fewer than DAYS_AHEAD are returned.
        until: if given, days after it hold 0, and `lost`, `open_after` and `never` are not worked out.
    """
    days = max(days, DAYS_AHEAD) if until is None else days
    by_day = np.zeros((documents.count, days))
    lost, open_after = np.zeros(documents.count), np.ones(documents.count)
    never, later_pace = np.zeros(documents.count), np.zeros(documents.count)
    centred = documents.log_amount - model.log_amount
    # Documents with similar first days share a chunk, so that those with few days left cost little.
    order = np.argsort(first, kind="stable") if until is not None else np.arange(documents.count)
    for start in range(0, documents.count, _CHUNK):
        part = order[start : start + _CHUNK]
        count = len(part)
        if until is not None:
            days = int(np.clip(until - first[part].min() + 1, 1, by_day.shape[1]))
        day = first[part, None] + np.arange(days)[None, :]
        lag = (day - documents.due[part, None]).ravel()
        customer = np.repeat(documents.customer[part], days)
        features = feature_rows(
            known, customer, np.repeat(documents.stratum[part], days), lag, day.ravel(),
            np.repeat(centred[part], days), calendar,
        )  # fmt: skip
        odds = features @ model.coefficients + model.own[customer, (lag > 0).astype(np.int64)]
        paid = _odds(odds).reshape(count, days)
        disputed = documents.take(part).in_dispute(first[part] - 1)
        if disputed.any():
            # The factor applies to the chance: on a customer's only pay day its odds would hardly change it.
            still = np.outer(disputed, (1 - model.resolving) ** np.arange(days))
            paid = np.minimum(paid * np.exp(model.dispute * still), _SURE)
        is_note = (documents.stratum[part] == CREDIT_NOTES).astype(np.int64)
        loss_chance = known.loss[np.repeat(is_note, days), cell_of(lag)].reshape(count, days)
        stays = np.cumprod((1 - paid) * (1 - loss_chance), axis=1)
        before = np.concatenate([np.ones((count, 1)), stays[:, :-1]], axis=1)
        by_day[part, :days] = before * paid
        if until is not None:
            continue
        # A fixed horizon, so that a longer forecast changes no earlier figure.
        lost[part] = (before * (1 - paid) * loss_chance)[:, :DAYS_AHEAD].sum(axis=1)
        open_after[part] = stays[:, DAYS_AHEAD - 1]
        # Beyond it, the mean chance of its last four weeks goes on for a year.
        pace = paid[:, DAYS_AHEAD - _LAST : DAYS_AHEAD].mean(axis=1)
        loss = loss_chance[:, DAYS_AHEAD - 1]
        later_pace[part] = pace
        going = (1 - pace) * (1 - loss)
        later = pace * (1 - going**_YEAR) / np.maximum(1 - going, 1e-12)
        never[part] = stays[:, DAYS_AHEAD - 1] * np.clip(1 - later, 0.0, 1.0)
    result = Payments(by_day, lost, open_after, never, later_pace)
    return result if until is not None else _far_due_dates(result, model, known, documents, calendar, first)


def _far_due_dates(  # noqa: PLR0917 - the arguments of `payments` once more
    result: Payments,
    model: TimingModel,
    known: Tables,
    documents: Documents,
    calendar: BankCalendar,
    first: Ints,
) -> Payments:
    """Replace `never` and `pace` of documents due long after DAYS_AHEAD, by the days around their due date.

    Hardly anything is paid before the due date, so the last days of the horizon would suggest it never is.
    """
    rows = np.flatnonzero(documents.due - first > DAYS_AHEAD - _AFTER_DUE)
    if not len(rows):
        return result
    far_documents = documents.take(rows)
    # A due date beyond the calendar is moved to the calendar's last days; its place in the month is lost.
    last = calendar.first + calendar.span - 2 * DAYS_AHEAD
    far_documents = replace(far_documents, due=np.minimum(far_documents.due, last))
    start = far_documents.due - _BEFORE_DUE
    around_due = payments(model, known, far_documents, calendar, first=start, days=DAYS_AHEAD)
    never, pace = result.never.copy(), result.pace.copy()
    never[rows] = result.open_after[rows] * np.clip(around_due.never + around_due.lost, 0.0, 1.0)
    paid = np.cumsum(around_due.by_day, axis=1)
    half = np.argmax(paid >= paid[:, -1:] / 2, axis=1)
    days = np.maximum(documents.due[rows] - _BEFORE_DUE - first[rows] + half - DAYS_AHEAD, 1)
    # Only one rate is stored beyond the horizon, so it is set to reproduce the median payment day.
    pace[rows] = 1 - 0.5 ** (1 / days)
    return replace(result, never=never, pace=pace)


def _odds(logit: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


def _person_days(documents: Documents, start: int, end: int) -> tuple[Ints, Ints, Ints]:
    """Return which documents were at risk after `start` to `end`, from which day and for how many days."""
    first = np.maximum(documents.issued + 1, start + 1)
    # A document paid on its day of issue is at risk on that day, or its payment would be lost.
    first = np.where(documents.closed <= documents.issued, documents.closed, first)
    last = np.minimum(documents.closed, end)
    rows = np.flatnonzero((last >= first) & (documents.closed > start) & (documents.issued <= end))
    return rows, first[rows], (last - first + 1)[rows]


def _sample_days(
    documents: Documents, sample: tuple[Ints, Ints, Ints], share: float
) -> tuple[Ints, Ints, Bools]:
    """Return document, day and whether it was paid, for the person-days of a sample of documents."""
    rows, first, length = sample
    if share < 1:
        is_drawn = uniform(documents.key[rows], _SAMPLE) < share
        rows, first, length = rows[is_drawn], first[is_drawn], length[is_drawn]
    row = np.repeat(rows, length)
    day = np.repeat(first, length) + np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length)
    return row, day, (documents.closed[row] == day) & documents.by_cash[row]


def _sampling_shares(samples: list[tuple[Ints, Ints, Bools]]) -> tuple[float, float]:
    """Return the sampling shares of days without and with a payment; payments are the informative ones.

    Source: King & Zeng (2001), Political Analysis 9:137-163 (rare events: weighted sampling).
    """
    days = sum(len(paid) for _row, _day, paid in samples)
    events = sum(int(paid.sum()) for _row, _day, paid in samples)
    with_paid = min(1.0, _MOST_ROWS / 2 / max(events, 1))
    return min(1.0, (_MOST_ROWS - with_paid * events) / max(days - events, 1)), with_paid


def _window(  # noqa: PLR0917 - the parts of one window
    documents: Documents,
    start: int,
    calendar: BankCalendar,
    days: tuple[Ints, Ints, Bools],
    sampling_shares: tuple[float, float],
    centre: float,
) -> _Window:
    """Return the person-days of one window."""
    row, day, paid = days
    weight = 1 / np.where(paid, sampling_shares[1], sampling_shares[0])
    if min(sampling_shares) < 1:
        # A number of the document and the day, so that no draw depends on a position.
        draws = uniform(documents.key[row] + day.astype(np.uint64) * np.uint64(_EACH_DAY), _DAYS)
        is_drawn = draws < 1 / weight
        row, day, paid, weight = row[is_drawn], day[is_drawn], paid[is_drawn], weight[is_drawn]
    lag = day - documents.due[row]
    customer = documents.customer[row]
    features = feature_rows(
        tables(documents, start, calendar), customer, documents.stratum[row], lag, day,
        documents.log_amount[row] - centre, calendar,
    )  # fmt: skip
    disputed = (documents.disputed[row] < day) & (documents.resolved[row] >= day)
    return _Window(features, paid.astype(float), weight, customer, lag > 0, disputed)


def _fit_coefficients(features: Floats, paid: Floats, weight: Floats) -> Floats:
    """Return the coefficients; features that never vary get 0."""
    # These imports cost a second and more, so they happen only here, and not for all of `statsmodels.api`.
    from statsmodels.genmod.families import Binomial  # noqa: PLC0415
    from statsmodels.genmod.generalized_linear_model import GLM  # noqa: PLC0415
    from statsmodels.tools.sm_exceptions import PerfectSeparationError  # noqa: PLC0415

    # A kind of day without any payment has no finite coefficient: it gets a fixed one, without its rows.
    days = features[:, DAY_KINDS]
    never = (days * paid[:, None]).sum(axis=0) == 0
    is_used = ~(days[:, never] > 0).any(axis=1)
    features, paid, weight = features[is_used], paid[is_used], weight[is_used]
    if len(paid) > _MOST_FITTED:
        is_drawn = uniform(np.arange(len(paid), dtype=np.uint64), _FITTED) < _MOST_FITTED / len(paid)
        features, paid, weight = features[is_drawn], paid[is_drawn], weight[is_drawn]
    coefficients = np.zeros(features.shape[1])
    coefficients[np.array(DAY_KINDS)[never & (days.sum(axis=0) > 0)]] = _NEVER
    varies = np.r_[True, features[:, 1:].std(axis=0) > 1e-9]  # noqa: PLR2004 - rounding of a constant
    model = GLM(paid, features[:, varies], family=Binomial(), freq_weights=weight)
    try:
        # A step that is too large overflows to a chance of 0, which is correct.
        with np.errstate(over="ignore"):
            fitted = model.fit(maxiter=15, tol=1e-6, wls_method="qr").params
    except (PerfectSeparationError, np.linalg.LinAlgError):
        fitted = np.full(varies.sum(), np.nan)
    if not np.isfinite(fitted).all() or np.abs(fitted).max() > _WILD:
        with np.errstate(over="ignore"):
            fitted = model.fit_regularized(alpha=1e-5, L1_wt=0).params
    coefficients[varies] = fitted
    return coefficients
