"""Words: English is the source text in the code, Dutch comes from `reports/locale/nl.po`."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import polars as pl
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
Key = tuple[str | None, str]
"""Context and English text of a message, the singular where it has a plural."""

CATALOGUE = Path(__file__).parent / "locale" / "nl.po"

_language: ContextVar[Language] = ContextVar("language", default="nl")


def use(lang: str) -> None:
    """Speak this language from here on, in this thread or task only.

    Raises:
        ValueError: not one of `LANGUAGES`.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"{lang!r} is not a language of Kasstroom; choose {' or '.join(LANGUAGES)}.")
    _language.set(lang)


def current() -> Language:
    """Return the language spoken here."""
    return _language.get()


def preferred(locale: str | None) -> Language:
    """Return the language for a browser's locale such as `nl-BE`: Dutch if Dutch or unknown, else English."""
    return "nl" if not locale or locale.lower().startswith("nl") else "en"


def _(text: str, /, **values: object) -> str:
    """Translate a sentence and put the values in its {placeholders}.

    An untranslated sentence comes back in English: a word in the wrong language beats a broken screen.
    """
    return _filled(None, text, values)


def _p(context: str, text: str, /, **values: object) -> str:
    """Translate a text that means something else elsewhere; the context says where it stands.

    A single word always has one: "Open" is an amount in a column and a state of an invoice.
    """
    return _filled(context, text, values)


def _n(singular: str, plural: str, count: int, /, **values: object) -> str:
    """Translate a sentence about a number of things; `{count}` is filled in with digit grouping."""
    forms = _dutch().get((None, singular), (singular, plural)) if current() == "nl" else (singular, plural)
    group = "." if current() == "nl" else ","
    return forms[0 if count == 1 else -1].format(count=f"{count:,}".replace(",", group), **values)


def mark(text: str) -> str:
    """Return the text as it is; marks it for the catalogue where it is translated later, by `_()`."""
    return text


def mark_p(_context: str, text: str) -> str:
    """Return the text as it is; marks it for the catalogue where it is translated later, by `_p()`."""
    return text


def mark_words(_context: str, words: dict[str, str]) -> dict[str, str]:
    """Return the words by code as they are; marks each for the catalogue, like `mark_p`."""
    return words


def _filled(context: str | None, text: str, values: dict[str, object]) -> str:
    if current() == "nl":
        text = _dutch().get((context, text), (text,))[0]
    return text.format(**values) if values else text


@lru_cache(maxsize=1)
def _dutch() -> dict[Key, tuple[str, ...]]:
    # Empty translations count as missing.
    return {key: forms for key, forms in translations(read_catalogue()).items() if all(forms)}


def read_catalogue(path: Path = CATALOGUE) -> Catalog:
    """Return a catalogue in Babel's form."""
    with path.open("rb") as file:
        return read_po(file, locale="nl", charset="utf-8")


def translations(catalogue: Catalog) -> dict[Key, tuple[str, ...]]:
    """Return the Dutch forms per message: one, or two for a plural; empty if not yet done."""
    forms: dict[Key, tuple[str, ...]] = {}
    for message in catalogue:
        text = message.id if isinstance(message.id, str) else message.id[0]
        if text:  # the header's is empty
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            forms[message.context, text] = tuple(str(form or "") for form in strings)
    return forms


def each(column: pl.Series, write: Callable[[Any], str]) -> pl.Series:
    """Return what is written of each value, null where there is none.

    `map_elements` of an expression may call on a thread of Polars, where the language is not the reader's.
    """
    written = [None if value is None else write(value) for value in column]
    return pl.Series(column.name, written, dtype=pl.String)
