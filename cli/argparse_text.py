"""The sentences of argparse itself, so that usage, help and its refusals follow `--lang` too."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from reports.translation import LANGUAGES, _p, mark_p

# As argparse looks them up, before it puts the values in. A newer Python's other wording stays English.
_TEXTS = frozenset(
    {
        mark_p("help", "usage: "),
        mark_p("help", "options"),
        mark_p("help", "positional arguments"),
        mark_p("help", "commands"),
        mark_p("help", "%(prog)s: error: %(message)s\n"),
        mark_p("help", "argument %(argument_name)s: %(message)s"),
        mark_p("help", "expected one argument"),
        mark_p("help", "expected at least one argument"),
        mark_p("help", "ignored explicit argument %r"),
        mark_p("help", "invalid choice: %(value)r (choose from %(choices)s)"),
        mark_p("help", "the following arguments are required: %s"),
        mark_p("help", "unrecognized arguments: %s"),
    }
)


class CommandLineParser(argparse.ArgumentParser):
    """A parser that takes the options as they are written, never shortened; so do its commands."""

    def __init__(self, **options: Any) -> None:
        has_help = options.pop("add_help", True)
        super().__init__(**options, add_help=False, allow_abbrev=False)
        if has_help:  # argparse itself would put it before the options that all commands share
            text = _p("help", "show this help message and exit")
            self.add_argument("-h", "--help", action="help", default=argparse.SUPPRESS, help=text)


@contextmanager
def argparse_translation() -> Iterator[None]:
    """Let argparse look its sentences up in our catalogue while a command line is read.

    argparse takes every sentence from gettext by its template, under the name `_` of its own module.
    """
    names = vars(argparse)
    gettext = names.get("_")

    def look_up(text: Any) -> Any:
        return _p("help", text) if text in _TEXTS else text

    names["_"] = look_up
    try:
        yield
    finally:
        names["_"] = gettext


def language_of(arguments: Sequence[str]) -> str:
    """Return the language that `--lang` names, else English; argparse needs it before it reads anything."""
    language = "en"
    for word, following in pairwise([*arguments, ""]):
        value = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and value in LANGUAGES:
            language = value
    return language
