"""Files, folders and zip files, as the data files inside them."""

import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from data import system_errors
from data.errors import RefusedFileError
from data.importers import collection_reasons, reasons
from data.importers.files import display_name, load_order
from data.importers.formats.audit.elements import printable
from data.importers.formats.notices import notice
from data.importers.unzip_limit import UnzipLimit
from data.importers.workbook import is_workbook
from data.message_templates import Message

MOST_FILES = 20_000
MOST_BYTES = 2_000_000_000
_HEAD = 1 << 16
_ZIP = b"PK\x03\x04"
_DRIVE = re.compile(r"[A-Za-z]:")
_SHOWN = 80
# What a folder holds besides is passed over; a file that is named is read whatever it is called.
DATA_SUFFIXES = frozenset(
    {".csv", ".txt", ".tsv", ".tab", ".asc", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".xml", ".ubl"}
    | {".xaf", ".adf", ".si", ".sie", ".se", ".sta", ".940", ".mt940", ".swi", ".053", ".zip"}
    | {".cod", ".coda", ".bc2", ".mta"}
)
PDF_SUFFIX = ".pdf"
_PDF = b"%PDF"


@dataclass(frozen=True)
class DataFile:
    """A data file.

    Attributes:
        path: where its bytes are.
        name: what the user calls it; None: as the path.
        place: where it was found, in a folder or zip file; None if it was named itself.
    """

    path: Path
    name: str | None = None
    place: Path | None = None

    @property
    def is_inside(self) -> bool:
        """Whether it was found in a folder or zip file; nobody named it."""
        return self.place is not None

    @property
    def label(self) -> str:
        """Its name, printable."""
        return display_name(self.name or self.path.name)

    @property
    def folder(self) -> Path:
        """The folder its bytes are in: files of one folder, also one of a zip file, have the same."""
        return self.path.parent


@dataclass
class Collection:
    """What was found under files and folders.

    Attributes:
        files: the data files in the order they are loaded, each once.
        pdfs: the PDFs beside them, which may belong to invoices among them.
        passed_over: what was not taken, each with a word why.
    """

    files: list[DataFile] = field(default_factory=list)
    pdfs: list[DataFile] = field(default_factory=list)
    passed_over: list[tuple[Path, Message]] = field(default_factory=list)


def collect(paths: Sequence[Path], unpacked: Path, names: Mapping[Path, str] | None = None) -> Collection:
    """Find the data files under files, folders and zip files.

    Args:
        paths: files, taken as they are; zip files and folders, of which the data files inside are taken, at
            any depth.
        unpacked: an empty folder for what comes out of zip files; it must outlive the reading.
        names: of files that are called otherwise than their path.

    Raises:
        RefusedFileError: a path is missing, a zip file is damaged or unpacks to too much, or nothing is left.
    """
    found = Collection()
    seen: set[Path] = set()
    for path in paths:
        for file in _inside(path, found.passed_over, unpacked, (names or {}).get(path)):
            if file.path.resolve() not in seen:
                seen.add(file.path.resolve())
                (found.pdfs if _is_pdf(file) else found.files).append(file)
    if not found.files:
        # Alone, a PDF is as any other file that is no data: named, it is refused by what it is.
        found.files += [pdf for pdf in found.pdfs if pdf.place is None]
        found.passed_over += [(pdf.place, reasons.OTHER_ENDING()) for pdf in found.pdfs if pdf.place]
        found.pdfs.clear()
    if not found.files and not found.passed_over:
        named = ", ".join(display_name(str(path)) for path in paths) or "nothing"
        raise RefusedFileError(reasons.NO_CSV_INSIDE(names=named))
    if not found.files:
        raise RefusedFileError(
            collection_reasons.NOTHING_LEFT(
                names=", ".join(display_name(str(path)) for path in paths), count=len(found.passed_over)
            )
        )
    found.files.sort(key=lambda file: (load_order(file.label), file.label, str(file.path)))
    return found


def _is_pdf(file: DataFile) -> bool:
    if not file.label.lower().endswith(PDF_SUFFIX):
        return False
    try:
        with file.path.open("rb") as opened:
            return opened.read(len(_PDF)) == _PDF
    except OSError:
        return False


def _inside(
    path: Path, passed_over: list[tuple[Path, Message]], unpacked: Path, name: str | None
) -> Iterator[DataFile]:
    label = display_name(name or str(path))
    if not path.exists():
        raise RefusedFileError(reasons.NO_SUCH_PATH(name=label))
    if path.is_dir():
        yield from _of_folder(path, passed_over, unpacked)
    elif _is_archive(path):
        yield from _of_archive(path, passed_over, unpacked, label)
    else:
        yield DataFile(path, name)


