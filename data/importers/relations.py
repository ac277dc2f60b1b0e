"""What the values of two columns say of each other: evidence now, and a check of every later file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from data.importers import list_reasons
from data.importers.propose import reasons
from data.importers.value_formats import Formats
from data.message_templates import Template

# Of the rows with both; fewer say that a column is something else, or has become it.
HELD = 0.98


@dataclass(frozen=True)
class Relation:
    """One relation that holds in a list.

    Attributes:
        check: its code in a preset (`checks`).
        column, other: the column it speaks of, and the one it is compared with.
        holds: over as_values columns.
        evidence, contrary: why a heading is right, or why it may not be.
        broken: that it does not hold in a later file, as a clause.
    """

    check: str
    column: str
    other: str
    holds: pl.Expr
    evidence: Template
    contrary: Template
    broken: Template


RELATIONS = (
    Relation(
        "due_after_invoice",
        "due_date",
        "invoice_date",
        pl.col("due_date") >= pl.col("invoice_date"),
        reasons.ALSO_AFTER,
        reasons.BEFORE_INVOICE,
        list_reasons.DUE_BEFORE_INVOICE,
    ),
    Relation(
        "cleared_after_invoice",
        "cleared_date",
        "invoice_date",
        pl.col("cleared_date") >= pl.col("invoice_date"),
        reasons.ALSO_AFTER,
        reasons.BEFORE_INVOICE,
        list_reasons.CLEARED_BEFORE_INVOICE,
    ),
    Relation(
        "open_within_amount",
        "open_amount",
        "amount",
        pl.col("open_amount").abs() <= pl.col("amount").abs(),
        reasons.ALSO_WITHIN,
        reasons.MORE_THAN_AMOUNT,
        list_reasons.OPEN_ABOVE_AMOUNT,
    ),
)
CHECKS = tuple(relation.check for relation in RELATIONS)


def rows_that_agree(rows: pl.DataFrame, relation: Relation) -> tuple[int, int]:
    """Return in how many rows a relation holds, and how many have both values; 0, 0 without them."""
    if not {relation.column, relation.other} <= set(rows.columns):
        return 0, 0
    holds = rows.select(relation.holds.alias("holds"))["holds"].drop_nulls()
    return int(holds.sum()), holds.len()


def as_values(texts: Mapping[str, Sequence[str]], formats: Formats) -> pl.DataFrame:
    """Return columns of days and amounts as_values, null where a text is none.

    Args:
        texts: column -> its cells as the preset would read them, empty ones too.
        formats: how they are written.
    """
    rows = pl.DataFrame({name: pl.Series(cells, dtype=pl.String) for name, cells in texts.items()})
    amount = formats.amount_pattern("1,")
    return rows.select(
        formats.day(pl.col(name)).alias(name)
        if name.endswith("_date")
        else pl.when(pl.col(name).str.contains(amount))
        .then(formats.plain_amount(pl.col(name)))
        .cast(pl.Decimal(38, 10))
        .alias(name)
        for name in rows.columns
    )
