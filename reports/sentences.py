"""Messages in the language spoken, whichever layer they come from.

Values stay text: a hostile one is never read as a place of the sentence. Escape the outcome before it goes on
a screen, as any other text from data.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from data.message_templates import Message, Place, stored_message
from reports.formats import day, number
from reports.translation import _, _p, current


def translate(message: Message) -> str:
    """Return a message as a sentence in the language spoken."""
    if current() == "en":
        return str(message)
    template = message.template
    values = {name: _written(value, template.place(name)) for name, value in message.values.items()}
    return _(template.text).format(**values)


def translate_reasons(rejects: pl.DataFrame) -> pl.DataFrame:
    """Return rejected rows with `reason` in the language spoken, and without the `message` it is made of."""
    if current() == "en":
        return rejects.drop("message")
    sentences = [translate(stored_message(stored)) for stored in rejects["message"]]
    return rejects.with_columns(pl.Series("reason", sentences, dtype=pl.String)).drop("message")


def translate_messages(rows: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Return rows whose columns of these names, of messages as a store holds them, are sentences."""
    texts = [
        pl.Series(name, [text and translate(stored_message(text)) for text in rows[name]], dtype=pl.String)
        for name in names
    ]
    return rows.with_columns(texts)


def _written(value: object, place: Place) -> str:
    """Return a value as its place writes it."""
    match value:
        case Message():
            return translate(value)
        case str():
            return _(value) if place.writing == "phrase" else value
        case Sequence():
            between = f" {_p('word', 'and')} " if place.writing == "columns" else place.separator
            return between.join(_written(part, place) for part in value)
        case int() | Decimal() if place.writing in {"number", "amount"}:
            return number(value, _decimals(value))
        case date() if place.writing == "day":
            return day(value)
    return str(value)


def _decimals(value: int | Decimal) -> int:
    """Return how many decimals a number has."""
    exponent = Decimal(value).as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
