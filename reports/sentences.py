"""What the data layer says, in the language spoken: from the English sentence back to its template.

The store keeps its reasons in English and errors travel as text, so that a sentence is read once more here:
its template is found, the values are taken out, and the Dutch of the template gets them back. Values stay
text: what a hostile one holds is never read as a place or as another sentence's beginning, and whoever puts
the outcome on a screen escapes it as before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

import polars as pl

from data import sentences as of_data
from data.grains import GRAINS
from data.importers import reasons as of_importers
from data.message_templates import Nested, Place, Slot, Template, reached
from forecasting import sentences as of_models
from queries import sentences as of_queries
from reports.formats import number
from reports.translation import _, _p, current

_LONGEST = 4_000  # letters; the tables' sentences are a few hundred, and reading one is not free
_COLUMNS = frozenset(column.name for grain in GRAINS for column in grain.columns)


@dataclass(frozen=True)
class _Reader:
    """One template, ready to be recognised.

    Attributes:
        template: what it reads.
        head, tail: fixed texts at its ends; most sentences differ there already.
        fixed: all its fixed texts; looking for them is cheaper than matching.
        whole: matches the sentence from end to end, a named group per place.
    """

    template: Template
    head: str
    tail: str
    fixed: tuple[str, ...]
    whole: re.Pattern[str]


def in_words(text: str, among: tuple[Template, ...] | None = None) -> str:
    """Return a sentence or reason of the data layer in the language spoken; any other text as it is.

    Args:
        text: English, as it was raised or recorded.
        among: templates it may come from; left out, all of the data layer's.

    The values in it are the ones of the sentence: escape the outcome as the sentence itself.
    """
    if current() == "en" or len(text) > _LONGEST:
        return text
    return _spoken(text, among or templates())


def reasons_in_words(rejects: pl.DataFrame) -> pl.DataFrame:
    """Return rejected rows with their `reason` in the language spoken."""
    if "reason" not in rejects.columns:
        return rejects
    words = [text if text is None else in_words(text) for text in rejects["reason"]]
    return rejects.with_columns(pl.Series("reason", words, dtype=pl.String))


@cache
def templates() -> tuple[Template, ...]:
    """Return every template of the tables, with the ones inside others."""
    tables = (of_data, of_importers, of_queries, of_models)
    return tuple(reached(value for table in tables for value in vars(table).values()))


@lru_cache(maxsize=4096)
def _spoken(text: str, among: tuple[Template, ...]) -> str:
    found = _translated(text, among)
    return text if found is None else found


def _translated(text: str, among: tuple[Template, ...]) -> str | None:
    for reader in _readers(among):
        if (
            text.startswith(reader.head)
            and text.endswith(reader.tail)
            and all(part in text for part in reader.fixed)
        ):
            found = reader.whole.fullmatch(text)
            if found is not None:
                places = reader.template.places
                values = {
                    name: _written(value, places.get(name)) for name, value in found.groupdict().items()
                }
                return _(reader.template.text, **values)
    return None


def _written(value: str, place: Place | None) -> str:
    if isinstance(place, Nested):
        parts = _split(value, place) if place.separator else [value]
        return place.separator.join(_translated(part, place.templates) or part for part in parts)
    match place.written if place else "as it is":
        case "count":
            return number(int(value.replace(",", "")))
        case "amount":
            amount = Decimal(value)
            return number(amount, max(-int(amount.as_tuple().exponent), 0))
        case "meaning":
            return _(value)
        case "columns" if set(value.split(" and ")) <= _COLUMNS:
            return f" {_p('word', 'and')} ".join(value.split(" and "))
    return value


def _split(text: str, nested: Nested) -> list[str]:
    """Return the sentences one after another; a separator inside a value does not part them."""
    one = re.compile(f"{_any_of(nested.templates)}(?={re.escape(nested.separator)}|\\Z)", re.DOTALL)
    parts, start = [], 0
    while start < len(text) and (found := one.match(text, start)):
        parts.append(found[0])
        start = found.end() + len(nested.separator)
    return parts if start >= len(text) else [text]


@cache
def _readers(among: tuple[Template, ...]) -> Sequence[_Reader]:
    """Return the readers, those that hold sentences first, then the ones with the longest fixed text.

    A short template may fit a long one's sentence with the rest of it as a value; never the reverse.
    """

    def rank(one: Template) -> tuple[bool, int]:
        holds = any(isinstance(place, Nested) for place in one.places.values())
        return not holds, -sum(len(literal) for literal, _name in one.parts())

    return [_reader(one) for one in sorted(among, key=rank)]


def _reader(one: Template) -> _Reader:
    parts = list(one.parts())
    head, tail = parts[0][0], parts[-1][0] if parts[-1][1] is None else ""
    fixed = tuple(literal for literal, _name in parts if literal)
    return _Reader(one, head, tail, fixed, re.compile(_pattern(one, named=True), re.DOTALL))


def _pattern(one: Template, *, named: bool = False) -> str:
    pieces = []
    for literal, name in one.parts():
        pieces.append(re.escape(literal))
        if name is not None:
            inner = _inside(one.place(name))
            pieces.append(f"(?P<{name}>{inner})" if named else f"(?:{inner})")
    return "".join(pieces)


def _inside(place: Place) -> str:
    if isinstance(place, Slot):
        return place.pattern
    any_of = _any_of(place.templates)
    if place.separator:
        any_of = f"{any_of}(?:{re.escape(place.separator)}{any_of})*"
    return any_of if place.or_else is None else f"{any_of}|{place.or_else.pattern}"


def _any_of(among: tuple[Template, ...]) -> str:
    return f"(?:{'|'.join(_pattern(one) for one in among)})"
