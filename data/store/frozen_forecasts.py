"""Forecasts kept as they were made: Parquet files named after their own hash, and named in the journal.

The files come first and the journal's rows last, so that a crash in between leaves a file nobody names.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import duckdb
import polars as pl
from filelock import FileLock, Timeout

from data import sentences, system_errors
from data.errors import KasstroomError, StoreBrokenError, StoreBusyError
from data.message_templates import Message
from data.store import files, reader, typed_rows
from data.store.reload import FROZEN
from data.store.snapshot import current_snapshot

_LOCK = ".freeze"
_PATIENCE = 30.0  # seconds; whoever holds the lock writes three small files


@dataclass(frozen=True)
class FreezeOutcome:
    """What came of keeping a forecast: the instant it was kept (UTC), and whether that was just now."""

    at: datetime
    is_new: bool


def keep(
    folder: Path, as_of: date, currency: str, frames: Mapping[str, pl.DataFrame], facts: Mapping[str, str]
) -> FreezeOutcome:
    """Keep a forecast, once per day it stands on: what is kept already stays as it is.

    Args:
        folder: the store.
        as_of: last day known to the forecast.
        currency: of its amounts.
        frames: part (`weeks`, `invoices`, `payments`) -> rows.
        facts: what holds for the run as a whole; goes into every file.

    Raises:
        StoreMissingError: there is no store.
        StoreBusyError: another writer is at work.
        KasstroomError: the disk refuses a file; nothing was kept.
    """
    current_snapshot(folder)
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        raise StoreBusyError(sentences.STORE_BUSY(folder=folder)) from None
    except OSError as error:
        raise KasstroomError(
            sentences.UNWRITABLE_STORE(folder=folder, cause=system_errors.cause(error))
        ) from error
    try:
        earlier = frozen_at(folder, as_of)
        if earlier is not None:
            return FreezeOutcome(earlier, is_new=False)
        rows = [
            {
                "as_of": as_of,
                "part": part,
                "currency": currency,
                "row_count": frame.height,
                "file_hash": _written(folder, frame, facts),
            }
            for part, frame in frames.items()
        ]
        typed_rows.add(folder, {"forecast_runs": pl.DataFrame(rows)})
        at = frozen_at(folder, as_of)
        if at is None:
            raise StoreBrokenError(sentences.FROZEN_UNNAMED(day=as_of))
        return FreezeOutcome(at, is_new=True)
    finally:
        lock.release()


def frozen_at(folder: Path, as_of: date) -> datetime | None:
    """Return the instant (UTC) the forecast of a day was kept; None where it is not."""
    with reader.session(current_snapshot(folder)) as connection:
        row = connection.execute(
            "select min(recorded_at), max(file_hash) filter (part = 'weeks') "
            "from forecast_run_at(null) where as_of = ?",
            [as_of],
        ).fetchone()
    return None if row is None or row[0] is None else instant(row[0], facts(folder, row[1] or ""))


def instant(recorded_at: datetime, facts: Mapping[str, str]) -> datetime:
    """Return when a run was kept: as its file says; the journal is newer where it was loaded anew."""
    kept_at = facts.get("kept_at")
    return datetime.fromisoformat(kept_at) if kept_at else recorded_at


def read(folder: Path, as_of: date, digest: str) -> tuple[pl.DataFrame, dict[str, str]]:
    """Return the rows of a kept part and the facts of its run.

    Raises:
        StoreBrokenError: its file is gone, or not the one that was kept.
    """
    fault = _fault(folder, as_of, digest)
    if fault is not None:
        raise StoreBrokenError(fault)
    return pl.read_parquet(_path(folder, digest), hive_partitioning=False), facts(folder, digest)


def facts(folder: Path, digest: str) -> dict[str, str]:
    """Return the facts in a kept file without its rows; none where the file is gone or no such file."""
    try:
        metadata = pl.read_parquet_metadata(_path(folder, digest))
    except (OSError, pl.exceptions.PolarsError):
        return {}
    return {name: text for name, text in metadata.items() if name != "ARROW:schema"}


def faults(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Message]:
    """Compare the kept files with what the journal names; return a message per fault.

    A file the journal does not name is none: a crash leaves one, and nothing reads it.
    """
    rows = connection.execute(
        "select as_of, file_hash from forecast_run_at(null) order by as_of, part"
    ).fetchall()
    compared = [_fault(folder, as_of, digest) for as_of, digest in rows]
    return [fault for fault in compared if fault is not None]


def _fault(folder: Path, as_of: date, digest: str) -> Message | None:
    file = _path(folder, digest)
    if not file.is_file():
        return sentences.FROZEN_GONE(day=as_of, file=file.name)
    if files.file_hash(file) != digest:
        return sentences.FROZEN_CHANGED(day=as_of, file=file.name)
    return None


def _path(folder: Path, digest: str) -> Path:
    return folder / FROZEN / f"{digest}.parquet"


def _written(folder: Path, frame: pl.DataFrame, facts: Mapping[str, str]) -> str:
    """Write a part under the hash of its bytes and return that; the same rows are the same file."""
    buffer = io.BytesIO()
    # One chunk and one row group, so that the bytes depend on the rows alone.
    frame.rechunk().write_parquet(
        buffer, row_group_size=max(frame.height, 1), metadata=dict(sorted(facts.items()))
    )
    content = buffer.getvalue()
    digest = sha256(content).hexdigest()
    file = _path(folder, digest)
    try:
        file.parent.mkdir(exist_ok=True)
        for stray in file.parent.glob(f"{files.PRIVATE}*"):  # of a writer that was killed; the lock is ours
            stray.unlink(missing_ok=True)
        files.write(file, content)
        files.flush(folder)
    except OSError as error:
        raise KasstroomError(
            sentences.WRITE_FAILED(folder=folder, cause=system_errors.description(error))
        ) from error
    return digest
