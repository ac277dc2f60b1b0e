"""Putting rows of a file into the store as versions: which are new, which they overtake, and since when.

A file states every column it has and says nothing of the others. So the valid version of a row holds, for
each column, the value stated by the newest file: files of different width give the same rows in any order.
Newest is the file with the later day it speaks of, then the one loaded later.
"""

from collections.abc import Collection
from datetime import date, datetime

import duckdb
import polars as pl

from data.grains import GRAINS, Grain
from data.progress import Share, untold
from data.store.version_sql import TEMPORARY, VersionSql


def add_rows(
    connection: duckdb.DuckDBPyConnection,
    grain: Grain,
    rows: pl.DataFrame,
    *,
    batch_id: int,
    source_date: date | None,
    recorded_at: datetime,
    unsaid: Collection[str] = (),
    progress: Share = untold,
) -> pl.Series:
    """Insert the rows that say something new and mark the versions they overtake.

    Args:
        connection: the writer's.
        grain: the kind of the rows.
        rows: the grain's columns and `line`.
        batch_id: number of the batch they come in.
        source_date: day the file speaks of; None: the day it is recorded.
        recorded_at: UTC instant of the batch.
        unsaid: columns the file says nothing of, as `invoices.entity`; the values in their cells count only
            where no file says anything.
        progress: told the share that is done.

    Returns:
        The `line` numbers of rows that differ from the valid ones in a column they state. Others are not
        stored again; that they were repeated is noted: a file dated in between must not win from them.
    """
    stated = tuple(c.name for c in grain.columns if f"{grain.name}.{c.name}" not in unsaid)
    sql = VersionSql(grain, stated)
    values = {
        "grain": grain.name,
        "batch": batch_id,
        "source_date": source_date,
        "recorded_at": recorded_at,
        "unsaid": " ".join(sorted(unsaid)),
    }
    connection.register("incoming_frame", rows.select([*sql.columns, "line"]).to_arrow())
    connection.execute("create or replace temp table incoming as select * from incoming_frame")
    connection.unregister("incoming_frame")

    def execute(statement: str) -> duckdb.DuckDBPyConnection:
        named = {name: value for name, value in values.items() if f"${name}" in statement}
        return connection.execute(statement, named)

    made = None
    for place, statement in enumerate(sql.until_valid, start=1):
        made = execute(statement).fetchone()
        progress(place / len(sql.until_valid) / 2)
    rest = sql.after_valid if made and made[0] else sql.for_new_keys
    for place, statement in enumerate(rest, start=1):
        execute(statement)
        progress((1 + place / len(rest)) / 2)
    # Rows beyond the last line of the file only take back what it does not repeat.
    lines = connection.sql("select line from differing order by line").pl()["line"]
    lines = lines.filter(lines <= (rows["line"].max() or 0))
    for table in TEMPORARY:
        connection.execute(f"drop table if exists temp.{table}")
    return lines


def statements() -> list[str]:
    """Return the statements for each kind of row, for a file that states all its columns."""
    return [
        text
        for grain in GRAINS
        for text in VersionSql(grain, tuple(column.name for column in grain.columns)).all
    ]
