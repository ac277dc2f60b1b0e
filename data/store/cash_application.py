"""Entries of the bank applied to the documents of the books, at each publication.

What is certain, or was confirmed, becomes payments that name their entry: rows of a file like any other, kept
under raw/, so that *as known on* answers as before and a store made anew is the same. They follow from the
whole of the books each time, so that the order in which files were loaded makes no difference: what follows
no longer is taken back.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import cast

import duckdb
import polars as pl

from data.bank.answer import CashAnswer
from data.bank.application import apply_cash
from data.bank.books import BankBooks
from data.bank.closing import last_closed
from data.store.batch_writer import SourceFile
from data.store.statements import script

# What brings new entries, documents, payments, names or decisions; other rows change nothing here.
KINDS = frozenset(
    {"bank_entries", "bank_statements", "invoices", "payments", "open_items", "customers", "bills",
     "instalments", "cash_decisions", "provider_payments", "run_payments"}
)  # fmt: skip
SETTINGS = ("cash_source", "closed_until")
PROGRAM = "Kasstroom"
BOOKKEEPING = "bookkeeping"
_FRAMES = ("entries", "documents", "settled", "customers", "accounts", "bills", "decisions", "payouts")
_QUESTIONS = dict(
    zip((*_FRAMES, "own_accounts", "held", "instants", "booked"), script("cash_application.sql"), strict=True)
)
_ENTITIES = (
    "select p.entity from bookkeeping_payments_at(cast($known_on as timestamp)) as p order by p.entity"
)
_SINCE = """
    select source.entity, source.first_date
    from cash_source_at(cast($known_on as timestamp)) as source
    order by source.entity
    """
# Of any version: that is quick, and one too many does no harm.
_OF_DOCUMENTS = "select distinct coalesce(entity, '') as entity from invoice order by entity"
_ANY_ENTRY = "select 1 from bank_entry limit 1"
_SETTINGS = """
    select key, value from setting_at(cast($known_on as timestamp))
    where key = $name or starts_with(key, concat($name, '@'))
    """
_STANDING = ("applied", "confirmed")
_MAY_BE_BOOKED = frozenset({"applied", "proposed", "confirmed"})
_MONEY_OF_CUSTOMERS = ("invoice", "on_account", "refund", "return")
_PAYMENT = pl.Schema({
    "payment_id": pl.String(), "customer_id": pl.String(), "invoice_id": pl.String(),
    "payment_date": pl.Date(), "currency": pl.String(), "amount": pl.Decimal(18, 2), "kind": pl.String(),
    "bank_account": pl.String(), "bank_entry": pl.String(),
})  # fmt: skip


@dataclass(frozen=True)
class CashSources:
    """Whose payments settle the documents.

    Attributes:
        stated: administration ('' all) -> bank or bookkeeping, as the settings say.
        with_payments: administrations of which the bookkeeping gives payments.
        since: administration ('' all others) -> the first day on which what the settings say holds; entries
            before it were the bookkeeping's to book.
    """

    stated: Mapping[str, str]
    with_payments: frozenset[str]
    since: Mapping[str, date] = field(default_factory=dict)

    def is_bank(self, entity: str) -> bool:
        """Tell whether payments of an administration are applied from the bank."""
        source = self.stated.get(entity) or self.stated.get("")
        return source == "bank" if source else entity not in self.with_payments

    def bank_since(self, entity: str) -> date | None:
        """Return since which day entries are applied to documents of an administration; None: never."""
        if not self.is_bank(entity):
            return None
        is_stated = bool(self.stated.get(entity) or self.stated.get(""))
        first = self.since.get(entity) or self.since.get("") if is_stated else None
        return first or date.min

    @property
    def is_bank_everywhere(self) -> bool:
        """Tell whether that holds for money of which nobody knows the administration."""
        source = self.stated.get("")
        return source == "bank" if source else not self.with_payments


def has_entries(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the books hold any entry of a bank account."""
    return bool(connection.execute(_ANY_ENTRY).fetchall())


