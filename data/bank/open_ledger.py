"""What is open as the days go by: documents come in, others settle them, the bank's money stands on them."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from data.bank.books import Cents, Document, Position

Settlement = tuple[date, Position, Cents]
"""Day, document, and by how much it is settled: above 0 for an invoice, below 0 for a credit note."""


class OpenLedger:
    """The open documents of one day, by customer and by amount.

    What people have set aside of an invoice for an entry is open for that entry alone.
    """

    def __init__(
        self, documents: Sequence[Document], settled: Sequence[Settlement], reserved: Mapping[Position, Cents]
    ) -> None:
        """Start before the first day.

        Args:
            documents: the oldest first.
            settled: in any order.
            reserved: what people applied on each invoice, on whatever day.
        """
        self.documents = documents
        self.balance: list[Cents] = [document.amount for document in documents]
        self._reserved = defaultdict(int, reserved)
        self._is_in = [False] * len(documents)
        self._is_out = [False] * len(documents)
        self._settled = sorted(settled)
        self._cancelled = sorted(
            (document.cancelled, position)
            for position, document in enumerate(documents)
            if document.cancelled is not None
        )
        self._next = [0, 0, 0]
        self._by_customer: dict[tuple[str, str], list[Position]] = defaultdict(list)
        self._amounts: dict[tuple[str, str], dict[Cents, list[Position]]] = defaultdict(dict)
        self._by_amount: dict[tuple[str, Cents], list[Position]] = {}
        self._credits: dict[tuple[str, str], list[Position]] = defaultdict(list)
        self._listed: dict[Position, Cents] = {}

    def advance(self, day: date | None) -> list[Position]:
        """Go on to the end of a day, null for the last of all, and return the documents that came in."""
        fresh: list[Position] = []
        place = self._next[0]
        while place < len(self.documents) and (day is None or self.documents[place].day <= day):
            self._is_in[place] = True
            fresh.append(place)
            place += 1
        self._next[0] = place
        changed = list(fresh)
        place = self._next[1]
        while place < len(self._settled) and (day is None or self._settled[place][0] <= day):
            _day, position, amount = self._settled[place]
            self.balance[position] -= amount
            changed.append(position)
            place += 1
        self._next[1] = place
        place = self._next[2]
        while place < len(self._cancelled) and (day is None or self._cancelled[place][0] <= day):
            self._is_out[self._cancelled[place][1]] = True
            changed.append(self._cancelled[place][1])
            place += 1
        self._next[2] = place
        for position in changed:
            self._list(position)
        return fresh

    def settle(self, position: Position, amount: Cents) -> None:
        """Lower what is open on a document by an amount, raise it by one below 0."""
        self.balance[position] -= amount
        self._list(position)

    def release(self, position: Position, amount: Cents) -> None:
        """Take back what was set aside of an invoice."""
        self._reserved[position] -= amount
        self._list(position)

    def is_in(self, position: Position) -> bool:
        """Tell whether a document is in the books by now and was not cancelled."""
        return self._is_in[position] and not self._is_out[position]

    def open(self, position: Position) -> Cents:
        """Return what is open on a document and not set aside; below 0 for a credit note, 0 if it is not in."""
        if not self.is_in(position):
            return 0
        balance = self.balance[position]
        if self.documents[position].amount < 0:
            return min(balance, 0)
        return max(balance - max(self._reserved.get(position, 0), 0), 0)

    def invoices_of(self, customer: str, currency: str) -> Sequence[Position]:
        """Return the open invoices of a customer, the oldest first."""
        return self._by_customer.get((customer, currency), ())

    def amounts_of(self, customer: str, currency: str) -> Mapping[Cents, Sequence[Position]]:
        """Return the open amounts of a customer, each with its invoices, the oldest first."""
        return self._amounts.get((customer, currency), {})

    def credits_of(self, customer: str, currency: str) -> Sequence[Position]:
        """Return the open credit notes of a customer, the oldest first."""
        return self._credits.get((customer, currency), ())

    def of_amount(self, currency: str, amount: Cents) -> Sequence[Position]:
        """Return the invoices on which exactly this amount is open, the oldest first."""
        return self._by_amount.get((currency, amount), ())

    def _list(self, position: Position) -> None:
        """Bring the lists up to what is open on a document now."""
        is_open, was_open = self.open(position), self._listed.get(position, 0)
        if is_open == was_open:
            return
        document = self.documents[position]
        key = (document.customer, document.currency)
        if document.amount < 0:
            if was_open and not is_open:
                _drop(self._credits[key], position)
            elif is_open and not was_open:
                insort(self._credits[key], position)
        else:
            if was_open:
                _drop_of(self._amounts[key], was_open, position)
                _drop_of(self._by_amount, (document.currency, was_open), position)
            if is_open:
                insort(self._amounts[key].setdefault(is_open, []), position)
                insort(self._by_amount.setdefault((document.currency, is_open), []), position)
            if was_open and not is_open:
                _drop(self._by_customer[key], position)
            elif is_open and not was_open:
                insort(self._by_customer[key], position)
        if is_open:
            self._listed[position] = is_open
        else:
            self._listed.pop(position, None)


def _drop(positions: list[Position], position: Position) -> None:
    del positions[bisect_left(positions, position)]


def _drop_of(lists: dict[Any, list[Position]], key: object, position: Position) -> None:
    _drop(lists[key], position)
    if not lists[key]:
        del lists[key]
