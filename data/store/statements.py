"""The statements of SQL files, and the text of a statement without comments."""

import re
from functools import cache
from pathlib import Path

import duckdb

_FOLDER = Path(__file__).parent / "sql"
# Quoted texts and names first: a dash or a space in them is no comment and no white space.
_TOKEN = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|(?P<comment>--[^\n]*|/\*.*?\*/)|\$?\w+|[<>=!|:]+|\S", re.DOTALL
)


@cache
def script(name: str, folder: Path = _FOLDER) -> tuple[str, ...]:
    """Return the statements of an SQL file; those of the store stand beside this module."""
    text = (folder / name).read_text(encoding="utf-8")
    return tuple(statement.query.strip() for statement in duckdb.extract_statements(text))


def plain(statement: str) -> str:
    """Return a statement without comments, with one space between its tokens and no semicolon at its end."""
    tokens = [token[0] for token in _TOKEN.finditer(statement) if token["comment"] is None]
    return " ".join(tokens).rstrip(" ;")


def quoted(path: Path) -> str:
    """Return a path as a text of SQL."""
    escaped = str(path).replace("'", "''")
    return f"'{escaped}'"
