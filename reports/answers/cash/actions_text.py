"""The actions in words: a verb, whom it is about, what it brings at most and by when."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import polars as pl

from reports.answers.cash.actions import Action, Low
from reports.answers.forecast.variance.causes import ZERO
from reports.answers.forecast.variance.frozen_runs import MONEY
from reports.formats import chance, in_sentence, money, number
from reports.translation import _, _n


def found(actions: Sequence[Action], low: Low, currency: str) -> str:
    """Say what the actions bring together."""
    if not actions:
        return _("Nothing large to do before the low point")
    # Money of the bank fills what the others leave: it comes in the place of their cash, not beside it.
    together = sum((one.amount for one in actions if one.kind != "bank"), ZERO)
    together = together or sum((one.amount for one in actions), ZERO)
    return _n(
        "{count} action: at most {amount} more by the end of week {week}",
        "{count} actions: at most {amount} more by the end of week {week}",
        len(actions),
        amount=money(together, currency, 0),
        week=_week(low),
    )


def method(low: Low) -> str:
    """Say how the effects are counted."""
    return _(
        "What would be in the bank on {day}, the end of the low week, above what the forecast expects by "
        "then. Largest first.",
        day=in_sentence(low.end),
    )


def title(one: Action) -> str:
    """Say what to do; holds data, to be made plain."""
    match one.kind:
        case "collect":
            return _("Collect the overdue invoices of {customer}", customer=one.who)
        case "dispute":
            return _(
                "Settle the dispute about {invoice} of {customer}",
                invoice=one.facts["invoice"],
                customer=one.who,
            )
        case "promise":
            return _("Call {customer} about the broken promise", customer=one.who)
        case "confirm":
            return _("Confirm when {customer} pays {invoice}", customer=one.who, invoice=one.facts["invoice"])
        case "move":
            return _("Pay {supplier} a little later", supplier=one.who)
        case "bank":
            return _("Draw on the credit line") if one.facts["has_line"] else _("Talk to the bank in time")


def why(one: Action, low: Low, currency: str) -> str:
    """Say in one line what an action rests on; holds data, to be made plain."""
    facts = one.facts
    match one.kind:
        case "collect":
            return _n(
                "{count} overdue invoice, not disputed; the oldest {days} days late",
                "{count} overdue invoices, not disputed; the oldest {days} days late",
                facts["count"],
                days=number(facts["days"]),
            )
        case "dispute":
            said = _("Open for {days} days", days=number(facts["days"]))
            return f"{said}: {facts['reason']}" if facts["reason"] else said
        case "promise":
            return _n(
                "{count} invoice with a promise that was not kept",
                "{count} invoices with a promise that was not kept",
                facts["count"],
            )
        case "confirm":
            return _(
                "Due {day}; {chance} chance of being paid by the end of week {week}",
                day=in_sentence(facts["due"]),
                chance=chance(facts["chance"]),
                week=_week(low),
            )
        case "move":
            return _(
                "Bill or line {line} of {day}: to after week {week}, if the supplier agrees",
                line=facts["invoice"],
                day=in_sentence(facts["due"]),
                week=_week(low),
            )
        case "bank":
            return _bank(one, low, currency)


def effect(one: Action, currency: str) -> str:
    """Write the effect of an action."""
    return _("at most {amount}", amount=money(one.amount, currency, 0))


def opens(one: Action, low: Low) -> tuple[str, dict[str, str | None]]:
    """Return the page that shows the rows of an action, and what its address says."""
    if one.customer_id is not None:
        return "customer", {"customer": one.customer_id}
    due = one.facts["due"] if one.kind == "move" else low.start
    # Weeks are asked for by their Monday.
    return "liquidity_forecast", {"week": (due - timedelta(days=due.weekday())).isoformat(), "part": None}


def rows(actions: Sequence[Action]) -> pl.DataFrame:
    """Return the rows behind all actions, each with what to do, to be taken away."""
    parts = [
        one.rows.select(pl.lit(title(one)).alias("action"), pl.all())
        if one.rows.height
        else pl.DataFrame({"action": [title(one)], "amount": pl.Series([one.amount], dtype=MONEY)})
        for one in actions
    ]
    return pl.concat(parts, how="diagonal") if parts else pl.DataFrame()


def _bank(one: Action, low: Low, currency: str) -> str:
    values: dict[str, Any] = {"amount": money(one.amount, currency, 0), "week": _week(low)}
    line = one.facts["line"]
    if line:
        return _(
            "One time in ten the balance is {amount} below the minimum by week {week}; the line is {line}",
            line=money(line, currency, 0),
            **values,
        )
    return _("One time in ten the balance is {amount} below the minimum by week {week}", **values)


def _week(low: Low) -> str:
    return str(low.start.isocalendar().week)
