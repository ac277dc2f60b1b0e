"""A preset that is being made: its statements, and its file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import tomli_w

from data.importers.preset import Preset
from data.importers.preset_statement import preset_from
from data.importers.value_formats import Formats
from data.toml_text import parse_toml


@dataclass(frozen=True)
class PresetDraft:
    """What a preset for a list will say.

    Attributes:
        name: of the preset, and of its file.
        title: what it is called on screen.
        shape: of the list, a key of `shapes.SHAPES`.
        columns: column -> heading.
        date_format, decimal, thousands: as in `value_formats.Formats`.
        flags: names of further statements that hold: `trailing_minus`, `parentheses`, `has_plus`, `has_time`,
            `in_thousands`, `serial_dates`.
        currency_signs: texts beside amounts.
        currency: of every row; empty where a column has it.
        account: likewise, of an export of a bank.
        words: column -> the file's word -> ours.
        group: column that stands above its rows; empty if none does.
        sheet: of a workbook; empty if it has one.
        encoding, delimiter: of a text; empty: as the file shows.
        checks: what held in every row when the preset was made, and is looked at again in each file.
    """

    name: str
    title: str
    shape: str
    columns: Mapping[str, str]
    date_format: str = "YYYY-MM-DD"
    decimal: str = "."
    thousands: str = ""
    flags: frozenset[str] = frozenset()
    currency_signs: tuple[str, ...] = ()
    currency: str = ""
    account: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    group: str = ""
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    checks: tuple[str, ...] = ()

    @property
    def fed(self) -> set[str]:
        """The columns that have a text in every row: from a heading, from above the rows, or one for all."""
        return {*self.columns, self.group, *(["account"] if self.account else [])}

    def formats(self) -> Formats:
        """Return how its dates and amounts are written."""
        return Formats(
            self.date_format,
            self.decimal,
            self.thousands,
            currency_signs=self.currency_signs,
            **{flag: True for flag in self.flags if flag != "serial_dates"},
        )

    def text(self) -> str:
        """Return the preset's file."""
        stated: dict[str, Any] = {
            "name": self.name,
            "title": self.title,
            "shape": self.shape,
            "headings": "plain",
            "date_format": self.date_format,
            "decimal": self.decimal,
            "thousands": self.thousands,
            "group": self.group,
            "sheet": self.sheet,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "currency_signs": list(self.currency_signs),
            "known_by": list(self.columns.values()),
            "checks": list(self.checks),
            **dict.fromkeys(sorted(self.flags), True),
        }
        needed = {"name", "title", "shape", "headings", "date_format", "decimal"}
        stated = {key: value for key, value in stated.items() if value or key in needed}
        stated["columns"] = {heading: column for column, heading in self.columns.items()}
        every_row = {"currency": self.currency, "account": self.account}
        defaults = {key: text for key, text in every_row.items() if text and key not in self.columns}
        if defaults:
            stated["defaults"] = defaults
        words = {column: dict(words) for column, words in self.words.items() if column in self.columns}
        if words:
            stated["choices"] = words
        return tomli_w.dumps(stated)

    def preset(self) -> Preset:
        """Return the preset.

        Raises:
            PresetError: what it says so far makes no preset.
        """
        content = self.text().encode()
        preset = preset_from(parse_toml(self.text()), self.name, content)
        if not isinstance(preset, Preset):
            raise TypeError(preset)
        return preset
