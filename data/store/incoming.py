"""The files of a load: which there are, by publication, and how each is read."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from data import sentences
from data.errors import RefusedFileError, UnknownListError
from data.importers import AnyPreset, DataFile, Reading, collect, display_name, read_file, recognise
from data.importers.files import read_bytes
from data.importers.formats.attachment import READER as ATTACHMENT
from data.importers.formats.bulk import readings_of
from data.importers.formats.extract import ExtractedFile
from data.importers.formats.registry import FormatPreset, extracted
from data.message_templates import Message
from data.store.attachments import attachments
from data.store.batch_writer import SourceFile
from data.store.e_invoices import READER, is_undecided, read_e_invoices
from data.store.own_presets import own_presets
from data.store.reload import RawBatch, is_raw, raw_folder

# Formats of which a folder may hold thousands of files.
_SMALL = {READER, ATTACHMENT}
Progress = Callable[[str, float], None]
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
    """

    preset: AnyPreset | None = None
    source_date: date | None = None
    names: Mapping[Path, str] = field(default_factory=dict)
    again: Collection[Path] = ()


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
    """Read the files; PDFs that belong to none of them are passed over.

    Args:
        folder: the store, whose own presets may be used unseen and whose settings say who we are.
        incoming: the files; of its PDFs those without an invoice are added to `passed_over`.
        progress: told the name of the file being read, and the share done, up to a half.

    Raises:
        RefusedFileError: one of them cannot be read as a whole.
    """
    groups = incoming.groups
    # A PDF takes as long as several small files.
    steps = _Steps(sum(map(len, groups)) + _STEPS_OF_PDF * len(incoming.pdfs), progress)
    own = own_presets(folder)
    publications: list[Publication] = []
    for group in groups:
        publication: list[tuple[SourceFile, Reading | ExtractedFile]] = []
        undecided: list[SourceFile] = []
        for file in group:
            known = _recognised(file, own)
            if is_undecided(known):
                undecided.append(known)
            else:
                publication.append((known, _read(known)))
            # What is read together with others is half done.
            is_whole = not undecided or undecided[-1] is not known
            steps.take(known.name or known.path.name, 1.0 if is_whole else 0.5)
        read = _readings(publication)
        e_invoices = read_e_invoices(
            folder,
            undecided,
            _settings(read),
            lambda name: steps.take(name, 0.5),
            incoming.unpacked,
        )
        read += [(each.file, each.reading) for each in e_invoices]
        if group is groups[-1]:
            attached = attachments(e_invoices, incoming.pdfs, lambda name: steps.take(name, _STEPS_OF_PDF))
            incoming.passed_over += attached.passed_over
            read += _readings(attached.files)
        publications.append(read)
    return publications


_STEPS_OF_PDF = 5


class _Steps:
    """Tells how many of the files are read: the first half of a load."""

    def __init__(self, count: int, progress: Progress) -> None:
        self._count, self._done, self._progress = count, 0.0, progress

    def take(self, name: str, part: float) -> None:
        """Note that a part of a file is done."""
        self._done += part
        self._progress(name, self._done / self._count * 0.5)


def _read(file: SourceFile) -> Reading | ExtractedFile:
    """Return the rows of a file; of a small one what it says, to be typed together with others."""
    if isinstance(file.preset, FormatPreset) and file.preset.reader in _SMALL:
        name = display_name(file.name or file.path.name)
        return extracted(read_bytes(file.path, name), name, file.preset)
    return read_file(file.path, file.preset, name=file.name, day=file.source_date)


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
