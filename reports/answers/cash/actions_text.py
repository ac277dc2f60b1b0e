"""Words of the actions before the low point: what to do, with whom, how much cash it can bring and when."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import polars as pl

from reports.answers.cash.actions import Action, LowWeek
from reports.answers.forecast.variance.causes import ZERO
from reports.answers.forecast.variance.frozen_runs import MONEY
from reports.answers.shared.finding import Finding
from reports.formats import about, chance, forecast_rounding, in_sentence, money, number
from reports.translation import _, _n


def finding(actions: Sequence[Action], low: LowWeek, currency: str) -> Finding:
    """Return the cash that the actions can bring together, and how effects are counted."""
    method = _(
        "What would be in the bank on {day}, the end of the low week, above what the forecast expects by "
        "then. Largest first.",
        day=in_sentence(low.end),
    )
    return Finding(_title_of_all(actions, low, currency), method)


def _title_of_all(actions: Sequence[Action], low: LowWeek, currency: str) -> str:
    if not actions:
        return _("Nothing large to do before the low point")
    # Money from the bank replaces the cash of the other actions, so the two are not added up.
    # What is added up is what is shown.
    others = [action for action in actions if action.kind != "bank"]
    together = sum((forecast_rounding(action.amount) for action in others or actions), ZERO)
    if others and len(others) < len(actions):
        return _n(
            "{count} action besides the bank: at most {amount} more by the end of week {week}",
            "{count} actions besides the bank: at most {amount} more by the end of week {week}",
            len(others),
            amount=money(together, currency, 0),
            week=_week(low),
        )
    return _n(
        "{count} action: at most {amount} more by the end of week {week}",
        "{count} actions: at most {amount} more by the end of week {week}",
        len(actions),
        amount=money(together, currency, 0),
        week=_week(low),
    )


def title(action: Action) -> str:
    """Return what to do; names from the data are not escaped."""
    match action.kind:
        case "collect":
            return _("Collect the overdue invoices of {customer}", customer=action.who)
        case "dispute":
            return _(
                "Settle the dispute about {invoice} of {customer}",
                invoice=action.facts["invoice"],
                customer=action.who,
            )
        case "promise":
            return _("Call {customer} about the broken promise", customer=action.who)
        case "confirm":
            return _(
                "Confirm when {customer} pays {invoice}", customer=action.who, invoice=action.facts["invoice"]
            )
        case "move":
            return _("Pay {supplier} a little later", supplier=action.who)
        case "bank":
            return _("Draw on the credit line") if action.facts["has_line"] else _("Talk to the bank in time")


def reason(action: Action, low: LowWeek, currency: str) -> str:
    """Return the reason for an action in one line; text from the data is not escaped."""
    facts = action.facts
    match action.kind:
        case "collect":
            return _n(
                "{count} overdue invoice, not disputed; the oldest {days} days late",
                "{count} overdue invoices, not disputed; the oldest {days} days late",
                facts["count"],
                days=number(facts["days"]),
            )
        case "dispute":
            duration = _("Open for {days} days", days=number(facts["days"]))
            return f"{duration}: {facts['reason']}" if facts["reason"] else duration
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
            return _bank(action, low, currency)


def effect(action: Action, currency: str) -> str:
    """Return the most cash that an action can bring."""
    return _("at most {amount}", amount=about(action.amount, currency))


def link(action: Action, low: LowWeek) -> tuple[str, dict[str, str | None]]:
    """Return the page that shows the rows of an action, and the parameters of its address."""
    if action.customer_id is not None:
        return "customer", {"customer": action.customer_id}
    due = action.facts["due"] if action.kind == "move" else low.start
    # The address names a week by its Monday.
    return "liquidity_forecast", {
        "week": (due - timedelta(days=due.weekday())).isoformat(),
        "part": None,
        "at": "week",
    }


def rows(actions: Sequence[Action]) -> pl.DataFrame:
    """Return the rows of all actions for the export, each with what to do."""
    parts = [
        action.rows.select(pl.lit(title(action)).alias("action"), pl.all())
        if action.rows.height
        else pl.DataFrame({"action": [title(action)], "amount": pl.Series([action.amount], dtype=MONEY)})
        for action in actions
    ]
    return pl.concat(parts, how="diagonal") if parts else pl.DataFrame()


def _bank(action: Action, low: LowWeek, currency: str) -> str:
    values: dict[str, Any] = {"amount": about(action.amount, currency), "week": _week(low)}
    line = action.facts["line"]
    if line:
        return _(
            "One time in ten the balance is {amount} below the minimum by week {week}; the line is {line}",
            line=money(line, currency, 0),
            **values,
        )
    return _("One time in ten the balance is {amount} below the minimum by week {week}", **values)


def _week(low: LowWeek) -> str:
    return str(low.start.isocalendar().week)
