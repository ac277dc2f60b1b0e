"""CODA, the coded statement of Belgian banks, versions 1 and 2.

A movement of detail number 0000 is booked; those after it with the same sequence number are its parts, and
count for nothing by themselves. Record 9 says how many records there are and what the movements come to.

Source: Febelfin, Standard CODA 2.6.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from data.errors import RefusedFileError
from data.importers.formats.audit.elements import printable
from data.importers.formats.bank import text_statement_reasons as reasons
from data.importers.formats.bank.coda_movements import CodaMovement
from data.importers.formats.bank.coda_records import (
    CodaRecord,
    account_and_currency,
    coda_records,
    is_coda,
)
from data.importers.formats.bank.text_statements import (
    AccountStatement,
    BookedLine,
    LinePart,
    LineText,
    statements_extract,
)
from data.importers.formats.extract import DocumentRefusal, Extract
from data.message_templates import Message

_FORM = "coda"
_ZERO = Decimal("0.00")
_COUNTED = frozenset({"1", "21", "22", "23", "31", "32", "33", "8"})
_NO_NUMBER = "000"
# Types of movement: totals of the customer and of the bank; 9 is a part of a part.
_TOTALS, _PART_OF_PART = frozenset("12"), "9"
_MOST_DETAILS = "9999"


def recognises(content: bytes) -> bool:
    """Return whether the content begins with a header of CODA."""
    return is_coda(content)


def extract(
    content: bytes,
    name: str,
    options: Mapping[str, str],  # noqa: ARG001 - a format has options; this one takes none
) -> Extract:
    """Return the statements of a file and their entries; batches in their parts where these are all there.

    Args:
        content: the bytes of the file.
        name: of the file, printable, for sentences.
        options: none.

    Raises:
        RefusedFileError: there is no statement in it, or the last one is cut off.
    """
    reader = _CodaFile()
    for record in coda_records(content):
        reader.add(record)
    if reader.is_within_statement:
        raise RefusedFileError(reasons.CUT_OFF(name=name))
    reader.end()
    if not reader.statements and not reader.refusals and not reader.notes:
        raise RefusedFileError(reasons.NO_STATEMENTS(name=name))
    return statements_extract(_FORM, reader.statements, reader.refusals, reader.notes)


class _CodaFile:
    """Puts the records of a file together to statements."""

    def __init__(self) -> None:
        self.statements: list[AccountStatement] = []
        self.refusals: list[DocumentRefusal] = []
        self.notes: list[Message] = []
        self._header: CodaRecord | None = None
        self._opening: CodaRecord | None = None
        self._closing: CodaRecord | None = None
        self._movements: list[list[CodaMovement]] = []
        self._count = 0

    @property
    def is_within_statement(self) -> bool:
        """Whether the records so far end before the new balance of a statement."""
        return self._opening is not None and self._closing is None

    def add(self, record: CodaRecord) -> None:
        """Take in a record."""
        match record.kind:
            case "0":
                self.end()
                self._header = record
            case "1":
                if self._opening is not None:
                    self._statement(None)
                self._opening = record
            case "21":
                self._movement(record)
            case "22" | "23" | "31" | "32" | "33":
                if self._movements:
                    self._movements[-1][-1].add(record)
            case "8":
                self._closing = record
            case "9":
                self._statement(record)
        self._count += record.kind in _COUNTED

    def end(self) -> None:
        """Take in what is left of a statement that has no end of its own."""
        if self._opening is not None or self._movements:
            self._statement(None)

    def _movement(self, record: CodaRecord) -> None:
        is_first_version = self._header is not None and self._header.text[127] == "1"
        movement = CodaMovement(record, has_address=is_first_version)
        before = self._movements[-1][-1] if self._movements else None
        # The number of a detail begins again after 9999.
        goes_round = before is not None and (before.sequence, before.detail) == (
            movement.sequence,
            _MOST_DETAILS,
        )
        if movement.is_booked and not goes_round:
            self._movements.append([movement])
        elif before is not None and before.sequence == movement.sequence:
            self._movements[-1].append(movement)
        else:
            self.refusals.append(DocumentRefusal(record.line, reasons.DETAIL_ALONE(), record.text))

    def _statement(self, trailer: CodaRecord | None) -> None:
        """Add the statement that the records since the old balance make."""
        opening, closing, movements = self._opening, self._closing, self._movements
        count = self._count
        self._opening = self._closing = None
        self._movements, self._count = [], 0
        if opening is None:
            reason = reasons.STATEMENT_WITHOUT_ACCOUNT()
            self.refusals += [
                DocumentRefusal(each[0].head.line, reason, each[0].head.text) for each in movements
            ]
            return
        account, currency = account_and_currency(opening, 5, opening.text[1])
        if not account:
            self.refusals.append(
                DocumentRefusal(opening.line, reasons.STATEMENT_WITHOUT_ACCOUNT(), opening.text)
            )
            return
        if self._is_separate_application(closing):
            self.notes.append(reasons.SEPARATE_APPLICATION(line=opening.line, account=account))
            return
        number = opening.part(2, 5)
        statement = AccountStatement(
            line=opening.line,
            account=account,
            currency=currency,
            number=number if number != _NO_NUMBER else opening.part(125, 128),
            opening=self._balance(opening, 42),
            opening_day=opening.day(58),
            closing=self._balance(closing, 41) if closing else None,
            closing_day=closing.day(57) if closing else None,
        )
        for each in movements:
            self._add_line(statement, each)
        if statement.last_day is None:
            reason = reasons.STATEMENT_WITHOUT_DAY()
            self.refusals.append(DocumentRefusal(opening.line, reason, opening.text))
            return
        self.statements.append(statement)
        self.notes += _faults(statement, trailer, count, is_closed=closing is not None)

    def _is_separate_application(self, closing: CodaRecord | None) -> bool:
        """Return whether the file has the details of amounts that are booked in another one."""
        header = self._header
        is_named = header is not None and bool(header.part(83, 88).strip("0"))
        return is_named and closing is not None and closing.part(1, 4) == _NO_NUMBER

    def _balance(self, record: CodaRecord, sign: int) -> Decimal | None:
        amount = record.amount(sign, sign + 1)
        if amount is None:
            shown = printable(record.part(sign, sign + 16), 40)
            self.notes.append(reasons.BALANCE_UNREADABLE(line=record.line, text=shown))
        return amount

    def _add_line(self, statement: AccountStatement, movements: list[CodaMovement]) -> None:
        booked, details = movements[0], movements[1:]
        amount, day = booked.amount, booked.head.day(115)
        raw = "\n".join(each.raw for each in movements)
        reason = None
        if amount is None:
            reason = reasons.ENTRY_AMOUNT(amount=printable(booked.head.part(31, 47), 40))
        elif day is None:
            reason = reasons.ENTRY_DAY(day=printable(booked.head.part(115, 121), 40) or "-")
        if amount is None or day is None:
            self.refusals.append(DocumentRefusal(booked.head.line, reason or reasons.DETAIL_ALONE(), raw))
            return
        value_day = booked.head.day(47)
        written = booked.head.part(47, 53)
        if value_day is None and written.strip("0"):
            self.notes.append(reasons.VALUE_DAY(line=booked.head.line, written=printable(written), day=day))
            value_day = day
        text = booked.line_text()
        parts = self._parts(booked, details, amount)
        if len(parts) == 1:
            text, parts = _with_detail(text, parts[0]), ()
        line = BookedLine(booked.head.line, day, value_day, amount, text, parts, raw)
        statement.lines.append(line)

    def _parts(
        self, booked: CodaMovement, details: list[CodaMovement], amount: Decimal
    ) -> tuple[LinePart, ...]:
        """Return the parts of a movement, if they come to its amount."""
        own = [each for each in details if each.type != _PART_OF_PART]
        amounts = [each.amount for each in own]
        total = sum((each for each in amounts if each is not None), _ZERO)
        if not own or None in amounts:
            return ()
        if total != amount:
            if booked.type in _TOTALS:
                place = booked.head.line
                self.notes.append(reasons.DETAILS_APART(line=place, parts=total, amount=amount))
            return ()
        whole = booked.line_text()
        texts = [movement.line_text() for movement in own]
        return tuple(
            LinePart(each, replace(text, text=text.text or whole.text))
            for each, text in zip(amounts, texts, strict=True)
            if each is not None
        )


def _faults(
    statement: AccountStatement, trailer: CodaRecord | None, count: int, *, is_closed: bool
) -> Iterator[Message]:
    """Give what the end of a statement says otherwise than its records."""
    about = {"number": statement.number or "-", "account": statement.account}
    if not is_closed:
        yield reasons.WITHOUT_CLOSING(**about)
    if trailer is None:
        return
    declared = trailer.part(16, 22)
    if declared.isascii() and declared.isdecimal() and int(declared) != count:
        yield reasons.DECLARED_RECORDS(declared=int(declared), count=count, **about)
    for sentence, start, counted in (
        (reasons.DECLARED_DEBITS, 22, statement.debits),
        (reasons.DECLARED_CREDITS, 37, statement.credits),
    ):
        digits = trailer.part(start, start + 15)
        amount = Decimal(digits) / 1000 if digits.isascii() and digits.isdecimal() else None
        if amount is not None and amount != counted:
            yield sentence(declared=amount.quantize(_ZERO), counted=counted, **about)


def _with_detail(text: LineText, part: LinePart) -> LineText:
    """Return what is told of a line whose only part is as much as itself: both tell of the same."""
    detail = part.text
    is_told = detail.text in text.text
    return replace(
        text,
        counterparty=text.counterparty or detail.counterparty,
        text=text.text if is_told else f"{text.text} {detail.text}".strip(),
        account=text.account or detail.account,
        reference=text.reference or detail.reference,
        end_to_end_id=text.end_to_end_id or detail.end_to_end_id,
        return_reason=text.return_reason or detail.return_reason,
    )
