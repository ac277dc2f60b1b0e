"""From Odoo's rows to native files: the mapping, its proof by Odoo's totals, what differs from a store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import duckdb
import polars as pl

from data import clock
from data.databases import sentences
from data.databases.odoo import customers, mirror, tables
from data.databases.odoo.schema import Schema, read_schema
from data.databases.postgres import PostgresBooks
from data.databases.stored import StoredRows
from data.errors import SourceError
from data.message_templates import Message
from data.store.statements import script

_SQL = Path(__file__).parent / "sql"
_BLOCKED = {"nl": "Geblokkeerd in Odoo", "en": "Blocked in Odoo"}
_COMPANY = ("id", "name", "currency", "currency_id", "language")
_TOTAL = ("company_id", "day", "amount")
# Kind of file -> its columns, in the order of the file.
FILES: Mapping[str, tuple[str, ...]] = {
    "customers": (
        "customer_id", "customer_name", "segment", "country", "payment_terms_days", "credit_limit",
        "payment_terms", "customer_type", "email", "phone", "street", "postcode", "city", "language",
        "parent_id",
    ),
    "invoices": (
        "invoice_id", "customer_id", "invoice_type", "invoice_date", "due_date", "currency", "amount",
        "vat_amount", "po_number", "entity", "original_invoice_id", "cancelled_date",
    ),
    "instalments": ("invoice_id", "due_date", "amount", "part"),
    "payments": (
        "payment_id", "customer_id", "invoice_id", "payment_date", "currency", "amount", "kind", "entity",
        "part", "waived",
    ),
    "disputes": ("invoice_id", "opened_date", "closed_date", "reason", "amount"),
    "ledger_balances": ("balance_date", "entity", "currency", "balance"),
}  # fmt: skip
# What the documents and settlements come to per company and day, by the mapping.
_MAPPED_TOTALS = """
    select company_id, day, cast(sum(amount) as varchar) as amount
    from (
        select document.company_id, document.date as day, document.amount from document
        union all
        select settlement.company_id, settlement.date, -settlement.amount from settlement
    )
    group by company_id, day
    having sum(amount) <> 0
    """


@dataclass(frozen=True)
class OdooRows:
    """What was read of a database.

    Attributes:
        schema: what its tables are like.
        companies: `_COMPANY`, all text.
        totals: `company_id`, `day`, `amount`, all text: what receivables change by, summed by the server.
        agreements: with partners.
        partners: rows of the table `partner`.
        mapping: a connection in memory with its documents and settlements; whoever compares them closes it.
        notes: what is to be said of it.
    """

    schema: Schema
    companies: pl.DataFrame
    totals: pl.DataFrame
    agreements: customers.Agreements
    partners: pl.DataFrame
    mapping: duckdb.DuckDBPyConnection
    notes: tuple[Message, ...]


def read_rows(books: PostgresBooks, kept_file: Path, *, keeps_rows: bool) -> OdooRows:
    """Read a database, and keep its rows for the next reading.

    Args:
        books: the database.
        kept_file: where the rows of the last reading are kept; where there is none, everything is read.
        keeps_rows: keep those of this reading there.

    Raises:
        SourceError: it is no Odoo that can be read, or what was read does not come to its own totals.
    """
    schema = read_schema(books)
    wanted = tables.tables(schema)
    totals = books.frame(tables.daily_totals(schema), _TOTAL)
    companies = books.frame(tables.companies(schema), _COMPANY)
    rows = mirror.read_mirror(books, wanted, mirror.earlier_rows(kept_file, wanted))
    notes: list[Message] = []
    mapping = _mapped(rows, companies, totals, books.database)
    if mapping is None and not rows.is_whole:
        notes.append(sentences.READ_AS_A_WHOLE())
        rows = mirror.read_mirror(books, wanted, None)
        mapping = _mapped(rows, companies, totals, books.database)
    if mapping is None:
        raise SourceError(sentences.TOTALS_DIFFER(database=books.database))
    if keeps_rows:
        mirror.store_rows(kept_file, wanted, rows.rows)
    agreements = customers.read_agreements(books, schema)
    notes = [*_notes(books, schema, rows), *notes]
    return OdooRows(schema, companies, totals, agreements, rows.rows["partner"], mapping, tuple(notes))


def changed_files(
    odoo: OdooRows, stored: StoredRows, source: str
) -> tuple[dict[str, pl.DataFrame], list[Message]]:
    """Compare a database with a store; return the rows to be loaded per kind of file, and what is to be said.

    Args:
        odoo: the database.
        stored: the store.
        source: name of the database in the names of its files.
    """
    languages = odoo.companies["language"].drop_nulls().to_list()
    language = "nl" if languages and str(languages[0]).startswith("nl") else "en"
    is_first = not stored.sources or stored.sources[0] == source
    prefix = "" if is_first else f"{source.rpartition('-')[2]}:"
    with odoo.mapping as connection:
        connection.execute(
            "create temp table setting as select ? as prefix, ? as today, ? as blocked",
            [prefix, clock.today(), _BLOCKED[language]],
        )
        for name, frame in stored.rows.items():
            _put(connection, name, frame)
        _put(
            connection,
            "customer_text",
            customers.customers(odoo.partners, odoo.agreements, language=language, prefix=prefix),
        )
        _put(connection, "total_text", odoo.totals)
        for statement in (*script("native.sql", _SQL), *script("changes.sql", _SQL)):
            connection.execute(statement)
        changes = {}
        for kind, columns in FILES.items():
            order = ", ".join(str(place) for place in range(1, len(columns) + 1))
            changes[kind] = connection.sql(
                f"select {', '.join(columns)} from changed_{kind} order by {order}"
            ).pl()
        notes = _notes_of_changes(connection, customers.NO_PARTNER[language])
    return {kind: frame for kind, frame in changes.items() if frame.height}, notes


def _mapped(
    rows: mirror.Mirror, companies: pl.DataFrame, totals: pl.DataFrame, database: str
) -> duckdb.DuckDBPyConnection | None:
    """Return a connection in memory with the documents and settlements of Odoo's rows.

    None if documents less settlements are not, per company and day, what the server sums itself.
    """
    connection = duckdb.connect()
    try:
        for name, frame in rows.rows.items():
            _put(connection, f"{name}_text", frame)
        _put(connection, "company_text", companies)
        for statement in (*script("entries.sql", _SQL), *script("settlements.sql", _SQL)):
            connection.execute(statement)
        mapped = connection.execute(_MAPPED_TOTALS).fetchall()
        server = {
            (int(company), date.fromisoformat(day)): Decimal(amount)
            for company, day, amount in totals.iter_rows()
        }
    except (duckdb.ConversionException, ValueError, InvalidOperation) as error:
        connection.close()
        cause = str(error).splitlines()[0]
        raise SourceError(sentences.UNREADABLE_AMOUNT(database=database, cause=cause)) from error
    if {(company, day): Decimal(amount) for company, day, amount in mapped} == server:
        return connection
    connection.close()
    return None


def _put(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    connection.register("frame", frame.to_arrow())
    connection.execute(f"create temp table {name} as select * from frame")
    connection.unregister("frame")


def _notes(books: PostgresBooks, schema: Schema, rows: mirror.Mirror) -> list[Message]:
    notes = [
        sentences.ODOO_READ(
            version=schema.version,
            database=books.database,
            lines=rows.rows["line"].height,
            reconciliations=rows.rows["partial"].height,
            changed=rows.changed,
        )
    ]
    if schema.is_newer:
        notes.append(sentences.NEWER_ODOO(version=schema.version))
    question = tables.not_trade(schema)
    for count, amount in books.rows(question) if question else ():
        notes.append(sentences.NOT_TRADE(count=int(count or 0), amount=Decimal(amount or 0)))
    return notes


def _notes_of_changes(connection: duckdb.DuckDBPyConnection, no_partner: str) -> list[Message]:
    def count(question: str) -> int:
        row = connection.execute(question).fetchone()
        return int(row[0]) if row else 0

    notes = []
    if without := count("select count(*) from entry where partner_id = 0 and balance <> 0"):
        notes.append(sentences.NO_PARTNER(count=without, customer=no_partner))
    if one_sided := count("select count(*) from pair where debit.line_id is null or credit.line_id is null"):
        notes.append(sentences.ONE_SIDED(count=one_sided))
    documents = count("select count(*) from changed_invoices where is_gone")
    payments = count("select count(*) from changed_payments where is_gone")
    if documents or payments:
        notes.append(sentences.NO_LONGER_THERE(documents=documents, payments=payments))
    return notes
