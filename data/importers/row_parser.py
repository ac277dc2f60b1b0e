"""A batch of rows of text to typed rows, and a reject with its reason for every other one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import NamedTuple

import polars as pl

from data.importers import declared_totals, reasons
from data.importers.cells import DTYPES, Feed, is_bad, reason, typed_value
from data.importers.declared_totals import Declared
from data.importers.layout import Layout
from data.importers.rules import RULES
from data.importers.shapes import derive
from data.message_templates import MESSAGES, Message

REJECT_SCHEMA = pl.Schema({"line": pl.Int64(), "last": pl.Int64(), "column": pl.String(), "reason": MESSAGES})
_TOTAL_WORD = r"(?i)^\s*(?:sub|eind|grand |sub )?(?:totaal|totalen|total|totals|saldo)\s*:?\s*$"


@dataclass
class Batch:
    """Rows of text as they come from the file.

    Attributes:
        cells: the rows with as many cells as the header.
        first, last: their first and last line in the file.
        damaged: position among `cells` -> label of the first cell that did not decode.
        broken: first line, last line and reason of every row that has no such cells.
        columns: column of the grain -> its cells, in place of `cells`.
        frame: the rows of a list of another program in place of `cells`: `line`, `last`, and `raw:` columns.
        totals: positions in `frame` of rows that state a total.
        sections: for every row of `frame` the section it stands in: of one customer, or between totals.
    """

    cells: list[list[str]] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    damaged: dict[int, str] = field(default_factory=dict)
    broken: list[tuple[int, int, Message]] = field(default_factory=list)
    columns: Mapping[str, Sequence[str]] | None = None
    frame: pl.DataFrame | None = None
    totals: set[int] = field(default_factory=set)
    sections: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.Int64))

    @property
    def height(self) -> int:
        """Number of data rows, broken ones included."""
        rows = len(self.first) if self.frame is None else self.frame.height
        return rows + len(self.broken)


@dataclass(frozen=True)
class Parsed:
    """What became of a batch.

    Attributes:
        good: typed rows, the columns of the layout's grain, `line` and `last`; keys are not compared yet.
        rejects: REJECT_SCHEMA.
        totals: `line`, `last`, `amount` of the rows that the preset says are totals.
        total: sum of the grain's total column where it is readable; 0 for a grain without.
        declared: totals of a list of another program, with the sums they are compared to; None for others.
    """

    good: pl.DataFrame
    rejects: pl.DataFrame
    totals: pl.DataFrame
    total: Decimal
    declared: Declared | None = None


class _Check(NamedTuple):
    label: str | None
    bad: pl.Expr
    reason: Callable[[], pl.Expr]  # made where a row is bad: that takes longer than checking


def parse(batch: Batch, layout: Layout, total_row: tuple[str, str] | None) -> Parsed:
    """Type the rows of a batch and check every cell and row by itself.

    Args:
        batch: rows of text.
        layout: where each cell goes.
        total_row: (label, text) that marks a row of totals, for presets that have one.
    """
    rows = _typed(_frame(batch, layout), layout)
    totals, declared = rows.clear(), None
    if batch.frame is not None:
        rows, declared = declared_totals.take_out(rows, batch.sections, batch.totals)
    elif total_row:
        marker = next(feed.raw for feed in layout.positions if feed and feed.label == total_row[0])
        is_total = (pl.col(marker) == total_row[1]).fill_null(value=False)
        totals, rows = rows.filter(is_total), rows.filter(~is_total)
    checks = _checks(layout)
    is_good = ~pl.any_horizontal(check.bad.fill_null(value=False) for check in checks)
    flags = rows.select(is_good.alias("good"))["good"]
    names = [column.name for column in layout.grain.columns]
    total_column = layout.grain.total
    return Parsed(
        rows.filter(flags).select(*names, "line", "last"),
        pl.concat([_rejects(rows.filter(~flags), layout, checks), _broken(batch)]),
        totals.select("line", "last", amount=pl.col(total_column) if total_column else pl.lit(None)),
        _sum(rows[total_column]) if total_column else Decimal(0),
        declared,
    )


def _sum(amounts: pl.Series) -> Decimal:
    total = amounts.cast(pl.Decimal(38, 2)).sum()
    return total if isinstance(total, Decimal) else Decimal("0.00")


def total_of(rows: pl.DataFrame, column: str) -> Decimal:
    """Return the exact sum of a money column, 0.00 for no rows."""
    return _sum(rows[column])


def _frame(batch: Batch, layout: Layout) -> pl.DataFrame:
    if batch.frame is not None:
        return batch.frame.with_columns(damaged=pl.lit(None, dtype=pl.String))
    damaged: list[str | None] = [None] * len(batch.first)
    for position, label in batch.damaged.items():
        damaged[position] = label
    values: Iterable[Sequence[str]]
    if batch.columns is not None:
        values = [batch.columns[feed.column.name] for feed in layout.positions if feed]
    else:
        values = zip(*batch.cells, strict=True) if batch.cells else [()] * len(layout.positions)
    columns = {
        feed.raw: pl.Series(cells, dtype=pl.String)
        for feed, cells in zip(layout.positions, values, strict=True)
        if feed
    }
    return pl.DataFrame(
        {
            "line": pl.Series(batch.first, dtype=pl.Int64),
            "last": pl.Series(batch.last, dtype=pl.Int64),
            "damaged": pl.Series(damaged, dtype=pl.String),
            **columns,
        }
    )


def _typed(frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    raw = [feed.raw for feed in layout.positions if feed]
    constants = [pl.lit(text or None, dtype=pl.String).alias(feed.raw) for feed, text in layout.constants]
    filled = frame.with_columns(pl.when(pl.col(raw) != "").then(pl.col(raw)), *constants)
    absent = [pl.lit(None, dtype=DTYPES[column.type]).alias(column.name) for column in layout.absent]
    rows = filled.with_columns(*(typed_value(feed) for feed in layout.feeds), *absent)
    # Judged before anything is derived: what follows from other columns must not stand in for a wrong cell.
    rows = rows.with_columns(is_bad(feed).alias(_bad(feed)) for feed in layout.feeds)
    return derive(rows, layout.grain, {feed.column.name for feed in layout.feeds})


def _bad(feed: Feed) -> str:
    """Return the name of the column that tells whether a feed's cell is rejected."""
    return f"bad:{feed.column.name}"


