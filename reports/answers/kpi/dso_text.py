"""Findings and rows of the methods to count days outstanding, and of the bridge of DSO."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

import polars as pl

from reports.answers.definitions import definitions
from reports.answers.shared.finding import Finding
from reports.codes import label, segment
from reports.columns import heading
from reports.formats import days as in_days
from reports.formats import in_sentence, money, money_short, number
from reports.translation import _, _n

Unit = Literal["money", "money_days", "invoices"]
_LEAP_DAY = (2, 29)
_OTHER_UNITS: dict[str, tuple[Unit, Unit]] = {
    "days_to_pay": ("money_days", "money"),
    "days_to_pay_with_open": ("invoices", "invoices"),
}
# Methods that divide by the billings of 90 days.
_OVER_BILLINGS = frozenset({"balance_90", "best_possible", "delinquent"})
SEGMENT_COLUMNS = (
    "segment",
    "added_days",
    "terms",
    "delinquency",
    "credit_notes",
    "mix",
    "share_billed_from",
    "share_billed_to",
)
SEGMENT_COLUMNS_ON_A_PHONE = ("segment", "added_days", "delinquency")


def methods(days: pl.DataFrame, trend: pl.DataFrame) -> Finding:
    """Return days outstanding by countback and by balance.

    Args:
        days: `dso_methods` on the day of the view.
        trend: `kpi_trend`, then the day; the method names its last.
    """
    method = _(
        "Days per month end, by six ways to count them; the last is {day}",
        day=in_sentence(trend["as_of"].max()),  # type: ignore[arg-type]  # polars does not say it is a date
    )
    return Finding(_methods_title(days), method)


def _methods_title(methods: pl.DataFrame) -> str:
    days = {row["method"].removeprefix("dso_"): row["days"] for row in methods.to_dicts()}
    countback, balance = days.get("countback"), days.get("balance_90")
    if countback is not None and balance is None:
        return _(
            "{countback} days by countback; by balance not known: "
            "in 90 days no more was billed than credited",
            countback=number(countback, 1),
        )
    if countback is None or balance is None:
        return _("DSO: not known on this day")
    return _(
        "{countback} days by countback, {balance} by balance: the difference is the timing of billing",
        countback=number(countback, 1),
        balance=number(balance, 1),
    )


def differences() -> Finding:
    """Return the finding of the table with the two amounts of each method."""
    return Finding(
        _("Why the methods differ"),
        _("What each divides by what, and what it sees that the others do not"),
    )


def bridge(steps: pl.DataFrame, since: date) -> Finding:
    """Return the change of DSO since a day with its two largest causes.

    Args:
        steps: `dso_bridge`.
        since: first day of the comparison.
    """
    return Finding(
        _bridge_title(steps, since), _("Balance method, per cause; blue is shorter, orange longer")
    )


def _bridge_title(steps: pl.DataFrame, since: date) -> str:
    parts = {row["step"]: row["days"] for row in steps.to_dicts()}
    start, end = parts.get("start"), parts.get("end")
    if start is None or end is None:
        return _(
            "In the 90 days to one of the two days no more was billed than credited, "
            "or customers are owed more than they owe: DSO cannot be compared"
        )
    causes = {step: parts.get(step) or 0.0 for step in ("terms", "delinquency", "credit_notes", "mix")}
    first, second = sorted(causes, key=lambda step: -abs(causes[step]))[:2]
    return _(
        "DSO {total} days since {day}: {first}, {second}",
        total=number(end - start, 1, sign=True),
        day=in_sentence(since),
        first=_cause(first, causes[first]),
        second=_cause(second, causes[second]),
    )


def _cause(step: str, days: float) -> str:
    name = label("step", step)
    return f"{name[:1].lower()}{name[1:]} {number(days, 1, sign=True)}"


def billing_timing(steps: pl.DataFrame) -> str:
    """Return the change by countback and its difference from the balance method; rows of `dso_bridge`."""
    parts = {row["step"]: row["days"] for row in steps.to_dicts()}
    return _(
        "By countback {countback} days; the difference of {timing} is billing timing",
        countback=number(parts.get("countback_change"), 1, sign=True),
        timing=number(parts.get("billing_timing"), 1, sign=True),
    )


def method_rows(methods: pl.DataFrame) -> pl.DataFrame:
    """Return one row per method as shown: method, days, numerator, denominator, explanation.

    Args:
        methods: `dso_methods`; its `explanation_key` names the same figure in `kpi`.
    """
    rows = [
        {
            "method": heading(row["explanation_key"]),
            "days": row["days"],
            "numerator": row["numerator"],
            "denominator": row["denominator"],
            "explanation": _explanation(row),
        }
        for row in methods.to_dicts()
    ]
    money_type = pl.Decimal(38, 2)
    return pl.DataFrame(
        rows,
        schema={
            "method": pl.String,
            "days": pl.Float64,
            "numerator": money_type,
            "denominator": money_type,
            "explanation": pl.String,
        },
    )


def own_days(row: dict[str, Any], currency: str) -> Finding:
    """Return DSO over days of one's own choice and its division; the row is that of `dso_balance`."""
    amounts = {
        "open": money(row["open_amount"], currency, 0),
        "billings": money(row["billings"], currency, 0),
        "period": in_days(row["days"]),
    }
    method = _("Open {open} ÷ billed {billings} in {period} × {days}", days=row["days"], **amounts)
    if row["dso"] is None:
        return Finding(
            _("DSO over {period}: no more was billed than credited", period=amounts["period"]), method
        )
    title = _(
        "DSO over {period}: {dso} days, of which {best} not due and {late} late",
        period=amounts["period"],
        dso=number(row["dso"], 1),
        best=number(row["best_possible_dso"], 1),
        late=number(row["average_days_delinquent"], 1),
    )
    return Finding(title, method)


