"""The tables kept in memory beside a pair that is open."""

import duckdb

from data.store.statements import script


def attach(connection: duckdb.DuckDBPyConnection) -> None:
    """Attach the tables in memory, empty; the macros read them as `in_memory.x`."""
    connection.execute("attach ':memory:' as in_memory")
    for statement in statements():
        connection.execute(statement)


def statements() -> list[str]:
    """Return the statements that create the tables in memory."""
    return [*script("set_off_days.sql"), *script("cash_rows.sql")]
