"""Batches: what each imported file brought, with control totals and a hash chain over ids, dates and amounts.

The chain never covers names, so that a natural person can be erased without breaking it.
"""

import json
from datetime import date, datetime
from hashlib import sha256

import duckdb

from data import sentences
from data.grains import GRAINS, Grain

_CHAINED_TYPES = ("id", "date", "money", "number", "currency", "integer")
_NO_ROWS = sha256().hexdigest()
GENESIS = sha256(b"kasstroom").hexdigest()


def table_of(grain: Grain) -> str:
    """Return the table of a grain as the writer's and reader's connections name it."""
    return f"journal.{grain.table}" if grain.database == "journal" else grain.table


def content_hash(connection: duckdb.DuckDBPyConnection, batch_id: int) -> str:
    """Return the hash over the ids, dates and amounts of all rows of a batch, in the order of its lines."""
    return content_hashes(connection, batch_id).get(batch_id, _NO_ROWS)


def content_hashes(connection: duckdb.DuckDBPyConnection, batch_id: int | None = None) -> dict[int, str]:
    """Return batch -> hash, of one batch or in one pass of all; batches without rows are not in it."""
    parts: dict[int, list[str]] = {}
    for grain in GRAINS:
        chained = [column.name for column in grain.columns if column.type in _CHAINED_TYPES]
        cells = ", ".join(f"coalesce(cast({name} as varchar), '')" for name in chained)
        for batch, rows, digest in connection.execute(
            f"select batch_id, count(*), "
            f"sha256(string_agg(md5(concat_ws(chr(31), {cells})), '' order by line)) "
            f"from {table_of(grain)} where $batch is null or batch_id = $batch group by batch_id",
            {"batch": batch_id},
        ).fetchall():
            parts.setdefault(batch, []).append(f"{grain.name}:{rows}:{digest}\n")
    return {batch: sha256("".join(lines).encode()).hexdigest() for batch, lines in parts.items()}


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
    "rows_read",
    "accepted",
    "rejected",
    "duplicate",
    "sum_read",
    "sum_accepted",
    "content_hash",
)


def last_chain(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the chain's newest link, which stands for the whole content."""
    row = connection.execute("select chain_hash from batch order by batch_id desc limit 1").fetchone()
    return str(row[0]) if row else GENESIS


def broken_links(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Compare every batch with its hash, its chain and its row counts; return a sentence per fault."""
    faults: list[str] = []
    previous = GENESIS
    found = content_hashes(connection)
    names = ", ".join((*CHAINED_FACTS, "chain_hash"))
    for row in connection.execute(f"select {names} from batch order by batch_id").fetchall():
        facts = dict(zip((*CHAINED_FACTS, "chain_hash"), row, strict=True))
        link = facts.pop("chain_hash")
        batch_id = int(str(facts["batch_id"]))
        if found.get(batch_id, _NO_ROWS) != facts["content_hash"]:
            faults.append(sentences.ROWS_CHANGED(batch=batch_id))
        if chain_hash(previous, facts) != link:
            faults.append(sentences.FACTS_CHANGED(batch=batch_id))
        previous = str(link)
    numbers = connection.execute("select count(*), coalesce(max(batch_id), 0) from batch").fetchone()
    if numbers is not None and numbers[0] != numbers[1]:
        faults.append(sentences.BATCHES_MISSING(count=numbers[0], last=numbers[1]))
    for grain in GRAINS:
        lost = connection.execute(
            f"select count(*) from {table_of(grain)} where batch_id > 0 "
            "and batch_id not in (select batch_id from batch)"
        ).fetchone()
        if lost is not None and lost[0]:
            faults.append(sentences.ROWS_WITHOUT_BATCH(count=lost[0], grain=grain.name))
    return faults
