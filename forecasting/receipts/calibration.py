"""How likely each open document is paid by its due date, or more than 30 days late; held against the past."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.documents import uniform
from forecasting.payments.timing_model import SEEN
from forecasting.receipts.history import Rolling
from forecasting.receipts.outlook import Outlook

LATE = 30
QUESTIONS = {"paid_by_due": 0, "late_30": LATE}
_SURE = 1e-4
_BINS = 20
_FEWEST = 3  # bins; a line through two points proves nothing
_PSEUDO = 3.0  # documents per bin that behave as forecast, so that few outcomes change little
_MOST = 4_000  # documents per earlier day: more tell the same
_SAMPLE = 17


@dataclass(frozen=True)
class Chances:
    """Of each open document of an outlook, shape (n,); 0-1.

    Attributes:
        paid_by_due: paid on or before the due date.
        late_30: not paid 30 days after it.
    """

    paid_by_due: Floats
    late_30: Floats


@dataclass(frozen=True)
class Judged:
    """What was said of documents on an earlier day, and what came of them.

    Attributes:
        said: chance, shape (k,).
        came: whether it did, shape (k,).
        document: whose chance it was, shape (k,).
    """

    said: Floats
    came: Bools
    document: Ints

    @property
    def times(self) -> float:
        """How often a document is among them, on average."""
        return len(self.document) / max(len(np.unique(self.document)), 1)


def chances(history: Rolling, origin: int) -> Chances:
    """Return the chances of the documents open on a day, corrected by how earlier days' turned out.

    The correction is a curve per question through what was said on earlier days of the documents whose
    outcome was known by `origin`: a logit line, or one with ends of its own where the past shows them.

    Source: Platt (1999), Advances in Large Margin Classifiers, pp. 61-74; Kull, Silva Filho & Flach (2017),
    AISTATS, PMLR 54:623-631; chosen by Akaike (1974); statsmodels `GLM` with `Binomial`.
    """
    made = history.outlook(origin)
    past = list(takewhile(history.has_outlook, history.past_origins(origin)))
    asked = np.arange(len(made.open_documents))
    said = {}
    for question, days in QUESTIONS.items():
        judged = joined([_judged(history, day, origin, question) for day in past])
        raw = _raw(history, made, days, asked)
        said[question] = corrected(raw, judged)
    due = history.documents.due[made.open_documents] - origin
    # What is past is no chance: a document open after its due date was not paid by it.
    paid_by_due = np.where(due > 0, said["paid_by_due"], 0.0)
    late = np.where(due + LATE > 0, 1 - said["late_30"], 1.0)
    return Chances(paid_by_due, np.minimum(late, 1 - paid_by_due))


def judged(history: Rolling, days: Sequence[int], until: int, question: str) -> Judged:
    """Return what was said on earlier days, as corrected on each of them, and what came of it by `until`."""
    found = []
    for day in days:
        made = history.outlook(day)
        known = chances(history, day)
        said = known.paid_by_due if question == "paid_by_due" else known.late_30
        asked, came = _outcome(history, made, until, QUESTIONS[question])
        found.append(
            Judged(said[asked], came if question == "paid_by_due" else ~came, made.open_documents[asked])
        )
    return joined(found)


def gap(past: Judged) -> float | None:
    """Return the mean distance between chances said and shares that came, over tenths; None without any.

    Source: Naeini, Cooper & Hauskrecht (2015), AAAI (expected calibration error).
    """
    if not len(past.said):
        return None
    return float(sum(abs(said - came) * count for said, came, count in tenths(past)) / len(past.said))


def tenths(past: Judged) -> list[tuple[float, float, int]]:
    """Return, per tenth of the chance said that holds any: mean chance said, share that came, how many."""
    place = np.minimum((past.said * 10).astype(np.int64), 9)
    found = []
    for tenth in range(10):
        here = place == tenth
        if here.any():
            found.append((float(past.said[here].mean()), float(past.came[here].mean()), int(here.sum())))
    return found


def joined(parts: Sequence[Judged]) -> Judged:
    """Put several days together."""
    if not parts:
        return Judged(np.zeros(0), np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int64))
    return Judged(
        np.concatenate([one.said for one in parts]),
        np.concatenate([one.came for one in parts]),
        np.concatenate([one.document for one in parts]),
    )


def corrected(said: Floats, past: Judged) -> Floats:
    """Return chances moved along the curve that past ones lay on; unchanged without any."""
    if not len(past.said):
        return said
    edges = np.unique(np.quantile(past.said, np.linspace(0, 1, _BINS + 1)[1:-1]))
    place = np.searchsorted(edges, past.said, side="right")
    count = np.bincount(place, minlength=len(edges) + 1).astype(float)
    middle = np.bincount(place, past.said, len(edges) + 1) / np.maximum(count, 1.0)
    came = np.bincount(place, past.came, len(edges) + 1)
    kept = count > 0
    count, middle, came = count[kept], middle[kept], came[kept]
    if len(middle) < _FEWEST:
        return said
    # What became of a document is one outcome, on however many days its chance was said.
    once = 1 / past.times
    wins = once * np.column_stack([came, count - came])
    wins += _PSEUDO * np.column_stack([middle, 1 - middle])
    best, moved = np.inf, said
    for shape in (_ends, _logit):
        curve, criterion = _fitted(wins, shape(middle))
        # A chance that was said higher is higher: no curve that turns.
        if np.isfinite(curve).all() and (curve[1:] > 0).all() and criterion < best:
            best, moved = criterion, 1 / (1 + np.exp(-(curve[0] + shape(said) @ curve[1:])))
    # Certainty stays certainty.
    return np.asarray(np.where((said <= 0) | (said >= 1), said, moved))


def _fitted(wins: Floats, shape: Floats) -> tuple[Floats, float]:
    """Return the coefficients and Akaike's criterion."""
    # They cost a second: only where something is fitted.
    from statsmodels.genmod.families import Binomial  # noqa: PLC0415
    from statsmodels.genmod.generalized_linear_model import GLM  # noqa: PLC0415

    points = np.column_stack([np.ones(len(shape)), shape])
    with warnings.catch_warnings():
        # Bins that lie on the curve to the last digit are no separation.
        warnings.simplefilter("ignore")
        found = GLM(wins, points, family=Binomial()).fit()
        return np.asarray(found.params), float(found.deviance + 2 * points.shape[1])


