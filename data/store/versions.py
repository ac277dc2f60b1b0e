"""Putting rows of files into the store as versions: which are new, which they overtake, and since when.

A file states every column it has and says nothing of the others. So the valid version of a row holds, for
each column, the value stated by the newest file: files of different width give the same rows in any order.
Newest is the file with the later day it speaks of, then the one loaded later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import duckdb
import polars as pl

from data.grains import GRAINS, Grain
from data.progress import Share, part, untold
from data.store.turn_sql import skipping, taking_turn
from data.store.version_sql import BATCH_FACTS, TEMPORARY, VersionSql

NEW_LINES = pl.Schema({"batch_id": pl.Int32(), "line": pl.Int64()})


@dataclass(frozen=True)
class BatchRows:
    """The rows of one kind that come in with one batch.

    Attributes:
        batch_id: number of the batch.
        source_date: day the file speaks of; None: the day it is recorded.
        recorded_at: UTC instant of the batch.
        unsaid: columns the file says nothing of, as `invoices.entity`, in order; the values in their cells
            count only where no file says anything.
        rows: the grain's columns and `line`.
    """

    batch_id: int
    source_date: date | None
    recorded_at: datetime
    unsaid: tuple[str, ...]
    rows: pl.DataFrame

    @property
    def facts(self) -> tuple[object, ...]:
        """What each of its rows says of the batch, as `BATCH_FACTS` names it."""
        day = self.source_date or self.recorded_at.date()
        last_line = self.rows["line"].max() or 0
        return self.batch_id, self.source_date, self.recorded_at, day, " ".join(self.unsaid), last_line


def add_rows(
    connection: duckdb.DuckDBPyConnection,
    grain: Grain,
    arrivals: Sequence[BatchRows],
    progress: Share = untold,
) -> pl.DataFrame:
    """Insert the rows that say something new and mark the versions they overtake.

    What comes of it is the same as if the batches were added one by one.

    Args:
        connection: the writer's.
        grain: the kind of the rows.
        arrivals: the rows of each batch, by its number, which is higher than that of any batch before.
        progress: told the share that is done.

    Returns:
        `batch_id` and `line` (NEW_LINES) of rows that differ from the valid ones in a column they state.
        Others are not stored again; that they were repeated is noted: a file dated in between must not win
        from them.
    """
    sql = _sql(grain, arrivals)
    if len(arrivals) == 1:
        _register(connection, sql, arrivals, "incoming")
        lines = [_take_turn(connection, sql, progress)]
    else:
        _register(connection, sql, arrivals, "arrived")
        lines = _take_turns(connection, sql, progress)
    for table in TEMPORARY:
        connection.execute(f"drop table if exists temp.{table}")
    return pl.concat([pl.DataFrame(schema=NEW_LINES), *lines])


def _sql(grain: Grain, arrivals: Sequence[BatchRows]) -> VersionSql:
    """Return the statements for the columns that the files state."""
    widths = {each.unsaid for each in arrivals}
    columns = [(column.name, f"{grain.name}.{column.name}") for column in grain.columns]
    by_all = tuple(name for name, full in columns if not any(full in width for width in widths))
    by_some = tuple(
        name for name, full in columns if name not in by_all and not all(full in width for width in widths)
    )
    return VersionSql(grain, by_all, by_some)


def _register(
    connection: duckdb.DuckDBPyConnection, sql: VersionSql, arrivals: Sequence[BatchRows], table: str
) -> None:
    """Make `bundle`, the facts of the batches, and a table of their rows."""
    facts = pl.DataFrame(
        [each.facts for each in arrivals],
        schema={
            "batch_id": pl.Int32(),
            "source_date": pl.Date(),
            "recorded_at": pl.Datetime("us"),
            "day": pl.Date(),
            "unsaid": pl.String(),
            "last_line": pl.Int64(),
        },
        orient="row",
    )
    rows = pl.concat([each.rows.select(*sql.columns, "line") for each in arrivals])
    numbers = pl.Series([each.batch_id for each in arrivals], dtype=pl.Int32)
    heights = pl.Series([each.rows.height for each in arrivals], dtype=pl.UInt32)
    of_rows = pl.select(pl.lit(numbers).repeat_by(pl.lit(heights)).explode(empty_as_null=False)).to_series()
    connection.register("bundle_frame", facts.to_arrow())
    connection.register("incoming_frame", rows.with_columns(batch_id=of_rows).to_arrow())
    connection.execute("create or replace temp table bundle as select * from bundle_frame")
    connection.execute(
        f"create or replace temp table {table} as select f.* exclude (batch_id), "
        f"{', '.join(f'b.{name}' for name in BATCH_FACTS)} "
        "from incoming_frame as f inner join bundle as b on b.batch_id = f.batch_id"
    )
    connection.unregister("incoming_frame")
    connection.unregister("bundle_frame")


def _take_turns(
    connection: duckdb.DuckDBPyConnection, sql: VersionSql, progress: Share
) -> list[pl.DataFrame]:
    """Put in the rows of `arrived`, of each key the first file before the second."""
    lines = []
    total = left = _count(connection, "arrived")
    while left:
        for statement in taking_turn(sql):
            connection.execute(statement)
        done, left = 1 - left / total, _count(connection, "arrived")
        lines.append(_take_turn(connection, sql, part(progress, done, 1 - left / total)))
        if left:
            for statement in skipping(sql):
                _execute(connection, statement, sql.grain)
            left = _count(connection, "arrived")
    return lines


def _take_turn(connection: duckdb.DuckDBPyConnection, sql: VersionSql, progress: Share) -> pl.DataFrame:
    """Put in the rows of `incoming`, in which each key comes from one file; return which were new."""
    made = None
    for place, statement in enumerate(sql.until_valid, start=1):
        made = _execute(connection, statement, sql.grain).fetchall()
        progress(place / len(sql.until_valid) / 2)
    rest = sql.after_valid if made and made[0][0] else sql.for_new_keys
    for place, statement in enumerate(rest, start=1):
        _execute(connection, statement, sql.grain)
        progress((1 + place / len(rest)) / 2)
    # Rows beyond the last line of the file only take back what it does not repeat.
    new = connection.sql(
        "select batch_id, line from differing where line <= last_line order by batch_id, line"
    )
    return new.pl().match_to_schema(NEW_LINES)


def _execute(
    connection: duckdb.DuckDBPyConnection, statement: str, grain: Grain
) -> duckdb.DuckDBPyConnection:
    return connection.execute(statement, {"grain": grain.name} if "$grain" in statement else {})


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    [(count,)] = connection.execute(f"select count(*) from {table}").fetchall()
    return int(count)


def statements() -> list[str]:
    """Return the statements for each kind of row, for files that state all its columns."""
    kinds = [VersionSql(grain, tuple(column.name for column in grain.columns)) for grain in GRAINS]
    return [text for sql in kinds for text in (*sql.all, *taking_turn(sql), *skipping(sql))]
