"""The chances of an open document to be paid by its due date or over 30 days late, corrected by the past."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.documents import uniform
from forecasting.payments.timing_model import DAYS_AHEAD
from forecasting.receipts.history import LedgerHistory
from forecasting.receipts.outlook import Outlook

LATE = 30
QUESTIONS = {"paid_by_due": 0, "late_30": LATE}
_SURE = 1e-4
_BINS = 20
_FEWEST = 3  # bins; a line fits any two points
_PSEUDO = 3.0  # pseudo documents per bin that behave as forecast, so that few outcomes change little
_MOST = 4_000  # documents per earlier day; more add nothing
_SAMPLE = 17


@dataclass(frozen=True)
class Chances:
    """The chances of each open document of an outlook, shape (n,); 0-1.

    Attributes:
        paid_by_due: paid on or before the due date.
        late_30: not paid 30 days after it.
    """

    paid_by_due: Floats
    late_30: Floats


@dataclass(frozen=True)
class ChanceSample:
    """Chances forecast for documents on earlier days, and their outcomes.

    Attributes:
        chance: forecast, shape (k,).
        outcome: whether it came true, shape (k,).
        document: position of the document, shape (k,).
    """

    chance: Floats
    outcome: Bools
    document: Ints

    @property
    def times(self) -> float:
        """Mean number of chances per document."""
        return len(self.document) / max(len(np.unique(self.document)), 1)


def chances(history: LedgerHistory, origin: int) -> Chances:
    """Return the chances of the documents open on a day, corrected by the outcomes of earlier days.

    The correction is a curve per question, fitted to the chances of earlier days whose outcome was known by
    `origin`: a logit line, or one with separate slopes at its ends where the past shows them.

    Source: Platt (1999), Advances in Large Margin Classifiers, pp. 61-74; Kull, Silva Filho & Flach (2017),
    AISTATS, PMLR 54:623-631; chosen by Akaike (1974); statsmodels `GLM` with `Binomial`.
    """
    outlook = history.outlook(origin)
    past_days = list(takewhile(history.has_outlook, history.past_origins(origin)))
    every_document = np.arange(len(outlook.open_documents))
    corrected = {}
    for question, days in QUESTIONS.items():
        sample = join_samples([_uncorrected_sample(history, day, origin, question) for day in past_days])
        raw = _raw(history, outlook, days, every_document)
        corrected[question] = correct(raw, sample)
    due = history.documents.due[outlook.open_documents] - origin
    # A document that is open after its due date was not paid by it.
    paid_by_due = np.where(due > 0, corrected["paid_by_due"], 0.0)
    late = np.where(due + LATE > 0, 1 - corrected["late_30"], 1.0)
    return Chances(paid_by_due, np.minimum(late, 1 - paid_by_due))


def chance_sample(history: LedgerHistory, days: Sequence[int], until: int, question: str) -> ChanceSample:
    """Return the chances of earlier days, as corrected on each of them, with their outcomes by `until`."""
    samples = []
    for day in days:
        outlook = history.outlook(day)
        corrected = chances(history, day)
        chance = corrected.paid_by_due if question == "paid_by_due" else corrected.late_30
        places, is_paid = _outcome(history, outlook, until, QUESTIONS[question])
        samples.append(
            ChanceSample(
                chance[places],
                is_paid if question == "paid_by_due" else ~is_paid,
                outlook.open_documents[places],
            )
        )
    return join_samples(samples)


def gap(past: ChanceSample) -> float | None:
    """Return the mean distance between forecast chances and outcomes, over tenths; None without any.

    Source: Naeini, Cooper & Hauskrecht (2015), AAAI (expected calibration error).
    """
    if not len(past.chance):
        return None
    return float(
        sum(abs(chance - outcome) * count for chance, outcome, count in tenths(past)) / len(past.chance)
    )


def tenths(past: ChanceSample) -> list[tuple[float, float, int]]:
    """Return, per tenth of the chance that holds any: mean forecast chance, share that came true, count."""
    place = np.minimum((past.chance * 10).astype(np.int64), 9)
    rows = []
    for tenth in range(10):
        is_in_tenth = place == tenth
        if is_in_tenth.any():
            rows.append(
                (
                    float(past.chance[is_in_tenth].mean()),
                    float(past.outcome[is_in_tenth].mean()),
                    int(is_in_tenth.sum()),
                )
            )
    return rows


def join_samples(samples: Sequence[ChanceSample]) -> ChanceSample:
    """Join the samples of several days."""
    if not samples:
        return ChanceSample(np.zeros(0), np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int64))
    return ChanceSample(
        np.concatenate([sample.chance for sample in samples]),
        np.concatenate([sample.outcome for sample in samples]),
        np.concatenate([sample.document for sample in samples]),
    )


def correct(chance: Floats, past: ChanceSample) -> Floats:
    """Return chances corrected by the curve of past chances and outcomes; unchanged without any."""
    if not len(past.chance):
        return chance
    edges = np.unique(np.quantile(past.chance, np.linspace(0, 1, _BINS + 1)[1:-1]))
    place = np.searchsorted(edges, past.chance, side="right")
    count = np.bincount(place, minlength=len(edges) + 1).astype(float)
    middle = np.bincount(place, past.chance, len(edges) + 1) / np.maximum(count, 1.0)
    came_true = np.bincount(place, past.outcome, len(edges) + 1)
    has_documents = count > 0
    count, middle, came_true = count[has_documents], middle[has_documents], came_true[has_documents]
    if len(middle) < _FEWEST:
        return chance
    # A document has one outcome, however often its chance was forecast.
    once = 1 / past.times
    wins = once * np.column_stack([came_true, count - came_true])
    wins += _PSEUDO * np.column_stack([middle, 1 - middle])
    best, result = np.inf, chance
    for shape in (_ends, _logit):
        curve, criterion = _fit_curve(wins, shape(middle))
        # The curve must rise: a higher chance stays higher.
        if np.isfinite(curve).all() and (curve[1:] > 0).all() and criterion < best:
            best, result = criterion, 1 / (1 + np.exp(-(curve[0] + shape(chance) @ curve[1:])))
    # Certainty stays certainty.
    return np.asarray(np.where((chance <= 0) | (chance >= 1), chance, result))


def _fit_curve(wins: Floats, shape: Floats) -> tuple[Floats, float]:
    """Return the coefficients and Akaike's criterion."""
    # These imports cost a second, so they happen only where something is fitted.
    from statsmodels.genmod.families import Binomial  # noqa: PLC0415
    from statsmodels.genmod.generalized_linear_model import GLM  # noqa: PLC0415

    points = np.column_stack([np.ones(len(shape)), shape])
    with warnings.catch_warnings():
        # Bins that lie exactly on the curve are no perfect separation.
        warnings.simplefilter("ignore")
        fitted = GLM(wins, points, family=Binomial()).fit()
        return np.asarray(fitted.params), float(fitted.deviance + 2 * points.shape[1])


