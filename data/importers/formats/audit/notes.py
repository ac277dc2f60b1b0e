"""What an audit file says of itself, in sentences: what was found in it, and what does not agree."""

from collections.abc import Iterator

from data.importers import audit_reasons as reasons
from data.importers.formats.audit.balances import LedgerBalances, total_of_accounts
from data.importers.formats.audit.elements import printable
from data.importers.formats.audit.ledger import ZERO, AuditFile, Chart, receivable_postings
from data.message_templates import Message

_NAMED = 5


def file_notes(file: AuditFile, chart: Chart, stated: LedgerBalances) -> list[Message]:
    """Return the sentences about a file and its balances, in the order in which they are read."""
    return [
        *_contents(file),
        *_unbalanced(file),
        *_outside(file),
        *file.others,
        *_parties(file),
        *_accounts(file, chart),
        *_balances(file, chart, stated),
    ]


def _contents(file: AuditFile) -> Iterator[Message]:
    year = file.year or (file.years[-1] if file.years else None)
    if year is None:
        return
    yield reasons.AUDIT_FILE(
        format=printable(file.format),
        company=printable(file.company) or "?",
        first=year.first_day,
        last=year.last_day,
        entries=len(file.entries),
        lines=file.counted.lines,
        debit=file.counted.debit,
        credit=file.counted.credit,
    )
    declared = file.declared
    if declared is None:
        return
    faults = [
        sentence(declared=stated)
        for sentence, stated, counted in (
            (reasons.DECLARED_LINES, declared.lines, file.counted.lines),
            (reasons.DECLARED_DEBIT, declared.debit, file.counted.debit),
            (reasons.DECLARED_CREDIT, declared.credit, file.counted.credit),
        )
        if stated is not None and stated != counted
    ]
    yield reasons.DECLARED_DIFFERS(faults=faults) if faults else reasons.DECLARED_AGREES()


def _unbalanced(file: AuditFile) -> Iterator[Message]:
    names = [
        printable(f"{' '.join(filter(None, (entry.journal, entry.number)))} ({entry.imbalance})")
        for entry in file.entries
        if entry.imbalance
    ]
    listed = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        yield reasons.UNBALANCED_MORE(names=listed, more=len(names) - _NAMED)
    elif names:
        yield reasons.UNBALANCED(names=listed)


def _outside(file: AuditFile) -> Iterator[Message]:
    year = file.year
    if year is None:
        return
    count = sum(
        1
        for entry in file.entries
        if entry.kind != "opening" and not year.first_day <= entry.day <= year.last_day
    )
    if count:
        yield reasons.DATES_OUTSIDE(count=count)


def _parties(file: AuditFile) -> Iterator[Message]:
    if count := sum(1 for party in file.parties if not party.is_customer):
        yield reasons.SUPPLIERS_LEFT_OUT(count=count)


def _accounts(file: AuditFile, chart: Chart) -> Iterator[Message]:
    if chart.origin is not None:
        yield chart.origin
    elif file.entries or any(year.opening for year in file.years):
        yield reasons.NO_ACCOUNTS()
    if count := sum(1 for _entry, posting in receivable_postings(file, chart) if posting.is_foreign):
        yield reasons.FOREIGN_LINES(count=count, currency=file.currency)


def _balances(file: AuditFile, chart: Chart, stated: LedgerBalances) -> Iterator[Message]:
    yield from stated.notes
    if stated.days:
        first, last = min(stated.days), max(stated.days)
        yield reasons.BALANCES(
            count=len(stated.days),
            opening=stated.days[first][0],
            first=first,
            closing=stated.days[last][0],
            last=last,
        )
    year = file.year
    openings = [party.opening for party in file.parties if party.is_customer and party.opening is not None]
    if chart.receivables and openings and year is not None and year.opening is not None:
        customers = sum(openings, ZERO)
        accounts = total_of_accounts(year.opening, chart.receivables)
        if customers != accounts:
            yield reasons.CUSTOMERS_DIFFER(customers=customers, accounts=accounts)
