"""Invoices and payments from the postings on receivables, where each names its customer and document."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from data.importers import audit_reasons as reasons
from data.importers.formats.audit.balances import booked_day, total_of_accounts
from data.importers.formats.audit.billings import Nature, natures
from data.importers.formats.audit.ledger import (
    ZERO,
    AuditFile,
    Chart,
    FiscalYear,
    JournalEntry,
    Posting,
)
from data.importers.formats.extract import DocumentRefusal
from data.message_templates import Message

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LedgerInvoice:
    """An invoice or credit note as the ledger books it; `amount` below 0 for a credit note."""

    line: int
    customer: str
    document: str
    day: date
    due_date: date | None
    amount: Decimal
    vat_amount: Decimal | None


@dataclass(frozen=True, slots=True)
class LedgerSettlement:
    """A later posting on a document, or one that names none.

    Attributes:
        amount: what it takes off what is owed.
        discount: what was taken off for early payment beside that.
    """

    line: int
    number: str
    customer: str
    document: str
    day: date
    amount: Decimal
    kind: str
    discount: Decimal


@dataclass
class LedgerDocuments:
    """What the postings on receivables come to, one by one.

    Attributes:
        invoices, settlements: in the order of the file.
        refusals: postings that are neither, each with its reason.
        doubt: a clause that says why these may not be all of the receivables; None if they are, to the cent.
        empty: number of documents that were booked at 0.00.
    """

    invoices: list[LedgerInvoice] = field(default_factory=list)
    settlements: list[LedgerSettlement] = field(default_factory=list)
    refusals: list[DocumentRefusal] = field(default_factory=list)
    doubt: Message | None = None
    empty: int = 0


@dataclass(frozen=True, slots=True)
class _Move:
    entry: JournalEntry
    posting: Posting
    nature: Nature
    vat_amount: Decimal | None


def documents(file: AuditFile, chart: Chart) -> LedgerDocuments:
    """Return the invoices and settlements of a file.

    A document begins with the first entry that invoices it, or with its open item at the start of the year;
    every other posting on it is a settlement. A posting that names its customer and no document is money on
    account if it lowers what is owed.
    """
    found, year = LedgerDocuments(), file.year
    moves = _moves(file, chart)
    opening = year.opening_documents if year else ()
    found.doubt = _doubt(file, chart, moves, opening)
    groups: dict[_Key, list[_Move]] = defaultdict(list)
    for move in moves:
        posting = move.posting
        if posting.customer and posting.document:
            groups[posting.customer, posting.document].append(move)
        else:
            _add_nameless(found, move, year)
    openings = _opening_items(found, opening, year)
    for key, group in groups.items():
        _add_document(found, key, group, year, is_open=key in openings)
    return found


def _moves(file: AuditFile, chart: Chart) -> list[_Move]:
    moves = []
    for entry, postings in natures(file, chart, file.entries):
        vat_amount = _vat(entry, postings, chart)
        moves += [_Move(entry, posting, nature, vat_amount) for posting, nature in postings]
    return moves


def _vat(entry: JournalEntry, postings: Sequence[tuple[Posting, Nature]], chart: Chart) -> Decimal | None:
    """Return the VAT of an entry that invoices one document; None where it cannot be told."""
    if not chart.tax or {nature for _posting, nature in postings} != {"billing"}:
        return None
    if len({(posting.customer, posting.document) for posting, _nature in postings}) != 1:
        return None
    amount = sum((posting.amount for posting, _nature in postings), ZERO)
    vat_amount = -sum((posting.amount for posting in entry.postings if posting.account in chart.tax), ZERO)
    is_possible = vat_amount * amount >= 0 and abs(vat_amount) <= abs(amount)
    return vat_amount if is_possible else None


def _doubt(
    file: AuditFile, chart: Chart, moves: Sequence[_Move], opening: Sequence[Posting]
) -> Message | None:
    """Return why the documents of a file may not be all of its receivables; None if they are."""
    postings = [move.posting for move in moves]
    nameless = sum(1 for posting in postings if not (posting.customer and posting.document))
    if file.doubt is not None or nameless:
        return file.doubt or reasons.LINES_WITHOUT_DOCUMENT(count=nameless, all=len(moves))
    if fractions := sum(1 for posting in postings if posting.amount != round(posting.amount, 2)):
        return reasons.LINES_OF_FRACTIONS(count=fractions)
    return (
        _doubt_of_opening(file, chart, opening)
        or _doubt_of_numbers([*opening, *postings])
        or _doubt_of_vouchers(file, moves, opening)
    )


def _doubt_of_opening(file: AuditFile, chart: Chart, opening: Sequence[Posting]) -> Message | None:
    year = file.year
    if year is None or year.opening is None:
        return None
    balance = total_of_accounts(year.opening, chart.receivables)
    itemised = sum((posting.amount for posting in opening), ZERO)
    if balance == itemised:
        return None
    return reasons.OPENING_NOT_ITEMISED(balance=balance, itemised=itemised)


def _doubt_of_numbers(postings: Sequence[Posting]) -> Message | None:
    customers: dict[str, set[str]] = defaultdict(set)
    for posting in postings:
        customers[posting.document].add(posting.customer)
    shared = sorted(document for document, names in customers.items() if len(names) > 1)
    return reasons.DOCUMENT_OF_SEVERAL_CUSTOMERS(document=shared[0], count=len(shared)) if shared else None


def _doubt_of_vouchers(file: AuditFile, moves: Sequence[_Move], opening: Sequence[Posting]) -> Message | None:
    """Return how many payments name a voucher that nobody was invoiced by: a bank statement, mostly."""
    known = {move.posting.document for move in moves if move.nature == "billing"}
    known |= {posting.document for posting in opening}
    strange = sum(1 for move in moves if move.posting.document not in known)
    is_doubtful = file.documents_by == "voucher" and strange > 0
    return reasons.PAYMENTS_WITHOUT_INVOICE(count=strange) if is_doubtful else None


def _opening_items(found: LedgerDocuments, opening: Sequence[Posting], year: FiscalYear | None) -> set[_Key]:
    items: dict[_Key, list[Posting]] = defaultdict(list)
    for posting in opening:
        items[posting.customer, posting.document].append(posting)
    keys = set()
    for (customer, document), postings in items.items():
        amount = sum((posting.amount for posting in postings), ZERO)
        if not amount or year is None:
            found.empty += 1
            continue
        first, before = postings[0], year.first_day - timedelta(days=1)
        own = [posting.document_date for posting in postings if posting.document_date is not None]
        due = [posting.due_date for posting in postings if posting.due_date is not None]
        day = min(*own, before) if own else before
        found.invoices.append(
            LedgerInvoice(first.line, customer, document, day, max(due, default=None), amount, None)
        )
        keys.add((customer, document))
    return keys


def _add_document(
    found: LedgerDocuments, key: _Key, group: Sequence[_Move], year: FiscalYear | None, *, is_open: bool
) -> None:
    first = None if is_open else _first_entry(group)
    begins_as = "billing" if any(move.entry is first and _is_billing(move) for move in group) else "credit"
    billed: list[_Move] = []
    later: list[_Move] = []
    for move in group:
        is_part = move.entry is first and move.nature == begins_as
        (billed if is_part else later).append(move)
    amount = sum((move.posting.amount for move in billed), ZERO)
    if amount:
        found.invoices.append(_invoice(key, billed, amount, year))
    elif billed:
        found.empty += 1
    for move in later:
        _add_settlement(found, move, year)


def _first_entry(group: Sequence[_Move]) -> JournalEntry | None:
    """Return the entry a document begins with: the first that invoices it, else the first debit; or None."""
    for is_beginning in (_is_billing, _is_transfer_in):
        entries = [move.entry for move in group if is_beginning(move)]
        if entries:
            return min(entries, key=lambda entry: entry.day)
    return None


def _is_billing(move: _Move) -> bool:
    return move.nature == "billing"


def _is_transfer_in(move: _Move) -> bool:
    return move.nature == "credit" and move.posting.amount > 0


def _invoice(key: _Key, billed: Sequence[_Move], amount: Decimal, year: FiscalYear | None) -> LedgerInvoice:
    entry, posting = billed[0].entry, billed[0].posting
    due = [move.posting.due_date for move in billed if move.posting.due_date is not None]
    day = _document_day(posting, booked_day(entry.day, year), year)
    return LedgerInvoice(posting.line, *key, day, max(due, default=None), amount, billed[0].vat_amount)


def _document_day(posting: Posting, booked: date, year: FiscalYear | None) -> date:
    """Return the document's own day, or that of its entry where only this keeps it in its month and period.

    Balances at the end of a period and turnover of a month are those of the ledger, and so must be the
    documents of that period and month.
    """
    own = posting.document_date
    if own is None or (own.year, own.month) != (booked.year, booked.month):
        return booked
    ends = year.ends if year else ()
    is_apart = any(min(own, booked) <= end < max(own, booked) for end in ends)
    return booked if is_apart else own


def _add_settlement(found: LedgerDocuments, move: _Move, year: FiscalYear | None) -> None:
    entry, posting = move.entry, move.posting
    day = booked_day(entry.day, year)
    number = " ".join(part for part in (f"{day.year}", entry.journal, entry.number) if part)
    kind = "credit" if move.nature == "billing" else move.nature
    if posting.amount:
        found.settlements.append(
            LedgerSettlement(
                posting.line,
                number,
                posting.customer,
                posting.document,
                day,
                -posting.amount - posting.discount,
                kind,
                posting.discount,
            )
        )


def _add_nameless(found: LedgerDocuments, move: _Move, year: FiscalYear | None) -> None:
    posting = move.posting
    is_invoice = posting.amount > 0 and move.nature == "billing"
    if not posting.customer or is_invoice:
        reason = reasons.NO_DOCUMENT() if posting.customer else reasons.NO_CUSTOMER()
        found.refusals.append(DocumentRefusal(posting.line, reason, raw_posting(move.entry, posting)))
    else:
        _add_settlement(found, move, year)


def raw_posting(entry: JournalEntry, posting: Posting) -> str:
    """Return what a posting says, in one line, for the list of what was refused."""
    parts = (entry.day.isoformat(), entry.journal, entry.number, posting.account)
    return " ".join([*filter(None, parts), posting.customer, posting.document, f"{posting.amount}"])
