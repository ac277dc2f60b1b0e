"""Frames as an XLSX workbook: real numbers and dates, the same bytes for the same input.

The only formulas are the sums in the last row of a sheet; no text from data ever is one.
"""

import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from reports import columns
from reports.formats import LIMITS
from reports.packs.cell_text import headings, in_words, is_live
from reports.packs.totals import totals
from reports.translation import _p

MOST_ROWS = 1_048_576
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # the same input gives the same bytes
_FIRST_YEAR = 1900
_LONGEST_TEXT = 32_767
_EXACT_DIGITS = 15
_FORMATS = {
    "heading": {
        "bold": True,
        "bg_color": "#F4F6F8",
        "bottom": 1,
        "bottom_color": "#C3CCD5",
        "text_wrap": True,
    },
    "title": {"bold": True, "font_size": 14},
    "bold": {"bold": True},
    "wrap": {"text_wrap": True, "valign": "top"},
    "money": {"num_format": "#,##0.00"},
    "share": {"num_format": "0.0%"},
    "number": {"num_format": "#,##0.0"},
    "whole": {"num_format": "#,##0"},
    "count": {"num_format": "#,##0", "align": "left"},
    "day": {"num_format": "dd-mm-yyyy", "align": "left"},
    "moment": {"num_format": "dd-mm-yyyy hh:mm:ss", "align": "left"},
    "quoted": {"quote_prefix": True},
    "total": {"bold": True, "top": 1, "top_color": "#C3CCD5"},
    "sum": {"bold": True, "top": 1, "top_color": "#C3CCD5", "num_format": "#,##0.00"},
}
_LOOKS: dict[columns.ValueForm, str] = {
    "money": "money",
    "rate": "money",
    "control total": "money",
    "share": "share",
    "chance": "share",
    "number": "number",
    "count": "whole",
    "day": "day",
    "moment": "moment",
    "text": "",
}


