"""SIE 1 to 4, the Swedish format of Visma, Fortnox and other programs: balances, periods, vouchers.

Types 1 (balances), 2 and 3 (changes per month), 4E (vouchers of a year with their balances) and 4I (vouchers
of a program that invoices, without balances).

Source: SIE filformat 4B (2008-09-30), sie.se; BAS chart of accounts: 1510-1519 receivables from customers, 19
cash and bank, 3 sales, 261-263 VAT to pay. Dimensions 8 (customer) and 10 (invoice) are reserved by the
format.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from data.errors import RefusedFileError
from data.importers import audit_reasons as reasons
from data.importers.formats.audit.audit_extract import extract_of, require_options
from data.importers.formats.audit.balances import month_end, month_ends
from data.importers.formats.audit.elements import amount_of, calendar_day, currency_of, printable
from data.importers.formats.audit.ledger import (
    ZERO,
    AuditFile,
    Chart,
    FiscalYear,
    JournalEntry,
    LedgerParty,
    LineTotals,
    Posting,
)
from data.importers.formats.audit.sie_records import SieRecord, sie_records, sie_text
from data.importers.formats.audit.xaf_chart import accounts_by_option
from data.importers.formats.extract import Extract
from data.importers.formats.xml import root_tag

_FIRST_BYTES = 4096
_CUSTOMER, _INVOICE = "8", "10"
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_TEXT_LENGTH = 40


def recognises(content: bytes) -> bool:
    """Return whether the content begins with a record of SIE, or is SIE 5, which is refused in words."""
    start = content[:_FIRST_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        return "sie.se/sie5" in (root_tag(content) or "").lower()
    return re.match(rb"#(FLAGGA|SIETYP|PROGRAM|FORMAT)\s", start, re.IGNORECASE) is not None and (
        re.search(rb"(?:^|[\r\n])\s*#(SIETYP|FLAGGA)\s", start, re.IGNORECASE) is not None
    )


def extract(content: bytes, name: str, options: Mapping[str, str]) -> Extract:
    """Return balances and turnover of a SIE file, and invoices where every line names customer and invoice.

    Args:
        content: the bytes of the file.
        name: of the file, printable, for sentences.
        options: `rows`, `entity` as `extract_of` has them; `accounts`: the accounts of the receivables, with
            spaces or commas between them, if they are not 1510 to 1519.

    Raises:
        RefusedFileError: a record cannot be read, or it is SIE 5.
    """
    require_options(options, name)
    if content.lstrip().startswith(b"<"):
        raise RefusedFileError(reasons.SIE_5(name=name))
    book = _Book(name)
    for record in sie_records(sie_text(content), name):
        book.add(record)
    book.end()
    chart = _chart(book, options)
    return extract_of(_audit_file(book), chart, options)


@dataclass
class _Voucher:
    record: SieRecord
    day: date
    postings: list[Posting] = field(default_factory=list)
    waiting: SieRecord | None = None
    is_open: bool = False


class _Book:
    """What the records of a file say, as far as they were read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.header: dict[str, str] = {}
        self.spans: dict[str, tuple[date, date, int]] = {}
        self.accounts: set[str] = set()
        self.booked: set[str] = set()
        self.opening: dict[str, dict[str, Decimal]] = defaultdict(dict)
        self.closing: dict[str, dict[str, Decimal]] = defaultdict(dict)
        self.movements: dict[str, dict[str, dict[date, Decimal]]] = defaultdict(lambda: defaultdict(dict))
        self.customers: dict[str, LedgerParty] = {}
        self.entries: list[JournalEntry] = []
        self.struck_out = 0
        self._voucher: _Voucher | None = None

    def add(self, record: SieRecord) -> None:
        """Take in a record; labels that say nothing of receivables are passed over, as the format asks."""
        match record.label:
            case "VER":
                self.end()
                self._voucher = _Voucher(record, self._day(record.field(2), record))
            case "{" | "}":
                self._brace(record)
            case "TRANS" | "RTRANS" | "BTRANS":
                self._post(record)
            case "IB" | "UB" | "PSALDO":
                self._balance(record)
            case "RAR":
                self._span(record)
            case "KONTO":
                self.accounts.add(record.field(0))
            case "OBJEKT":
                self._object(record)
            case _:
                self.header.setdefault(record.label, record.field(0))

    def end(self) -> None:
        """Refuse a voucher that has no end."""
        if self._voucher is not None:
            raise RefusedFileError(reasons.SIE_BRACE(name=self.name, line=self._voucher.record.line))

    def day(self, label: str) -> date | None:
        """Return the day of a record of the header, None if it has none that can be read."""
        match = _DAY.fullmatch(self.header.get(label, ""))
        return calendar_day(*match.groups()) if match else None

    def _day(self, text: str, record: SieRecord) -> date:
        match = _DAY.fullmatch(text)
        day = calendar_day(*match.groups()) if match else None
        if day is None:
            raise RefusedFileError(
                reasons.AUDIT_DATE(name=self.name, value=printable(text, 40), line=record.line)
            )
        return day

    def _amount(self, record: SieRecord, position: int) -> Decimal:
        return amount_of(record.field(position), record.line, self.name)

    def _span(self, record: SieRecord) -> None:
        """Note the first and last day of a year; a file for import may leave them out."""
        if record.field(1):
            first_day, last_day = (self._day(record.field(position), record) for position in (1, 2))
            if first_day > last_day:
                value = printable(record.field(2), 40)
                raise RefusedFileError(reasons.AUDIT_DATE(name=self.name, value=value, line=record.line))
            self.spans[record.field(0)] = (first_day, last_day, record.line)

    def _balance(self, record: SieRecord) -> None:
        year = record.field(0)
        if record.label != "PSALDO":
            balances = self.opening if record.label == "IB" else self.closing
            balances[year][record.field(1)] = self._amount(record, 2)
            self.booked.add(record.field(1))
        elif not record.objects:
            month = record.field(1)
            first = self._day(f"{month}01", record)
            self.movements[year][record.field(2)][month_end(first)] = self._amount(record, 3)
            self.booked.add(record.field(2))

    def _object(self, record: SieRecord) -> None:
        if record.field(0) == _CUSTOMER and record.field(2):
            cells = {"customer_id": record.field(1), "customer_name": record.field(2).strip()}
            self.customers[record.field(1)] = LedgerParty(record.line, cells, is_customer=True)

    def _brace(self, record: SieRecord) -> None:
        voucher = self._voucher
        if voucher is None or voucher.is_open == (record.label == "{"):
            raise RefusedFileError(reasons.SIE_RECORD(name=self.name, line=record.line))
        voucher.is_open = True
        if record.label == "}":
            self._flush(voucher)
            head = voucher.record
            # Programs that invoice leave the number to the ledger: day and text tell such vouchers apart.
            number = head.field(1) or f"{voucher.day:%m-%d} {head.field(3)[:_TEXT_LENGTH]}".strip()
            self.entries.append(
                JournalEntry(head.line, head.field(0), number, voucher.day, "", tuple(voucher.postings))
            )
            self._voucher = None

    def _post(self, record: SieRecord) -> None:
        """Add a line to its voucher.

        RTRANS is a line that was added later; for programs that do not know it, a TRANS with the same fields
        comes after it. BTRANS was struck out.
        """
        voucher = self._voucher
        if voucher is None or not voucher.is_open:
            raise RefusedFileError(reasons.SIE_OUTSIDE_VOUCHER(name=self.name, line=record.line))
        waiting = voucher.waiting
        is_repeat = (
            waiting is not None
            and record.label == "TRANS"
            and (
                (record.field(0), record.field(1), record.objects)
                == (waiting.field(0), waiting.field(1), waiting.objects)
            )
        )
        if is_repeat:
            voucher.waiting = None
        else:
            self._flush(voucher)
        if record.label == "BTRANS":
            self.struck_out += 1
        elif record.label == "RTRANS":
            voucher.waiting = record
        else:
            voucher.postings.append(self._posting(record))

    def _flush(self, voucher: _Voucher) -> None:
        if voucher.waiting is not None:
            voucher.postings.append(self._posting(voucher.waiting))
            voucher.waiting = None

    def _posting(self, record: SieRecord) -> Posting:
        self.booked.add(record.field(0))
        return Posting(
            record.line,
            record.field(0),
            self._amount(record, 1),
            customer=record.objects.get(_CUSTOMER, ""),
            document=record.objects.get(_INVOICE, ""),
        )


