"""The numbers that tell rows of one file apart where no column does."""

import hashlib
import json

import polars as pl

from data.grains import SETTLEMENTS, Grain

_CONTACT = ("customer_id", "invoice_id", "contact_date", "channel", "direction", "kind")
_KINDS = [kind.name for kind in SETTLEMENTS]


def number_parts(rows: pl.DataFrame, grain: Grain) -> pl.DataFrame:
    """Number the instalments of one document that fall due on one day, the smallest first, where no row says.

    A schedule is agreed as a whole, and two equal parts on one day are two parts.
    """
    if grain.name != "instalments":
        return rows
    nth = pl.int_range(1, pl.len() + 1).over("invoice_id", "due_date").cast(pl.String)
    return rows.sort("amount", "line").with_columns(pl.coalesce("part", nth).alias("part")).sort("line")


def number_places(rows: pl.DataFrame, grain: Grain) -> pl.DataFrame:
    """Number the rows of one payment on one document: what was paid first, then what came back.

    The order depends on nothing but the rows, so that a file with the same rows repeats the same places.
    """
    if grain.name != "payments":
        return rows
    sign = pl.col("amount").sign()
    order = rows.with_columns(
        first=pl.when(sign == 0).then(2).otherwise(sign < 0),
        second=pl.col("kind").fill_null("payment").replace_strict(_KINDS, range(len(_KINDS))),
    ).sort("first", "second", "part", "payment_date", "amount", "line")
    place = pl.int_range(1, pl.len() + 1).over("payment_id", "invoice_id").cast(pl.Int64)
    return order.with_columns(place=place).drop("first", "second").sort("line")


def number_contacts(rows: pl.DataFrame, grain: Grain) -> pl.DataFrame:
    """Give contacts without a number one that depends on nothing but their file: two equal calls are two.

    A later file with the same rows gives the same numbers, in whatever order its rows stand.
    """
    if grain.name != "contacts" or not rows["contact_id"].null_count():
        return rows
    nth = pl.int_range(1, pl.len() + 1).over(_CONTACT)
    given = rows.filter(pl.col("contact_id").is_not_null())
    unnumbered = rows.filter(pl.col("contact_id").is_null()).sort(
        "received_date", "person", "outcome", "note", "line", nulls_last=True
    )
    keys = unnumbered.select(*_CONTACT, nth.alias("nth"))
    made = pl.Series("contact_id", [_number(key) for key in keys.iter_rows()], dtype=pl.String)
    return pl.concat([given, unnumbered.with_columns(made)]).sort("line")


def _number(key: tuple[object, ...]) -> str:
    return hashlib.sha256(json.dumps(key, default=str).encode()).hexdigest()[:20]