def _ends(chance: Floats) -> Floats:
    inside = np.clip(chance, _SURE, 1 - _SURE)
    return np.column_stack([np.log(inside), -np.log1p(-inside)])


def _logit(chance: Floats) -> Floats:
    return np.asarray(_ends(chance).sum(axis=1, keepdims=True))


def _uncorrected_sample(history: LedgerHistory, day: int, until: int, question: str) -> ChanceSample:
    outlook = history.outlook(day)
    days = QUESTIONS[question]
    places, is_paid = _outcome(history, outlook, until, days)
    return ChanceSample(_raw(history, outlook, days, places), is_paid, outlook.open_documents[places])


def _outcome(history: LedgerHistory, outlook: Outlook, until: int, days: int) -> tuple[Ints, Bools]:
    """Return the documents whose outcome falls after the outlook and by `until`, and which were paid."""
    documents = history.documents
    last = documents.due[outlook.open_documents] + days
    places = np.flatnonzero((last > outlook.origin) & (last <= until) & (outlook.open_amounts > 0))
    if len(places) > _MOST:
        is_drawn = uniform(documents.key[outlook.open_documents[places]], _SAMPLE) < _MOST / len(places)
        places = places[is_drawn]
    return places, documents.closed[outlook.open_documents[places]] <= last[places]


def _raw(history: LedgerHistory, outlook: Outlook, days: int, places: Ints) -> Floats:
    """Return the payment model's chance of payment by a number of days after the due date, shape (k,)."""
    paid = outlook.open_payments
    day = history.documents.due[outlook.open_documents[places]] + days - outlook.origin
    cumulated = np.cumsum(paid.by_day[places, :DAYS_AHEAD], axis=1)
    known = cumulated[np.arange(len(day)), np.clip(day, 1, DAYS_AHEAD) - 1]
    beyond = paid.open_after[places] * (1 - (1 - paid.pace[places]) ** np.maximum(day - DAYS_AHEAD, 0))
    return np.asarray(np.clip(np.where(day > 0, known + beyond, 0.0), 0.0, 1.0))
