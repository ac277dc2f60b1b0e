"""Stretches of a text that look like a number of ours and are none: phone numbers, days, postcodes."""

import re
from bisect import bisect_right

from data.check_digits import is_mod_97

_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){2,7}[A-Z0-9]{0,4}(?![A-Z0-9])")
_OTHERS = re.compile(
    r"(?<!\d)\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)?\d{2}(?!\d)"  # days
    r"|(?<!\d)(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
    r"|(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:T?\d{4,6})?(?!\d)"
    r"|(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}(?!\d)"
    r"|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)"  # times
    r"|(?:\+|(?<!\d)00)\d{2}[ -]?(?:\(0\))?[ -]?\d(?:[ -]?\d){6,10}(?!\d)"  # phones
    r"|(?<![\dA-Z-])0[1-9]\d{0,2}[ -]\d{2,4}[ -]?\d{2,4}[ -]?\d{0,4}(?!\d)"
    r"|(?<![\dA-Z])06[ -]?(?:\d[ -]?){8}(?!\d)"
    r"|(?<![\dA-Z-])[1-9]\d{3} ?(?!EN|NR)[A-Z]{2}(?![A-Z0-9])"  # postcodes
    r"|(?<![\dA-Z])(?:\d{1,3}(?:[. ]\d{3})+|\d+),\d{2}(?!\d)|(?<![\dA-Z])\d+\.\d{2}(?![\d.])"  # amounts
    r"|(?:TEL|TELEFOON|PHONE|KVK|BTW|VAT|BIC|TERMINAL|PASVOLGNR|PAS|KAART|CARD|MACHTIGING|MANDATE|MARF|CSID|"
    r"INCASSANT|POLIS|KENTEKEN|KLANT|KLANTNR|KLANTNUMMER|DEBITEUR|DEBITEURNR|DEBNR|DEBITEURNUMMER|CUSTOMER|"
    r"CLIENT|RELATIE|RELATIENR|LIDNR|HUISNR)[ .:/#-]*(?:NR|NO|NUMMER|NUMBER)?[ .:/#-]*[A-Z]{0,3}\d[\d.-]*"
)


class Zones:
    """The stretches of a text in which a number is probably none of ours."""

    def __init__(self, text: str) -> None:
        """Read a text in capitals."""
        self.accounts = [match.span() for match in _IBAN.finditer(text) if is_iban(match[0])]
        self._others = [match.span() for match in _OTHERS.finditer(text)]
        self._starts = [start for start, _end in self._others]

    def is_account(self, start: int, end: int) -> bool:
        """Tell whether a stretch lies in an IBAN."""
        return any(start < last and first < end for first, last in self.accounts)

    def is_other(self, start: int, end: int) -> bool:
        """Tell whether a stretch lies within a day, a phone number, a postcode, an amount or the like."""
        place = bisect_right(self._starts, start) - 1
        return place >= 0 and end <= self._others[place][1]


def is_iban(text: str) -> bool:
    """Tell whether a text is an IBAN by its check digits."""
    compact = text.replace(" ", "")
    if not 15 <= len(compact) <= 34 or not compact.isascii():  # noqa: PLR2004  # lengths of ISO 13616
        return False
    return is_mod_97(compact)
