"""Decisions about entries of the bank as one write: all of them or none, never over somebody else's."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from data import sentences
from data.errors import AlreadySavedError, ChangedMeanwhileError
from data.grains import BY_NAME
from data.store import typed_rows
from data.store.batches import table_of

EntryKey = tuple[str, str]
_KIND = "cash_decisions"
_ROWS = """
    select
        coalesce(invoice_id, ''), decision, cast(amount as varchar), coalesce(settles, ''),
        cast(coalesce(settled_amount, 0) as varchar)
    from {table} where account = $account and entry_id = $entry and recorded_at > $seen
    """


def publish(folder: Path, rows: pl.DataFrame, seen: Mapping[EntryKey, datetime | None]) -> None:
    """Publish decisions.

    Args:
        folder: the store.
        rows: of `cash_decisions`, columns as in its file.
        seen: per entry (account, entry_id) the instant of the last batch that whoever decided had seen; None:
            there was none.

    Raises:
        AlreadySavedError: these very rows are there already, by a click before; nothing was written.
        ChangedMeanwhileError: somebody else decided on one of the entries; `keys` names the entries.
        RefusedFileError: a row breaks a rule.
        StoreBusyError: another writer is at work.
    """

    def require(connection: duckdb.DuckDBPyConnection) -> None:
        changed = [key for key, instant in seen.items() if _rows_since(connection, key, instant)]
        if not changed:
            return
        if all(_is_there(connection, rows, key, instant) for key, instant in seen.items()):
            raise AlreadySavedError(sentences.ALREADY_SAVED())
        raise ChangedMeanwhileError(
            sentences.ENTRIES_DECIDED(count=len(changed)), {_KIND: [tuple(key) for key in changed]}
        )

    typed_rows.add(folder, {_KIND: rows}, require=require)


def _is_there(
    connection: duckdb.DuckDBPyConnection, rows: pl.DataFrame, key: EntryKey, seen: datetime | None
) -> bool:
    account, entry = key
    stated = {name: rows[name] if name in rows.columns else None for name in ("settles", "settled_amount")}
    own = (
        rows.with_columns(**stated)
        .filter(account=account, entry_id=entry)
        .select(
            pl.col("invoice_id").fill_null(""),
            "decision",
            pl.col("amount").cast(pl.String),
            pl.col("settles").cast(pl.String).fill_null(""),
            pl.col("settled_amount").cast(pl.Decimal(18, 2)).fill_null(0).cast(pl.String),
        )
    )
    return _rows_since(connection, key, seen) == set(own.rows())


def _rows_since(
    connection: duckdb.DuckDBPyConnection, key: EntryKey, seen: datetime | None
) -> set[tuple[str, ...]]:
    """Return what was recorded about an entry after an instant: document, decision, amounts."""
    found = connection.execute(
        _ROWS.format(table=table_of(BY_NAME[_KIND])),
        {"account": key[0], "entry": key[1], "seen": seen or datetime.min},  # noqa: DTZ901 - UTC as all instants
    ).fetchall()
    return set(found)
