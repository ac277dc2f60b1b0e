"""Loading all sources: what is new of each goes in, and one that fails holds back no other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from data import clock
from data.databases.source import read_source
from data.errors import KasstroomError, NoReceivablesError
from data.importers import AnyPreset, DataFile, collect, recognise
from data.importers.files import read_bytes
from data.message_templates import Message
from data.progress import Progress, Share, part, words
from data.store import reader, typed_rows
from data.store.files import file_hash
from data.store.load import load
from data.store.load_report import FileReport, LoadReport
from data.store.missing import FullLoad
from data.store.own_presets import find_preset, own_presets
from data.store.snapshot import current_snapshot, store_exists
from data.store.sources import Source, sources

LOADED, NOTHING_NEW, FAILED = "loaded", "nothing_new", "failed"


@dataclass(frozen=True)
class SourceResult:
    """What came of one source.

    Attributes:
        source: which.
        outcome: `loaded`, `nothing_new` or `failed`.
        reports: of its publications, oldest first.
        last_date: last day in what it ever brought; None if that is not known.
        message: why it failed.
    """

    source: Source
    outcome: str
    reports: tuple[LoadReport, ...] = ()
    last_date: date | None = None
    message: Message | None = None

    @property
    def files(self) -> list[FileReport]:
        """The files that were taken in."""
        return [file for report in self.reports for file in report.files if not file.already_loaded]


def load_all(
    folder: Path, progress: Progress = lambda _text, _share: None, *, dry_run: bool = False
) -> list[SourceResult]:
    """Load what is new of every source in `sources.toml`, each as publications of its own.

    What came of each is kept in the journal, so that the screens can say how old a source is.

    Args:
        folder: the store; made when it is not there yet.
        progress: told which source is read, and the share done, 0-1.
        dry_run: read everything, publish nothing.

    Raises:
        KasstroomError: `sources.toml` cannot be used.
    """
    named = sources(folder)
    earlier = last_dates(folder)
    results = []
    for position, source in enumerate(named):
        of_source = part(words(progress, source.name), position / len(named), (position + 1) / len(named))
        of_source(0.0)
        result = _load(folder, source, of_source, dry_run=dry_run)
        known = [day for day in (result.last_date, earlier.get(source.name)) if day]
        results.append(
            SourceResult(source, result.outcome, result.reports, max(known, default=None), result.message)
        )
    if results and not dry_run and store_exists(folder):
        _note(folder, results)
    return results


def last_dates(folder: Path) -> dict[str, date]:
    """Return name of a source -> the last day in what it ever brought."""
    if not store_exists(folder):
        return {}
    with reader.session(current_snapshot(folder)) as connection:
        return dict(
            connection.execute(
                "select source_name, max(last_date) from source_run_at(null) where last_date is not null "
                "group by source_name"
            ).fetchall()
        )


def _load(folder: Path, source: Source, progress: Share, *, dry_run: bool) -> SourceResult:
    with TemporaryDirectory(prefix="kasstroom-source-") as temporary:
        try:
            reports = _publications(folder, source, Path(temporary), progress, dry_run=dry_run)
        except KasstroomError as error:
            return SourceResult(source, FAILED, message=error.message)
    new = [file for report in reports for file in report.files if not file.already_loaded]
    days = [file.last_date for file in new if file.last_date]
    outcome = LOADED if new else NOTHING_NEW
    return SourceResult(source, outcome, tuple(reports), max(days, default=None))


def _beside(files: Sequence[DataFile], pdfs: Sequence[DataFile]) -> list[Path]:
    """Return the PDFs in the folders of files: they may be of invoices among them."""
    folders = {file.folder for file in files}
    return [pdf.path for pdf in pdfs if pdf.folder in folders]


def _publications(
    folder: Path, source: Source, temporary: Path, progress: Share, *, dry_run: bool
) -> list[LoadReport]:
    if source.odoo:
        reading = read_source(source.address(), folder, keeps_rows=not dry_run)
        paths = reading.write(temporary)
        if not paths:
            return [LoadReport([], [], None, notes=reading.notes)]
        report = load(folder, paths, again=paths, dry_run=dry_run, progress=_unnamed(progress))
        return [replace(report, notes=reading.notes)]
    preset = find_preset(folder, source.preset) if source.preset else None
    collection = collect(source.files(), temporary)
    by_day: dict[date | None, list[DataFile]] = {}
    for file in _new(folder, collection.files, preset):
        by_day.setdefault(source.day_of(Path(file.label)), []).append(file)
    reports = []
    for place, (day, files) in enumerate(sorted(by_day.items(), key=lambda each: each[0] or date.min)):
        try:
            report = load(
                folder,
                [file.path for file in files] + _beside(files, collection.pdfs),
                preset=preset,
                source_date=day,
                dry_run=dry_run,
                names={file.path: file.label for file in (*files, *collection.pdfs)},
                full=FullLoad(is_unattended=True) if source.is_full else None,
                inside=[file.path for file in files if file.is_inside],
                progress=_unnamed(part(progress, place / len(by_day), (place + 1) / len(by_day))),
            )
        except NoReceivablesError as error:
            # Never taken in, such a file seems new every night.
            if not all(file.is_inside for file in files):
                raise
            report = LoadReport([], [(Path(file.label), error.what) for file in files], None)
        reports.append(report)
    return reports


def _unnamed(progress: Share) -> Progress:
    """Return a listener to a load that shows the name of its source, whatever is being done."""
    return lambda _text, share: progress(share)


def _new(folder: Path, files: list[DataFile], preset: AnyPreset | None) -> list[DataFile]:
    """Return the files that were not loaded before as they would be read now."""
    if not store_exists(folder):
        return files
    with reader.session(current_snapshot(folder)) as connection:
        known = set(connection.execute("select sha256, preset_sha256 from batch_at(null)").fetchall())
    hashes = {digest for digest, _preset in known}
    candidates = own_presets(folder)
    new = []
    for file in files:
        digest = file_hash(file.path)
        if digest in hashes:
            read_with = preset or recognise(read_bytes(file.path, file.label), file.label, candidates)
            if (digest, read_with.sha256 if read_with else None) in known:
                continue
        new.append(file)
    return new


def _note(folder: Path, results: list[SourceResult]) -> None:
    now = datetime.now(UTC)
    rows = [
        {
            "source_name": result.source.name,
            "run_id": f"{now:%Y-%m-%dT%H:%M:%S.%f}Z",
            "run_date": clock.today().isoformat(),
            "outcome": result.outcome,
            "files": str(len(result.files)),
            "accepted": str(sum(file.accepted for file in result.files)),
            "rejected": str(sum(file.rejected for file in result.files)),
            "last_date": result.last_date.isoformat() if result.last_date else "",
            "message": result.message.to_json() if result.message else "",
        }
        for result in results
    ]
    typed_rows.add(folder, {"source_runs": pl.DataFrame(rows)})
