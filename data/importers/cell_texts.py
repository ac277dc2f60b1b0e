"""Cells that have a type, as the texts a preset would read there: so they are checked as all others are."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from data.importers.cells import Feed
from data.importers.preset import Preset
from data.importers.workbook import Cell

_FIRST_SERIAL, _LAST_SERIAL = 18_264, 73_050  # 1950 to 2099
_SERIAL = re.compile(r"[0-9]{5}(?:[.,]0+)?")
_EXCEL_EPOCH = date(1899, 12, 30)


def writer(feed: Feed, preset: Preset) -> Callable[[Cell], str]:
    """Return what writes the cells of one column as the preset's form of it.

    A text stays what it is, without spaces around it. A number in a column of texts has no decimals that say
    nothing: 124.0 is `124`.
    """
    kind, formats = feed.column.type, feed.formats
    takes_serials = kind == "date" and preset.has_serials

    def of_text(text: str) -> str:
        if text in preset.empty:
            return ""
        if takes_serials and _SERIAL.fullmatch(text):
            return of_number(Decimal(text[:5]))
        return text

    def of_number(number: Decimal) -> str:
        if kind in {"money", "number"}:
            return formats.amount_text(number)
        is_whole = number == number.to_integral_value()
        if takes_serials and is_whole and _FIRST_SERIAL < number < _LAST_SERIAL:
            return formats.day_text(_EXCEL_EPOCH + timedelta(days=int(number)))
        return f"{number:.0f}" if is_whole else f"{number:f}"

    def write(cell: Cell) -> str:
        if isinstance(cell, str):
            return of_text(cell.strip())
        if isinstance(cell, Decimal):
            return of_number(cell)
        return formats.day_text(cell) if kind == "date" else cell.isoformat()

    return write
