"""Where sentences stand: in the tables only; nothing compares the text of an error with one."""

import ast
from functools import cache
from pathlib import Path

from tests.paths import ROOT
from tests.sentence_tables import TABLES, loose_words

LAYERS = ("data", "queries", "forecasting", "reports", "cli", "pages")
SOURCES = sorted(path for package in LAYERS for path in (ROOT / package).rglob("*.py"))


# Faults of a programmer, which no screen shows.
DEVELOPERS = {
    "data/grains.py",
    "forecasting/statistics/absorption.py",
    "reports/answers/cash/changes.py",
    "reports/answers/definitions/definitions.py",
    "reports/answers/forecast/variance/frozen_runs.py",
    "reports/answers/forecast/variance/variance.py",
    "reports/catalogue.py",
    "reports/formats.py",
    "reports/translation.py",
}


@cache
def source_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_nothing_is_raised_or_reported_in_words_outside_the_tables() -> None:
    loose = {name_of(path): words for path in SOURCES if (words := loose_words(source_of(path)))}

    assert {name: words for name, words in loose.items() if name not in DEVELOPERS} == {}


def test_templates_stand_in_the_tables_only() -> None:
    tables = {name_of(Path(str(table.__file__))) for table in TABLES}
    # A figure's template is Plotly's.
    others = {
        name_of(path) for path in SOURCES if "figures" not in path.parts and has_template(source_of(path))
    }

    assert others == tables


def has_template(source: str) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "template"
        for node in ast.walk(ast.parse(source))
    )


def test_no_expression_reads_a_sentence_back() -> None:
    for name in (
        "reports/sentences.py",
        "data/message_templates.py",
        "data/errors.py",
        "cli/argparse_text.py",
    ):
        imported = [
            node for node in ast.walk(ast.parse(source_of(ROOT / name))) if isinstance(node, ast.Import)
        ]
        assert "re" not in {alias.name for node in imported for alias in node.names}, name


def test_the_text_of_an_error_is_never_compared() -> None:
    assert {name_of(path): found for path in SOURCES if (found := compared_errors(source_of(path)))} == {}


def compared_errors(source: str) -> list[str]:
    """Return the places where the text of an error is compared, matched or looked up."""
    found = []
    for handler in ast.walk(ast.parse(source)):
        if not isinstance(handler, ast.ExceptHandler) or handler.name is None:
            continue
        texts = {f"str({handler.name})", f"{handler.name}.args[0]", f"{handler.name}.strerror"}
        for node in ast.walk(handler):
            if isinstance(node, ast.Compare):
                parts = {ast.unparse(part) for part in (node.left, *node.comparators)}
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                matched = node.func.attr in {"match", "fullmatch", "search", "startswith", "endswith"}
                parts = {ast.unparse(node.func.value), *map(ast.unparse, node.args)} if matched else set()
            else:
                continue
            found += [ast.unparse(node)] if parts & texts else []
    return found


def test_a_compared_error_would_be_found() -> None:
    source = "try:\n    f()\nexcept OSError as error:\n    if {}:\n        pass\n"

    assert compared_errors(source.format("str(error) == 'x'")) == ["str(error) == 'x'"]
    assert compared_errors(source.format("re.match('x', str(error))")) == ["re.match('x', str(error))"]
    source_of_args = source.format("error.args[0].startswith('x')")
    assert compared_errors(source_of_args) == ["error.args[0].startswith('x')"]
    assert compared_errors(source.format("error.errno == 2")) == []


def test_a_sentence_outside_the_tables_would_be_found() -> None:
    assert loose_words("raise QueryError(f'no {x}')") == ["f'no {x}'"]
    assert loose_words("faults.append('broken')") == ["'broken'"]
    assert loose_words("raise QueryError(sentences.NO_QUERY(name=x))\nraise ValueError") == []
