"""From bytes to rows of text: decoding, quotes and line numbers, exactly, with nothing typed yet."""

import csv
import re
from collections.abc import Iterator, Sequence

from data.errors import RefusedFileError
from data.importers import reasons
from data.message_templates import Message

RAW_LENGTH = 500
_BOM = b"\xef\xbb\xbf"
_UNDECODABLE = re.compile("[\udc80-\udcff]")
# So that a reject can be shown and exported: control characters become their pictures, lost bytes a mark.
_PICTURES = dict.fromkeys((0x7F, *range(0x80, 0xA0), *range(0xDC80, 0xDD00)), 0xFFFD)
_PICTURES |= {code: 0x2400 + code for code in range(32) if code not in {9, 10}}


def split_lines(content: bytes, encoding: str, name: str) -> tuple[list[str], bool]:
    """Decode a file and split it at its newlines only.

    Returns:
        The lines, and whether there are bytes that did not decode; these stay as lone surrogates.

    Raises:
        RefusedFileError: the lines end in lone carriage returns, or the file is UTF-8 where a preset
            says otherwise (every accent would come in wrong, and no check could see it).
    """
    has_mark = content.startswith(_BOM)
    if encoding == "utf-8":
        content = content.removeprefix(_BOM)
    elif has_mark or (not content.isascii() and _is_utf8(content)):
        raise RefusedFileError(reasons.OTHER_ENCODING(name=name, encoding=encoding))
    try:
        lines, is_damaged = content.decode(encoding).split("\n"), False
    except UnicodeDecodeError:
        lines, is_damaged = content.decode(encoding, "surrogateescape").split("\n"), True
    if "\r" in lines[0].removesuffix("\r"):
        raise RefusedFileError(reasons.CARRIAGE_RETURNS(name=name))
    return lines, is_damaged


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def csv_rows(
    lines: Sequence[str], delimiter: str, name: str
) -> Iterator[tuple[int, int, list[str] | Message]]:
    """Give every record that is not blank: its first and last line (1-based), and its cells.

    A record whose quotes are wrong gives a reason instead of cells, and reading goes on after it.

    Raises:
        RefusedFileError: a quote is opened and never closed, so that nobody can tell where rows end.
    """
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True)
    first = 1
    while True:
        try:
            for cells in reader:
                last = reader.line_num
                if cells:
                    yield first, last, cells
                first = last + 1
        except csv.Error:  # it says why in English only
            last = reader.line_num
            reason = _fault(lines[first - 1 : last], delimiter, first)
            if reason is None:
                raise RefusedFileError(reasons.OPEN_QUOTE(name=name, line=first)) from None
            yield first, last, reason
            first = last + 1
        else:
            return


def _fault(record: Sequence[str], delimiter: str, first: int) -> Message | None:
    """Return why Python's reader refuses the lines of a record; None if a quote may never be closed.

    The cells are read once more, up to the one it refuses.
    """
    text = "".join(f"{line}\n" for line in record)
    cells = re.compile(rf'"(?P<quoted>(?:[^"]|"")*)(?P<closed>"?)|[^{re.escape(delimiter)}\r\n]*')
    most, last, end = csv.field_size_limit(), first + len(record) - 1, -1
    while cell := cells.match(text, end + 1):
        end = cell.end()
        content = cell[0] if cell["quoted"] is None else cell["quoted"].replace('""', '"')
        if len(content) > most:
            return reasons.CELL_TOO_LONG(most=most) if last == first else None
        if cell["quoted"] is not None and not cell["closed"]:
            return None
        if text[end] in "\r\n":
            return reasons.CARRIAGE_RETURN_IN_ROW()
        if text[end] != delimiter:
            break
    return reasons.TEXT_AFTER_QUOTE() if last == first else reasons.QUOTE_RUNS_ON(first=first, last=last)


def undecodable(cells: Sequence[str]) -> int | None:
    """Return the index of the first cell with bytes that did not decode, None if all did."""
    return next((index for index, cell in enumerate(cells) if _UNDECODABLE.search(cell)), None)


def repaired(cell: str) -> str:
    """Return the cell with a mark where bytes did not decode, so that it can be kept as text at all."""
    return _UNDECODABLE.sub("\N{REPLACEMENT CHARACTER}", cell)


def raw_text(lines: Sequence[str], first: int, last: int) -> str:
    """Return lines `first` to `last` (1-based) as one printable text of at most 500 characters."""
    text = "\n".join(line.removesuffix("\r") for line in lines[first - 1 : min(last, first + RAW_LENGTH)])
    return text[:RAW_LENGTH].translate(_PICTURES)
