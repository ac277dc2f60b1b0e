"""Which files are data, what kind they are by name, and which are refused before a line is read."""

import re
from collections.abc import Sequence
from pathlib import Path, PurePath

from data import system_errors
from data.errors import RefusedFileError
from data.grains import GRAINS, Grain
from data.importers import reasons
from data.message_templates import Message, Template

DATA_SUFFIXES = (".csv", ".txt", ".tsv")
_NAME_LENGTH = 120
_NUL_SHARE = 0.1

# What the first bytes give away. UTF-32 before UTF-16: its mark begins with the same two bytes.
_MAGIC: tuple[tuple[bytes, Template], ...] = (
    (b"PK\x03\x04", reasons.ZIP),
    (b"PK\x05\x06", reasons.EMPTY_ZIP),
    (b"\xd0\xcf\x11\xe0", reasons.OLD_OFFICE),
    (b"%PDF", reasons.PDF),
    (b"\x89PNG", reasons.PNG),
    (b"\xff\xd8\xff", reasons.JPEG),
    (b"GIF8", reasons.GIF),
    (b"\x1f\x8b", reasons.GZIP),
    (b"PAR1", reasons.PARQUET),
    (b"SQLite format 3\x00", reasons.SQLITE),
    (b"{\\rtf", reasons.RICH_TEXT),
    (b"<?xml", reasons.XML),
    (b"\xef\xbb\xbf<?xml", reasons.XML),
    (b"\x00\x00\xfe\xff", reasons.UTF_32),
    (b"\xff\xfe\x00\x00", reasons.UTF_32),
    (b"\xff\xfe", reasons.UTF_16),
    (b"\xfe\xff", reasons.UTF_16),
)


def display_name(name: str) -> str:
    """Return a file's name without folders and without what cannot be printed, at most 120 characters."""
    last = re.split(r"[/\\]", name)[-1].strip()
    clean = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in last)
    if clean in {"", ".", ".."}:
        return "unnamed file"
    if len(clean) > _NAME_LENGTH:
        suffix = PurePath(clean).suffix[:10]
        return f"{clean[: _NAME_LENGTH - 11]}…{suffix}"
    return clean


def kind_by_name(name: str) -> Grain | None:
    """Return the grain a file name stands for: `invoices.csv`, `invoices_2026-11.csv`; None if none does."""
    stem = PurePath(name).stem.lower()
    for grain in GRAINS:
        if re.match(rf"{grain.name}(?![a-z])", stem):
            return grain
    return None


def kind_by_header(header: Sequence[str]) -> Grain | None:
    """Return the one grain that has all these columns and needs no other; None if none or several do."""
    names = set(header)
    fits = [
        grain
        for grain in GRAINS
        if {column.name for column in grain.columns if column.needed}
        <= names
        <= {column.name for column in grain.file_columns}
    ]
    return fits[0] if len(fits) == 1 else None


def read_bytes(path: Path, name: str) -> bytes:
    """Read a file whole, refusing what cannot be text with columns.

    Raises:
        RefusedFileError: missing, not a file, unreadable, empty, or of another type by its first bytes.
    """
    if PurePath(name).suffix.lower() not in DATA_SUFFIXES:
        raise RefusedFileError(reasons.NO_CSV(name=name))
    if not path.exists():
        raise RefusedFileError(reasons.NO_SUCH_FILE(name=name))
    if not path.is_file():
        raise RefusedFileError(reasons.NOT_A_FILE(name=name))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RefusedFileError(
            reasons.UNREADABLE_FILE(name=name, cause=system_errors.cause(error))
        ) from error
    _refuse_other_types(content, name)
    return content


def _refuse_other_types(content: bytes, name: str) -> None:
    if not content:
        raise RefusedFileError(reasons.EMPTY_FILE(name=name))
    for magic, what in _MAGIC:
        if content.startswith(magic):
            raise RefusedFileError(reasons.OTHER_TYPE(name=name, what=what()))
    if content.count(0) > len(content) * _NUL_SHARE:
        raise RefusedFileError(reasons.BINARY(name=name))


def collect(paths: Sequence[Path]) -> tuple[list[Path], list[tuple[Path, Message]]]:
    """Find the data files under the given files and folders.

    Args:
        paths: files, taken as they are, and folders, of which the `.csv` files directly inside are taken.

    Returns:
        The data files in the order they are loaded (customers before invoices before payments, then
        what is left, by name), each once; and what was passed over, each with a word why.

    Raises:
        RefusedFileError: a path is missing, a file named explicitly is no data, or nothing is left to load.
    """
    taken: dict[Path, Path] = {}
    passed_over: list[tuple[Path, Message]] = []
    for path in paths:
        for file in _inside(path, passed_over):
            taken.setdefault(file.resolve(), file)
    if not taken:
        named = ", ".join(display_name(str(path)) for path in paths) or "nothing"
        raise RefusedFileError(reasons.NO_CSV_INSIDE(names=named))
    return sorted(taken.values(), key=_load_order), passed_over


def _inside(path: Path, passed_over: list[tuple[Path, Message]]) -> list[Path]:
    name = display_name(str(path))
    if not path.exists():
        raise RefusedFileError(reasons.NO_SUCH_PATH(name=name))
    if not path.is_dir():
        if path.suffix.lower() not in DATA_SUFFIXES:
            raise RefusedFileError(reasons.NO_CSV(name=name))
        return [path]
    files = []
    try:
        entries = sorted(path.iterdir())
    except OSError as error:
        raise RefusedFileError(
            reasons.UNREADABLE_FILE(name=name, cause=system_errors.cause(error))
        ) from error
    for entry in entries:
        if entry.name.startswith("."):
            passed_over.append((entry, reasons.HIDDEN()))
        elif entry.is_dir():
            passed_over.append((entry, reasons.A_FOLDER()))
        elif entry.suffix.lower() != ".csv":
            passed_over.append((entry, reasons.OTHER_ENDING()))
        else:
            files.append(entry)
    return files


def _load_order(path: Path) -> tuple[int, str, str]:
    grain = kind_by_name(path.name)
    rank = GRAINS.index(grain) if grain else len(GRAINS)
    return rank, path.name, str(path)
