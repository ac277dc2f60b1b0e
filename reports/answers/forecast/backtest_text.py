"""Findings and rows of the backtest: methods, past forecasts and receipts, coverage of the bands, chances."""

import math
from datetime import timedelta

import polars as pl

from forecasting.receipts.backtest import BANDS, KNOWN, OURS
from reports.answers.forecast.backtest import BASELINES, Accuracy, method_name, verdict
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import cents
from reports.formats import percent
from reports.translation import _, _n

SCORES = (
    "wape_1",
    "wape_1_4",
    "wape_5_8",
    "wape_9_13",
    "cumulative_13",
    "bias",
    "coverage_80",
    "coverage_95",
)
AHEAD = ("1", "4", "8", "13")
_GROUPS = ((0, 4), (4, 8), (8, 13))
_CLAIM = 0.8  # share of outcomes that the 80% band should hold
_OFF = 0.08  # a coverage further from it than this is named
_MONEY = pl.Decimal(38, 2)


def method_rows(accuracy: Accuracy) -> pl.DataFrame:
    """Return one row per method: ours first, then by smallest error over weeks 1 to 4."""
    rows = [
        {"method": method_name(name), "is_ours": name == OURS, **score}
        for name, score in accuracy.methods.items()
    ]
    ranking = pl.DataFrame(rows, infer_schema_length=None).sort(
        ["is_ours", "wape_1_4"], descending=[True, False], nulls_last=True
    )
    return ranking.select("method", *(pl.col(name).cast(pl.Float64) for name in SCORES))


def methods(accuracy: Accuracy) -> Finding:
    """Return which method was best, and how the methods were compared."""
    return Finding(
        verdict(accuracy.methods, accuracy.origins),
        _(
            "Error = sum of weekly errors ÷ sum of receipts (WAPE), looking back from {count} days a week "
            "apart; each forecast knew only what was dated by then. Bias above 0: forecast too high.",
            count=len(accuracy.origins),
        ),
    )


def value_of_billing_plan(accuracy: Accuracy) -> str | None:
    """Return how much less the error after week 4 would be with the true billings; None if not known."""
    ours, known = accuracy.methods[OURS], accuracy.methods[KNOWN]
    if ours["wape_5_8"] is None or known["wape_5_8"] is None or known["wape_5_8"] >= ours["wape_5_8"]:
        return None
    return _(
        "With the true billings known beforehand, the forecast would have been off by {known} in weeks "
        "5 to 8 instead of {ours}: a billing plan can help that much at most.",
        known=percent(known["wape_5_8"], 1),
        ours=percent(ours["wape_5_8"], 1),
    )


def question_name(question: str) -> str:
    """Return the name of a question about a document."""
    return {
        "paid_by_due": _("Paid by the due date"),
        "late_30": _("More than 30 days late"),
    }[question]


def calibration_rows(accuracy: Accuracy) -> pl.DataFrame:
    """Return per question, in words, and tenth of the forecast chance: `said`, `came`, `count`."""
    # In Python: the threads of polars do not know the language spoken.
    questions = [question_name(code) for code in accuracy.calibration["question"]]
    return accuracy.calibration.with_columns(pl.Series("question", questions, dtype=pl.String))


def calibration(accuracy: Accuracy) -> Finding:
    """Return how close the chances of single invoices came to their outcomes."""
    return Finding(
        _calibration_title(accuracy),
        _(
            "For every tenth of the forecast chance: the share of invoices for which it came true; on the "
            "dashed line both are equal. Looked back from every fourth day, each time with only what was "
            "dated by then."
        ),
    )


def _calibration_title(accuracy: Accuracy) -> str:
    known = {name: gap for name, gap in accuracy.gaps.items() if gap is not None}
    if not known:
        return _("No chance of a single invoice can be judged yet")
    worst = max(known, key=lambda name: known[name])
    return _(
        "The chances of single invoices were off by {gap} on average ({question})",
        gap=percent(known[worst], 1),
        question=question_name(worst).lower(),
    )


def best_baseline(accuracy: Accuracy) -> str | None:
    """Return the simple method with the smallest error over weeks 1 to 4."""
    known = {
        name: score["wape_1_4"]
        for name, score in accuracy.methods.items()
        if name in BASELINES and score["wape_1_4"]
    }
    return min(known, key=lambda name: known[name] or 0.0) if known else None


