"""The parser's own words, so that usage, help and its refusals follow `--lang` too."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from data.message_templates import TEXT, Nested, Slot, template
from reports.sentences import in_words
from reports.translation import LANGUAGES, _, _p, marked_p

# The headings of argparse's help and our own of the commands, looked up by `start_section`.
HEADINGS = (
    marked_p("help", "options"),
    marked_p("help", "positional arguments"),
    marked_p("help", "commands"),
)

# What Python's argparse says, word for word.
_FAULTS = (
    template("expected one argument"),
    template("expected at least one argument"),
    template("ignored explicit argument {value}"),
    template("invalid choice: {value} (choose from {words})", words=Slot("[^()]*")),
)
_REFUSALS = (
    template("the following arguments are required: {names}"),
    template("unrecognized arguments: {names}"),
    template("argument {name}: {fault}", name=Slot("[A-Za-z0-9/ -]+"), fault=Nested(_FAULTS, or_else=TEXT)),
)


def language_of(arguments: Sequence[str]) -> str:
    """Return the language asked for, else English; the parser itself speaks, so this is read before it."""
    asked = "en"
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        value = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and value in LANGUAGES:
            asked = value
    return asked


class Parser(argparse.ArgumentParser):
    """A parser that speaks the language spoken here."""

    def __init__(self, **options: Any) -> None:
        has_help = options.pop("add_help", True)
        super().__init__(**options, add_help=False, formatter_class=_Help, allow_abbrev=False)
        if has_help:
            self.add_argument(
                "-h",
                "--help",
                action="help",
                default=argparse.SUPPRESS,
                help=_("show this help message and exit"),
            )

    def error(self, message: str) -> NoReturn:
        """Say how the command is used and what is wrong with it, and leave with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {_p('help', 'error')}: {in_words(message, _REFUSALS)}\n")


class _Help(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _p("help", "usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(_p("help", heading) if heading in HEADINGS else heading)
