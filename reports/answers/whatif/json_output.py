"""A what-if as the command line prints it in JSON."""

from typing import Any

from reports.answers.forecast.cash_forecast import as_json as forecast_json
from reports.answers.whatif.assumption_text import assumptions
from reports.answers.whatif.evaluate import WhatIf
from reports.answers.whatif.lever_kind import LeverEffect
from reports.answers.whatif.levers import kind_of
from reports.answers.whatif.targets import OverdueTarget

_MOST_CUSTOMERS = 10


def as_json(what_if: WhatIf) -> dict[str, Any]:
    """Return a what-if as JSON; its assumptions are sentences in the language spoken."""
    base, after = what_if.base, what_if.after
    return {
        "name": what_if.scenario.name,
        "as_of": base.as_of,
        "start": what_if.context.start,
        "currency": base.currency,
        "base": {"weeks": forecast_json(base)["weeks"]},
        "scenario": {"weeks": forecast_json(after)["weeks"]},
        "difference": what_if.difference.to_dicts(),
        "dso": _both(*what_if.dso),
        "lowest_closing": _both(base.lowest["closing"], after.lowest["closing"]),
        "lowest_week": _both(base.lowest["week_start"], after.lowest["week_start"]),
        "probability_below_minimum": _both(*what_if.below),
        "minimum_cash": _both(base.minimum, after.minimum),
        "credit_line": _both(base.credit_line, after.credit_line),
        "discount_given": what_if.forgone,
        "levers": [
            _lever(effect) for effect in what_if.effects if kind_of(effect.lever).receipts is not None
        ],
        "targets": [_target(target) for target in what_if.targets],
        "customers": what_if.customers.head(_MOST_CUSTOMERS).to_dicts(),
        "assumptions": assumptions(what_if),
    }


def _both(base: object, scenario: object) -> dict[str, object]:
    return {"base": base, "scenario": scenario}


def _lever(effect: LeverEffect) -> dict[str, Any]:
    return {
        "lever": effect.number,
        "kind": effect.lever.kind,
        "pass_through": effect.pass_through
        and dict(zip(("value", "low", "high"), effect.pass_through, strict=True)),
        "days": effect.mean_days,
        "days_saved": effect.days_saved,
        "yearly_rate": effect.yearly_rate,
    }


def _target(target: OverdueTarget) -> dict[str, Any]:
    return {
        "date": target.day,
        "max_overdue": target.max_overdue,
        "expected_overdue": target.expected_overdue,
        "must_come_in": target.must_come_in,
        "is_within_reach": target.is_within_reach,
        "invoices": target.invoices.to_dicts(),
    }
