"""Structured payment references: what number stands in one whose check digits fit.

ISO 11649 (RF), the Dutch betalingskenmerk and the Belgian OGM.
"""

import re

from data.check_digits import is_mod_97

_RF = re.compile(r"(?<![A-Z0-9])RF(\d{2}) ?(?:[A-Z0-9] ?){1,26}")
_OGM = re.compile(r"[+*]{3} ?(\d{3}) ?/ ?(\d{4}) ?/ ?(\d{5}) ?[+*]{3}")
_OGM_PLAIN = re.compile(r"(?<![\dA-Z+*])(\d{3})/(\d{4})/(\d{5})(?![\d/])")
_DIGITS = re.compile(r"(?<![\dA-Z])(\d{4}[ .]\d{4}[ .]\d{4}[ .]\d{4}|\d{7,16})(?![\dA-Z])")
_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
_WITH_LENGTH = range(9, 15)
_SHORTEST, _LONGEST, _OGM_LENGTH = 7, 16, 12


def reference_numbers(text: str, *, is_reference: bool) -> list[tuple[int, int, str]]:
    """Return start, end and number of each structured reference in a text in capitals.

    Args:
        text: what the payer or the bank wrote.
        is_reference: the text is the field for references. Elsewhere a bare row of digits is one only if it
            has all 16 digits, since one in eleven rows of digits has the right check digit by chance.
    """
    numbers = [found for match in _RF.finditer(text) if (found := _creditor_reference_at(match)) is not None]
    for pattern in (_OGM, _OGM_PLAIN):
        numbers += [
            (match.start(), match.end(), number)
            for match in pattern.finditer(text)
            if (number := belgian_reference("".join(match.groups()))) is not None
        ]
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"[ .]", "", match[1])
        number = belgian_reference(digits) if is_reference else None
        if number is None and (is_reference or len(digits) == _LONGEST):
            number = dutch_reference(digits)
        if number is not None:
            numbers.append((match.start(), match.end(), number))
    return numbers


def _creditor_reference_at(match: re.Match[str]) -> tuple[int, int, str] | None:
    """Return the longest RF reference that begins there: the words behind it may be none of it."""
    words = match[0].split(" ")
    for count in range(len(words), 0, -1):
        whole = " ".join(words[:count])
        number = creditor_reference(whole) if len(whole) > len("RF00") else None
        if number is not None:
            return match.start(), match.start() + len(whole), number
    return None


def creditor_reference(text: str) -> str | None:
    """Return what stands in an RF reference, null if its check digits are wrong."""
    compact = text.replace(" ", "")
    return compact[4:].lstrip("0") if is_mod_97(compact) else None


def belgian_reference(digits: str) -> str | None:
    """Return the number in the 12 digits of an OGM, null if its check digits are wrong."""
    if len(digits) != _OGM_LENGTH or not digits.isdigit():
        return None
    body, check = int(digits[:10]), int(digits[10:])
    return str(body) if check == (body % 97 or 97) and body else None


def dutch_reference(digits: str) -> str | None:
    """Return the number in a betalingskenmerk of 7, 9 to 14 or 16 digits, null if its check digit is wrong.

    The first digit checks the others; in one of 9 to 14 digits the second is the length of the number.
    """
    if not digits.isdigit() or not int(digits):
        return None
    if len(digits) in _WITH_LENGTH:
        body = digits[2:]
        if int(digits[1]) != len(body) % 10:
            return None
        checked = digits[1:]
    elif len(digits) in {_SHORTEST, _LONGEST}:
        checked = body = digits[1:]
    else:
        return None
    total = sum(int(d) * _WEIGHTS[place % 10] for place, d in enumerate(reversed(checked)))
    check = 11 - total % 11
    check = {10: 1, 11: 0}.get(check, check)
    return (body.lstrip("0") or None) if check == int(digits[0]) else None
