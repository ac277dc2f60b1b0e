"""Batches: what each imported file brought, with control totals and a hash chain over ids, dates and amounts.

A batch is kept in the file its rows are in, ledger or journal, so that only that file changes; their numbers
and instants grow over both. Each file has a chain of its own, and CURRENT holds a hash over both ends.
The chain never covers names, so that a natural person can be erased without breaking it.
"""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from hashlib import sha256

import duckdb

from data import sentences
from data.grains import GRAINS, Grain
from data.message_templates import Message

FILES = ("ledger", "journal")
_CHAINED_TYPES = ("id", "choice", "date", "money", "number", "currency", "integer")
NO_ROWS = sha256().hexdigest()
GENESIS = sha256(b"kasstroom").hexdigest()


def table_of(grain: Grain) -> str:
    """Return the table of a grain as the writer's and reader's connections name it."""
    return in_file(grain.database, grain.table)


def in_file(name: str, table: str) -> str:
    """Return a table of the ledger or the journal as the writer's and reader's connections name it."""
    return f"journal.{table}" if name == "journal" else table


def contents(
    connection: duckdb.DuckDBPyConnection, first: int, kinds: Collection[str]
) -> dict[int, tuple[int, str]]:
    """Return batch -> number of its rows, and the hash over their ids, dates and amounts by line.

    Args:
        connection: the writer's.
        first: number of the first of the batches; those without rows are not in it.
        kinds: the kinds of rows in their files; the tables of the others need not be read.
    """
    digests = _row_digests(connection, first, [grain for grain in GRAINS if grain.name in kinds])
    return {
        batch: (sum(rows for _name, rows, _digest in of_batch), _content_hash(of_batch))
        for batch, of_batch in digests.items()
    }


def content_hashes(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """Return batch -> hash over its rows; batches without rows are not in it."""
    return {batch: _content_hash(digests) for batch, digests in _row_digests(connection, 1, GRAINS).items()}


def _content_hash(digests: Sequence[tuple[str, int, str]]) -> str:
    return sha256("".join(f"{name}:{rows}:{digest}\n" for name, rows, digest in digests).encode()).hexdigest()


def _row_digests(
    connection: duckdb.DuckDBPyConnection, first: int, grains: Sequence[Grain]
) -> dict[int, list[tuple[str, int, str]]]:
    """Return batch -> kind, number and hash of its rows, of the batches from one number on."""
    digests: dict[int, list[tuple[str, int, str]]] = {}
    for grain in grains:
        for batch, rows, digest in connection.execute(_hash_rows(grain), {"first": first}).fetchall():
            digests.setdefault(batch, []).append((grain.name, rows, digest))
    return digests


def statements() -> list[str]:
    """Return the statements behind the hash of a batch."""
    return [_hash_rows(grain) for grain in GRAINS]


def _hash_rows(grain: Grain) -> str:
    """Return the statement that gives per batch the number of its rows of a kind, and their hash."""
    chained = [column.name for column in grain.columns if column.type in _CHAINED_TYPES]
    cells = ", ".join(f"coalesce(cast({name} as varchar), '')" for name in chained)
    row = f"md5(concat_ws(chr(31), {cells}))"
    # The parts of one e-invoice are of one line.
    return (
        f"select batch_id, count(*), sha256(string_agg({row}, '' order by line, {row})) "
        f"from {table_of(grain)} where batch_id >= $first group by batch_id"
    )


def chain_hash(previous: str, facts: dict[str, object]) -> str:
    """Return the hash of a batch's facts chained to the batch before it."""
    text = json.dumps({key: _plain(value) for key, value in facts.items()}, sort_keys=True)
    return sha256(f"{previous}\n{text}".encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)


CHAINED_FACTS = (
    "batch_id",
    "recorded_at",
    "source_date",
    "kind",
    "sha256",
    "preset_sha256",
    "unsaid",
    "rows_read",
    "accepted",
    "rejected",
    "duplicate",
    "stored",
    "sum_read",
    "sum_accepted",
    "content_hash",
)


def last_link(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """Return the newest link of one file's chain, `ledger` or `journal`."""
    rows = connection.execute(
        f"select chain_hash from {in_file(name, 'batch')} order by batch_id desc limit 1"
    ).fetchall()
    return str(rows[0][0]) if rows else GENESIS


def chain(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the hash over the newest links of both files, which stands for the whole content."""
    return sha256("\n".join(last_link(connection, name) for name in FILES).encode()).hexdigest()


def last_batch(connection: duckdb.DuckDBPyConnection) -> tuple[int, datetime | None]:
    """Return the highest number of a batch and the latest instant of one; 0 and None where there is none."""
    [(number, instant)] = connection.execute(
        "select coalesce(max(batch_id), 0), max(recorded_at) from "
        "(select batch_id, recorded_at from batch union all select batch_id, recorded_at from journal.batch)"
    ).fetchall()
    return int(number), instant


def instants(connection: duckdb.DuckDBPyConnection) -> set[tuple[int, datetime]]:
    """Return the number and instant of every batch."""
    return set(
        connection.execute(
            "select batch_id, recorded_at from batch union all "
            "select batch_id, recorded_at from journal.batch"
        ).fetchall()
    )


def rows_stored(connection: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """Return batch -> number of its rows of facts; batches without are not in it."""
    every = " union all ".join(f"select batch_id from {table_of(grain)}" for grain in GRAINS)
    return dict(connection.execute(f"select batch_id, count(*) from ({every}) group by all").fetchall())


def lost_links(connection: duckdb.DuckDBPyConnection) -> list[Message]:
    """Compare the batches with their chains, numbers and row counts, reading no row of them.

    Returns:
        A message per fault.
    """
    faults: list[Message] = []
    counted = rows_stored(connection)
    names = ", ".join((*CHAINED_FACTS, "chain_hash"))
    numbers: list[int] = []
    for name in FILES:
        previous = GENESIS
        rows = connection.execute(
            f"select {names} from {in_file(name, 'batch')} order by batch_id"
        ).fetchall()
        for row in rows:
            facts = dict(zip((*CHAINED_FACTS, "chain_hash"), row, strict=True))
            link = str(facts.pop("chain_hash"))
            batch_id = int(str(facts["batch_id"]))
            if chain_hash(previous, facts) != link:
                faults.append(sentences.FACTS_CHANGED(batch=batch_id))
            rows_there = counted.pop(batch_id, 0)
            if rows_there != facts["stored"]:
                faults.append(sentences.ROWS_LOST(batch=batch_id, count=rows_there, stored=facts["stored"]))
            numbers.append(batch_id)
            previous = link
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        faults.append(sentences.BATCHES_MISSING(count=len(numbers), last=max(numbers)))
    faults += [
        sentences.ROWS_WITHOUT_BATCH(count=count, batch=batch_id)
        for batch_id, count in sorted(counted.items())
    ]
    return faults


def changed_rows(connection: duckdb.DuckDBPyConnection) -> list[Message]:
    """Compare the rows of every batch with its hash; return a message per batch that differs."""
    hashes = content_hashes(connection)
    return [
        sentences.ROWS_CHANGED(batch=batch_id)
        for batch_id, content in connection.execute(
            "select batch_id, content_hash from batch_at(null) order by batch_id"
        ).fetchall()
        if hashes.get(batch_id, NO_ROWS) != content
    ]
