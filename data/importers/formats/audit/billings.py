"""Which postings on receivables are invoices, which payments: by journal, and by what stands against them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from data.importers.formats.audit.balances import booked_day, last_known_day, month_end, month_ends
from data.importers.formats.audit.ledger import ZERO, AuditFile, Chart, JournalEntry, Posting

Nature = Literal["billing", "payment", "discount", "write_off", "credit"]


@dataclass(frozen=True, slots=True)
class MonthTurnover:
    """What was invoiced on receivables in a month, less credit notes, VAT included.

    Attributes:
        first_day, last_day: of the month, or of the part of it that is in the file's year.
        amount: debit of the receivables less credit, in the currency of the ledger.
        line: of the first entry of the month; that of the year if there is none.
    """

    first_day: date
    last_day: date
    amount: Decimal
    line: int


def natures(
    file: AuditFile, chart: Chart, entries: Iterable[JournalEntry]
) -> Iterator[tuple[JournalEntry, list[tuple[Posting, Nature]]]]:
    """Give every entry with postings on receivables, and of each such posting what it is.

    Against sales stands an invoice (or, negative, a credit note), against money a payment. Where an entry has
    both, as a bank statement may, a debit is an invoice and a credit a payment. Against neither of them the
    journal decides; else it is a discount or write-off where only the profit and loss account stands against
    it, and a credit among receivables or other balances.
    """
    for entry in entries:
        mine = [posting for posting in entry.postings if posting.account in chart.receivables]
        if mine and entry.kind != "opening":
            of_debit, of_credit = _natures_of_entry(file, chart, entry)
            yield entry, [(posting, of_debit if posting.amount > 0 else of_credit) for posting in mine]


def _natures_of_entry(file: AuditFile, chart: Chart, entry: JournalEntry) -> tuple[Nature, Nature]:
    others = {posting.account for posting in entry.postings} - chart.receivables
    has_money, has_revenue = bool(others & chart.money), bool(others & chart.revenue)
    results = others & file.result_accounts
    if has_revenue or has_money:
        return "billing" if has_revenue else "payment", "payment" if has_money else "billing"
    if entry.kind == "sales" or (others & chart.tax and not results):
        return "billing", "billing"
    if entry.kind == "money":
        return "payment", "payment"
    if not results or not others <= results | chart.tax:
        return "credit", "credit"
    return ("discount", "discount") if results <= chart.discounts else ("write_off", "write_off")


def accounts_in_credit(
    entries: Iterable[JournalEntry], receivables: frozenset[str], candidates: frozenset[str]
) -> frozenset[str]:
    """Return those of the candidates that come to a credit in the entries with receivables: sales, mostly.

    Costs, write-offs and discounts come to a debit there.
    """
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for entry in entries:
        if entry.kind != "opening" and any(posting.account in receivables for posting in entry.postings):
            for posting in entry.postings:
                if posting.account in candidates:
                    totals[posting.account] += posting.amount
    return frozenset(account for account, total in totals.items() if total < 0)


def turnover(file: AuditFile, chart: Chart) -> list[MonthTurnover]:
    """Return the turnover of each month the file knows as a whole; of a batch, each month that has any.

    Entries dated outside the file's year count in its first or last month. Of a file with gaps no month is
    sure.
    """
    if not chart.receivables or file.has_gaps:
        return []
    year = file.year
    months: dict[date, Decimal] = defaultdict(lambda: ZERO)
    lines: dict[date, int] = {}
    for entry, postings in natures(file, chart, file.entries):
        end = month_end(booked_day(entry.day, year))
        for posting, nature in postings:
            if nature == "billing":
                months[end] += posting.amount
                lines.setdefault(end, entry.line)
    if not file.is_complete or year is None:
        return [_month(end, amount, lines[end]) for end, amount in sorted(months.items())]
    if not file.entries:
        return []
    known = last_known_day(file, year)
    return [
        MonthTurnover(
            max(end.replace(day=1), year.first_day),
            end,
            months[month_end(end)],
            lines.get(month_end(end), year.line),
        )
        for end in month_ends(year.first_day, year.last_day)
        if end <= known
    ]


def _month(end: date, amount: Decimal, line: int) -> MonthTurnover:
    return MonthTurnover(end - timedelta(days=end.day - 1), end, amount, line)
