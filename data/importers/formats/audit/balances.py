"""The balance of the receivable accounts before a year and at the end of each of its periods."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from data.importers import audit_reasons as reasons
from data.importers.formats.audit.ledger import ZERO, AuditFile, Chart, FiscalYear, receivable_postings
from data.message_templates import Message


@dataclass
class LedgerBalances:
    """Balances of the receivables.

    Attributes:
        days: day -> balance at its end, and the line of the file where its year is stated.
        notes: what about them is worth a sentence.
        is_sure: nothing the file says contradicts them.
    """

    days: dict[date, tuple[Decimal, int]] = field(default_factory=dict)
    notes: list[Message] = field(default_factory=list)
    is_sure: bool = True


def balances(file: AuditFile, chart: Chart) -> LedgerBalances:
    """Return the balances a file states or implies, day by day; none where it states no opening.

    A period that was not over when the file was written, or that nothing is booked in yet, has no balance:
    what is not booked yet is no statement about that day.
    """
    stated = LedgerBalances()
    for year in file.years if chart.receivables else ():
        _add_year(stated, file, chart, year)
    if not chart.receivables:
        customers = _of_parties(file)
        stated.days |= customers.days
        stated.notes += customers.notes
    return stated


def booked_day(day: date, year: FiscalYear | None) -> date:
    """Return the day a posting counts on in its year: an entry dated outside the year counts on its edge."""
    return day if year is None else min(max(day, year.first_day), year.last_day)


def last_known_day(file: AuditFile, year: FiscalYear) -> date:
    """Return the last day the file can tell the balance of: the end of its year, or earlier.

    A year that was not over is known up to the end of the month of its last entry, as long as that month was
    over when the file was written.
    """
    if file.made is not None and file.made > year.last_day:
        return year.last_day
    last = _last_booked_day(file, year)
    if last is None:
        return year.first_day - timedelta(days=1)
    known = min(month_end(last), year.last_day)
    if file.made is not None and file.made < known:
        return date(file.made.year, file.made.month, 1) - timedelta(days=1)
    return known


def month_end(day: date) -> date:
    """Return the last day of the month of a day."""
    return date(day.year, day.month, monthrange(day.year, day.month)[1])


def month_ends(first_day: date, last_day: date) -> tuple[date, ...]:
    """Return the last days of the months from one day to another, the last day itself at the end."""
    ends = []
    end = month_end(first_day)
    while end < last_day:
        ends.append(end)
        end = month_end(end + timedelta(days=1))
    return (*ends, last_day)


def total_of_accounts(amounts: Mapping[str, Decimal], accounts: frozenset[str]) -> Decimal:
    """Return what the amounts of some accounts come to."""
    return sum((amount for account, amount in amounts.items() if account in accounts), ZERO)


def _last_booked_day(file: AuditFile, year: FiscalYear) -> date | None:
    if year.has_entries and file.entries:
        return booked_day(max(entry.day for entry in file.entries), year)
    if year.movements:
        return max(end for months in year.movements.values() for end in months)
    return None


def _add_year(stated: LedgerBalances, file: AuditFile, chart: Chart, year: FiscalYear) -> None:
    if year.opening is None:
        if year.has_entries and file.entries and file.is_complete:
            stated.notes.append(reasons.NO_OPENING())
        return
    opening = total_of_accounts(year.opening, chart.receivables)
    _state(stated, year.first_day - timedelta(days=1), opening, year)
    changes = _changes(file, chart, year)
    known = last_known_day(file, year)
    is_over = file.made is None or file.made > year.last_day
    closing = None if year.closing is None else total_of_accounts(year.closing, chart.receivables)
    if changes is not None and closing is not None:
        booked = opening + sum((amount for _day, amount in changes), ZERO)
        if booked != closing:
            stated.is_sure = False
            stated.notes.append(reasons.CLOSING_DIFFERS(day=year.last_day, declared=closing, booked=booked))
            changes = None
    if changes is not None:
        for end, balance in _running(opening, changes, [end for end in year.ends if end <= known]):
            _state(stated, end, balance, year)
    elif closing is not None and is_over:
        _state(stated, year.last_day, closing, year)


def _running(
    opening: Decimal, changes: Sequence[tuple[date, Decimal]], ends: Sequence[date]
) -> Iterator[tuple[date, Decimal]]:
    """Give the balance at each of the ends, ascending."""
    balance, waiting = opening, iter(sorted(changes))
    change = next(waiting, None)
    for end in ends:
        while change is not None and change[0] <= end:
            balance += change[1]
            change = next(waiting, None)
        yield end, balance


def _state(stated: LedgerBalances, day: date, balance: Decimal, year: FiscalYear) -> None:
    """Note a balance; the opening of a year comes before the closing of the year ahead of it."""
    earlier = stated.days.get(day)
    if earlier is not None and earlier[0] != balance:
        stated.notes.append(reasons.YEARS_DIFFER(day=day, closing=earlier[0], opening=balance))
        stated.is_sure = False
    stated.days[day] = (balance, year.line)


def _changes(file: AuditFile, chart: Chart, year: FiscalYear) -> Sequence[tuple[date, Decimal]] | None:
    if year.has_entries and file.entries:
        return [
            (booked_day(entry.day, year), posting.amount)
            for entry, posting in receivable_postings(file, chart)
        ]
    if year.movements is None:
        return None
    return [
        (end, amount)
        for account, months in year.movements.items()
        if account in chart.receivables
        for end, amount in months.items()
    ]


def _of_parties(file: AuditFile) -> LedgerBalances:
    """Return what the customers are stated to owe at the start and end of the year, all together."""
    stated, year = LedgerBalances(), file.year or (file.years[-1] if file.years else None)
    customers = [party for party in file.parties if party.is_customer]
    if year is None:
        return stated
    opening = [party.opening for party in customers if party.opening is not None]
    closing = [party.closing for party in customers if party.closing is not None]
    if opening:
        _state(stated, year.first_day - timedelta(days=1), sum(opening, ZERO), year)
    if closing and (file.made is None or file.made > year.last_day):
        _state(stated, year.last_day, sum(closing, ZERO), year)
    if stated.days:
        stated.notes.append(reasons.BALANCES_OF_CUSTOMERS())
    return stated
