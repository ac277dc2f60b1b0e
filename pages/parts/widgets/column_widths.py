"""Widths and headings of table columns: from their records on a desk, from their values on a phone."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from streamlit import column_config

from reports import columns

_MONEY, _DATE = 112, 104
_MOST_OF_A_NUMBER = 280  # of a document; longer ones are whole in the file
_LONG_ONES = 50  # of the numbers with most letters the widest is sought
_UNDER_ONE_WORD = {pl.Decimal: 108, pl.Int64: 60, pl.Float64: 64, pl.String: 168}
_DATE_UNDER_ONE_WORD = 118
# Pixels on a phone of 390: room inside a table, of which picking a row takes some; the least for a text.
_ROOM, _PICK, _LEAST = 296, 34, 56
# Pixels of a letter in a cell, and what a cell and a heading need beside their text.
_NARROW, _LETTER, _WIDE, _CELL, _HEAD = 3.6, 6.5, 8.4, 16, 22
_SPARE = 4  # widths of letters are an estimate

# The grid draws every heading left, except those that begin with a sign of a script from right to left.
# The one here has no shape; what it holds keeps its own direction.
_TO_THE_RIGHT = "\u061c\u2066{}\u2069"


def on_desk(frame: pl.DataFrame, shown: Sequence[str], headings: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns of a wide table; those with the numbers of documents are as wide as the longest.

    Args:
        frame: with all rows.
        shown: which are shown.
        headings: shorter ones than the usual.
    """
    return {name: _desk(name, frame[name], headings.get(name)) for name in shown}


def on_phone(
    frame: pl.DataFrame, shown: Sequence[str], headings: Mapping[str, str], *, select: bool
) -> dict[str, Any]:
    """Return the columns of a table on a phone: numbers and days as wide as they need, texts share the rest.

    Texts end in an ellipsis where there is no room (`shortened`); numbers are never cut.

    Args:
        frame: with all rows: the widest amount of a column gives its width.
        shown: which are shown.
        headings: shorter ones than the usual.
        select: rows can be picked.
    """
    widths = phone_pixels(frame, shown, select=select)
    return {
        name: _column(name, frame.schema[name], _phone_heading(name, headings), widths[name])
        for name in shown
    }


def phone_pixels(frame: pl.DataFrame, shown: Sequence[str], *, select: bool) -> dict[str, int]:
    """Return the widths on a phone of the columns of `on_phone`."""
    texts = [name for name in shown if frame.schema[name] == pl.String]
    widths = {name: _phone_width(name) or _needed(frame[name]) for name in shown if name not in texts}
    room = _ROOM - (_PICK if select else 0) - sum(widths.values())
    return widths | {name: max(room // len(texts), _LEAST) for name in texts}


def pixels(shown: Sequence[str], headings: Mapping[str, str]) -> dict[str, int]:
    """Return the widths on a desk of the columns of words that have one; numbers of documents stay whole."""
    words = [name for name in shown if not name.endswith("_id")]
    widths = {name: _UNDER_ONE_WORD[pl.String] if name in headings else _width(name) for name in words}
    return {name: width for name, width in widths.items() if width}


def _width(name: str) -> int:
    """Return the width that the record of a column gives; 0 without one."""
    column = columns.record(name)
    return (column.width or 0) if column is not None else 0


def shortened(text: object, pixels: int) -> str:
    """Return a text that ends in an ellipsis where it is wider than its column; the value stays whole."""
    words = "" if text is None else str(text)
    room = pixels - _CELL - _SPARE
    if _text_width(words) <= room:
        return words
    end, used = 0, _text_width("…")
    while end < len(words) and used + _text_width(words[end]) <= room:
        used += _text_width(words[end])
        end += 1
    return words[:end].rstrip() + "…"


def _text_width(text: str) -> float:
    """Return about how many pixels a text takes in a cell; no letter of the font is wider than it says."""
    return sum(
        _NARROW
        if letter in "iljtfr.,:;'|!()[] -"
        else _WIDE
        if letter in "mwMW@%" or letter.isupper()
        else _LETTER
        for letter in text
    )


def _desk(name: str, values: pl.Series, heading: str | None) -> Any:
    kind = values.dtype
    if name.endswith("_id") and kind == pl.String:
        words = heading or columns.heading(name)
        room = max(_width(name), _longest(values) + _CELL, round(_text_width(words)) + _HEAD)
        return _column(name, kind, words, min(room, _MOST_OF_A_NUMBER))
    if heading is not None:
        return _column(name, kind, heading, _UNDER_ONE_WORD.get(kind.base_type(), _DATE_UNDER_ONE_WORD))
    column = columns.record(name)
    width = column.width if column is not None else None
    usual = _MONEY if isinstance(kind, pl.Decimal) else _DATE if kind == pl.Date else None
    words = columns.heading(name)
    least = width or usual
    if least is not None:
        return _column(name, kind, words, max(least, round(_text_width(words)) + _HEAD))
    return _column(name, kind, words, "small" if kind.is_numeric() else None)


def _column(name: str, kind: pl.DataType, heading: str, width: Any) -> Any:
    """Return a column whose heading stands over its cells: those of numbers right, also where in words."""
    if kind.is_numeric():
        return column_config.Column(_TO_THE_RIGHT.format(heading), width=width)
    column = columns.record(name)
    if column is not None and column.is_number_in_words:
        return column_config.Column(_TO_THE_RIGHT.format(heading), width=width, alignment="right")
    return column_config.Column(heading, width=width)


def _longest(numbers: pl.Series) -> int:
    """Return about how many pixels the widest of these numbers of documents takes."""
    different = numbers.drop_nulls().unique()
    longest = different[different.str.len_chars().arg_sort(descending=True).head(_LONG_ONES)]
    return round(max(map(_text_width, longest), default=0))


def _phone_heading(name: str, headings: Mapping[str, str]) -> str:
    if name in headings and columns.record(name) is None:
        return headings[name]
    short = columns.short_heading(name)
    return short if short != columns.heading(name) else headings.get(name, short)


def _phone_width(name: str) -> int | None:
    column = columns.record(name)
    return column.phone_width if column is not None else None


def _needed(values: pl.Series) -> int:
    if isinstance(values.dtype, pl.Decimal):
        digits = values.abs().cast(pl.Int64).cast(pl.String).str.len_chars().max()
        return 76 + 7 * max(int(str(digits or 0)) - 4, 0)
    return 88 if values.dtype == pl.Date else 66
