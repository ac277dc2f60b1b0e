"""Shapes of lists: what becomes of a row per document, with its customer and what is known of its payment.

Presets name the shape of a list: documents alone, with the day each was cleared, with what is open on a day,
entries with the code of what they settle, or bills of suppliers. A row becomes rows of several grains.
"""

from typing import TYPE_CHECKING

import polars as pl

from data.grains import BY_NAME, Grain
from data.importers.bank_grains import BANK_LIST, SETTLEMENT_LIST
from data.importers.bank_rows import with_amounts, with_moves
from data.importers.cells import DTYPES
from data.importers.letters import contact_kind
from data.importers.list_grains import (
    CLEARED_INVOICES,
    CRM_ACTIVITIES,
    CRM_COMPANIES,
    CRM_PERSONS,
    ENTRIES,
    INVOICE_COLUMNS,
    INVOICE_LIST,
    NEEDS,
    NO_DOCUMENT,
    OF_CUSTOMER,
    OPEN_ITEMS_LIST,
    OPPORTUNITIES,
    PAYABLES,
)

if TYPE_CHECKING:
    from data.importers.layout import Layout

__all__ = ["NEEDS", "NO_DOCUMENT", "SHAPES", "conform", "derive", "kind_of", "split", "unsaid"]

_FOLLOWS = {"invoice_type"}  # from the sign of the amount
_DERIVED = {"invoice_id", "customer_id", "amount", "open_amount", "list_date"}
SHAPES: dict[str, Grain] = {
    "cleared_invoices": CLEARED_INVOICES,
    "invoices": INVOICE_LIST,
    "open_items": OPEN_ITEMS_LIST,
    "entries": ENTRIES,
    "payables": PAYABLES,
    "crm_companies": CRM_COMPANIES,
    "crm_persons": CRM_PERSONS,
    "crm_activities": CRM_ACTIVITIES,
    "opportunities": OPPORTUNITIES,
    "bank_entries": BANK_LIST,
    "provider_settlement": SETTLEMENT_LIST,
}
"""Shape of a list as presets name it -> its columns."""
_KINDS = {
    "open_items": "open_items",
    "payables": "bills",
    "crm_companies": "customers",
    "crm_persons": "customers",
    "crm_activities": "contacts",
    "bank_entries": "bank_entries",
    "provider_settlement": "provider_payments",
}
_AMOUNTS = {"amount", "debit", "credit", "net_amount"}
_NAMES = {"customer_name"}
_WORKED_OUT = {"customer_id", "crm_id", "contact_name", "contact_function", "phone", "email"}
# Shape -> the grains it gives besides customers and invoices.
_BESIDE = {"open_items_list": ("open_items",)}


def kind_of(shape: str) -> str:
    """Return the grain whose rows are counted of a list of this shape."""
    return _KINDS.get(shape, "invoices")


def derive(rows: pl.DataFrame, grain: Grain, sources: set[str]) -> pl.DataFrame:
    """Fill the columns that follow from others: the type from the sign where the file does not have it.

    Args:
        rows: typed, all columns of the grain.
        grain: their kind.
        sources: the columns that the file has.
    """
    if grain.name == "contacts":
        return rows.with_columns(contact_kind(pl.col("kind")).alias("kind"))
    if grain in {INVOICE_LIST, OPEN_ITEMS_LIST, ENTRIES}:
        return _derive_list(rows, grain, sources)
    if by_columns := _DERIVE.get(grain.name):
        return by_columns(rows)
    if "invoice_type" in sources or grain.name not in {"invoices", "cleared_invoices"}:
        return rows
    return rows.with_columns(_type_by_sign(pl.col("amount")).alias("invoice_type"))


def _type_by_sign(amount: pl.Expr) -> pl.Expr:
    return pl.when(amount < 0).then(pl.lit("credit_note")).otherwise(pl.lit("invoice"))


def _derive_list(rows: pl.DataFrame, grain: Grain, sources: set[str]) -> pl.DataFrame:
    """Work out amounts, customer and type of the rows of a list."""
    rows = rows.with_columns(_amount(), pl.coalesce("customer_id", "customer_name").alias("customer_id"))
    if grain is OPEN_ITEMS_LIST:
        rows = _derive_open(rows, sources)
    # A credit note written without a sign is told by its type.
    is_credit = (pl.col("invoice_type") == "credit_note") & (pl.col("amount") > 0)
    amounts = [name for name in ("amount", "open_amount", "vat_amount") if name in rows.columns]
    rows = rows.with_columns(
        pl.when(is_credit).then(-pl.col(name).abs()).otherwise(pl.col(name)).alias(name) for name in amounts
    )
    return rows.with_columns(_type_by_sign(pl.col("amount")).alias("invoice_type"))


