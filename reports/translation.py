"""Words: English is the source text in the code, Dutch comes from `reports/locale/nl.po`."""

from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel.messages.pofile import read_po

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
Sentence = str | tuple[str, str]
"""A msgid, or (singular, plural)."""

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


def _(text: str, **values: object) -> str:
    """Translate a sentence and put the values in its {placeholders}.

    An untranslated sentence comes back in English: a word in the wrong language beats a broken screen.
    """
    if current() == "nl":
        text = _dutch().get(text, (text,))[0]
    return text.format(**values) if values else text


def _n(one: str, many: str, count: int, **values: object) -> str:
    """Translate a sentence about a number of things; `{count}` is filled in with digit grouping."""
    forms = _dutch().get(one, (one, many)) if current() == "nl" else (one, many)
    group = "." if current() == "nl" else ","
    return forms[0 if count == 1 else -1].format(count=f"{count:,}".replace(",", group), **values)


def marked(text: str) -> str:
    """Return the text as it is; marks it for the catalogue where it is translated later, by `_()`."""
    return text


@lru_cache(maxsize=1)
def _dutch() -> dict[str, tuple[str, ...]]:
    # Plural entries are found by their singular, as `_n` asks for them. Empty translations count as missing.
    return {
        sentence if isinstance(sentence, str) else sentence[0]: forms
        for sentence, forms in read_catalogue().items()
        if all(forms)
    }


def read_catalogue(path: Path = CATALOGUE) -> dict[Sentence, tuple[str, ...]]:
    """Return the catalogue: sentence -> its Dutch forms, one, or two for a plural; empty if not yet done."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale="nl", charset="utf-8")
    found: dict[Sentence, tuple[str, ...]] = {}
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        forms = tuple(str(form or "") for form in strings)
        if isinstance(message.id, str):
            if message.id:
                found[message.id] = forms
        else:
            found[message.id[0], message.id[1]] = forms
    return found
