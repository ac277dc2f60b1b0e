"""Days, interest and discount of a scenario: what it does besides the bank balance."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.whatif.evaluate import WhatIf
from reports.answers.whatif.ground import Bills
from reports.answers.whatif.headline import interest
from reports.answers.whatif.lever_kind import LeverEffect
from reports.answers.whatif.levers import kind_of
from reports.answers.whatif.outcome_text import dso_label
from reports.formats import UNDEFINED, about, money, number, percent
from reports.translation import _

_YEAR = 365

_Row = tuple[str, str, str]


@dataclass(frozen=True)
class CapitalInputs:
    """The cost of money and the days of working capital, partly typed by the reader.

    Attributes:
        rate: cost of money a year, 0-1.
        dpo: days payables outstanding on the last day known; None where there are no bills.
        dio: days in stock; None where it was not given.
    """

    rate: Decimal
    dpo: float | None
    dio: float | None


def supplier_shift(what_if: WhatIf, bills: Bills) -> int:
    """Return how many days later suppliers are paid in the scenario."""
    return sum(
        supplier_days(lever, bills)
        for lever in what_if.scenario.levers
        if (supplier_days := kind_of(lever).supplier_days) is not None
    )


def cash_cycle(dso: float | None, dpo: float | None, dio: float | None) -> float | None:
    """Return DSO + DIO − DPO in days; None where one of them is not known."""
    return None if dso is None or dpo is None or dio is None else dso + dio - dpo


def fact_rows(what_if: WhatIf, inputs: CapitalInputs, bills: Bills) -> pl.DataFrame:
    """Return days, interest and discount, base and scenario: `fact`, `base_case`, `scenario`, all text."""
    rows = [
        *_days(what_if, inputs, bills),
        *_interest(what_if, inputs.rate),
        *_discount(what_if, inputs.rate),
    ]
    return pl.DataFrame(rows, schema=["fact", "base_case", "scenario"], orient="row")


def _days(what_if: WhatIf, inputs: CapitalInputs, bills: Bills) -> Iterator[_Row]:
    dpo = (inputs.dpo, None if inputs.dpo is None else inputs.dpo + supplier_shift(what_if, bills))
    yield dso_label(what_if), number(what_if.dso[0], 1), number(what_if.dso[1], 1)
    yield _("Supplier days (DPO)"), number(dpo[0], 1), number(dpo[1], 1)
    if inputs.dio is not None:
        cycle = [cash_cycle(dso, days, inputs.dio) for dso, days in zip(what_if.dso, dpo, strict=True)]
        yield _("Cash cycle (DSO + DIO − DPO)"), number(cycle[0], 1), number(cycle[1], 1)


def _interest(what_if: WhatIf, rate: Decimal) -> Iterator[_Row]:
    label = _(
        "Interest saved in {count} weeks at {rate} a year",
        count=what_if.base.weeks.height,
        rate=percent(rate),
    )
    yield label, UNDEFINED, about(interest(what_if, rate), what_if.base.currency, sign=True)


def _discount(what_if: WhatIf, rate: Decimal) -> Iterator[_Row]:
    currency = what_if.base.currency
    if any(kind_of(lever).gives_discount for lever in what_if.scenario.levers):
        yield _("Discount given"), money(Decimal(0), currency, 0), about(what_if.forgone, currency)
    for effect in what_if.effects:
        if effect.yearly_rate is not None:
            yield _("What the discount costs a year"), UNDEFINED, percent(effect.yearly_rate)
            label = _("Discount that pays for itself at {rate} a year", rate=percent(rate))
            yield label, UNDEFINED, percent(break_even(effect, rate), 2)


def break_even(effect: LeverEffect, rate: Decimal) -> float | None:
    """Return the discount, as a share, that costs no more than money does: d/(1-d) x 365/days = rate."""
    if effect.days_saved is None or effect.days_saved <= 0:
        return None
    cost = float(rate) * effect.days_saved / _YEAR
    return cost / (1 + cost)


def facts_finding(inputs: CapitalInputs) -> Finding:
    """Return the heading of the facts, and from what they are counted."""
    method = _(
        "DSO by countback at the end of the weeks. DPO on the day, moved as the levers move suppliers. "
        "Interest: difference of the closing balances, at what money costs."
    )
    if inputs.dpo is None:
        method += " " + _("No bills: supplier days are not known.")
    return Finding(_("Days, interest and discount"), method)
