"""In which order the entries of one day are decided on: by what they tell, never by their ids."""

from collections.abc import Sequence
from enum import IntEnum

from data.bank import kinds
from data.bank.books import BankEntry
from data.bank.debits import return_origin
from data.bank.desk import Desk
from data.bank.evidence import Evidence, evidence
from data.bank.manual import is_decided
from data.bank.payers import compact_account
from data.bank.register import NO_ID


class Turn(IntEnum):
    """When a receipt is decided on within its day.

    One that names what is open comes first, so that no other takes that invoice for its amount alone; one
    that names what is paid comes last, since it may be paid twice only if the others left nothing for it.
    """

    NAMES_OPEN = 0
    NAMES_OTHER = 1
    NAMES_NOTHING = 2
    NAMES_PAID = 3


def turn(desk: Desk, entry: BankEntry) -> tuple[Turn, Evidence | None]:
    """Return when a receipt is decided on, and what speaks for what, null where nobody needs to know."""
    is_plain = is_decided(desk, entry) or kinds.is_transfer(entry, desk.own_accounts)
    if is_plain or kinds.is_refusal(entry) or kinds.payment_provider(entry) is not None:
        return Turn.NAMES_OPEN, None
    clues = evidence(desk.setting, entry, desk.barred(entry))
    if any(desk.setting.ledger.open(position) for position in clues.surely):
        return Turn.NAMES_OPEN, clues
    if clues.surely:
        return Turn.NAMES_PAID, clues
    return Turn.NAMES_OTHER if clues.named or clues.reading.others else Turn.NAMES_NOTHING, clues


def as_they_return(
    receipts: Sequence[tuple[int, BankEntry]], entries: Sequence[tuple[int, BankEntry]]
) -> list[tuple[int, BankEntry]]:
    """Return the receipts of a day, those first whose id came back on it: they were there before others."""
    returned = {entry.end_to_end_id for _place, entry in entries if entry.amount < 0}
    known = {number for number in returned if number.upper() not in NO_ID}
    return sorted(receipts, key=lambda one: one[1].end_to_end_id not in known)


def is_return_of_earlier_money(desk: Desk, entry: BankEntry, receipts: Sequence[BankEntry]) -> bool:
    """Tell whether money out is a receipt decided on before that came back.

    Its invoice is open again before the receipts that follow, one of which may pay it anew; all other money
    out comes behind them, since it may be one of them that came back.

    Args:
        desk: the books before those receipts.
        entry: money out.
        receipts: those of the day that nobody decided on yet.
    """
    if is_decided(desk, entry) or kinds.is_transfer(entry, desk.own_accounts) or not kinds.is_return(entry):
        return False
    clues = evidence(desk.setting, entry, desk.barred(entry))
    back = return_origin(desk.register, clues)
    if back is None or not back.is_certain:
        return False
    return not any(_may_be_its(entry, clues, receipt) for receipt in receipts)


def _may_be_its(entry: BankEntry, clues: Evidence, receipt: BankEntry) -> bool:
    """Tell whether a receipt may be what came back: by the id of the order, or by account and amount."""
    given = entry.end_to_end_id.upper() not in NO_ID
    if given and entry.end_to_end_id == receipt.end_to_end_id:
        return True
    account = compact_account(entry.counterparty_account)
    is_like = account != "" and account == compact_account(receipt.counterparty_account)
    return is_like and not clues.surely and receipt.amount == -entry.amount
