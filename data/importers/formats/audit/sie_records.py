"""The records of a SIE file: a label, and fields between spaces or tabs, in quotes or braces.

Source: SIE filformat 4B (2008-09-30), chapters 5 to 11.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.errors import RefusedFileError
from data.importers import audit_reasons as reasons
from data.importers.formats.audit.elements import is_utf_8

_FIELD = re.compile(
    # Programs cut a text that is too long with its closing quote: it then runs to the end of the line.
    r"""\s+|"(?P<quoted>(?:\\"|[^"])*)(?:"|$)|\{(?P<list>(?:"(?:\\"|[^"])*"|[^"{}])*)\}|(?P<plain>[^\s"{}]+)"""
)
_LABEL = re.compile(r"\s*#([A-Za-zÅÄÖåäö0-9_]+)(?=\s|$)")
_NEW_LINE = re.compile(r"\r\n|\n|\r")
_MARK = b"\xef\xbb\xbf"
# å ä ö Å Ä Ö é and ü as PC8 (code page 437) and as Windows-1252 write them.
_PC8 = frozenset(b"\x86\x84\x94\x8f\x8e\x99\x82\x81")
_WINDOWS = frozenset(b"\xe5\xe4\xf6\xc5\xc4\xd6\xe9\xfc")


@dataclass(frozen=True, slots=True)
class SieRecord:
    """One record.

    Attributes:
        line: of the file, 1-based.
        label: in capitals, without its #; a brace for the beginning and the end of a voucher.
        fields: its fields as they are written, without quotes.
        objects: dimension -> object of its first list in braces.
        has_list: it has such a list, perhaps an empty one.
    """

    line: int
    label: str
    fields: tuple[str, ...]
    objects: Mapping[str, str]

    def field(self, position: int) -> str:
        """Return a field by its position, 0-based; empty if it is not there."""
        return self.fields[position] if position < len(self.fields) else ""


def sie_text(content: bytes) -> str:
    """Decode a file: UTF-8 if it is that, else PC8 as the format asks, else what its letters are.

    Programs write Windows-1252 under `#FORMAT PC8`. Of the Swedish letters each encoding has its own bytes,
    so that the larger number of them decides.
    """
    if content.startswith(_MARK) or (not content.isascii() and is_utf_8(content)):
        return content.removeprefix(_MARK).decode("utf-8", "replace")
    letters = [sum(content.count(letter) for letter in known) for known in (_PC8, _WINDOWS)]
    return content.decode("cp1252" if letters[1] > letters[0] else "cp437", "replace")


def sie_records(text: str, name: str) -> Iterator[SieRecord]:
    """Give the records of a file; what does not begin with a label or a brace is passed over.

    Raises:
        RefusedFileError: a brace of a record is never closed.
    """
    for number, line in enumerate(_NEW_LINE.split(text.removesuffix("\x1a")), start=1):
        stripped = line.strip()
        if stripped in {"{", "}"}:
            yield SieRecord(number, stripped, (), {})
        elif match := _LABEL.match(line):
            yield _record(number, match[1].upper(), line[match.end() :], name)


def _record(number: int, label: str, rest: str, name: str) -> SieRecord:
    values: list[str] = []
    objects: dict[str, str] | None = None
    position = 0
    while position < len(rest):
        match = _FIELD.match(rest, position)
        if match is None:
            raise RefusedFileError(reasons.SIE_BRACE(name=name, line=number))
        position = match.end()
        if match["quoted"] is not None:
            values.append(match["quoted"].replace('\\"', '"'))
        elif match["list"] is not None:
            objects = _objects(match["list"]) if objects is None else objects
        elif match["plain"] is not None:
            values.append(match["plain"])
    return SieRecord(number, label, tuple(values), objects or {})


def _objects(text: str) -> dict[str, str]:
    """Return the objects of a list by their dimension: `1 "2" 8 "30083"`."""
    words = [
        match["plain"] if match["quoted"] is None else match["quoted"]
        for match in _FIELD.finditer(text)
        if match["quoted"] is not None or match["plain"] is not None
    ]
    return dict(zip(words[::2], words[1::2], strict=False))
