"""Putting rows of a file into the store as versions: what is new, what overtakes what, and since when.

A file says something of every column it has; of the others it says nothing. So the valid version of a row
holds, for each column, what the newest file that spoke of it said: files of different width give the same
rows in any order. Newest is the one with the later day it speaks of, then the one loaded later.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import duckdb
import polars as pl

from data.grains import Grain
from data.store.batches import in_file, table_of

# An instalment schedule is agreed as a whole: a newer one replaces all its rows.
_WHOLE_SETS = {"instalments": ("invoice_id",)}
_TEMPORARY = ("incoming", "valid", "differing", "told", "spoken", "outcome")


@dataclass(frozen=True)
class _Names:
    """How the statements below name a grain's columns and tables."""

    grain: Grain
    said: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.grain.columns)

    @property
    def key(self) -> tuple[str, ...]:
        return _WHOLE_SETS.get(self.grain.name, self.grain.key)

    @property
    def listed(self) -> str:
        return ", ".join(self.columns)

    def beside(self, name: str) -> str:
        """Return a table that is kept in the grain's file, as `superseded`."""
        return in_file(self.grain.database, name)


def _same(names: Collection[str], left: str, right: str) -> str:
    return " and ".join(f"{left}.{name} is not distinct from {right}.{name}" for name in names)


def add_rows(
    connection: duckdb.DuckDBPyConnection,
    grain: Grain,
    rows: pl.DataFrame,
    *,
    batch_id: int,
    source_date: date | None,
    recorded_at: datetime,
    unsaid: Collection[str] = (),
) -> pl.Series:
    """Insert the rows that say something new and mark the versions they overtake.

    Args:
        connection: the writer's.
        grain: what the rows are.
        rows: the grain's columns and `line`.
        batch_id: number of the batch they come in.
        source_date: day the file speaks of; None: the day it is recorded.
        recorded_at: UTC instant of the batch.
        unsaid: columns the file says nothing of, as `invoices.entity`; what stands in their cells counts only
            where no file says anything.

    Returns:
        The `line` numbers of rows that differ from what is valid now in a column they speak of. Others are
        not stored again; that they were repeated is noted: a file dated in between must not win from them.
    """
    said = tuple(c.name for c in grain.columns if f"{grain.name}.{c.name}" not in unsaid)
    names = _Names(grain, said)
    parameters: dict[str, object] = {
        "batch": batch_id,
        "source_date": source_date,
        "recorded_at": recorded_at,
        "unsaid": " ".join(sorted(unsaid)),
    }
    connection.register("incoming_frame", rows.select([*names.columns, "line"]).to_arrow())
    connection.execute("create or replace temp table incoming as select * from incoming_frame")
    connection.unregister("incoming_frame")
    _find_valid(connection, names)
    same_row = f"{_same(names.key, 'c', 'n')} and {_same(said, 'c', 'n')}"
    connection.execute(
        f"create or replace temp table differing as select n.* from incoming as n "
        f"where not exists (select 1 from valid as c where {same_row})"
    )
    if grain.name in _WHOLE_SETS:
        _add_whole_sets(connection, names.key, same_row)
    connection.execute(
        f"insert into {table_of(grain)} ({names.listed}, line, batch_id, source_date, recorded_at) "
        f"select {names.listed}, line, $batch, $source_date, $recorded_at from differing order by line",
        {name: parameters[name] for name in ("batch", "source_date", "recorded_at")},
    )
    if grain.name in _WHOLE_SETS:
        _supersede_sets(connection, names, parameters)
    else:
        _supersede(connection, names, parameters)
    _confirm(connection, names, same_row, parameters)
    lines = connection.sql("select line from differing order by line").pl()["line"]
    for table in _TEMPORARY:
        connection.execute(f"drop table if exists temp.{table}")
    return lines


def _find_valid(connection: duckdb.DuckDBPyConnection, names: _Names) -> None:
    """List the valid rows of the keys the file names, each with the day since which it holds.

    Only these: a day's few rows must not copy years of ledger. Not through `<table>_at`: that leaves out rows
    that say there is nothing, which are versions like any other.
    """
    connection.execute(
        f"""
        create or replace temp table valid as
        select
            {", ".join(f"f.{name}" for name in names.columns)},
            f.batch_id,
            f.line,
            coalesce(f.source_date, cast(f.recorded_at as date)) as own_day,
            b.unsaid,
            greatest(own_day, c.valid_from) as valid_from,
        from {table_of(names.grain)} as f
        inner join {names.beside("batch")} as b on b.batch_id = f.batch_id
        anti join {names.beside("superseded")} as s
            on s.grain = $grain and s.batch_id = f.batch_id and s.line = f.line
        left join (
            select c.batch_id, c.line, max(c.valid_from) as valid_from
            from {names.beside("confirmed")} as c where c.grain = $grain group by all
        ) as c on c.batch_id = f.batch_id and c.line = f.line
        where exists (select 1 from incoming as n where {_same(names.key, "f", "n")})
        """,
        {"grain": names.grain.name},
    )


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


