"""The set-off of a day, worked out once and kept in memory beside a pair that is open for reading.

Set-off takes longer than most of what is asked with it, and the questions of one screen need that of the same
day. A published pair never changes, so what was worked out of it holds for as long as it is open; it goes
with the last connection.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import cache
from threading import Lock

import duckdb

from data.store import macros

# The days kept of a pair; the one worked out first goes first.
_MOST_DAYS = 16
_KEPT = """
    select count(*) from in_memory.set_off_day as kept
    where kept.as_of = $as_of and kept.known_on is not distinct from $known_on
    """
# Two threads that ask about one day at the same time would both work it out.
_WORKING_OUT = Lock()


@cache
def is_needed(sql: str) -> bool:
    """Tell whether a query reads set-off, itself or through a macro."""
    return macros.reads(sql, "kept_set_off_at")


@contextmanager
def of_day(cursor: duckdb.DuckDBPyConnection, as_of: date, known_on: datetime | None) -> Iterator[None]:
    """Have the set-off of a day at hand for the questions inside, whatever others work out meanwhile."""
    day = {"as_of": as_of, "known_on": known_on}
    with _WORKING_OUT:
        if not _is_kept(cursor, day):
            _work_out(cursor, day)
        # From the first look in a transaction on, it sees what was kept then.
        cursor.execute("begin")
        _is_kept(cursor, day)
    try:
        yield
    finally:
        with suppress(duckdb.Error):
            cursor.execute("rollback")


def _is_kept(cursor: duckdb.DuckDBPyConnection, day: Mapping[str, object]) -> bool:
    row = cursor.execute(_KEPT, day).fetchone()
    return row is not None and row[0] > 0


def _work_out(cursor: duckdb.DuckDBPyConnection, day: Mapping[str, object]) -> None:
    cursor.execute("begin")
    try:
        cursor.execute(
            "insert into in_memory.set_off "
            "select cast($as_of as date), cast($known_on as timestamp), pair.* "
            "from fresh_set_off_at(cast($as_of as date), cast($known_on as timestamp)) as pair",
            day,
        )
        cursor.execute(
            "insert into in_memory.set_off_day "
            "select coalesce(max(kept.number), 0) + 1, cast($as_of as date), cast($known_on as timestamp) "
            "from in_memory.set_off_day as kept",
            day,
        )
        _forget_first(cursor)
        cursor.execute("commit")
    except BaseException:
        with suppress(duckdb.Error):
            cursor.execute("rollback")
        raise


def _forget_first(cursor: duckdb.DuckDBPyConnection) -> None:
    old = cursor.execute(
        "delete from in_memory.set_off_day as kept "
        f"where kept.number <= (select max(number) - {_MOST_DAYS} from in_memory.set_off_day) "
        "returning kept.as_of, kept.known_on"
    ).fetchall()
    for as_of, known_on in old:
        cursor.execute(
            "delete from in_memory.set_off as pair "
            "where pair.as_of = $as_of and pair.known_on is not distinct from $known_on",
            {"as_of": as_of, "known_on": known_on},
        )
