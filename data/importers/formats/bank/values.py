"""Days, amounts, accounts and texts as statements write them."""

import re
from datetime import date
from functools import lru_cache

from data.importers import reasons
from data.importers.cells import FIRST_YEAR, LAST_YEAR
from data.message_templates import Message

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[TZ+-].*)?")
_AMOUNT = re.compile(r"[+]?([0-9]*)(?:\.([0-9]*))?")
_DECIMALS, MOST_DIGITS, _SHOWN = 2, 16, 40
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_EDGES = " \u200b\u2060\ufeff"
_NO_REFERENCE = frozenset({
    "NOTPROVIDED", "NOTAVAILABLE", "NONREF", "NOREF", "NONE", "N/A", "NA", "-", "0", "NULL",
})  # fmt: skip
_LONGEST_NONE = 15  # with a space or two
_LONGEST_SEQUENCE = 7


def clean(text: str) -> str:
    """Return a text in one line: no control characters, one space where there are several."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    if not text.isprintable():
        text = _CONTROL.sub(" ", text)
    text = " ".join(text.split())
    return text if text.isascii() else text.strip(_EDGES)


@lru_cache(maxsize=4096)
def day_of(text: str) -> str:
    """Return the day that a date, or a date with a time, begins with; empty where it is none.

    It is the day as written: a booking at 23:30+02:00 is of that day, whatever the time is elsewhere.
    """
    parts = _DAY.fullmatch(text.strip())
    try:
        day = date.fromisoformat(parts[1] if parts else "")
    except ValueError:
        return ""
    return day.isoformat() if FIRST_YEAR <= day.year <= LAST_YEAR else ""


def cents_of(text: str) -> int | None:
    """Return an amount without a sign in cents; None where it is none, or has no place in cents.

    Zeros behind the second decimal are no decimals: 8.85000 is 8.85.
    """
    whole, dot, decimals = text.partition(".")
    if dot and len(decimals) == _DECIMALS and text.isascii() and len(whole) <= MOST_DIGITS:
        digits = whole + decimals
        if digits.isdigit() and whole:
            return int(digits)
    parts = _AMOUNT.fullmatch(text.strip())
    if parts is None:
        return None
    whole, decimals = parts[1].lstrip("0"), (parts[2] or "").rstrip("0")
    if not (parts[1] or parts[2]) or len(decimals) > _DECIMALS or len(whole) > MOST_DIGITS:
        return None
    return int(whole or "0") * 100 + int(decimals.ljust(_DECIMALS, "0"))


def amount_fault(label: str, text: str) -> Message:
    """Return why `cents_of` takes a text for no amount; a clause."""
    value = clean(text)[:_SHOWN]
    parts = _AMOUNT.fullmatch(text.strip())
    if not value:
        return reasons.EMPTY_CELL(label=label)
    if parts is None or not (parts[1] or parts[2]):
        return reasons.NOT_NUMBER(label=label, value=value, example="1234.56")
    if len((parts[2] or "").rstrip("0")) > _DECIMALS:
        return reasons.TOO_MANY_DECIMALS(label=label, value=value, most=_DECIMALS)
    return reasons.TOO_MANY_DIGITS(label=label, value=value, most=MOST_DIGITS)


def money(cents: int) -> str:
    """Return an amount as native files write it."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02}"


def account_number(iban: str, number: str) -> str:
    """Return an account as it is called everywhere: IBAN in capitals, else its number; no spaces or dots."""
    if iban:
        return iban.replace(" ", "").upper()
    return number.replace(" ", "").replace(".", "")


def reference(text: str) -> str:
    """Return what a bank or payer calls something, clean; empty where it says that there is nothing."""
    if len(text) > _LONGEST_NONE:
        return text
    return "" if text.upper().replace(" ", "") in _NO_REFERENCE else text


def entry_reference(text: str) -> str:
    """Return the reference of an entry, empty where it only counts the entries of its statement.

    Such a number is another one in a statement of other days, and would tell the same entry apart.
    """
    text = reference(text)
    return "" if text.isdecimal() and len(text) <= _LONGEST_SEQUENCE else text