def xlsx_bytes(
    sheets: Mapping[str, pl.DataFrame],
    title: str,
    facts: Sequence[tuple[str, str]] = (),
    *,
    limits: Sequence[int] = LIMITS,
    most_rows: int = MOST_ROWS,
) -> bytes:
    """Return a workbook: a sheet about its contents, then one sheet per frame.

    Money is exact to the cent: an amount of more than 15 digits, which a spreadsheet cannot hold, is written
    as text. Ids stay text. Nothing is a link, and only the sums of a last row are formulas, which carry their
    values for who reads the file without a spreadsheet; they follow the filter of the sheet.

    Args:
        sheets: heading of each sheet -> its rows; rows beyond the limit of a sheet go to a next sheet.
        title: of the first sheet.
        facts: word and value, for the first sheet: as-of day, filters, method.
        limits: of the ageing buckets, for their names.
        most_rows: of a sheet, its heading counted.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    workbook.set_properties({"title": title, "author": "Kasstroom", "created": _CREATED})
    formats = {name: workbook.add_format(look) for name, look in _FORMATS.items()}
    names = _Names()
    about = names.of(_p("sheet", "About"))
    parts = [
        (names.of(heading), part)
        for heading, frame in sheets.items()
        for part in _parts(in_words(frame, limits), most_rows - 1)
    ]
    _about(_Sheet(workbook.add_worksheet(about), formats), title, facts, parts)
    whole = len(parts) == len(sheets)  # a table that goes on in a next sheet has no last row for its sums
    for name, part in parts:
        sums = totals(part) if whole and part.height + 1 < most_rows else {}
        _table(_Sheet(workbook.add_worksheet(name), formats), part, limits, sums)
    workbook.close()
    return buffer.getvalue()


@dataclass(frozen=True)
class _Sheet:
    rows: Worksheet
    formats: Mapping[str, Format]

    def text(self, row: int, at: int, text: str, look: str = "") -> None:
        """Write a text; the quote prefix keeps `=1+1` a text even if somebody edits the cell."""
        if len(text) > _LONGEST_TEXT:
            text = text[: _LONGEST_TEXT - 1] + "…"
        self.rows.write_string(row, at, text, self.formats.get(look or ("quoted" if is_live(text) else "")))


class _Names:
    """Sheet names that a spreadsheet accepts: at most 31 characters, no reserved signs, no two equal."""

    def __init__(self) -> None:
        self._taken = {"history"}  # Excel keeps this one for itself

    def of(self, heading: str) -> str:
        clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]+", " ", heading).strip(" '") or _p("sheet", "Sheet")
        name, count = clean[:31].strip(" '"), 1
        while name.lower() in self._taken:
            count += 1
            ending = f" ({count})"
            name = clean[: 31 - len(ending)].rstrip() + ending
        self._taken.add(name.lower())
        return name


def _parts(frame: pl.DataFrame, most: int) -> Iterator[pl.DataFrame]:
    yield frame.head(most)
    for start in range(most, frame.height, most):
        yield frame.slice(start, most)


def _about(
    sheet: _Sheet, title: str, facts: Sequence[tuple[str, str]], parts: Sequence[tuple[str, pl.DataFrame]]
) -> None:
    sheet.rows.set_column(0, 0, 28)
    sheet.rows.set_column(1, 1, 80)
    sheet.rows.hide_gridlines(2)
    sheet.text(0, 0, title, "title")
    for row, (word, value) in enumerate(facts, 2):
        sheet.text(row, 0, word, "bold")
        sheet.text(row, 1, value, "wrap")
    first = len(facts) + 3
    sheet.text(first, 0, _p("sheet", "Sheet"), "bold")
    sheet.text(first, 1, _p("sheet", "Rows"), "bold")
    for row, (name, part) in enumerate(parts, first + 1):
        sheet.text(row, 0, name)
        sheet.rows.write_number(row, 1, part.height, sheet.formats["count"])


def _table(sheet: _Sheet, frame: pl.DataFrame, limits: Sequence[int], sums: Mapping[str, Decimal]) -> None:
    looks = [_LOOKS[columns.form(name, kind)] for name, kind in frame.schema.items()]
    words = headings(frame.columns, limits)
    for at, (column, word) in enumerate(zip(frame.columns, words, strict=True)):
        sheet.rows.set_column(at, at, _width(frame[column], word, looks[at]))
    if not frame.columns:
        return
    sheet.rows.freeze_panes(1, 0)
    sheet.rows.autofilter(0, 0, frame.height, len(words) - 1)
    sheet.rows.ignore_errors({"number_stored_as_text": f"A1:XFD{frame.height + 1}"})
    for at, word in enumerate(words):
        sheet.text(0, at, word, "heading")
    for row, values in enumerate(frame.iter_rows(), 1):
        for at, value in enumerate(values):
            _cell(sheet, row, at, value, looks[at])
    if sums:
        _total(sheet, frame, sums)


def _total(sheet: _Sheet, frame: pl.DataFrame, sums: Mapping[str, Decimal]) -> None:
    last = frame.height + 1
    for at, name in enumerate(frame.columns):
        letter = xl_col_to_name(at)
        if name in sums and _is_exact(sums[name]):
            formula = f"=SUBTOTAL(109,{letter}2:{letter}{last})"
            sheet.rows.write_formula(last, at, formula, sheet.formats["sum"], float(sums[name]))
        else:
            sheet.text(last, at, _p("sheet", "Total") if at == 0 else "", "total")


def _width(values: pl.Series, heading: str, look: str) -> float:
    widest = {"money": 15, "day": 11, "moment": 19, "share": 9, "number": 10, "whole": 9}.get(look)
    if widest is None:
        lengths = values.cast(pl.String, strict=False).str.len_chars() if values.dtype != pl.List else None
        longest = lengths.max() if lengths is not None else None
        widest = min(longest, 50) if isinstance(longest, int) else 12
    return float(max(widest, min(len(heading) + 3, 24), 8))


def _cell(sheet: _Sheet, row: int, at: int, value: object, look: str) -> None:
    form = sheet.formats.get(look)
    match value:
        case bool():
            sheet.rows.write_boolean(row, at, value)
        case Decimal() | int() if not _is_exact(value):
            sheet.text(row, at, f"{value:f}" if isinstance(value, Decimal) else str(value))
        case Decimal() | int():
            sheet.rows.write_number(row, at, float(value), form)
        case float() if math.isfinite(value):
            sheet.rows.write_number(row, at, value, form)
        case date() if value.year < _FIRST_YEAR:
            sheet.text(row, at, value.isoformat())
        case date():
            sheet.rows.write_datetime(row, at, value, form)
        case list():
            sheet.text(row, at, " ".join(str(one) for one in value))
        case str():
            sheet.text(row, at, value)


def _is_exact(value: Decimal | int) -> bool:
    # A cell is a binary float: exact to the cent up to 15 digits, so beyond that the amount is text.
    return len(Decimal(value).as_tuple().digits) <= _EXACT_DIGITS
