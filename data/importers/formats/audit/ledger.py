"""What an audit file says, whatever its format: accounts, opening balances, journal entries, parties.

Amounts are signed, debit above 0, in the currency of the ledger, exact as written: an amount of more than two
decimals stays one until the row it would become is refused.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from data.message_templates import Message

JournalKind = Literal["sales", "money", "opening", ""]
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class LedgerAccount:
    """An account of the general ledger.

    Attributes:
        name: as the file calls it.
        code: its place in a national chart (RGS, SAF-T standard account); empty if none is given.
        is_result: on the profit and loss account.
    """

    name: str
    code: str
    is_result: bool


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of a journal entry.

    Attributes:
        line: of the file, 1-based.
        account: number of the account.
        amount: debit above 0, credit below 0.
        customer: number of the customer; empty if the line names none.
        document: number of the invoice; empty if the line names none.
        voucher: number of what was entered, where it stands beside the document: for a payment mostly the
            bank statement.
        document_date: the document's own date, where it has one beside the day it was booked.
        due_date: the document's due date.
        discount: what of a payment was taken off as a discount for early payment, positive where `amount` is
            a credit.
        is_foreign: the line has an amount in another currency too.
    """

    line: int
    account: str
    amount: Decimal
    customer: str = ""
    document: str = ""
    voucher: str = ""
    document_date: date | None = None
    due_date: date | None = None
    discount: Decimal = ZERO
    is_foreign: bool = False


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One transaction of a journal.

    Attributes:
        line: of the file, 1-based.
        journal: the journal it is in; empty if the format has none.
        number: within its journal.
        day: on which it is booked.
        kind: of its journal: sales, money (bank or cash), opening (it states the opening balance, as far as
            the opening is not stated elsewhere), or unknown.
        postings: its lines.
        is_in_period_0: it is in the period before the first, which holds an opening only.
    """

    line: int
    journal: str
    number: str
    day: date
    kind: JournalKind
    postings: tuple[Posting, ...]
    is_in_period_0: bool = False

    @property
    def imbalance(self) -> Decimal:
        """Debit less credit; 0 for an entry in balance."""
        return sum((posting.amount for posting in self.postings), ZERO)


@dataclass(frozen=True, slots=True)
class LedgerParty:
    """A customer or supplier.

    Attributes:
        line: of the file, 1-based.
        cells: columns of the grain `customers` -> native text.
        is_customer: it is a customer, perhaps a supplier too; None if the file does not say.
        opening, closing: what it owed at the start and the end of the year; None if the file does not say.
    """

    line: int
    cells: Mapping[str, str]
    is_customer: bool | None
    opening: Decimal | None = None
    closing: Decimal | None = None

    @property
    def number(self) -> str:
        """Its number in the ledger."""
        return self.cells["customer_id"]


@dataclass(frozen=True)
class FiscalYear:
    """A year of a ledger, or the part of one that a file is about.

    Attributes:
        first_day, last_day: both included.
        ends: last days of its periods, ascending.
        line: of the file, 1-based, where the year is stated.
        opening: account -> balance before the first day; an account that is not in it had none. None if the
            file states no opening.
        closing: account -> balance at the end, or when the file was made if that was earlier; None if the
            file states none.
        movements: account -> last day of a month -> change in that month, where the file gives months in
            place of entries; None if it does not.
        opening_documents: open items at the start, on receivable accounts.
        has_entries: the entries of the file are of this year.
    """

    first_day: date
    last_day: date
    ends: tuple[date, ...]
    line: int
    opening: Mapping[str, Decimal] | None = None
    closing: Mapping[str, Decimal] | None = None
    movements: Mapping[str, Mapping[date, Decimal]] | None = None
    opening_documents: tuple[Posting, ...] = ()
    has_entries: bool = True


@dataclass(frozen=True)
class Chart:
    """What accounts are for, as far as that tells an invoice from a payment.

    Attributes:
        receivables: the control accounts of the receivables.
        origin: a sentence that says how they are known; None if there is none.
        money: bank and cash.
        revenue: sales.
        tax: VAT to pay.
        discounts: discounts for early payment.
    """

    receivables: frozenset[str]
    origin: Message | None
    money: frozenset[str] = frozenset()
    revenue: frozenset[str] = frozenset()
    tax: frozenset[str] = frozenset()
    discounts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LineTotals:
    """Number of lines, and their debit and credit; None where a file does not say."""

    lines: int | None
    debit: Decimal | None
    credit: Decimal | None


@dataclass(frozen=True)
class AuditFile:
    """An audit file, read.

    Attributes:
        format: name and version of the format.
        company: name of the administration, as the file has it.
        currency: of the ledger, ISO 4217.
        made: day on which the file was written; None if it does not say.
        years: ascending.
        entries: in the order of the file.
        parties: customers and suppliers, in the order of the file.
        result_accounts: accounts on the profit and loss account.
        counted: lines, debit and credit as the file writes them, each amount on its own side.
        declared: what the file says it holds.
        is_complete: all entries of its months are in it; else it is one batch of bookings among others.
        part: tells such batches of one month apart; empty for a complete file.
        has_gaps: some of its bookings cannot be read.
        documents_by: how the documents of the lines are known: by a reference of the invoice, or only by that
            of the voucher, which for a payment is mostly the bank statement.
        doubt: a clause that says why its lines may not be all of the receivables; None if nothing says so.
        others: sentences about what is particular to this file.
    """

    format: str
    company: str
    currency: str
    made: date | None
    years: Sequence[FiscalYear]
    entries: Sequence[JournalEntry]
    parties: Sequence[LedgerParty]
    result_accounts: frozenset[str] = frozenset()
    counted: LineTotals = LineTotals(None, None, None)
    declared: LineTotals | None = None
    is_complete: bool = True
    part: str = ""
    has_gaps: bool = False
    documents_by: Literal["invoice", "voucher"] = "invoice"
    doubt: Message | None = None
    others: Sequence[Message] = field(default_factory=tuple)

    @property
    def year(self) -> FiscalYear | None:
        """The year of the entries."""
        return next((year for year in reversed(self.years) if year.has_entries), None)


@dataclass
class FreeLines:
    """Gives every row a line of its own, though a file may stand on one line as a whole."""

    _next: dict[int, int] = field(default_factory=dict)

    def take(self, wanted: int) -> int:
        """Return the first line from the wanted one on that no row has yet."""
        line = wanted
        while line in self._next:
            line = self._next[line]
        self._next[line] = line + 1
        self._next[wanted] = line + 1
        return line


def totals_by_account(postings: Iterable[Posting]) -> dict[str, Decimal]:
    """Return what the postings of each account come to."""
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for posting in postings:
        totals[posting.account] += posting.amount
    return dict(totals)


def receivable_postings(file: AuditFile, chart: Chart) -> Iterator[tuple[JournalEntry, Posting]]:
    """Give every posting on a receivable account that is no opening, with its entry, in the file's order."""
    for entry in file.entries:
        if entry.kind != "opening":
            for posting in entry.postings:
                if posting.account in chart.receivables:
                    yield entry, posting