def _amount() -> pl.Expr:
    """Return the amount with its sign, from whatever columns the list has for it."""
    vat = pl.col("vat_amount").fill_null(_zero())
    with_vat = (pl.col("net_amount") + vat).cast(DTYPES["money"])
    return pl.coalesce(_signed("amount", "debit", "credit"), with_vat).alias("amount")


def _derive_open(rows: pl.DataFrame, sources: set[str]) -> pl.DataFrame:
    """Work out what is open of each row, and the day of the list where the days overdue tell it.

    A document that the list calls paid is open for nothing. Where no column says what is open, all of it is
    until the day it was cleared. A document without an amount, or with none but what is open (a payment
    that no invoice took), has that for its amount.
    """
    if not sources & {"open_amount", "open_debit", "open_credit", "paid_amount", "state"}:
        is_cleared = pl.col("cleared_date").is_not_null()
        rows = rows.with_columns(
            open_amount=pl.when(is_cleared).then(_zero()).otherwise("amount").cast(DTYPES["money"])
        )
    unpaid = (pl.col("amount") - pl.col("paid_amount")).cast(DTYPES["money"])
    stated = pl.coalesce(_signed("open_amount", "open_debit", "open_credit"), unpaid)
    rows = rows.with_columns(
        pl.when(pl.col("state") == "paid")
        .then(_zero())
        .otherwise(pl.coalesce(stated, pl.when(state="open").then("amount")))
        .alias("open_amount")
    )
    is_money = ((pl.col("document_type") == "payment") & (pl.col("open_amount") != 0)).fill_null(value=False)
    has_none = pl.col("amount").is_null() | (pl.col("amount") == 0) | is_money
    overdue = pl.col("days_overdue").cast(pl.Int64).cast(pl.String) + "d"
    return rows.with_columns(
        pl.when(has_none).then("open_amount").otherwise("amount").alias("amount"),
        pl.coalesce("list_date", pl.col("due_date").dt.offset_by(overdue)).alias("list_date"),
        pl.coalesce("invoice_id", _made_number()).alias("invoice_id"),
    )


def _derive_payables(rows: pl.DataFrame) -> pl.DataFrame:
    """Work out amounts and supplier; what the list says is open is not paid yet."""
    rows = rows.with_columns(
        _signed("amount", "credit", "debit"),
        _signed("open_amount", "open_credit", "open_debit"),
        pl.coalesce("supplier", "supplier_id").alias("supplier"),
    )
    paid = pl.when(pl.col("state") == "paid").then("amount")
    return rows.with_columns(
        pl.coalesce("amount", "open_amount").alias("amount"),
        pl.coalesce(
            paid, "paid_amount", (pl.col("amount") - pl.col("open_amount")).cast(DTYPES["money"])
        ).alias("paid_amount"),
    )


_DERIVE = {PAYABLES.name: _derive_payables, BANK_LIST.name: with_amounts, SETTLEMENT_LIST.name: with_moves}


def _zero() -> pl.Expr:
    return pl.lit("0.00").cast(DTYPES["money"])


def _signed(amount: str, debit: str, credit: str) -> pl.Expr:
    """Return an amount with its sign, from a column of its own, its side, or columns for the two sides."""
    side = pl.when(side="credit").then(-pl.col(amount).abs()).otherwise(pl.col(amount))
    both = pl.col(debit).fill_null(_zero()) - pl.col(credit).fill_null(_zero())
    has_both = pl.col(debit).is_not_null() | pl.col(credit).is_not_null()
    return pl.coalesce(side, pl.when(has_both).then(both)).cast(DTYPES["money"]).alias(amount)


def _made_number() -> pl.Expr:
    """Return a number for an open item without one; the same item has it on every list.

    What is open may change from list to list, the amount of the document does not.
    """
    by_day = pl.concat_str(
        "customer_id", pl.col("invoice_date").cast(pl.String), pl.col("amount").cast(pl.String),
        separator=" ", ignore_nulls=True,
    )  # fmt: skip
    return pl.coalesce(pl.concat_str("customer_id", "entry_number", separator=" "), by_day)


