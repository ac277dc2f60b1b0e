"""Loading files: read, check, put in as versions, derive, verify, publish. All of it or nothing."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from data import batches, checks, clock, derive, macros, raw, sentences, store, versions
from data.errors import RefusedFileError
from data.grains import BY_NAME
from data.importers import Preset, Reading, collect, read_file

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class FileReport:
    """What a load did with one file.

    `rows_read` = `accepted` + `rejected` + `duplicate`; `duplicate` counts rows that repeat another row of
    the file or what the store already holds. `batch_id` is None where nothing was recorded.
    """

    file_name: str
    kind: str
    sha256: str
    batch_id: int | None
    rows_read: int
    accepted: int
    rejected: int
    duplicate: int
    sum_read: Decimal | None
    sum_accepted: Decimal | None
    rejects: pl.DataFrame
    already_loaded: bool = False


@dataclass(frozen=True)
class LoadReport:
    """What a load did: per file, what was passed over, the snapshot it published (None: nothing new)."""

    files: list[FileReport]
    passed_over: list[tuple[Path, str]]
    snapshot: store.Snapshot | None
    dry_run: bool = False


@dataclass
class _Load:
    """One load under way on the writer's connection."""

    connection: duckdb.DuckDBPyConnection
    source_date: date | None
    next_batch: int
    recorded_at: datetime
    chain: str
    reports: list[FileReport] = field(default_factory=list)


def load(
    folder: Path,
    paths: Sequence[Path],
    *,
    preset: Preset | None = None,
    source_date: date | None = None,
    dry_run: bool = False,
    progress: Progress = lambda _text, _share: None,
    names: dict[Path, str] | None = None,
) -> LoadReport:
    """Import files and folders into the store as one publication.

    Args:
        folder: the store; made when it is not there yet.
        paths: files, or folders whose data files are all taken.
        preset: how to read files that are not in the native format.
        source_date: the day the files speak of; decides which version of a row is the newer one.
        dry_run: do everything but publish.
        progress: told what is being done and the share done, 0-1.
        names: display names of paths that are temporary files (uploads).

    Raises:
        RefusedFileError: a file cannot be read as a whole; nothing was published.
        StoreBusyError: another writer is at work.
        StoreBrokenError: what came out does not tie out; nothing was published.
    """
    files, passed_over = collect(paths)
    if not files:
        raise RefusedFileError(sentences.NO_DATA_FILE())
    readings: list[tuple[Path, Reading]] = []
    for position, path in enumerate(files):
        progress(f"{path.name}", position / len(files) * 0.5)
        readings.append((path, read_file(path, preset, name=(names or {}).get(path))))
    with ExitStack() as stack:
        if dry_run and not store.exists(folder):
            # Where there is no store, a dry run leaves none behind.
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="kasstroom-")))
        size = sum(path.stat().st_size for path in files)
        changing = stack.enter_context(store.writer(folder, room_for=size))
        state = _begin(changing, source_date)
        first_batch = state.next_batch
        for position, (_, reading) in enumerate(readings):
            progress(reading.name, 0.5 + position / len(readings) * 0.2)
            _put_in(state, reading)
        if dry_run or state.next_batch == first_batch:
            return LoadReport(state.reports, passed_over, None, dry_run)
        progress("derive", 0.7)
        # Stamped with the load's last instant: between two files of one load nobody could look.
        try:
            derive.refresh(state.connection, since_batch=first_batch, recorded_at=state.recorded_at)
        except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
            raise RefusedFileError(sentences.TOO_MUCH()) from error
        progress("verify", 0.9)
        checks.require_sound(state.connection)
        for (path, reading), report in zip(readings, state.reports, strict=True):
            if not report.already_loaded:
                raw.keep_raw(folder, path, reading.sha256, _facts_of(state, reading, report))
        snapshot = changing.publish(state.chain)
    progress("done", 1.0)
    return LoadReport(state.reports, passed_over, snapshot)


def _begin(changing: store.Writer, source_date: date | None) -> _Load:
    connection = changing.connection
    macros.create(connection)
    last = connection.execute("select coalesce(max(batch_id), 0), max(recorded_at) from batch").fetchone()
    last_id, last_at = last if last is not None else (0, None)
    instant = clock.now()
    if last_at is not None and instant <= last_at:
        instant = last_at  # the clock was set back: instants still only grow
    return _Load(connection, source_date, int(last_id) + 1, instant, batches.last_chain(connection))


