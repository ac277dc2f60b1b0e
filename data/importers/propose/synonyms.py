"""Headings of other programs, by the column they may feed."""

import functools
import re
import tomllib
from collections import defaultdict
from pathlib import Path

from data.importers.headings import plain

_FILE = Path(__file__).with_name("synonyms.toml")
_BANK_FILE = Path(__file__).with_name("bank_synonyms.toml")
_NUMBER = re.compile(r"(?:nummer|number|num|nr|no|#)$")
_LEAST_LETTERS = 6


def heading_key(heading: str) -> str:
    """Return a heading as it is compared: plain, without what is in brackets, with one word for number."""
    text = plain(re.sub(r"\([^)]*\)", "", heading)) or plain(heading)
    return _NUMBER.sub("nr", text)


@functools.cache
def _columns(file: Path = _FILE) -> dict[str, list[str]]:
    """Return key of a heading -> the columns it may feed, the likeliest first."""
    columns: dict[str, list[str]] = defaultdict(list)
    for column, headings in tomllib.loads(file.read_text(encoding="utf-8")).items():
        for heading in [column, *headings]:
            if column not in columns[heading_key(heading)]:
                columns[heading_key(heading)].append(column)
    return dict(columns)


def columns_of(heading: str) -> list[str]:
    """Return the columns a heading is known for."""
    return _columns().get(heading_key(heading), [])


def bank_columns_of(heading: str) -> list[str]:
    """Return the columns of a bank's export that a heading is known for."""
    return _columns(_BANK_FILE).get(heading_key(heading), [])


def columns_like(heading: str) -> list[str]:
    """Return the columns for which a part of the heading is known, the longest part first."""
    key = heading_key(heading)
    parts = sorted(
        (part for part in _columns() if len(part) >= _LEAST_LETTERS and part in key), key=len, reverse=True
    )
    return list(dict.fromkeys(column for part in parts for column in _columns()[part]))
