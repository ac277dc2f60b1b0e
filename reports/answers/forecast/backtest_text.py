"""The backtest in rows and words: methods side by side, forecast against what came, how the bands held."""

import math
from datetime import timedelta

import polars as pl

from forecasting.receipts.backtest import BANDS, KNOWN, OURS
from reports.answers.forecast.backtest import BASELINES, Accuracy, method_name
from reports.answers.forecast.cash_forecast import cents
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
_CLAIM = 0.8  # of the 80% band
_OFF = 0.08  # how far a coverage may be from what it should be
_MONEY = pl.Decimal(38, 2)


def method_rows(found: Accuracy) -> pl.DataFrame:
    """Return one row per method, ours first, then the smallest error over weeks 1 to 4."""
    rows = [
        {"method": method_name(name), "is_ours": name == OURS, **score}
        for name, score in found.methods.items()
    ]
    made = pl.DataFrame(rows, infer_schema_length=None)
    ordered = made.sort(["is_ours", "wape_1_4"], descending=[True, False], nulls_last=True)
    return ordered.select("method", *(pl.col(name).cast(pl.Float64) for name in SCORES))


def methods_method(found: Accuracy) -> str:
    """Say how the methods were compared."""
    return _(
        "Error = sum of weekly errors ÷ sum of receipts (WAPE), looking back from {count} days a week apart; "
        "each forecast knew only what was dated by then. Bias above 0: forecast too high.",
        count=len(found.origins),
    )


def plan_helps(found: Accuracy) -> str | None:
    """Say how much knowing the billings would have helped after week 4; None where it cannot be said."""
    ours, known = found.methods[OURS], found.methods[KNOWN]
    if ours["wape_5_8"] is None or known["wape_5_8"] is None or known["wape_5_8"] >= ours["wape_5_8"]:
        return None
    return _(
        "With the true billings known beforehand, the forecast would have been off by {known} in weeks "
        "5 to 8 instead of {ours}: a billing plan can help that much at most.",
        known=percent(known["wape_5_8"], 1),
        ours=percent(ours["wape_5_8"], 1),
    )


def question_name(question: str) -> str:
    """Return what a question about a document is called."""
    return {
        "paid_by_due": _("Paid by the due date"),
        "late_30": _("More than 30 days late"),
    }[question]


def calibration_rows(found: Accuracy) -> pl.DataFrame:
    """Return per question, in words, and tenth of the chance said: `said`, `came`, `count`."""
    return found.calibration.with_columns(
        pl.col("question").map_elements(question_name, return_dtype=pl.String)
    )


def calibration_found(found: Accuracy) -> str:
    """Say how close the chances of single invoices came."""
    known = {name: gap for name, gap in found.gaps.items() if gap is not None}
    if not known:
        return _("No chance of a single invoice can be judged yet")
    worst = max(known, key=lambda name: known[name])
    return _(
        "The chances of single invoices were off by {gap} on average ({question})",
        gap=percent(known[worst], 1),
        question=question_name(worst).lower(),
    )


def calibration_method() -> str:
    """Say what the dots are."""
    return _(
        "Per tenth of the chance said: the share of invoices of which it came true; on the dashed line both "
        "are equal. Looked back from every fourth day; each knew only what was dated by then."
    )


def best_baseline(found: Accuracy) -> str | None:
    """Return the simple method with the smallest error over weeks 1 to 4."""
    known = {
        name: score["wape_1_4"]
        for name, score in found.methods.items()
        if name in BASELINES and score["wape_1_4"]
    }
    return min(known, key=lambda name: known[name] or 0.0) if known else None


