"""File names in the language of the dashboard."""

import ast

import pytest

from reports import columns
from reports.packs import file_words
from reports.packs.file_names import NAMES
from tests.paths import ROOT

_CALLS = {"chart", "table", "text_table", "heading_with_export", "downloads"}


@pytest.mark.usefixtures("dutch")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("overdue-trend", "ouderdom-trend"),
        ("C-12-statement", "C-12-rekeningoverzicht"),
        ("ageing-country", "ouderdom-country"),
        ("unknown", "unknown"),
    ],
)
def test_a_file_is_named_in_dutch_and_its_ids_stay(name, words):
    assert file_words(name) == words


@pytest.mark.usefixtures("dutch")
def test_the_file_of_a_key_figure_bears_its_heading():
    assert file_words("overdue-share") == columns.heading("overdue_share").lower() != "overdue_share"


@pytest.mark.usefixtures("english")
def test_an_english_file_keeps_its_name():
    assert file_words("overdue-trend") == "overdue-trend"


def literals(node: ast.expr) -> list[str]:
    """Return the texts that an argument can be, its data left out."""
    match node:
        case ast.Constant(value=str(text)) if text:
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return [*literals(body), *literals(orelse)]
        case ast.JoinedStr(values=parts):
            words = [str(part.value).strip("-") for part in parts if isinstance(part, ast.Constant)]
            return [word for word in words if word]
    return []


def test_every_file_that_a_page_exports_has_a_name_in_both_languages():
    seen = set()
    for path in (ROOT / "pages").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] in _CALLS:
                given = [word.value for word in call.keywords if word.arg in {"name", "sheet_name"}]
                if ast.unparse(call.func).endswith("downloads"):
                    given += call.args[:1]
                seen |= {text for value in given for text in literals(value)}
    assert len(seen) > 40
    assert seen - NAMES == set()