def past_weeks(accuracy: Accuracy, ahead: int) -> pl.DataFrame:
    """Return per past week its receipts and their forecasts some weeks ahead, ours and the best simple one.

    Returns:
        `as_of`, `week_start`, `received`, `forecast`, `simple`; weeks that are not over or without data are
        left out.
    """
    best = best_baseline(accuracy)
    rows = []
    for origin in reversed(accuracy.origins):
        if ahead > len(origin.received):
            continue
        received = float(origin.received[ahead - 1])
        if math.isnan(received):
            continue
        rows.append(
            {
                "as_of": origin.day,
                "week_start": origin.day + timedelta(days=7 * ahead - 6),
                "received": cents(received),
                "forecast": cents(float(origin.forecasts[OURS][ahead - 1])),
                "simple": None if best is None else cents(float(origin.forecasts[best][ahead - 1])),
            }
        )
    schema = pl.Schema(
        {
            "as_of": pl.Date(),
            "week_start": pl.Date(),
            "received": _MONEY,
            "forecast": _MONEY,
            "simple": _MONEY,
        }
    )
    return pl.DataFrame(rows, schema=schema)


def past(rows: pl.DataFrame, ahead: int, accuracy: Accuracy) -> Finding:
    """Return the mean error of past forecasts some weeks ahead; the rows are of `past_weeks`."""
    method = _(
        "Receipts per week: received (dark), forecast (blue) and the best simple method, {method} (dashed)",
        method=best_name(accuracy),
    )
    return Finding(_past_title(rows, ahead), method)


def _past_title(rows: pl.DataFrame, ahead: int) -> str:
    if rows.is_empty():
        return _("No week of the past can be scored {ahead} weeks ahead yet", ahead=ahead)
    error = float((rows["forecast"] - rows["received"]).abs().sum())
    received = float(rows["received"].abs().sum())
    return _n(
        "Forecast {count} week ahead, receipts were off by {error} on average",
        "Forecast {count} weeks ahead, receipts were off by {error} on average",
        ahead,
        error=percent(error / received if received else None),
    )


def weeks_ahead(ahead: str) -> str:
    """Return the name of a choice of how many weeks ahead."""
    return _n("{count} week ahead", "{count} weeks ahead", int(ahead))


def coverage_rows(accuracy: Accuracy) -> pl.DataFrame:
    """Return per group of weeks ahead the share of past weeks inside the 80% and the 95% band.

    Returns:
        `weeks` (in words), `coverage_80`, `coverage_95` (null if no week is known), `count` of weeks known.
    """
    rows = []
    for first, last in _GROUPS:
        row: dict[str, object] = {"weeks": _("Weeks {first}–{last}", first=first + 1, last=last)}
        for band in BANDS:
            inside = [
                float(value) for origin in accuracy.origins for value in origin.inside[band][first:last]
            ]
            known = [value for value in inside if not math.isnan(value)]
            row[band] = sum(known) / len(known) if known else None
            row["count"] = len(known)
        rows.append(row)
    schema = {"weeks": pl.String, "coverage_80": pl.Float64, "coverage_95": pl.Float64, "count": pl.Int64}
    return pl.DataFrame(rows, schema=schema)


def coverage(accuracy: Accuracy) -> Finding:
    """Return whether the bands held the share of outcomes that they should."""
    return Finding(
        _coverage_title(accuracy),
        _(
            "Share of past weeks whose receipts fell inside the band, by how far ahead; dashed: the share "
            "it should hold"
        ),
    )


def _coverage_title(accuracy: Accuracy) -> str:
    share = accuracy.methods[OURS]["coverage_80"]
    if share is None:
        return _("No week of the past can show whether the bands hold")
    values = {"share": percent(share, 0)}
    if share < _CLAIM - _OFF:
        return _("The bands were too narrow: {share} of past weeks fell inside the 80% band", **values)
    if share > _CLAIM + _OFF:
        return _("The bands were wider than needed: {share} of past weeks fell inside the 80% band", **values)
    known = coverage_rows(accuracy).drop_nulls("coverage_80")
    worst = max(known.to_dicts(), key=lambda row: abs(row["coverage_80"] - _CLAIM))
    if abs(worst["coverage_80"] - _CLAIM) < _OFF / 2:
        return _("The bands held: {share} of past weeks fell inside the 80% band", **values)
    values = {"weeks": str(worst["weeks"]).lower(), "share": percent(worst["coverage_80"], 0)}
    claim = percent(_CLAIM, 0)
    if worst["coverage_80"] < _CLAIM:
        return _("The band is too narrow in {weeks}: {share} instead of {claim}", claim=claim, **values)
    return _("The band is wider than needed in {weeks}: {share} instead of {claim}", claim=claim, **values)


def best_name(accuracy: Accuracy) -> str:
    """Return the name of the best simple method."""
    best = best_baseline(accuracy)
    return "–" if best is None else method_name(best)


def every_week(accuracy: Accuracy) -> pl.DataFrame:
    """Return `past_weeks` for every number of weeks ahead, in column `weeks`."""
    most = max(len(origin.received) for origin in accuracy.origins)
    return pl.concat(
        past_weeks(accuracy, ahead).select(pl.lit(ahead).alias("weeks"), pl.all())
        for ahead in range(1, most + 1)
    )