def _checks(layout: Layout) -> list[_Check]:
    damaged = partial(reasons.DAMAGED_CELL.over, label=pl.col("damaged"))
    checks = [_Check(None, pl.col("damaged").is_not_null(), damaged)]
    checks += [_Check(feed.label, pl.col(_bad(feed)), partial(reason, feed)) for feed in layout.feeds]
    labels = {column.name: layout.label(column.name) for column in layout.grain.columns}
    for rule in RULES.get(layout.grain.name, ()):
        label = labels[rule.column]
        reason_ = partial(rule.reason.over, label=label, other=labels.get(rule.other, ""))
        checks.append(_Check(label, rule.broken, reason_))
    return checks


def _special(layout: Layout) -> pl.Expr:
    """Return what a bad row is as a whole, where it is a well-known thing; null elsewhere.

    It only words the reason: a row that is good is never rejected for looking like one of these.
    """
    feeds: list[Feed] = [feed for feed in layout.positions if feed]
    is_header = pl.all_horizontal((pl.col(feed.raw) == feed.label).fill_null(value=False) for feed in feeds)
    is_blank = pl.all_horizontal(pl.col(feed.raw).is_null() for feed in feeds)
    is_total = pl.any_horizontal(
        pl.col(feed.raw).str.contains(_TOTAL_WORD).fill_null(value=False) for feed in feeds
    )
    return (
        pl.when(is_header)
        .then(reasons.HEADER_REPEATED.over())
        .when(is_blank)
        .then(reasons.EMPTY_ROW.over())
        .when(is_total)
        .then(reasons.TOTAL_ROW.over())
    )


def _rejects(bad: pl.DataFrame, layout: Layout, checks: list[_Check]) -> pl.DataFrame:
    if bad.is_empty():
        return pl.DataFrame(schema=REJECT_SCHEMA)
    others = pl.concat_str(
        (pl.when(pl.col(_bad(feed))).then(pl.lit(feed.label)) for feed in layout.feeds),
        separator=", ",
        ignore_nulls=True,
    )
    # Each row is worded by the first check it breaks only: wording takes far longer than checking.
    first = pl.coalesce(
        pl.when(check.bad.fill_null(value=False)).then(place) for place, check in enumerate(checks)
    )
    parts = bad.with_columns(first=first).partition_by("first", as_dict=True)
    rejects = pl.concat(
        rows.select(
            "line",
            "last",
            column=pl.col("damaged") if check.label is None else pl.lit(check.label),
            first=check.reason(),
            others=others,
            special=_special(layout),
        )
        for (place,), rows in parts.items()
        for check in [checks[place]]
    )
    also = pl.col("others").str.strip_prefix(pl.col("column")).str.strip_prefix(", ")
    several = reasons.ALSO_WRONG.over(reason=pl.col("first"), labels=also)
    return rejects.select(
        "line",
        "last",
        column=pl.when(pl.col("special").is_null()).then("column"),
        reason=pl.coalesce("special", pl.when(also != "").then(several), "first"),
    )


def _broken(batch: Batch) -> pl.DataFrame:
    rows = [
        (first, last, None, {"text": str(reason_), "message": reason_.to_json()})
        for first, last, reason_ in batch.broken
    ]
    return pl.DataFrame(rows, schema=REJECT_SCHEMA, orient="row")
