"""A scenario and its levers as data: the values each lever holds and the customers it is for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

Value = int | Decimal | date
Words = Callable[[], str]
"""Returns a text of the screen in the language spoken."""

MOST_MONEY = Decimal(10) ** 14
ValueKind = Literal["whole", "percent", "share", "money", "day"]


@dataclass(frozen=True)
class Key:
    """One key of a lever and the values it may hold.

    Attributes:
        name: of the key in a scenario file.
        kind: of its values; a share is 0-1 in a file and a percentage on screen, money is to the cent.
        low, high: bounds, both allowed; they mean nothing for a day.
        label: returns the label of its box on screen; None: it has no box of its own.
        may_be_left_out: it has a default, or stands for another key.
        is_signed: a positive value is written with a plus.
    """

    name: str
    kind: ValueKind
    low: int | Decimal = 0
    high: int | Decimal = 0
    label: Words | None = None
    may_be_left_out: bool = False
    is_signed: bool = False


@dataclass(frozen=True)
class Lever:
    """One lever of a scenario.

    Attributes:
        kind: one of `levers.KINDS`.
        values: key -> value; a key that was left out is missing.
        segment: the customers of one segment; None: not chosen by segment.
        customers: ids; empty: not chosen one by one. Without segment and customers it is for everybody.
        start: first day it works; None: the scenario's.
    """

    kind: str
    values: Mapping[str, Value] = field(default_factory=dict)
    segment: str | None = None
    customers: tuple[str, ...] = ()
    start: date | None = None

    def whole(self, key: str) -> int | None:
        """Return a whole number, None where it was left out."""
        value = self.values.get(key)
        return value if isinstance(value, int) else None

    def decimal(self, key: str) -> Decimal | None:
        """Return a percentage, share or amount, None where it was left out."""
        value = self.values.get(key)
        return value if isinstance(value, Decimal) else None

    def day(self, key: str) -> date | None:
        """Return a day, None where it was left out."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None


@dataclass(frozen=True)
class Scenario:
    """Levers that work from a day on, and the limits of the bank balance.

    Attributes:
        name: given by its author.
        start: first day the levers work; None: the day after the forecast's.
        minimum_cash, credit_line: replace the settings; None: the settings hold.
        levers: in the order they are applied.
    """

    name: str
    start: date | None = None
    minimum_cash: Decimal | None = None
    credit_line: Decimal | None = None
    levers: tuple[Lever, ...] = ()

    def with_lever(self, place: int, lever: Lever) -> "Scenario":
        """Return the scenario with another lever in a place, counted from 0."""
        return replace(self, levers=(*self.levers[:place], lever, *self.levers[place + 1 :]))

    def without_lever(self, place: int) -> "Scenario":
        """Return the scenario without the lever in a place, counted from 0."""
        return replace(self, levers=(*self.levers[:place], *self.levers[place + 1 :]))
