"""Reading a PostgreSQL database: one snapshot of it, in a transaction that cannot write.

psycopg, and not DuckDB's reader: that one turns amounts without declared decimals, which Odoo's are, into
floating-point numbers, and reads with several connections. Here every cell comes as the text the server
writes it in, so that no amount passes through a number that could round it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import polars as pl
import psycopg
from psycopg import conninfo, errors

from data.databases import sentences
from data.errors import SourceError
from data.message_templates import Message

_CONNECT_SECONDS = 20
MINUTES = 15
_BATCH = 50_000
# Set by a SELECT: the connection runs nothing else, and poolers that refuse options at the start let it pass.
_SESSION = {
    "default_transaction_read_only": "on",
    "statement_timeout": f"{MINUTES}min",
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": f"{4 * MINUTES}min",
    "search_path": "pg_catalog, public",
    "datestyle": "ISO, YMD",
    "timezone": "UTC",
    "client_encoding": "UTF8",
}
_COLUMNS = """
    select c.relname::text, a.attname::text
    from pg_catalog.pg_attribute as a
    inner join pg_catalog.pg_class as c on c.oid = a.attrelid
    inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped
    """


class PostgresBooks:
    """A snapshot of a database: every question is answered as of the first.

    Attributes:
        database: its name, for sentences.
    """

    def __init__(self, connection: psycopg.Connection[Any], database: str) -> None:
        self.database = database
        self._connection = connection

    def columns(self) -> dict[str, frozenset[str]]:
        """Return the tables and views of the schema public, each with its columns."""
        rows = self.rows(_COLUMNS)
        tables: dict[str, set[str]] = {}
        for table, column in rows:
            tables.setdefault(str(table), set()).add(str(column))
        return {table: frozenset(names) for table, names in tables.items()}

    def rows(self, query: str, values: Mapping[str, object] | None = None) -> list[tuple[str | None, ...]]:
        """Return the rows of a small answer, all cells text."""
        return self._connection.execute(query.encode(), values).fetchall()

    def frame(
        self, query: str, names: Sequence[str], values: Mapping[str, object] | None = None
    ) -> pl.DataFrame:
        """Return an answer of any size as a frame.

        Args:
            query: a SELECT whose columns are all text.
            names: what the frame's columns are called.
            values: of the query's parameters.
        """
        schema = dict.fromkeys(names, pl.String())
        parts = [pl.DataFrame(schema=schema)]
        with self._connection.cursor("kasstroom") as cursor:
            cursor.execute(query.encode(), values)
            while rows := cursor.fetchmany(_BATCH):
                parts.append(pl.DataFrame(rows, schema=schema, orient="row"))
        return pl.concat(parts)


@contextmanager
def open_books(address: str) -> Iterator[PostgresBooks]:
    """Open a snapshot of a database for reading.

    Args:
        address: `postgresql://USER:PASSWORD@HOST/DATABASE`, or the same in libpq's key=value form. It is in
            no sentence and no log.

    Raises:
        SourceError: it cannot be reached or read; the sentence says what to do.
    """
    parts = _parts(address)
    database = str(parts.get("dbname") or "?")
    try:
        connection = psycopg.connect(address, connect_timeout=_CONNECT_SECONDS, application_name="kasstroom")
    except psycopg.Error as error:
        host = str(parts.get("host") or "localhost")
        raise SourceError(sentences.UNREACHABLE(database=database, host=host, cause=_cause(error))) from error
    with connection:
        try:
            _begin(connection, database)
            yield PostgresBooks(connection, database)
        except psycopg.Error as error:
            raise SourceError(_refusal(error, database)) from error
        finally:
            if not connection.closed:
                connection.rollback()


def _parts(address: str) -> dict[str, Any]:
    try:
        return conninfo.conninfo_to_dict(address)
    except psycopg.Error:
        # libpq quotes the address, and with it the password.
        raise SourceError(sentences.NO_ADDRESS()) from None


def _begin(connection: psycopg.Connection[Any], database: str) -> None:
    connection.read_only = True
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    for name, value in _SESSION.items():
        connection.execute("select pg_catalog.set_config(%s, %s, false)", [name, value])
    row = connection.execute("select pg_catalog.current_setting('transaction_read_only')").fetchone()
    if row is None or row[0] != "on":
        raise SourceError(sentences.NOT_READ_ONLY(database=database))


def _refusal(error: psycopg.Error, database: str) -> Message:
    if isinstance(error, errors.QueryCanceled | errors.LockNotAvailable):
        return sentences.TOO_SLOW(database=database, minutes=MINUTES)
    if isinstance(error, errors.InsufficientPrivilege):
        return sentences.NOT_ALLOWED(database=database, cause=_cause(error))
    return sentences.READING_FAILED(database=database, cause=_cause(error))


def _cause(error: psycopg.Error) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].removesuffix(".") if lines else type(error).__name__
