"""Accuracy of the forecast on the history of this store, compared with simple methods."""

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
        as_of: end of the history.
        methods: per method its scores, see `forecasting.receipts.backtest.scores`.
        origins: per past day its forecasts and the receipts that followed, latest first.
        holes: first days of weeks without receipts in the data; they are not scored.
        calibration: per question (paid_by_due, late_30) and tenth of the forecast chance: `said`, the mean
            chance, and `came`, the share of documents it came true for, 0-1; and `count` of documents.
        gaps: per question the mean distance between both; None if no document can be scored.
    """

    as_of: date
    methods: dict[str, dict[str, float | None]]
    origins: list[Origin]
    holes: tuple[date, ...]
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
    """Forecast from earlier days of this store and compare with the receipts that followed.

    Raises:
        NotEnoughHistoryError: the history is too short for any such day.
    """
    progress("history", 0.0)
    past = history(books, as_of=as_of, weeks=weeks, known_on=known_on)
    past_origins = rolling_origins.backtest(
        past, origins=origins, progress=lambda share: progress("backtest", 0.1 + 0.8 * share)
    )
    methods = rolling_origins.scores(past_origins)
    # A document stays open for weeks, so every fourth day gives as much evidence as every day.
    samples = {
        question: receipts_calibration.chance_sample(
            past, [number(origin.day) for origin in past_origins[::_EVERY]], past.as_of, question
        )
        for question in receipts_calibration.QUESTIONS
    }
    return Accuracy(
        as_of=as_of,
        methods=methods,
        origins=past_origins,
        holes=tuple(past.holes()),
        calibration=pl.DataFrame(
            [
                (question, *row)
                for question, sample in samples.items()
                for row in receipts_calibration.tenths(sample)
            ],
            schema=_CALIBRATION,
            orient="row",
        ),
        gaps={question: receipts_calibration.gap(sample) for question, sample in samples.items()},
    )


def verdict(methods: dict[str, dict[str, float | None]], origins: Sequence[Origin]) -> str:
    """Return which method was best over weeks 1 to 4 and by how much; a better baseline is named.

    Args:
        methods: per method its scores.
        origins: forecasts and receipts per past day; if they look fewer than 4 weeks ahead, that is named.
    """
    known = {name: score["wape_1_4"] for name, score in methods.items() if score["wape_1_4"] is not None}
    ours = known.get(OURS)
    baselines = {name: value for name, value in known.items() if name in BASELINES}
    if ours is None or not baselines:
        return _("No week of the past can be scored yet.")
    best = min(baselines, key=lambda name: baselines[name] or 0.0)
    values = {
        "count": len(origins),
        "weeks": _n("week {count}", "weeks 1 to {count}", min(len(origins[0].received), _SCORED)),
        "ours": percent(ours, 1),
        "best": method_name(best),
        "theirs": percent(baselines[best], 1),
    }
    if ours <= (baselines[best] or 0.0):
        return _(
            "Over {count} past weeks the forecast of {weeks} was off by {ours} on average; "
            "the best simple method ({best}) by {theirs}.",
            **values,
        )
    return _(
        "On this ledger a simple method is better: {best} was off by {theirs} over {weeks}, "
        "the forecast by {ours} ({count} past weeks). The forecast uses it where it was better in the past.",
        **values,
    )


def method_name(name: str) -> str:
    """Return the name of a method on screen."""
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
    """Return which weeks hold no receipts; None if there are none."""
    if not holes:
        return None
    return _n(
        "No receipts are known for the week from {days}; it is not scored. Load the missing payments.",
        "No receipts are known for the weeks from {days}; they are not scored. Load the missing payments.",
        len(holes),
        days=", ".join(in_sentence(day) for day in holes[:5]) + ("…" if len(holes) > 5 else ""),  # noqa: PLR2004
    )


def as_json(accuracy: Accuracy) -> dict[str, Any]:
    """Return a backtest in the form the command line prints."""
    return {
        "as_of": accuracy.as_of,
        "methods": accuracy.methods,
        "origins": [
            {
                "as_of": origin.day,
                "received": [float(value) for value in origin.received],
                "forecasts": {
                    name: [round(float(value), 2) for value in values]
                    for name, values in origin.forecasts.items()
                },
            }
            for origin in accuracy.origins
        ],
        "holes": list(accuracy.holes),
        "calibration": accuracy.calibration.to_dicts(),
        "calibration_gap": accuracy.gaps,
        "verdict": verdict(accuracy.methods, accuracy.origins),
    }
