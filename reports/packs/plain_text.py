"""Frames as other programs and terminals read them: JSON records, CSV with column names, a text table."""

import json
import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl

from reports.formats import NO_BREAK_SPACE
from reports.packs.cell_text import harmless
from reports.translation import each

_WIDEST = 40


def json_records(frame: pl.DataFrame) -> str:
    """Return an array of objects: amounts as decimal strings, days as ISO text, undefined values as null."""
    return json.dumps([_record(row) for row in frame.iter_rows(named=True)], ensure_ascii=False)


def json_text(value: object) -> str:
    """Return any nesting of plain values, frames left out, as `json_records` writes them."""
    return json.dumps(_value(value), ensure_ascii=False)


def csv_text(frame: pl.DataFrame) -> str:
    """Return CSV with column names, decimal points and ISO days; text a spreadsheet would run gets a `'`."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    safe = frame.with_columns(each(frame[name], harmless) for name in texts)
    return safe.write_csv(line_terminator="\r\n")


def text_table(frame: pl.DataFrame) -> str:
    """Return the rows in columns for a terminal, numbers right; control characters are shown, not run."""
    numeric = [kind.is_numeric() for kind in frame.dtypes]
    lines = [list(frame.columns), *[[_cell(value) for value in row] for row in frame.iter_rows()]]
    widths = [max(len(line[at]) for line in lines) for at in range(frame.width)]
    adjust: list[Callable[[str, int], str]] = [str.rjust if right else str.ljust for right in numeric]
    texts = [
        "  ".join(put(cell, width) for put, cell, width in zip(adjust, line, widths, strict=True)).rstrip()
        for line in lines
    ]
    return "\n".join([texts[0], "  ".join("-" * width for width in widths), *texts[1:]])


def _record(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: object) -> object:
    plain: object = value
    match value:
        case Decimal():
            plain = f"{value:f}"
        case datetime():
            plain = value.isoformat(timespec="microseconds")
        case date():
            plain = value.isoformat()
        case float() if not math.isfinite(value):
            plain = None
        case list() | tuple():
            plain = [_value(part) for part in value]
        case dict():
            plain = _record(value)
    return plain


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = "".join(
        letter if letter.isprintable() or letter == NO_BREAK_SPACE else repr(letter)[1:-1] for letter in text
    )
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
