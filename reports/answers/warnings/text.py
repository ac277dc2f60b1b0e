"""Words of early warning: rules, the reasons of signals, money at risk, hit rates."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from forecasting.warnings.hit_rates import AHEAD, FEWEST
from forecasting.warnings.rules import BY_NAME
from reports.answers.shared.finding import Finding
from reports.answers.warnings.warnings import EarlyWarnings
from reports.formats import in_sentence, money, number, percent
from reports.translation import _, _n, mark

_NAMES = {
    "level_now": mark("Pays late now"),
    "level_past": mark("Often very late"),
    "shift": mark("Pays later than before"),
    "exposure": mark("Owes more than it buys"),
    "pay_weekday": mark("Left its pay day"),
    "share_overdue": mark("Mostly overdue"),
    "broken_promise": mark("Promise broken"),
    "bounces": mark("Payments come back"),
    "silence": mark("No answer"),
    "short_payment": mark("Paid in part"),
    "dispute": mark("In dispute"),
    "credit_limit": mark("At its credit limit"),
    "concentration": mark("Large share of the book"),
    "first_time": mark("New and large"),
    "no_order_number": mark("No order number"),
}
_MEANINGS = {
    "level_now": mark("Days late of what is open, weighted by amount, above 15."),
    "level_past": mark(
        "More than one in ten of the last 20 invoices over 30 days late; five at least, of a year."
    ),
    "shift": mark(
        "Payments of three weeks and invoices open too long, against the customer's own past; score above 2."
    ),
    "exposure": mark(
        "Days of its own sales open, above one and a half times the most at the ends of four quarters before."
    ),
    "pay_weekday": mark(
        "Pay days on its usual weekday in six weeks, below half of the share in the year before."
    ),
    "share_overdue": mark("More than half of what is open is past due."),
    "broken_promise": mark("A promise of the last 91 days was not kept and the invoice is still open."),
    "bounces": mark("Two payments or more came back in the last 90 days, and something is open."),
    "silence": mark("No reply and no payment for more than 10 days after a contact, with something overdue."),
    "short_payment": mark(
        "An overdue invoice was paid in part in the last 91 days; no instalments are agreed."
    ),
    "dispute": mark("An open invoice is in dispute."),
    "credit_limit": mark("Open amount at 90% of the agreed credit limit or more."),
    "concentration": mark("More than a tenth of all that is open is with one customer."),
    "first_time": mark(
        "First invoice in the last 91 days, nothing paid yet, more than twice what others owe on average."
    ),
    "no_order_number": mark(
        "An open invoice without the order number this customer's invoices usually have."
    ),
}


def rule_name(rule: str) -> str:
    """Return the name of a rule; the code of a rule that no longer exists."""
    return _(_NAMES[rule]) if rule in _NAMES else rule


def rule_meaning(rule: str) -> str:
    """Return the comparison that a rule makes."""
    return _(_MEANINGS[rule])


def numbers(rule: str, value: float, limit: float) -> tuple[str, str]:
    """Return the two numbers that a rule compared."""
    unit = BY_NAME[rule].unit if rule in BY_NAME else "score"
    if unit == "share":
        return percent(value, 0), percent(limit, 0)
    digits = 0 if unit in {"days", "count"} else 1
    return number(value, digits), number(limit, digits)


def reason(row: Mapping[str, Any], currency: str) -> str:
    """Return why a signal was raised, with the two numbers compared; holds no text from data."""
    value, limit = numbers(row["rule"], row["value"], row["limit"])
    amount = money(row["amount"], currency, 0)
    count = round(row["value"])
    return {
        "level_now": lambda: _(
            "{value} days late on average by amount, above {limit}: {amount} is late.",
            value=value, limit=limit, amount=amount,
        ),
        "level_past": lambda: _(
            "{value} of its last invoices came over 30 days late, above {limit}.", value=value, limit=limit
        ),
        "shift": lambda: _(
            "Pays clearly later than it used to: score {value}, above {limit}.", value=value, limit=limit
        ),
        "exposure": lambda: _(
            "{value} days of its own sales are open, above {limit}.", value=value, limit=limit
        ),
        "pay_weekday": lambda: _(
            "{value} of its pay days fell on its usual weekday, below {limit}.", value=value, limit=limit
        ),
        "share_overdue": lambda: _(
            "{value} of what is open is overdue, above {limit}: {amount}.",
            value=value, limit=limit, amount=amount,
        ),
        "broken_promise": lambda: _n(
            "A promise for {amount} was broken.", "{count} promises were broken, on {amount}.",
            count, amount=amount
        ),
        "bounces": lambda: _(
            "{value} payments came back in 90 days, more than {limit}: {amount} is open.",
            value=value, limit=limit, amount=amount,
        ),
        "silence": lambda: _(
            "No reply or payment in {value} days after a contact, more than {limit}.",
            value=value, limit=limit,
        ),
        "short_payment": lambda: _n(
            "An invoice was paid in part; {amount} of it is still open.",
            "{count} invoices were paid in part; {amount} of them is still open.", count, amount=amount,
        ),
        "dispute": lambda: _n(
            "An invoice of {amount} is in dispute.", "{count} invoices are in dispute, {amount}.", count,
            amount=amount,
        ),
        "credit_limit": lambda: _limit_reason(row, value, limit, amount),
        "concentration": lambda: _(
            "{value} of all that is open is with this customer, above {limit}.", value=value, limit=limit
        ),
        "first_time": lambda: _(
            "New, nothing paid yet, and {amount} open: {value} times what others owe, above {limit}.",
            value=value, limit=limit, amount=amount,
        ),
        "no_order_number": lambda: _n(
            "An open invoice lacks the order number it usually has: {amount}.",
            "{count} open invoices lack the order number they usually have: {amount}.", count, amount=amount,
        ),
    }[row["rule"]]()  # fmt: skip


def _limit_reason(row: Mapping[str, Any], value: str, limit: str, amount: str) -> str:
    if row["value"] > 1:
        return _("Over its credit limit: {amount} open, {value} of it.", amount=amount, value=value)
    return _(
        "Near its credit limit: {amount} open, {value} of it, above {limit}.",
        amount=amount, value=value, limit=limit,
    )  # fmt: skip


def since(row: Mapping[str, Any]) -> str:
    """Return since when a signal holds."""
    return _("since {day}", day=in_sentence(row["since_date"]))


def customers(warnings: EarlyWarnings, rows: pl.DataFrame, currency: str) -> Finding:
    """Return the number of customers with a warning and their money at risk.

    Args:
        warnings: of the day.
        rows: those of its customers that are listed.
        currency: of the amounts.
    """
    method = _(
        "Money at risk: what is open, also what is not due yet, times the share of the customer's invoices "
        "that came more than 30 days late in a year; without a forecast. A customer without such a share has "
        "the mean of the others; where nobody has one, all of it counts. Largest first. An estimate."
    )
    if warnings.chances_of is not None:
        method = _(
            "Money at risk: what is open, also what is not due yet, times the chance that it comes more than "
            "30 days late, from the forecast of {day}. Largest first. An estimate.",
            day=in_sentence(warnings.chances_of),
        )
    if rows.is_empty():
        return Finding(_("No customer gives a warning"), method)
    risk = sum(rows["money_at_risk"].to_list(), start=0 * warnings.at_risk)
    title = _n(
        "{count} customer gives a warning: {amount} at risk",
        "{count} customers give a warning: {amount} at risk",
        rows.height,
        amount=money(risk, currency, 0),
    )
    return Finding(title, method)


def one_customer(name: str) -> Finding:
    """Return the words above the signals of one customer; its name is from data."""
    return Finding(
        name,
        _("Each signal with the two numbers it compared, since when, and what is open on its invoices."),
    )


def rules(rows: pl.DataFrame) -> Finding:
    """Return which rule was right most often, and how hits and false alarms were counted.

    Args:
        rows: of `EarlyWarnings.rules`.
    """
    months, cases, came = rows.select("months", "cases", "came").row(0)
    method = _(
        "{cases} cases: a customer with something open at one of {months} month ends; with {came} of them an "
        "invoice became more than 30 days late in the {ahead} days after. Came true: share of the times "
        "raised. Hits: share of those {came} that had been raised. False alarms: share of the others that "
        "had been. Empty below {fewest}.",
        cases=number(cases), months=number(months), came=number(came), ahead=AHEAD, fewest=FEWEST,
    )  # fmt: skip
    best = rows.drop_nulls("came_true").sort("came_true", descending=True)
    if best.is_empty():
        return Finding(_("Too little history to tell how often the rules are right"), method)
    row = best.row(0, named=True)
    title = _(
        "“{rule}” came true most often: {share} of the times it was raised",
        rule=rule_name(row["rule"]),
        share=percent(row["came_true"], 0),
    )
    return Finding(title, method)


def rule_rows(rules: pl.DataFrame) -> pl.DataFrame:
    """Return the rules with name, meaning and rates, to show and to export."""
    # Not inside polars: its threads do not know the language.
    codes = rules["rule"].to_list()
    return rules.select(
        pl.Series("rule_name", [rule_name(code) for code in codes], dtype=pl.String),
        pl.Series("meaning", [rule_meaning(code) for code in codes], dtype=pl.String),
        "hit_rate", "false_alarm_rate", "came_true", "raised", "cases",
    )  # fmt: skip


def signal_rows(signals: pl.DataFrame, currency: str) -> pl.DataFrame:
    """Return the signals with names and reasons in words, to export."""
    rows = signals.to_dicts()
    return signals.select(
        "customer_name", "customer_id", "account_manager",
        pl.Series("rule_name", [rule_name(row["rule"]) for row in rows], dtype=pl.String),
        pl.Series("why_said", [reason(row, currency) for row in rows], dtype=pl.String),
        "since_date", "value", pl.col("limit").alias("limit_value"), "amount", "invoices", "muted_until",
        "mute_reason",
    )  # fmt: skip


def levels(row: Mapping[str, Any], currency: str) -> str:
    """Return level, shift and open amounts of a customer in one line."""
    parts = [
        _("{days} days late now", days=number(row["level"])),
        _("shift {score}", score=number(row["shift"], 1)),
        _("{amount} owed", amount=money(row["owed_amount"], currency, 0)),
        _("{amount} not due", amount=money(row["not_due"], currency, 0)),
    ]
    return " · ".join(parts)


def level_and_shift(scores: pl.DataFrame, limits: tuple[float, float]) -> Finding:
    """Return how many customers are late now and how many became later."""
    late = scores.filter(pl.col("level") > limits[0]).height
    later = scores.filter(pl.col("shift") > limits[1]).height
    return Finding(
        _("{late} pay late now, {later} pay later than they did", late=number(late), later=number(later)),
        _(
            "Every customer with something open: days late now by amount, and how clearly it pays later than "
            "in its own past. The first says who is late, the second who changed; neither says who will."
        ),
    )


def mutes(signals: pl.DataFrame) -> Finding:
    """Return how many signals are muted, and when they come back."""
    return Finding(
        _n("{count} signal is muted", "{count} signals are muted", signals.height),
        _("They come back the day after, or when a new last day is written over the old one."),
    )
