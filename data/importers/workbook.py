"""Workbooks of Excel and LibreOffice: their sheets as rows of typed cells, nothing guessed."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice

import python_calamine as calamine

from data.errors import RefusedFileError
from data.importers import workbook_reasons as reasons
from data.importers.unzip_limit import UnzipLimit
from data.importers.workbook_head import SHEET_PART, workbook_head
from data.progress import Share, part, untold

Cell = str | Decimal | date
"""A cell: a text, a number as Excel shows it (15 digits), or a day. An empty cell is an empty text."""

MOST_BYTES = 300_000_000
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_PASSWORD_STREAM = "EncryptedPackage".encode("utf-16-le")
# A formula whose value was never worked out: the program that wrote the file left that to Excel.
# An empty text is a value.
_NO_VALUE = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?![^>]*\bt="str")[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)'
    rb"\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_ERROR = re.compile(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|GETTING_DATA|SPILL!|CALC!)")
_MIDNIGHT = time()
_STEP = 10_000  # rows
# Shares of the time that a workbook takes, and of a sheet in it.
_UNPACKED, _CHECKED, _PARSED = 0.02, 0.15, 0.4
_UNREADABLE = (calamine.CalamineError, ValueError, OSError, OverflowError)


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet.

    Attributes:
        name: as on its tab.
        rows: number of the row as Excel shows it, and its cells; empty rows are left out.
    """

    name: str
    rows: list[tuple[int, list[Cell]]]


def is_workbook(content: bytes) -> bool:
    """Tell whether bytes are a workbook, whatever the file is called; also one behind a password."""
    if content.startswith(_OLE):
        return True
    if not content.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return "xl/workbook.xml" in names or "xl/workbook.bin" in names or _is_open_document(names)


def read_workbook(
    content: bytes, name: str, *, most_rows: int | None = None, progress: Share = untold
) -> list[WorkbookSheet]:
    """Read the visible sheets that have a cell with something in it.

    Args:
        content: the file.
        name: of the file, printable, for the refusal.
        most_rows: with something in them that are read of each sheet, to see what a file is; what is wrong
            below them is not seen. None: all.
        progress: told the share that is read.

    Raises:
        RefusedFileError: a password, a damaged file, too much in it, or a formula without its value.
    """
    if content.startswith(_OLE) and _PASSWORD_STREAM in content:
        raise RefusedFileError(reasons.PASSWORD(name=name))
    if content.startswith(_ZIP):
        _refuse_bombs(content, name)
        if most_rows is not None and (head := workbook_head(content, most_rows)) is not None:
            with suppress(*_UNREADABLE):
                sheets = _sheets(head, name, most_rows)
                # A value may be an empty text: a sheet of these would seem to end where it was cut.
                if any(len(sheet.rows) == most_rows for sheet in sheets):
                    return [sheet for sheet in sheets if sheet.rows]
        progress(_UNPACKED)
        _refuse_formulas_without_value(content, name)
    try:
        sheets = _sheets(content, name, most_rows, part(progress, _CHECKED, 1.0))
    except calamine.PasswordError:
        raise RefusedFileError(reasons.PASSWORD(name=name)) from None
    except _UNREADABLE:
        raise RefusedFileError(reasons.DAMAGED_WORKBOOK(name=name)) from None
    return [sheet for sheet in sheets if sheet.rows]


def _sheets(
    content: bytes, name: str, most_rows: int | None, progress: Share = untold
) -> list[WorkbookSheet]:
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        names = [
            each.name
            for each in book.sheets_metadata
            if each.visible is calamine.SheetVisibleEnum.Visible
            and each.typ is calamine.SheetTypeEnum.WorkSheet
        ]
        sheets = []
        for place, title in enumerate(names):
            of_sheet = part(progress, place / len(names), (place + 1) / len(names))
            rows = _rows(book.get_sheet_by_name(title), name, of_sheet)
            sheets.append(WorkbookSheet(title, list(islice(rows, most_rows))))
        return sheets


def _is_open_document(names: set[str]) -> bool:
    return {"mimetype", "content.xml"} <= names


def _rows(sheet: calamine.CalamineSheet, name: str, progress: Share) -> Iterator[tuple[int, list[Cell]]]:
    _row, first_column = sheet.start or (0, 0)
    before: list[Cell] = [""] * first_column
    # The rows above the first used one are given, the columns left of it are not.
    for place, cells in enumerate(sheet.iter_rows(), start=1):
        if place % _STEP == 1:
            progress(_PARSED + (1 - _PARSED) * place / max(sheet.total_height, 1))
        if any(cell != "" for cell in cells):
            yield place, before + [_cell(cell, name, place) for cell in cells]


def _cell(value: object, name: str, row: int) -> Cell:
    match value:
        case str():
            if value.startswith("#") and _ERROR.fullmatch(value):
                raise RefusedFileError(reasons.ERROR_CELL(name=name, error=value, row=row))
            cell: Cell = value
        case bool():
            cell = str(value).upper()
        case int() | float():
            # Excel keeps 15 digits; what a sum leaves behind them is no part of the number.
            cell = Decimal(f"{value:.15g}")
        case datetime():
            cell = value.date() if value.time() == _MIDNIGHT else value
        case date():
            cell = value
        case time() | timedelta():
            cell = str(value)
        case _:
            cell = ""
    return cell


def _refuse_bombs(content: bytes, name: str) -> None:
    """Unpack every part once, and stop at the limit."""
    limit = UnzipLimit(MOST_BYTES, reasons.TOO_MUCH_UNPACKED(name=name, most=MOST_BYTES // 10**6))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            limit.require(archive.infolist())
            for part in archive.infolist():
                for _chunk in limit.chunks(archive, part):
                    pass
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError, zlib.error):
        raise RefusedFileError(reasons.DAMAGED_WORKBOOK(name=name)) from None


def _refuse_formulas_without_value(content: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if SHEET_PART.fullmatch(part) and (found := _NO_VALUE.search(archive.read(part))):
                raise RefusedFileError(reasons.NO_VALUE(name=name, cell=found[1].decode()))
