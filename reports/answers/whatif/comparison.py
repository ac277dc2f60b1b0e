"""Scenarios compared: the base and up to four scenarios, one row each."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.shared.finding import Finding
from reports.answers.whatif.evaluate import WhatIf
from reports.answers.whatif.facts import CapitalInputs, cash_cycle, interest, supplier_shift
from reports.answers.whatif.ground import Bills
from reports.columns import short_headings
from reports.formats import about, in_sentence
from reports.formats import week as week_label
from reports.translation import _

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


def comparison_finding(rows: pl.DataFrame, currency: str) -> Finding:
    """Return which of `comparison_rows` leaves most at its lowest point."""
    best = rows.sort("lowest", "closing", descending=True).row(0, named=True)
    title = _(
        "“{name}” leaves most at its lowest: {amount}",
        name=best["scenario"],
        amount=about(best["lowest"], currency),
    )
    return Finding(title, _("Expected closing balances; all on the same thousand courses."))


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
