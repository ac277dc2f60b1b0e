"""The one sentence above a what-if: what its levers bring and cost, and what that does to the minimum."""

from collections.abc import Mapping
from decimal import Decimal

from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.shared.money import cents
from reports.answers.whatif.evaluate import WhatIf
from reports.answers.whatif.lever import Lever
from reports.answers.whatif.lever_kind import LeverEffect
from reports.answers.whatif.lever_text import lever_customers, lever_subject
from reports.answers.whatif.levers import kind_of
from reports.answers.whatif.outcome_figures import OutcomeFigures
from reports.answers.whatif.target_text import target_finding
from reports.formats import about
from reports.translation import _, _n

_WEEK, _YEAR = 7, 365
NOTABLE = Decimal("0.01")  # of the lowest balance: a smaller move is no news


def headline(what_if: WhatIf, names: Mapping[str, str], cost_of_money: Decimal) -> str:
    """Return what the levers bring and cost; the minimum and the lowest balance only where they move.

    Args:
        what_if: the scenario, evaluated.
        names: customer_id -> name.
        cost_of_money: a year, 0-1.
    """
    return "; ".join([_levers(what_if, names, cost_of_money), *limits_clauses(what_if)])


def _levers(what_if: WhatIf, names: Mapping[str, str], cost_of_money: Decimal) -> str:
    currency = what_if.base.currency
    if not any(what_if.difference["closing"]):
        if what_if.targets:
            return target_finding(what_if.targets[0], currency).title
        lowest = about(what_if.after.lowest["closing"], currency)
        return _("No difference: the lowest balance stays {after}", after=lowest)
    moving = [effect for effect in what_if.effects if _moves_money(effect.lever)]
    if len(moving) == 1:
        return kind_of(moving[0].lever).headline(_figures(what_if, moving[0], names, cost_of_money))
    return _together(what_if)


def _moves_money(lever: Lever) -> bool:
    kind = kind_of(lever)
    return kind.target is None and kind.summary(lever) is not None


def _figures(
    what_if: WhatIf, effect: LeverEffect, names: Mapping[str, str], cost_of_money: Decimal
) -> OutcomeFigures:
    difference = what_if.difference
    closings = difference["closing"].to_list()
    place = max(range(len(closings)), key=lambda week: abs(closings[week]))
    return OutcomeFigures(
        lever=effect.lever,
        subject=lever_subject(effect.lever, names),
        customers=lever_customers(effect.lever, names),
        weeks=len(closings),
        currency=what_if.base.currency,
        last=closings[-1],
        most=closings[place],
        most_week=difference["week_start"][place],
        interest=interest(what_if, cost_of_money),
        cost_of_money=cost_of_money,
        forgone=what_if.forgone,
        yearly_rate=effect.yearly_rate,
        yearly_rate_band=effect.yearly_rate_band,
    )


def _together(what_if: WhatIf) -> str:
    """Return what several levers do: no rate, because it belongs to none of them."""
    last, currency = what_if.difference["closing"].to_list()[-1], what_if.base.currency
    values = {
        "amount": about(abs(last), currency),
        "weeks": what_if.base.weeks.height,
        "cost": about(what_if.forgone, currency),
    }
    if what_if.forgone:
        if last > 0:
            return _(
                "Together: {amount} more in the bank after {weeks} weeks, for {cost} of discount", **values
            )
        return _("Together: {amount} less in the bank after {weeks} weeks, {cost} of it discount", **values)
    if last > 0:
        return _("Together: {amount} more in the bank after {weeks} weeks", **values)
    return _("Together: {amount} less in the bank after {weeks} weeks", **values)


def weeks_below(forecast: CashForecast) -> int:
    """Return in how many weeks the expected closing balance is below the minimum."""
    return sum(closing < forecast.minimum for closing in forecast.weeks["closing"])


def moves_lowest(what_if: WhatIf) -> bool:
    """Tell whether the lowest balance moves more than 1%, or across the minimum."""
    before, after = what_if.base.lowest["closing"], what_if.after.lowest["closing"]
    is_below = (before < what_if.base.minimum, after < what_if.after.minimum)
    return is_below[0] != is_below[1] or bool(abs(after - before) > NOTABLE * abs(before))


def limits_clauses(what_if: WhatIf) -> list[str]:
    """Return the weeks below the minimum, if any, and the lowest balance where it moves."""
    before, after = weeks_below(what_if.base), weeks_below(what_if.after)
    clauses = []
    if before != after:
        clauses.append(
            _n(
                "{count} week below the minimum instead of {before}",
                "{count} weeks below the minimum instead of {before}",
                after,
                before=before,
            )
        )
    elif after:
        clauses.append(
            _n("still {count} week below the minimum", "still {count} weeks below the minimum", after)
        )
    lows = (what_if.base.lowest["closing"], what_if.after.lowest["closing"])
    low_before, low_after = (about(low, what_if.base.currency) for low in lows)
    if moves_lowest(what_if) and low_before != low_after:
        values = {"before": low_before, "after": low_after}
        clauses.append(
            _("the lowest balance rises from {before} to {after}", **values)
            if lows[1] > lows[0]
            else _("the lowest balance falls from {before} to {after}", **values)
        )
    return clauses


def interest(what_if: WhatIf, rate: Decimal) -> Decimal:
    """Return the interest over the weeks on the difference of the closing balances, at a yearly rate.

    A difference of 36,500.00 in each of 13 weeks at 12% is 36,500 x 13 x 7 / 365 x 0.12 = 1,092.00.
    """
    return cents(float(sum(what_if.difference["closing"]) * rate) * _WEEK / _YEAR)
