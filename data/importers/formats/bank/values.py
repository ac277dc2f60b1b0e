"""Days, amounts, accounts and texts as statements write them."""

import re
from datetime import date
from functools import lru_cache

from data.importers.cells import FIRST_YEAR, LAST_YEAR

_DAY_LENGTH = 10
_AFTER_DAY = ("T", "+", "-", "Z")
_AMOUNT = re.compile(r"[+]?([0-9]*)(?:\.([0-9]*))?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_EDGES = " \u200b\u2060\ufeff"
_NO_REFERENCE = frozenset({
    "NOTPROVIDED", "NOTAVAILABLE", "NONREF", "NOREF", "NONE", "N/A", "NA", "-", "0", "NULL",
})  # fmt: skip
_LONGEST_SEQUENCE = 7


def clean(text: str) -> str:
    """Return a text in one line: no control characters, one space where there are several."""
    if not text.isprintable():
        text = _CONTROL.sub(" ", text)
    text = " ".join(text.split())
    return text if text.isascii() else text.strip(_EDGES)


@lru_cache(maxsize=4096)
def day_of(text: str) -> str:
    """Return the day that a date, or a date with a time, begins with; empty where it is none.

    It is the day as written: a booking at 23:30+02:00 is of that day, whatever the time is elsewhere.
    """
    text = text.strip()
    if len(text) > _DAY_LENGTH and not text[_DAY_LENGTH:].startswith(_AFTER_DAY):
        return ""
    try:
        day = date.fromisoformat(text[:_DAY_LENGTH])
    except ValueError:
        return ""
    return day.isoformat() if FIRST_YEAR <= day.year <= LAST_YEAR else ""


def cents_of(text: str) -> int | None:
    """Return an amount without a sign in cents; None where it is none, or has more than two decimals.

    Zeros behind the second decimal are no decimals: 8.85000 is 8.85.
    """
    parts = _AMOUNT.fullmatch(text.strip())
    if parts is None:
        return None
    whole, decimals = parts[1], (parts[2] or "").rstrip("0")
    if not (whole or parts[2]) or len(decimals) > 2:  # noqa: PLR2004 - cents
        return None
    return int(whole or "0") * 100 + int(decimals.ljust(2, "0"))


def is_amount(text: str) -> bool:
    """Return whether a text is an amount without a sign, of however many decimals."""
    parts = _AMOUNT.fullmatch(text.strip())
    return parts is not None and bool(parts[1] or parts[2])


def money(cents: int) -> str:
    """Return an amount as native files write it."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02}"


def account_number(iban: str, number: str) -> str:
    """Return an account as it is called everywhere: IBAN in capitals, else its number; no spaces or dots."""
    iban = "".join(clean(iban).split()).upper()
    return iban or re.sub(r"[\s.]", "", clean(number))


def reference(text: str) -> str:
    """Return what a bank or payer calls something; empty where it says that there is nothing."""
    text = clean(text)
    return "" if text.upper().replace(" ", "") in _NO_REFERENCE else text


def entry_reference(text: str) -> str:
    """Return the reference of an entry, empty where it only counts the entries of its statement.

    Such a number is another one in a statement of other days, and would tell the same entry apart.
    """
    text = reference(text)
    return "" if text.isdecimal() and len(text) <= _LONGEST_SEQUENCE else text
