"""Putting rows of a file into the store as versions: what is new, what overtakes what, and since when."""

from datetime import date, datetime

import duckdb
import polars as pl

from data.batches import table_of
from data.grains import Grain

# An instalment schedule is agreed as a whole: a newer one replaces all its rows.
_WHOLE_SETS = {"instalments": ("invoice_id",)}


def add_rows(
    connection: duckdb.DuckDBPyConnection,
    grain: Grain,
    rows: pl.DataFrame,
    *,
    batch_id: int,
    source_date: date | None,
    recorded_at: datetime,
) -> pl.Series:
    """Insert the rows that say something new and mark the versions they overtake.

    Args:
        connection: the writer's.
        grain: what the rows are.
        rows: the grain's columns and `line`.
        batch_id: number of the batch they come in.
        source_date: day the file speaks of; None: the day it is recorded.
        recorded_at: UTC instant of the batch.

    Returns:
        The `line` numbers of rows that differ from what is valid now (identical rows are not stored again,
        unless their file is dated later than the version they repeat, which moves its date).
    """
    columns = [column.name for column in grain.columns]
    names = ", ".join(columns)
    key = _WHOLE_SETS.get(grain.name, grain.key)
    same_row = " and ".join(f"c.{name} is not distinct from n.{name}" for name in columns)
    connection.register("incoming_frame", rows.select([*columns, "line"]).to_arrow())
    connection.execute("create or replace temp table incoming as select * from incoming_frame")
    connection.unregister("incoming_frame")
    same_key = " and ".join(f"c.{name} is not distinct from n.{name}" for name in key)
    # Only the keys the file names: a day's few rows must not copy years of ledger.
    connection.execute(
        f"create or replace temp table valid as select {names}, batch_id, line, "
        f"coalesce(source_date, cast(recorded_at as date)) as valid_from from {grain.table}_at(null) as c "
        f"where exists (select 1 from incoming as n where {same_key})"
    )
    connection.execute(
        f"create or replace temp table differing as select n.* from incoming as n "
        f"where not exists (select 1 from valid as c where {same_row})"
    )
    if grain.name in _WHOLE_SETS:
        _add_whole_sets(connection, key, same_row)
    parameters: dict[str, object] = {
        "batch": batch_id,
        "source_date": source_date,
        "recorded_at": recorded_at,
    }
    later = (
        f"union all select n.* from incoming as n where exists (select 1 from valid as c where {same_row} "
        # A set that changed is stored whole already, its unchanged rows too.
        "and c.valid_from < $source_date) and n.line not in (select line from differing)"
        if source_date is not None
        else ""
    )
    connection.execute(
        f"create or replace temp table stored as select * from differing {later}",
        {"source_date": source_date} if later else {},
    )
    connection.execute(
        f"insert into {table_of(grain)} ({names}, line, batch_id, source_date, recorded_at) "
        f"select {names}, line, $batch, $source_date, $recorded_at from stored order by line",
        parameters,
    )
    _supersede(connection, grain, same_key, parameters)
    lines = connection.sql("select line from differing order by line").pl()["line"]
    for table in ("incoming", "valid", "differing", "stored"):
        connection.execute(f"drop table temp.{table}")
    return lines


def _add_whole_sets(connection: duckdb.DuckDBPyConnection, key: tuple[str, ...], same_row: str) -> None:
    """Widen `differing` to whole sets: one changed, added or missing row makes the set a new version."""
    names = ", ".join(key)
    connection.execute(
        f"create or replace temp table changed_set as "
        f"select {names} from differing union "
        f"select {names} from valid as c where ({names}) in (select {names} from incoming) "
        f"and not exists (select 1 from incoming as n where {same_row})"
    )
    connection.execute(
        "create or replace temp table differing as select * from incoming as n "
        f"where ({', '.join(f'n.{name}' for name in key)}) in (select {names} from changed_set)"
    )
    connection.execute("drop table temp.changed_set")


def _supersede(
    connection: duckdb.DuckDBPyConnection, grain: Grain, same_key: str, parameters: dict[str, object]
) -> None:
    """Mark what the new rows overtake, or the new rows where a later dated version is already there."""
    later = "coalesce($source_date, cast($recorded_at as date)) >= c.valid_from"
    superseded = "journal.superseded" if grain.database == "journal" else "superseded"
    connection.execute(
        f"insert into {superseded} "
        f"select distinct '{grain.name}', c.batch_id, c.line, cast($recorded_at as timestamp) "
        f"from valid as c inner join stored as n on {same_key} where {later} "
        f"union all "
        f"select distinct '{grain.name}', cast($batch as integer), n.line, cast($recorded_at as timestamp) "
        f"from valid as c inner join stored as n on {same_key} where not ({later})",
        parameters,
    )
