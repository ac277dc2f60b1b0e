"""What a preset's file may say, checked before it reads anything."""

import hashlib
import re
from typing import Any

import polars as pl

from data.errors import PresetError
from data.grains import BY_NAME
from data.importers import bank_reasons, reasons
from data.importers.cells import Feed, is_bad, reason, typed_value
from data.importers.formats.registry import FORMATS, FormatPreset
from data.importers.headings import PLACE, absent_columns
from data.importers.preset import Preset
from data.importers.shapes import SHAPES
from data.importers.value_formats import Formats
from data.message_templates import stored_message

ENCODINGS = ("utf-8", "cp1252", "iso-8859-1", "iso-8859-15")
_SHAPES = ("grain", *SHAPES)
_DELIMITERS = (",", ";", "\t", "|")
_TEXTS = (
    "name",
    "title",
    "source",
    "shape",
    "grain",
    "encoding",
    "delimiter",
    "decimal",
    "thousands",
    "headings",
    "sheet",
)
_TEXT_OR_LIST = ("date_format", "group")
_LIST_OR_LISTS = ("known_by",)
_TABLES = (
    "columns", "fallback", "fill", "defaults", "choices", "total_row", "cells", "title_cells", "titles",
)  # fmt: skip
_LISTS = ("ignored", "optional", "empty", "currency_signs", "checks", "amounts", "line_amounts", "unless")
_FLAGS = (
    "trailing_minus", "has_time", "has_plus", "parentheses", "in_thousands", "serial_dates", "totals_bind",
    "float_numbers", "sides", "credits",
)  # fmt: skip
KEYS = (*_TEXTS, *_TEXT_OR_LIST, *_LIST_OR_LISTS, *_TABLES, *_LISTS, *_FLAGS)
"""What a preset may say; `docs/presets.md` explains it."""
# How an amount may look -> the signs before its cents and between its thousands.
_AMOUNT_FORMS = {
    f"1{thousands}234{decimal}56": (decimal, thousands)
    for decimal, thousands in ((",", "."), (".", ","), (",", " "), (".", "'"), (".", ""), (",", ""))
}
_OF_FORMAT = ("name", "title", "source", "reader", "options")
_HEADINGS = ("exact", "plain")
_DERIVED = {"invoice_type"}


def preset_from(stated: dict[str, Any], stem: str, content: bytes) -> Preset | FormatPreset:
    """Return the preset that a file states.

    Args:
        stated: its TOML.
        stem: name of the file without its ending, for a preset that does not name itself.
        content: the file.

    Raises:
        PresetError: it cannot be meant.
    """
    if "reader" in stated:
        return _of_format(stated, stem, content)
    _refuse_wrong_types(stated)
    is_list = stated.get("headings", "exact") == "plain"
    shape = stated.get("shape", "grain")
    if shape not in _SHAPES:
        raise PresetError(reasons.ONE_OF(key="shape", words=", ".join(_SHAPES)))
    if stated.get("encoding", "utf-8") not in ENCODINGS:
        raise PresetError(reasons.ONE_OF(key="encoding", words=", ".join(ENCODINGS)))
    if stated.get("delimiter", ",") not in _DELIMITERS:
        raise PresetError(reasons.WRONG_DELIMITER())
    if stated.get("headings", "exact") not in _HEADINGS:
        raise PresetError(reasons.ONE_OF(key="headings", words=", ".join(_HEADINGS)))
    if shape == "grain" and stated.get("grain") not in BY_NAME:
        raise PresetError(reasons.ONE_OF(key="grain", words=", ".join(BY_NAME)))
    grain = SHAPES.get(shape) or BY_NAME[stated["grain"]]
    total_row = stated.get("total_row")
    formats = _formats(stated, is_list=is_list)
    known_by = [tuple(names) for names in _lists(stated.get("known_by", []))]
    preset = Preset(
        name=stated.get("name", stem),
        title=stated.get("title", stem),
        source=stated.get("source", ""),
        shape=shape,
        grain=grain,
        encoding=stated.get("encoding", "" if is_list else "utf-8"),
        delimiter=stated.get("delimiter", "" if is_list else ","),
        formats=formats,
        date_forms=tuple(_texts(stated, "date_format")) or (formats.date,),
        amount_forms=tuple(_AMOUNT_FORMS[form] for form in stated.get("amounts", []))
        or ((formats.decimal, formats.thousands),),
        columns=stated.get("columns", {}),
        optional=frozenset(stated.get("optional", [])),
        ignored=tuple(stated.get("ignored", [])),
        defaults=stated.get("defaults", {}),
        choices=stated.get("choices", {}),
        total_row=(total_row["column"], total_row["text"]) if total_row else None,
        sha256=hashlib.sha256(content).hexdigest(),
        text=content,
        is_list=is_list,
        groups=tuple(
            group if "{" in group else f"{{{group}}}" for group in filter(None, _texts(stated, "group"))
        ),
        fallback=stated.get("fallback", {}),
        fill=stated.get("fill", {}),
        line_amounts=tuple(stated.get("line_amounts", [])),
        trusts_totals=stated.get("totals_bind", True),
        has_float_numbers=stated.get("float_numbers", False),
        has_sides=stated.get("sides", False),
        has_credits=stated.get("credits", False),
        empty=frozenset(stated.get("empty", [])),
        cells=stated.get("cells", {}),
        title_cells=stated.get("title_cells", {}),
        titles=stated.get("titles", {}),
        has_serials=stated.get("serial_dates", False),
        sheet=stated.get("sheet", ""),
        known_by=known_by[0] if known_by else (),
        also_known_by=tuple(known_by[1:]),
        unless=tuple(stated.get("unless", [])),
        checks=tuple(stated.get("checks", [])),
    )
    _refuse_contradictions(preset)
    _refuse_wrong_defaults(preset)
    return preset


