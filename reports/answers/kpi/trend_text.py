"""What the trends say, one sentence per figure: the headings of the KPI screen."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

import polars as pl

from reports.figures import written
from reports.formats import (
    bucket_label,
    in_sentence,
    money,
    money_short,
    month,
    number,
    percent,
)
from reports.labels import KPIS, header
from reports.translation import _, _p, marked_p

Tone = Literal["better", "worse", "neither"]
YEAR = 12
_RECOVERY_DAYS = 30

GROUPS = MappingProxyType(
    {
        "cash": (
            "receivables",
            "overdue",
            "dso_countback",
            "dso_balance_90",
            "best_possible_dso",
            "ar_turnover",
            "dpo",
            "cash_conversion_cycle",
            "billings_90",
        ),
        "behaviour": (
            "days_to_pay",
            "days_to_pay_with_open",
            "days_late",
            "days_late_with_open",
            "on_time_share",
            "cei",
            "promise_kept_share",
            "promise_kept_amount_share",
        ),
        "risk": (
            "overdue_share",
            "d90_plus_share",
            "average_days_delinquent",
            "top10_share",
            "unapplied",
            "dispute_rate",
            "days_disputed",
            "days_disputed_open",
        ),
    }
)
_GROUP_NAMES = {
    "cash": marked_p("figures", "Cash tied up"),
    "behaviour": marked_p("figures", "Behaviour"),
    "risk": marked_p("figures", "Risk"),
}


def group_name(group: str) -> str:
    """Return what a group of figures is called."""
    return _p("figures", _GROUP_NAMES[group])


def kpi_sentence(trend: pl.DataFrame, column: str, currency: str = "EUR") -> str:
    """Return what one figure did over twelve months, or the ones it has: from where to where.

    The change beside it, of `change`, is over the same months.

    Args:
        trend: `kpi_trend`, any order.
        column: one of `labels.KPIS`.
        currency: of money figures.
    """
    name, values = header(column), _year(trend, column)
    if not values:
        return _("{figure}: not known", figure=name)
    kind = KPIS[column].kind
    first, last = (written(value, kind, currency, short=True) for value in (values[0], values[-1]))
    if first == last:
        return _("{figure}: still {last}", figure=name, last=last)
    if values[-1] > values[0]:
        return _("{figure}: up from {first} to {last}", figure=name, first=first, last=last)
    return _("{figure}: down from {first} to {last}", figure=name, first=first, last=last)


def change(trend: pl.DataFrame, column: str, currency: str = "EUR") -> tuple[str, Tone] | None:
    """Return the signed change over the last twelve months and whether it is good news; None if not known."""
    values = trend.sort("as_of")[column].to_list()
    if len(values) <= YEAR or values[-1] is None or values[-1 - YEAR] is None:
        return None
    difference, kpi = values[-1] - values[-1 - YEAR], KPIS[column]
    if kpi.kind == "money":
        text = money_short(Decimal(difference), currency, sign=True)
    elif kpi.kind == "share":
        points = round(values[-1] * 100, 1) - round(values[-1 - YEAR] * 100, 1)
        text = _("{points} pt", points=number(points, 1, sign=True))
    else:
        # Of the figures as they are read, or the change would not be the one between them.
        text = number(round(values[-1], 1) - round(values[-1 - YEAR], 1), 1, sign=True)
    if kpi.better == "neither" or text.lstrip("+-") in {"0,0", "0.0"}:
        return text, "neither"
    return text, "better" if (difference > 0) == (kpi.better == "up") else "worse"


def roll_sentence(average: pl.DataFrame) -> str:
    """Return which part of the first overdue bucket is paid and which gets older, from roll rates."""
    shares = {(row["from_bucket"], row["to_bucket"]): row["share"] for row in average.to_dicts()}
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


def recovery_sentence(curve: pl.DataFrame) -> str:
    """Return which part is in by the due date and 30 days after it, from `recovery_curve`."""
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


def cohort_sentence(cohorts: pl.DataFrame) -> str:
    """Return how the youngest due month with a month behind it compares to the one a year before."""
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


def provision_sentence(matrix: pl.DataFrame, currency: str = "EUR") -> str:
    """Return the expected loss over all buckets and its part of what is open, from `provision_matrix`."""
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


def known_first(trend: pl.DataFrame, columns: Sequence[str]) -> list[str]:
    """Return the figures in their order, the ones not known for any month at the end."""
    return sorted(columns, key=lambda column: not trend[column].count())


def bucket_pairs(rates: pl.DataFrame) -> list[date]:
    """Return the month ends of `roll_rates`, the youngest first."""
    return sorted(rates["month_end"].unique().to_list(), reverse=True)


def in_buckets(frame: pl.DataFrame, limits: tuple[int, ...]) -> pl.DataFrame:
    """Return the frame with the states money rolls to as people read them, written off among them."""
    known = {"written_off": header("written_off")}
    for column in ("from_bucket", "to_bucket"):
        codes = [code for code in frame[column].unique().to_list() if code not in known]
        frame = frame.with_columns(
            pl.col(column).replace({**known, **{code: bucket_label(code, limits) for code in codes}})
        )
    return frame


def period(trend: pl.DataFrame) -> str:
    """Say up to which month end the figures go."""
    return _("to {day}", day=in_sentence(trend["as_of"].max()))  # type: ignore[arg-type]  # a date


def _year(trend: pl.DataFrame, column: str) -> list[float | Decimal]:
    return list(trend.sort("as_of")[column].tail(YEAR + 1).drop_nulls())
