"""Money out: payments that came back, refunds to customers, bills of suppliers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.bank.books import Bill, Cents, Entry, Position
from data.bank.evidence import Evidence, Setting
from data.bank.names import exact_name, plain
from data.bank.numbers import compact_number
from data.bank.register import Receipt, Register

MOST_CHARGED = 5_000
"""What a bank charges at most for a payment that came back, in cents."""
_REFUND = re.compile(
    r"\b(?:TERUGBETALING|TERUGBET\w*|TERUGSTORTING|TERUGGAAF|RESTITUTIE|CREDIT\w*|REFUND\w*|ERSTATTUNG|GUTSCHRIFT|"
    r"REMBOURSEMENT|TEVEEL BETAALD|TE VEEL BETAALD|DUBBEL\w* BETA\w*|OVERPAYMENT)\b"
)
_SHORTEST_BILL = 4
_WORD = re.compile(r"[A-Z0-9]+(?:[-/._][A-Z0-9]+)*")


@dataclass(frozen=True, slots=True)
class CameBack:
    """What came back.

    Attributes:
        receipt: the receipt that is undone.
        parts: document -> money that it opens again, above 0.
        charge: what the bank charges beside it, 0 or above.
        is_certain: whether it is plain.
    """

    receipt: Receipt
    parts: dict[Position, Cents]
    charge: Cents
    is_certain: bool


def came_back(register: Register, clues: Evidence) -> CameBack | None:
    """Return the receipt that a return undoes, null if none is like it."""
    entry, amount = clues.entry, -clues.entry.amount
    receipts = register.of_id(entry.end_to_end_id)
    for receipt in receipts:
        if 0 <= amount - receipt.amount <= MOST_CHARGED:
            return CameBack(receipt, dict(receipt.parts), amount - receipt.amount, is_certain=True)
    named = register.of_documents(clues.surely)
    for charge in (0, *sorted(clues.charges)):
        for receipt in named:
            if receipt.amount + charge == amount:
                return CameBack(receipt, dict(receipt.parts), charge, is_certain=True)
            parts = {
                position: money
                for position, money in receipt.parts.items()
                if position in clues.surely and money + charge == amount
            }
            if len(parts) == 1:
                return CameBack(receipt, parts, charge, is_certain=True)
    like = register.of_account(entry.counterparty_account, amount)
    if like and not clues.surely:
        return CameBack(like[0], dict(like[0].parts), 0, is_certain=len(like) == 1)
    for receipt in [*receipts, *named]:
        if amount < receipt.amount:
            return CameBack(receipt, _first(receipt, amount), 0, is_certain=False)
    return None


def _first(receipt: Receipt, amount: Cents) -> dict[Position, Cents]:
    parts: dict[Position, Cents] = {}
    for position, money in receipt.parts.items():
        part = min(money, amount - sum(parts.values()))
        if part > 0:
            parts[position] = part
    return parts


def credit_note_refund(setting: Setting, clues: Evidence) -> Sequence[Position]:
    """Return the credit notes that money out certainly pays: named, or the only one of a known customer."""
    amount = -clues.entry.amount
    named = [position for position in clues.surely if setting.ledger.open(position) < 0]
    if named:
        is_exact = -sum(setting.ledger.open(position) for position in named) == amount
        return named if is_exact else ()
    if clues.payer.known is None or clues.strangers:
        return ()
    notes = setting.ledger.credits_of(clues.payer.known, clues.entry.currency)
    return [position for position in notes if -setting.ledger.open(position) == amount][:1]


def is_refund(entry: Entry) -> bool:
    """Tell whether the text says that money is paid back."""
    return _REFUND.search(plain(entry.description)) is not None


class OpenBills:
    """The bills of suppliers that no entry has paid yet."""

    def __init__(self, bills: Iterable[Bill]) -> None:
        """Index bills, the oldest first."""
        self._by_amount: dict[tuple[str, Cents], list[Bill]] = defaultdict(list)
        self._by_number: dict[str, list[Bill]] = defaultdict(list)
        self._is_paid: set[str] = set()
        for bill in bills:
            self._by_amount[(bill.currency, bill.amount)].append(bill)
            number = compact_number(bill.bill_id)
            if len(number) >= _SHORTEST_BILL:
                self._by_number[number].append(bill)

    def pay(self, entry: Entry) -> tuple[str, ...]:
        """Return the bills that money out pays, and pay them: those named, or the oldest of the supplier."""
        named = self._named(entry)
        if named and sum(bill.amount for bill in named) == -entry.amount:
            return self._mark(named)
        for bill in named:
            if bill.amount == -entry.amount:
                return self._mark([bill])
        supplier = exact_name(entry.counterparty)
        for bill in self._by_amount.get((entry.currency, -entry.amount), ()):
            if self._is_open(bill, entry) and supplier and exact_name(bill.supplier) == supplier:
                return self._mark([bill])
        return ()

    def _named(self, entry: Entry) -> list[Bill]:
        words = _WORD.findall(plain(f"{entry.description} {entry.end_to_end_id} {entry.reference}"))
        numbers = dict.fromkeys(compact_number(word) for word in words)
        bills = [bill for number in numbers for bill in self._by_number.get(number, ())]
        return [bill for bill in bills if self._is_open(bill, entry)]

    def _is_open(self, bill: Bill, entry: Entry) -> bool:
        return bill.bill_id not in self._is_paid and bill.day <= entry.day and bill.currency == entry.currency

    def _mark(self, bills: Sequence[Bill]) -> tuple[str, ...]:
        numbers = tuple(bill.bill_id for bill in bills)
        self._is_paid.update(numbers)
        return numbers
