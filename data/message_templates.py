"""Sentences with open places, kept as templates, so that whoever reads one can tell where it came from.

What the data layer says is English, also in the store. The tables of templates (`data.sentences`,
`data.importers.reasons`, and `sentences` of queries and forecasting) are complete, and each place says what
it may hold: that is enough to find the template and its values back in a sentence, and to say it in another
language.
"""

import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Union

import polars as pl

Written = Literal["as it is", "count", "amount", "meaning", "columns"]


@dataclass(frozen=True)
class Slot:
    """What a place holds.

    Attributes:
        pattern: regular expression of it, without groups that capture.
        written: what another language does to it: nothing, digit grouping (`131,072`), a decimal sign
            (`1234.56`), a translation of its own, or the word between the columns of a key.
    """

    pattern: str
    written: Written = "as it is"


@dataclass(frozen=True)
class Nested:
    """A place that holds sentences of its own.

    Attributes:
        templates: which ones.
        separator: what stands between several of them; empty where there is exactly one.
        or_else: a text of none of them is left as it is (a message of the system or a library).
    """

    templates: tuple["Template", ...]
    separator: str = ""
    or_else: Slot | None = None


Place = Union[Slot, Nested]  # noqa: UP007 - Nested names Template before it exists

TEXT = Slot(".*?")
FILE = Slot(".{1,120}")  # what `display_name` leaves of a name
SHOWN = Slot(".{0,40}")  # what is shown of a cell
NUMBER = Slot("-?[0-9]+")
NUMBERS = Slot("[0-9]+(?:, [0-9]+)*")
COUNT = Slot("[0-9]{1,3}(?:,[0-9]{3})*", "count")
AMOUNT = Slot(r"-?[0-9]+(?:\.[0-9]+)?", "amount")
WORD = Slot("[A-Za-z_][A-Za-z0-9_.]*")
WORDS = Slot("[^()']*")
CAUSE = Slot("[^()]*")
QUOTED = Slot(r"(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")
QUOTED_LIST = Slot(rf"{QUOTED.pattern}(?:, {QUOTED.pattern})*")


@dataclass(frozen=True)
class Template:
    """A sentence, or a part of one, with {places}; called with values it is filled in."""

    text: str
    places: Mapping[str, Place] = field(default_factory=dict, hash=False)

    def __call__(self, **values: object) -> str:
        """Return the sentence with the values in their places."""
        return self.text.format(**values)

    def over(self, **values: pl.Expr | str) -> pl.Expr:
        """Return the sentence as a column; null in the rows where a value is."""
        parts: list[pl.Expr] = []
        for literal, name in self.parts():
            if literal:
                parts.append(pl.lit(literal))
            if name is not None:
                value = values[name]
                parts.append(value if isinstance(value, pl.Expr) else pl.lit(value))
        return pl.concat_str(parts)

    def parts(self) -> Iterator[tuple[str, str | None]]:
        """Yield the fixed texts, each with the name of the place after it, None at the end."""
        for literal, name, _format, _conversion in string.Formatter().parse(self.text):
            yield literal, name

    def place(self, name: str) -> Place:
        """Return what a place holds; any text where nothing is declared."""
        return self.places.get(name, TEXT)


def template(text: str, **places: Place) -> Template:
    """Return a template; its text is marked for the catalogue by this call."""
    return Template(text, places)


def reached(first: Iterable[object]) -> list[Template]:
    """Return the templates among these values, and the ones their places hold, each once."""
    found: dict[str, Template] = {}
    queue = [value for value in first if isinstance(value, Template)]
    while queue:
        one = queue.pop(0)
        if one.text in found:
            continue
        found[one.text] = one
        for place in one.places.values():
            if isinstance(place, Nested):
                queue.extend(place.templates)
    return list(found.values())
