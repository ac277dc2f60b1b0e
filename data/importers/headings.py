"""Headings of a list, compared without what programs write differently."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

LINES_SEARCHED = 40
"""How many lines may stand above a header."""


def plain(text: str) -> str:
    """Return a heading without case, accents, spaces and signs: `Factuurnr.` is `FACTUUR NR`."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return re.sub(r"[^0-9a-z%#<>]+", "", "".join(c for c in letters if not unicodedata.combining(c)))


def places(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Return column of the grain -> place of the cell that feeds it, for the headings that are there.

    Args:
        header: the cells of a row.
        columns: heading -> column. Where several headings of one column are there, the first named feeds it.
    """
    stand: dict[str, int] = {}
    for place, cell in enumerate(header):
        stand.setdefault(plain(cell), place)
    found: dict[str, int] = {}
    for heading, column in columns.items():
        at = stand.get(plain(heading)) if plain(heading) else None
        if at is not None and column not in found and at not in found.values():
            found[column] = at
    return found


def absent_columns(found: Iterable[str], needs: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """Return the sets of columns of which none is there."""
    names = set(found)
    return [alternatives for alternatives in needs if not names & set(alternatives)]
