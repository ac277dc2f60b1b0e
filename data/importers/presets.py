"""Presets: how the export of another program is read, as a small TOML file of plain statements.

A preset is as strict as the native form. It says which columns there are, how dates and amounts are
written and what is constant; nothing is guessed from the rows, and a column it does not name is refused.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from data import system_errors
from data.errors import KasstroomError, PresetError, RefusedFileError, TomlError
from data.grains import BY_NAME, Grain
from data.importers import reasons
from data.importers.cells import Feed, Formats, is_bad, reason, typed_value
from data.importers.cleared_invoices import CLEARED_INVOICES
from data.importers.layout import Layout, refuse_wrong_header
from data.toml_text import parse_toml

FOLDER = Path(__file__).parent.parent / "presets"
ENCODINGS = ("utf-8", "cp1252", "iso-8859-1", "iso-8859-15")
SHAPES = ("grain", "cleared_invoices")
_DELIMITERS = (",", ";", "\t", "|")
_TEXTS = (
    "name",
    "title",
    "source",
    "shape",
    "grain",
    "encoding",
    "delimiter",
    "date_format",
    "decimal",
    "thousands",
)
_TABLES = ("columns", "defaults", "choices", "total_row")
_OTHERS = ("trailing_minus", "ignored", "optional")
_DERIVED = {"invoice_type"}


@dataclass(frozen=True)
class Preset:
    """One preset, checked.

    Attributes:
        name, title, source: what it is called, and which program's export it reads.
        shape: `grain` (one row of the file is one row of `grain`) or `cleared_invoices`.
        grain: the columns its file feeds.
        encoding, delimiter: how the bytes become cells.
        formats: how dates and amounts are written.
        columns: header in the file -> column of the grain.
        optional: headers of `columns` the file may lack.
        ignored: headers that are known and not used.
        defaults: column of the grain -> text in native form, for columns the file does not have.
        choices: column of the grain -> the file's word -> ours.
        total_row: (header, text) that marks a row of totals, or None.
        sha256: of the preset's file.
        text: the preset's file itself, to be kept beside the files it read.
    """

    name: str
    title: str
    source: str
    shape: str
    grain: Grain
    encoding: str
    delimiter: str
    formats: Formats
    columns: Mapping[str, str]
    optional: frozenset[str]
    ignored: tuple[str, ...]
    defaults: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    total_row: tuple[str, str] | None
    sha256: str
    text: bytes

    @property
    def kind(self) -> str:
        """Name of the grain its rows mainly become."""
        return "invoices" if self.shape == "cleared_invoices" else self.grain.name

    def layout(self, header: Sequence[str], name: str) -> Layout:
        """Return how a file with this header is read.

        Raises:
            RefusedFileError: the header is not the preset's.
        """
        if len(header) == 1 and self.delimiter not in header[0]:
            sign = reasons.TABS() if self.delimiter == "\t" else repr(self.delimiter)
            raise RefusedFileError(reasons.ONE_CELL_HEADER(name=name, preset=self.name, sign=sign))
        known = [*self.columns, *self.ignored]
        refuse_wrong_header(
            header, name, known=known, needed=[c for c in self.columns if c not in self.optional]
        )
        positions = tuple(self._feed(cell) if cell in self.columns else None for cell in header)
        with_source = {feed.column.name for feed in positions if feed}
        constants = tuple(
            (Feed(self.grain.column(column), column), text)
            for column, text in self.defaults.items()
            if column not in with_source
        )
        return Layout(self.grain, positions, constants)

    def _feed(self, header: str) -> Feed:
        column = self.grain.column(self.columns[header])
        return Feed(column, header, self.formats, self.choices.get(column.name))


def preset_names() -> list[str]:
    """Return the names of the presets that ship, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load_preset(name_or_path: str) -> Preset:
    """Read a preset that ships by its name, or any by the path of its `.toml` file.

    Raises:
        KasstroomError: there is none of that name, or what it says is not a preset.
    """
    is_path = name_or_path.endswith(".toml")
    if not is_path and name_or_path not in preset_names():
        raise KasstroomError(
            reasons.NO_SUCH_PRESET(name=repr(name_or_path[:60]), names=", ".join(preset_names()))
        )
    path = Path(name_or_path) if is_path else FOLDER / f"{name_or_path}.toml"
    try:
        content = path.read_bytes()
        stated = parse_toml(content.decode("utf-8"))
    except OSError as error:
        raise KasstroomError(
            reasons.UNREADABLE_PRESET(file=path.name, cause=system_errors.cause(error))
        ) from error
    except UnicodeDecodeError as error:
        raise KasstroomError(reasons.PRESET_NOT_UTF_8(file=path.name)) from error
    except TomlError as error:
        raise KasstroomError(reasons.NOT_TOML(file=path.name, fault=error.message)) from error
    try:
        return _checked(stated, path.stem, content)
    except PresetError as error:
        raise KasstroomError(reasons.WRONG_PRESET(file=path.name, reason=error.message)) from error


