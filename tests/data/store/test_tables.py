"""The tables of a new store, compared with the list of the columns they had when they stood in SQL files."""

from collections.abc import Iterator

import duckdb
import pytest

from data.grains import GRAINS
from data.store import macros, memory_tables, tables
from tests.paths import ORACLES

# An invoice of 0.00 has no amount of its own: it comes from the lists of open items that show it.
WITHDRAWN = {"invoice": 0, "settlement": 0, "bank_entry": 0, "planned_cash": 0, "billing_plan": None}


@pytest.fixture(scope="module")
def blank() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    for name in ("ledger", "journal"):
        connection.execute(f"attach ':memory:' as {name}")
    connection.execute("use ledger")
    tables.create(connection)
    memory_tables.attach(connection)
    macros.create(connection)
    yield connection
    connection.close()


def test_every_table_has_the_columns_it_always_had(blank: duckdb.DuckDBPyConnection) -> None:
    rows = blank.execute(
        "select database_name || '.' || table_name, string_agg(column_name || ' ' || lower(data_type) || "
        "case when is_nullable then '' else '!' end, '; ' order by column_index) "
        "from duckdb_columns() where database_name in ('ledger', 'journal') and not internal "
        "and table_name in (select table_name from duckdb_tables()) group by all"
    ).fetchall()
    listed = (ORACLES / "tables.txt").read_text(encoding="utf-8").splitlines()
    assert dict(rows) == dict(line.split(": ", 1) for line in listed if not line.startswith("#"))


def test_the_connection_goes_on_in_the_ledger(blank: duckdb.DuckDBPyConnection) -> None:
    assert blank.execute("select current_database()").fetchone() == ("ledger",)


@pytest.mark.parametrize("grain", GRAINS, ids=lambda grain: grain.name)
def test_an_amount_of_nothing_withdraws_a_row_of_five_kinds_and_of_no_other(
    blank: duckdb.DuckDBPyConnection, grain
) -> None:
    names = [column.name for column in grain.columns]
    table = f"journal.{grain.table}" if grain.database == "journal" else grain.table
    at = "select count(*) from {table}_at({moment})"

    def valid(moment: str = "null") -> int:
        return blank.execute(at.format(table=grain.table, moment=moment)).fetchone()[0]

    def insert(line: int, amount: object) -> None:
        cells = {name: amount if name == "amount" else _cell(grain.column(name).type) for name in names}
        # What reverses a contact is none itself.
        cells |= {"reverses": None} if "reverses" in names else {}
        blank.execute(
            f"insert into {table} by name select {', '.join(f'${name} as {name}' for name in names)}, "
            f"{line} as line, 1 as batch_id, null as source_date, timestamp '2026-01-0{line}' as recorded_at",
            cells,
        )

    insert(1, 5)
    assert valid() == 1
    assert valid("timestamp '2025-12-31'") == 0
    if "amount" in names:
        insert(2, WITHDRAWN.get(grain.table, 0))
        assert valid() == (1 if grain.table in WITHDRAWN else 2)
    schema = "journal." if grain.database == "journal" else ""
    blank.execute(f"insert into {schema}superseded values ('{grain.name}', 1, 1, timestamp '2026-01-09')")
    assert valid("timestamp '2026-01-09'") == valid() == (0 if grain.table in WITHDRAWN else valid())
    assert valid("timestamp '2026-01-08'") == valid("timestamp '2026-01-01'") + (
        "amount" in names and grain.table not in WITHDRAWN
    )


def _cell(kind: str) -> object:
    return {"date": "2026-01-01", "money": 1, "number": 1, "integer": 1}.get(kind, "x")
