"""Texts of bank files as rows hold them, and the payment references that stand in them."""

import re

from data.check_digits import is_mod_97

_NOTHING = frozenset(
    {"NONREF", "NOREF", "NONE", "NOTPROVIDED", "NOT PROVIDED", "NOTAVAILABLE", "NOTINLINE", "EREF", "PREF"}
    | {
        "N",
        "NON",
        "MARF",
        "MREF",
        "KREF",
        "KREF+",
        "EREF+",
        "MREF+",
        "REF+",
        "RREF",
        "UNKNOWN",
        "N/A",
        "/",
        "//",
    }
)
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21,
    "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24,
    "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26,
}  # fmt: skip
# +++123/4567/89012+++, also with stars: the Belgian structured communication.
_OGM = re.compile(r"(?:\+{3}|\*{3})\s*([0-9]{3})\s*/\s*([0-9]{4})\s*/\s*([0-9]{5})\s*(?:\+{3}|\*{3})")
_KENMERK = re.compile(r"BETALINGSKENM(?:ERK)?\s*[.:]+\s*((?:[0-9][ .]?){6,15}[0-9])(?![0-9])", re.IGNORECASE)
_ISSUER = re.compile(
    r"\b(?:ISSUER:\s*(?:CUR|SCOR|ISO)|CUR|ISO|SCOR)[\s/]+(?:REF:?|CDTRREF/)\s*((?:[0-9A-Z][ ]?){4,35})"
)
# 27 digits in groups of five, the last of them a check digit: the Swiss QR and ESR reference.
_SWISS = re.compile(r"(?<![0-9])[0-9]{2}(?: ?[0-9]{5}){5}(?![0-9])")
_SWISS_TABLE = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)
_CREDITOR_REFERENCE = re.compile(r"(?<![A-Z0-9])(RF[0-9]{2}(?: ?[A-Z0-9]){1,21})(?![A-Z0-9])")
_WORD = re.compile(r"[A-Z0-9]+")


def clean(text: str) -> str:
    """Return a text without control characters, and with one space where there are several."""
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(text.split())


def stated(text: str) -> str:
    """Return a reference, cleaned; empty where it is a word that says there is none."""
    cleaned = clean(text)
    return "" if cleaned.upper() in _NOTHING or not cleaned.strip("/-.,+ 0") else cleaned


def is_iban(text: str) -> bool:
    """Return whether a text without spaces has the form of an IBAN, whatever its check digits say."""
    if not _IBAN.fullmatch(text):
        return False
    length = _IBAN_LENGTHS.get(text[:2])
    return length is None or len(text) == length


def iban_in(text: str, own_account: str) -> str:
    """Return the IBAN of another in a text, if it is the only one and its check digits fit; else empty."""
    found = {word for word in _WORD.findall(text) if is_iban(word) and is_mod_97(word)} - {own_account}
    return found.pop() if len(found) == 1 else ""


def account_of(text: str) -> str:
    """Return an account number: an IBAN in capitals, without spaces; any other without spaces and dots."""
    number = re.sub(r"[\s.]", "", clean(text)).strip("/")
    return number.upper() if is_iban(number.upper()) else number


def structured_reference(text: str) -> str:
    """Return the structured payment reference in a text: OGM, betalingskenmerk, RF, Swiss; empty without one.

    Whatever check digit it has: leading zeros stay, and one that does not fit is the payer's to explain.
    Of an RF and a Swiss reference the check digits must fit, as words and numbers may look like one.
    """
    if match := _OGM.search(text):
        return "".join(match.groups())
    if match := _KENMERK.search(text):
        return re.sub(r"[ .]", "", match[1])
    if match := _ISSUER.search(text):
        return match[1].replace(" ", "")
    return _rf_reference(text) or _swiss_reference(text)


def _swiss_reference(text: str) -> str:
    for match in _SWISS.finditer(text):
        reference, carry = match[0].replace(" ", ""), 0
        for digit in reference[:-1]:
            carry = _SWISS_TABLE[(carry + int(digit)) % 10]
        if (10 - carry) % 10 == int(reference[-1]) and reference.strip("0"):
            return reference
    return ""


def _rf_reference(text: str) -> str:
    match = _CREDITOR_REFERENCE.search(text)
    if match is None:
        return ""
    # Words may follow it without a sign between: the longest run of groups that fits is the reference.
    groups = match[1].split(" ")
    for count in range(len(groups), 0, -1):
        reference = "".join(groups[:count])
        if len(reference) > len("RF00") and is_mod_97(reference):
            return reference
    return ""
