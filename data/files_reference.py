"""Writes `docs/files.md`, the reference of the files Kasstroom reads, from the grains.

uv run python -m data.files_reference
"""

import textwrap
from pathlib import Path

from data.grains import GRAINS, SETTINGS, Column, Grain

FILE = Path(__file__).resolve().parents[1] / "docs" / "files.md"
_WIDTH = 108
_TYPES = {
    "id": "id, text",
    "text": "text",
    "date": "day",
    "money": "amount",
    "integer": "whole number",
    "number": "number",
    "currency": "currency code",
}
_HEAD = """\
# Files Kasstroom reads

UTF-8 (a BOM and CR LF are fine), comma, a header, ISO days (`2026-11-22`), a decimal point with at most two
places, ISO 4217 currency codes. Columns may stand in any order; those marked ○ may be left out. A cell
marked ∅ may be empty. Ids are text: `007` stays `007`. An unknown or double header refuses the file; a row
that cannot be read is refused with its line, column and reason, and the others go in.

A column that is left out says nothing: the values of earlier files stay. An empty cell says that there is
nothing (any more).

A file is known by its name (`invoices.csv`, `invoices-2026-11.csv`), else by its header. `load FOLDER`
takes all files in it, in one publication.

This page is written by `uv run python -m data.files_reference` from `data/grains/`.
"""


def reference() -> str:
    """Return the page."""
    return "\n".join([_HEAD, *map(_section, GRAINS)])


def _section(grain: Grain) -> str:
    first, *more = grain.meaning.split("\n\n")
    paragraphs = [f"{first} Key: {', '.join(grain.file_key)}.", *more]
    text = "\n\n".join(textwrap.fill(paragraph, _WIDTH, break_on_hyphens=False) for paragraph in paragraphs)
    table = ["| column | holds | | |", "|---|---|---|---|", *map(_row, grain.file_columns)]
    lines = [f"## {grain.name}.csv", "", text, "", *table, ""]
    return "\n".join([*lines, *_keys()] if grain.name == "settings" else lines)


def _row(column: Column) -> str:
    holds = _TYPES.get(column.type) or f"one of {', '.join(column.choices)}"
    if column.choices == tuple(SETTINGS):
        holds = "one of the keys below"
    marks = " ".join(mark for mark, is_so in (("○", not column.needed), ("∅", column.may_be_empty)) if is_so)
    return f"| {column.name} | {holds} | {marks} | {column.meaning} |"


def _keys() -> list[str]:
    """Return the table of the keys of `settings.csv`."""
    rows = [f"| {key} | {meaning} |" for key, meaning in SETTINGS.items()]
    return ["| key | value |", "|---|---|", *rows, ""]


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8")