def _checked(stated: dict[str, Any], stem: str, content: bytes) -> Preset:
    _refuse_wrong_types(stated)
    shape = stated.get("shape", "grain")
    if shape not in SHAPES:
        raise PresetError(reasons.ONE_OF(key="shape", words=", ".join(SHAPES)))
    if stated.get("encoding", "utf-8") not in ENCODINGS:
        raise PresetError(reasons.ONE_OF(key="encoding", words=", ".join(ENCODINGS)))
    if stated.get("delimiter", ",") not in _DELIMITERS:
        raise PresetError(reasons.WRONG_DELIMITER())
    if shape == "grain" and stated.get("grain") not in BY_NAME:
        raise PresetError(reasons.ONE_OF(key="grain", words=", ".join(BY_NAME)))
    grain = CLEARED_INVOICES if shape == "cleared_invoices" else BY_NAME[stated["grain"]]
    total_row = stated.get("total_row")
    preset = Preset(
        name=stated.get("name", stem),
        title=stated.get("title", stem),
        source=stated.get("source", ""),
        shape=shape,
        grain=grain,
        encoding=stated.get("encoding", "utf-8"),
        delimiter=stated.get("delimiter", ","),
        formats=_formats(stated),
        columns=stated.get("columns", {}),
        optional=frozenset(stated.get("optional", [])),
        ignored=tuple(stated.get("ignored", [])),
        defaults=stated.get("defaults", {}),
        choices=stated.get("choices", {}),
        total_row=(total_row["column"], total_row["text"]) if total_row else None,
        sha256=hashlib.sha256(content).hexdigest(),
        text=content,
    )
    _refuse_contradictions(preset)
    _refuse_wrong_defaults(preset)
    return preset


def _refuse_wrong_types(stated: dict[str, Any]) -> None:
    if unknown := [key for key in stated if key not in (*_TEXTS, *_TABLES, *_OTHERS)]:
        raise PresetError(reasons.NOT_A_KEY(key=repr(unknown[0])))
    texts = [key for key in _TEXTS if not isinstance(stated.get(key, ""), str)]
    if texts:
        raise PresetError(reasons.NOT_A_TEXT(key=texts[0]))
    for key in ("ignored", "optional"):
        if not _is_texts(stated.get(key, [])):
            raise PresetError(reasons.NOT_A_LIST(key=key))
    if not isinstance(stated.get("trailing_minus", False), bool):
        raise PresetError(reasons.NOT_TRUE_OR_FALSE())
    tables = {key: stated.get(key, {}) for key in ("columns", "defaults", "total_row")}
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


def _formats(stated: dict[str, Any]) -> Formats:
    formats = Formats(
        stated.get("date_format", "YYYY-MM-DD"),
        stated.get("decimal", "."),
        stated.get("thousands", ""),
        stated.get("trailing_minus", False),
    )
    formats.date_pattern()
    if formats.decimal not in {".", ","}:
        raise PresetError(reasons.WRONG_DECIMAL())
    if formats.thousands not in {"", ".", ",", " ", "'", "\u00a0"} or formats.thousands == formats.decimal:
        raise PresetError(reasons.WRONG_THOUSANDS())
    return formats


def _refuse_contradictions(preset: Preset) -> None:
    known = {column.name for column in preset.grain.file_columns}
    named = [*preset.columns.values(), *preset.defaults, *preset.choices]
    if unknown := [column for column in named if column not in known]:
        raise PresetError(reasons.NO_SUCH_COLUMN(grain=preset.grain.name, column=repr(unknown[0])))
    targets = list(preset.columns.values())
    if twice := [column for column in targets if targets.count(column) > 1]:
        raise PresetError(reasons.FED_TWICE(column=repr(twice[0])))
    if both := [header for header in preset.ignored if header in preset.columns]:
        raise PresetError(reasons.USED_AND_IGNORED(header=repr(both[0])))
    fed = {column for header, column in preset.columns.items() if header not in preset.optional}
    fed |= set(preset.defaults) | _DERIVED
    needed = [c.name for c in preset.grain.columns if c.needed and not c.may_be_empty]
    if missing := [column for column in needed if column not in fed]:
        raise PresetError(reasons.NOT_FED(column=repr(missing[0])))
    if preset.shape == "cleared_invoices" and "cleared_date" not in preset.columns.values():
        raise PresetError(reasons.NO_CLEARED_DATE())
    _refuse_wrong_choices(preset)
    if preset.total_row and preset.total_row[0] not in preset.columns:
        raise PresetError(reasons.TOTAL_ROW_UNKNOWN(header=repr(preset.total_row[0])))


def _refuse_wrong_choices(preset: Preset) -> None:
    for column, words in preset.choices.items():
        kind = preset.grain.column(column)
        if kind.type not in {"choice", "currency"}:
            raise PresetError(reasons.NO_CHOICES_FOR(column=column))
        if wrong := [word for word in words.values() if kind.type == "choice" and word not in kind.choices]:
            raise PresetError(reasons.WRONG_CHOICE(word=repr(wrong[0]), words=", ".join(kind.choices)))


def _refuse_wrong_defaults(preset: Preset) -> None:
    for column, text in preset.defaults.items():
        feed = Feed(preset.grain.column(column), column)
        cell = pl.DataFrame({feed.raw: [text or None]}, schema={feed.raw: pl.String}).with_columns(
            typed_value(feed)
        )
        if cell.select(is_bad(feed)).item():
            stored = cell.select(reason(feed).struct.field("message")).item()
            raise PresetError(reasons.WRONG_DEFAULT(reason=reasons.stored_reason(stored)))
