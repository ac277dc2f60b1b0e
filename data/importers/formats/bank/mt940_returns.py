"""A payment that came back with the bank's charge: the two parts that the bank booked as one amount."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from data.importers.formats.bank.mt940_lines import amount_of
from data.importers.formats.bank.text_statements import LinePart, LineText

# SWIFT codes of the original amount and of charges, and the words that German banks use in their place.
_ORIGINAL = re.compile(r"/OCMT/(?:[A-Z]{3})?([0-9.,]+)|\bOAMT\+\s?(?:EUR)?([0-9][0-9.,]*[0-9])")
_CHARGES = re.compile(r"/CHGS/(?:[A-Z]{3})?([0-9.,]+)|\bCOAM\+\s?(?:EUR)?([0-9][0-9.,]*[0-9])")
_CHARGE = "CHGS"


def return_parts(amount: Decimal, text: LineText, sources: Sequence[str]) -> tuple[LinePart, ...]:
    """Return the payment and the charge of an entry that came back; nothing unless they come to its amount.

    Args:
        amount: of the entry, signed.
        text: what is told of it.
        sources: the lines in which amounts may stand.
    """
    if not text.return_reason:
        return ()
    whole = "".join(source.replace("\n", "") for source in sources)
    original, charges = (_stated_amount(pattern, whole) for pattern in (_ORIGINAL, _CHARGES))
    if original is None:
        return ()
    if charges is None:
        charges = abs(amount) - original
    if charges <= 0 or original <= 0 or original + charges != abs(amount):
        return ()
    sign = 1 if amount > 0 else -1
    charge = replace(text, return_reason="", bank_code=_CHARGE, reference="", end_to_end_id="")
    return (LinePart(sign * original, text), LinePart(sign * charges, charge))


def _stated_amount(pattern: re.Pattern[str], text: str) -> Decimal | None:
    match = pattern.search(text)
    return amount_of((match[1] or match[2]).rstrip(".,") or "x") if match else None