def bank_books(connection: duckdb.DuckDBPyConnection, known_on: datetime | None = None) -> BankBooks:
    """Return what there is to apply, and what to apply it on, without what was applied before.

    Args:
        connection: a reader's or the writer's.
        known_on: only rows recorded by then (UTC); None: everything known now.
    """
    frames = {name: _frame(connection, _QUESTIONS[name], known_on) for name in _FRAMES}
    own = _frame(connection, _QUESTIONS["own_accounts"], known_on)
    return BankBooks(
        entries=frames["entries"],
        documents=frames["documents"],
        settled=frames["settled"],
        customers=frames["customers"],
        accounts=frames["accounts"],
        bills=frames["bills"],
        decisions=frames["decisions"],
        payouts=frames["payouts"],
        own_accounts=frozenset(own["account"]),
        closed_until={
            entity: date.fromisoformat(day)
            for entity, day in _settings(connection, "closed_until", known_on).items()
        },
    )


def cash_sources(connection: duckdb.DuckDBPyConnection, known_on: datetime | None = None) -> CashSources:
    """Return whose payments settle the documents."""
    rows = _frame(connection, _ENTITIES, known_on)
    since = _frame(connection, _SINCE, known_on)
    return CashSources(
        _settings(connection, "cash_source", known_on), frozenset(rows["entity"]), dict(since.iter_rows())
    )


def statements() -> list[str]:
    """Return the statements that ask for what cash is applied from and on."""
    return [*_QUESTIONS.values(), _ANY_ENTRY, _ENTITIES, _SINCE, _OF_DOCUMENTS, _SETTINGS]


def answer_of(
    connection: duckdb.DuckDBPyConnection, known_on: datetime | None = None, *, is_alone: bool = False
) -> tuple[CashAnswer, BankBooks]:
    """Return what the entries are, and the books it follows from.

    Where the bookkeeping's payments settle the documents nothing is applied: what is certain is proposed, or
    was booked already. The entries are looked at as if those payments were not there: it is the same money.
    Alone, they are looked at as if nobody had decided anything, either.
    """
    books, sources = bank_books(connection, known_on), cash_sources(connection, known_on)
    if is_alone:
        books = replace(books, decisions=books.decisions.clear(), accounts=books.accounts.clear())
    booked = _frame(connection, _QUESTIONS["booked"], known_on)
    unsettled = pl.concat([books.settled, booked.select("document_id", "day", -pl.col("amount"))])
    answer = apply_cash(replace(books, settled=unsettled))
    if books.closed_until:
        held = _frame(connection, _QUESTIONS["held"], known_on).cast(_PAYMENT)
        answer = replace(
            answer,
            rows=_as_dated(answer.rows, held, books, ("invoice_id", "applied_amount", "applied_date")),
            settlements=_as_dated(answer.settlements, held, books, ("document_id", "amount", "day")),
        )
    rows = _with_first_date(answer.rows, "invoice_id", books, sources)
    is_due = (pl.col("entry_date") >= pl.col("first_date")).fill_null(value=False)
    rows = rows.with_columns(is_bank=is_due)
    is_booked = _booked(rows, booked)
    # What a person confirmed is applied though it was the bookkeeping's, unless that has booked it.
    is_confirmed = (pl.col("status") == "confirmed") & pl.col("first_date").is_not_null() & ~is_booked
    rows = rows.with_columns(is_bank=pl.col("is_bank") | is_confirmed).drop("first_date")
    settlements = _with_first_date(answer.settlements, "document_id", books, sources)
    settlements = settlements.join(
        rows.filter("is_bank").select("account", "entry_id").unique().with_columns(is_of_bank=True),
        on=["account", "entry_id"], how="left", maintain_order="left",
    ).with_columns(
        is_bank=pl.col("is_of_bank").fill_null(value=False) & pl.col("first_date").is_not_null()
    ).drop("is_of_bank", "first_date")  # fmt: skip
    rows = _proposed(rows).with_columns(
        status=pl.when(is_booked & (pl.col("status") != "confirmed"))
        .then(pl.lit("applied"))
        .otherwise("status"),
        decided_by=pl.when(is_booked & (pl.col("status") != "confirmed"))
        .then(pl.lit(BOOKKEEPING))
        .otherwise("decided_by"),
    )
    return replace(answer, rows=rows, settlements=_proposed(settlements)), books


