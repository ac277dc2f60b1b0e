"""What statements of every format share: how entries and statements are named."""

import hashlib

_SEPARATOR = "\x1f"
_DIGITS = 12
_MOST_PAGE_DIGITS = 10


def entry_id(  # noqa: PLR0917 - in the order of the digest
    day: str, amount: str, counterparty: str, text: str, ordinal: int, reference: str
) -> str:
    """Return the name of an entry, the same in every file that has it.

    Args:
        day: it was booked on, as `2026-03-05`.
        amount: signed, two decimals.
        counterparty: its name, empty where the file has none.
        text: the whole description.
        ordinal: 1 for the first entry of the file, account and currency that is alike in all this, 2 for the
            second, and so on.
        reference: what the bank calls the part, else the entry; empty where it does not.
    """
    digest = _digest(day, amount, counterparty, text, reference)
    return f"{day}/{digest}" + (f"-{ordinal}" if ordinal > 1 else "") + (f"/{reference}" if reference else "")


def statement_id(number: str, *facts: str) -> str:
    """Return the name of a statement: its number, and a digest of all that it says.

    Args:
        number: as the bank numbers it, empty where it does not.
        *facts: account, currency, days, opening, closing, entries, credits and debits.
    """
    return f"{number or '-'}/{_digest(number, *facts)}"


def statement_part(*, is_begun: bool, is_final: bool) -> str:
    """Return which pages of a statement a row holds, empty for all of them.

    Args:
        is_begun: there are pages before them.
        is_final: there are none after them.
    """
    if is_begun:
        return "last" if is_final else "middle"
    return "" if is_final else "first"


def page_number(text: str) -> int | None:
    """Return the number of a page; None where there is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _MOST_PAGE_DIGITS else None


def _digest(*texts: str) -> str:
    return hashlib.sha256(_SEPARATOR.join(texts).encode()).hexdigest()[:_DIGITS]
