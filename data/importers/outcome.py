"""What holds over all rows of a file: keys that repeat or contradict one another, totals it declares."""

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from data.importers import reasons
from data.importers.declared_totals import disagreeing
from data.importers.duplicate_keys import compare, unrelated
from data.importers.layout import Layout
from data.importers.numbers import number_contacts, number_parts, number_places
from data.importers.row_parser import REJECT_SCHEMA, Parsed
from data.importers.shapes import SHAPES, conform, split


@dataclass(frozen=True)
class FileOutcome:
    """The rows of a file after they were compared.

    Attributes:
        rows: the accepted rows; `line` and `last` with them.
        rejects: REJECT_SCHEMA.
        duplicate: number of rows that repeat an earlier one.
        total: sum of the grain's total column over every row where it is readable.
        agreed_totals: number of total rows that agree.
    """

    rows: pl.DataFrame
    rejects: pl.DataFrame
    duplicate: int
    total: Decimal
    agreed_totals: int


def outcome_of(parts: list[Parsed], layout: Layout, *, is_one_file: bool = True) -> FileOutcome:
    """Put the batches together, compare keys and declared totals over the whole file.

    Args:
        parts: the batches.
        layout: of their rows.
        is_one_file: the rows are those of one file; those of several are not compared with one another.
    """
    total = sum((part.total for part in parts), Decimal("0.00"))
    key_labels = [
        feed.label for column in layout.grain.file_key for feed in layout.feeds if feed.column.name == column
    ]
    rows = pl.concat([part.good for part in parts])
    good = number_contacts(number_parts(rows, layout.grain), layout.grain)
    repeats = compare(good, layout.grain, key_labels) if is_one_file else unrelated(good)
    contradicted = repeats.contradicted.select(
        "line", "last", pl.lit(key_labels[0]).alias("column"), "reason"
    )
    declared = [part.declared for part in parts if part.declared is not None]
    if declared:
        wrong, agreed = disagreeing(declared)
    else:
        wrong, agreed = _file_totals(parts, total)
    rejects = pl.concat([*(part.rejects for part in parts), contradicted, wrong_totals(wrong, total)])
    return FileOutcome(
        number_places(repeats.kept, layout.grain),
        rejects.match_to_schema(REJECT_SCHEMA),
        repeats.duplicate,
        total,
        agreed,
    )


def _file_totals(parts: list[Parsed], total: Decimal) -> tuple[pl.DataFrame, int]:
    totals = pl.concat([part.totals for part in parts])
    agrees = pl.col("amount").cast(pl.Decimal(38, 2)).eq_missing(pl.lit(total, dtype=pl.Decimal(38, 2)))
    wrong = totals.filter(~agrees)
    return wrong, totals.height - wrong.height


def wrong_totals(wrong: pl.DataFrame, total: Decimal) -> pl.DataFrame:
    """Return rejects for rows of totals that are not what the rows add up to."""
    return wrong.select(
        "line",
        "last",
        pl.lit(None, dtype=pl.String).alias("column"),
        reasons.WRONG_TOTAL.over(total=total).alias("reason"),
    )


def grains_of(rows: pl.DataFrame, layout: Layout) -> dict[str, pl.DataFrame]:
    """Return accepted rows as the grains they become."""
    if layout.grain in SHAPES.values():
        return split(rows, layout)
    return {layout.grain.name: conform(rows, layout.grain)}


def reject_rows(rejects: pl.DataFrame, raw: list[str]) -> pl.DataFrame:
    """Return rejects as a `Reading` has them: REJECT_SCHEMA by line, with what stands in the file."""
    return rejects.select(
        "line",
        "column",
        pl.col("reason").struct.field("text").alias("reason"),
        pl.Series("raw", raw, dtype=pl.String),
        pl.col("reason").struct.field("message"),
    )
