"""Cells of a list as the texts that its preset reads, cleaned column by column: a million are soon done."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from data.importers.cells import Feed
from data.importers.preset import Preset
from data.importers.workbook import Cell

_FIRST_SERIAL, _LAST_SERIAL = 18_264, 73_050  # 1950 to 2099
_SERIAL = r"^([0-9]{5})(?:[.,]0+)?$"
_EXCEL_EPOCH = date(1899, 12, 30)
_MONEY_DECIMALS, _UNLIKE_THOUSANDS = 2, 4
# Words behind an amount for the side it stands on; those of the credit side make it negative.
_SIDE = r"(?i)\s*(?:dr|cr|db|d|c|s|h)\.?$"
_CREDIT_SIDE = r"(?i)[0-9)]\s*(?:cr|c|h)\.?$"


def texts(cells: Sequence[Cell], feed: Feed, preset: Preset) -> pl.Series:
    """Return the cells of a column as texts without spaces around them, empty where there is nothing.

    A number in a column of texts has no decimals that say nothing: 124.0 is `124`.

    Args:
        cells: one per row; the empty text where a row has none.
        feed: what the column becomes.
        preset: how the list is written.
    """
    if set(map(type, cells)) - {str}:
        cells = [cell if type(cell) is str else _typed_text(cell, feed) for cell in cells]
    raw = pl.Series(cells, dtype=pl.String)
    kind = feed.column.type
    cleaned = pl.lit(raw).str.strip_chars()
    if preset.empty:
        cleaned = pl.when(cleaned.is_in(sorted(preset.empty))).then(pl.lit("")).otherwise(cleaned)
    if kind == "id" and preset.has_float_numbers:
        cleaned = cleaned.str.replace(r"^([0-9]+)\.0+$", "${1}")
    elif kind == "date" and preset.has_serials:
        cleaned = _without_serials(cleaned)
    elif kind == "money":
        cleaned = _with_sign(cleaned, preset)
    if words := preset.choices.get(feed.column.name):
        cleaned = _as_worded(cleaned, list(words))
    return pl.select(cleaned.alias(feed.raw)).to_series()


def _typed_text(cell: Cell, feed: Feed) -> str:
    if isinstance(cell, str):
        return cell
    if not isinstance(cell, Decimal):
        return cell.isoformat()[: len("2026-12-31")] if feed.column.type == "date" else cell.isoformat()
    if feed.column.type in {"money", "number"}:
        return _number_text(cell)
    is_whole = cell == cell.to_integral_value()
    if feed.column.type == "date" and is_whole and _FIRST_SERIAL < cell < _LAST_SERIAL:
        return (_EXCEL_EPOCH + timedelta(days=int(cell))).isoformat()
    return f"{cell:.0f}" if is_whole else f"{cell:f}"


def _number_text(number: Decimal) -> str:
    """Write a number so that no form takes its decimals for thousands (`Formats.takes_typed`)."""
    text = f"{number:f}"
    whole, _point, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    if _MONEY_DECIMALS < len(decimals) < _UNLIKE_THOUSANDS:
        decimals = decimals.ljust(_UNLIKE_THOUSANDS, "0")
    return f"{whole}.{decimals}" if decimals else whole


def _without_serials(raw: pl.Expr) -> pl.Expr:
    number = raw.str.extract(_SERIAL).cast(pl.Int32)
    day = pl.lit(_EXCEL_EPOCH).cast(pl.Date) + pl.duration(days=number)
    is_serial = number.is_between(_FIRST_SERIAL, _LAST_SERIAL).fill_null(value=False)
    return pl.when(is_serial).then(day.dt.to_string("%Y-%m-%d")).otherwise(raw)


def _as_worded(raw: pl.Expr, words: Sequence[str]) -> pl.Expr:
    """Write a word as the preset does, whatever its capitals; with `*` it says what any other word is."""
    own = {word.casefold(): word for word in words}
    filled = raw.str.to_lowercase().replace_strict(own, default=None, return_dtype=pl.String)
    other = pl.when(raw != "").then(pl.lit("*")).otherwise(raw) if "*" in own else raw
    return pl.coalesce(filled, other)


def _with_sign(raw: pl.Expr, preset: Preset) -> pl.Expr:
    """Write as a minus what stands for one: a long dash, a minus apart from its number, Cr behind it."""
    raw = raw.str.replace_all("\N{MINUS SIGN}", "-", literal=True).str.replace(r"^-\s+", "-")
    if preset.formats.trailing_minus:
        raw = raw.str.replace(r"\s+-$", "-")
    if not preset.has_sides:
        return raw
    is_credit = raw.str.contains(_CREDIT_SIDE)
    bare = raw.str.replace(_SIDE, "")
    return pl.when(is_credit & ~bare.str.starts_with("-")).then("-" + bare).otherwise(bare)
