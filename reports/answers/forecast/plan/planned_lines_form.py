"""Planned lines as people edit them: editable rows, their changes, and the problems that prevent saving."""

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from data.grains import BY_NAME
from reports import columns
from reports.answers.shared.finding import Finding
from reports.answers.shared.forms import Changes, NotAnAmountError, Problem, amount, amount_text, text
from reports.answers.shared.money import total
from reports.codes import label
from reports.formats import day, money
from reports.sentences import translate
from reports.translation import _, _n, _p, mark_p

OUT, IN = "out", "in"
CATEGORIES = ("payroll", "vat", "tax", "rent", "loan", "suppliers", "investment")
_DIRECTIONS = {OUT: mark_p("direction", "Out"), IN: mark_p("direction", "In")}
_REPEATS = {
    "none": mark_p("repeat", "Once"),
    "weekly": mark_p("repeat", "Every week"),
    "biweekly": mark_p("repeat", "Every two weeks"),
    "4-weekly": mark_p("repeat", "Every four weeks"),
    "monthly": mark_p("repeat", "Every month"),
    "quarterly": mark_p("repeat", "Every quarter"),
    "half-yearly": mark_p("repeat", "Every half year"),
    "yearly": mark_p("repeat", "Every year"),
}
REPEATS = tuple(_REPEATS)
_EDITABLE = ("label", "direction", "amount", "category", "first_date", "repeat", "until")
_GRAIN = BY_NAME["planned_cash"]
_ROWS = pl.Schema(
    {
        "line_id": pl.String(),
        "label": pl.String(),
        "direction": pl.String(),
        "amount": pl.String(),
        "category": pl.String(),
        "first_date": pl.Date(),
        "repeat": pl.String(),
        "until": pl.Date(),
        "next_date": pl.Date(),
        "ahead": pl.String(),
        "gives_way": pl.String(),
    }
)
_FILE_ROWS = pl.Schema(
    {
        column.name: pl.Date() if column.type == "date" else pl.String()
        for column in _GRAIN.columns
    }
)  # fmt: skip

# Days on which a line counts: no bill has come in its place, and the bank has not paid it before.
_COUNTS = pl.col("bill_id").is_null() & pl.col("entry_id").is_null()


def heading(name: str) -> str:
    """Return the heading of a column of the planned lines."""
    return _p("field", "Description") if name == "label" else columns.heading(name)


def direction_name(code: object) -> str:
    """Return the name of a direction."""
    return _p("direction", _DIRECTIONS[str(code)])


def repeat_name(code: object) -> str:
    """Return how often a line repeats, in words."""
    return _p("repeat", _REPEATS[str(code)])


def category_name(code: object) -> str:
    """Return the name of a category; a category of the user's own is its own name."""
    return label("category", str(code)) if code in CATEGORIES else str(code)


def category_code(name: str) -> str:
    """Return the code of a category by its name; a category of the user's own is its own code."""
    known = {category_name(code).casefold(): code for code in CATEGORIES}
    return known.get(text(name).casefold(), text(name))


def categories(lines: pl.DataFrame) -> list[str]:
    """Return the categories to choose from: the standard ones, then those in use in `planned_lines`."""
    return [*CATEGORIES, *sorted(set(lines["category"].to_list()) - set(CATEGORIES))]


def line_rows(lines: pl.DataFrame, occurrences: pl.DataFrame) -> pl.DataFrame:
    """Return one editable row per planned line, with its amounts in the coming weeks.

    Args:
        lines: `planned_lines`.
        occurrences: `planned_occurrences`.

    Returns:
        `line_id`; `label`, `direction` (out, in), `amount` (text, without sign), `category`, `first_date`,
        `repeat`, `until`; and read-only `next_date`, `ahead` (sum in the coming weeks, negative = out) and
        `gives_way` (bills that replace it, and the bank where it paid before the day).
    """
    rows = []
    for line in lines.iter_rows(named=True):
        own = occurrences.filter(line_id=line["line_id"])
        counting = own.filter(_COUNTS)
        rows.append(
            {
                **line,
                "direction": OUT if line["amount"] < 0 else IN,
                "amount": amount_text(abs(line["amount"])),
                "next_date": counting["pay_date"].min(),
                "ahead": amount_text(-total(counting["amount"])),
                "gives_way": "; ".join(
                    _("{day}: paid by the bank", day=day(when))
                    if bill is None
                    else _("{day}: bill {bill}", day=day(when), bill=bill)
                    for when, bill in own.filter(~_COUNTS).select("pay_date", "bill_id").iter_rows()
                ),
            }
        )
    return pl.DataFrame(rows, schema=_ROWS)


