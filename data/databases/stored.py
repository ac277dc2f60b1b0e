"""What a store holds by now: the rows that a source is compared with, and which of them came from it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from data.grains import GRAINS
from data.store import macros, memory_tables, reader, tables
from data.store.batches import FILES
from data.store.snapshot import current_snapshot, store_exists

# Name of a table for the comparison -> the question. `own` in it are the batches that came from the source.
_QUESTIONS = {
    "stored_invoices": """
        select invoice_id, customer_id, invoice_type, invoice_date, due_date, currency, amount, vat_amount,
            po_number, entity, original_invoice_id, cancelled_date
        from invoice_at(null)
        """,
    "own_invoices": "select distinct invoice_id from invoice where batch_id in (select batch_id from own)",
    "stored_instalments": "select invoice_id, due_date, part, amount from instalment_at(null)",
    "own_instalments": """
        select distinct invoice_id from instalment where batch_id in (select batch_id from own)
        """,
    "stored_payments": """
        select payment_id, customer_id, invoice_id, payment_date, currency, amount, kind, entity, part, waived
        from settlement_stated_at(null)
        where payment_id in (
            select payment_id from settlement where batch_id in (select batch_id from own)
        )
        """,
    "own_payments": """
        select distinct payment_id, coalesce(invoice_id, '') as invoice_id
        from settlement where batch_id in (select batch_id from own)
        """,
    "stored_customers": """
        select * exclude (line, source_date, recorded_at), batch_id in (select batch_id from own) as is_own
        from customer_at(null)
        """,
    "stored_disputes": """
        select invoice_id, opened_date, closed_date, reason, amount,
            batch_id in (select batch_id from own) as is_own
        from dispute_at(null)
        """,
    "stored_ledger_balances": """
        select balance_date, coalesce(entity, '') as entity, currency, balance,
            batch_id in (select batch_id from own) as is_own
        from ledger_balance_at(null)
        """,
}
_OWN = """
    with own as (
        select batch_id from batch where file_name = any($names)
        union all
        select batch_id from journal.batch where file_name = any($names)
    )
    """
_NAME = re.compile(r"_([a-z]+-[0-9a-f]{8})\.csv")


@dataclass(frozen=True)
class StoredRows:
    """What a store holds.

    Attributes:
        rows: name of a table for the comparison -> its rows.
        sources: the databases that files of the store came from, the first one first.
    """

    rows: dict[str, pl.DataFrame]
    sources: tuple[str, ...]


def file_name(kind: str, source: str) -> str:
    """Return what a native file of a source is called: by that the store knows where its rows came from."""
    return f"{kind}_{source}.csv"


def stored_rows(folder: Path, source: str) -> StoredRows:
    """Return what a store holds now; where there is none yet, its tables are empty.

    Args:
        folder: the store.
        source: name of the database, as in the names of its files.
    """
    names = [file_name(grain.name, source) for grain in GRAINS]
    with _session(folder) as connection:
        rows = {
            name: connection.sql(_OWN + question, params={"names": names}).pl()
            for name, question in _QUESTIONS.items()
        }
        return StoredRows(rows, _sources(connection))


@contextmanager
def _session(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    if store_exists(folder):
        with reader.session(current_snapshot(folder)) as connection:
            yield connection
        return
    with duckdb.connect() as connection:
        for name in FILES:
            connection.execute(f"attach ':memory:' as {name}")
        tables.create(connection)
        memory_tables.attach(connection)
        macros.create(connection)
        yield connection


def _sources(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    names = connection.execute(
        "select batch_id, file_name from batch union all select batch_id, file_name from journal.batch "
        "order by batch_id"
    ).fetchall()
    found = (match[1] for _number, name in names if (match := _NAME.search(str(name))))
    return tuple(dict.fromkeys(found))
