"""Widths and headings of the columns of a table: on a desk from their records, on a phone what they need."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from streamlit import column_config

from reports import columns

_MONEY, _DATE = 112, 104
_UNDER_ONE_WORD = {pl.Decimal: 108, pl.Int64: 60, pl.Float64: 64, pl.String: 168}
_DATE_UNDER_ONE_WORD = 118
# What a phone of 390 pixels leaves inside a frame, what picking a row takes of it, and the least words get.
_ROOM, _PICK, _LEAST = 296, 34, 56


def on_desk(
    kinds: Mapping[str, pl.DataType], shown: Sequence[str], headings: Mapping[str, str]
) -> dict[str, Any]:
    """Return the columns of a wide table.

    Args:
        kinds: of the columns, by name.
        shown: which are shown.
        headings: shorter ones than the usual.
    """
    return {name: _desk(name, kinds[name], headings.get(name)) for name in shown}


def on_phone(
    frame: pl.DataFrame, shown: Sequence[str], headings: Mapping[str, str], *, select: bool
) -> dict[str, Any]:
    """Return the columns of a table on a phone: what numbers and days need, and the rest for words.

    Words are cut off where there is no room; numbers never.

    Args:
        frame: whose amounts tell how wide theirs are.
        shown: which are shown.
        headings: shorter ones than the usual.
        select: rows can be picked.
    """
    of_words = [name for name in shown if frame.schema[name] == pl.String]
    pixels = {name: _phone_width(name) or _needed(frame[name]) for name in shown if name not in of_words}
    room = _ROOM - (_PICK if select else 0) - sum(pixels.values())
    pixels |= {name: max(room // len(of_words), _LEAST) for name in of_words}
    return {name: column_config.Column(_phone_heading(name, headings), width=pixels[name]) for name in shown}


def _desk(name: str, kind: pl.DataType, heading: str | None) -> Any:
    if heading is not None:
        return column_config.Column(
            heading, width=_UNDER_ONE_WORD.get(kind.base_type(), _DATE_UNDER_ONE_WORD)
        )
    column = columns.COLUMNS.get(name)
    width = column.width if column is not None else None
    usual = _MONEY if isinstance(kind, pl.Decimal) else _DATE if kind == pl.Date else None
    return column_config.Column(
        columns.heading(name), width=width or usual or ("small" if kind.is_numeric() else None)
    )


def _phone_heading(name: str, headings: Mapping[str, str]) -> str:
    short = columns.short_heading(name)
    return short if short != columns.heading(name) else headings.get(name, short)


def _phone_width(name: str) -> int | None:
    column = columns.COLUMNS.get(name)
    return column.phone_width if column is not None else None


def _needed(values: pl.Series) -> int:
    if isinstance(values.dtype, pl.Decimal):
        digits = values.abs().cast(pl.Int64).cast(pl.String).str.len_chars().max()
        return 76 + 7 * max(int(str(digits or 0)) - 4, 0)
    return 88 if values.dtype == pl.Date else 66