def _ends(chance: Floats) -> Floats:
    inside = np.clip(chance, _SURE, 1 - _SURE)
    return np.column_stack([np.log(inside), -np.log1p(-inside)])


def _logit(chance: Floats) -> Floats:
    return np.asarray(_ends(chance).sum(axis=1, keepdims=True))


def _judged(history: Rolling, day: int, until: int, question: str) -> Judged:
    made = history.outlook(day)
    days = QUESTIONS[question]
    asked, came = _outcome(history, made, until, days)
    return Judged(_raw(history, made, days, asked), came, made.open_documents[asked])


def _outcome(history: Rolling, made: Outlook, until: int, days: int) -> tuple[Ints, Bools]:
    """Return which documents, not so late yet, were to be judged by `until`, and which of them were paid."""
    documents = history.documents
    last = documents.due[made.open_documents] + days
    asked = np.flatnonzero((last > made.origin) & (last <= until) & (made.open_amounts > 0))
    if len(asked) > _MOST:
        drawn = uniform(documents.key[made.open_documents[asked]], _SAMPLE) < _MOST / len(asked)
        asked = asked[drawn]
    return asked, documents.closed[made.open_documents[asked]] <= last[asked]


def _raw(history: Rolling, made: Outlook, days: int, asked: Ints) -> Floats:
    """Return the payment model's chance of being paid by so many days after the due date, shape (k,)."""
    paid = made.open_payments
    day = history.documents.due[made.open_documents[asked]] + days - made.origin
    cumulated = np.cumsum(paid.by_day[asked, :SEEN], axis=1)
    known = cumulated[np.arange(len(day)), np.clip(day, 1, SEEN) - 1]
    beyond = paid.left[asked] * (1 - (1 - paid.pace[asked]) ** np.maximum(day - SEEN, 0))
    return np.asarray(np.clip(np.where(day > 0, known + beyond, 0.0), 0.0, 1.0))