def unsaid(layout: "Layout") -> tuple[str, ...]:
    """Return the columns that files of a layout say nothing of, as `invoices.entity`, in alphabetical order.

    What a preset for a list states of every customer alike (a country, a term) is said of none of them: it
    counts until a file speaks of that customer.
    """
    silent = {column.name for column in layout.absent}
    if layout.grain in {CRM_COMPANIES, CRM_PERSONS}:
        # The books come before a CRM, but for whom to speak to.
        stated = {feed.column.name for feed in layout.feeds} | _WORKED_OUT
        return _columns(
            {"customers": {column.name for column in BY_NAME["customers"].columns} - stated | _NAMES}
        )
    if layout.grain in {CRM_ACTIVITIES, BANK_LIST, SETTLEMENT_LIST}:
        return ()
    if layout.grain is PAYABLES:
        silent -= _DERIVED | {"supplier", "paid_amount"}
        return _columns({"bills": silent})
    if layout.grain not in SHAPES.values():
        silent -= {*layout.grain.key, *_FOLLOWS}
        return _columns({layout.grain.name: silent})
    stated = {feed.column.name for feed, _text in layout.constants}
    own = {column.name for column in INVOICE_COLUMNS}
    silent -= _FOLLOWS if layout.grain is CLEARED_INVOICES else _FOLLOWS | _DERIVED
    if layout.grain is OPEN_ITEMS_LIST and not _AMOUNTS & {feed.column.name for feed in layout.feeds}:
        # What is open is no amount of the document: a later list has less of it.
        silent.add("amount")
    beside = _BESIDE.get(layout.grain.name, ()) + (("payments",) if _has_payments(layout) else ())
    return _columns(
        {
            "customers": silent | (stated - own),
            "invoices": silent | OF_CUSTOMER,
            **{name: silent & {"entity"} for name in beside},
        }
    )


def _columns(unstated: dict[str, set[str]]) -> tuple[str, ...]:
    return tuple(
        sorted(
            f"{grain}.{column.name}"
            for grain, names in unstated.items()
            for column in BY_NAME[grain].columns
            if column.name in names
        )
    )


def _has_payments(layout: "Layout") -> bool:
    return layout.grain in {CLEARED_INVOICES, ENTRIES} or "cleared_date" in {
        feed.column.name for feed in layout.feeds
    }


def split(rows: pl.DataFrame, layout: "Layout") -> dict[str, pl.DataFrame]:
    """Split accepted rows of a list into customers, invoices, and payments or open items.

    A cleared invoice is paid in full on its clearing date by a payment named after it; a negative one is
    a credit note and its payment is negative too. One that is not cleared has a payment of 0.00, which takes
    back what an older file said.
    """
    grain = layout.grain
    if grain is PAYABLES:
        return {"bills": conform(rows, BY_NAME["bills"]).sort("line")}
    frames = {"customers": customers_of(rows), "invoices": _without_customer(rows)}
    if _has_payments(layout):
        frames["payments"] = _payments(rows)
    if grain is OPEN_ITEMS_LIST:
        # Money on a list has no amount but what is open of it, less on a later one: the first list counts.
        is_money = (pl.col("document_type") == "payment").fill_null(value=False)
        frames["invoices"] = frames["invoices"].with_columns(
            amount=pl.when(is_money).then(_zero()).otherwise("amount")
        )
        frames["open_items"] = rows.with_columns(pl.lit(None, dtype=pl.String).alias("list"))
    return {name: conform(frame, BY_NAME[name]).sort("line") for name, frame in frames.items()}


def customers_of(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the customers of a list, one row each.

    Attributes that differ between rows are taken, all of them, from the row with the latest invoice date,
    then the highest invoice id: one row of the file, whatever the order of its rows. A customer without a
    name is called by its id.
    """
    newest = rows.sort("invoice_date", "invoice_id").unique("customer_id", keep="last", maintain_order=True)
    return newest.with_columns(pl.coalesce("customer_name", "customer_id").alias("customer_name"))


def _without_customer(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.lit(None).alias(name) for name in sorted(OF_CUSTOMER))


def _payments(rows: pl.DataFrame) -> pl.DataFrame:
    is_cleared = pl.col("cleared_date").is_not_null()
    if "open_amount" in rows.columns:
        is_cleared &= pl.col("open_amount") == 0
    return rows.with_columns(
        payment_id=pl.col("invoice_id"),
        payment_date=pl.when(is_cleared).then("cleared_date").otherwise("invoice_date"),
        kind=pl.lit("payment"),
        place=pl.lit(1),
        amount=pl.when(is_cleared).then("amount").otherwise(_zero()),
    )


def conform(rows: pl.DataFrame, grain: Grain) -> pl.DataFrame:
    """Return exactly the grain's columns, in its order and types, and `line`.

    What a file may leave out is null where it is not there.
    """
    absent = [
        column.name for column in grain.file_columns if not column.needed and column.name not in rows.columns
    ]
    return rows.with_columns(pl.lit(None).alias(name) for name in absent).select(
        *(pl.col(column.name).cast(DTYPES[column.type]) for column in grain.columns),
        pl.col("line").cast(pl.Int64),
    )
