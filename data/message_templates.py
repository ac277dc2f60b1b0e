"""Sentences with places for values, and messages: a sentence together with its values.

A refusal, a fault and a reason travel as a `Message`, in memory and in the store. Its text is English; a
screen or command takes the same template and values and says them in the reader's language.
"""

import json
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import polars as pl
from babel.dates import format_date

Writing = Literal["text", "number", "amount", "day", "phrase", "columns", "message"]


_BY_TEXT: "dict[str, Template]" = {}


@dataclass(frozen=True)
class Place:
    """How the value of a place is written.

    Attributes:
        writing: as it is; a number with digit grouping (`131,072`); an amount with the decimal sign of the
            language (in English `1234.56`, as in the files); a day; a phrase of ours, which has a translation
            of its own; names of columns with a word between them; a message, or several.
        separator: what stands between several messages.
    """

    writing: Writing = "text"
    separator: str = ""


TEXT = Place()
NUMBER = Place("number")
AMOUNT = Place("amount")
DAY = Place("day")
PHRASE = Place("phrase")
COLUMNS = Place("columns")
MESSAGE = Place("message")

MESSAGES: pl.DataType = pl.Struct({"text": pl.String, "message": pl.String})
"""Type of a column of messages: the English text, and template and values as JSON."""


@dataclass(frozen=True)
class Template:
    """A sentence, or a part of one, with {places}; called with values it gives a message."""

    text: str
    places: Mapping[str, Place] = field(default_factory=dict, hash=False)

    def __call__(self, **values: object) -> "Message":
        """Return the message with these values; those that have no place in the sentence are left out."""
        return Message(self, {name: values[name] for _literal, name in self.parts() if name is not None})

    def over(self, **values: object) -> pl.Expr:
        """Return the message as a column of type `MESSAGES`.

        Args:
            values: a value that is the same in every row, or a column: of String, or of `MESSAGES` where the
                place holds a message. The text is null in the rows where a column is null.
        """
        texts: list[pl.Expr] = []
        encoded: dict[str, pl.Expr] = {}
        for literal, name in self.parts():
            texts += [pl.lit(literal)] if literal else []
            if name is not None:
                text, encoded[name] = self._column(name, values[name])
                texts.append(text)
        pieces: list[pl.Expr] = [pl.lit(f'{{"template": {json.dumps(self.text)}, "values": {{')]
        for place, (name, value) in enumerate(encoded.items()):
            pieces += [pl.lit(f'{", " if place else ""}"{name}": '), value]
        return pl.struct(
            text=pl.concat_str(texts), message=pl.concat_str([*pieces, pl.lit("}}")], ignore_nulls=True)
        )

    def parts(self) -> Iterator[tuple[str, str | None]]:
        """Yield the fixed texts, each with the name of the place after it, None at the end."""
        for literal, name, _format, _conversion in string.Formatter().parse(self.text):
            yield literal, name

    def place(self, name: str) -> Place:
        """Return how a place's value is written; as it is where nothing is declared."""
        return self.places.get(name, TEXT)

    def _column(self, name: str, value: object) -> tuple[pl.Expr, pl.Expr]:
        """Return a value as text and as JSON, each a column."""
        if not isinstance(value, pl.Expr):
            return pl.lit(_english(value, self.place(name))), pl.lit(json.dumps(_encodable(value)))
        if self.place(name).writing == "message":
            return value.struct.field("text"), value.struct.field("message")
        quoted = pl.struct(value.alias("v")).struct.json_encode()
        return value, quoted.str.strip_prefix('{"v":').str.strip_suffix("}")


@dataclass(frozen=True)
class Message:
    """A sentence and its values; as text it is the English sentence.

    Attributes:
        template: the sentence.
        values: place -> what it holds: text, a number, a day, a message, or a list of messages or of columns.
    """

    template: Template
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        """Return the English sentence."""
        values = {name: _english(value, self.template.place(name)) for name, value in self.values.items()}
        return self.template.text.format(**values)

    def to_json(self) -> str:
        """Return template and values as JSON, to be stored beside the English sentence."""
        return json.dumps(_encodable(self))


def template(text: str, **places: Place) -> Template:
    """Return a template; its text is marked for the catalogue by this call, and stored messages find it."""
    return _BY_TEXT.setdefault(text, Template(text, places))


def messages(separator: str) -> Place:
    """Return the place of several messages."""
    return Place("message", separator)


def stored_message(text: str) -> Message:
    """Return a message from the JSON that a store holds of it."""
    return message_from_json(text, _BY_TEXT)


def message_from_json(text: str, templates: Mapping[str, Template]) -> Message:
    """Return the message that `to_json` or `over` wrote.

    Args:
        text: the JSON.
        templates: their text -> template. One that is not among them was worded otherwise by the program that
            stored it: its message is whole, and nothing translates it.
    """
    return _decoded(json.loads(text), templates)


def _english(value: object, place: Place) -> str:
    if isinstance(value, str | Message):
        return str(value)
    if isinstance(value, Sequence):
        between = " and " if place.writing == "columns" else place.separator
        return between.join(str(part) for part in value)
    if place.writing == "number":
        return f"{value:,}"
    if place.writing == "day" and isinstance(value, date):
        return str(format_date(value, "d MMM y", locale="en"))
    return str(value)


def _encodable(value: object) -> Any:
    if isinstance(value, Message):
        values = {name: _encodable(part) for name, part in value.values.items()}
        return {"template": value.template.text, "values": values}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_encodable(part) for part in value]
    return value if isinstance(value, int) else str(value)


def _decoded(stored: dict[str, Any], templates: Mapping[str, Template]) -> Message:
    known = templates.get(stored["template"], Template(stored["template"]))
    values: dict[str, object] = {}
    for name, value in stored["values"].items():
        if isinstance(value, dict):
            values[name] = _decoded(value, templates)
        elif isinstance(value, list):
            values[name] = [_decoded(part, templates) if isinstance(part, dict) else part for part in value]
        else:
            values[name] = Decimal(value) if known.place(name).writing == "amount" else value
    return Message(known, values)
