"""What lists of open items settle, worked out day by day without the product."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class PlainDocument:
    """A document with what the books know of it.

    Attributes:
        issued: its date.
        amount: below 0 for a credit note.
        payments: day and amount of each.
        lists: day of a list -> what it shows as open; 0.00: it is on the list no longer.
    """

    issued: date
    amount: Decimal
    payments: Sequence[tuple[date, Decimal]]
    lists: Mapping[date, Decimal]

    def open_on(self, day: date) -> Decimal:
        """Return what is open at the end of a day."""
        if day < self.issued:
            return ZERO
        booked, by_lists, lowest = ZERO, ZERO, ZERO
        for moment in sorted(self._days()):
            if moment > day:
                break
            if moment == self.issued:
                booked += self.amount
            booked -= sum((amount for paid, amount in self.payments if self._day(paid) == moment), ZERO)
            shown = self._shown_on(moment)
            if shown is not None:
                by_lists, lowest = booked - shown, self._toward_zero(shown)
            elif self._is_overpaid(booked - by_lists, lowest):
                by_lists = self._with_room(booked, by_lists, lowest)
        return booked - by_lists

    def _days(self) -> set[date]:
        paid = {self._day(day) for day, _amount in self.payments}
        return {self.issued} | paid | {self._day(day) for day in self.lists}

    def _day(self, day: date) -> date:
        return max(day, self.issued)

    def _shown_on(self, moment: date) -> Decimal | None:
        days = [day for day in self.lists if self._day(day) == moment]
        return self.lists[max(days)] if days else None

    @property
    def _is_credit(self) -> bool:
        return self.amount < 0

    def _toward_zero(self, shown: Decimal) -> Decimal:
        """Return the open amount that later money may leave at least: what the list showed as overpaid."""
        return max(ZERO, shown) if self._is_credit else min(ZERO, shown)

    def _is_overpaid(self, is_open: Decimal, lowest: Decimal) -> bool:
        return is_open > lowest if self._is_credit else is_open < lowest

    def _with_room(self, booked: Decimal, by_lists: Decimal, lowest: Decimal) -> Decimal:
        """Return what lists settle once later money took its place; never the other way."""
        if self._is_credit:
            return by_lists if by_lists >= 0 else min(ZERO, booked - lowest)
        return by_lists if by_lists <= 0 else max(ZERO, booked - lowest)
