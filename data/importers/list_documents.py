"""Rows of a list that are of one document: lines of an invoice, its instalments, payments listed beside it.

A document goes in as a whole, or not at all: if one of its rows is refused, all of them are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from data.importers import list_reasons, reasons
from data.importers.cells import DTYPES
from data.importers.row_parser import REJECT_SCHEMA

_IDENTITY = ("customer_id", "supplier", "currency", "entity")
_LINES_NAMED = 5


@dataclass(frozen=True)
class ListDocuments:
    """What the rows of a list are of.

    Attributes:
        rows: one row per document, as typed rows of the list; `line` is that of its first row.
        parts: `invoice_id`, `due_date`, `amount`, `line` of documents that fall due on several days.
        duplicate: rows that repeat one before them in everything.
        joined: rows that are further lines of a document.
        rejects: rows that contradict others of their number, as `row_parser.REJECT_SCHEMA`.
    """

    rows: pl.DataFrame
    parts: pl.DataFrame
    duplicate: int
    joined: int
    rejects: pl.DataFrame


def documents_of(
    rows: pl.DataFrame, *, number: str, label: str, line_amounts: Sequence[str], refused: pl.DataFrame
) -> ListDocuments:
    """Put rows of one document together.

    Args:
        rows: typed rows that are good in themselves, in the order of the file.
        number: column of their number.
        label: heading of it.
        line_amounts: money columns of which each row has a part; all other columns must then agree.
        refused: number and `line` of rows that are refused.
    """
    rows, doubtful = _of_refused(rows, number, label, refused)
    content = [name for name in rows.columns if name not in {"line", "last"}]
    is_first = rows.select(
        (pl.struct(content).is_first_distinct() | _has_no_number(rows, number)).alias("first")
    )
    distinct = rows if line_amounts else rows.filter(is_first["first"])
    duplicate = rows.height - distinct.height
    identity = [name for name in _IDENTITY if name in rows.columns]
    several = distinct.filter(distinct.select(number).is_duplicated())
    if several.is_empty():
        return ListDocuments(distinct, _no_parts(number), duplicate, 0, doubtful)
    single = distinct.filter(~distinct.select(number).is_duplicated())
    can_add = bool(line_amounts) or "open_amount" in rows.columns
    same = [name for name in content if name not in line_amounts] if line_amounts else [number, *identity]
    if not can_add:
        same = content
    differing = (
        several.group_by(number)
        .agg(pl.struct(same).n_unique().alias("contents"))
        .filter(pl.col("contents") > 1)
    )
    contradicted = several.join(differing, on=number, how="semi", nulls_equal=True)
    several = several.join(differing, on=number, how="anti", nulls_equal=True, maintain_order="left")
    # Rows that cannot be added were equal, and are repeats, or contradict one another.
    documents, parts = _added(several, number, line_amounts) if can_add else (several, _no_parts(number))
    return ListDocuments(
        pl.concat([single, documents]).sort("line"),
        parts,
        duplicate,
        several.height - documents.height,
        pl.concat([doubtful, _contradictions(contradicted, number, label)]),
    )


def _of_refused(
    rows: pl.DataFrame, number: str, label: str, refused: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take out the rows of documents of which another row is refused."""
    if refused.is_empty():
        return rows, pl.DataFrame(schema=REJECT_SCHEMA)
    first = refused.group_by(number).agg(pl.col("line").min().alias("other"))
    incomplete = rows.join(first, on=number, how="inner", maintain_order="left")
    rejects = incomplete.select(
        "line",
        "last",
        pl.lit(label).alias("column"),
        list_reasons.PART_REFUSED.over(label=label, line=pl.col("other")).alias("reason"),
    )
    return rows.join(first, on=number, how="anti", maintain_order="left"), rejects.match_to_schema(
        REJECT_SCHEMA
    )


def _has_no_number(rows: pl.DataFrame, number: str) -> pl.Expr:
    """Tell rows whose number was made of customer, day and amount: two equal ones are two payments."""
    if "open_amount" not in rows.columns or number != "invoice_id":
        return pl.lit(value=False)
    return pl.col(number).str.starts_with(pl.col("customer_id") + " ").fill_null(value=False)