def _facts_of(state: _Load, reading: Reading, report: FileReport) -> dict[str, object]:
    """Return what is kept beside a raw file, so that a store can be loaded again from raw/ alone."""
    return {
        "batch_id": report.batch_id,
        "file_name": report.file_name,
        "kind": report.kind,
        "preset": reading.preset,
        "preset_sha256": reading.preset_sha256,
        "source_date": state.source_date.isoformat() if state.source_date else None,
        "rows_read": report.rows_read,
    }


def _put_in(state: _Load, reading: Reading) -> None:
    known = state.connection.execute(
        "select batch_id from batch where sha256 = ? and preset_sha256 is not distinct from ?",
        [reading.sha256, reading.preset_sha256],
    ).fetchone()
    if known is not None:
        state.reports.append(_already_loaded(reading, int(known[0])))
        return
    recorded_at = state.recorded_at + timedelta(microseconds=1)
    batch_id = state.next_batch
    stored: list[pl.Series] = []
    for name, rows in reading.grains.items():
        lines = versions.add_rows(
            state.connection,
            BY_NAME[name],
            rows,
            batch_id=batch_id,
            source_date=state.source_date,
            recorded_at=recorded_at,
        )
        stored.append(lines)
    report = _report(
        reading, batch_id, pl.concat(stored).unique() if stored else pl.Series([], dtype=pl.Int64)
    )
    _record(state, reading, report, recorded_at)
    state.reports.append(report)


def _report(reading: Reading, batch_id: int, new_lines: pl.Series) -> FileReport:
    grain = BY_NAME[reading.kind]
    main = reading.grains[reading.kind]
    rejected = reading.rejects["line"].n_unique()
    total = None
    if grain.total is not None:
        accepted = main.filter(pl.col("line").is_in(new_lines.implode()))[grain.total]
        total = Decimal(str(accepted.sum() or "0.00"))
    return FileReport(
        file_name=reading.name,
        kind=reading.kind,
        sha256=reading.sha256,
        batch_id=batch_id,
        rows_read=reading.rows_read,
        accepted=len(new_lines),
        rejected=rejected,
        duplicate=reading.rows_read - rejected - len(new_lines),
        sum_read=reading.sum_read,
        sum_accepted=total,
        rejects=reading.rejects,
    )


def _already_loaded(reading: Reading, batch_id: int) -> FileReport:
    return FileReport(
        file_name=reading.name,
        kind=reading.kind,
        sha256=reading.sha256,
        batch_id=batch_id,
        rows_read=reading.rows_read,
        accepted=0,
        rejected=reading.rejects["line"].n_unique(),
        duplicate=reading.rows_read - reading.rejects["line"].n_unique(),
        sum_read=reading.sum_read,
        sum_accepted=None if BY_NAME[reading.kind].total is None else Decimal("0.00"),
        rejects=reading.rejects,
        already_loaded=True,
    )


def _record(state: _Load, reading: Reading, report: FileReport, recorded_at: datetime) -> None:
    facts: dict[str, object] = {
        "batch_id": report.batch_id,
        "recorded_at": recorded_at,
        "source_date": state.source_date,
        "kind": report.kind,
        "sha256": report.sha256,
        "preset_sha256": reading.preset_sha256,
        "rows_read": report.rows_read,
        "accepted": report.accepted,
        "rejected": report.rejected,
        "duplicate": report.duplicate,
        "sum_read": report.sum_read,
        "sum_accepted": report.sum_accepted,
        "content_hash": batches.content_hash(state.connection, state.next_batch),
    }
    chain = batches.chain_hash(state.chain, facts)
    everything = {**facts, "file_name": reading.name, "preset": reading.preset, "chain_hash": chain}
    columns = ", ".join(everything)
    slots = ", ".join(f"${name}" for name in everything)
    state.connection.execute(f"insert into batch ({columns}) values ({slots})", everything)
    if reading.rejects.height:
        state.connection.register("reject_frame", reading.rejects.to_arrow())
        state.connection.execute(
            'insert into reject select ?, line, "column", reason, raw from reject_frame', [report.batch_id]
        )
        state.connection.unregister("reject_frame")
    state.chain = chain
    state.next_batch += 1
    state.recorded_at = recorded_at
