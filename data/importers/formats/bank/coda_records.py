"""The records of CODA, the coded statement of Belgian banks: 128 letters each, every field at its place.

Places are counted from 0, and end before the second number.

Source: Febelfin, Standard CODA 2.6; version 1 where it differs.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.importers.formats.audit.elements import calendar_day
from data.importers.formats.bank.mt940_fields import bank_text, text_lines
from data.importers.formats.bank.reference_texts import account_of, clean
from data.importers.formats.bank.text_statements import in_cents

LENGTH = 128
_HEADER = re.compile(r"0000[0 ][0-9]{6}[0-9 ]{3}05[D ]")
_KNOWN = re.compile(r"[01489]|[23][123]")
_AMOUNT = re.compile(r"[0-9]{15}")
_DECIMALS = Decimal(1000)
_OF_LAST_CENTURY = 70
_EURO = "EUR"
_BELGIAN_ACCOUNT, _BELGIAN_IBAN = "0", "2"


@dataclass(frozen=True, slots=True)
class CodaRecord:
    """A record.

    Attributes:
        line: of the file, 1-based.
        text: of 128 letters; a shorter one of the file is filled up with spaces.
    """

    line: int
    text: str

    @property
    def kind(self) -> str:
        """`0`, `1`, `4`, `8`, `9`, or two digits of a movement or an information."""
        return self.text[:2] if self.text[0] in "23" else self.text[0]

    def part(self, start: int, end: int) -> str:
        """Return a field, cleaned."""
        return clean(self.text[start:end])

    def amount(self, sign: int, start: int) -> Decimal | None:
        """Return an amount in cents with its sign, 1 for a debit; None where it is not sure."""
        digits = self.text[start : start + 15]
        if not _AMOUNT.fullmatch(digits) or self.text[sign] not in "01":
            return None
        amount = in_cents(Decimal(digits) / _DECIMALS)
        return -amount if amount is not None and self.text[sign] == "1" else amount

    def day(self, start: int) -> date | None:
        """Return a day written as 301126; None if there is none."""
        digits = self.text[start : start + 6]
        if not (digits.isascii() and digits.isdigit()):
            return None
        century = "19" if int(digits[4:]) >= _OF_LAST_CENTURY else "20"
        return calendar_day(century + digits[4:], digits[2:4], digits[:2])


def is_coda(content: bytes) -> bool:
    """Return whether the content begins with a header of CODA and has an old balance after it."""
    start = content[: 1 << 12].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \x00")
    text = start.decode("latin-1")
    if not _HEADER.match(text):
        return False
    return any(record.kind == "1" for record in coda_records(start)[1:3])


def coda_records(content: bytes) -> list[CodaRecord]:
    """Return the records of a file; lines that are none of CODA are left out."""
    records: list[CodaRecord] = []
    for number, line in enumerate(text_lines(bank_text(content)), start=1):
        # Some programs write the records without line ends.
        is_run = len(line) > LENGTH and len(line) % LENGTH == 0
        pieces = [line[place : place + LENGTH] for place in range(0, len(line), LENGTH)] if is_run else [line]
        for piece in pieces:
            if _KNOWN.match(piece):
                place = len(records) + 1 if is_run else number
                records.append(CodaRecord(place, piece.ljust(LENGTH)))
    return records


def account_and_currency(record: CodaRecord, start: int, structure: str) -> tuple[str, str]:
    """Return account and currency of the 37 letters at a place.

    Args:
        record: it stands in.
        start: of the 37 letters.
        structure: 0: a Belgian number, 1: a foreign one, 2: a Belgian IBAN, 3: a foreign IBAN; a space, of
            version 1, is a Belgian number.
    """
    if structure in {_BELGIAN_ACCOUNT, " "}:
        number, currency = record.part(start, start + 12), record.part(start + 13, start + 16)
        return account_of(number), currency or _EURO
    end = start + (31 if structure == _BELGIAN_IBAN else 34)
    return account_of(record.part(start, end)), record.part(start + 34, start + 37) or _EURO


def other_account(record: CodaRecord) -> str:
    """Return the account of the other one in a record 23: an IBAN, or a number of 12 digits or more."""
    text = record.text[10:44]
    # A Belgian number has its currency at the place where the 14th letter of an IBAN stands.
    return account_of(text[:12] if text[12] == " " and text[:12].strip().isdigit() else text)
