"""Findings of the KPI trends, of roll rates, expected loss and recovery."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import polars as pl

from reports.answers.kpi.trend import Baseline, baseline, last_day, last_value
from reports.answers.shared.finding import Finding
from reports.columns import KPIS, heading
from reports.figures import kpi_value
from reports.formats import (
    bucket_label,
    in_sentence,
    money,
    money_short,
    month,
    number,
    percent,
)
from reports.translation import _

Tone = Literal["better", "worse", "neither"]
_RECOVERY_DAYS = 30

# Figures that divide by billings: not known where those are not above 0.
_OVER_BILLINGS = frozenset(
    {"dso_balance_90", "best_possible_dso", "average_days_delinquent", "cei", "dispute_rate"}
)


def figure(
    trend: pl.DataFrame, column: str, currency: str = "EUR", before: pl.DataFrame | None = None
) -> Finding:
    """Return the last value of a figure and from where it came within a year.

    `change` is over the same days; its sign and tone stand before the method.

    Args:
        trend: of `trend.with_day`, any order.
        column: one of `columns.KPIS`.
        currency: of money figures.
        before: `kpi` on the same day a year before; None where the books do not go back to it.
    """
    return Finding(
        _figure_title(trend, column, currency, before), _figure_method(trend, column, currency, before)
    )


def _figure_title(trend: pl.DataFrame, column: str, currency: str, before: pl.DataFrame | None) -> str:
    name, nature, value = heading(column), KPIS[column].nature, last_value(trend, column)
    if value is None:
        return _unknown_title(trend, column, currency)
    last, start = kpi_value(value, nature, currency, short=True), baseline(trend, column, before)
    if start is None:
        return _("{figure}: {last}", figure=name, last=last)
    first = kpi_value(start.value, nature, currency, short=True)
    if first == last:
        return _("{figure}: still {last}", figure=name, last=last)
    if value > start.value:
        return _("{figure}: up from {first} to {last}", figure=name, first=first, last=last)
    return _("{figure}: down from {first} to {last}", figure=name, first=first, last=last)


def _unknown_title(trend: pl.DataFrame, column: str, currency: str) -> str:
    name, known = heading(column), trend.drop_nulls(column).sort("as_of")
    if column in _OVER_BILLINGS and not trend.is_empty():
        return _("{figure}: not known, because no more was billed than credited", figure=name)
    if known.is_empty():
        return _("{figure}: not known", figure=name)
    return _(
        "{figure}: not known on {day}; {last} on {last_day}",
        figure=name,
        day=in_sentence(last_day(trend)),
        last=kpi_value(known[column][-1], KPIS[column].nature, currency, short=True),
        last_day=in_sentence(last_day(known)),
    )


def change(
    trend: pl.DataFrame, column: str, currency: str = "EUR", before: pl.DataFrame | None = None
) -> tuple[str, Tone] | None:
    """Return the signed change since the day that `figure` compares with, and its tone; None if unknown."""
    last, start = last_value(trend, column), baseline(trend, column, before)
    if last is None or start is None:
        return None
    return difference(last, start.value, column, currency)


def difference(
    now: float | Decimal, before: float | Decimal, column: str, currency: str = "EUR"
) -> tuple[str, Tone]:
    """Return the difference, with its sign, of two values of a figure, and whether it is for the better.

    Args:
        now: the later value.
        before: the earlier one, of the same type.
        column: one of `columns.KPIS`.
        currency: of money figures.
    """
    kpi = KPIS[column]
    if kpi.nature == "money":
        shown = Decimal(str(now)) - Decimal(str(before))
        text = money_short(shown, currency, sign=True)
    else:
        # The difference of the rounded values, so that it agrees with the two values beside it.
        scale = 100 if kpi.nature == "share" else 1
        first, last = (round(float(value) * scale, 1) for value in (before, now))
        shown = round(Decimal(str(last)) - Decimal(str(first)), 1)
        text = number(shown, 1, sign=True)
        if kpi.nature == "share":
            text = _("{points} pt", points=text)
    if kpi.better == "neither" or not shown:
        return text, "neither"
    return text, "better" if (shown > 0) == (kpi.better == "up") else "worse"


def roll_rates(rates: pl.DataFrame) -> Finding:
    """Return the shares of the first overdue bucket that are paid and that get older.

    Args:
        rates: `roll_rate_average`, or the rows of one month of `roll_rates`.
    """
    return Finding(_roll_rates_title(rates), _("From each bucket (left) to where it is a month later (top)"))


def _roll_rates_title(rates: pl.DataFrame) -> str:
    shares = {(row["from_bucket"], row["to_bucket"]): row["share"] for row in rates.to_dicts()}
    first = next((b for b in ("d1_30", "b1") if (b, "paid") in shares), None)
    if first is None or shares[first, "paid"] is None:
        return _("Nothing was overdue at the end of these months")
    older = sum(
        share or 0.0
        for (start, end), share in shares.items()
        if start == first and end not in {"paid", "not_due", first}
    )
    return _(
        "Of what is just overdue, {paid} is paid a month later and {older} gets older",
        paid=percent(shares[first, "paid"], 0),
        older=percent(older, 0),
    )


def recovery(curve: pl.DataFrame) -> Finding:
    """Return the share collected by the due date and 30 days after it; rows of `recovery_curve`."""
    return Finding(
        _recovery_title(curve), _("Collected share by days since due; grey: one line per due month")
    )


def _recovery_title(curve: pl.DataFrame) -> str:
    whole = curve.filter(pl.col("cohort").is_null()).drop_nulls("share_collected").sort("days_since_due")
    due = whole.filter(pl.col("days_since_due") <= 0)["share_collected"]
    later = whole.filter(pl.col("days_since_due") <= _RECOVERY_DAYS)["share_collected"]
    if due.is_empty():
        return _("Nothing has fallen due yet")
    return _(
        "{due} is in on the due date, {later} within {days} days",
        due=percent(due[-1], 0),
        later=percent(later[-1], 0),
        days=_RECOVERY_DAYS,
    )


def due_months(cohorts: pl.DataFrame) -> Finding:
    """Compare the latest due month that is a month old with the same month a year earlier.

    Args:
        cohorts: `cohort_map`.
    """
    return Finding(
        _due_months_title(cohorts),
        _("Collected share per due month, by months since; empty: not there yet"),
    )


def _due_months_title(cohorts: pl.DataFrame) -> str:
    known = cohorts.filter(pl.col("months_since_due") == 1).drop_nulls("share_collected").sort("cohort")
    if known.is_empty():
        return _("No due month has a month behind it yet")
    youngest = known.row(-1, named=True)
    before = known.filter(pl.col("cohort") == youngest["cohort"].replace(year=youngest["cohort"].year - 1))
    words = {"month": month(youngest["cohort"], long=True), "share": percent(youngest["share_collected"], 0)}
    if before.is_empty():
        return _("Of {month}, {share} was in a month later", **words)
    return _(
        "Of {month}, {share} was in a month later; a year before {before}",
        **words,
        before=percent(before["share_collected"][0], 0),
    )


def provision(matrix: pl.DataFrame, currency: str = "EUR") -> Finding:
    """Return the expected loss over all buckets and its share of the open amount.

    Args:
        matrix: `provision_matrix`.
        currency: of the amounts.
    """
    return Finding(
        _provision_title(matrix, currency),
        _("Open excluding VAT per bucket × the loss rate that the roll rates lead to"),
    )


def _provision_title(matrix: pl.DataFrame, currency: str) -> str:
    losses = [loss for loss in matrix["expected_loss"] if loss is not None]
    open_amount = sum(matrix["open_amount_excl_vat"].drop_nulls(), Decimal(0))
    if not open_amount or not losses:
        return _("No loss to be expected: not enough history, or nothing is open")
    loss = sum(losses, Decimal(0))
    return _(
        "Expected loss {loss}, {share} of what is open",
        loss=money(loss, currency, 0),
        share=percent(loss / open_amount),
    )


def flat(trend: pl.DataFrame, columns: Sequence[str]) -> list[str]:
    """Return the figures that are known and have one value, as it is written, in every month."""
    return [
        column
        for column in columns
        if trend[column].count() > 1
        and len({kpi_value(value, KPIS[column].nature) for value in trend[column].drop_nulls()}) == 1
    ]


def flat_sentence(trend: pl.DataFrame, columns: Sequence[str], currency: str) -> str:
    """Return one sentence about the figures that did not change, with their values."""
    parts = [
        f"{heading(column)} {kpi_value(trend[column].drop_nulls()[-1], KPIS[column].nature, currency)}"
        for column in columns
    ]
    return _("Unchanged in all these months: {parts}.", parts=" · ".join(parts))


def known_first(trend: pl.DataFrame, columns: Sequence[str]) -> list[str]:
    """Return the figures in their order, with those unknown in every month at the end."""
    return sorted(columns, key=lambda column: not trend[column].count())


def month_ends(rates: pl.DataFrame) -> list[date]:
    """Return the month ends of `roll_rates`, the latest first."""
    return sorted(rates["month_end"].unique().to_list(), reverse=True)


def in_buckets(frame: pl.DataFrame, limits: tuple[int, ...]) -> pl.DataFrame:
    """Return roll rates with the names of their buckets, written off included."""
    known = {"written_off": heading("written_off")}
    for column in ("from_bucket", "to_bucket"):
        codes = [code for code in frame[column].unique().to_list() if code not in known]
        frame = frame.with_columns(
            pl.col(column).replace({**known, **{code: bucket_label(code, limits) for code in codes}})
        )
    return frame


def _figure_method(trend: pl.DataFrame, column: str, currency: str, before: pl.DataFrame | None) -> str:
    signed_change, start = change(trend, column, currency, before), baseline(trend, column, before)
    if signed_change is None or start is None:
        if trend[column].count():
            return _("Per month end") + " · " + period(trend)
        # What a cash cycle lacks stands under its place, with the way to it.
        return "" if column == "cash_conversion_cycle" else _("The definition says what it needs.")
    return f"{_since(start, signed_change[1])} · {period(trend)}"


def _since(start: Baseline, tone: Tone) -> str:
    if start.is_year:
        words = {"better": _("in 12 months, better"), "worse": _("in 12 months, worse")}
        return words.get(tone, _("in 12 months"))
    day = in_sentence(start.day)
    words = {"better": _("since {day}, better", day=day), "worse": _("since {day}, worse", day=day)}
    return words.get(tone, _("since {day}", day=day))


def period(trend: pl.DataFrame) -> str:
    """Return up to which day the figures go."""
    return _("to {day}", day=in_sentence(last_day(trend)))