def past_weeks(found: Accuracy, ahead: int) -> pl.DataFrame:
    """Return per past week what was forecast so many weeks before, by us and by the best simple method.

    Returns:
        `week_start`, `received` (null where the week is not over or holds no data), `forecast`, `simple`.
    """
    best = best_baseline(found)
    rows = []
    for one in reversed(found.origins):
        if ahead > len(one.received):
            continue
        came = float(one.received[ahead - 1])
        if math.isnan(came):
            continue
        rows.append(
            {
                "as_of": one.day,
                "week_start": one.day + timedelta(days=7 * ahead - 6),
                "received": cents(came),
                "forecast": cents(float(one.forecasts[OURS][ahead - 1])),
                "simple": None if best is None else cents(float(one.forecasts[best][ahead - 1])),
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


def past_found(rows: pl.DataFrame, ahead: int) -> str:
    """Say how close the forecasts came, so many weeks ahead; the rows are of `past_weeks`."""
    if rows.is_empty():
        return _("No week of the past can be scored {ahead} weeks ahead yet", ahead=ahead)
    off = float((rows["forecast"] - rows["received"]).abs().sum())
    came = float(rows["received"].abs().sum())
    return _n(
        "Forecast {count} week ahead, receipts were off by {error} on average",
        "Forecast {count} weeks ahead, receipts were off by {error} on average",
        ahead,
        error=percent(off / came if came else None),
    )


def ahead_said(ahead: str) -> str:
    """Write a choice of how far ahead."""
    return _n("{count} week ahead", "{count} weeks ahead", int(ahead))


def coverage_rows(found: Accuracy) -> pl.DataFrame:
    """Return per group of weeks ahead the share of past weeks inside the 80% and the 95% band.

    Returns:
        `weeks` (in words), `coverage_80`, `coverage_95` (null where no week is known), `count` of weeks seen.
    """
    rows = []
    for first, last in _GROUPS:
        row: dict[str, object] = {"weeks": _("Weeks {first}–{last}", first=first + 1, last=last)}
        for band in BANDS:
            seen = [float(value) for one in found.origins for value in one.inside[band][first:last]]
            known = [value for value in seen if not math.isnan(value)]
            row[band] = sum(known) / len(known) if known else None
            row["count"] = len(known)
        rows.append(row)
    schema = {"weeks": pl.String, "coverage_80": pl.Float64, "coverage_95": pl.Float64, "count": pl.Int64}
    return pl.DataFrame(rows, schema=schema)


def coverage_found(found: Accuracy) -> str:
    """Say whether the bands held as much as they claim."""
    share = found.methods[OURS]["coverage_80"]
    if share is None:
        return _("No week of the past can show whether the bands hold")
    values = {"share": percent(share, 0)}
    if share < _CLAIM - _OFF:
        return _("The bands were too narrow: {share} of past weeks fell inside the 80% band", **values)
    if share > _CLAIM + _OFF:
        return _("The bands were wider than needed: {share} of past weeks fell inside the 80% band", **values)
    known = coverage_rows(found).drop_nulls("coverage_80")
    worst = max(known.to_dicts(), key=lambda row: abs(row["coverage_80"] - _CLAIM))
    if abs(worst["coverage_80"] - _CLAIM) < _OFF / 2:
        return _("The bands held: {share} of past weeks fell inside the 80% band", **values)
    return _(
        "The bands held on the whole: {share} of past weeks inside the 80% band; {weeks}: {least}",
        weeks=str(worst["weeks"]).lower(),
        least=percent(worst["coverage_80"], 0),
        **values,
    )


def coverage_method() -> str:
    """Say what the dots are."""
    return _(
        "Share of past weeks whose receipts fell inside the band, by how far ahead; dashed: what it claims"
    )


def past_method(found: Accuracy) -> str:
    """Say what the lines are."""
    return _(
        "Receipts per week: received (dark), forecast (blue) and the best simple method, {method} (dashed)",
        method=best_name(found),
    )


def best_name(found: Accuracy) -> str:
    """Return what the best simple method is called."""
    best = best_baseline(found)
    return "–" if best is None else method_name(best)


def every_week(found: Accuracy) -> pl.DataFrame:
    """Return `past_weeks` for every distance, with `weeks`: how many weeks ahead."""
    most = max(len(one.received) for one in found.origins)
    return pl.concat(
        past_weeks(found, ahead).select(pl.lit(ahead).alias("weeks"), pl.all())
        for ahead in range(1, most + 1)
    )