def _of_format(stated: dict[str, Any], stem: str, content: bytes) -> FormatPreset:
    if unknown := [key for key in stated if key not in _OF_FORMAT]:
        raise PresetError(reasons.NOT_A_KEY(key=repr(unknown[0])))
    options = stated.get("options", {})
    if stated["reader"] not in FORMATS:
        raise PresetError(reasons.ONE_OF(key="reader", words=", ".join(FORMATS)))
    if not isinstance(options, dict) or not _is_texts(list(options.values())):
        raise PresetError(reasons.NOT_A_TABLE(key="options"))
    takes = FORMATS[stated["reader"]].options
    for option, word in options.items():
        option = option.partition("/")[0]  # noqa: PLW2901 - what stands behind it tells where it holds
        if option not in takes:
            raise PresetError(reasons.ONE_OF(key="options", words=", ".join(takes)))
        if takes[option] and word not in takes[option]:
            raise PresetError(reasons.ONE_OF(key=option, words=", ".join(takes[option])))
    return FormatPreset(
        name=str(stated.get("name", stem)),
        title=str(stated.get("title", stem)),
        source=str(stated.get("source", "")),
        reader=stated["reader"],
        options=options,
        sha256=hashlib.sha256(content).hexdigest(),
        text=content,
    )


def _refuse_wrong_types(stated: dict[str, Any]) -> None:
    if unknown := [key for key in stated if key not in KEYS]:
        raise PresetError(reasons.NOT_A_KEY(key=repr(unknown[0])))
    texts = [key for key in _TEXTS if not isinstance(stated.get(key, ""), str)]
    if texts:
        raise PresetError(reasons.NOT_A_TEXT(key=texts[0]))
    if wrong := [key for key in _TEXT_OR_LIST if not _is_texts(_texts(stated, key))]:
        raise PresetError(reasons.NOT_A_LIST(key=wrong[0]))
    if not all(map(_is_texts, _lists(stated.get("known_by", [])))):
        raise PresetError(reasons.NOT_A_LIST(key="known_by"))
    if wrong := [key for key in _LISTS if not _is_texts(stated.get(key, []))]:
        raise PresetError(reasons.NOT_A_LIST(key=wrong[0]))
    if wrong := [key for key in _FLAGS if not isinstance(stated.get(key, False), bool)]:
        raise PresetError(reasons.NOT_TRUE_OR_FALSE(key=wrong[0]))
    _refuse_wrong_tables(stated)


def _refuse_wrong_tables(stated: dict[str, Any]) -> None:
    tables = {key: stated.get(key, {}) for key in _TABLES if key != "choices"}
    choices = stated.get("choices", {})
    if not isinstance(choices, dict):
        raise PresetError(reasons.CHOICES_NOT_TABLES())
    tables |= {f"choices.{column}": words for column, words in choices.items()}
    for key, table in tables.items():
        if not isinstance(table, dict) or not _is_texts(list(table.values())):
            raise PresetError(reasons.NOT_A_TABLE(key=key))
    if stated.get("total_row") and set(stated["total_row"]) != {"column", "text"}:
        raise PresetError(reasons.HALF_TOTAL_ROW())


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _texts(stated: dict[str, Any], key: str) -> list[Any]:
    value = stated.get(key, [])
    return value if isinstance(value, list) else [value]


def _lists(value: Any) -> list[Any]:
    """Return a list of lists as it is, and a list of texts as the only one of them."""
    is_several = isinstance(value, list) and any(isinstance(item, list) for item in value)
    return value if is_several else [value] if value else []


