"""How good the forecast has been on this store's own history, beside the simple methods."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from forecasting.arrays import number
from forecasting.receipts import backtest as rolling_origins
from forecasting.receipts import calibration as receipts_calibration
from forecasting.receipts.backtest import OURS, Origin
from queries import Books
from reports.answers.forecast.cash_forecast import Progress, history
from reports.formats import in_sentence, percent
from reports.translation import _, _n

_EVERY = 4
_SCORED = 4  # weeks
_CALIBRATION = pl.Schema(
    {"question": pl.String(), "said": pl.Float64(), "came": pl.Float64(), "count": pl.Int64()}
)
# Simple methods, as against parts of our own forecast.
BASELINES = ("mean_13", "lateness", "lateness_open_only", "due_dates", "dso", "ets")


@dataclass(frozen=True)
class Accuracy:
    """A backtest.

    Attributes:
        as_of: end of the history looked back on.
        methods: per method its scores, see `forecasting.backtest.scores`.
        origins: per day what was forecast and what came, latest first.
        holes: first days of weeks that hold no receipts; they are not scored.
        verdict: one sentence.
        calibration: per question (paid_by_due, late_30) and tenth of the chance said: `said` and `came`,
            0-1, and `count` of documents.
        gaps: per question the mean distance between said and came; None where nothing can be judged.
    """

    as_of: date
    methods: dict[str, dict[str, float | None]]
    origins: list[Origin]
    holes: tuple[date, ...]
    verdict: str
    calibration: pl.DataFrame
    gaps: dict[str, float | None]


def accuracy(
    books: Books,
    *,
    as_of: date,
    origins: int = 26,
    weeks: int = 13,
    known_on: datetime | None = None,
    progress: Progress = lambda _text, _share: None,
) -> Accuracy:
    """Forecast from earlier days of this store and compare with what came.

    Raises:
        NotEnoughHistoryError: the history allows not one such day.
    """
    progress("history", 0.0)
    past = history(books, as_of=as_of, weeks=weeks, known_on=known_on)
    made = rolling_origins.backtest(
        past, origins=origins, progress=lambda share: progress("backtest", 0.1 + 0.8 * share)
    )
    methods = rolling_origins.scores(made)
    # A document is open for weeks: every fourth day tells as much as every one.
    judged = {
        question: receipts_calibration.judged(
            past, [number(one.day) for one in made[::_EVERY]], past.as_of, question
        )
        for question in receipts_calibration.QUESTIONS
    }
    return Accuracy(
        as_of=as_of,
        methods=methods,
        origins=made,
        holes=tuple(past.holes()),
        verdict=verdict(methods, made),
        calibration=pl.DataFrame(
            [
                (question, *row)
                for question, one in judged.items()
                for row in receipts_calibration.tenths(one)
            ],
            schema=_CALIBRATION,
            orient="row",
        ),
        gaps={question: receipts_calibration.gap(one) for question, one in judged.items()},
    )


def verdict(methods: dict[str, dict[str, float | None]], origins: Sequence[Origin]) -> str:
    """Say which method was best over weeks 1 to 4, and by how much; a baseline that wins is named.

    Args:
        methods: per method its scores.
        origins: what was forecast and what came; where they look fewer weeks ahead, those are named.
    """
    known = {name: score["wape_1_4"] for name, score in methods.items() if score["wape_1_4"] is not None}
    ours = known.get(OURS)
    rivals = {name: value for name, value in known.items() if name in BASELINES}
    if ours is None or not rivals:
        return _("No week of the past can be scored yet.")
    best = min(rivals, key=lambda name: rivals[name] or 0.0)
    values = {
        "count": len(origins),
        "weeks": _n("week {count}", "weeks 1 to {count}", min(len(origins[0].received), _SCORED)),
        "ours": percent(ours, 1),
        "best": method_name(best),
        "theirs": percent(rivals[best], 1),
    }
    if ours <= (rivals[best] or 0.0):
        return _(
            "Over {count} past weeks the forecast of {weeks} was off by {ours} on average; "
            "the best simple method ({best}) by {theirs}.",
            **values,
        )
    return _(
        "On this ledger a simple method is better: {best} was off by {theirs} over {weeks}, "
        "the forecast by {ours} ({count} past weeks). The forecast leans on it where its past says so.",
        **values,
    )


def method_name(name: str) -> str:
    """Return what a method is called on screen."""
    return {
        OURS: _("Kasstroom's forecast"),
        "model": _("payment model alone"),
        "known_billings": _("the forecast with the true billings"),
        "mean_13": _("mean of 13 weeks"),
        "lateness": _("due date and usual lateness"),
        "lateness_open_only": _("usual lateness, open invoices only"),
        "due_dates": _("due dates"),
        "dso": _("DSO method"),
        "ets": _("smoothing of weekly totals"),
    }[name]


def weeks_without_data(holes: tuple[date, ...]) -> str | None:
    """Name the weeks without data; None where there are none."""
    if not holes:
        return None
    return _n(
        "No receipts are known for the week from {days}; it is not scored. Load the missing payments.",
        "No receipts are known for the weeks from {days}; they are not scored. Load the missing payments.",
        len(holes),
        days=", ".join(in_sentence(day) for day in holes[:5]) + ("…" if len(holes) > 5 else ""),  # noqa: PLR2004
    )


def as_json(found: Accuracy) -> dict[str, Any]:
    """Return a backtest in the form the command line prints."""
    return {
        "as_of": found.as_of,
        "methods": found.methods,
        "origins": [
            {
                "as_of": one.day,
                "received": [float(value) for value in one.received],
                "forecasts": {
                    name: [round(float(v), 2) for v in said] for name, said in one.forecasts.items()
                },
            }
            for one in found.origins
        ],
        "holes": list(found.holes),
        "calibration": found.calibration.to_dicts(),
        "calibration_gap": found.gaps,
        "verdict": found.verdict,
    }