def _contradictions(rows: pl.DataFrame, number: str, label: str) -> pl.DataFrame:
    lines = rows.group_by(number).agg(pl.col("line").head(_LINES_NAMED + 1).alias("lines"))
    others = pl.col("lines").list.set_difference(pl.concat_list("line")).list.sort().list.head(_LINES_NAMED)
    return (
        rows.join(lines, on=number, maintain_order="left")
        .select(
            "line",
            "last",
            pl.lit(label).alias("column"),
            reasons.SAME_KEY.over(key=[label], lines=others.cast(pl.List(pl.String)).list.join(", ")).alias(
                "reason"
            ),
        )
        .match_to_schema(REJECT_SCHEMA)
    )


def _added(rows: pl.DataFrame, number: str, line_amounts: Sequence[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return one row per document, and the parts of those that fall due on several days."""
    if line_amounts:
        sums = [pl.col(name).sum().cast(DTYPES["money"]).alias(name) for name in line_amounts]
        rest = [name for name in rows.columns if name not in {number, *line_amounts}]
        documents = rows.group_by(number, maintain_order=True).agg(*sums, pl.col(rest).first())
        return _with_type(documents.select(rows.columns)), _no_parts(number)
    columns = rows.columns
    of_document = rows.group_by(number).agg(
        total=pl.col("open_amount").sum().cast(DTYPES["money"]), gross=_gross().cast(DTYPES["money"])
    )
    # The document itself is the first row that has its sign; a payment listed beside it has the other.
    rows = rows.join(of_document, on=number, maintain_order="left").with_columns(
        is_own=pl.col("amount").sign() == pl.col("gross").sign()
    )
    day = "invoice_date" if "invoice_date" in columns else "bill_date"
    ordered = rows.sort("is_own", day, "due_date", "line", descending=[True, False, False, False])
    documents = ordered.unique(number, keep="first", maintain_order=True)
    documents = documents.with_columns(amount=pl.col("gross"), open_amount=pl.col("total"))
    return _with_type(documents.select(columns)), _parts(rows.filter("is_own"), number)


def _parts(own: pl.DataFrame, number: str) -> pl.DataFrame:
    """Return the instalments of documents whose rows fall due on several days and add up to the document."""
    of_rows = own.with_columns(
        days=pl.col("due_date").n_unique().over(number),
        undated=pl.col("due_date").is_null().any().over(number),
        amounts=pl.col("amount").sum().over(number),
        opens=pl.col("open_amount").sum().over(number),
    ).filter((pl.col("days") > 1) & ~pl.col("undated"))
    part = (
        pl.when(pl.col("amounts") == pl.col("gross"))
        .then("amount")
        .when(pl.col("opens") == pl.col("gross"))
        .then("open_amount")
    )
    parts = of_rows.select(number, "due_date", part.cast(DTYPES["money"]).alias("amount"), "line")
    return parts.filter(pl.col("amount").is_not_null())


def _gross() -> pl.Expr:
    """Return the amount of a document with several rows.

    The amount of the whole document may stand again on each of its rows: then they are equal, and no less
    than all that is open. Otherwise each row has its own, and those that go against it are payments.
    """
    amount, open_amount = pl.col("amount"), pl.col("open_amount")
    is_repeated = (amount.n_unique() == 1) & (open_amount.sum().abs() <= amount.first().abs())
    side = pl.when(open_amount.sum() != 0).then(open_amount.sum()).otherwise(amount.sum())
    own_side = (
        pl.when(side < 0).then(amount.filter(amount < 0).sum()).otherwise(amount.filter(amount > 0).sum())
    )
    return pl.when(is_repeated).then(amount.first()).otherwise(own_side)


def _with_type(documents: pl.DataFrame) -> pl.DataFrame:
    if "invoice_type" not in documents.columns:
        return documents
    is_credit = pl.when(pl.col("amount") < 0).then(pl.lit("credit_note")).otherwise(pl.lit("invoice"))
    return documents.with_columns(is_credit.alias("invoice_type"))


def _no_parts(number: str) -> pl.DataFrame:
    return pl.DataFrame(
        schema={number: pl.String(), "due_date": pl.Date(), "amount": DTYPES["money"], "line": pl.Int64()}
    )
