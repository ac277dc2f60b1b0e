"""Planned lines as people edit them: rows for a table, what changed in it, and whether that can be saved."""

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from data.grains import BY_NAME
from reports import columns
from reports.answers.shared.forms import Changes, NotAnAmountError, Problem, amount, text, written
from reports.answers.shared.money import total
from reports.codes import label
from reports.formats import about, day, money
from reports.translation import _, _n, _p, marked_p

OUT, IN = "out", "in"
CATEGORIES = ("payroll", "vat", "tax", "rent", "loan", "suppliers")
_DIRECTIONS = {OUT: marked_p("direction", "Out"), IN: marked_p("direction", "In")}
_REPEATS = {
    "none": marked_p("repeat", "Once"),
    "weekly": marked_p("repeat", "Every week"),
    "monthly": marked_p("repeat", "Every month"),
    "quarterly": marked_p("repeat", "Every quarter"),
    "yearly": marked_p("repeat", "Every year"),
}
REPEATS = tuple(_REPEATS)
_EDITED = ("label", "direction", "amount", "category", "first_date", "repeat", "until")
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
_WRITTEN = pl.Schema(
    {
        column.name: pl.Date() if column.type == "date" else pl.String()
        for column in _GRAIN.columns
    }
)  # fmt: skip


def heading(name: str) -> str:
    """Return what a column of the planned lines is called."""
    return _p("field", "Description") if name == "label" else columns.heading(name)


def direction_name(code: object) -> str:
    """Return what a direction is called."""
    return _p("direction", _DIRECTIONS[str(code)])


def repeat_name(code: object) -> str:
    """Return how often a line comes back, in words."""
    return _p("repeat", _REPEATS[str(code)])


def category_name(code: object) -> str:
    """Return what a line is for; a category of somebody's own as it was typed."""
    return label("category", str(code)) if code in CATEGORIES else str(code)


def category_code(said: str) -> str:
    """Return the code of what a line is for, also where its name was typed; else the text itself."""
    known = {category_name(code).casefold(): code for code in CATEGORIES}
    return known.get(text(said).casefold(), text(said))


def categories(lines: pl.DataFrame) -> list[str]:
    """Return what a line can be for: the known ones, then those in use; the rows are of `planned_lines`."""
    return [*CATEGORIES, *sorted(set(lines["category"].to_list()) - set(CATEGORIES))]


def line_rows(lines: pl.DataFrame, occurrences: pl.DataFrame) -> pl.DataFrame:
    """Return one row per planned line as it can be typed over, with what it does in the coming weeks.

    Args:
        lines: `planned_lines`.
        occurrences: `planned_occurrences`.

    Returns:
        `line_id`; `label`, `direction` (out, in), `amount` (text, without sign), `category`, `first_date`,
        `repeat`, `until`; `next_date`, `ahead` (what it comes to in the weeks, negative = out) and
        `gives_way` (where a bill came in its place), which are not typed.
    """
    rows = []
    for line in lines.iter_rows(named=True):
        own = occurrences.filter(line_id=line["line_id"])
        counted = own.filter(pl.col("bill_id").is_null())
        rows.append(
            {
                **line,
                "direction": OUT if line["amount"] < 0 else IN,
                "amount": written(abs(line["amount"])),
                "next_date": counted["pay_date"].min(),
                "ahead": written(-total(counted["amount"])),
                "gives_way": "; ".join(
                    _("{day}: bill {bill}", day=day(when), bill=bill)
                    for when, bill in own.filter(pl.col("bill_id").is_not_null())
                    .select("pay_date", "bill_id")
                    .iter_rows()
                ),
            }
        )
    return pl.DataFrame(rows, schema=_ROWS)


def lines_found(lines: pl.DataFrame, occurrences: pl.DataFrame, weeks: int, currency: str) -> str:
    """Say what the planned lines come to in the coming weeks."""
    counted = occurrences.filter(pl.col("bill_id").is_null())["amount"]
    out, into = total(counted.filter(counted > 0)), -total(counted.filter(counted < 0))
    said = _n("{count} planned line", "{count} planned lines", lines.height)
    return _(
        "{lines}: {out} out and {into} in over {weeks} weeks",
        lines=said,
        out=about(out, currency),
        into=about(into, currency),
        weeks=weeks,
    )


def lines_method(*, in_grid: bool = True) -> str:
    """Say how planned lines are edited and what they do; without a grid they are changed one by one."""
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
    """Return what has to be written so that the planned lines become what was typed.

    Args:
        before: of `line_rows`.
        after: the rows as they stand in the table now; a new one has no `line_id`, one left out is deleted.
    """
    known = {row["line_id"]: row for row in before.iter_rows(named=True)}
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    changed = added = 0
    for place, row in enumerate(after, start=1):
        was = known.pop(row.get("line_id") or "", None)
        if was is not None and all(row.get(name) == was[name] for name in _EDITED):
            continue
        if was is None and not any(row.get(name) for name in ("label", "amount", "first_date", "until")):
            continue
        found = _problems(row, text(row.get("label")) or _("Row {number}", number=place))
        if found:
            problems += found
            continue
        rows.append(_to_write(row, was["line_id"] if was else f"plan-{uuid.uuid4().hex[:8]}"))
        changed, added = changed + (was is not None), added + (was is None)
    # What is left was deleted: an amount of nothing takes a line out.
    rows += [_to_write(row, row["line_id"]) | {"amount": "0.00"} for row in known.values()]
    return Changes(pl.DataFrame(rows, schema=_WRITTEN), changed, added, len(known), tuple(problems))


def lines_saved(changes: Changes) -> str:
    """Say what was saved."""
    parts = (
        (changes.changed, _n("{count} line changed", "{count} lines changed", changes.changed)),
        (changes.added, _n("{count} line added", "{count} lines added", changes.added)),
        (changes.removed, _n("{count} line taken out", "{count} lines taken out", changes.removed)),
    )
    return _("Saved: {what}.", what=", ".join(said for count, said in parts if count))


def _problems(row: Mapping[str, Any], name: str) -> list[Problem]:
    found: list[tuple[str, str]] = []
    if not text(row.get("label")):
        found.append(("label", _("write what the line is for")))
    try:
        value = amount(row.get("amount"))
        if value is None or value <= 0:
            found.append(
                ("amount", _("write an amount above 0; the direction says whether it goes out or in"))
            )
    except NotAnAmountError as error:
        found.append(("amount", str(error)))
    if row.get("direction") not in _DIRECTIONS:
        found.append(("direction", _("choose out or in")))
    if not text(row.get("category")):
        found.append(("category", _("choose what it is for")))
    if row.get("repeat") not in REPEATS:
        found.append(("repeat", _("choose how often it comes back")))
    first, until = row.get("first_date"), row.get("until")
    if first is None:
        found.append(("first_date", _("choose the first day")))
    elif until is not None and until < first:
        found.append(
            (
                "until",
                _("the last day, {until}, is before the first, {first}", until=day(until), first=day(first)),
            )
        )
    return [Problem(name, heading(field), sentence) for field, sentence in found]


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


def ahead_said(row: Mapping[str, Any], currency: str) -> str:
    """Say of one line when it comes next, what it comes to and what came in its place."""
    if row["next_date"] is None:
        return _("Nothing of it falls in the coming weeks.")
    value = amount(row["ahead"]) or Decimal(0)
    said = _(
        "Next on {day}; {amount} in the coming weeks.",
        day=day(row["next_date"]),
        amount=money(value, currency, 0),
    )
    return said + (f" {row['gives_way']}" if row["gives_way"] else "")
