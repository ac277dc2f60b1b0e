"""The receipts that were applied, by id, account and document, so that one that comes back is known."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from data.bank.books import BankEntry, Cents, Position
from data.bank.outcome import Outcome
from data.bank.payers import compact_account

NO_ID = frozenset({"", "NOTPROVIDED", "NONREF"})


@dataclass(slots=True)
class Receipt:
    """A receipt on invoices; what came back of it is no longer in it.

    Attributes:
        entry: the entry.
        parts: document -> money on it.
        settles: document, kind and amount of what was settled beside the money.
    """

    entry: BankEntry
    parts: dict[Position, Cents] = field(default_factory=dict)
    settles: list[tuple[Position, str, Cents]] = field(default_factory=list)

    @property
    def amount(self) -> Cents:
        """The money that is still on invoices."""
        return sum(self.parts.values())


class Register:
    """The receipts on invoices."""

    def __init__(self) -> None:
        """Start with none."""
        self._by_id: dict[str, list[Receipt]] = defaultdict(list)
        self._by_account: dict[tuple[str, Cents], list[Receipt]] = defaultdict(list)
        self._by_document: dict[Position, list[Receipt]] = defaultdict(list)

    def add(self, outcome: Outcome) -> None:
        """Take in what was applied of an entry."""
        parts = {
            line.document: line.amount
            for line in outcome.lines
            if line.document is not None and line.amount > 0
        }
        if not parts:
            return
        entry = outcome.entry
        receipt = Receipt(entry, parts, [(one.document, one.kind, one.amount) for one in outcome.settles])
        if entry.end_to_end_id.upper() not in NO_ID:
            self._by_id[entry.end_to_end_id].append(receipt)
        self._by_account[(compact_account(entry.counterparty_account), entry.amount)].append(receipt)
        for position in parts:
            self._by_document[position].append(receipt)

    def of_id(self, end_to_end_id: str) -> list[Receipt]:
        """Return the receipts of an end-to-end id that did not come back, the latest first."""
        known = [] if end_to_end_id.upper() in NO_ID else self._by_id.get(end_to_end_id, [])
        return _standing(known)

    def of_account(self, account: str, amount: Cents) -> list[Receipt]:
        """Return the receipts of an account and amount that did not come back, the latest first."""
        compact = compact_account(account)
        return _standing(self._by_account.get((compact, amount), ())) if compact else []

    def of_documents(self, positions: Iterable[Position]) -> list[Receipt]:
        """Return the receipts on documents that did not come back, the latest first."""
        return _standing([one for position in positions for one in self._by_document.get(position, ())])


def _standing(receipts: Sequence[Receipt]) -> list[Receipt]:
    return [receipt for receipt in reversed(receipts) if receipt.amount > 0]
