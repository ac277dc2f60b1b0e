"""Files of one row per invoice with the day it was cleared, as most ledgers export them."""

from typing import TYPE_CHECKING

import polars as pl

from data.grains import BY_NAME, CONTACT_KINDS, Column, Grain
from data.importers.cells import DTYPES

if TYPE_CHECKING:
    from data.importers.layout import Layout

_CUSTOMER_COLUMNS = tuple(
    Column(column.name, column.type, needed=False, may_be_empty=True, choices=column.choices)
    for column in BY_NAME["customers"].columns
    if column.name != "customer_id"
)

# What a row says of terms and interest, which an invoice can have of its own, is agreed with the customer.
_OF_CUSTOMER = {column.name for column in BY_NAME["invoices"].columns} & {
    column.name for column in _CUSTOMER_COLUMNS
}
_INVOICE_COLUMNS = tuple(column for column in BY_NAME["invoices"].columns if column.name not in _OF_CUSTOMER)

CLEARED_INVOICES = Grain(
    "cleared_invoices",
    "invoice",
    "ledger",
    (
        *_INVOICE_COLUMNS,
        Column("cleared_date", "date", may_be_empty=True),
        *_CUSTOMER_COLUMNS,
    ),
    ("invoice_id",),
    "amount",
    "One row per invoice with its clearing date; only presets read it.",
)


_FOLLOWS = {"invoice_type"}  # from the sign of the amount


# What letters are called elsewhere: a notice that is not known for one holds back costs and the next step.
_LETTERS = {
    "reminder": "friendly_reminder",
    "herinnering": "friendly_reminder",
    "betalingsherinnering": "friendly_reminder",
    "aanmaning": "formal_reminder",
    "ingebrekestelling": "final_demand",
    "notice_of_default": "final_demand",
    "sommatie": "final_demand",
    "wik_brief": "notice_14_days",
    "phone_call": "call",
}
_NOTICE = "^(notice|letter|brief)?_?(of)?_?(14|fourteen|veertien)_?(days?|dag|dagen|daagse|d)?"
_NOTICE += "_?(notice|letter|brief|demand|reminder|aanmaning)?$"


def _kind(kind: pl.Expr) -> pl.Expr:
    """Return our code of what a contact was, where it is a well-known letter; else what was said."""
    plain = kind.str.to_lowercase().str.replace_all("[^a-z0-9]+", "_").str.strip_chars("_")
    ours = plain.replace_strict(_LETTERS, default=None, return_dtype=pl.String)
    is_notice = plain.str.contains(_NOTICE) & plain.str.contains("[a-z]")
    is_code = plain.is_in(CONTACT_KINDS)
    return (
        pl.when(is_notice)
        .then(pl.lit("notice_14_days"))
        .when(is_code)
        .then(plain)
        .otherwise(pl.coalesce(ours, kind))
    )


def derived(grain: Grain, sources: set[str]) -> list[pl.Expr]:
    """Return columns that follow from others: the type from the sign where the file does not have it."""
    if grain.name == "contacts":
        return [_kind(pl.col("kind")).alias("kind")]
    if "invoice_type" in sources or grain.name not in {"invoices", "cleared_invoices"}:
        return []
    is_credit = pl.col("amount") < 0
    return [pl.when(is_credit).then(pl.lit("credit_note")).otherwise(pl.lit("invoice")).alias("invoice_type")]


def unsaid(layout: "Layout") -> tuple[str, ...]:
    """Return the columns that files of a layout say nothing of, as `invoices.entity`, in alphabetical order.

    What a preset for cleared invoices states of every customer alike (a country, a term) is said of none of
    them: it counts until a file speaks of that customer.
    """
    silent = {column.name for column in layout.absent}
    if layout.grain is not CLEARED_INVOICES:
        silent -= {*layout.grain.key, *_FOLLOWS}
        return tuple(sorted(f"{layout.grain.name}.{name}" for name in silent))
    stated = {feed.column.name for feed, _text in layout.constants}
    own = {column.name for column in _INVOICE_COLUMNS}
    unstated = {
        "customers": silent | (stated - own),
        "invoices": (silent - _FOLLOWS) | _OF_CUSTOMER,
        "payments": silent & {"entity"},
    }
    return tuple(
        sorted(
            f"{grain}.{column.name}"
            for grain, names in unstated.items()
            for column in BY_NAME[grain].columns
            if column.name in names
        )
    )


def split(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Split accepted rows of `CLEARED_INVOICES` into customers, invoices and payments.

    A cleared invoice is paid in full on its clearing date by a payment named after it; a negative one is
    a credit note and its payment is negative too. One that is not cleared has a payment of 0.00, which takes
    back what an older file said. Attributes of a customer that differ between rows are
    taken, all of them, from the row with the latest invoice date, then the highest invoice id: one row of
    the file, whatever the order of its rows. A customer without a name is called by its id.
    """
    newest = rows.sort("invoice_date", "invoice_id").unique("customer_id", keep="last", maintain_order=True)
    customers = newest.with_columns(pl.coalesce("customer_name", "customer_id").alias("customer_name"))
    is_cleared = pl.col("cleared_date").is_not_null()
    payments = rows.with_columns(
        payment_id=pl.col("invoice_id"),
        payment_date=pl.coalesce("cleared_date", "invoice_date"),
        kind=pl.lit("payment"),
        part=pl.lit(None, dtype=pl.String),
        place=pl.lit(1),
        settled_amount=pl.lit(None, dtype=DTYPES["money"]),
        waived=pl.lit(None, dtype=pl.String),
        amount=pl.when(is_cleared)
        .then("amount")
        .otherwise(pl.lit("0.00", dtype=pl.String).cast(DTYPES["money"])),
    )
    invoices = rows.with_columns(pl.lit(None).alias(name) for name in sorted(_OF_CUSTOMER))
    frames = {"customers": customers, "invoices": invoices, "payments": payments}
    return {name: conform(frame, BY_NAME[name]).sort("line") for name, frame in frames.items()}


def conform(rows: pl.DataFrame, grain: Grain) -> pl.DataFrame:
    """Return exactly the grain's columns, in its order and types, and `line`."""
    return rows.select(
        *(pl.col(column.name).cast(DTYPES[column.type]) for column in grain.columns),
        pl.col("line").cast(pl.Int64),
    )
