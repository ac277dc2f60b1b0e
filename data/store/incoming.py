"""The files of a load: which there are, by publication, and how each is read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from data import sentences
from data.errors import NoReceivablesError, RefusedFileError, UnknownListError
from data.importers import AnyPreset, DataFile, Reading, collect, display_name, read_file, recognise
from data.importers.files import read_bytes
from data.importers.formats.attachment import READER as ATTACHMENT
from data.importers.formats.bulk import readings_of
from data.importers.formats.extract import ExtractedFile
from data.importers.formats.registry import FormatPreset, extracted
from data.message_templates import Message
from data.progress import Progress, Share, span, words
from data.store.attachments import attachments
from data.store.audit_documents import totals_only
from data.store.batch_writer import SourceFile
from data.store.e_invoices import READER, is_undecided, read_e_invoices
from data.store.own_presets import own_presets
from data.store.reload import RawBatch, is_raw, raw_folder

# Formats of which a folder may hold thousands of files.
_SMALL = {READER, ATTACHMENT}
# The files of one publication, each with its rows.
Publication = list[tuple[SourceFile, Reading]]


@dataclass(frozen=True)
class LoadOptions:
    """What the user says of the files of a load.

    Attributes:
        preset: how they are read; None: as their content shows.
        source_date: day they speak of.
        names: display names of paths that are temporary files.
        again: those that are taken in though they were loaded before: what somebody typed.
        inside: those that nobody named: they were found in a folder or zip file.
    """

    preset: AnyPreset | None = None
    source_date: date | None = None
    names: Mapping[Path, str] = field(default_factory=dict)
    again: Collection[Path] = ()
    inside: Collection[Path] = ()


@dataclass
class Incoming:
    """The files of a load.

    Attributes:
        groups: those to be read, by publication and in order.
        pdfs: PDFs beside the last of these, which may belong to invoices among them.
        passed_over: those passed over, with the reason.
        unpacked: a folder for what comes out of files.
    """

    groups: list[list[SourceFile]]
    pdfs: list[DataFile]
    passed_over: list[tuple[Path, Message]]
    unpacked: Path


def incoming_files(paths: Sequence[Path], options: LoadOptions, unpacked: Path) -> Incoming:
    """Return the files of a load.

    Args:
        paths: files, folders and zip files; folders `raw` of stores come first.
        options: what the user says of them.
        unpacked: an empty folder for what comes out of zip files.

    Raises:
        RefusedFileError: there is nothing to be read, or a path cannot be.
    """
    groups: list[list[SourceFile]] = []
    pdfs: list[DataFile] = []
    passed_over: list[tuple[Path, Message]] = []
    for raw in filter(None, map(raw_folder, paths)):
        passed_over += raw.missing
        groups += [list(map(_of_batch, publication)) for publication in raw.publications]
    others = [path for path in paths if not is_raw(path)]
    if others or not groups:
        collected = collect(others, unpacked, options.names)
        passed_over += collected.passed_over
        pdfs = collected.pdfs
        own = [
            SourceFile(
                file.path,
                file.name,
                None if file.path in options.again else options.preset,
                options.source_date,
                is_typed=file.path in options.again,
                is_inside=file.is_inside or file.path in options.inside,
            )
            for file in collected.files
        ]
        groups += [own] if own else []
    if not groups:
        raise RefusedFileError(sentences.NO_DATA_FILE())
    return Incoming(groups, pdfs, passed_over, unpacked)


def _of_batch(batch: RawBatch) -> SourceFile:
    facts = batch.facts
    return SourceFile(batch.path, facts.file_name, batch.preset, facts.source_date, batch=batch)


def read_files(folder: Path, incoming: Incoming, progress: Progress) -> list[Publication]:
    """Read the files.

    Those of folders that hold nothing for the books are passed over, as are PDFs that belong to no invoice.

    Args:
        folder: the store, whose own presets may be used unseen and whose settings say who we are.
        incoming: the files; those of them that are passed over are added to its `passed_over`.
        progress: told the name of the file being read, and the share done, 0-1.

    Raises:
        RefusedFileError: one of them cannot be read as a whole, or none of them holds anything for the books.
    """
    groups = incoming.groups
    pdfs = sum(_size(pdf.path) for pdf in incoming.pdfs)
    steps = _Steps(sum(_size(file.path) for group in groups for file in group) + pdfs, progress)
    own = own_presets(folder)
    publications: list[Publication] = []
    unwanted: list[tuple[Path, NoReceivablesError]] = []
    for group in groups:
        publication: list[tuple[SourceFile, Reading | ExtractedFile]] = []
        undecided: list[SourceFile] = []
        for file in group:
            size = _size(file.path)
            known = _recognised(file, own)
            if is_undecided(known):
                # What is read together with others is half done.
                _share(file, steps.take(size / 2))
                undecided.append(known)
            else:
                try:
                    publication.append((known, _read(known, _share(file, steps.take(size)))))
                except NoReceivablesError as error:
                    if not file.is_inside:
                        raise
                    unwanted.append((Path(file.name or file.path.name), error))
        read = _readings(publication)
        halves = sum(_size(file.path) for file in undecided) / 2
        e_invoices = read_e_invoices(
            folder, undecided, _settings(read), steps.take(halves), incoming.unpacked
        )
        read += [(each.file, each.reading) for each in e_invoices]
        if group is groups[-1]:
            attached = attachments(e_invoices, incoming.pdfs, steps.take(pdfs))
            incoming.passed_over += attached.passed_over
            read += _readings(attached.files)
        publications.append(totals_only(folder, read))
    if unwanted and not any(publications):
        raise unwanted[0][1]
    incoming.passed_over += [(path, error.what) for path, error in unwanted]
    return publications


def _size(path: Path) -> int:
    """Return a file's bytes; one for a file that is empty or cannot be read, which is said when it is."""
    try:
        return max(path.stat().st_size, 1)
    except OSError:
        return 1