def _formats(stated: dict[str, Any], *, is_list: bool) -> Formats:
    if wrong := [form for form in stated.get("amounts", []) if form not in _AMOUNT_FORMS]:
        raise PresetError(reasons.ONE_OF(key=f"amounts {wrong[0]!r}", words=" · ".join(_AMOUNT_FORMS)))
    dates = _texts(stated, "date_format") or [Formats.date]
    if len(dates) > 1 and not is_list:
        raise PresetError(reasons.NOT_A_TEXT(key="date_format"))
    for form in dates:
        Formats(form).date_pattern()
    decimal, thousands = _AMOUNT_FORMS.get(
        next(iter(stated.get("amounts", [])), ""), (stated.get("decimal", "."), stated.get("thousands", ""))
    )
    formats = Formats(
        dates[0],
        decimal,
        thousands,
        stated.get("trailing_minus", False),
        has_time=stated.get("has_time", False),
        currency_signs=tuple(stated.get("currency_signs", [])),
        has_plus=stated.get("has_plus", False),
        parentheses=stated.get("parentheses", False),
        in_thousands=stated.get("in_thousands", False),
        takes_typed=is_list,
    )
    if formats.decimal not in {".", ","}:
        raise PresetError(reasons.WRONG_DECIMAL())
    if formats.thousands not in {"", ".", ",", " ", "'", "\u00a0"} or formats.thousands == formats.decimal:
        raise PresetError(reasons.WRONG_THOUSANDS())
    return formats


def _refuse_contradictions(preset: Preset) -> None:
    known = {column.name for column in preset.grain.file_columns}
    named = [*preset.headings.values(), *preset.defaults, *preset.fill, *preset.choices]
    named += [*preset.group_columns, *preset.line_amounts, *preset.titles.values()]
    if unknown := [column for column in named if column not in known]:
        raise PresetError(reasons.NO_SUCH_COLUMN(grain=preset.grain.name, column=repr(unknown[0])))
    if both := [header for header in preset.ignored if header in preset.columns]:
        raise PresetError(reasons.USED_AND_IGNORED(header=repr(both[0])))
    _refuse_wrong_cells(preset)
    if preset.is_list:
        _refuse_unfed_list(preset)
    else:
        _refuse_unfed(preset)
    _refuse_wrong_choices(preset)
    if preset.total_row and preset.total_row[0] not in preset.columns:
        raise PresetError(reasons.TOTAL_ROW_UNKNOWN(header=repr(preset.total_row[0])))


def _refuse_wrong_cells(preset: Preset) -> None:
    """Refuse what a list without headings cannot be known by."""
    for key, patterns in (("cells", preset.cells), ("title_cells", preset.title_cells)):
        for pattern in patterns.values():
            try:
                re.compile(pattern)
            except re.error:
                raise PresetError(bank_reasons.NOT_A_PATTERN(key=key, pattern=repr(pattern))) from None
    places = [*preset.cells, *preset.title_cells, *preset.titles]
    places += preset.headings if preset.cells else []
    if wrong := [heading for heading in places if not PLACE.fullmatch(heading)]:
        raise PresetError(bank_reasons.ONLY_BY_PLACE(heading=repr(wrong[0])))


def _refuse_unfed(preset: Preset) -> None:
    targets = list(preset.columns.values())
    if twice := [column for column in targets if targets.count(column) > 1]:
        raise PresetError(reasons.FED_TWICE(column=repr(twice[0])))
    fed = {column for header, column in preset.columns.items() if header not in preset.optional}
    fed |= set(preset.defaults) | _DERIVED
    needed = [c.name for c in preset.grain.columns if c.needed and not c.may_be_empty]
    if missing := [column for column in needed if column not in fed]:
        raise PresetError(reasons.NOT_FED(column=repr(missing[0])))
    if preset.shape == "cleared_invoices" and "cleared_date" not in preset.columns.values():
        raise PresetError(reasons.NO_CLEARED_DATE())


def _refuse_unfed_list(preset: Preset) -> None:
    fed = {*preset.headings.values(), *preset.titles.values(), *preset.defaults, *preset.group_columns}
    fed |= _DERIVED
    if missing := absent_columns(fed, preset.needs):
        raise PresetError(reasons.NOT_FED(column=repr(missing[0][0])))


def _refuse_wrong_choices(preset: Preset) -> None:
    for column, words in preset.choices.items():
        kind = preset.grain.column(column)
        if kind.type not in {"choice", "currency"}:
            raise PresetError(reasons.NO_CHOICES_FOR(column=column))
        if wrong := [word for word in words.values() if kind.type == "choice" and word not in kind.choices]:
            raise PresetError(reasons.WRONG_CHOICE(word=repr(wrong[0]), words=", ".join(kind.choices)))


def _refuse_wrong_defaults(preset: Preset) -> None:
    for column, text in (*preset.defaults.items(), *preset.fill.items()):
        feed = Feed(preset.grain.column(column), column)
        cell = pl.DataFrame({feed.raw: [text or None]}, schema={feed.raw: pl.String}).with_columns(
            typed_value(feed)
        )
        if cell.select(is_bad(feed)).item():
            stored = cell.select(reason(feed).struct.field("message")).item()
            raise PresetError(reasons.WRONG_DEFAULT(reason=stored_message(stored)))
