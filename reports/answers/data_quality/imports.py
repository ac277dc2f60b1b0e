"""Uploaded files: how they would be read, and publishing them."""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

import polars as pl

from data import clock
from data.errors import KasstroomError, NoReceivablesError, StoreBusyError, UnknownListError
from data.importers import (
    AnyPreset,
    Reading,
    display_name,
    load_preset,
    read_file,
    recognise,
    shipped_presets,
)
from data.message_templates import Message
from data.progress import Progress, Share, part, untold
from data.store import demo_books, reader
from data.store.batch_writer import SourceFile
from data.store.e_invoices import is_undecided, read_e_invoices
from data.store.file_choices import FileChoice
from data.store.load import load
from data.store.load_report import FileReport, LoadReport
from data.store.missing import ROWS, FullLoad, missing
from data.store.snapshot import current_snapshot, store_exists
from reports.answers import sentences
from reports.answers.data_quality import missing_text
from reports.answers.shared.finding import Finding
from reports.formats import number
from reports.sentences import translate
from reports.translation import _, _n, _p

SHOWN_ROWS = 8
_FILES = pl.Schema(
    {
        "file_name": pl.String(),
        "kind": pl.String(),
        "rows_read": pl.Int64(),
        "accepted": pl.Int64(),
        "rejected": pl.Int64(),
        "duplicate": pl.Int64(),
        "sum_read": pl.Decimal(38, 2),
        "sum_accepted": pl.Decimal(38, 2),
    }
)


@dataclass(frozen=True)
class Upload:
    """A file from a browser.

    Attributes:
        name: which may hold anything.
        content: its bytes.
        preset: how it is read, where somebody chose; None: as its content shows.
        day: it speaks of, where somebody said so.
        folder: of a zip file, in which it lay; files of one have the same. Empty for a file by itself.
    """

    name: str
    content: bytes
    preset: AnyPreset | None = None
    day: date | None = None
    folder: str = ""


@dataclass(frozen=True)
class Preview:
    """How one file would be read, without publishing it.

    Attributes:
        name: printable, without folders.
        reading: its accepted and rejected rows; None if the file is refused.
        fault: why it is refused; None if it is not.
        preset: how it is read; None for the native form, and where nothing knows it.
        is_unknown: it is a list that nothing knows.
        no_receivables: what it is, as a clause, if a preset knows it as one that holds nothing for the books.
    """

    name: str
    reading: Reading | None
    fault: Message | None = None
    preset: AnyPreset | None = None
    is_unknown: bool = False
    no_receivables: Message | None = None

    @property
    def refusal(self) -> str:
        """Why it is refused, in the language spoken; empty if it is not."""
        return translate(self.fault) if self.fault else ""

    def rows(self) -> dict[str, pl.DataFrame]:
        """Return the first rows per kind as they will be stored, without empty columns."""
        if self.reading is None:
            return {}
        return {
            kind: _without_empty_columns(rows.head(SHOWN_ROWS))
            for kind, rows in self.reading.grains.items()
            if rows.height
        }


@contextmanager
def on_disk(uploads: Sequence[Upload]) -> Iterator[dict[Path, str]]:
    """Write files to a temporary folder that is removed after the block.

    Yields:
        Path -> printable name. The path holds plain letters only, whatever the name holds.
    """
    with tempfile.TemporaryDirectory(prefix="kasstroom-upload-") as folder:
        names: dict[Path, str] = {}
        groups: dict[str, str] = {}
        for position, file in enumerate(uploads):
            name = display_name(file.name)
            # Files of one folder may be of one another, as the PDF of an invoice is.
            group = groups.setdefault(file.folder, f"{len(groups):05d}")
            # A number per file: two files may share a name, and the name decides the order of loading.
            path = Path(folder) / group / f"{position:05d}-{re.sub(r'[^A-Za-z0-9._-]', '_', name)}"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(file.content)
            names[path] = name
        yield names


