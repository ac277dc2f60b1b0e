"""Evaluation of a scenario: the forecast beside the same forecast with its levers, on the same courses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl

from data.errors import NotEnoughHistoryError
from forecasting.arrays import Floats
from forecasting.receipts import forecast as receipts
from forecasting.receipts.outlook import by_week
from forecasting.whatif.cash_flows import Flows
from reports.answers.forecast.cash_forecast import CashForecast, balances, weekly_payments
from reports.answers.shared.money import CENT, cents
from reports.answers.whatif.apply_levers import ScenarioFlows, apply_levers, receipts_by_customer
from reports.answers.whatif.customer_reactions import Side
from reports.answers.whatif.dso import dso_at_the_end
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.lever import Scenario
from reports.answers.whatif.lever_kind import LeverContext, LeverEffect
from reports.answers.whatif.levers import kind_of
from reports.answers.whatif.overlaps import overlapping_levers
from reports.answers.whatif.scenario_check import check_scenario
from reports.answers.whatif.targets import OverdueTarget, overdue_targets

_WEEK = 7
_BOUNDS: tuple[Side, Side] = ("low", "high")
_MONEY = pl.Decimal(38, 2)


@dataclass(frozen=True)
class WhatIf:
    """A scenario beside the forecast, in figures; money is Decimal to the cent in the reporting currency.

    Attributes:
        scenario: with its levers.
        context: first day the levers work, days of the forecast, bills.
        base, after: the forecast without and with it.
        difference: week_start, receipts, payments, closing: scenario less base, of expected values; and
            receipts_low and receipts_high, with the bounds of how customers follow their terms.
        dso: days by countback on the last day, base and scenario; None without a payment model.
        below: probability that some week closes below the minimum, base and scenario.
        forgone: discounts given within the weeks.
        effects: one per lever, in the order of the scenario.
        targets: one per lever that sets one.
        overlaps: numbers of the pairs of levers that work on the same customers in the same way.
        customers: `customer_id`, `receipts` and `most`, see `receipts_by_customer`; the largest first.
    """

    scenario: Scenario
    context: LeverContext
    base: CashForecast
    after: CashForecast
    difference: pl.DataFrame
    dso: tuple[float | None, float | None]
    below: tuple[float, float]
    forgone: Decimal
    effects: list[LeverEffect]
    targets: list[OverdueTarget]
    customers: pl.DataFrame
    overlaps: list[tuple[int, int]]


def evaluate(ground: Ground, scenario: Scenario) -> WhatIf:
    """Evaluate a scenario beside the forecast.

    The flows of the scenario less those of the base are added to the expected receipts and to every course
    alike, so that chance plays no part in a difference; without levers the scenario is the base to the byte.

    Raises:
        ScenarioError: it names a segment or customer the books do not know, or a day that is past.
        NotEnoughHistoryError: levers on receipts need a payment model, which needs more history.
    """
    base = ground.forecast
    context = lever_context(ground, scenario.start)
    check_scenario(ground, scenario, context)
    applied = _scenario_flows(ground, scenario, context)
    change = _receipts_change(ground, applied)
    payments = _weekly_payments(ground, scenario, context)
    minimum = base.minimum if scenario.minimum_cash is None else scenario.minimum_cash
    credit_line = base.credit_line if scenario.credit_line is None else scenario.credit_line
    courses = ground.courses + change.sum(axis=0)
    weeks = balances(
        _weekly_receipts(ground, courses, change), courses, payments, base.opening_balance, minimum
    )
    after = replace(base, weeks=weeks, minimum=minimum, credit_line=credit_line)
    opening, days = float(base.opening_balance), base.weeks.height * _WEEK
    effects = _effects(scenario, applied)
    flows = applied.flows if applied is not None else None
    return WhatIf(
        scenario=scenario,
        context=context,
        base=base,
        after=after,
        difference=_difference(ground, scenario, context, after, effects),
        dso=dso_at_the_end(ground, flows, float(change.sum())),
        below=(
            _below(opening, ground.courses, ground.weekly_payments, base.minimum),
            _below(opening, courses, payments, minimum),
        ),
        forgone=cents(flows.forgone[:days].sum()) if flows is not None else Decimal("0.00"),
        effects=effects,
        targets=overdue_targets(ground, scenario, flows),
        customers=_customers(ground, flows),
        overlaps=overlapping_levers(scenario, ground.customers),
    )


def closing_balances(ground: Ground, scenario: Scenario) -> list[Decimal]:
    """Return the expected closing balance per week under a scenario, without the cost of its courses.

    Errors as of `evaluate`.
    """
    context = lever_context(ground, scenario.start)
    check_scenario(ground, scenario, context)
    change = _receipts_change(ground, _scenario_flows(ground, scenario, context))
    balance, closings = ground.forecast.opening_balance, []
    frame = ground.receipts
    for week, payments in enumerate(_weekly_payments(ground, scenario, context)):
        balance += cents(frame["from_open_invoices"][week] + change[0, week])
        balance += cents(frame["from_future_invoices"][week] + change[1, week]) - payments
        closings.append(balance.quantize(CENT))
    return closings


def scenario_flows(ground: Ground, scenario: Scenario) -> Flows | None:
    """Return the money expected under a scenario; None without a payment model. Errors as of `evaluate`."""
    applied = _scenario_flows(ground, scenario, lever_context(ground, scenario.start))
    return None if applied is None else applied.flows


def scenario_payments(ground: Ground, scenario: Scenario) -> pl.DataFrame:
    """Return the rows of `payments_out` in the days of the forecast, as the levers change them."""
    return _payments(ground, scenario, lever_context(ground, scenario.start))


def lever_context(ground: Ground, start: date | None) -> LeverContext:
    """Return the days the levers depend on; none works before the day after the last day known."""
    base = ground.forecast
    return LeverContext(
        start=max(start or base.as_of, base.as_of + timedelta(days=1)),
        as_of=base.as_of,
        last_day=base.as_of + timedelta(days=_WEEK * base.weeks.height),
        bills=ground.bills,
    )


def _scenario_flows(ground: Ground, scenario: Scenario, context: LeverContext) -> ScenarioFlows | None:
    if ground.flows is not None and ground.reactions is not None:
        return apply_levers(scenario.levers, ground.flows, ground.reactions, context.start)
    short_of = ground.forecast.short_of
    if short_of is not None and any(kind_of(lever).needs_payment_model for lever in scenario.levers):
        raise NotEnoughHistoryError(short_of)
    return None


def _effects(scenario: Scenario, applied: ScenarioFlows | None) -> list[LeverEffect]:
    if applied is not None:
        return applied.effects
    return [LeverEffect(number, lever) for number, lever in enumerate(scenario.levers, start=1)]


def _receipts_change(ground: Ground, applied: ScenarioFlows | None) -> Floats:
    """Return the difference of receipts per week, from open and from coming invoices, shape (2, w)."""
    if ground.flows is None or applied is None:
        return np.zeros((2, ground.forecast.weeks.height))
    return _weekly_difference(ground.flows, applied.flows)


def _weekly_difference(base: Flows, after: Flows) -> Floats:
    daily = (after.by_day - base.by_day)[:, : base.horizon]
    return np.array([by_week(daily[~base.is_coming].sum(axis=0)), by_week(daily[base.is_coming].sum(axis=0))])


def _weekly_receipts(ground: Ground, courses: Floats, change: Floats) -> pl.DataFrame:
    """Return receipts per week under the scenario, with bands from its courses."""
    bands = np.quantile(courses, list(receipts.LEVELS.values()), axis=0)
    expected = ground.receipts["expected"].to_numpy() + change.sum(axis=0)
    # A course that had less than the lever takes away has nothing left, and no debt.
    fewer = change.sum(axis=0) < 0
    bands = np.where(fewer, np.maximum(bands, np.minimum(expected, 0.0)), bands)
    return ground.receipts.with_columns(
        pl.Series("expected", expected),
        pl.Series("from_open_invoices", ground.receipts["from_open_invoices"].to_numpy() + change[0]),
        pl.Series("from_future_invoices", ground.receipts["from_future_invoices"].to_numpy() + change[1]),
        *(pl.Series(name, bands[place]) for place, name in enumerate(receipts.LEVELS)),
    )


def _weekly_payments(ground: Ground, scenario: Scenario, context: LeverContext) -> list[Decimal]:
    within = _payments(ground, scenario, context)
    return weekly_payments(within, context.as_of, ground.forecast.weeks.height)


def _payments(ground: Ground, scenario: Scenario, context: LeverContext) -> pl.DataFrame:
    payments = ground.payments
    for lever in scenario.levers:
        change = kind_of(lever).payments
        if change is not None:
            payments = change(payments, lever, context.of_lever(lever))
    return payments.filter(pl.col("pay_date").is_between(context.as_of + timedelta(days=1), context.last_day))


def _difference(
    ground: Ground,
    scenario: Scenario,
    context: LeverContext,
    after: CashForecast,
    effects: Iterable[LeverEffect],
) -> pl.DataFrame:
    base = ground.forecast
    names = ("receipts", "payments", "closing")
    frame = base.weeks.select("week_start", *(after.weeks[name] - base.weeks[name] for name in names))
    bounds = [frame["receipts"].to_list()]
    is_estimated = any(effect.paid_invoices is not None for effect in effects)
    if ground.flows is not None and ground.reactions is not None and is_estimated:
        for side in _BOUNDS:
            reactions = replace(ground.reactions, side=side)
            flows = apply_levers(scenario.levers, ground.flows, reactions, context.start).flows
            bounds.append([cents(value) for value in _weekly_difference(ground.flows, flows).sum(axis=0)])
    return frame.with_columns(
        pl.Series("receipts_low", [min(week) for week in zip(*bounds, strict=True)], dtype=_MONEY),
        pl.Series("receipts_high", [max(week) for week in zip(*bounds, strict=True)], dtype=_MONEY),
    )


def _below(opening: float, courses: Floats, payments: list[Decimal], minimum: Decimal) -> float:
    """Return the share of the courses in which some week closes below the minimum."""
    closings = opening + np.cumsum(courses - np.array([float(value) for value in payments]), axis=1)
    return float((closings < float(minimum)).any(axis=1).mean())


def _customers(ground: Ground, flows: Flows | None) -> pl.DataFrame:
    if ground.flows is None or ground.reactions is None or flows is None:
        return pl.DataFrame(schema={"customer_id": pl.String, "receipts": _MONEY, "most": _MONEY})
    rows = receipts_by_customer(ground.flows, flows, ground.reactions.ids)
    return rows.with_columns(
        pl.Series(name, [cents(value) for value in rows[name]], dtype=_MONEY) for name in ("receipts", "most")
    )
