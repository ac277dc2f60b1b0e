"""Reading a published pair: opened read-only, hardened, and shared by everybody in one process."""

import re
import shlex
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Lock

import duckdb

from data import sentences
from data.errors import StoreBrokenError, StoreMissingError
from data.message_templates import Message
from data.store import memory_tables
from data.store.layout import layout
from data.store.snapshot import Snapshot
from data.store.statements import quoted

_UNREADABLE = (
    duckdb.IOException,
    duckdb.SerializationException,
    duckdb.InternalException,
    duckdb.FatalException,
)
_NO_ROOM = re.compile(r"could not write|no space left|failed to offload|out of memory", re.IGNORECASE)
# Two threads that open one pair at the same time would both find the journal missing.
_OPENING = Lock()


def connect(snapshot: Snapshot, *, threads: int = 2, memory_limit: str = "3GB") -> duckdb.DuckDBPyConnection:
    """Open a published pair for reading, hardened: no writing, no files, no network, no way back.

    Hand out one `cursor` per query: a connection shared by threads returns another thread's rows. A pair
    that is open in this process already is shared, with the limits it was opened with.

    Raises:
        StoreBrokenError: a file is damaged, or something lies beside it that would be replayed into it.
        StoreMissingError: the store has another layout.
    """
    require_full_length(snapshot)
    for file in (snapshot.ledger, snapshot.journal):
        if Path(f"{file}.wal").exists():
            raise StoreBrokenError(sentences.STRAY_LOG(file=file.name))
    # DuckDB shares what one process opens under one name. The pair is that name, not the ledger: the same
    # ledger is published again beside every newer journal.
    name = sha256(snapshot.key.encode()).hexdigest()
    with _OPENING:
        try:
            connection = duckdb.connect(f":memory:{name}")
            try:
                if not _has_journal(connection):
                    _harden(connection, snapshot, threads, memory_limit)
                connection.execute("use ledger")
                require_layout(connection, snapshot)
            except BaseException:
                connection.close()  # else the next one would share what is half attached
                raise
        except duckdb.Error as error:
            raise damaged(snapshot, error) from error
    return connection


def cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return a cursor on a connection of `connect`, with the ledger's tables at hand as on the connection."""
    made = connection.cursor()
    made.execute("use ledger")
    return made


@contextmanager
def session(snapshot: Snapshot) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a published pair for a few questions, and close it; raises as `connect` and `refuse_damage`."""
    connection = connect(snapshot)
    try:
        with refuse_damage(snapshot):
            yield connection
    finally:
        connection.close()


@contextmanager
def refuse_damage(snapshot: Snapshot) -> Iterator[None]:
    """Raise StoreBrokenError if DuckDB finds the pair damaged: it reads a block when a question needs it."""
    try:
        yield
    except duckdb.Error as error:
        if is_damage(error):
            raise damaged(snapshot, error) from error
        raise


def is_damage(error: duckdb.Error) -> bool:
    """Tell whether an error says that a file cannot be read, not that disk or memory are too small.

    DuckDB 2 raises the base class itself for a block whose checksum is wrong; errors of a query have a class.
    """
    return (isinstance(error, _UNREADABLE) or type(error) is duckdb.Error) and not _NO_ROOM.search(str(error))


def require_full_length(snapshot: Snapshot) -> None:
    """Raise StoreBrokenError if a file is shorter than it was published.

    DuckDB opens such a file, and a query that needs none of the lost blocks answers as if it was whole.
    """
    for file, size in zip((snapshot.ledger, snapshot.journal), snapshot.sizes, strict=True):
        if file.stat().st_size < size:
            raise damaged(snapshot, sentences.CUT_SHORT(file=file.name))


def damaged(snapshot: Snapshot, error: Exception | Message) -> StoreBrokenError:
    """Return the refusal of a pair that DuckDB could not read, or that is shorter than it was."""
    return StoreBrokenError(
        sentences.DAMAGED_STORE(
            ledger=snapshot.ledger.name,
            journal=snapshot.journal.name,
            raw=shlex.quote(str(snapshot.raw)),
            cause=error
            if isinstance(error, Message)
            else (str(error).splitlines() or [type(error).__name__])[0],
        )
    )


def _has_journal(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether this process has the pair open: DuckDB then gave a connection to that same instance."""
    row = connection.execute(
        "select count(*) from duckdb_databases() where database_name = 'journal'"
    ).fetchone()
    return row is not None and row[0] > 0


def _harden(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, threads: int, memory_limit: str
) -> None:
    # A folder of its own: DuckDB empties the temporary folder when it closes, another process's files too.
    spill = snapshot.ledger.parent / f".spill-{uuid.uuid4().hex}"
    connection.execute(f"attach {quoted(snapshot.ledger)} as ledger (read_only)")
    connection.execute(f"attach {quoted(snapshot.journal)} as journal (read_only)")
    memory_tables.attach(connection)
    # The order matters: `lock_configuration` last, and nothing that reads files after external access is off.
    for setting in (
        f"memory_limit = '{memory_limit}'",
        f"threads = {threads}",
        f"temp_directory = {quoted(spill)}",
        "max_temp_directory_size = '8GB'",
        "python_enable_replacements = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"set {setting}")


def require_layout(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> None:
    """Raise StoreMissingError, and close the connection, if the pair has another layout."""
    row = connection.execute("select value from meta where key = 'layout'").fetchone()
    if row is None or row[0] != layout():
        connection.close()
        written = row[0] if row else "?"
        raise StoreMissingError(
            sentences.OTHER_LAYOUT(found=written, known=layout(), raw=shlex.quote(str(snapshot.raw)))
        )
