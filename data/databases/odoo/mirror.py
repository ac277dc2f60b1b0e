"""The rows of the last reading, kept beside the store, so that the next one asks for what changed only.

It is a copy and nothing more: what is loaded is told by comparing Odoo's books, as the mirror now holds them,
with the books of the store. So a load that fails or is only tried leaves no gap, and a mirror that is lost,
damaged or of another form costs a reading of everything, never a wrong answer.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from data.databases.odoo.tables import OdooTable, form
from data.databases.postgres import PostgresBooks
from data.store import files
from data.store.statements import quoted

FOLDER = "sources"


@dataclass(frozen=True)
class Mirror:
    """Odoo's rows as they are now.

    Attributes:
        rows: name of a table -> its rows, all text; `id` and `stamp` first.
        changed: how many of them were read this time, and how many had vanished.
        is_whole: everything was read this time.
    """

    rows: dict[str, pl.DataFrame]
    changed: int
    is_whole: bool


def read_mirror(
    books: PostgresBooks, tables: tuple[OdooTable, ...], kept: dict[str, pl.DataFrame] | None
) -> Mirror:
    """Bring the rows of the last reading up to the database.

    Args:
        books: the database.
        tables: what is read of it.
        kept: rows of the last reading; None reads everything.
    """
    if kept is None:
        rows = {table.name: books.frame(table.rows(some=False), table.names) for table in tables}
        return Mirror(rows, sum(frame.height for frame in rows.values()), is_whole=True)
    rows, changed = {}, 0
    for table in tables:
        rows[table.name], count = _brought_up(books, table, kept[table.name])
        changed += count
    return Mirror(rows, changed, is_whole=False)


def _brought_up(books: PostgresBooks, table: OdooTable, kept: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Return the rows of a table as they are now, and how many were read again or had vanished."""
    now = books.frame(table.stamps, ("id", "stamp"))
    same = kept.join(now, on=["id", "stamp"], how="semi")
    ids = now.join(same, on="id", how="anti")["id"]
    read = (
        books.frame(table.rows(some=True), table.names, {"ids": list(map(int, ids))})
        if len(ids)
        else kept.clear()
    )
    vanished = kept.join(now, on="id", how="anti").height
    return pl.concat([same, read]), read.height + vanished


def earlier_rows(file: Path, tables: tuple[OdooTable, ...]) -> dict[str, pl.DataFrame] | None:
    """Return the rows of the last reading; None if there are none that can be used."""
    if not file.is_file():
        return None
    try:
        with duckdb.connect() as connection:
            connection.execute(f"attach {quoted(file)} as mirror (read_only)")
            row = connection.execute("select form from mirror.meta").fetchone()
            if row is None or row[0] != form(tables):
                return None
            kept = {table.name: connection.sql(f"select * from mirror.{table.name}").pl() for table in tables}
    except duckdb.Error:
        return None
    is_same = all(tuple(kept[table.name].columns) == table.names for table in tables)
    return kept if is_same else None


def store_rows(file: Path, tables: tuple[OdooTable, ...], rows: dict[str, pl.DataFrame]) -> None:
    """Write the rows for the next reading, as a whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    private = files.private_file(file.parent, ".duckdb")
    try:
        with duckdb.connect() as connection:
            connection.execute(f"attach {quoted(private)} as mirror")
            connection.execute("create table mirror.meta (form varchar)")
            connection.execute("insert into mirror.meta values (?)", [form(tables)])
            for table in tables:
                connection.register("rows", rows[table.name].to_arrow())
                connection.execute(f"create table mirror.{table.name} as select * from rows")
                connection.unregister("rows")
            connection.execute("detach mirror")
        files.publish(private, file)
    finally:
        private.unlink(missing_ok=True)
        Path(f"{private}.wal").unlink(missing_ok=True)
