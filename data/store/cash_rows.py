"""What the entries of the bank are, worked out once and kept in memory beside a pair open for reading.

A published pair never changes, so it holds for as long as the pair is open; it goes with the last connection.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from threading import Lock

import duckdb
import polars as pl

from data.store import cash_application, macros

# The moments kept of a pair; the one worked out first goes first.
_MOST_MOMENTS = 4
_COLUMNS = (
    "account, entry_id, entry_date, amount, counterparty, description, customer_id, kind, invoice_id, "
    "applied_amount, status, score, reason, decided_by, decided_at, applied_date, currency"
)
_KEPT = """
    select count(*) from in_memory.cash_moment as kept
    where kept.known_on is not distinct from cast($known_on as timestamp) and kept.is_alone = $is_alone
    """
_SETTLEMENT_COLUMNS = "account, entry_id, document_id, day, kind, amount, status"
_MACROS = ("cash_row_at", "cash_settlement_at")
# Two threads that ask at the same time would both work it out.
_WORKING_OUT = Lock()


@cache
def is_needed(sql: str) -> bool:
    """Tell whether a query reads what the entries are, itself or through a macro."""
    return any(macros.reads(sql, macro) for macro in _MACROS)


@cache
def is_needed_alone(sql: str) -> bool:
    """Tell whether a query reads what the entries would be if nobody had decided anything."""
    return macros.reads(sql, "cash_alone_at")


@contextmanager
def of_moment(
    cursor: duckdb.DuckDBPyConnection, known_on: datetime | None, *, is_alone: bool = False
) -> Iterator[None]:
    """Have at hand what the entries are, as known at a moment (None: now).

    Args:
        cursor: of the pair.
        known_on: the moment.
        is_alone: as if nobody had decided anything.
    """
    with _WORKING_OUT:
        if not _is_kept(cursor, known_on, is_alone=is_alone):
            _work_out(cursor, known_on, is_alone=is_alone)
    yield


def _is_kept(cursor: duckdb.DuckDBPyConnection, known_on: datetime | None, *, is_alone: bool) -> bool:
    [(count,)] = cursor.execute(_KEPT, {"known_on": known_on, "is_alone": is_alone}).fetchall()
    return bool(count)


def _work_out(cursor: duckdb.DuckDBPyConnection, known_on: datetime | None, *, is_alone: bool) -> None:
    cursor.execute("begin")
    try:
        if cash_application.has_entries(cursor):
            rows, settlements = cash_application.stamped_answer(cursor, known_on, is_alone=is_alone)
            moment = {"known_on": known_on, "is_alone": is_alone}
            _keep(cursor, moment, "cash_row", rows.with_row_index("place"), f"place, {_COLUMNS}")
            _keep(cursor, moment, "cash_settlement", settlements, _SETTLEMENT_COLUMNS)
        cursor.execute(
            "insert into in_memory.cash_moment "
            "select coalesce(max(kept.number), 0) + 1, cast($known_on as timestamp), $is_alone "
            "from in_memory.cash_moment as kept",
            {"known_on": known_on, "is_alone": is_alone},
        )
        _forget_first(cursor)
        cursor.execute("commit")
    except BaseException:
        with suppress(duckdb.Error):
            cursor.execute("rollback")
        raise


def _keep(
    cursor: duckdb.DuckDBPyConnection,
    moment: Mapping[str, datetime | bool | None],
    table: str,
    rows: pl.DataFrame,
    columns: str,
) -> None:
    cursor.register("cash_frame", rows.to_arrow())
    cursor.execute(
        f"insert into in_memory.{table} "
        f"select cast($known_on as timestamp), $is_alone, {columns} from cash_frame",
        dict(moment),
    )
    cursor.unregister("cash_frame")


def _forget_first(cursor: duckdb.DuckDBPyConnection) -> None:
    old = cursor.execute(
        "delete from in_memory.cash_moment as kept "
        f"where kept.number <= (select max(number) - {_MOST_MOMENTS} from in_memory.cash_moment) "
        "returning kept.known_on, kept.is_alone"
    ).fetchall()
    for known_on, is_alone in old:
        for table in ("cash_row", "cash_settlement"):
            cursor.execute(
                f"delete from in_memory.{table} as old "
                "where old.known_on is not distinct from $known_on and old.is_alone = $is_alone",
                {"known_on": known_on, "is_alone": is_alone},
            )
