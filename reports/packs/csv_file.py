"""A frame as CSV: for Dutch Excel or for any other program."""

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

import polars as pl

from reports.formats import LIMITS
from reports.packs.cell_text import harmless, headings, in_words
from reports.translation import _p

CsvStyle = Literal["nl", "international"]


@dataclass(frozen=True)
class _Style:
    encoding: str
    delimiter: str
    decimal: str
    day: str
    moment: str


_STYLES = MappingProxyType(
    {
        "nl": _Style("utf-8-sig", ";", ",", "%d-%m-%Y", "%d-%m-%Y %H:%M:%S"),
        "international": _Style("utf-8", ",", ".", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"),
    }
)


def csv_bytes(frame: pl.DataFrame, style: CsvStyle = "nl", *, limits: Sequence[int] = LIMITS) -> bytes:
    """Return the frame as CSV with headings in the language spoken, lines ended with CR LF.

    Money keeps every cent, without digit grouping. A text that a spreadsheet would run as a formula gets a
    leading `'`; numbers are numbers, also negative ones. Null and NaN are empty.

    Args:
        frame: any rows.
        style: `nl` is what Dutch Excel opens by double-click: BOM, `;`, decimal comma, 31-12-2026.
            `international` is UTF-8 without BOM, `,`, decimal point, 2026-12-31.
        limits: of the ageing buckets, for their names.
    """
    form = _STYLES[style]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=form.delimiter, lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in headings(frame.columns, limits)])
    for row in in_words(frame, limits).iter_rows():
        writer.writerow([_cell(value, form) for value in row])
    return text.getvalue().encode(form.encoding)


def _cell(value: object, form: _Style) -> str:
    if value is None:
        return ""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value, form)
    return harmless(str(value))


def _float(value: float) -> str:
    # Ten places are more than any share or number of days holds, and never an exponent.
    if not math.isfinite(value):
        return ""
    return f"{value:.10f}".rstrip("0").rstrip(".") if value else "0"


# In this order: a bool is an int, and a datetime a date.
_WRITERS: tuple[tuple[type, Callable[[Any, _Style], str]], ...] = (
    (bool, lambda value, _form: _p("word", "yes") if value else _p("word", "no")),
    (Decimal, lambda value, form: f"{value:f}".replace(".", form.decimal)),
    (float, lambda value, form: _float(value).replace(".", form.decimal)),
    (int, lambda value, _form: str(value)),
    (datetime, lambda value, form: value.strftime(form.moment)),
    (date, lambda value, form: value.strftime(form.day)),
    (list, lambda value, form: harmless(" ".join(_cell(one, form) for one in value))),
)
