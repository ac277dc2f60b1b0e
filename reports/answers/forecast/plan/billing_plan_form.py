"""The billing plan as people edit it: a grid of weeks and segments."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.shared.forms import Changes, NotAnAmountError, Problem, amount, written
from reports.answers.shared.money import total
from reports.codes import segment as segment_name
from reports.formats import about, week
from reports.translation import _, _n

ALL = "all"
_A_YEAR = timedelta(days=364)  # the same weekday, 52 weeks before
_PLAN = pl.Schema({"week_start": pl.Date(), "segment": pl.String(), "amount": pl.String()})


def mondays(as_of: date, weeks: int) -> list[date]:
    """Return the first days of the weeks after a Sunday."""
    return [as_of + timedelta(days=7 * place + 1) for place in range(weeks)]


def segments(values: pl.DataFrame, planned: pl.DataFrame) -> list[str]:
    """Return the segments a plan can have, also those only planned for; the rows are of `filter_values`."""
    known = set(values.filter(kind="segment")["value"].to_list())
    return sorted(known | set(planned["segment"].drop_nulls().to_list()))


def columns(names: Sequence[str]) -> dict[str, str | None]:
    """Return the columns of the grid and the segment each holds; None: all of them together."""
    return {ALL: None, **{f"segment_{place}": name for place, name in enumerate(names)}}


def plan_rows(
    planned: pl.DataFrame,
    names: Sequence[str],
    first_days: Sequence[date],
    *,
    level: Sequence[Decimal] = (),
    billed: Sequence[Decimal | None] = (),
) -> pl.DataFrame:
    """Return one row per week as it can be typed over, beside what is known of it.

    Args:
        planned: `planned_billings`.
        names: of `segments`.
        first_days: Mondays.
        level: what the forecast takes where nothing is planned.
        billed: what was billed in the same weeks of the year before; None where nothing is known.

    Returns:
        `week`, `week_start`, a text per column of `columns`, `level` and `last_year` as texts.
    """
    amounts = {(row["week_start"], row["segment"]): row["amount"] for row in planned.iter_rows(named=True)}
    cells = columns(names)
    rows = [
        {
            "week": week(monday),
            "week_start": monday,
            **{column: written(amounts.get((monday, name))) for column, name in cells.items()},
            "level": written(level[place]) if level else "",
            "last_year": written(billed[place]) if billed else "",
        }
        for place, monday in enumerate(first_days)
    ]
    texts = dict.fromkeys(("week", *cells, "level", "last_year"), pl.String())
    return pl.DataFrame(rows, schema={"week": texts.pop("week"), "week_start": pl.Date(), **texts})


def billed_last_year(
    documents: pl.DataFrame, first_days: Sequence[date], known_from: date | None
) -> list[Decimal | None]:
    """Return what was billed 52 weeks before each week; None for weeks the books do not reach back to.

    Args:
        documents: `billed`, over the weeks asked for.
        first_days: Mondays of the coming weeks.
        known_from: first day of the books.
    """
    found: list[Decimal | None] = []
    for monday in first_days:
        start = monday - _A_YEAR
        own = documents.filter(pl.col("event_date").is_between(start, start + timedelta(days=6)))
        found.append(total(own["amount"]) if known_from is not None and known_from <= start else None)
    return found


def last_year_asked(first_days: Sequence[date]) -> dict[str, Any]:
    """Return what to ask `billed` for, so that it covers the same weeks of the year before."""
    last = first_days[-1] - _A_YEAR + timedelta(days=6)
    return {"as_of": last, "period": 7 * len(first_days)}


def plan_changes(before: pl.DataFrame, after: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Changes:
    """Return what has to be written so that the billing plan becomes what was typed.

    The forecast adds up the rows of a week. An amount for all and amounts per segment in one week would
    count twice, so that a week that was touched holds either the one or the others.

    Args:
        before: of `plan_rows`.
        after: the same rows as they stand in the grid now, in the same order.
        names: of `segments`.
    """
    cells = columns(names)
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    changed = added = removed = 0
    for was, row in zip(before.iter_rows(named=True), after, strict=True):
        touched = [column for column in cells if (row[column] or "").strip() != was[column]]
        if not touched:
            continue
        values, found = _values(row, cells)
        per_segment = [value for column, value in values.items() if column != ALL and value is not None]
        if not found and values[ALL] is not None and per_segment:
            found = [
                Problem(
                    was["week"],
                    all_name(),
                    _("the forecast would count both: fill in all segments together, or each by itself"),
                )
            ]
        if found:
            problems += found
            continue
        for column in touched:
            old, new = amount(was[column]), values[column]
            if old == new:
                continue
            rows.append(
                {
                    "week_start": was["week_start"],
                    "segment": cells[column],
                    "amount": None if new is None else str(new),
                }
            )
            changed += old is not None and new is not None
            added += old is None
            removed += new is None
    return Changes(pl.DataFrame(rows, schema=_PLAN), changed, added, removed, tuple(problems))


def _values(
    row: Mapping[str, Any], cells: Mapping[str, str | None]
) -> tuple[dict[str, Decimal | None], list[Problem]]:
    values: dict[str, Decimal | None] = {}
    problems: list[Problem] = []
    for column, name in cells.items():
        field = all_name() if column == ALL else segment_name(name)
        try:
            values[column] = amount(row[column])
        except NotAnAmountError as error:
            problems.append(Problem(row["week"], field, str(error)))
            continue
        if (values[column] or 0) < 0:
            problems.append(Problem(row["week"], field, _("what is billed is not below 0")))
    return values, problems


def plan_saved(changes: Changes) -> str:
    """Say what was saved of the billing plan."""
    parts = (
        (changes.changed, _n("{count} amount changed", "{count} amounts changed", changes.changed)),
        (changes.added, _n("{count} amount added", "{count} amounts added", changes.added)),
        (changes.removed, _n("{count} amount taken out", "{count} amounts taken out", changes.removed)),
    )
    return _("Saved: {what}.", what=", ".join(said for count, said in parts if count))


def all_name() -> str:
    """Return what the column is called that stands for all segments together."""
    return _("All segments")


def plan_found(planned: pl.DataFrame, first_days: Sequence[date], currency: str) -> str:
    """Say how many of the weeks are planned and what they come to; the rows are of `planned_billings`."""
    own = planned.filter(pl.col("week_start").is_in(list(first_days)))
    if own.is_empty():
        return _("No billing plan: the forecast goes by what was billed lately")
    return _(
        "{count} of {weeks} weeks planned: {amount} to be billed",
        count=own["week_start"].n_unique(),
        weeks=len(first_days),
        amount=about(total(own["amount"]), currency),
    )


def plan_method(currency: str) -> str:
    """Say what the cells hold and how they combine."""
    return _(
        "To be billed per week in {currency}, incl. VAT, in all or per segment. An empty cell is no plan: "
        "that segment's share of the amount under “Without a plan” stays. Type 0 where nothing is billed.",
        currency=currency,
    )


def counted_twice(planned: pl.DataFrame, first_days: Sequence[date]) -> str | None:
    """Say which weeks hold an amount for all beside amounts per segment, as files may bring them."""
    own = planned.filter(pl.col("week_start").is_in(list(first_days)))
    for_all = set(own.filter(pl.col("segment").is_null())["week_start"])
    both = sorted(for_all & set(own.filter(pl.col("segment").is_not_null())["week_start"]))
    if not both:
        return None
    return _(
        "{weeks}: there is an amount for all segments beside amounts per segment; the forecast adds them up.",
        weeks=", ".join(week(monday) for monday in both),
    )
