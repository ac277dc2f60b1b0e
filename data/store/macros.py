"""The table macros kept in the ledger file, which every query reads through.

They live in the file because temporary macros are invisible to cursors. The `<table>_at(in_known_on)` macros
of the facts are one shape, so they are made from the grains.
"""

import duckdb

from data.grains import GRAINS, Grain
from data.store.derive import script
from data.store.layout import MACRO_FILES


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Create or replace all macros; the journal must be attached as `journal`."""
    for grain in GRAINS:
        connection.execute(_facts_at(grain))
    for name in MACRO_FILES:
        for statement in script(name):
            connection.execute(statement)


# A row of nothing says that there is none (any more): what was once said of it is taken back.
_IS_THERE = {
    "payments": "and f.amount <> 0",
    "bank_entries": "and f.amount <> 0",
    "planned_cash": "and f.amount <> 0",
    "billing_plan": "and f.amount is not null",
}


def _facts_at(grain: Grain) -> str:
    """Return the macro that gives the versions of a grain valid at a moment (null: now)."""
    schema = "journal." if grain.database == "journal" else ""
    return f"""
    create or replace macro {grain.table}_at(in_known_on) as table
    select f.* from {schema}{grain.table} as f
    anti join (
        select s.batch_id, s.line from {schema}superseded as s
        where s.grain = '{grain.name}' and (in_known_on is null or s.known_until <= in_known_on)
    ) as o on o.batch_id = f.batch_id and o.line = f.line
    where (in_known_on is null or f.recorded_at <= in_known_on) {_IS_THERE.get(grain.name, "")}
    """
