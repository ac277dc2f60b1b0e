"""Text in TOML, read with the place of a fault as values of the message."""

from collections.abc import Callable
from typing import Any

import tomli

from data.errors import TomlError
from data.message_templates import template

READING_STOPS = template("reading stops on line {line}, column {column}: “{line_text}”")
TOO_LARGE_VALUE = template("a value in it is too long or has too many brackets")
_SHOWN_LENGTH = 60


def parse_toml(text: str, *, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Return what a text in TOML says.

    Args:
        text: with lines that end in any way.
        parse_float: makes the number of its text.

    Raises:
        TomlError: it is no TOML; the message says where, as a clause.
    """
    try:
        return tomli.loads(text, parse_float=parse_float)
    except tomli.TOMLDecodeError as error:
        # The library gives its reason in English only, so the line itself has to show what is wrong.
        before = error.doc[: min(error.pos, len(error.doc.rstrip()))]
        number, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        line = error.doc.split("\n")[number - 1].strip()
        shown = "".join(letter if letter.isprintable() else " " for letter in line)[:_SHOWN_LENGTH]
        raise TomlError(READING_STOPS(line=number, column=column, line_text=shown)) from None
    except (ValueError, ArithmeticError, RecursionError):
        # A number of more digits than Python reads, or an exponent no decimal has, or 400 brackets deep.
        raise TomlError(TOO_LARGE_VALUE()) from None
