"""Loading files: read, check, put in as versions, derive, verify, publish. All of it or nothing."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from data import clock, sentences
from data.errors import RefusedFileError
from data.grains import BY_NAME
from data.importers import AnyPreset, Reading, read_file
from data.message_templates import Message
from data.progress import Progress, span, words
from data.store import batches, cash_application, checks, derive, open_item_lists, raw_files, reader, writer
from data.store.audit_batches import AuditBatches
from data.store.batch_writer import BatchWriter, SourceFile
from data.store.file_choices import FileChoice, apply_choices
from data.store.incoming import LoadOptions, Publication, incoming_files, read_files
from data.store.load_report import LoadReport
from data.store.missing import FullLoad, Missing, cancellation_files, missing, require_agreed
from data.store.reload import copy_frozen
from data.store.snapshot import current_snapshot, store_exists

# Shares of the time of a load, as measured: files are read, rows written and derived, the whole checked.
_READ, _STORED, _SETTLED, _VERIFIED = 0.5, 0.87, 0.885, 0.9
_WRITTEN = 0.3  # of what follows on the reading, by publication


def load(
    folder: Path,
    paths: Sequence[Path],
    *,
    preset: AnyPreset | None = None,
    source_date: date | None = None,
    dry_run: bool = False,
    again: Collection[Path] = (),
    progress: Progress = lambda _text, _share: None,
    names: dict[Path, str] | None = None,
    require: Callable[[duckdb.DuckDBPyConnection], None] = lambda _connection: None,
    full: FullLoad | None = None,
    choices: Mapping[Path, FileChoice] | None = None,
    inside: Collection[Path] = (),
) -> LoadReport:
    """Import files and folders into the store as one publication.

    The folder `raw` of a store makes that store anew: its files are read as they were read then, publication
    by publication, and each batch keeps its instant and its day, so that every answer *as known on* an
    earlier moment stays the same. A batch that is not later than all the store holds already cannot keep its
    instant; it is recorded now.

    Args:
        folder: the store; made when it is not there yet.
        paths: files, or folders whose data files are all taken. Folders `raw` of stores come first.
        preset: how to read files that are not in the native format; None: as their content shows.
        source_date: the day the files speak of; decides which version of a row is the newer one.
        dry_run: do everything but publish.
        again: those of the paths that are taken in though they were loaded before, byte for byte: what
            somebody typed, who may mean the same thing a second time.
        progress: told what is being done and the share done, 0-1.
        names: display names of paths that are temporary files (uploads).
        require: looks at the books once nobody else can write; what it raises ends the load.
        full: the files are all there is of their kinds; what the books hold and they do not is listed, and
            cancelled if that was agreed.
        choices: what somebody chose for single files; it comes before `preset` and `source_date`.
        inside: those of the paths that nobody named, as they were found in a folder or zip file: one that
            holds nothing for the books is passed over, as in folders that are given here.

    Raises:
        RefusedFileError: a file cannot be read as a whole; nothing was published.
        StoreBusyError: another writer is at work.
        StoreBrokenError: the store is damaged, or what came out does not tie out; nothing was published.
    """
    with ExitStack() as stack:
        unpacked = Path(stack.enter_context(TemporaryDirectory(prefix="kasstroom-zip-")))
        options = LoadOptions(preset, source_date, names or {}, again, inside)
        incoming = incoming_files(paths, options, unpacked)
        incoming.groups = apply_choices(incoming.groups, choices or {})
        read = read_files(folder, incoming, span(progress, 0.0, _READ))
        publications = [list(map(open_item_lists.as_of_list, group)) for group in read]
        readings = [pair for publication in publications for pair in publication]
        if dry_run and not store_exists(folder):
            # Where there is no store, a dry run leaves none behind.
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="kasstroom-")))
        size = sum(file.path.stat().st_size for file, _reading in readings)
        changes = _changes(folder, readings, cancels=full is not None and full.cancels)
        changing = stack.enter_context(writer.writer(folder, room_for=size, changes=changes))
        require(changing.connection)
        audit = AuditBatches.of_store(changing.connection, folder)
        batch_writer = BatchWriter(changing.connection, audit)
        if full is not None:
            batch_writer.withdraw_documents(readings)
        absent = (
            None
            if full is None
            else missing(
                changing.connection, [reading for _file, reading in readings], source_date or clock.today()
            )
        )
        first_batch = batch_writer.next_batch
        for position, publication in enumerate(publications):
            step = (_STORED - _READ) / len(publications)
            of_publication = span(progress, _READ + step * position, _READ + step * (position + 1))
            _put_in(batch_writer, publication, of_publication, changes=changing.changes)
        report = LoadReport(batch_writer.reports, incoming.passed_over, None, dry_run)
        if full is not None and absent is not None:
            vanished = _vanished(batch_writer, readings, absent, full)
            report = vanished.in_report(report)
            stated = pl.concat([vanished.cancelled, vanished.settled])
            if stated.height:
                written = Path(stack.enter_context(TemporaryDirectory(prefix="kasstroom-missing-")))
                publication = _cancellations(written, stated, source_date)
                rest = span(progress, _STORED, _SETTLED)
                _put_in(batch_writer, publication, rest, changes=changing.changes)
                readings += publication
        if batch_writer.next_batch == first_batch:
            return report
        if "ledger" in changing.changes and _touches_cash(changing.connection, readings):
            # Nobody loaded the payments that follow from the others.
            report = replace(report, files=[*report.files])
            written = Path(stack.enter_context(TemporaryDirectory(prefix="kasstroom-cash-")))
            readings += _apply_cash(batch_writer, written, span(progress, _SETTLED, _VERIFIED))
        if "ledger" in changing.changes:
            progress("verify", _VERIFIED)
            checks.require_sound(changing.connection)
        if dry_run:
            return report
        _add_raw_files(folder, readings, batch_writer)
        copy_frozen(paths, folder)
        snapshot = changing.publish()
    progress("done", 1.0)
    return replace(report, snapshot=snapshot)


@dataclass(frozen=True)
class _Vanished:
    """What the files do not hold, which of it is cancelled, and why an unattended run leaves some of it.

    Attributes:
        missing: all of it, columns of `missing.ROWS`.
        cancelled: those of the rows that are cancelled, or settled by a list.
        settled: documents that are on a list no longer and settled in the books too.
        refusal: why an unattended run leaves the others.
        shrunk: number and sums to confirm, for a list that shrank.
    """

    missing: pl.DataFrame
    cancelled: pl.DataFrame
    settled: pl.DataFrame
    refusal: Message | None
    shrunk: str | None

    def in_report(self, report: LoadReport) -> LoadReport:
        """Return the report with what the files do not hold."""
        return replace(
            report,
            missing=self.missing,
            cancelled=self.cancelled.height,
            not_cancelled=self.refusal,
            shrunk=self.shrunk,
        )


def _vanished(batch_writer: BatchWriter, pairs: Publication, absent: Missing, full: FullLoad) -> _Vanished:
    """Return what the files do not hold, once they are in the books; refuse what was not agreed."""
    readings = [reading for _file, reading in pairs]
    parts = [
        absent,
        open_item_lists.missing_from_lists(batch_writer.connection, pairs, batch_writer.reports),
    ]
    require_agreed(parts, readings, full)
    refusals = [part.excess if full.is_unattended else None for part in parts]
    cancelled = [
        part.rows if full.cancels and refusal is None else part.rows.clear()
        for part, refusal in zip(parts, refusals, strict=True)
    ]
    lists = parts[-1]
    settled = lists.settled if full.cancels and refusals[-1] is None else None
    return _Vanished(
        pl.concat([part.rows for part in parts]),
        pl.concat(cancelled),
        absent.rows.clear() if settled is None else settled,
        next(filter(None, refusals), None),
        lists.confirmation,
    )


def _cancellations(folder: Path, rows: pl.DataFrame, source_date: date | None) -> Publication:
    paths = cancellation_files(folder, rows, source_date or clock.today())
    # The same rows may vanish a second time: they are taken in again.
    files = [SourceFile(path, None, None, source_date, is_typed=True) for path in paths]
    of_lists = rows.filter(pl.col("kind") == open_item_lists.GRAIN)
    files += open_item_lists.settling_files(folder, of_lists, source_date)
    return [(file, read_file(file.path, None)) for file in files]


def _apply_cash(batch_writer: BatchWriter, folder: Path, progress: Progress) -> Publication:
    """Put in the payments that follow from the entries of the bank; return their file."""
    progress("apply cash", 0.0)
    files = cash_application.payment_files(batch_writer.connection, folder)
    applied = [(file, read_file(file.path, None)) for file in files]
    if applied:
        _put_in(batch_writer, applied, progress, changes=("ledger",))
    return applied


def _touches_cash(connection: duckdb.DuckDBPyConnection, readings: Publication) -> bool:
    """Tell whether files may change what is applied from the bank."""
    return cash_application.has_entries(connection) and cash_application.touches(
        {kind for _file, reading in readings for kind in reading.grains}, _setting_keys(readings)
    )


def _setting_keys(readings: Publication) -> set[str]:
    return {
        key
        for _file, reading in readings
        if "settings" in reading.grains
        for key in reading.grains["settings"]["key"]
    }


def _changes(folder: Path, readings: Publication, *, cancels: bool = False) -> tuple[str, ...]:
    """Return which of the store's two files these readings change; the other need not be copied."""
    known: set[tuple[str, str | None]] = set()
    # A file that was loaded before is in raw/: only then are the books opened to see how it was read.
    are_kept = [(folder / "raw" / reading.sha256).exists() for _file, reading in readings]
    if any(are_kept) and store_exists(folder):
        with reader.session(current_snapshot(folder)) as connection:
            known = set(connection.execute("select sha256, preset_sha256 from batch_at(null)").fetchall())
    new = [
        reading
        for file, reading in readings
        if file.is_typed
        or (file.batch is not None and file.batch.is_repeat)
        or (reading.sha256, reading.preset_sha256) not in known
    ]
    changed = _changed_files(new) | ({"ledger"} if cancels else set())
    return tuple(name for name in batches.FILES if name in changed) or ("journal",)


