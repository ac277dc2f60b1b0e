"""A movement of CODA: record 21 with what 22, 23 and the information records 31 to 33 add to it."""

from dataclasses import replace
from decimal import Decimal

from data.importers.formats.bank.coda_communications import communication, information
from data.importers.formats.bank.coda_records import CodaRecord, other_account
from data.importers.formats.bank.reference_texts import clean, stated
from data.importers.formats.bank.text_statements import LineText

_FIRST_DETAIL = "0000"
_STRUCTURED = "1"
_END_OF_NAME, _END_OF_NAME_1 = 82, 73
_RETURNS = frozenset("12345")
# Family and operation: an unpaid direct debit and one paid back; a transfer that could not be made.
_RETURNED = frozenset({"0503", "0505", "0154", "0254"})
# Where the text of a communication stands in the records that follow the first.
_TEXTS = {"22": (10, 63), "23": (82, 125), "32": (10, 115), "33": (10, 100)}


class CodaMovement:
    """A movement, booked or a part of one.

    Attributes:
        head: its record 21.
        has_address: in version 1 the address stands behind a shorter name in record 23, in place of text.
    """

    def __init__(self, head: CodaRecord, *, has_address: bool = False) -> None:
        self.head = head
        self.has_address = has_address
        self._records = [head]
        self._information: list[list[CodaRecord]] = []

    @property
    def sequence(self) -> str:
        """Number of the booked line."""
        return self.head.text[2:6]

    @property
    def detail(self) -> str:
        """Number of the part, 0000 for the line itself."""
        return self.head.text[6:10]

    @property
    def is_booked(self) -> bool:
        """It is a line of the statement, not a part of one."""
        return self.detail == _FIRST_DETAIL

    @property
    def type(self) -> str:
        """Simple, a total, or a detail of one: a digit."""
        return self.head.text[53]

    @property
    def amount(self) -> Decimal | None:
        """Signed from the account's side, in cents; None where it is not sure."""
        return self.head.amount(31, 32)

    @property
    def raw(self) -> str:
        """Its records as they stand in the file."""
        return "\n".join(record.text.rstrip() for record in self._records)

    def add(self, record: CodaRecord) -> None:
        """Add a record that goes on with it."""
        if record.kind == "31":
            self._information.append([record])
        elif record.kind in {"32", "33"}:
            if self._information:
                self._information[-1].append(record)
        else:
            self._records.append(record)

    def line_text(self) -> LineText:
        """Return what is told of it."""
        told = self._communication()
        name, account, end_to_end, returned = "", "", "", ""
        for record in self._records:
            if record.kind == "22":
                end_to_end = stated(record.text[63:98])
                if record.text[112] in _RETURNS:
                    returned = record.part(113, 117) or f"R{record.text[112]}"
            elif record.kind == "23":
                end = _END_OF_NAME_1 if self.has_address else _END_OF_NAME
                name, account = record.part(47, end), other_account(record)
        texts = [told.text]
        for records in self._information:
            other, text = self._informed(records)
            # Record 23 cuts a name at 35 letters, the information has it whole.
            name = other if other.startswith(name) else name
            if text and text not in told.text:
                texts.append(text)
        code = self.head.text[54:58]
        return replace(
            told,
            counterparty=name,
            text=clean(" ".join(texts)),
            account=account,
            end_to_end_id=end_to_end,
            bank_reference=stated(self.head.text[10:31]),
            bank_code="/".join((code[:2], code[2:], self.head.text[58:61])) if code.strip() else "",
            return_reason=returned or told.return_reason or (code if code in _RETURNED else ""),
        )

    def _communication(self) -> LineText:
        text = self.head.text[62:115]
        for record in self._records[1:]:
            if record.kind == "23" and self.has_address:
                continue
            start, end = _TEXTS[record.kind]
            text += record.text[start:end]
        if self.head.text[61] == _STRUCTURED:
            return communication(text[:3], text[3:])
        return communication("", text)

    @staticmethod
    def _informed(records: list[CodaRecord]) -> tuple[str, str]:
        text = records[0].text[40:113]
        for record in records[1:]:
            start, end = _TEXTS[record.kind]
            text += record.text[start:end]
        if records[0].text[39] == _STRUCTURED:
            return information(text[:3], text[3:])
        return information("", text)
