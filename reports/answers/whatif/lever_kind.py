"""The record of a lever kind: all the what-if knows about it, for file, screen, evaluation and text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import polars as pl

from data.message_templates import Message
from forecasting.arrays import Bools
from forecasting.whatif.cash_flows import Flows
from reports.answers.whatif.customer_reactions import CustomerReactions
from reports.answers.whatif.ground import Bills, Ground
from reports.answers.whatif.lever import Key, Lever, Value, Words
from reports.answers.whatif.outcome_figures import OutcomeFigures, balance_sentence

_HALF_MORE = Decimal("1.5")


@dataclass(frozen=True)
class LeverEffect:
    """What one lever of a scenario rests on; what does not concern its kind is None.

    Attributes:
        number: of the lever, from 1.
        lever: of the scenario.
        has_documents: it reaches at least one document.
        pass_through: value, low and high, weighted by the amounts it reaches.
        paid_invoices: the estimate of the pass-through rests on so many; None where the scenario gives it.
        is_clipped: some terms would have left 0 to 365 days.
        mean_days: mean days it moves a payment, weighted by the amounts it reaches, where that is bounded.
        days_saved: days between the expected payment and the discount day.
        yearly_rate: cost of the discount as a rate per year.
        yearly_rate_band: the same if all pay as late as their worse quarter of payments, and as early as
            their better one; infinite where nothing would come earlier.
    """

    number: int
    lever: Lever
    has_documents: bool = True
    pass_through: tuple[float, float, float] | None = None
    paid_invoices: int | None = None
    is_clipped: bool = False
    mean_days: float | None = None
    days_saved: float | None = None
    yearly_rate: float | None = None
    yearly_rate_band: tuple[float, float] | None = None


@dataclass(frozen=True)
class LeverContext:
    """The days of the forecast and the bills, as far as a lever depends on them.

    Attributes:
        start: first day the levers work.
        as_of: last day known.
        last_day: of the last week.
        bills: of the suppliers.
    """

    start: date
    as_of: date
    last_day: date
    bills: Bills

    def of_lever(self, lever: Lever) -> "LeverContext":
        """Return the same from the first day a lever works: the later of its own and the scenario's."""
        return self if lever.start is None else replace(self, start=max(lever.start, self.start))

    def has(self, day: date | None) -> bool:
        """Tell whether a day is in one of the weeks."""
        return day is not None and self.as_of < day <= self.last_day


@dataclass(frozen=True)
class Alternatives:
    """Keys of which a lever holds exactly one.

    Attributes:
        labels: key -> returns what this way of giving the lever is called.
        question: returns the label of the choice between them.
        refusal: the reason where none or several are given.
    """

    labels: Mapping[str, Words]
    question: Words
    refusal: Message


ReceiptsEffect = Callable[[LeverEffect, Flows, Bools, CustomerReactions, date], tuple[Flows, LeverEffect]]
"""Takes the effect so far, the flows, the documents the lever is for, the reactions and the first day."""


@dataclass(frozen=True)
class LeverKind:
    """One kind of lever. A new kind is one such record in `levers.KINDS`; everything else reads it.

    Attributes:
        name: in a scenario file.
        label, help: return its name on screen, and a sentence on what it does.
        keys: in the order of file and screen.
        first_values: returns the values of a new lever, given the last day known. The first of `alternatives`
            among them is the one that is offered.
        summary: returns its values in a few words; None where the lever changes nothing.
        assumptions: yields sentences on what its outcome rests on, made when they are shown.
        receipts: moves the money expected from customers; None: it leaves the receipts alone.
        payments: changes the rows of `payments_out`; None: it leaves the payments alone.
        supplier_days: returns how many days later suppliers are paid; None: as before.
        target: returns a day and the amount that may be overdue on it at most; None: it is no target.
        headline: returns what the lever is for in one sentence; usually more or less in the bank at the end.
        stronger: returns the key and its value with which the lever is half as strong again, before its
            bounds; None where there is no such value. Without the function the tornado leaves the lever out.
        refusal: returns key and reason where only the books can tell that a value is wrong, else None.
        alternatives: keys that exclude one another.
        is_for_customers: it can be for some customers only.
        is_for_one_customer: a new one is for the customer that owes most.
        has_start: it works from the first day of the scenario, not on a day of its own.
        gives_discount: the discount given is part of its outcome.
        may_repeat: several beside each other are usual, unless they are equal.
    """

    name: str
    label: Words
    help: Words
    keys: tuple[Key, ...]
    first_values: Callable[[date], Mapping[str, Value]]
    summary: Callable[[Lever], str | None]
    assumptions: Callable[[LeverEffect, LeverContext], Iterator[str]]
    receipts: ReceiptsEffect | None = None
    payments: Callable[[pl.DataFrame, Lever, LeverContext], pl.DataFrame] | None = None
    supplier_days: Callable[[Lever, Bills], int] | None = None
    target: Callable[[Lever], tuple[date, Decimal]] | None = None
    headline: Callable[[OutcomeFigures], str] = balance_sentence
    stronger: Callable[[Lever, Ground], tuple[str, Decimal | int] | None] | None = None
    refusal: Callable[[Lever, LeverContext], tuple[str, Message] | None] | None = None
    alternatives: Alternatives | None = None
    is_for_customers: bool = True
    is_for_one_customer: bool = False
    has_start: bool = True
    gives_discount: bool = False
    may_repeat: bool = False

    @property
    def needs_payment_model(self) -> bool:
        """Whether it can be evaluated only where the payment model has enough history."""
        return self.receipts is not None or self.target is not None

    def key(self, name: str) -> Key:
        """Return one of its keys."""
        return next(key for key in self.keys if key.name == name)


def half_again(key: str) -> Callable[[Lever, Ground], tuple[str, Decimal | int] | None]:
    """Return the `stronger` of a kind whose strength is the value of one key."""

    def stronger(lever: Lever, _ground: Ground) -> tuple[str, Decimal | int] | None:
        value = lever.values.get(key)
        return None if value is None or isinstance(value, date) else (key, _HALF_MORE * value)

    return stronger