def stamped_answer(
    connection: duckdb.DuckDBPyConnection, known_on: datetime | None = None, *, is_alone: bool = False
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows and settlements of `CashAnswer`.

    What the program applied says so, and when it was put in the books.

    Args:
        connection: a reader's.
        known_on: only rows recorded by then (UTC); None: everything known now.
        is_alone: as they would be if nobody had decided anything.
    """
    answer, _books = answer_of(connection, known_on, is_alone=is_alone)
    instants = _frame(connection, _QUESTIONS["instants"], known_on)
    is_own = (pl.col("status") == "applied") & pl.col("decided_by").is_null()
    rows = answer.rows.join(instants, on=["account", "entry_id"], how="left", maintain_order="left")
    stamped = rows.with_columns(
        decided_by=pl.when(is_own).then(pl.lit(PROGRAM)).otherwise("decided_by"),
        decided_at=pl.when(is_own).then("recorded_at").otherwise("decided_at"),
    ).drop("recorded_at")
    return stamped, answer.settlements


def payment_files(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[SourceFile]:
    """Write the payments that follow from the books and are not in them, and those that follow no longer.

    Args:
        connection: the writer's, with the files in the store and the item ledger derived.
        folder: where the file is written.
    """
    held = _frame(connection, _QUESTIONS["held"], None).cast(_PAYMENT)
    # Where the bookkeeping settles everything none follow, and nothing is worked out.
    wanted = _wanted(*answer_of(connection)) if _is_bank_anywhere(connection) else _PAYMENT.to_frame()
    changed = _changed(wanted, held)
    if changed.is_empty():
        return []
    file = folder / "payments_bank.csv"
    changed.write_csv(file)
    return [SourceFile(file, None, None, None, is_typed=True)]


def touches(grains: Collection[str], settings: Collection[str]) -> bool:
    """Tell whether rows of these kinds, or these settings, may change what is applied."""
    keys = {key.split("@")[0] for key in settings}
    return not KINDS.isdisjoint(grains) or not keys.isdisjoint(SETTINGS)


def _is_bank_anywhere(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the bank settles documents of any administration, or money of which nobody knows it."""
    sources = cash_sources(connection)
    entities = _frame(connection, _OF_DOCUMENTS, None)["entity"]
    return sources.is_bank_everywhere or any(map(sources.is_bank, entities))


def _wanted(answer: CashAnswer, books: BankBooks) -> pl.DataFrame:
    """Return the rows of payments that stand for what was applied."""
    is_standing = pl.col("status").is_in(_STANDING) & pl.col("is_bank")
    is_of_customer = pl.col("kind").is_in(_MONEY_OF_CUSTOMERS) & pl.col("customer_id").is_not_null()
    has_money = pl.col("applied_amount") != 0
    money = answer.rows.filter(is_standing & is_of_customer & has_money).select(
        "account", "entry_id", "invoice_id", "customer_id", "currency",
        day="applied_date", amount="applied_amount",
        kind=pl.when(pl.col("kind") == "return").then(pl.lit("reversal")).otherwise(pl.lit("payment")),
    )  # fmt: skip
    currencies = answer.rows.select("account", "entry_id", "currency").unique(maintain_order=True)
    beside = answer.settlements.filter(is_standing).join(
        currencies, on=["account", "entry_id"], maintain_order="left"
    )
    lines = pl.concat([money, beside.rename({"document_id": "invoice_id"})], how="diagonal")
    owners = books.documents.select(invoice_id="document_id", owner="customer_id")
    return lines.join(owners, on="invoice_id", how="left", maintain_order="left").select(
        payment_id=pl.concat_str(pl.lit("bank"), "account", "entry_id", separator=" "),
        # A payment on a document is its customer's, whoever sent it.
        customer_id=pl.coalesce("owner", "customer_id"),
        invoice_id="invoice_id", payment_date="day", currency="currency",
        amount=pl.col("amount").cast(pl.Decimal(18, 2)), kind="kind",
        bank_account="account", bank_entry="entry_id",
    )  # fmt: skip


def _changed(wanted: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Return the payments whose rows differ, whole, and rows of 0.00 for what is no longer among them."""
    differing = (
        pl.concat([_once(wanted, 1), _once(held, -1)])
        .group_by(pl.exclude("weight"))
        .agg(pl.col("weight").sum())
    )
    numbers = differing.filter(pl.col("weight") != 0)["payment_id"].unique()
    stated = wanted.filter(pl.col("payment_id").is_in(numbers.implode()))
    gone = held.filter(pl.col("payment_id").is_in(numbers.implode())).join(
        stated, on=["payment_id", "invoice_id", "kind"], how="anti", nulls_equal=True, maintain_order="left"
    )
    taken_back = gone.with_columns(amount=pl.lit(0).cast(pl.Decimal(18, 2))).unique(
        ["payment_id", "invoice_id", "kind"], maintain_order=True
    )
    return pl.concat([stated, taken_back]).sort("payment_date", "payment_id", "invoice_id", "kind")


def _once(rows: pl.DataFrame, weight: int) -> pl.DataFrame:
    return rows.with_columns(weight=pl.lit(weight))


def _as_dated(
    rows: pl.DataFrame, held: pl.DataFrame, books: BankBooks, names: tuple[str, str, str]
) -> pl.DataFrame:
    """Return the rows with the days of the payments that were applied before their period was closed.

    To close a period moves nothing out of it.

    Args:
        rows: of an answer.
        held: the payments in the books.
        books: what was applied, and on what.
        names: the columns of the document, the amount and the day.
    """
    document, amount, day = names
    closed = {
        entity: last_closed(books.closed_until, entity)
        for entity in (*books.documents["entity"].unique(), "")
    }
    before = (
        held.group_by("bank_account", "bank_entry", "invoice_id", "amount")
        .agg(held_date=pl.col("payment_date").min())
        .rename(
            {"bank_account": "account", "bank_entry": "entry_id", "invoice_id": document, "amount": amount}
        )
    )
    owners = books.documents.select(pl.col("document_id").alias(document), "entity")
    closed_day = pl.col("entity").fill_null("").replace_strict(closed, return_dtype=pl.Date)
    is_closed_since = (pl.col("held_date") <= closed_day) & (pl.col("held_date") < pl.col(day))
    return (
        rows.join(owners, on=document, how="left", maintain_order="left")
        .join(
            before,
            on=["account", "entry_id", document, amount],
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
        .with_columns(pl.when(is_closed_since).then("held_date").otherwise(day).alias(day))
        .drop("entity", "held_date")
    )


def _with_first_date(
    rows: pl.DataFrame, document: str, books: BankBooks, sources: CashSources
) -> pl.DataFrame:
    """Return the rows with the day since which entries are applied to their documents; null: never."""
    entities = {entity: sources.bank_since(entity) for entity in books.documents["entity"].unique()}
    # Money on none of the documents counts where the bank counts everywhere.
    elsewhere = sources.bank_since("") if sources.is_bank_everywhere else None
    owners = books.documents.select(pl.col("document_id").alias(document), "entity")
    first_date = pl.col("entity").replace_strict(entities, default=elsewhere, return_dtype=pl.Date)
    return (
        rows.join(owners, on=document, how="left", maintain_order="left")
        .with_columns(first_date=first_date)
        .drop("entity")
    )


def _proposed(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with what the bank may not apply proposed."""
    is_held = (pl.col("status") == "applied") & ~pl.col("is_bank")
    return rows.with_columns(status=pl.when(is_held).then(pl.lit("proposed")).otherwise("status"))


def _booked(rows: pl.DataFrame, booked: pl.DataFrame) -> pl.Series:
    """Return which rows are money that the bookkeeping booked on the same document."""
    left: dict[str, Decimal] = {}
    for document, amount in booked.select("document_id", "amount").iter_rows():
        left[document] = left.get(document, Decimal(0)) + amount
    is_booked = []
    for status, is_bank, document, amount in rows.select(
        "status", "is_bank", "invoice_id", "applied_amount"
    ).iter_rows():
        fits = status in _MAY_BE_BOOKED and not is_bank and 0 < amount <= left.get(document, 0)
        if fits:
            left[document] -= amount
        is_booked.append(fits)
    return pl.Series("is_booked", is_booked, dtype=pl.Boolean)


def _settings(connection: duckdb.DuckDBPyConnection, name: str, known_on: datetime | None) -> dict[str, str]:
    rows = connection.execute(_SETTINGS, {"known_on": known_on, "name": name}).fetchall()
    return {key.removeprefix(name).removeprefix("@"): value for key, value in rows if value}


def _frame(connection: duckdb.DuckDBPyConnection, question: str, known_on: datetime | None) -> pl.DataFrame:
    values = {"known_on": known_on} if "$known_on" in question else {}
    return cast("pl.DataFrame", pl.from_arrow(connection.execute(question, values).to_arrow_table()))
