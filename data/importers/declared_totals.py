"""Totals that a list of another program states, compared with its rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

COLUMNS = ("amount", "open_amount", "vat_amount", "gross", "fee", "net")
"""The columns of which a total is compared."""
_WIDE = pl.Decimal(38, 2)


@dataclass(frozen=True)
class Declared:
    """Totals of a list, and sums of its rows.

    Attributes:
        totals: `line`, `last`, `section`, `currency`, and those of `COLUMNS` that the list has, null where
            the line states none.
        sums: `section`, `currency` and the same columns, summed over the rows.
    """

    totals: pl.DataFrame
    sums: pl.DataFrame


def take_out(
    rows: pl.DataFrame, sections: pl.Series, totals: Collection[int]
) -> tuple[pl.DataFrame, Declared]:
    """Take the totals out of typed rows.

    Args:
        rows: typed, in the order of the file.
        sections: for every row the section it stands in.
        totals: positions of the rows that are totals.
    """
    currency = [] if "currency" in rows.columns else [pl.lit(None, dtype=pl.String).alias("currency")]
    stated = rows.with_columns(
        *currency, sections.alias("section"), is_total=pl.int_range(pl.len()).is_in(list(totals))
    )
    columns = [name for name in COLUMNS if name in rows.columns]
    amounts = [pl.col(name).cast(_WIDE) for name in columns]
    is_total = pl.col("is_total")
    declared = Declared(
        stated.filter(is_total).select("line", "last", "section", "currency", *amounts),
        stated.filter(~is_total).group_by("section", "currency").agg(amount.sum() for amount in amounts),
    )
    return stated.filter(~is_total).select(rows.columns), declared


def disagreeing(parts: Sequence[Declared]) -> tuple[pl.DataFrame, int]:
    """Return the totals that no sum of the list explains, and how many do agree.

    A total is that of the rows of its section, of those after it, of the list, or of the list in its
    currency; a list may state totals of any of them. A total of what is open is compared by that alone:
    what a list adds up beside it may leave out the amounts of payments.
    """
    totals = pl.concat(part.totals for part in parts)
    columns = [name for name in COLUMNS if name in totals.columns]
    sums = pl.concat(part.sums for part in parts)
    scopes = [
        ["section"], ["section", "currency"], ["currency"], [],
    ]  # fmt: skip
    agrees = pl.Series([False] * totals.height, dtype=pl.Boolean)
    for scope in scopes:
        agrees |= _agrees(totals, sums, scope, columns)
    agrees |= _agrees(totals, sums.with_columns(pl.col("section") - 1), ["section"], columns)
    is_stated = totals.select(
        pl.any_horizontal(pl.col(name).is_not_null() for name in columns).alias("stated")
    )["stated"]
    wrong = totals.filter(~agrees & is_stated)
    return wrong, totals.height - wrong.height


def _agrees(totals: pl.DataFrame, sums: pl.DataFrame, scope: list[str], columns: list[str]) -> pl.Series:
    of_all = [pl.col(name).sum().name.suffix("_sum") for name in columns]
    if scope:
        compared = totals.join(
            sums.group_by(scope).agg(of_all), on=scope, how="left", nulls_equal=True, maintain_order="left"
        )
    else:
        compared = totals.join(sums.select(of_all), how="cross")
    equal = {
        name: pl.col(name).is_null() | (pl.col(name) == pl.col(f"{name}_sum")).fill_null(value=False)
        for name in columns
    }
    agrees = pl.all_horizontal(*equal.values())
    if "open_amount" in equal:
        agrees = pl.when(pl.col("open_amount").is_not_null()).then(equal["open_amount"]).otherwise(agrees)
    return compared.select(agrees.alias("agrees"))["agrees"]