def _of_folder(folder: Path, passed_over: list[tuple[Path, Message]], unpacked: Path) -> Iterator[DataFile]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise RefusedFileError(
            reasons.UNREADABLE_FILE(name=display_name(str(folder)), cause=system_errors.cause(error))
        ) from error
    for entry in entries:
        if entry.name.startswith("."):
            passed_over.append((entry, reasons.HIDDEN()))
        elif entry.is_dir():
            if entry.is_symlink():
                passed_over.append((entry, collection_reasons.LINKED_FOLDER()))
            else:
                yield from _of_folder(entry, passed_over, unpacked)
        elif why := _no_data(entry):
            passed_over.append((entry, why))
        elif _is_archive(entry):
            yield from _of_archive(entry, passed_over, unpacked, display_name(entry.name))
        else:
            yield DataFile(entry, place=entry)


def _no_data(path: Path) -> Message | None:
    """Return why a file inside a folder or zip file is not taken; None if it is."""
    suffix = path.suffix.lower()
    if suffix not in DATA_SUFFIXES and suffix != PDF_SUFFIX:
        return reasons.OTHER_ENDING()
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None  # said when it is read
    if suffix == PDF_SUFFIX:
        return None if head.startswith(_PDF) else reasons.OTHER_ENDING()
    return notice(head)


def is_archive(content: bytes) -> bool:
    """Tell whether bytes are a zip file of files; a workbook is a zip file too, and one file."""
    return content.startswith(_ZIP) and not is_workbook(content)


def _is_archive(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            if file.read(len(_ZIP)) != _ZIP:
                return False
        return is_archive(path.read_bytes())
    except OSError:
        return False


def _of_archive(
    path: Path, passed_over: list[tuple[Path, Message]], unpacked: Path, label: str
) -> Iterator[DataFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _parts(archive, label)
            limit = UnzipLimit(
                MOST_BYTES, collection_reasons.TOO_MUCH_UNPACKED(name=label, most=MOST_BYTES // 10**6)
            )
            limit.require(parts)
            folders: dict[PurePath, Path] = {}
            for part in sorted(parts, key=lambda part: part.filename):
                inner = PurePath(part.filename)
                at = path / part.filename
                if any(piece.startswith((".", "__MACOSX")) for piece in inner.parts):
                    passed_over.append((at, reasons.HIDDEN()))
                    continue
                if inner.suffix.lower() not in DATA_SUFFIXES | {PDF_SUFFIX}:
                    passed_over.append((at, reasons.OTHER_ENDING()))
                    continue
                if inner.parent not in folders:
                    folders[inner.parent] = Path(tempfile.mkdtemp(dir=unpacked))
                copy = _unpack(limit.chunks(archive, part), part.filename, folders[inner.parent])
                if _is_archive(copy):
                    passed_over.append((at, collection_reasons.ZIP_IN_ZIP()))
                elif why := _no_data(copy):
                    passed_over.append((at, why))
                else:
                    yield DataFile(copy, display_name(part.filename), at)
    except RuntimeError:  # how zipfile says that a password is asked for
        raise RefusedFileError(collection_reasons.ZIP_PASSWORD(name=label)) from None
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, ValueError, OSError):
        raise RefusedFileError(collection_reasons.DAMAGED_ZIP(name=label)) from None


def _parts(archive: zipfile.ZipFile, label: str) -> list[zipfile.ZipInfo]:
    """Return the files in a zip file; one that leads out of it or holds too many is refused."""
    for part in archive.infolist():
        if _leads_out(part.filename):
            entry = printable(part.filename, _SHOWN)
            raise RefusedFileError(collection_reasons.LEADS_OUT(name=label, entry=entry))
    parts = [part for part in archive.infolist() if not part.is_dir()]
    if len(parts) > MOST_FILES:
        raise RefusedFileError(collection_reasons.TOO_MANY_FILES(name=label, most=MOST_FILES))
    return parts


def _leads_out(name: str) -> bool:
    """Return whether the name of a part of a zip file is of a place outside, here or on Windows."""
    path = name.replace("\\", "/")
    return path.startswith("/") or _DRIVE.match(path) is not None or ".." in path.split("/")


def _unpack(chunks: Iterator[bytes], name: str, folder: Path) -> Path:
    """Write one part of a zip file; the name it has there decides nothing about where it goes."""
    copy = folder / re.sub(r"[^A-Za-z0-9._-]", "_", display_name(name))
    if copy.exists():
        copy = Path(tempfile.mkdtemp(dir=folder)) / copy.name
    with copy.open("wb") as target:
        target.writelines(chunks)
    return copy
