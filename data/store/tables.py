"""The tables of a new store: those of the facts are made from the grains, the others stand in SQL files."""

import duckdb

from data.grains import GRAINS, Column, Grain
from data.store.batches import FILES, in_file
from data.store.statements import script

_TYPES = {
    "id": "varchar",
    "text": "varchar",
    "choice": "varchar",
    "currency": "varchar",
    "date": "date",
    "money": "decimal(18, 2)",
    "number": "decimal(18, 10)",
    "integer": "bigint",
}
# The columns every fact has beside those of its file. `line` is the row of the file; it is negative where the
# row states what this and earlier versions say together, and neither says it all.
_ORIGIN = (
    "line bigint not null",
    "batch_id integer not null",
    "source_date date",
    "recorded_at timestamp not null",
)


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Create all tables in the attached, empty files `ledger` and `journal`."""
    for statement in statements():
        connection.execute(statement)


def statements() -> list[str]:
    """Return the statements that create the tables of both files."""
    both = [text for name in FILES for text in (f"use {name}", *script("batches.sql"))]
    return [*both, "use ledger", *map(_fact_table, GRAINS), *script("ledger.sql")]


def _fact_table(grain: Grain) -> str:
    """Return the statement that creates the table of a grain."""
    columns = [f"{column.name} {column.stored_as or _stored_as(column)}" for column in grain.columns]
    return f"create table {in_file(grain.database, grain.table)} ({', '.join([*columns, *_ORIGIN])})"


def _stored_as(column: Column) -> str:
    return _TYPES[column.type] if column.may_be_empty else f"{_TYPES[column.type]} not null"
