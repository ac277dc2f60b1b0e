"""Lists of documents: a row per invoice or credit note, with its customer and what is known of its payment.

Presets name the shape of a list: with the day each document was cleared, with what is open on a day, or with
neither. A row becomes rows of several grains.
"""

from typing import TYPE_CHECKING

import polars as pl

from data.grains import BY_NAME, Column, Grain
from data.grains.grain import optional
from data.importers.cells import DTYPES
from data.importers.letters import contact_kind

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
_FOLLOWS = {"invoice_type"}  # from the sign of the amount
_DERIVED = {"invoice_id", "customer_id", "amount", "open_amount", "list_date"}
# Shape -> the grains it gives besides customers and invoices.
_BESIDE = {"cleared_invoices": ("payments",), "invoice_list": (), "open_items_list": ("open_items",)}

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

SIDES = ("debit", "credit")
STATES = ("open", "paid")
# What a list may say in place of an amount with a sign. Each is null where the list has no such column.
_WRITTEN = (
    optional("debit", "money"),
    optional("credit", "money"),
    optional("side", "choice", SIDES),
)
_OF_LIST = (
    optional("open_amount", "money"),
    optional("open_debit", "money"),
    optional("open_credit", "money"),
    optional("paid_amount", "money"),
    optional("state", "choice", STATES),
    optional("list_date", "date"),
    optional("days_overdue", "number"),
)
_OPTIONAL_INVOICE_COLUMNS = tuple(
    optional(column.name, column.type, column.choices) for column in _INVOICE_COLUMNS
)
INVOICE_LIST = Grain(
    "invoice_list",
    "invoice",
    "ledger",
    (*_OPTIONAL_INVOICE_COLUMNS, *_WRITTEN, *_CUSTOMER_COLUMNS),
    ("invoice_id",),
    "amount",
    "One row per invoice or credit note; only presets read it.",
)
OPEN_ITEMS_LIST = Grain(
    "open_items_list",
    "invoice",
    "ledger",
    (*_OPTIONAL_INVOICE_COLUMNS, *_WRITTEN, *_OF_LIST, *_CUSTOMER_COLUMNS),
    ("invoice_id",),
    "open_amount",
    "One row per open document with what is open of it on the day of the list; only presets read it.",
)
SHAPES: dict[str, Grain] = {
    "cleared_invoices": CLEARED_INVOICES,
    "invoices": INVOICE_LIST,
    "open_items": OPEN_ITEMS_LIST,
}
"""Shape of a list as presets name it -> its columns."""

NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "cleared_invoices": (
        ("invoice_id",), ("customer_id",), ("invoice_date",), ("amount",), ("cleared_date",)
    ),
    "invoices": (
        ("invoice_id",), ("customer_id", "customer_name"), ("invoice_date",), ("amount", "debit", "credit")
    ),
    "open_items": (
        ("invoice_id",),
        ("customer_id", "customer_name"),
        ("invoice_date",),
        ("open_amount", "open_debit", "open_credit", "state", "paid_amount"),
    ),
}  # fmt: skip
"""Shape of a list -> of each of these sets of columns it must have one."""


def kind_of(shape: str) -> str:
    """Return the grain whose rows are counted of a list of this shape."""
    return "open_items" if shape == "open_items" else "invoices"


def derive(rows: pl.DataFrame, grain: Grain, sources: set[str]) -> pl.DataFrame:
    """Fill the columns that follow from others: the type from the sign where the file does not have it.

    Args:
        rows: typed, all columns of the grain.
        grain: their kind.
        sources: the columns that the file has.
    """
    if grain.name == "contacts":
        return rows.with_columns(contact_kind(pl.col("kind")).alias("kind"))
    if grain in {INVOICE_LIST, OPEN_ITEMS_LIST}:
        return _derive_list(rows, grain)
    if "invoice_type" in sources or grain.name not in {"invoices", "cleared_invoices"}:
        return rows
    return rows.with_columns(_type_by_sign(pl.col("amount")).alias("invoice_type"))


def _type_by_sign(amount: pl.Expr) -> pl.Expr:
    return pl.when(amount < 0).then(pl.lit("credit_note")).otherwise(pl.lit("invoice"))


def _derive_list(rows: pl.DataFrame, grain: Grain) -> pl.DataFrame:
    """Work out amounts, customer and type of the rows of a list."""
    rows = rows.with_columns(
        _signed("amount", "debit", "credit"), pl.coalesce("customer_id", "customer_name").alias("customer_id")
    )
    if grain is OPEN_ITEMS_LIST:
        rows = _derive_open(rows)
    # A credit note written without a sign is told by its type.
    is_credit = (pl.col("invoice_type") == "credit_note") & (pl.col("amount") > 0)
    amounts = [name for name in ("amount", "open_amount", "vat_amount") if name in rows.columns]
    rows = rows.with_columns(
        pl.when(is_credit).then(-pl.col(name).abs()).otherwise(pl.col(name)).alias(name) for name in amounts
    )
    return rows.with_columns(_type_by_sign(pl.col("amount")).alias("invoice_type"))


