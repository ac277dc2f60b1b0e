"""Money that is nearly what is open of the invoices named, and on which of them it stands all the same."""

from collections.abc import Sequence
from datetime import date, timedelta

from data.bank.books import Cents, Position
from data.bank.explanations import Explanation, discounts
from data.bank.open_ledger import OpenLedger

_CENTS, _LITTLE, _PER_MILLE = 5, 2_500, 1_000
_LATE = timedelta(days=30)


def less_late_discount(
    ledger: OpenLedger, invoices: Sequence[Position], amount: Cents, day: date
) -> Explanation | None:
    """Return invoices less all discounts agreed for them: those taken too late stay open."""
    cuts = dict(discounts(ledger, invoices, day - _LATE))
    due = sum(ledger.open(position) for position in invoices)
    if not cuts or due - sum(cuts.values()) != amount:
        return None
    parts = tuple((position, ledger.open(position) - cuts.get(position, 0)) for position in invoices)
    settles = tuple((position, "discount", cut) for position, cut in discounts(ledger, invoices, day))
    return Explanation("late", parts, settles)


def short_by_little(ledger: OpenLedger, invoices: Sequence[Position], amount: Cents) -> Explanation | None:
    """Return invoices paid but for so little that it hardly matters which: it stays open."""
    opens = {position: ledger.open(position) for position in invoices}
    gap = sum(opens.values()) - amount
    largest = max(opens, key=lambda position: opens[position])
    if not _is_little(gap, amount) or opens[largest] <= gap:
        return None
    parts = tuple((position, own - (gap if position == largest else 0)) for position, own in opens.items())
    return Explanation("short", parts)


def little_too_much(ledger: OpenLedger, invoices: Sequence[Position], amount: Cents) -> Cents:
    """Return by how little more than what is open was paid; 0 if it is as much, less, or a lot more."""
    rest = amount - sum(ledger.open(position) for position in invoices)
    return rest if _is_little(rest, amount) else 0


def _is_little(gap: Cents, amount: Cents) -> bool:
    return 0 < gap <= _LITTLE and (gap <= _CENTS or gap * _PER_MILLE <= amount)
