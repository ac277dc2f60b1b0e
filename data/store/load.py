"""Loading files: read, check, put in as versions, derive, verify, publish. All of it or nothing."""

from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from data import clock, sentences
from data.errors import RefusedFileError
from data.grains import BY_NAME
from data.importers import Preset, Reading, collect, read_file
from data.store import batches, checks, derive, raw_files, reader, versions, writer
from data.store.reload import bring_frozen, kept_in
from data.store.snapshot import Snapshot, current_snapshot, store_exists

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
    recorded_at: datetime | None = None


@dataclass(frozen=True)
class LoadReport:
    """What a load did: per file, what was passed over, the snapshot it published (None: nothing new)."""

    files: list[FileReport]
    passed_over: list[tuple[Path, str]]
    snapshot: Snapshot | None
    dry_run: bool = False


@dataclass(frozen=True)
class _File:
    """A file to be loaded, and how it is to be read."""

    path: Path
    name: str | None
    preset: Preset | None
    source_date: date | None
    again: bool = False


@dataclass
class _Load:
    """One load under way on the writer's connection."""

    connection: duckdb.DuckDBPyConnection
    next_batch: int
    recorded_at: datetime
    links: dict[str, str]
    reports: list[FileReport] = field(default_factory=list)


def load(
    folder: Path,
    paths: Sequence[Path],
    *,
    preset: Preset | None = None,
    source_date: date | None = None,
    dry_run: bool = False,
    again: Collection[Path] = (),
    progress: Progress = lambda _text, _share: None,
    names: dict[Path, str] | None = None,
    require: Callable[[duckdb.DuckDBPyConnection], None] = lambda _connection: None,
) -> LoadReport:
    """Import files and folders into the store as one publication.

    Args:
        folder: the store; made when it is not there yet.
        paths: files, or folders whose data files are all taken. The folder `raw` of a store is one too: its
            files are read as they were read then, in that order.
        preset: how to read files that are not in the native format.
        source_date: the day the files speak of; decides which version of a row is the newer one.
        dry_run: do everything but publish.
        again: those of the paths that are taken in though they were loaded before, byte for byte: what
            somebody typed, who may mean the same thing a second time.
        progress: told what is being done and the share done, 0-1.
        names: display names of paths that are temporary files (uploads).
        require: looks at the books once nobody else can write; what it raises ends the load.

    Raises:
        RefusedFileError: a file cannot be read as a whole; nothing was published.
        StoreBusyError: another writer is at work.
        StoreBrokenError: the store is damaged, or what came out does not tie out; nothing was published.
    """
    files, passed_over = _files(paths, preset, source_date, names or {}, again)
    readings: list[tuple[_File, Reading]] = []
    for position, file in enumerate(files):
        progress(file.name or file.path.name, position / len(files) * 0.5)
        readings.append((file, read_file(file.path, file.preset, name=file.name)))
    with ExitStack() as stack:
        if dry_run and not store_exists(folder):
            # Where there is no store, a dry run leaves none behind.
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="kasstroom-")))
        size = sum(file.path.stat().st_size for file in files)
        changes = _changes(folder, readings)
        changing = stack.enter_context(writer.writer(folder, room_for=size, changes=changes))
        require(changing.connection)
        state = _begin(changing)
        first_batch = state.next_batch
        for position, (file, reading) in enumerate(readings):
            progress(reading.name, 0.5 + position / len(readings) * 0.2)
            _put_in(state, reading, file)
        if state.next_batch == first_batch:
            return LoadReport(state.reports, passed_over, None, dry_run)
        if "ledger" in changing.changes:
            _derive(state, first_batch, progress)
        if dry_run:
            return LoadReport(state.reports, passed_over, None, dry_run)
        for (file, reading), report in zip(readings, state.reports, strict=True):
            if not report.already_loaded:
                raw_files.keep_raw(
                    folder, file.path, reading.sha256, _facts_of(file, reading, report), file.preset
                )
        bring_frozen(paths, folder)
        snapshot = changing.publish()
    progress("done", 1.0)
    return LoadReport(state.reports, passed_over, snapshot)


def _files(
    paths: Sequence[Path],
    preset: Preset | None,
    source_date: date | None,
    names: dict[Path, str],
    again: Collection[Path],
) -> tuple[list[_File], list[tuple[Path, str]]]:
    """Return what is to be read, in order, and what is passed over with a word."""
    kept = [found for path in paths for found in kept_in(path) or ()]
    others = [path for path in paths if kept_in(path) is None]
    files = [_File(one.path, one.name, one.preset, one.source_date) for one in kept]
    if not others and files:
        return files, []
    collected, passed_over = collect(others)
    for path in collected:
        is_typed = path in again
        files.append(_File(path, names.get(path), None if is_typed else preset, source_date, again=is_typed))
    if not files:
        raise RefusedFileError(sentences.NO_DATA_FILE())
    return files, passed_over