def _derive_open(rows: pl.DataFrame) -> pl.DataFrame:
    """Work out what is open of each row, and the day of the list where the days overdue tell it."""
    zero = pl.lit("0.00").cast(DTYPES["money"])
    by_state = pl.when(state="paid").then(zero).when(state="open").then("amount")
    rows = rows.with_columns(_signed("open_amount", "open_debit", "open_credit")).with_columns(
        pl.coalesce(
            "open_amount", (pl.col("amount") - pl.col("paid_amount")).cast(DTYPES["money"]), by_state
        ).alias("open_amount")
    )
    overdue = pl.col("days_overdue").cast(pl.Int64).cast(pl.String) + "d"
    return rows.with_columns(
        pl.coalesce("amount", "open_amount").alias("amount"),
        pl.coalesce("list_date", pl.col("due_date").dt.offset_by(overdue)).alias("list_date"),
        pl.coalesce("invoice_id", _made_number()).alias("invoice_id"),
    )


def _signed(amount: str, debit: str, credit: str) -> pl.Expr:
    """Return an amount with its sign, from a column of its own, its side, or columns for the two sides."""
    zero = pl.lit("0.00").cast(DTYPES["money"])
    side = pl.when(side="credit").then(-pl.col(amount)).otherwise(pl.col(amount))
    both = pl.col(debit).fill_null(zero) - pl.col(credit).fill_null(zero)
    has_both = pl.col(debit).is_not_null() | pl.col(credit).is_not_null()
    return pl.coalesce(side, pl.when(has_both).then(both)).cast(DTYPES["money"]).alias(amount)


def _made_number() -> pl.Expr:
    """Return a number for an open item without one; the same item has it on every list."""
    return pl.concat_str(
        "customer_id",
        pl.col("invoice_date").cast(pl.String),
        pl.coalesce("amount", "open_amount").cast(pl.String),
        separator=" ",
    )


def unsaid(layout: "Layout") -> tuple[str, ...]:
    """Return the columns that files of a layout say nothing of, as `invoices.entity`, in alphabetical order.

    What a preset for a list states of every customer alike (a country, a term) is said of none of them: it
    counts until a file speaks of that customer.
    """
    silent = {column.name for column in layout.absent}
    if layout.grain not in SHAPES.values():
        silent -= {*layout.grain.key, *_FOLLOWS}
        return tuple(sorted(f"{layout.grain.name}.{name}" for name in silent))
    stated = {feed.column.name for feed, _text in layout.constants}
    own = {column.name for column in _INVOICE_COLUMNS}
    silent -= _FOLLOWS if layout.grain is CLEARED_INVOICES else _FOLLOWS | _DERIVED
    unstated = {
        "customers": silent | (stated - own),
        "invoices": silent | _OF_CUSTOMER,
        **{name: silent & {"entity"} for name in _BESIDE[layout.grain.name]},
    }
    return tuple(
        sorted(
            f"{grain}.{column.name}"
            for grain, names in unstated.items()
            for column in BY_NAME[grain].columns
            if column.name in names
        )
    )


def split(rows: pl.DataFrame, grain: Grain) -> dict[str, pl.DataFrame]:
    """Split accepted rows of a list into customers, invoices, and payments or open items.

    A cleared invoice is paid in full on its clearing date by a payment named after it; a negative one is
    a credit note and its payment is negative too. One that is not cleared has a payment of 0.00, which takes
    back what an older file said. Attributes of a customer that differ between rows are
    taken, all of them, from the row with the latest invoice date, then the highest invoice id: one row of
    the file, whatever the order of its rows. A customer without a name is called by its id.
    """
    newest = rows.sort("invoice_date", "invoice_id").unique("customer_id", keep="last", maintain_order=True)
    customers = newest.with_columns(pl.coalesce("customer_name", "customer_id").alias("customer_name"))
    invoices = rows.with_columns(pl.lit(None).alias(name) for name in sorted(_OF_CUSTOMER))
    frames = {"customers": customers, "invoices": invoices}
    if grain is CLEARED_INVOICES:
        frames["payments"] = _payments(rows)
    elif grain is OPEN_ITEMS_LIST:
        frames["open_items"] = rows.with_columns(pl.lit(None, dtype=pl.String).alias("list"))
    return {name: conform(frame, BY_NAME[name]).sort("line") for name, frame in frames.items()}


def _payments(rows: pl.DataFrame) -> pl.DataFrame:
    is_cleared = pl.col("cleared_date").is_not_null()
    return rows.with_columns(
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


def conform(rows: pl.DataFrame, grain: Grain) -> pl.DataFrame:
    """Return exactly the grain's columns, in its order and types, and `line`."""
    return rows.select(
        *(pl.col(column.name).cast(DTYPES[column.type]) for column in grain.columns),
        pl.col("line").cast(pl.Int64),
    )
