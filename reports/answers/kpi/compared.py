"""Figures on the day of a screen beside those of another day."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl

from reports.answers.kpi import trend_text
from reports.answers.shared.comparison import change_column, side_by_side, then_column
from reports.answers.shared.finding import Finding
from reports.columns import KPIS, heading
from reports.figures import kpi_value
from reports.formats import UNDEFINED, in_sentence, money
from reports.translation import _, _n, _p

_MONEY = pl.Decimal(38, 2)
_PERCENT = 100
VALUE = "kpi_value"


def figures(now: Mapping[str, Any], then: Mapping[str, Any] | None, day: date, currency: str) -> pl.DataFrame:
    """Return one row per figure for a file: name, unit, value, value on another day, and the difference.

    Args:
        now: the row of `kpi`.
        then: the same on `day`; None where nothing is known of it.
        day: that it is compared with.
        currency: of money figures.
    """
    before = None if then is None else _rows(then, currency)
    return side_by_side(_rows(now, currency), before, ["kpi_name", "kpi_unit"], [VALUE], day)


def _rows(row: Mapping[str, Any], currency: str) -> pl.DataFrame:
    columns = [name for name in KPIS if name in row]
    return pl.DataFrame(
        {
            "kpi_name": [heading(name) for name in columns],
            "kpi_unit": [_unit(name, currency) for name in columns],
            VALUE: [_exact(row[name], name) for name in columns],
        },
        schema={"kpi_name": pl.String, "kpi_unit": pl.String, VALUE: _MONEY},
    )


def _unit(column: str, currency: str) -> str:
    nature = KPIS[column].nature
    return {"money": currency, "share": "%", "days": _p("unit", "days")}.get(nature, "")


def _exact(value: float | Decimal | None, column: str) -> Decimal | None:
    if value is None:
        return None
    exact = Decimal(str(value)) * (_PERCENT if KPIS[column].nature == "share" else 1)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def finding(
    now: Mapping[str, Any], then: Mapping[str, Any] | None, columns: Sequence[str], as_of: date, day: date
) -> Finding:
    """Return how many figures are better and how many worse than on another day.

    Args:
        now: the row of `kpi`.
        then: the same on `day`; None where nothing is known of it.
        columns: figures to count.
        as_of: day of the screen.
        day: that it is compared with.
    """
    method = _("Figures of {as_of} beside those of {day}", as_of=in_sentence(as_of), day=in_sentence(day))
    tones = [
        trend_text.difference(now[name], then[name], name)[1]
        for name in columns
        if then is not None and now[name] is not None and then[name] is not None
    ]
    if not tones:
        return Finding(_("Nothing is known of {day} to compare with", day=in_sentence(day)), method)
    better, worse = tones.count("better"), tones.count("worse")
    if not better and not worse:
        return Finding(_("No figure is better or worse than on {day}", day=in_sentence(day)), method)
    title = _(
        "{better} better than on {day}, {worse} worse",
        better=_n("{count} figure", "{count} figures", better),
        worse=worse,
        day=in_sentence(day),
    )
    return Finding(title, method)


def cells(
    now: Mapping[str, Any], then: Mapping[str, Any] | None, columns: Sequence[str], currency: str
) -> list[tuple[str, str, str, str, trend_text.Tone]]:
    """Return a row per figure for a screen: name, value, value then, difference, and its tone.

    Args:
        now: the row of `kpi`.
        then: the same on the other day; None where nothing is known of it.
        columns: which figures.
        currency: of money figures.
    """
    rows: list[tuple[str, str, str, str, trend_text.Tone]] = []
    neutral: trend_text.Tone = "neither"
    for name in columns:
        nature, value, before = KPIS[name].nature, now[name], None if then is None else then[name]
        text, tone = UNDEFINED, neutral
        if value is not None and before is not None:
            text, tone = trend_text.difference(value, before, name, currency)
            if nature == "money":
                text = money(value - before, currency, 0, sign=True)
        rows.append(
            (
                heading(name),
                kpi_value(value, nature, currency),
                kpi_value(before, nature, currency),
                text,
                tone,
            )
        )
    return rows


def customers(now: pl.DataFrame, then: pl.DataFrame | None, day: date) -> pl.DataFrame:
    """Return the figures per customer with those of another day; rows of `kpi_customers`."""
    return side_by_side(now, then, ["customer_id"], [name for name in KPIS if name in now.columns], day)


def first_figure(names: Sequence[str]) -> str:
    """Return the first of these columns that is a figure: what a list of customers shows of another day."""
    return next(name for name in names if name in KPIS)


def customer_columns(names: Sequence[str], day: date) -> list[str]:
    """Return columns of a screen: the first figure is followed by its value then and its change.

    Args:
        names: the customer's name, then the figures of a group.
        day: that it is compared with.
    """
    first = first_figure(names)
    place = list(names).index(first) + 1
    return [*names[:place], then_column(first, day), change_column(first, day), *names[place:]]