def _supersede_sets(
    connection: duckdb.DuckDBPyConnection, names: _Names, parameters: dict[str, object]
) -> None:
    """Mark the sets that new ones overtake, or the new ones where a later dated set is already there."""
    later = "coalesce($source_date, cast($recorded_at as date)) >= c.valid_from"
    same_key = _same(names.key, "c", "n")
    connection.execute(
        f"insert into {names.beside('superseded')} "
        f"select distinct $grain, c.batch_id, c.line, cast($recorded_at as timestamp) "
        f"from valid as c inner join differing as n on {same_key} where {later} "
        f"union all "
        f"select distinct $grain, cast($batch as integer), n.line, cast($recorded_at as timestamp) "
        f"from valid as c inner join differing as n on {same_key} where not ({later})",
        {**{k: parameters[k] for k in ("batch", "source_date", "recorded_at")}, "grain": names.grain.name},
    )


def _supersede(connection: duckdb.DuckDBPyConnection, names: _Names, parameters: dict[str, object]) -> None:
    """Put together what all files say of the keys that differ, and make that the valid version of each."""
    grain, key, listed = names.grain, names.key, ", ".join(names.key)
    of_key = [f"f.{name}" for name in names.columns]
    connection.execute(
        f"""
        create or replace temp table told as
        with named as (
            select f.*, coalesce(b.unsaid, $unsaid) as unsaid,
            from {table_of(grain)} as f
            left join {names.beside("batch")} as b on b.batch_id = f.batch_id
            where exists (
                select 1 from differing as n
                inner join valid as c on {_same(key, "c", "n")}
                where {_same(key, "f", "n")}
            )
        )
        select
            {", ".join(of_key)},
            coalesce(f.source_date, cast(f.recorded_at as date)) as day,
            f.batch_id as told_by,
            f.unsaid,
        from named as f
        where f.line > 0
        union all
        select {", ".join(of_key)}, c.valid_from, c.by_batch_id, b.unsaid
        from named as f
        inner join {names.beside("confirmed")} as c
            on c.grain = $grain and c.batch_id = f.batch_id and c.line = f.line
        inner join {names.beside("batch")} as b on b.batch_id = c.by_batch_id
        """,
        {"unsaid": parameters["unsaid"], "grain": grain.name},
    )
    newest = []
    for name in names.columns:
        if name not in key:
            speaks = f"not list_contains(string_split(t.unsaid, ' '), '{grain.name}.{name}')"
            last = f"arg_max_null(t.{name}, t.rank)"
            newest.append(
                f"case when count(*) filter ({speaks}) > 0 "
                f"then {last} filter ({speaks}) else {last} end as {name}"
            )
    connection.execute(
        f"""
        create or replace temp table spoken as
        with ranked as (
            select t.*, row_number() over (partition by {listed} order by t.day, t.told_by) as rank
            from told as t
        )
        select {", ".join([f"t.{name}" for name in key] + newest)}
        from ranked as t
        group by {", ".join(f"t.{name}" for name in key)}
        """
    )
    connection.execute(
        f"""
        create or replace temp table outcome as
        select
            {", ".join(f"s.{name}" for name in names.columns)},
            n.line as new_line,
            c.batch_id as old_batch_id,
            c.line as old_line,
            {_same(names.columns, "s", "c")} as is_old,
            {_same(names.columns, "s", "n")} as is_new,
        from spoken as s
        inner join differing as n on {_same(key, "n", "s")}
        inner join valid as c on {_same(key, "c", "s")}
        """
    )
    stamped = {name: parameters[name] for name in ("batch", "recorded_at")}
    connection.execute(
        f"insert into {table_of(grain)} ({names.listed}, line, batch_id, source_date, recorded_at) "
        f"select {names.listed}, -new_line, $batch, $source_date, $recorded_at from outcome "
        "where not is_old and not is_new order by new_line",
        {**stamped, "source_date": parameters["source_date"]},
    )
    connection.execute(
        f"""
        insert into {names.beside("superseded")}
        select $grain, old_batch_id, old_line, cast($recorded_at as timestamp) from outcome where not is_old
        union all
        select $grain, cast($batch as integer), new_line, cast($recorded_at as timestamp)
        from outcome where is_old or not is_new
        """,
        {**stamped, "grain": grain.name},
    )


def _confirm(
    connection: duckdb.DuckDBPyConnection, names: _Names, same_row: str, parameters: dict[str, object]
) -> None:
    """Note the valid rows this file repeats, where that says more than their own file did."""
    connection.execute(
        f"""
        create or replace temp table spoken as
        select c.batch_id, c.line, coalesce($source_date, cast($recorded_at as date)) as day
        from incoming as n
        inner join valid as c on {same_row}
        where
            n.line not in (select line from differing)
            and not (c.line > 0 and c.own_day >= day and c.unsaid in ('', $unsaid))
        """,
        {name: parameters[name] for name in ("source_date", "recorded_at", "unsaid")},
    )
    # Of files of the same columns the newest is enough.
    confirmed = names.beside("confirmed")
    of_same_width = (
        f"c.grain = $grain and c.by_batch_id in "
        f"(select b.batch_id from {names.beside('batch')} as b where b.unsaid = $unsaid)"
    )
    told = {"grain": names.grain.name, "unsaid": parameters["unsaid"]}
    connection.execute(
        f"delete from spoken as s using {confirmed} as c where {of_same_width} "
        "and c.batch_id = s.batch_id and c.line = s.line and c.valid_from > s.day",
        told,
    )
    connection.execute(
        f"delete from {confirmed} as c using spoken as s where {of_same_width} "
        "and c.batch_id = s.batch_id and c.line = s.line",
        told,
    )
    connection.execute(
        f"insert into {confirmed} select $grain, batch_id, line, $batch, day from spoken",
        {"grain": names.grain.name, "batch": parameters["batch"]},
    )