def finding(
    lines: pl.DataFrame, occurrences: pl.DataFrame, weeks: int, currency: str, *, in_grid: bool = True
) -> Finding:
    """Return the sum of the planned lines in the coming weeks, and how to edit them.

    Args:
        lines: `planned_lines`.
        occurrences: `planned_occurrences` in those weeks.
        weeks: number of weeks.
        currency: of the amounts.
        in_grid: lines are edited in a grid, not one by one.
    """
    amounts = occurrences.filter(_COUNTS)["amount"]
    out, into = total(amounts.filter(amounts > 0)), -total(amounts.filter(amounts < 0))
    title = _(
        "{lines}: {out} out and {into} in over {weeks} weeks",
        lines=_n("{count} planned line", "{count} planned lines", lines.height),
        out=money(out, currency, 0),
        into=money(into, currency, 0),
        weeks=weeks,
    )
    return Finding(title, _method(in_grid=in_grid))


def _method(*, in_grid: bool) -> str:
    how = (
        _("Type over a cell, add a row at the end, or mark rows and delete them.")
        if in_grid
        else _("Choose a line to change it, or fill in a new one.")
    )
    what = _(
        "Paid or received without an invoice; a line gives way to the bill that carries its name and falls "
        "due within ten days of it."
    )
    return f"{how} {what}"


def line_changes(before: pl.DataFrame, after: Sequence[Mapping[str, Any]]) -> Changes:
    """Return the rows to write for the planned lines typed.

    Args:
        before: of `line_rows`.
        after: the rows as typed; a new line has no `line_id`, a line that is missing is deleted.
    """
    known = {row["line_id"]: row for row in before.iter_rows(named=True)}
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    changed = added = 0
    for place, row in enumerate(after, start=1):
        was = known.pop(row.get("line_id") or "", None)
        if was is not None and all(row.get(name) == was[name] for name in _EDITABLE):
            continue
        if was is None and not any(row.get(name) for name in ("label", "amount", "first_date", "until")):
            continue
        row_problems = _problems(row, text(row.get("label")) or _("Row {number}", number=place))
        if row_problems:
            problems += row_problems
            continue
        rows.append(_to_write(row, was["line_id"] if was else f"plan-{uuid.uuid4().hex[:8]}"))
        changed, added = changed + (was is not None), added + (was is None)
    # Lines still in `known` were deleted; in the file an amount of 0 removes a line.
    rows += [_to_write(row, row["line_id"]) | {"amount": "0.00"} for row in known.values()]
    return Changes(pl.DataFrame(rows, schema=_FILE_ROWS), changed, added, len(known), tuple(problems))


def confirmation(changes: Changes) -> str:
    """Return the sentence that confirms the planned lines saved."""
    parts = (
        (changes.changed, _n("{count} line changed", "{count} lines changed", changes.changed)),
        (changes.added, _n("{count} line added", "{count} lines added", changes.added)),
        (changes.removed, _n("{count} line taken out", "{count} lines taken out", changes.removed)),
    )
    return _("Saved: {what}.", what=", ".join(words for count, words in parts if count))


def _problems(row: Mapping[str, Any], name: str) -> list[Problem]:
    problems: list[tuple[str, str]] = []
    if not text(row.get("label")):
        problems.append(("label", _("write what the line is for")))
    try:
        value = amount(row.get("amount"))
        if value is None or value <= 0:
            problems.append(
                ("amount", _("write an amount above 0; the direction says whether it goes out or in"))
            )
    except NotAnAmountError as error:
        problems.append(("amount", translate(error.message)))
    if row.get("direction") not in _DIRECTIONS:
        problems.append(("direction", _("choose out or in")))
    if not text(row.get("category")):
        problems.append(("category", _("choose what it is for")))
    if row.get("repeat") not in REPEATS:
        problems.append(("repeat", _("choose how often it comes back")))
    first, until = row.get("first_date"), row.get("until")
    if first is None:
        problems.append(("first_date", _("choose the first day")))
    elif until is not None and until < first:
        problems.append(
            (
                "until",
                _("the last day, {until}, is before the first, {first}", until=day(until), first=day(first)),
            )
        )
    return [Problem(name, heading(field), sentence) for field, sentence in problems]


def _to_write(row: Mapping[str, Any], identity: str) -> dict[str, Any]:
    value = amount(row["amount"]) or Decimal(0)
    return {
        "line_id": identity,
        "label": text(row["label"]),
        "category": category_code(row["category"]),
        "amount": str(-value if row["direction"] == OUT else value),
        "first_date": row["first_date"],
        "repeat": row["repeat"],
        "until": row["until"],
    }


def coming_weeks(row: Mapping[str, Any], currency: str) -> str:
    """Return the next day of one line, its sum in the coming weeks and the bills that replace it."""
    if row["next_date"] is None:
        return _("Nothing of it falls in the coming weeks.")
    value = amount(row["ahead"]) or Decimal(0)
    sentence = _(
        "Next on {day}; {amount} in the coming weeks.",
        day=day(row["next_date"]),
        amount=money(value, currency, 0),
    )
    return sentence + (f" {row['gives_way']}" if row["gives_way"] else "")
