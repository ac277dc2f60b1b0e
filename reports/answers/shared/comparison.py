"""The day that figures are compared with, and two answers to one question side by side.

A column of the comparison has the name of its figure with `_then` or `_change` and the day behind it
(`total_then_2026-10-31`), so that every table and every file heads it with that day (`reports.columns`).
"""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from reports.columns.compared import CHANGE, THEN, Compared
from reports.formats import NO_BREAK_HYPHEN, NO_BREAK_SPACE, day_short
from reports.formats import day as write_day
from reports.translation import _, _p

WEEK = "week"  # the comparison until another is chosen
KINDS = (WEEK, "month", "quarter", "year")
_MONTHS = {"month": 1, "quarter": 3}


def comparison_day(as_of: date, choice: str) -> date:
    """Return the day that `as_of` is compared with.

    A last day of a month or quarter is compared with the one before it. The same day a year earlier is the
    last of its month if `as_of` is the last of its own: books are closed on those days, and 29 February has
    no other.

    Args:
        as_of: day of the figures.
        choice: one of `KINDS`, or a day as `2026-10-31`.
    """
    match choice:
        case "week":
            return as_of - timedelta(days=7)
        case "month" | "quarter":
            months = _MONTHS[choice]
            first_month = (as_of.month - 1) // months * months + 1
            return as_of.replace(month=first_month, day=1) - timedelta(days=1)
        case "year":
            if (as_of + timedelta(days=1)).day == 1:
                following = as_of + timedelta(days=1)
                return following.replace(year=following.year - 1) - timedelta(days=1)
            return as_of.replace(year=as_of.year - 1)
        case _:
            return date.fromisoformat(choice)


def kind_name(kind: str) -> str:
    """Return what a comparison is called, without its day."""
    return {
        "week": _p("compare", "Last week"),
        "month": _p("compare", "Last month-end"),
        "quarter": _p("compare", "Last quarter-end"),
        "year": _p("compare", "Same day last year"),
    }.get(kind) or _p("compare", "Any day")


def against(day: date, as_of: date) -> str:
    """Return the day of a comparison for a small place, unbroken: `vs 31 Oct`, with its year if another."""
    text = _("vs {day}", day=day_short(day) if day.year == as_of.year else write_day(day))
    return text.replace("-", NO_BREAK_HYPHEN).replace(" ", NO_BREAK_SPACE)


def table_headings(figure: str, day: date) -> dict[str, str]:
    """Return short headings of the two columns of a figure, for a table whose title names it."""
    return {
        then_column(figure, day): _("On {day}", day=write_day(day)),
        change_column(figure, day): change_heading(),
    }


def change_heading() -> str:
    """Return the heading of differences beside the values of two days."""
    return _p("heading", "Change")


def side_by_side(
    now: pl.DataFrame, then: pl.DataFrame | None, keys: Sequence[str], values: Sequence[str], day: date
) -> pl.DataFrame:
    """Join two answers to one question: behind each figure what it was on `day`, and the difference.

    A row of one answer only stands with 0 in the other for amounts and counts; a share or a number of days
    of a row that is not there is not known. Rows that are gone come last, in the order they had.

    Args:
        now: the answer on the day of the screen.
        then: the same question on `day`; None if nothing is known of that day.
        keys: columns that tell a row from the others.
        values: figures to compare; columns that `now` does not have are left out.
        day: that `then` is of.
    """
    names = [name for name in values if name in now.columns]
    if then is None:
        joined = now.with_columns(
            pl.lit(None, now.schema[name]).alias(then_column(name, day)) for name in names
        )
    else:
        then = then.select(
            pl.all().exclude(names), *(pl.col(name).alias(then_column(name, day)) for name in names),
            pl.lit(value=True).alias("_was"),
        )  # fmt: skip
        joined = now.with_columns(pl.lit(value=True).alias("_is")).join(
            then, on=list(keys), how="full", coalesce=True, nulls_equal=True, maintain_order="left_right"
        )
        described = [name for name in now.columns if name not in {*names, *keys}]
        joined = joined.with_columns(
            *(pl.coalesce(name, f"{name}_right") for name in described if f"{name}_right" in joined.columns),
            *(_zero_where(name, "_is", now.schema[name]) for name in names),
            *(_zero_where(then_column(name, day), "_was", now.schema[name]) for name in names),
        )
    changes = [
        (pl.col(name) - pl.col(then_column(name, day))).alias(change_column(name, day)) for name in names
    ]
    ordered = [
        column
        for name in now.columns
        for column in ((name, then_column(name, day), change_column(name, day)) if name in names else (name,))
    ]
    return joined.with_columns(changes).select(ordered)


def _zero_where(name: str, is_there: str, kind: pl.DataType) -> pl.Expr:
    """Return a figure with 0 for rows that its answer does not have, but for shares and days."""
    if kind.is_float():
        return pl.col(name)
    return pl.when(pl.col(is_there).is_null()).then(pl.lit(0).cast(kind)).otherwise(pl.col(name)).alias(name)


def then_column(name: str, day: date) -> str:
    """Return the name of the column with the value of a figure on the day of a comparison."""
    return str(Compared(name, THEN, day))


def change_column(name: str, day: date) -> str:
    """Return the name of the column with the difference of a figure."""
    return str(Compared(name, CHANGE, day))
