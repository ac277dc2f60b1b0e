"""What a lever does to the bank balance, in figures and in one sentence; each kind of lever picks its own."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.answers.shared.money import cents
from reports.answers.whatif.lever import Lever
from reports.formats import about, percent
from reports.formats import week as week_label
from reports.translation import _


@dataclass(frozen=True)
class OutcomeFigures:
    """What a scenario with one lever does; money in the reporting currency, more in the bank is positive.

    Attributes:
        lever: of the scenario.
        subject: the lever in a few words, with its customers where it is not for everybody.
        customers: for whom it is; empty: everybody.
        weeks: of the forecast.
        currency: of the amounts.
        last: difference of the balance after the last week.
        most: the largest difference after any week, and `most_week`, the Monday of that week.
        interest: cost of money on the differences of all weeks, negative where it is paid.
        cost_of_money: a year, 0-1.
        forgone: discount given within the weeks.
        yearly_rate: what a discount costs a year, 0-1; None where there is none, or nothing comes earlier.
        yearly_rate_band: the same if these customers pay as late, and as early, as they often do.
    """

    lever: Lever
    subject: str
    customers: str
    weeks: int
    currency: str
    last: Decimal
    most: Decimal
    most_week: date
    interest: Decimal
    cost_of_money: Decimal
    forgone: Decimal = Decimal("0.00")
    yearly_rate: float | None = None
    yearly_rate_band: tuple[float, float] | None = None

    @property
    def interest_a_year(self) -> Decimal:
        """What the difference after the last week is worth a year: amount x cost of money."""
        return cents(float(abs(self.last) * self.cost_of_money))


def forward_sentence(figures: OutcomeFigures) -> str:
    """Return how much comes in earlier or later from now on, and what that is worth a year."""
    values = {
        "lever": figures.subject,
        "amount": about(abs(figures.last), figures.currency),
        "weeks": figures.weeks,
        "interest": about(figures.interest_a_year, figures.currency),
        "rate": cost_of_money_text(figures.cost_of_money),
    }
    if figures.last > 0:
        return _(
            "{lever}: {amount} brought forward in {weeks} weeks, worth {interest} a year at {rate}", **values
        )
    return _(
        "{lever}: {amount} comes in later than these {weeks} weeks, {interest} a year at {rate}", **values
    )


def peak_sentence(figures: OutcomeFigures) -> str:
    """Return how much more or less is in the bank at most, in which week, and the interest until the end."""
    values = {
        "lever": figures.subject,
        "amount": about(abs(figures.most), figures.currency),
        "week": week_label(figures.most_week),
        "interest": about(abs(figures.interest), figures.currency),
        "rate": cost_of_money_text(figures.cost_of_money),
    }
    if figures.most > 0:
        return _("{lever}: up to {amount} more in the bank, in {week}; saves {interest} at {rate}", **values)
    return _("{lever}: up to {amount} less in the bank, in {week}; costs {interest} at {rate}", **values)


def balance_sentence(figures: OutcomeFigures) -> str:
    """Return how much more or less is in the bank after the last week."""
    values = {
        "lever": figures.subject,
        "amount": about(abs(figures.last), figures.currency),
        "weeks": figures.weeks,
    }
    if figures.last > 0:
        return _("{lever}: {amount} more in the bank after {weeks} weeks", **values)
    return _("{lever}: {amount} less in the bank after {weeks} weeks", **values)


def cost_of_money_text(rate: Decimal) -> str:
    """Write the cost of money as it is typed: `6%`, `6,5%`."""
    return percent(rate, 0 if rate * 100 == int(rate * 100) else 1)
