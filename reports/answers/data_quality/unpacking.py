"""Files from a browser as the data files inside them: a zip file holds several."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from data.errors import KasstroomError
from data.importers import collect
from data.importers.collection import is_archive
from data.message_templates import Message
from reports.answers import sentences
from reports.answers.data_quality.imports import Upload, on_disk

MOST_BYTES = 600_000_000


@dataclass(frozen=True)
class UploadedFile:
    """A data file of an upload.

    Attributes:
        upload: its name and bytes.
        sha256: of its bytes.
        key: tells it from every other file of the upload, and is the same for the same file.
        is_inside: it came in a zip file.
    """

    upload: Upload
    sha256: str
    key: str
    is_inside: bool = False


@dataclass(frozen=True)
class Unpacked:
    """What one file from a browser holds.

    Attributes:
        name: of it.
        files: the data files in it; itself if it is none of several.
        pdfs: PDFs in it, which may belong to invoices among the files.
        passed_over: what is not taken in, each with the reason.
        fault: why all of it is refused; None if it is not.
    """

    name: str
    files: tuple[UploadedFile, ...]
    pdfs: tuple[Upload, ...] = ()
    passed_over: tuple[tuple[Path, Message], ...] = ()
    fault: Message | None = None


def unpack(name: str, content: bytes) -> Unpacked:
    """Return the data files in a file; those of a zip file in the order in which they are loaded."""
    upload = Upload(name, content)
    if not is_archive(content):
        return Unpacked(name, (_uploaded(upload),))
    with on_disk([upload]) as names, tempfile.TemporaryDirectory(prefix="kasstroom-zip-") as folder:
        try:
            collection = collect(list(names), Path(folder), names)
        except KasstroomError as error:
            return Unpacked(name, (), fault=error.message)
        size = sum(file.path.stat().st_size for file in (*collection.files, *collection.pdfs))
        if size > MOST_BYTES:
            return Unpacked(
                name, (), fault=sentences.TOO_MUCH_FOR_A_SCREEN(name=name, most=MOST_BYTES // 10**6)
            )
        files, pdfs = (
            tuple(
                Upload(each.label, each.path.read_bytes(), folder=f"{name}/{each.folder}") for each in found
            )
            for found in (collection.files, collection.pdfs)
        )
    inside = tuple(replace(_uploaded(file), is_inside=True) for file in files)
    return Unpacked(name, inside, pdfs, tuple(collection.passed_over))


def data_files(unpacked: Mapping[str, Unpacked]) -> list[UploadedFile]:
    """Return all files of an upload; the same bytes twice have keys of their own.

    Args:
        unpacked: by an id of the file from the browser, in their order.
    """
    files: list[UploadedFile] = []
    counts: dict[str, int] = {}
    for held in unpacked.values():
        for file in held.files:
            count = counts[file.key] = counts.get(file.key, 0) + 1
            files.append(file if count == 1 else replace(file, key=f"{file.key}-{count}"))
    return files


def _uploaded(upload: Upload) -> UploadedFile:
    digest = sha256(upload.content).hexdigest()
    return UploadedFile(upload, digest, digest[:12])
