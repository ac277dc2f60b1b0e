"""Where a list begins: the row with its headings, below title lines, on one line or on two."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from data.importers.headings import (
    absent_columns,
    all_places,
    heading_currency,
    places,
    plain,
    without_currency,
)
from data.importers.preset import Preset
from data.importers.table_source import TableSource

LEAST_HEADINGS = 3
_MOST = 0.8  # of the first lines of a list without headings: a few may be damaged


@dataclass(frozen=True)
class Header:
    """Where a list begins.

    Attributes:
        source: the sheet, or the text with its delimiter.
        line: of its headings; of the second, where they stand on two.
        cells: the headings as they stand but for a currency behind their words; of two lines put together.
        words: the texts of which the headings are made, plain.
        found: column of the grain -> place of its heading.
        fallbacks: column -> further places, whose first filled cell is taken in rows where its own is empty.
        currency: that the headings of its amounts name; empty if none does, or several.
        titles: the texts above it.
        title_texts: column -> text, from the line above a list without headings.
    """

    source: TableSource
    line: int
    cells: tuple[str, ...]
    words: frozenset[str]
    found: Mapping[str, int]
    fallbacks: Mapping[str, Sequence[int]]
    currency: str
    titles: tuple[str, ...]
    title_texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def unused(self) -> list[str]:
        """The headings that feed nothing."""
        used = {*self.found.values(), *(place for each in self.fallbacks.values() for place in each)}
        return [cell for place, cell in enumerate(self.cells) if cell.strip() and place not in used]


def find_header(sources: Sequence[TableSource], preset: Preset) -> list[Header]:
    """Return where the preset's list begins: in each source the first row with the headings it needs.

    No list: the closest row of every source is none of them, so the answer is empty.
    """
    find = _by_cells if preset.cells else _header
    return [header for source in sources if (header := find(source, preset))]


def _by_cells(source: TableSource, preset: Preset) -> Header | None:
    """Return where a list without headings begins: at its first line, whose cells look as the preset says."""
    head = [(line, texts) for line, texts in source.head if any(text.strip() for text in texts)]
    titles: dict[str, str] = {}
    first = 0
    if preset.title_cells and head and _look_alike(head[0][1], preset.title_cells):
        first = head[0][0]
        titles = {column: _cell(head[0][1], place) for place, column in preset.titles.items()}
        head = head[1:]
    alike = [_look_alike(texts, preset.cells) for _line, texts in head]
    if not alike or not alike[0] or sum(alike) < _MOST * len(alike):
        return None
    places_ = list(preset.cells)
    found = {column: places_.index(place) for place, column in preset.columns.items()}
    return Header(source, first, tuple(places_), frozenset(), found, {}, "", (), titles)


def _look_alike(texts: Sequence[str], patterns: Mapping[str, str]) -> bool:
    """Tell whether the cells of a line look as they should, and no further one is filled."""
    expected = [re.fullmatch(pattern, _cell(texts, place)) for place, pattern in patterns.items()]
    return all(expected) and not any(text.strip() for text in texts[len(patterns) :])


def _cell(texts: Sequence[str], place: str) -> str:
    at = int(place.removeprefix("#")) - 1
    return texts[at].strip() if at < len(texts) else ""


def _header(source: TableSource, preset: Preset) -> Header | None:
    titles: list[str] = []
    above: list[str] = []
    for line, texts in source.head:
        for cells in _readings(above, texts):
            if found := _found(cells, preset):
                words = frozenset(map(plain, [*above, *texts, *cells])) if cells is not texts else None
                return Header(
                    source,
                    line,
                    tuple(without_currency(text).strip() for text in cells),
                    words or frozenset(map(plain, texts)),
                    found,
                    _fallbacks(cells, preset, found),
                    _currency(cells, found),
                    tuple(titles if words is None else titles[: len(titles) - _filled(above)]),
                )
        titles += [text.strip() for text in texts if text.strip()]
        above = texts
    return None


def _readings(above: list[str], texts: list[str]) -> Iterator[list[str]]:
    """Give a row as it stands, then with the one above it, whose headings may span several columns."""
    yield texts
    if _filled(above) < LEAST_HEADINGS - 1 or not _filled(texts):
        return
    width = max(len(above), len(texts))
    upper = above + [""] * (width - len(above))
    lower = texts + [""] * (width - len(texts))
    yield _joined(upper, lower)
    carried: list[str] = []
    for cell in upper:
        carried.append(cell if cell.strip() or not carried else carried[-1])
    yield _joined(
        [up if low.strip() else own for up, low, own in zip(carried, lower, upper, strict=True)], lower
    )


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    return [f"{up.strip()} {low.strip()}".strip() for up, low in zip(upper, lower, strict=True)]


def _filled(texts: Sequence[str]) -> int:
    return sum(bool(text.strip()) for text in texts)


def _found(cells: Sequence[str], preset: Preset) -> dict[str, int] | None:
    least = min(LEAST_HEADINGS, len(preset.needs))
    # Most rows of most files have none of a preset's headings: a look at their words is enough for these.
    if len(preset.heading_words.intersection(map(plain, cells))) < least - 1:
        return None
    found = places(cells, preset.headings)
    if len(found) < least or absent_columns([*found, *preset.group_columns], preset.needs):
        return None
    words = set(map(plain, cells))
    return None if words.intersection(map(plain, preset.unless)) else found


def _currency(cells: Sequence[str], found: Mapping[str, int]) -> str:
    codes = {heading_currency(cells[place]) for place in found.values()} - {""}
    return codes.pop() if len(codes) == 1 else ""


def _fallbacks(cells: Sequence[str], preset: Preset, found: Mapping[str, int]) -> dict[str, list[int]]:
    named: dict[str, list[int]] = {}
    for column, place in all_places(cells, preset.headings):
        if column in preset.fallback.values() and place not in {found[column], *named.get(column, [])}:
            named.setdefault(column, []).append(place)
    return named
