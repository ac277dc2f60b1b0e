"""Scenarios compared: the base and up to four scenarios, one row each."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.shared.finding import Finding
from reports.answers.whatif.evaluate import WhatIf
from reports.answers.whatif.facts import CapitalInputs, cash_cycle, supplier_shift
from reports.answers.whatif.ground import Bills
from reports.answers.whatif.headline import NOTABLE, interest, weeks_below
from reports.answers.whatif.outcome_figures import cost_of_money_text
from reports.columns import short_headings
from reports.formats import about, in_sentence, percent
from reports.formats import week as week_label
from reports.translation import _, _n

_NOTHING = Decimal("0.00")


def comparison_rows(
    base: CashForecast, scenarios: Mapping[str, WhatIf], inputs: CapitalInputs, bills: Bills
) -> pl.DataFrame:
    """Return base and scenarios side by side, one row each.

    Args:
        base: the forecast.
        scenarios: name -> the scenario, evaluated, in the order chosen.
        inputs: cost of money, supplier days and stock days.
        bills: of the suppliers.
    """
    first = next(iter(scenarios.values()), None)
    # DSO and the chance of the base are known from any scenario's evaluation.
    rows = [
        {
            **_balances(_("Base case"), base),
            "probability_below_minimum": None if first is None else first.below[0],
            "closing_change": _NOTHING,
            **_days(None if first is None else first.dso[0], inputs.dpo, inputs.dio),
            "interest_saved": _NOTHING,
            "discount_given": _NOTHING,
        }
    ]
    for name, what_if in scenarios.items():
        dpo = None if inputs.dpo is None else inputs.dpo + supplier_shift(what_if, bills)
        rows.append(
            {
                **_balances(name, what_if.after),
                "probability_below_minimum": what_if.below[1],
                "closing_change": what_if.difference["closing"].to_list()[-1],
                **_days(what_if.dso[1], dpo, inputs.dio),
                "interest_saved": interest(what_if, inputs.rate),
                "discount_given": what_if.forgone,
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None).select(
        "scenario", "lowest", "lowest_week", "probability_below_minimum", "closing", "closing_change",
        "dso_countback", "dpo", "cash_conversion_cycle", "interest_saved", "discount_given",
    )  # fmt: skip


def _balances(name: str, forecast: CashForecast) -> dict[str, Any]:
    return {
        "scenario": name,
        "lowest": forecast.lowest["closing"],
        "lowest_week": week_label(forecast.lowest["week_start"]),
        "closing": forecast.weeks["closing"].to_list()[-1],
    }


def _days(dso: float | None, dpo: float | None, dio: float | None) -> dict[str, float | None]:
    return {"dso_countback": dso, "dpo": dpo, "cash_conversion_cycle": cash_cycle(dso, dpo, dio)}


def comparison_finding(
    base: CashForecast, scenarios: Mapping[str, WhatIf], cost_of_money: Decimal
) -> Finding:
    """Return which scenario does best: fewest weeks below the minimum, else most in the bank at the end.

    A balance that moves by no more than 1% decides nothing.
    """
    return Finding(
        _comparison(base, scenarios, cost_of_money),
        _("Expected closing balances; all on the same thousand courses."),
    )


def _comparison(base: CashForecast, scenarios: Mapping[str, WhatIf], cost_of_money: Decimal) -> str:
    if not scenarios:
        return _("No scenario is chosen: this is the base case")
    last = {name: what_if.difference["closing"].to_list()[-1] for name, what_if in scenarios.items()}
    below = {name: weeks_below(what_if.after) for name, what_if in scenarios.items()}
    best = min(scenarios, key=lambda name: (below[name], -last[name]))
    if below[best] < weeks_below(base):
        return _n(
            "“{name}” has the fewest weeks below the minimum: {count}; the base case has {before}",
            "“{name}” has the fewest weeks below the minimum: {count}; the base case has {before}",
            below[best],
            name=best,
            before=weeks_below(base),
        )
    values = {
        "name": best,
        "amount": about(abs(last[best]), base.currency),
        "weeks": base.weeks.height,
        "cost": about(scenarios[best].forgone, base.currency),
    }
    notable = NOTABLE * abs(base.weeks["closing"].to_list()[-1])
    if all(abs(change) <= notable for change in last.values()):
        return _("No scenario moves the balance after {weeks} weeks by more than 1%", **values)
    if last[best] < 0:
        return _("“{name}” costs least: {amount} less in the bank after {weeks} weeks", **values)
    rates = [effect.yearly_rate for effect in scenarios[best].effects if effect.yearly_rate is not None]
    if len(rates) == 1 and scenarios[best].forgone:
        return _(
            "“{name}” brings most, {amount} in {weeks} weeks, and costs {cost}: {rate} a year against "
            "{money_costs} at the bank",
            rate=percent(rates[0]),
            money_costs=cost_of_money_text(cost_of_money),
            **values,
        )
    return _("“{name}” brings most: {amount} more in the bank after {weeks} weeks", **values)


def comparison_table_method(base: CashForecast) -> str:
    """Return over which weeks the columns of `comparison_rows` are counted."""
    return _(
        "Lowest and last balance of {weeks} weeks from {day}; the difference is with the base, at the end. "
        "DSO by countback at the end, DPO on the day.",
        weeks=base.weeks.height,
        day=in_sentence(base.as_of),
    )


def comparison_headings() -> dict[str, str]:
    """Return short headings, so that all columns fit a page; `comparison_table_method` explains them."""
    return short_headings("closing_change", "dso_countback", "dpo")