def preview(
    uploads: Sequence[Upload],
    preset: AnyPreset | None = None,
    presets: Sequence[AnyPreset] | None = None,
    *,
    store: Path | None = None,
    settings: Mapping[str, str] = MappingProxyType({}),
    progress: Share = untold,
) -> list[Preview]:
    """Read files without publishing anything; a refused file comes with its reason.

    Args:
        uploads: the files.
        preset: of those that have none of their own; None: as their content shows.
        presets: those that may be used unseen; None: those that ship.
        store: the folder, whose settings say who we are; it need not be there.
        settings: that come in with the same load.
        progress: told the share that is read, e-invoices apart.
    """
    known = shipped_presets() if presets is None else presets
    with on_disk(uploads) as names:
        files = [
            (SourceFile(path, name, file.preset or preset, file.day), file.content)
            for (path, name), file in zip(names.items(), uploads, strict=True)
        ]
        return _previews(files, known, partial(_e_invoices, store=store, settings=settings), progress)


def publish(
    store: Path,
    uploads: Sequence[Upload],
    preset: AnyPreset | None,
    source_date: date | None = None,
    *,
    progress: Progress = lambda _text, _share: None,
    full: FullLoad | None = None,
    dry_run: bool = False,
    pdfs: Sequence[Upload] = (),
) -> LoadReport:
    """Load files into the store as one publication.

    Args:
        store: the folder.
        uploads: the files.
        preset: format of the files; None for the native form.
        source_date: day of the files' content, if known.
        progress: called with the present stage in words and the share done.
        full: the files are all there is of their kinds, and what is missing may be cancelled.
        dry_run: do everything but publish.
        pdfs: PDFs beside the files, which may be of invoices among them.

    Raises:
        KasstroomError: a file is refused, the store is busy, or the books would not tie out; the sentence
            says what to do, and nothing was published.
    """
    with on_disk([*uploads, *pdfs]) as names:
        try:
            return load(
                store,
                list(names),
                preset=preset,
                source_date=source_date,
                names=names,
                progress=_translated(progress),
                full=full,
                choices={
                    path: FileChoice(file.preset, file.day)
                    for path, file in zip(names, uploads, strict=False)
                },
                dry_run=dry_run,
                require=demo_books.require_own_books,
            )
        except StoreBusyError:
            raise StoreBusyError(sentences.SOMEBODY_LOADS()) from None


@dataclass(frozen=True)
class MissingRows:
    """What files that are all there is do not hold.

    Attributes:
        rows: one per document, and per payment on a document; columns of `data.store.missing.ROWS`.
        shrunk: number and sums to confirm, if a list of open items is far shorter than the one before it.
    """

    rows: pl.DataFrame
    shrunk: str | None = None


def missing_rows(
    store: Path,
    uploads: Sequence[Upload],
    readings: Sequence[Reading],
    preset: AnyPreset | None,
    day: date | None,
) -> MissingRows:
    """Return what files that are all there is do not hold, or lists of open items no longer show.

    What a list settles depends on everything that is loaded with it, so that it is loaded on trial.

    Args:
        store: the folder.
        uploads: the files.
        readings: of them.
        preset: format of the files; None for the native form.
        day: they speak of; None: today.

    Raises:
        KasstroomError: as `publish`.
    """
    if missing_text.holds_lists(readings):
        report = publish(store, uploads, preset, day, full=FullLoad(), dry_run=True)
        return MissingRows(
            pl.DataFrame(schema=ROWS) if report.missing is None else report.missing, report.shrunk
        )
    if not store_exists(store):
        return MissingRows(pl.DataFrame(schema=ROWS))
    with reader.session(current_snapshot(store)) as connection:
        return MissingRows(missing(connection, readings, day or clock.today()).rows)


def read_preset(text: str) -> AnyPreset:
    """Read a preset from its TOML text.

    Raises:
        KasstroomError: it is no preset; the sentence says why.
    """
    with on_disk([Upload("own.toml", text.encode())]) as names:
        return load_preset(str(next(iter(names))))


def heading() -> Finding:
    """Return the words above the steps of loading files."""
    return Finding(
        _("Load files: look first, then publish"),
        _(
            "Lists, statements and invoices as your program exports them; zip files too. Nothing changes "
            "until you publish; what cannot be read is listed with its reason."
        ),
    )


