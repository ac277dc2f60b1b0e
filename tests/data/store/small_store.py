"""A store of three batches, and what tests of its files ask of a folder."""

import hashlib
from pathlib import Path

import duckdb

from data.store import checks, reader
from data.store.snapshot import current_snapshot, name_current
from tests.books import Desk


def invoice(number: int, amount: str = "100.00", customer: str = "C1") -> tuple[str, ...]:
    return (f"F{number}", customer, "invoice", "2026-01-01", "2026-01-31", "EUR", amount)


def hashes(folder: Path) -> dict[Path, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def names(folder: Path, pattern: str = "*.duckdb") -> list[str]:
    return sorted(file.name for file in folder.glob(pattern))


def dispute(number: int) -> tuple[str, ...]:
    return (f"F{number}", "2026-01-15", "", "price", "10.00")


def edit(desk: Desk, *statements: str, file: str = "ledger") -> None:
    """Change a published file behind the program's back; only its rows can tell, not its length."""
    desk.close()
    snapshot = current_snapshot(desk.store)
    with duckdb.connect(str(getattr(snapshot, file))) as connection:
        for statement in statements:
            connection.execute(statement)
    name_current(desk.store, snapshot)


def faults(desk: Desk) -> list[str]:
    snapshot = current_snapshot(desk.store)
    connection = reader.connect(snapshot)
    try:
        return list(map(str, checks.broken(connection, chain=snapshot.chain)))
    finally:
        connection.close()
