"""The communications of CODA: free texts, and those with a structure that a number of three digits names.

Source: Febelfin, Standard CODA 2.6, enclosure III.
"""

import re

from data.importers.formats.bank.reference_texts import clean, structured_reference
from data.importers.formats.bank.text_statements import LineText

_OGM_DIGITS = re.compile(r"[0-9]{12}")
_NOT_PAID = frozenset("1234")
# Name of the other one, its street and town; the ultimate creditor and debtor.
_OTHER, _ULTIMATE = "001", frozenset({"008", "009"})
_NAME_LENGTH = 70


def communication(structure: str, text: str) -> LineText:
    """Return text, reference and reason of a return of a movement.

    Args:
        structure: of the communication, three digits; empty for a free one.
        text: of it, without these digits, all its parts in their full length.
    """
    free = clean(text)
    match structure:
        case "100":
            told = LineText(text=free, reference="".join(text[:25].split()))
        case "101" | "102":
            told = _ogm(text)
        case "105":
            digits = text[45:57]
            reference = digits if _OGM_DIGITS.fullmatch(digits) and digits.strip("0") else ""
            told = LineText(text=clean(f"{reference} {text[42:45]} {text[57:59]}"), reference=reference)
        case "114":
            told = LineText(text=clean(f"{text[27:53]} {text[53:69]}"))
        case "127":
            told = _direct_debit(text)
        case "":
            told = LineText(text=free, reference=structured_reference(free))
        case _:
            told = LineText(text=free)
    return told


def _ogm(text: str) -> LineText:
    """Return what a payment with 12 digits says; they are shown as the payer writes them."""
    digits = text[:12]
    if not _OGM_DIGITS.fullmatch(digits):
        return LineText(text=clean(text), reference=structured_reference(clean(text)))
    shown = f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"
    return LineText(text=clean(f"{shown} {text[12:]}"), reference=digits)


def _direct_debit(text: str) -> LineText:
    """Return what a SEPA direct debit says: paid or why not, creditor, mandate, communication, return."""
    free = clean(text[79:141])
    reason, kind = clean(text[142:146]), text[141:142]
    returned = reason or (f"R{kind}" if kind in set("12345") else "")
    if not returned and text[8:9] in _NOT_PAID:
        returned = f"R{text[8]}"
    return LineText(text=free, reference=structured_reference(free), return_reason=returned)


def information(structure: str, text: str) -> tuple[str, str]:
    """Return name and text of an information record: one of the two, or none.

    Args:
        structure: as `communication` has it.
        text: as `communication` has it.
    """
    if structure == _OTHER:
        return clean(text[:_NAME_LENGTH]), ""
    if structure in _ULTIMATE:
        return "", clean(text[:_NAME_LENGTH])
    return "", "" if structure else clean(text)
