"""What must always be true of a store; a load that breaks any of it publishes nothing."""

from pathlib import Path

import duckdb

from data import sentences
from data.errors import StoreBrokenError
from data.grains import GRAINS
from data.message_templates import Message
from data.store import batches, derive
from data.store.files import file_hash
from data.store.raw_files import facts_of, preset_of

_UNTIED = """
    with compared as (
        select entity, currency, amount as documents, 0 as items, 0 as balances, 0 as facts from {facts}
        union all
        select entity, currency, 0, amount, 0, 0 from item
        union all
        select entity, currency, 0, 0, amount, 0 from balance_day
        union all
        select entity, currency, 0, 0, 0, amount from fact_day
    )
    select entity, currency, sum(documents), sum(items), sum(balances)
    from compared
    group by all
    having sum(documents) <> sum(items) or sum(balances) <> sum(items) or sum(facts) <> sum(documents)
    order by all
    """

# Money applied from an entry of the bank is never more than the entry, and never of the other sign.
_OVERAPPLIED = """
    with money_of_entry as (
        select payment.bank_account, payment.bank_entry, sum(payment.amount) as amount
        from settlement_stated_at(null) as payment
        where payment.bank_entry is not null and is_receipt(coalesce(payment.kind, 'payment'))
        group by all
    )
    select money.bank_account, money.bank_entry, money.amount, entry.amount
    from money_of_entry as money
    left join booked_entry_at(null) as entry
        on entry.account = money.bank_account and entry.entry_id = money.bank_entry
    where entry.entry_id is null or money.amount * sign(entry.amount) not between 0 and abs(entry.amount)
    order by money.bank_account, money.bank_entry
    """


def untied(connection: duckdb.DuckDBPyConnection, *, facts: str = "fact_state(null)") -> list[Message]:
    """Compare the item ledger with the documents and payments themselves, per entity and currency.

    Args:
        connection: a reader's or a writer's.
        facts: the rows of `fact_state`; `fact_day` where they were added up in this very transaction.

    Returns:
        A message per entity and currency whose balances differ, on the last day of the books.
    """
    rows = connection.execute(_UNTIED.format(facts=facts)).fetchall()
    return [
        sentences.UNTIED(
            administration=f"{entity}, {currency}" if entity else currency,
            documents=documents,
            items=items,
            balances=balances,
        )
        for entity, currency, documents, items, balances in rows
    ]


def underived(connection: duckdb.DuckDBPyConnection) -> list[Message]:
    """Derive the books once more and compare; return a message per derived table that differs."""
    return [
        sentences.UNDERIVED(table=table, count=count) for table, count in derive.differing(connection).items()
    ]


def read_everything(connection: duckdb.DuckDBPyConnection) -> None:
    """Read every row of every table once: DuckDB raises where a block is not what was written.

    Tables that no other check reads as a whole, as that of the rejected rows, can be damaged too.
    """
    for database, table in connection.execute(
        "select database_name, table_name from duckdb_tables() where database_name in ('ledger', 'journal')"
    ).fetchall():
        connection.execute(f"select bit_xor(hash(t)) from {database}.{table} as t").fetchall()


def require_sound(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise StoreBrokenError unless the derived tables tie out to the facts as this load added them up."""
    faults = untied(connection, facts="fact_day")
    if faults:
        raise StoreBrokenError(sentences.WOULD_NOT_TIE_OUT(faults=faults))


def require_whole(connection: duckdb.DuckDBPyConnection, chain: str) -> None:
    """Raise StoreBrokenError where what is published is not what was: nothing may be built on it.

    Only what costs next to nothing is compared; `broken` compares all.

    Args:
        connection: a writer's that has changed nothing yet.
        chain: as CURRENT names it.
    """
    faults = _lost(connection, chain)
    if faults:
        raise StoreBrokenError(sentences.BUILT_ON_DAMAGE(faults=faults))


def broken(connection: duckdb.DuckDBPyConnection, *, chain: str | None = None) -> list[Message]:
    """Return a message per fault of a published store: hash chain, control totals, versions, tie-out, bank.

    Args:
        connection: a reader's or a writer's.
        chain: as CURRENT names it; where batches were lost from the end, only this tells.
    """
    return [
        *_lost(connection, chain),
        *batches.changed_rows(connection),
        *_valid_twice(connection),
        *untied(connection),
        *_overapplied(connection),
    ]


def _overapplied(connection: duckdb.DuckDBPyConnection) -> list[Message]:
    return [
        sentences.ENTRY_GONE(account=account, entry=entry, applied=applied)
        if amount is None
        else sentences.OVERAPPLIED(account=account, entry=entry, applied=applied, amount=amount)
        for account, entry, applied, amount in connection.execute(_OVERAPPLIED).fetchall()
    ]


def _lost(connection: duckdb.DuckDBPyConnection, chain: str | None) -> list[Message]:
    faults = batches.lost_links(connection)
    if chain is not None and batches.chain(connection) != chain:
        faults.append(sentences.BATCHES_LOST())
    return faults


def _valid_twice(connection: duckdb.DuckDBPyConnection) -> list[Message]:
    faults = []
    for grain in GRAINS:
        row = connection.execute(
            f"select count(*) from (select 1 from {grain.table}_at(null) "
            f"group by {', '.join(grain.key)} having count(*) > 1)"
        ).fetchone()
        if row is not None and row[0]:
            faults.append(sentences.VALID_TWICE(count=row[0], grain=grain.name))
    return faults


def raw_faults(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Message]:
    """Compare the kept files with the batches that came from them; return a message per fault."""
    faults: list[Message] = []
    for batch_id, name, digest, preset, preset_digest in connection.execute(
        "select batch_id, file_name, sha256, preset, preset_sha256 from batch_at(null) order by batch_id"
    ).fetchall():
        file = folder / "raw" / digest
        if not file.exists():
            faults.append(sentences.RAW_GONE(batch=batch_id, name=name))
        elif file_hash(file) != digest:
            faults.append(sentences.RAW_CHANGED(batch=batch_id, name=name))
        elif facts_of(file) is None:
            faults.append(sentences.RAW_FACTS_GONE(batch=batch_id, name=name))
        if preset_digest is not None and preset_of(folder / "raw", preset, preset_digest) is None:
            faults.append(sentences.RAW_PRESET_GONE(batch=batch_id, name=name, preset=preset))
    return faults