def _explanation(row: dict[str, Any]) -> str:
    why = definitions.why(row["explanation_key"])
    if row["days"] is not None or row["method"] not in _OVER_BILLINGS:
        return why
    return f"{_('Not known: in the 90 days no more was billed than credited.')} {why}"


def method_units(rows: pl.DataFrame) -> list[tuple[Unit, Unit]]:
    """Return the units of the two amounts of each row of `method_rows`."""
    units = {heading(method): units_of(method) for method in _OTHER_UNITS}
    return [units.get(method, ("money", "money")) for method in rows["method"]]


def units_of(method: str) -> tuple[Unit, Unit]:
    """Return the units of the two amounts of a method, named by its column of `kpi`."""
    return _OTHER_UNITS.get(method, ("money", "money"))


def amount_of(unit: Unit, currency: str, value: Decimal) -> str:
    """Return one of the two amounts of a method with its unit."""
    if unit == "invoices":
        return _n("{count} invoice", "{count} invoices", int(value))
    if unit == "money_days":
        return _("{amount} × days", amount=money_short(value, currency))
    return money(value, currency, 0)


def method_lines(rows: pl.DataFrame, currency: str) -> list[tuple[str, str]]:
    """Return `method_rows` as lines for a narrow screen: name and days, then the division and the reason."""
    lines = []
    for row, unit in zip(rows.to_dicts(), method_units(rows), strict=True):
        if row["numerator"] is None or row["denominator"] is None:
            continue
        over, under = (
            amount_of(unit[at], currency, row[name]) for at, name in enumerate(("numerator", "denominator"))
        )
        lines.append(
            (f"{row['method']}: {number(row['days'], 1)}", f"{over} ÷ {under}. {row['explanation']}")
        )
    return lines


def segment_rows(segments: pl.DataFrame) -> pl.DataFrame:
    """Return the segments of the bridge, largest change first, with their shares of billing."""
    change = pl.sum_horizontal("terms", "delinquency", "credit_notes", "mix")
    # In Python: the threads of polars do not know the language spoken.
    names = [None if code is None else segment(code) for code in segments["segment"]]
    rows = segments.with_columns(change.alias("added_days"), pl.Series("segment", names, dtype=pl.String))
    rows = rows.rename({"weight_from": "share_billed_from", "weight_to": "share_billed_to"})
    first = ("segment", "added_days", "terms", "delinquency", "credit_notes", "mix")
    return rows.sort(pl.col("added_days").abs(), descending=True).select(
        *first, *(name for name in rows.columns if name not in first)
    )


def segments(rows: pl.DataFrame) -> Finding:
    """Return the segment with the largest change; the rows are of `segment_rows`."""
    method = _("Days each segment added, by cause, and its share of what was billed on both days")
    if rows.is_empty():
        return Finding(_("No segment billed anything"), method)
    title = _(
        "{segment} moved it most: {days} days",
        segment=rows["segment"][0],
        days=number(rows["added_days"][0], 1, sign=True),
    )
    return Finding(title, method)


def year_before(day: date) -> date:
    """Return the day a year earlier; the 28th for a leap day."""
    return (
        day.replace(year=day.year - 1, day=28)
        if (day.month, day.day) == (2, 29)
        else day.replace(year=day.year - 1)
    )