def _changes(folder: Path, readings: Sequence[tuple[_File, Reading]]) -> tuple[str, ...]:
    """Return which of the store's two files these readings change; the other need not be copied.

    The reporting currency is the journal's and changes the ledger, which is derived by it. Nothing new: the
    smaller.
    """
    known: set[tuple[str, str | None]] = set()
    if store_exists(folder):
        connection = reader.connect(current_snapshot(folder))
        known = set(connection.execute("select sha256, preset_sha256 from batch_at(null)").fetchall())
        connection.close()
    new = [
        reading
        for file, reading in readings
        if file.again or (reading.sha256, reading.preset_sha256) not in known
    ]
    found = {BY_NAME[reading.kind].database for reading in new}
    if any("reporting_currency" in one.grains["settings"]["key"] for one in new if one.kind == "settings"):
        found = {*found, "ledger"}
    return tuple(name for name in batches.FILES if name in found) or ("journal",)


def _begin(changing: writer.Writer) -> _Load:
    connection = changing.connection
    last_id, last_at = batches.last_batch(connection)
    instant = clock.now()
    if last_at is not None and instant <= last_at:
        instant = last_at  # the clock was set back: instants still only grow
    links = {name: batches.last_link(connection, name) for name in batches.FILES}
    return _Load(connection, last_id + 1, instant, links)


def _derive(state: _Load, first_batch: int, progress: Progress) -> None:
    """Bring the derived tables up to the facts and make sure that they tie out."""
    progress("derive", 0.7)
    # Stamped with the load's last instant: between two files of one load nobody could look.
    try:
        derive.refresh(state.connection, since_batch=first_batch, recorded_at=state.recorded_at)
    except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
        raise RefusedFileError(sentences.TOO_MUCH()) from error
    progress("verify", 0.9)
    checks.require_sound(state.connection)


def _facts_of(file: _File, reading: Reading, report: FileReport) -> dict[str, object]:
    """Return what is kept beside a raw file, so that a store can be loaded again from raw/ alone."""
    return {
        "batch_id": report.batch_id,
        "recorded_at": report.recorded_at.isoformat() if report.recorded_at else None,
        "file_name": report.file_name,
        "kind": report.kind,
        "preset": reading.preset,
        "preset_sha256": reading.preset_sha256,
        "source_date": file.source_date.isoformat() if file.source_date else None,
        "rows_read": report.rows_read,
    }


def _put_in(state: _Load, reading: Reading, file: _File) -> None:
    known = state.connection.execute(
        "select batch_id from (select batch_id, sha256, preset_sha256 from batch union all "
        "select batch_id, sha256, preset_sha256 from journal.batch) "
        "where sha256 = ? and preset_sha256 is not distinct from ? order by batch_id",
        [reading.sha256, reading.preset_sha256],
    ).fetchall()
    if known and not file.again:
        state.reports.append(_already_loaded(reading, int(known[-1][0])))
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
            source_date=file.source_date,
            recorded_at=recorded_at,
            unsaid=reading.unsaid,
        )
        stored.append(lines)
    report = _report(
        reading,
        batch_id,
        recorded_at,
        pl.concat(stored).unique() if stored else pl.Series([], dtype=pl.Int64),
    )
    _record(state, reading, report, file.source_date)
    state.reports.append(report)


def _report(reading: Reading, batch_id: int, recorded_at: datetime, new_lines: pl.Series) -> FileReport:
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
        recorded_at=recorded_at,
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


def _record(state: _Load, reading: Reading, report: FileReport, source_date: date | None) -> None:
    database = BY_NAME[reading.kind].database
    batch_id = state.next_batch
    facts: dict[str, object] = {
        "batch_id": batch_id,
        "recorded_at": report.recorded_at,
        "source_date": source_date,
        "kind": report.kind,
        "sha256": report.sha256,
        "preset_sha256": reading.preset_sha256,
        "unsaid": " ".join(reading.unsaid),
        "rows_read": report.rows_read,
        "accepted": report.accepted,
        "rejected": report.rejected,
        "duplicate": report.duplicate,
        "stored": batches.rows_stored(state.connection, batch_id).get(batch_id, 0),
        "sum_read": report.sum_read,
        "sum_accepted": report.sum_accepted,
        "content_hash": batches.content_hash(state.connection, batch_id),
    }
    link = batches.chain_hash(state.links[database], facts)
    everything = {**facts, "file_name": reading.name, "preset": reading.preset, "chain_hash": link}
    columns = ", ".join(everything)
    slots = ", ".join(f"${name}" for name in everything)
    table = batches.in_file(database, "batch")
    state.connection.execute(f"insert into {table} ({columns}) values ({slots})", everything)
    if reading.rejects.height:
        state.connection.register("reject_frame", reading.rejects.to_arrow())
        state.connection.execute(
            f"insert into {batches.in_file(database, 'reject')} "
            'select ?, line, "column", reason, raw from reject_frame',
            [batch_id],
        )
        state.connection.unregister("reject_frame")
    state.links[database] = link
    state.next_batch += 1
    if report.recorded_at is not None:
        state.recorded_at = report.recorded_at
