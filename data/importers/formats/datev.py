"""DATEV: batches of bookings (EXTF Buchungsstapel), and the master data of debtors (Debitoren/Kreditoren).

A booking is one amount between two accounts: `S` debits the account in Konto, `H` credits it. Debtors have
accounts of their own, from 10000 to 69999 for accounts of four digits, one digit longer for each digit more.
There is no opening balance in a batch, so no balance is taken from it.

Source: DATEV-Format, Buchungsstapel (category 21) and Debitoren/Kreditoren (category 16), developer.datev.de;
charts SKR 03 and SKR 04.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from data.errors import RefusedFileError
from data.importers import audit_reasons as reasons
from data.importers.formats.audit.audit_extract import extract_of, require_options
from data.importers.formats.audit.billings import accounts_in_credit
from data.importers.formats.audit.datev_customers import customers
from data.importers.formats.audit.datev_table import DatevRow, DatevTable, datev_table, is_datev, is_debtor
from data.importers.formats.audit.elements import calendar_day, currency_of, printable
from data.importers.formats.audit.ledger import (
    ZERO,
    AuditFile,
    Chart,
    FiscalYear,
    JournalEntry,
    JournalKind,
    LineTotals,
    Posting,
)
from data.importers.formats.extract import DocumentRefusal, Extract
from data.message_templates import Message

_BOOKINGS, _PARTIES = 21, 16
_AMOUNT = re.compile(r"[0-9]{1,12}(?:,[0-9]{1,2})?")
_ACCOUNT = re.compile(r"[0-9]{1,9}")
_DAY_MONTH = re.compile(r"([0-9]{1,2})([0-9]{2})")
_DAY = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")
# What a column is -> its headings in the versions of the format, and its place in all of them.
_COLUMNS: Mapping[str, tuple[tuple[str, ...], int | None]] = {
    "amount": (("Umsatz (ohne Soll/Haben-Kz)", "Umsatz"), 0),
    "side": (("Soll/Haben-Kennzeichen",), 1),
    "currency": (("WKZ Umsatz",), 2),
    "base": (("Basisumsatz",), 4),
    "base_currency": (("WKZ Basisumsatz",), 5),
    "account": (("Konto", "Kontonummer"), 6),
    "contra": (("Gegenkonto (ohne BU-Schlüssel)", "Gegenkonto"), 7),
    "key": (("BU-Schlüssel",), 8),
    "day": (("Belegdatum", "Datum"), 9),
    "document": (("Belegfeld 1",), 10),
    "document_2": (("Belegfeld 2",), 11),
    "discount": (("Skonto", "Skontobetrag"), 12),
    "due": (("Fälligkeit",), None),
    "assigned_due": (("Zugeordnete Fälligkeit",), None),
    "reversal": (("Generalumkehr", "Generalumkehr (GU)"), None),
}
_NEEDED = ("amount", "side", "account", "contra", "day")
# A BU-Schlüssel of two digits begins with the Berichtigungsschlüssel; 2 and 3 turn a booking around.
_REVERSAL_KEY = re.compile(r"0*[23][0-9]")
_DISCOUNT_ACCOUNT = "Skonto"


@dataclass(frozen=True)
class _Range:
    """Accounts of a chart, by their first four digits: sales, money, discounts, and the carrying forward."""

    sales: tuple[int, int]
    money: tuple[tuple[int, int], ...]
    discounts: tuple[int, int]


_CHARTS = {
    "03": _Range((8000, 8999), ((1000, 1299), (1360, 1369)), (8730, 8739)),
    "04": _Range((4000, 4999), ((1600, 1899), (1460, 1469)), (4730, 4739)),
}
_CARRIED_FORWARD = (9000, 9009)


def recognises(content: bytes) -> bool:
    """Return whether the content begins with a header of the DATEV format."""
    return is_datev(content)


def extract(content: bytes, name: str, options: Mapping[str, str]) -> Extract:
    """Return turnover and documents of a batch of bookings, or the customers of master data.

    Args:
        content: the bytes of the file.
        name: of the file, printable, for sentences.
        options: `rows`, `entity` as `extract_of` has them.

    Raises:
        RefusedFileError: it is other data of DATEV, or its header does not tell how to read it.
    """
    require_options(options, name)
    table = datev_table(content, name)
    if table.category == _PARTIES:
        return customers(table)
    if table.category != _BOOKINGS:
        kind = printable(table.category_name) or table.category
        raise RefusedFileError(reasons.DATEV_OTHER(name=name, kind=kind))
    return _Bookings(table).extract(options)


class DatevBookingError(Exception):
    """A booking that cannot be read.

    Attributes:
        message: a clause that says why.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class _Bookings:
    """Reads the bookings of a batch."""

    def __init__(self, table: DatevTable) -> None:
        self.table = table
        self.length = table.account_length
        columns = {name: table.column(*names, place=place) for name, (names, place) in _COLUMNS.items()}
        if missing := [name for name in _NEEDED if columns[name] is None]:
            raise RefusedFileError(reasons.DATEV_COLUMN(name=table.name, column=_COLUMNS[missing[0]][0][0]))
        self.columns = {name: place for name, place in columns.items() if place is not None}
        self.span = self._span()
        self.currency = currency_of(table.currency, table.name)
        first, last = self.span
        self.part = " ".join(filter(None, (f"{first:%Y%m%d}-{last:%Y%m%d}", table.title)))
        self.refusals: list[DocumentRefusal] = []
        self.has_gaps = False
        self.sides = {"S": ZERO, "H": ZERO}

    def extract(self, options: Mapping[str, str]) -> Extract:
        """Return the rows of the batch; a booking that cannot be read is refused, the others go in."""
        entries = []
        for number, row in enumerate(self.table.rows, start=1):
            try:
                entries.append(self._entry(row, number))
            except DatevBookingError as error:
                self.refusals.append(DocumentRefusal(row.line, error.message, row.raw))
                self.has_gaps |= error.message.template is not reasons.CARRIED_WITHOUT_DOCUMENT
        chart = self._chart(entries)
        return extract_of(self._audit_file(entries), chart, options, self.refusals)

    def _span(self) -> tuple[date, date]:
        first, last = self.table.span
        start = self.table.first_day_of_year
        if first is None and start is None:
            raise RefusedFileError(reasons.DATEV_YEAR(name=self.table.name))
        first = first or start
        if last is None and start is not None:
            last = _year_later(start)
        if first is None or last is None or first > last:
            raise RefusedFileError(reasons.DATEV_YEAR(name=self.table.name))
        return first, last

    def _cell(self, row: DatevRow, name: str) -> str:
        place = self.columns.get(name)
        return row.cells[place].strip() if place is not None and place < len(row.cells) else ""

    def _entry(self, row: DatevRow, number: int) -> JournalEntry:
        """Return a booking; DatevBookingError if it cannot be read."""
        if len(row.cells) <= max(self.columns[name] for name in _NEEDED):
            raise DatevBookingError(reasons.DATEV_CELLS(count=len(row.cells), width=len(self.table.headings)))
        day = self._day(self._cell(row, "day"))
        side = self._side(row)
        accounts = [self._account(row, name) for name in ("account", "contra")]
        amount, discount = self._amount(row), _money(self._cell(row, "discount") or "0", "Skonto")
        is_carried = any(map(self._is_carried, accounts))
        if is_carried and any(map(self._is_debtor, accounts)) and not self._cell(row, "document"):
            raise DatevBookingError(reasons.CARRIED_WITHOUT_DOCUMENT())
        self.sides[side] += amount
        signed = amount if (side == "S") != self._is_reversal(row) else -amount
        postings: list[Posting] = []
        for account, booked in zip(accounts, (signed, -signed), strict=True):
            posting = self._posting(row, account, booked)
            is_cleared = bool(discount) and self._is_debtor(account)
            postings += _with_discount(posting, discount) if is_cleared else [posting]
        kind: JournalKind = "opening" if is_carried else ""
        return JournalEntry(row.line, self.part, f"{day:%m-%d} {number}", day, kind, tuple(postings))

    def _side(self, row: DatevRow) -> str:
        side = self._cell(row, "side").upper() or "S"
        if side not in self.sides:
            raise DatevBookingError(reasons.DATEV_SIDE(value=printable(side, 40)))
        return side

    def _account(self, row: DatevRow, name: str) -> str:
        """Return an account with the zeros that numbers lose in front."""
        account = self._cell(row, name)
        if not _ACCOUNT.fullmatch(account):
            column = "Konto" if name == "account" else "Gegenkonto"
            raise DatevBookingError(reasons.DATEV_ACCOUNT(column=column, value=printable(account, 40)))
        return account.rjust(self.length, "0")

    def _posting(self, row: DatevRow, account: str, amount: Decimal) -> Posting:
        if not self._is_debtor(account):
            return Posting(row.line, account, amount)
        currency = self._cell(row, "currency")
        return Posting(
            row.line,
            account,
            amount,
            customer=account,
            document=self._cell(row, "document"),
            due_date=self._due_date(row),
            is_foreign=currency not in {"", self.currency},
        )

    def _amount(self, row: DatevRow) -> Decimal:
        """Return the amount in the currency of the ledger, of a booking in another one its Basisumsatz."""
        currency = self._cell(row, "currency")
        if currency in {"", self.currency}:
            return _money(self._cell(row, "amount"), "Umsatz")
        if self._cell(row, "base_currency") not in {"", self.currency} or not self._cell(row, "base"):
            raise DatevBookingError(reasons.DATEV_FOREIGN(currency=printable(currency, 40)))
        return _money(self._cell(row, "base"), "Basisumsatz")

    def _day(self, text: str) -> date:
        """Return the day of a Belegdatum, which has no year: that in the period, or year, of the header."""
        match = _DAY_MONTH.fullmatch(text)
        first, last = self.span
        start = self.table.first_day_of_year or first
        for low, high in ((first, last), (start, _year_later(start))):
            for year in range(low.year, high.year + 1):
                day = calendar_day(f"{year}", match[2], match[1]) if match else None
                if day is not None and low <= day <= high:
                    return day
        raise DatevBookingError(reasons.DATEV_DAY(value=printable(text, 40)))

    def _due_date(self, row: DatevRow) -> date | None:
        """Return the due date: a field of its own, or six or eight digits in Belegfeld 2; else None."""
        for name in ("due", "assigned_due", "document_2"):
            match = _DAY.fullmatch(self._cell(row, name))
            if match is not None:
                year = match[3] if len(match[3]) == len("2026") else f"20{match[3]}"
                day = calendar_day(year, match[2], match[1])
                if day is not None and day >= self.span[0]:
                    return day
        return None

    def _is_reversal(self, row: DatevRow) -> bool:
        if self._cell(row, "reversal").upper() in {"1", "G"}:
            return True
        return _REVERSAL_KEY.fullmatch(self._cell(row, "key")) is not None

    def _is_debtor(self, account: str) -> bool:
        return is_debtor(account, self.length)

    def _first_four(self, account: str) -> int:
        """Return the number of an account of the ledger in its chart; 0 for debtors and creditors."""
        is_of_ledger = len(account) == self.length
        return int(account[:4]) if is_of_ledger else 0

    def _is_carried(self, account: str) -> bool:
        return _CARRIED_FORWARD[0] <= self._first_four(account) <= _CARRIED_FORWARD[1]

    def _chart(self, entries: list[JournalEntry]) -> Chart:
        accounts = {posting.account for entry in entries for posting in entry.postings}
        debtors = frozenset(account for account in accounts if self._is_debtor(account))
        zeros = "0" * (self.length - 4)
        origin = reasons.ACCOUNTS_BY_RANGE(first=f"10000{zeros}", last=f"69999{zeros.replace('0', '9')}")
        ledger = frozenset(account for account in accounts if self._first_four(account))
        known = _CHARTS.get(self.table.chart)
        if known is None:
            carried = frozenset(account for account in ledger if self._is_carried(account))
            in_credit = accounts_in_credit(entries, debtors, ledger - carried)
            return Chart(debtors, origin, money=ledger - in_credit - carried, revenue=in_credit)
        discounts = self._in_range(ledger, known.discounts)
        return Chart(
            debtors,
            origin,
            money=frozenset().union(*(self._in_range(ledger, each) for each in known.money)),
            revenue=self._in_range(ledger, known.sales) - discounts,
            discounts=discounts,
        )

    def _carried(self, entries: list[JournalEntry]) -> tuple[Posting, ...]:
        """Return the open items that the batch carries forward from the year before."""
        return tuple(
            posting
            for entry in entries
            if entry.kind == "opening"
            for posting in entry.postings
            if self._is_debtor(posting.account)
        )

    def _in_range(self, accounts: frozenset[str], span: tuple[int, int]) -> frozenset[str]:
        return frozenset(account for account in accounts if span[0] <= self._first_four(account) <= span[1])

    def _audit_file(self, entries: list[JournalEntry]) -> AuditFile:
        table, (first, last) = self.table, self.span
        results = {posting.account for entry in entries for posting in entry.postings}
        low = "4" if table.chart == "04" else "2"
        return AuditFile(
            format=f"DATEV {table.format} {table.category_name}".strip(),
            company=" ".join(filter(None, (table.header_field(10), table.header_field(11), table.title))),
            currency=self.currency,
            made=table.creation_day,
            years=[FiscalYear(first, last, (), 1, opening_documents=self._carried(entries))],
            entries=entries,
            parties=[],
            result_accounts=frozenset(
                account for account in results if self._first_four(account) and low <= account[0] <= "8"
            ),
            counted=LineTotals(len(entries), self.sides["S"], self.sides["H"]),
            is_complete=False,
            part=self.part,
            has_gaps=self.has_gaps,
        )


def _with_discount(posting: Posting, discount: Decimal) -> tuple[Posting, Posting]:
    """Return a payment of a debtor with the discount on top of it, and what books that discount.

    Umsatz is the money; the debtor is cleared of Skonto too.
    """
    signed = discount if posting.amount > 0 else -discount
    cleared = replace(posting, amount=posting.amount + signed, discount=-signed)
    return cleared, Posting(posting.line, _DISCOUNT_ACCOUNT, -signed)


def _money(text: str, column: str) -> Decimal:
    if not _AMOUNT.fullmatch(text):
        raise DatevBookingError(reasons.DATEV_AMOUNT(column=column, value=printable(text, 40)))
    return Decimal(text.replace(",", "."))


def _year_later(day: date) -> date:
    """Return the last day of the year that begins on a day."""
    return date.fromordinal(date(day.year + 1, day.month, min(day.day, 28)).toordinal() - 1)