def _chart(book: _Book, options: Mapping[str, str]) -> Chart:
    known = book.accounts | book.booked
    receivables, origin = accounts_by_option(options, known, book.name)
    if not receivables:
        receivables = _in_ranges(book.booked, (1510, 1519)) or _in_ranges(known, (1510, 1519))
        chart = book.header.get("KPTYP") or "BAS"
        if receivables:
            origin = reasons.ACCOUNTS_BY_CHART(accounts=", ".join(sorted(receivables)), chart=chart)
    return Chart(
        receivables,
        origin,
        money=_in_ranges(known, (1900, 1999)),
        # Not 37, corrections such as rounding, nor 395 and 396, debts recovered and exchange gains.
        revenue=_in_ranges(known, (3000, 3699), (3900, 3949)),
        tax=_in_ranges(known, (2610, 2639)),
        discounts=_in_ranges(known, (3731, 3732)),
    )


def _in_ranges(accounts: Iterable[str], *ranges: tuple[int, int]) -> frozenset[str]:
    """Return the accounts whose first four digits are in one of these ranges of the chart."""
    return frozenset(
        account
        for account in accounts
        if re.fullmatch(r"[0-9]{4,6}", account)
        and any(low <= int(account[:4]) <= high for low, high in ranges)
    )


def _audit_file(book: _Book) -> AuditFile:
    is_complete = bool(book.opening.get("0") or book.closing.get("0"))
    years = [_year(book, number) for number in book.spans]
    if book.entries and "0" not in book.spans:
        if is_complete:
            raise RefusedFileError(reasons.AUDIT_MISSING(name=book.name, element="#RAR 0", line=1))
        days = [entry.day for entry in book.entries]
        years.append(FiscalYear(min(days), max(days), (), book.entries[0].line))
    amounts = [posting.amount for entry in book.entries for posting in entry.postings]
    debit = sum((amount for amount in amounts if amount > 0), ZERO)
    first = book.entries[0] if book.entries else None
    made, covered = book.day("GEN"), book.day("OMFATTN")
    return AuditFile(
        format=f"SIE {book.header.get('SIETYP', '')}".strip(),
        company=book.header.get("FNAMN", ""),
        currency=currency_of(book.header.get("VALUTA") or "SEK", book.name),
        made=min((day for day in (made, covered) if day), default=None),
        years=sorted(years, key=lambda year: year.first_day),
        entries=book.entries,
        parties=list(book.customers.values()),
        result_accounts=_in_ranges(book.accounts | book.booked, (3000, 8999)),
        counted=LineTotals(len(amounts), debit, debit - sum(amounts, ZERO)),
        is_complete=is_complete or not book.entries,
        part="" if is_complete or first is None else _part(first),
        others=[reasons.STRUCK_OUT(count=book.struck_out)] if book.struck_out else [],
    )


def _part(first: JournalEntry) -> str:
    """Return what tells a file of vouchers from others of the same month: its first voucher."""
    return " ".join(filter(None, (first.day.isoformat(), first.journal, first.number)))


def _year(book: _Book, number: str) -> FiscalYear:
    first_day, last_day, line = book.spans[number]
    is_stated = bool(book.opening.get(number) or book.closing.get(number))
    year = FiscalYear(
        first_day,
        last_day,
        month_ends(first_day, last_day),
        line,
        opening=book.opening.get(number, {}) if is_stated else None,
        closing=book.closing.get(number),
        has_entries=number == "0" and bool(book.entries),
    )
    movements = book.movements.get(number)
    return replace(year, movements=movements) if movements else year
