"""MT940, the customer statement of SWIFT, as banks of many countries write it.

The tags are read here and not by a library: mt-940, which reads most files well, keeps one account and one
pair of balances for a whole file, refuses a file for one line of it, loses what follows an amount with a
point, and reads a reversed credit as money in. Tests compare with it where it is right.

Source: SWIFT Standards MT, category 9, MT940; format descriptions of ING, Rabobank, ABN AMRO and Deutsche
Kreditwirtschaft.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from data.errors import RefusedFileError
from data.importers.formats.audit.elements import printable
from data.importers.formats.bank import text_statement_reasons as reasons
from data.importers.formats.bank.entries import page_number
from data.importers.formats.bank.mt940_details import line_text
from data.importers.formats.bank.mt940_fields import SwiftField, bank_text, mt940_messages, text_lines
from data.importers.formats.bank.mt940_lines import (
    SwiftBalance,
    SwiftLine,
    balance,
    day_of,
    entry_day,
    statement_line,
)
from data.importers.formats.bank.mt940_returns import return_parts
from data.importers.formats.bank.reference_texts import account_of, clean
from data.importers.formats.bank.text_statements import (
    AccountStatement,
    BookedLine,
    statements_extract,
)
from data.importers.formats.extract import DocumentRefusal, Extract
from data.message_templates import Message

_FORM = "mt940"
_HEAD = 1 << 16
_LINE_START = rb"(?:^|[\r\n\x00-\x1f]|\{4:)[ \x00]{0,4}:"
_ACCOUNT = re.compile(_LINE_START + rb"25P?:", re.IGNORECASE)
_BOOKED = re.compile(_LINE_START + rb"(?:6[02][FM]:\s?[CD]|61:[0-9]{6})", re.IGNORECASE)
_INTERIM = frozenset({"34F", "13", "13D", "90C", "90D"})
_BALANCES = frozenset({"60F", "60M", "62F", "62M"})
_CLOSINGS = frozenset({"62F", "62M"})
_ACCOUNT_TAGS = frozenset({"25", "25P"})
_HEAD_TAGS = frozenset({"20", "21", "28", "28C"}) | _ACCOUNT_TAGS
# The beginning of a balance, at most up to the sign before its decimals.
_HALF_BALANCE = re.compile(r"[CD]?\s?[0-9]{0,6}\s?[A-Z]{0,3}\s?[0-9]*", re.IGNORECASE)
_SHOWN = 40


def recognises(content: bytes) -> bool:
    """Return whether the content has an account and balances or entries as MT940 writes them."""
    start = content[:_HEAD].replace(b"\x00", b"")
    return _ACCOUNT.search(start) is not None and _BOOKED.search(start) is not None


def extract(
    content: bytes,
    name: str,
    options: Mapping[str, str],  # noqa: ARG001 - a format has options; this one takes none
) -> Extract:
    """Return the statements of a file and their entries; pages of one statement are one.

    Args:
        content: the bytes of the file.
        name: of the file, printable, for sentences.
        options: none.

    Raises:
        RefusedFileError: there is no statement in it, or the last one is cut off.
    """
    reader = _SwiftFile()
    text = bank_text(content)
    messages = mt940_messages(text)
    if messages and _is_cut_off(messages, text):
        raise RefusedFileError(reasons.CUT_OFF(name=name))
    for message in messages:
        reader.add(message)
    statements = reader.statements
    if not statements and not reader.refusals:
        raise RefusedFileError(reasons.NO_STATEMENTS(name=name))
    if reader.interim:
        reader.notes.append(reasons.OTHER_MESSAGES(count=reader.interim))
    return statements_extract(_FORM, statements, reader.refusals, reader.notes)


class _SwiftFile:
    """Puts the messages of a file together to statements."""

    def __init__(self) -> None:
        self.statements: list[AccountStatement] = []
        self.refusals: list[DocumentRefusal] = []
        self.notes: list[Message] = []
        self.interim = 0
        self._open_pages: dict[tuple[str, str], AccountStatement] = {}

    def add(self, message: list[SwiftField]) -> None:
        """Take in a message; what cannot be read of it is refused, the rest goes in."""
        tags = {each.tag for each in message}
        if tags & _INTERIM and not tags & _BALANCES:
            self.interim += 1
            return
        if not tags & {*_BALANCES, "61"}:
            return
        opening, is_page = self._balance(message, "60F", "60M")
        closing, ends_page = self._balance(message, "62M", "62F")
        statement = self._head(message, opening, closing)
        if statement is None:
            return
        # A page after the first may leave out with what it begins.
        is_page = is_page or (opening is None and (statement.first_page or 0) > 1)
        statement.is_final, statement.is_begun = not ends_page, is_page
        self._add_entries(message, statement)
        if statement.last_day is None:
            reason = reasons.STATEMENT_WITHOUT_DAY()
            self.refusals.append(DocumentRefusal(statement.line, reason, message[0].raw))
            return
        self._add_page(statement, is_page=is_page, ends_page=ends_page)

    def _balance(self, message: list[SwiftField], *tags: str) -> tuple[SwiftBalance | None, bool]:
        """Return the balance of the first of these tags that is there, and whether it is that of a page."""
        for tag in tags:
            for each in message:
                if each.tag != tag:
                    continue
                read = balance(each.first)
                if read is None or read.amount is None:
                    shown = printable(each.first, _SHOWN)
                    self.notes.append(reasons.BALANCE_UNREADABLE(line=each.line, text=shown))
                return read, tag.endswith("M")
        return None, False

    def _head(
        self, message: list[SwiftField], opening: SwiftBalance | None, closing: SwiftBalance | None
    ) -> AccountStatement | None:
        """Return the statement of a message without its entries; None if it is refused."""
        first = message[0]
        before = self.statements[-1] if self.statements and first.tag != "20" else None
        currency = next((each.currency for each in (opening, closing) if each and each.currency), "")
        account = next((each.first for each in message if each.tag in _ACCOUNT_TAGS), "")
        if not currency:
            # A message without balances may say it behind its account.
            match = re.search(r"(?<=[0-9 /])([A-Z]{3})$", account.strip())
            currency = match[1] if match else (before.currency if before else "")
        account = _account(account, currency) or (before.account if before else "")
        reason = None
        if not account:
            reason = reasons.STATEMENT_WITHOUT_ACCOUNT()
        elif not currency:
            reason = reasons.STATEMENT_WITHOUT_CURRENCY()
        if reason is not None:
            lines = [each for each in message if each.tag == "61"] or [first]
            self.refusals += [DocumentRefusal(each.line, reason, each.raw) for each in lines]
            return None
        number = next((each.first for each in message if each.tag in {"28", "28C"}), "")
        page = page_number(number.partition("/")[2].strip())
        return AccountStatement(
            line=first.line,
            account=account,
            currency=currency,
            number=clean(number.partition("/")[0]),
            opening=opening.amount if opening else None,
            opening_day=opening.day if opening else None,
            closing=closing.amount if closing else None,
            closing_day=closing.day if closing else None,
            first_page=page,
            last_page=page,
        )

    def _add_entries(self, message: list[SwiftField], statement: AccountStatement) -> None:
        lines: list[tuple[SwiftField, list[SwiftField]]] = []
        is_of_entry = False
        for each in message:
            if each.tag == "61":
                lines.append((each, []))
                is_of_entry = True
            elif each.tag in {"86", "NS"} and is_of_entry:
                lines[-1][1].append(each)
            else:
                # Text after a balance is of the statement.
                is_of_entry = False
        day = statement.closing_day or statement.opening_day
        for head, remittance in lines:
            booked = self._booked_line(head, remittance, statement.account, day)
            if isinstance(booked, BookedLine):
                statement.lines.append(booked)
            else:
                self.refusals.append(DocumentRefusal(head.line, booked, head.raw))

    def _booked_line(
        self, head: SwiftField, remittance: list[SwiftField], account: str, statement_day: date | None
    ) -> BookedLine | Message:
        line = statement_line(head.lines)
        if line is None:
            return reasons.ENTRY_UNREADABLE(format="MT940")
        if line.amount is None and line.written.isdigit():
            return reasons.ENTRY_AMOUNT_WHOLE(amount=printable(line.written, _SHOWN))
        if line.amount is None:
            return reasons.ENTRY_AMOUNT(amount=printable(line.written, _SHOWN))
        day = entry_day(line, statement_day)
        if day is None:
            return reasons.ENTRY_DAY(day=printable(line.entry_date or line.value_date, _SHOWN))
        text = line_text(line, [each for of in remittance for each in of.lines], account)
        return BookedLine(
            line=head.line,
            day=day,
            value_day=self._value_day(line, day, head.line),
            amount=line.amount,
            text=text,
            parts=return_parts(line.amount, text, (*line.details, *(each.raw for each in remittance))),
            raw="\n".join((head.raw, *(each.raw for each in remittance))),
        )

    def _value_day(self, line: SwiftLine, day: date, place: int) -> date:
        """Return the value date; one that is no day is named, and is the day of booking."""
        value = day_of(line.value_date)
        if value is None:
            self.notes.append(reasons.VALUE_DAY(line=place, written=printable(line.value_date), day=day))
        return value or day

    def _add_page(self, statement: AccountStatement, *, is_page: bool, ends_page: bool) -> None:
        """Add a statement, or put it behind the page of the same statement that it goes on from."""
        key = (statement.account, statement.currency)
        before = self._open_pages.pop(key, None)
        if is_page and before is not None and _goes_on(before, statement):
            before.lines += statement.lines
            before.closing, before.closing_day = statement.closing, statement.closing_day
            before.is_final, before.last_page = statement.is_final, statement.last_page
            statement = before
        else:
            self.statements.append(statement)
        if ends_page:
            self._open_pages[key] = statement


def _is_cut_off(messages: Sequence[list[SwiftField]], text: str) -> bool:
    """Return whether a file ends within its last statement: before its closing balance, or within that.

    Statements of a bank that writes no balances at all end without one.

    Args:
        messages: of the file, at least one.
        text: of the file.
    """
    last = messages[-1]
    tags = {each.tag for each in last}
    if tags & _INTERIM and not tags & _BALANCES:
        return False
    if tags & _CLOSINGS:
        end = last[-1]
        is_last_line = not "".join(text_lines(text)[end.line :]).strip()
        return end.tag in _CLOSINGS and is_last_line and _HALF_BALANCE.fullmatch(end.first) is not None
    if tags <= _HEAD_TAGS:
        return len(messages) > 1 and bool(tags & _ACCOUNT_TAGS)
    has_balances = any(each.tag in _BALANCES for message in messages for each in message)
    return has_balances and bool(tags & {*_BALANCES, "61"})


def _goes_on(before: AccountStatement, page: AccountStatement) -> bool:
    """Return whether a page is of the statement before it: of the same number, or from where that ended."""
    return before.number == page.number or before.closing == page.opening


def _account(text: str, currency: str) -> str:
    """Return the account of a :25:, without the currency that banks write behind it."""
    number = account_of(text)
    if currency and number.upper().endswith(currency) and len(number) > len(currency):
        number = number[: -len(currency)].rstrip("/")
    return account_of(number)
