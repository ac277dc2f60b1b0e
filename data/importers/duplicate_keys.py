"""The same key more than once in one file: repeats are counted, contradictions are rejected.

Of payments, rows that are equal in everything are payments of their own, and all stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from data.grains import Grain
from data.importers import reasons
from data.message_templates import MESSAGES, Template

_LINES_NAMED = 5
_SCHEMA = {"line": pl.Int64(), "last": pl.Int64(), "reason": MESSAGES}


@dataclass(frozen=True)
class Repeats:
    """What is left of the rows of a file after its keys were compared.

    Attributes:
        kept: the rows with a key of their own, and the first of each set of identical ones.
        duplicate: number of rows that repeat an earlier one identically.
        contradicted: `line`, `last` and `reason` (as `Template.over` gives it) of every row whose key stands
            with other content elsewhere.
    """

    kept: pl.DataFrame
    duplicate: int
    contradicted: pl.DataFrame


def unrelated(rows: pl.DataFrame) -> Repeats:
    """Return rows of which none repeats another."""
    return Repeats(rows, 0, pl.DataFrame(schema=_SCHEMA))


def compare(rows: pl.DataFrame, grain: Grain, labels: Sequence[str]) -> Repeats:
    """Compare the rows of one file that share a key; an empty cell of a key is a value like any other.

    Args:
        rows: typed rows that are good in themselves, with `line` and `last` Int64, in the order of the file.
        grain: their kind.
        labels: the names of the key's columns in the file.

    Two rows are identical when every value is: `100` and `100.00` are the same amount. Where contents
    differ, nobody can tell which one is meant, so none of that key's rows goes in.
    """
    if grain.apart is not None:
        return _compare_apart(rows, grain.apart, labels)
    key = grain.key
    is_repeated = rows.select(key).is_duplicated()
    if not is_repeated.any():
        return unrelated(rows)
    repeated = rows.filter(is_repeated)
    content = [name for name in rows.columns if name not in {"line", "last"}]
    distinct = repeated.unique(subset=content, keep="first", maintain_order=True)
    keys = repeated.group_by(key).agg(lines=pl.col("line").head(_LINES_NAMED + 2), count=pl.len())
    keys = keys.join(distinct.group_by(key).agg(contents=pl.len()), on=key, nulls_equal=True)
    contradictory = keys.filter(pl.col("contents") > 1)
    contradicted = repeated.join(contradictory, on=key, nulls_equal=True).select(
        "line", "last", _reason(labels, reasons.SAME_KEY, reasons.SAME_KEY_MORE)
    )
    first = distinct.join(contradictory, on=key, how="anti", nulls_equal=True)
    kept = pl.concat([rows.filter(~is_repeated), first]).sort("line")
    duplicate = repeated.height - contradicted.height - first.height
    return Repeats(kept, duplicate, contradicted)


def _compare_apart(rows: pl.DataFrame, key: tuple[str, ...], labels: Sequence[str]) -> Repeats:
    """Compare payments: those of one key are all equal, or none of them goes in."""
    known = rows.with_columns(pl.col("kind").fill_null("payment"), sign=pl.col("amount").sign())
    repeated = known.filter(known.select(key).is_duplicated())
    content = [name for name in rows.columns if name not in {"line", "last"}]
    keys = repeated.group_by(key).agg(
        lines=pl.col("line").head(_LINES_NAMED + 2), count=pl.len(), contents=pl.struct(content).n_unique()
    )
    contradictory = keys.filter(pl.col("contents") > 1)
    contradicted = repeated.join(contradictory, on=key, nulls_equal=True).select(
        "line", "last", _reason(labels, reasons.SAME_PAYMENT, reasons.SAME_PAYMENT_MORE)
    )
    return Repeats(rows.join(contradicted, on="line", how="anti"), 0, contradicted)


def _reason(labels: Sequence[str], some: Template, many: Template) -> pl.Expr:
    others = pl.col("lines").list.set_difference(pl.concat_list("line")).list.sort()
    named = others.list.head(_LINES_NAMED)
    more = pl.col("count").cast(pl.Int64) - 1 - named.list.len().cast(pl.Int64)
    lines = named.cast(pl.List(pl.String)).list.join(", ")
    return (
        pl.when(more > 0)
        .then(many.over(key=labels, lines=lines, more=more.cast(pl.String)))
        .otherwise(some.over(key=labels, lines=lines))
        .alias("reason")
    )
