"""Headings of a list, compared without what programs write differently."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from data.importers.currencies import active_currencies

LINES_SEARCHED = 40
"""How many lines may stand above a header."""
_BEHIND = "→"
PLACE = re.compile(r"#([0-9]{1,3})")
_BRACKETS = re.compile(r"\s*[(\[]\s*([A-Za-z]{3})\s*[)\]]\s*:?\s*$")


@functools.lru_cache(maxsize=1 << 14)
def plain(text: str) -> str:
    """Return a heading without case, accents, spaces and signs: `Factuurnr.` is `FACTUUR NR`."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return re.sub(r"[^0-9a-z%#<>]+", "", "".join(c for c in letters if not unicodedata.combining(c)))


def heading_currency(heading: str) -> str:
    """Return the currency that a heading names behind its words, as `Open Balance (IDR)`; empty if none."""
    found = _BRACKETS.search(heading)
    code = found[1].upper() if found else ""
    return code if code in active_currencies() else ""


def without_currency(heading: str) -> str:
    """Return a heading without the currency behind its words."""
    return _BRACKETS.sub("", heading) if heading_currency(heading) else heading


def places(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Return column of the grain -> place of the cell that feeds it, for the headings that are there.

    Args:
        header: the cells of a row.
        columns: heading -> column. Where several headings of one column are there, the first named feeds it.
            `Debiteur → Naam` is the first Naam to the right of Debiteur, `Amount →` the cell without a
            heading right beside it, and `#1` the first column, if it has no heading.
    """
    found: dict[str, int] = {}
    for column, at in all_places(header, columns):
        if column not in found and at not in found.values():
            found[column] = at
    return found


def all_places(header: Sequence[str], columns: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return column and place of every heading that is there, in the order in which they are named."""
    stand: dict[str, int] = {}
    cells = [plain(cell) for cell in header]
    bare = [plain(without_currency(cell)) for cell in header]
    for place, cell in [*enumerate(cells), *enumerate(bare)]:
        stand.setdefault(cell, place)
    named = [(column, _place(heading, cells, stand)) for heading, column in columns.items()]
    return [(column, at) for column, at in named if at is not None]


def _place(heading: str, cells: Sequence[str], stand: Mapping[str, int]) -> int | None:
    if number := PLACE.fullmatch(heading):
        at = int(number[1]) - 1
        return at if at < len(cells) and not cells[at] else None
    before, arrow, name = heading.partition(_BEHIND)
    if not arrow:
        return stand.get(plain(heading)) if plain(heading) else None
    start = stand.get(plain(before))
    if start is None:
        return None
    if plain(name):
        return next((at for at in range(start + 1, len(cells)) if cells[at] == plain(name)), None)
    return start + 1 if start + 1 < len(cells) and not cells[start + 1] else None


def absent_columns(found: Iterable[str], needs: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """Return the sets of columns of which none is there."""
    names = set(found)
    return [alternatives for alternatives in needs if not names & set(alternatives)]
