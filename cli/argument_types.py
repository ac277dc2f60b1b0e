"""Types of the arguments: each turns a word of the command line into a value, or refuses it with a clause."""

import re
from argparse import ArgumentTypeError
from datetime import date, datetime
from pathlib import Path

from data.importers.currencies import THREE_DECIMALS, active_currencies
from queries.books import moment
from reports.translation import _

_PORTS = range(1024, 65536)
_MOST_INVOICES = 5_000_000
# Without anybody to ask.
AUTO = "auto"
_MOST_WEEKS = 104
# The years a file may speak of.
_YEARS = range(1900, 2200)


def path(text: str) -> Path:
    """Return a path; ArgumentTypeError if it is empty."""
    if not text:
        raise ArgumentTypeError(_("it is empty; name a file or folder"))
    return Path(text)


def instant(text: str) -> datetime:
    """Return an instant in UTC; a bare day means its end."""
    try:
        return moment(text)
    except ValueError:
        raise ArgumentTypeError(
            _("{value} is not an instant; write it like 2026-11-22T14:30:00", value=repr(text))
        ) from None


def day(text: str) -> date:
    """Return a day of the calendar, in the years a file may speak of."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ArgumentTypeError(_("{value} is not a day; write it like 2026-11-22", value=repr(text)))
    try:
        value = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("{value} is not a day of the calendar", value=repr(text))) from None
    if value.year not in _YEARS:
        raise ArgumentTypeError(
            _(
                "{value} is not in the years {first} to {last}",
                value=repr(text),
                first=_YEARS[0],
                last=_YEARS[-1],
            )
        )
    return value


def currency(text: str) -> str:
    """Return the code of a current currency."""
    if text in THREE_DECIMALS:
        raise ArgumentTypeError(
            _("{value} is a currency with three decimals, and amounts here have two", value=repr(text))
        )
    if text not in active_currencies():
        raise ArgumentTypeError(
            _("{value} is not a current ISO 4217 currency code such as EUR", value=repr(text))
        )
    return text


def invoice_count(text: str) -> int:
    """Return how many invoices the demo company has."""
    if not _is_whole(text, 1, _MOST_INVOICES):
        raise ArgumentTypeError(_("{value} is not a number of invoices from 1 to 5000000", value=repr(text)))
    return int(text)


def week_count(text: str) -> int:
    """Return a number of weeks."""
    if not _is_whole(text, 1, _MOST_WEEKS):
        raise ArgumentTypeError(
            _("{value} is not a number of weeks from 1 to {most}", value=repr(text), most=_MOST_WEEKS)
        )
    return int(text)


def missing_count(text: str) -> int | str:
    """Return how many missing rows are to be cancelled, or `AUTO`."""
    if text == AUTO:
        return AUTO
    if not _is_whole(text, 0, _MOST_INVOICES):
        raise ArgumentTypeError(_("{value} is not the number listed, nor auto", value=repr(text)))
    return int(text)


def seed(text: str) -> int:
    """Return the seed of the demo company."""
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise ArgumentTypeError(_("{value} is not a seed: a whole number from 0", value=repr(text)))
    return int(text)


def port(text: str) -> int:
    """Return a port that needs no privileges."""
    if not _is_whole(text, _PORTS[0], _PORTS[-1]):
        raise ArgumentTypeError(_("{value} is not a port from 1024 to 65535", value=repr(text)))
    return int(text)


def _is_whole(text: str, lowest: int, highest: int) -> bool:
    return text.isascii() and text.isdigit() and lowest <= int(text) <= highest