def _share(file: SourceFile, progress: Progress) -> Share:
    """Return a listener to the reading of a file, which begins now."""
    share = words(progress, file.name or file.path.name)
    share(0.0)
    return share


class _Steps:
    """The parts of reading, as long as the bytes they are about."""

    def __init__(self, total: float, progress: Progress) -> None:
        self._total, self._done, self._progress = total, 0.0, progress

    def take(self, size: float) -> Progress:
        """Return a listener to the part that comes next."""
        start, self._done = self._done, self._done + size
        return span(self._progress, start / self._total, self._done / self._total)


def _read(file: SourceFile, progress: Share) -> Reading | ExtractedFile:
    """Return the rows of a file; of a small one what it says, to be typed together with others."""
    if isinstance(file.preset, FormatPreset) and file.preset.reader in _SMALL:
        name = display_name(file.name or file.path.name)
        return extracted(read_bytes(file.path, name), name, file.preset)
    return read_file(file.path, file.preset, name=file.name, day=file.source_date, progress=progress)


def _readings(
    publication: Sequence[tuple[SourceFile, Reading]] | Sequence[tuple[SourceFile, Reading | ExtractedFile]],
) -> Publication:
    """Return files with their rows, in their order."""
    typed = iter(readings_of([each for _file, each in publication if isinstance(each, ExtractedFile)]))
    return [(file, next(typed) if isinstance(each, ExtractedFile) else each) for file, each in publication]


def _settings(publication: Publication) -> dict[str, str]:
    """Return the settings that come in with a load."""
    typed: dict[str, str] = {}
    for _file, reading in publication:
        if "settings" in reading.grains:
            typed |= dict(reading.grains["settings"].select("key", "value").iter_rows())
    return typed


def _recognised(file: SourceFile, own: Sequence[AnyPreset]) -> SourceFile:
    """Return a file with the preset its content asks for, where nobody named one."""
    if file.preset is not None or file.is_typed or file.batch is not None:
        return file
    shown = display_name(file.name or file.path.name)
    try:
        return replace(file, preset=recognise(read_bytes(file.path, shown), shown, own))
    except UnknownListError as error:
        error.path = file.path
        raise
