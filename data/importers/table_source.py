"""A file of rows and columns, as text or as a workbook: its rows before anybody knows what they mean."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import cast

from data.errors import RefusedFileError
from data.importers import reasons, workbook_reasons
from data.importers.headings import LINES_SEARCHED
from data.importers.rows import csv_rows, raw_text, repaired, split_lines, undecodable
from data.importers.workbook import Cell, WorkbookSheet, is_workbook, read_workbook
from data.message_templates import Message
from data.progress import Share, untold

DELIMITERS = (";", ",", "\t", "|")
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
UTF_16_MARKS = tuple(_UTF_16)
Record = tuple[int, int, list[Cell] | Message]
"""First and last line in the file (1-based), and the cells, or why they cannot be told."""


@dataclass(frozen=True)
class TableSource:
    """One way to cut a file into rows.

    Attributes:
        title: what tells it from the others of the file: the name of the sheet, or the delimiter.
        records: gives the rows that are not blank, from the first; may be called again.
        raw: first and last line -> what stands there, printable.
        is_workbook: its cells have types.
        size: number of its rows, or of the lines of a text.
        is_cut: more rows follow in the file.
    """

    title: str
    records: Callable[[], Iterator[Record]]
    raw: Callable[[int, int], str]
    is_workbook: bool
    size: int
    is_cut: bool = False

    def first_rows(self, most: int) -> "TableSource":
        """Return the first rows alone, which hold on to nothing else of the file."""
        rows = list(islice(self.records(), most + 1))
        is_cut = len(rows) > most
        texts = {(first, last): self.raw(first, last) for first, last, _cells in rows[:most]}
        return replace(
            self,
            records=lambda: iter(rows[:most]),
            raw=lambda first, last: texts.get((first, last), ""),
            size=len(rows[:most]),
            is_cut=is_cut,
        )

    @cached_property
    def head_cells(self) -> list[tuple[int, list[Cell]]]:
        """Line and cells of the first rows, among which a header is looked for."""
        rows = islice(self.records(), LINES_SEARCHED)
        return [(line, cells) for line, _last, cells in rows if isinstance(cells, list)]

    @cached_property
    def head(self) -> list[tuple[int, list[str]]]:
        """The same with the cells as texts, which every preset looks at."""
        return [(line, [str(cell) for cell in cells]) for line, cells in self.head_cells]


def table_sources(
    content: bytes,
    name: str,
    *,
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
    most_rows: int | None = None,
    progress: Share = untold,
) -> list[TableSource]:
    """Return the ways in which a file may be cut into rows: its sheets, or its delimiters.

    Args:
        content: the file.
        name: of it, printable.
        encoding: of a text; empty: UTF-16 by its mark, else UTF-8 if it is that, else Windows-1252.
        delimiter: of a text; empty: each that a list is written with.
        sheet: of a workbook; empty: every visible one.
        most_rows: of each sheet of a workbook that are read; None: all. A text is cut as its rows are read.
        progress: told the share that is read of a workbook.

    Raises:
        RefusedFileError: nothing of the file can be read for sure.
    """
    if is_workbook(content):
        read = read_workbook(content, name, most_rows=most_rows, progress=progress)
        return _sheets(read, name, sheet)
    lines, is_damaged = _lines(content, encoding, name)
    signs = [delimiter] if delimiter else DELIMITERS
    return [_text(lines, sign, name, is_damaged=is_damaged) for sign in signs]


def _sheets(read: Sequence[WorkbookSheet], name: str, wanted: str) -> list[TableSource]:
    sheets = [sheet for sheet in read if wanted in {"", sheet.name}]
    if not sheets:
        raise RefusedFileError(
            workbook_reasons.NO_SUCH_SHEET(name=name, sheet=wanted)
            if wanted
            else workbook_reasons.EMPTY_WORKBOOK(name=name)
        )
    return [_sheet(sheet.name, sheet.rows) for sheet in sheets]


def _sheet(title: str, rows: list[tuple[int, list[Cell]]]) -> TableSource:
    by_line = dict(rows)

    def raw(first: int, _last: int) -> str:
        cells = "\t".join(str(cell) for cell in by_line.get(first, [])).rstrip("\t")
        return raw_text([cells], 1, 1)

    return TableSource(
        title, lambda: ((line, line, cells) for line, cells in rows), raw, is_workbook=True, size=len(rows)
    )


def _lines(content: bytes, encoding: str, name: str) -> tuple[list[str], bool]:
    if b"\n" not in content and b"\r" in content:
        # KBC ends its lines as old Macs did; in a list no other sign could be meant.
        content = content.replace(b"\r", b"\n")
    if encoding:
        return split_lines(content, encoding, name)
    wide = next((code for mark, code in _UTF_16.items() if content.startswith(mark)), None)
    if wide:
        try:
            content = content[2:].decode(wide).encode("utf-8")
        except UnicodeDecodeError:
            raise RefusedFileError(reasons.BINARY(name=name)) from None
    lines, is_damaged = split_lines(content, "utf-8", name)
    return split_lines(content, "cp1252", name) if is_damaged else (lines, False)


def _text(lines: list[str], delimiter: str, name: str, *, is_damaged: bool) -> TableSource:
    def checked() -> Iterator[Record]:
        for first, last, cells in csv_rows(lines, delimiter, name):
            if isinstance(cells, list) and (damaged := undecodable(cells)) is not None:
                yield first, last, reasons.DAMAGED_CELL(label=repaired(cells[damaged]))
            else:
                yield first, last, cast("list[Cell] | Message", cells)

    def records() -> Iterator[Record]:
        # A text is a cell; a list of texts is none of cells to the type checker.
        return checked() if is_damaged else cast("Iterator[Record]", csv_rows(lines, delimiter, name))

    return TableSource(
        delimiter,
        records,
        lambda first, last: raw_text(lines, first, last),
        is_workbook=False,
        size=len(lines),
    )
