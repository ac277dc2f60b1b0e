"""The files of a load: which there are, by publication, and how each is read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from data import sentences
from data.errors import NoReceivablesError, RefusedFileError, UnknownListError
from data.importers import AnyPreset, Reading, collect, display_name, read_file, recognise
from data.importers.files import read_bytes
from data.message_templates import Message
from data.progress import Progress, part, words
from data.store.audit_documents import totals_only
from data.store.batch_writer import SourceFile
from data.store.e_invoices import is_undecided, read_e_invoices
from data.store.own_presets import own_presets
from data.store.reload import RawBatch, is_raw, raw_folder

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


def incoming_files(
    paths: Sequence[Path], options: LoadOptions, unpacked: Path
) -> tuple[list[list[SourceFile]], list[tuple[Path, Message]]]:
    """Return the files to be read, by publication and in order, and those passed over with the reason.

    Args:
        paths: files, folders and zip files; folders `raw` of stores come first.
        options: what the user says of them.
        unpacked: an empty folder for what comes out of zip files.

    Raises:
        RefusedFileError: there is nothing to be read, or a path cannot be.
    """
    groups: list[list[SourceFile]] = []
    passed_over: list[tuple[Path, Message]] = []
    for raw in filter(None, map(raw_folder, paths)):
        passed_over += raw.missing
        groups += [list(map(_of_batch, publication)) for publication in raw.publications]
    others = [path for path in paths if not is_raw(path)]
    if others or not groups:
        collected = collect(others, unpacked, options.names)
        passed_over += collected.passed_over
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
    return groups, passed_over


def _of_batch(batch: RawBatch) -> SourceFile:
    facts = batch.facts
    return SourceFile(batch.path, facts.file_name, batch.preset, facts.source_date, batch=batch)


def read_files(
    folder: Path, groups: list[list[SourceFile]], progress: Progress
) -> tuple[list[Publication], list[tuple[Path, Message]]]:
    """Read the files, and return those of folders that are passed over, as they hold nothing for the books.

    Args:
        folder: the store, whose own presets may be used unseen and whose settings say who we are.
        groups: by publication.
        progress: told the name of the file being read, and the share done, 0-1.

    Raises:
        RefusedFileError: one of them cannot be read as a whole, or none of them holds anything for the books.
    """
    sizes = {file.path: _size(file.path) for group in groups for file in group}
    total, done = sum(sizes[file.path] for group in groups for file in group), 0
    own = own_presets(folder)
    publications: list[Publication] = []
    unwanted: list[tuple[Path, NoReceivablesError]] = []
    for group in groups:
        publication: Publication = []
        undecided: list[SourceFile] = []
        for file in group:
            size = sizes[file.path]
            of_file = part(words(progress, file.name or file.path.name), done / total, (done + size) / total)
            of_file(0.0)
            known = _recognised(file, own)
            if is_undecided(known):
                undecided.append(known)
            else:
                try:
                    reading = read_file(
                        file.path, known.preset, name=known.name, day=known.source_date, progress=of_file
                    )
                    publication.append((known, reading))
                except NoReceivablesError as error:
                    if not file.is_inside:
                        raise
                    unwanted.append((Path(file.name or file.path.name), error))
            done += size
        publication += read_e_invoices(folder, undecided, _settings(publication))
        publications.append(totals_only(folder, publication))
    if unwanted and not any(publications):
        raise unwanted[0][1]
    return publications, [(path, error.what) for path, error in unwanted]


def _size(path: Path) -> int:
    """Return a file's bytes; one for a file that is empty or cannot be read, which is said when it is."""
    try:
        return max(path.stat().st_size, 1)
    except OSError:
        return 1


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
