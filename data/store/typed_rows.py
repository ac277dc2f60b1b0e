"""Rows somebody typed: written as the file they could have come in, and taken in as one publication."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from data import sentences
from data.errors import ChangedMeanwhileError, RefusedFileError
from data.grains import BY_NAME
from data.importers import read_file
from data.message_templates import stored_message
from data.store.batches import table_of
from data.store.load import load
from data.store.load_report import LoadReport
from data.store.snapshot import current_snapshot


def add(
    folder: Path,
    rows: dict[str, pl.DataFrame],
    *,
    seen: datetime | None = None,
    require: Callable[[duckdb.DuckDBPyConnection], None] = lambda _connection: None,
) -> LoadReport:
    """Take typed rows into the store: all of them or none.

    They go the way of every file: kept under raw/, checked, versioned, chained. What is typed a second time
    is taken in a second time, for it may have changed in between.

    Args:
        folder: the store.
        rows: per kind of file (`planned_cash`, `promises`, ...) its rows, columns named as in that file.
        seen: instant of the last batch whoever typed them had seen; rows that somebody else changed after it
            are not written over. None: whatever is there is written over.
        require: looks at the books once nobody else can write; what it raises ends the write.

    Raises:
        RefusedFileError: a row breaks a rule; the sentence names row, column and reason.
        ChangedMeanwhileError: somebody else changed one of the rows after `seen`.
        StoreBusyError: another writer is at work.
        StoreMissingError: there is no store.
    """

    def require_unchanged(connection: duckdb.DuckDBPyConnection) -> None:
        require(connection)
        keys_by_kind = {kind: _changed(connection, kind, frame, seen) for kind, frame in rows.items()}
        changed = {kind: keys for kind, keys in keys_by_kind.items() if keys}
        if changed:
            count = sum(len(keys) for keys in changed.values())
            raise ChangedMeanwhileError(sentences.CHANGED_MEANWHILE(count=count), changed)

    # What is typed belongs to the books on the screen: it never starts a store.
    current_snapshot(folder)
    with tempfile.TemporaryDirectory(prefix="kasstroom-typed-") as written:
        files = [_written(Path(written), kind, frame) for kind, frame in rows.items() if frame.height]
        for file in files:
            reading = read_file(file, None)
            for reject in reading.rejects.head(1).iter_rows(named=True):
                raise RefusedFileError(stored_message(reject["message"]))
        return load(folder, files, again=files, require=require_unchanged)


def _written(folder: Path, kind: str, rows: pl.DataFrame) -> Path:
    file = folder / f"{kind}.csv"
    rows.write_csv(file)
    return file


def _changed(
    connection: duckdb.DuckDBPyConnection, kind: str, rows: pl.DataFrame, seen: datetime | None
) -> list[tuple[object, ...]]:
    """Return the keys of the rows that were recorded after an instant, by whoever it was.

    Every change stores a row with its key, also one that takes back what an earlier one said.
    """
    if seen is None or rows.is_empty():
        return []
    grain = BY_NAME[kind]
    key = [name for name in grain.key if not grain.column(name).is_counted]
    if not set(key) <= set(rows.columns):
        return []  # their number is made as they are stored: they are rows of their own
    types = {name: "date" if grain.column(name).type == "date" else "varchar" for name in key}
    same = " and ".join(f"t.{name} is not distinct from cast(r.{name} as {types[name]})" for name in types)
    listed = ", ".join(f"t.{name}" for name in types)
    connection.register("typed_frame", rows.select(key).to_arrow())
    keys = connection.execute(
        f"select distinct {listed} from {table_of(grain)} as t inner join typed_frame as r on {same} "
        f"where t.recorded_at > ? order by {listed}",
        [seen],
    ).fetchall()
    connection.unregister("typed_frame")
    return keys