def preview_counts(previews: Sequence[Preview]) -> Finding:
    """Return how many rows of the readable files would be accepted."""
    readings = readings_of(previews)
    title = _n(
        "{accepted} of {count} row can be taken in",
        "{accepted} of {count} rows can be taken in",
        sum(reading.rows_read for reading in readings),
        accepted=number(sum(reading.accepted for reading in readings)),
    )
    return Finding(title, _("Nothing is published yet"))


def load_result(report: LoadReport) -> Finding:
    """Return how many rows a load published."""
    if report.snapshot is None:
        return Finding(_("Nothing new: these files are already in the books"))
    if report.cancelled:
        return Finding(missing_text.cancelled_title(report))
    accepted = sum(file.accepted for file in report.files)
    return Finding(_n("Published: {count} new row", "Published: {count} new rows", accepted))


def preview_rows(previews: Sequence[Preview]) -> pl.DataFrame:
    """Return one row per readable file: its kind, and its rows by outcome."""
    return _table(readings_of(previews))


def load_rows(report: LoadReport) -> pl.DataFrame:
    """Return one row per file of a load: its kind, and its rows by outcome."""
    return _table(report.files)


def readings_of(previews: Sequence[Preview]) -> list[Reading]:
    """Return what was read of the readable files."""
    return [preview.reading for preview in previews if preview.reading is not None]


def _without_empty_columns(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select("line", *(name for name in rows.columns if name != "line" and rows[name].count()))


def _previews(
    files: Sequence[tuple[SourceFile, bytes]],
    presets: Sequence[AnyPreset],
    read_invoices: Callable[[Sequence[SourceFile]], dict[Path, Preview]],
    progress: Share,
) -> list[Preview]:
    previews: dict[Path, Preview] = {}
    undecided: list[SourceFile] = []
    for place, (file, content) in enumerate(files):
        name = file.name or file.path.name
        try:
            known = replace(file, preset=file.preset or recognise(content, name, presets))
        except KasstroomError as error:
            is_unknown = isinstance(error, UnknownListError)
            previews[file.path] = Preview(name, None, error.message, is_unknown=is_unknown)
            continue
        if is_undecided(known):
            undecided.append(known)
        else:
            of_file = part(progress, place / len(files), (place + 1) / len(files))
            previews[file.path] = _preview(known, of_file)
    previews |= read_invoices(undecided)
    return [previews[file.path] for file, _content in files]


def _preview(file: SourceFile, progress: Share) -> Preview:
    name = file.name or file.path.name
    try:
        reading = read_file(file.path, file.preset, name=name, day=file.source_date, progress=progress)
    except KasstroomError as error:
        what = error.what if isinstance(error, NoReceivablesError) else None
        return Preview(name, None, error.message, file.preset, no_receivables=what)
    return Preview(name, reading, None, file.preset)


def _e_invoices(
    files: Sequence[SourceFile], *, store: Path | None, settings: Mapping[str, str]
) -> dict[Path, Preview]:
    """Return e-invoices read as one load; if one of them is refused, each on its own."""
    if not files:
        return {}
    folder = store or files[0].path.parent / "no store"
    try:
        e_invoices = read_e_invoices(folder, files, settings)
    except KasstroomError as error:
        if len(files) == 1:
            [file] = files
            return {file.path: Preview(file.name or "", None, error.message, file.preset)}
        alone = (_e_invoices([file], store=store, settings=settings) for file in files)
        return {path: shown for previews in alone for path, shown in previews.items()}
    presets = {file.path: file.preset for file in files}
    return {
        each.file.path: Preview(each.reading.name, each.reading, None, presets[each.file.path])
        for each in e_invoices
    }


def _table(files: Sequence[Reading] | Sequence[FileReport]) -> pl.DataFrame:
    rows = [
        {
            "file_name": file.name if isinstance(file, Reading) else file.file_name,
            **{name: getattr(file, name) for name in _FILES if name != "file_name"},
        }
        for file in files
    ]
    return pl.DataFrame(rows, schema=_FILES)


def _translated(progress: Progress) -> Callable[[str, float], None]:
    """Return a listener that translates the stages of a load; file names pass through it unchanged."""
    words = {
        "derive": _("Working out the balances"),
        "apply cash": _("Applying receipts of the bank"),
        "verify": _("Checking the totals"),
        "done": _p("progress", "Published"),
    }
    return lambda text, share: progress(words.get(text, text), share)
