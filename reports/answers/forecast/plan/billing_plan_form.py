"""The billing plan as people edit it: a grid of weeks and segments."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.forms import Changes, NotAnAmountError, Problem, amount, amount_text
from reports.answers.shared.money import total
from reports.codes import segment as segment_name
from reports.formats import money, week
from reports.sentences import translate
from reports.translation import _, _n

ALL = "all"
_A_YEAR = timedelta(days=364)  # 52 weeks: the same weekday
_PLAN = pl.Schema({"week_start": pl.Date(), "segment": pl.String(), "amount": pl.String()})


def mondays(as_of: date, weeks: int) -> list[date]:
    """Return the first days of the weeks after a Sunday."""
    return [as_of + timedelta(days=7 * place + 1) for place in range(weeks)]


def segments(values: pl.DataFrame, planned: pl.DataFrame) -> list[str]:
    """Return the segments of a plan: those of the books (`filter_values`) and those of the plan itself."""
    known = set(values.filter(kind="segment")["value"].to_list())
    return sorted(known | set(planned["segment"].drop_nulls().to_list()))


def columns(names: Sequence[str]) -> dict[str, str | None]:
    """Return the columns of the grid and the segment of each; None is all segments together."""
    return {ALL: None, **{f"segment_{place}": name for place, name in enumerate(names)}}


def plan_rows(
    planned: pl.DataFrame,
    names: Sequence[str],
    first_days: Sequence[date],
    *,
    level: Sequence[Decimal] = (),
    last_year: Sequence[Decimal | None] = (),
) -> pl.DataFrame:
    """Return one editable row per week, beside the billings without a plan and those of a year before.

    Args:
        planned: `planned_billings`.
        names: of `segments`.
        first_days: Mondays.
        level: billings that the forecast expects without a plan.
        last_year: billings in the same weeks of the year before; None if not known.

    Returns:
        `week`, `week_start`, a text per column of `columns`, `level` and `last_year` as texts.
    """
    amounts = {(row["week_start"], row["segment"]): row["amount"] for row in planned.iter_rows(named=True)}
    cells = columns(names)
    rows = [
        {
            "week": week(monday),
            "week_start": monday,
            **{column: amount_text(amounts.get((monday, name))) for column, name in cells.items()},
            "level": amount_text(level[place]) if level else "",
            "last_year": amount_text(last_year[place]) if last_year else "",
        }
        for place, monday in enumerate(first_days)
    ]
    texts = dict.fromkeys(("week", *cells, "level", "last_year"), pl.String())
    return pl.DataFrame(rows, schema={"week": texts.pop("week"), "week_start": pl.Date(), **texts})


def last_year_billings(
    documents: pl.DataFrame, first_days: Sequence[date], known_from: date | None
) -> list[Decimal | None]:
    """Return the billings 52 weeks before each week; None for weeks before the first day of the books.

    Args:
        documents: `billed`, of `last_year_period`.
        first_days: Mondays of the coming weeks.
        known_from: first day of the books.
    """
    billings: list[Decimal | None] = []
    for monday in first_days:
        start = monday - _A_YEAR
        own = documents.filter(pl.col("event_date").is_between(start, start + timedelta(days=6)))
        billings.append(total(own["amount"]) if known_from is not None and known_from <= start else None)
    return billings


def last_year_period(first_days: Sequence[date]) -> dict[str, Any]:
    """Return the parameters of `billed` that cover the same weeks of the year before."""
    last = first_days[-1] - _A_YEAR + timedelta(days=6)
    return {"as_of": last, "period": 7 * len(first_days)}


def plan_changes(before: pl.DataFrame, after: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Changes:
    """Return the rows to write for the billing plan typed.

    The forecast adds up the rows of a week, so an amount for all segments beside amounts per segment would
    count twice: a week that was edited may hold only one of the two.

    Args:
        before: of `plan_rows`.
        after: the same rows as typed, in the same order.
        names: of `segments`.
    """
    cells = columns(names)
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    changed = added = removed = 0
    for was, row in zip(before.iter_rows(named=True), after, strict=True):
        edited_columns = [column for column in cells if (row[column] or "").strip() != was[column]]
        if not edited_columns:
            continue
        values, week_problems = _values(row, cells)
        per_segment = [value for column, value in values.items() if column != ALL and value is not None]
        if not week_problems and values[ALL] is not None and per_segment:
            week_problems = [
                Problem(
                    was["week"],
                    all_name(),
                    _("the forecast would count both: fill in all segments together, or each by itself"),
                )
            ]
        if week_problems:
            problems += week_problems
            continue
        for column in edited_columns:
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
            problems.append(Problem(row["week"], field, translate(error.message)))
            continue
        if (values[column] or 0) < 0:
            problems.append(Problem(row["week"], field, _("what is billed is not below 0")))
    return values, problems


def confirmation(changes: Changes) -> str:
    """Return the sentence that confirms the billing plan saved."""
    parts = (
        (changes.changed, _n("{count} amount changed", "{count} amounts changed", changes.changed)),
        (changes.added, _n("{count} amount added", "{count} amounts added", changes.added)),
        (changes.removed, _n("{count} amount taken out", "{count} amounts taken out", changes.removed)),
    )
    return _("Saved: {what}.", what=", ".join(words for count, words in parts if count))


def all_name() -> str:
    """Return the name of the column for all segments together."""
    return _("All segments")


def finding(planned: pl.DataFrame, first_days: Sequence[date], currency: str) -> Finding:
    """Return how many of the weeks are planned and their sum; the rows are of `planned_billings`."""
    return Finding(_title(planned, first_days, currency), _method(currency))


def _title(planned: pl.DataFrame, first_days: Sequence[date], currency: str) -> str:
    own = planned.filter(pl.col("week_start").is_in(list(first_days)))
    if own.is_empty():
        return _("No billing plan: the forecast is based on recent billings")
    return _(
        "{count} of {weeks} weeks planned: {amount} to be billed",
        count=own["week_start"].n_unique(),
        weeks=len(first_days),
        amount=money(total(own["amount"]), currency, 0),
    )


def _method(currency: str) -> str:
    return _(
        "To be billed per week in {currency}, incl. VAT, in all or per segment. An empty cell is no plan: "
        "that segment's share of the amount under “Without a plan” stays. Type 0 where nothing is billed.",
        currency=currency,
    )


def double_counting(planned: pl.DataFrame, first_days: Sequence[date]) -> str | None:
    """Return which weeks hold an amount for all beside amounts per segment, as loaded files may."""
    own = planned.filter(pl.col("week_start").is_in(list(first_days)))
    for_all = set(own.filter(pl.col("segment").is_null())["week_start"])
    both = sorted(for_all & set(own.filter(pl.col("segment").is_not_null())["week_start"]))
    if not both:
        return None
    return _(
        "{weeks}: there is an amount for all segments beside amounts per segment; the forecast adds them up.",
        weeks=", ".join(week(monday) for monday in both),
    )
