"""One file: its name as shown, its kind by name, its bytes, and what cannot be text with columns."""

import re
from collections.abc import Sequence
from pathlib import Path, PurePath

from data import system_errors
from data.errors import RefusedFileError
from data.grains import GRAINS, Grain
from data.importers import reasons
from data.message_templates import Template

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
    """Read a file whole.

    Raises:
        RefusedFileError: missing, not a file, unreadable or empty.
    """
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
    if not content:
        raise RefusedFileError(reasons.EMPTY_FILE(name=name))
    return content


def refuse_other_types(content: bytes, name: str) -> None:
    """Refuse what cannot be text with columns.

    Raises:
        RefusedFileError: the first bytes are those of another type of file.
    """
    for magic, what in _MAGIC:
        if content.startswith(magic):
            raise RefusedFileError(reasons.OTHER_TYPE(name=name, what=what()))
    if content.count(0) > len(content) * _NUL_SHARE:
        raise RefusedFileError(reasons.BINARY(name=name))


def load_order(name: str) -> int:
    """Return the place in which a file is loaded: customers before invoices before payments, others last."""
    grain = kind_by_name(name)
    return GRAINS.index(grain) if grain else len(GRAINS)