def _changed_files(readings: Iterable[Reading]) -> set[str]:
    """Return which files new readings change: their own, and the ledger where it follows from the journal.

    It is derived by the reporting currency, and payments of the bank are applied by what people decide.
    """
    changed: set[str] = set()
    for reading in readings:
        changed.add(BY_NAME[reading.kind].database)
        if reading.kind == "cash_decisions":
            changed.add("ledger")
        if reading.kind == "settings":
            keys = set(reading.grains["settings"]["key"])
            if "reporting_currency" in keys or cash_application.touches((), keys):
                changed.add("ledger")
    return changed


def _put_in(
    batch_writer: BatchWriter,
    publication: Publication,
    progress: Progress,
    *,
    changes: Collection[str],
) -> None:
    """Add the files of a publication, and bring the derived tables up to the facts.

    Args:
        batch_writer: adds them.
        publication: the files with their rows.
        progress: told which file is added, and the share done, 0-1.
        changes: the files of the store that are written.
    """
    since_batch = batch_writer.next_batch
    added = batch_writer.add(publication, span(progress, 0.0, _WRITTEN))
    batch_writer.end_publication()
    # A new store is derived whatever it begins with, so that it has a reporting currency.
    is_first = since_batch == 1 and bool(added)
    if "ledger" in changes and ("ledger" in _changed_files(added) or is_first):
        deriving = words(span(progress, _WRITTEN, 1.0), "derive")
        deriving(0.0)
        # Stamped with the publication's last instant: between two files of one load nobody could look.
        try:
            derive.refresh(
                batch_writer.connection,
                since_batch=since_batch,
                recorded_at=batch_writer.recorded_at,
                progress=deriving,
            )
        except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
            raise RefusedFileError(sentences.TOO_MUCH()) from error


def _add_raw_files(folder: Path, readings: Publication, batch_writer: BatchWriter) -> None:
    imported = [
        raw_files.RawFile(file.path, reading.sha256, batch_writer.facts[report.batch_id], file.preset)
        for (file, reading), report in zip(readings, batch_writer.reports, strict=True)
        if report.batch_id is not None and not report.already_loaded
    ]
    raw_files.add(folder, imported, known=batches.instants(batch_writer.connection))
