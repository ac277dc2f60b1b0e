"""The hand-over file as a PDF with the letters as annexes, set by Typst.

Texts reach the template as data (JSON in an input of the document), never as markup, so that no name can run
or open anything. The page needs nothing from elsewhere: its fonts are in `fonts/`.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import typst

from reports.answers.claims import hand_over_text
from reports.answers.claims.hand_over import HandOver
from reports.answers.claims.hand_over_tables import Table
from reports.packs.print_table import print_table
from reports.translation import _, _p, current

_HERE = Path(__file__).parent
_TEMPLATE = _HERE / "hand_over.typ"
# A number without spaces would run out of its column: it may break after so many signs.
_LONG = re.compile(r"[^\s\u200b]{15,}")
_PIECE = 12
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def pdf_bytes(content: HandOver) -> bytes:
    """Return the PDF, in the language spoken; the same bytes for the same input."""
    data = json.dumps(_document(content), ensure_ascii=False)
    compiled: bytes = typst.compile(
        _TEMPLATE.read_bytes(), font_paths=_fonts(), sys_inputs={"data": data}, format="pdf", timestamp=0
    )
    return compiled


@cache
def _fonts() -> typst.Fonts:
    """Return our own fonts, and those of the system for the signs that ours do not have."""
    return typst.Fonts(font_paths=[str(_HERE / "fonts")])


def _document(content: HandOver) -> dict[str, Any]:
    return {
        "language": current(),
        "title": _plain(content.title),
        "finding": _plain(content.finding),
        "parties": [
            {"heading": heading, "facts": [[_plain(word), _breakable(value)] for word, value in facts]}
            for heading, facts in content.parties
        ],
        "notices": [_plain(notice) for notice in content.notices],
        "tables": [_table(table, content.currency) for table in content.tables if table.rows.height],
        "empty": _without_rows([table.heading for table in content.tables if table.rows.is_empty()]),
        "methods_heading": _("How it was worked out"),
        "methods": [_plain(method) for method in content.methods],
        "annexes_heading": _("Letters that were sent"),
        "annexes_note": hand_over_text.annexes_note(),
        "annexes": [
            {
                "heading": hand_over_text.annex_heading(number, _plain(annex.heading)),
                "lines": [_breakable(line) for line in annex.body.rstrip().split("\n")],
            }
            for number, annex in enumerate(content.annexes, start=1)
        ],
        "page_word": _p("word", "Page"),
        "of_word": _p("page", "of"),
    }


def _table(table: Table, currency: str) -> dict[str, Any]:
    printed = print_table(table, currency, table.on_paper)
    return {
        "heading": table.heading,
        "method": table.method,
        "headings": list(printed.headings),
        "numbers": list(printed.is_number),
        "rows": [[_breakable(cell) for cell in row] for row in printed.rows],
        "totals": list(printed.totals),
    }


def _without_rows(headings: list[str]) -> str:
    """Return which tables have no rows, so that nobody looks for a page that was lost; empty for none."""
    return _("Nothing is recorded under: {headings}.", headings=", ".join(headings)) if headings else ""


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text)


def _breakable(text: str) -> str:
    def broken(word: re.Match[str]) -> str:
        return "\u200b".join(word[0][at : at + _PIECE] for at in range(0, len(word[0]), _PIECE))

    return _LONG.sub(broken, _plain(text))
