"""Escaping of text from data on a screen that renders Markdown."""

import re

# Addresses become links even if every sign is escaped; an invisible sign in them prevents it.
_AUTOLINK = re.compile(r"@|www|https?\\?:|ftp\\?:", re.IGNORECASE)
_WORD_JOINER = "\u2060"
# Streamlit draws icons, its logo and arrows after Markdown has removed the escapes.
_DRAWN = re.compile(r":(?=material[/_]|streamlit:)|(?<!\S)[-<>~](?=[->=]{1,2}(?!\S))")
_CODE = re.compile(r"`([^`]+)`")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&@])")


def plain(text: str | None) -> str:
    """Return text from data so that Markdown shows it letter by letter: no image, link, formula or icon."""
    words = (text or "").replace("\n", " ").replace("\r", " ")
    words = _DRAWN.sub(lambda match: match[0] + _WORD_JOINER, words)
    words = _MARKDOWN.sub(r"\\\1", words)
    return _AUTOLINK.sub(lambda match: match[0] + _WORD_JOINER, words)


def bold(text: str | None) -> str:
    """Return text from data in bold, letter by letter; next to a blank Markdown would show the asterisks."""
    words = plain((text or "").strip())
    return f"**{words}**" if words else ""


def sentence(text: str) -> str:
    """Return a sentence of the program with its `commands` as code and all other text escaped."""
    parts = _CODE.split(text.replace("\n", " ").replace("\r", " "))
    return "".join(f"`{part}`" if place % 2 else plain(part) for place, part in enumerate(parts))
