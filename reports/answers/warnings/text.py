"""Words of early warning: the reasons of signals, money at risk, what is new, hit rates of the list."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from forecasting.warnings.hit_rates import AHEAD
from forecasting.warnings.rules import BY_NAME
from reports.answers.shared.finding import Finding
from reports.answers.shared.warning_rules import rule_name
from reports.answers.warnings.warnings import EarlyWarnings
from reports.formats import days, in_sentence, money, number, percent
from reports.translation import _, _n, _p

FULL_LEVEL = 60.0  # days late at which the bar of the level is full


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
            "{value} days late on average by amount (limit {limit}): {amount} is late.",
            value=value, limit=limit, amount=amount,
        ),
        "level_past": lambda: _(
            "{value} of its last invoices came > 30 days late (limit {limit}).", value=value, limit=limit
        ),
        "shift": lambda: _shift_reason(row, value, limit),
        "exposure": lambda: _(
            "{value} days of its own sales are open (limit {limit}).", value=value, limit=limit
        ),
        "pay_weekday": lambda: _(
            "{value} of its pay days fell on its usual weekday (at least {limit}).", value=value, limit=limit
        ),
        "share_overdue": lambda: _(
            "{value} of what is open is overdue (limit {limit}): {amount}.",
            value=value, limit=limit, amount=amount,
        ),
        "broken_promise": lambda: _n(
            "A promise for {amount} was broken.", "{count} promises were broken, on {amount}.",
            count, amount=amount
        ),
        "bounces": lambda: _(
            "{value} payments came back in 90 days: {amount} is open.", value=value, amount=amount,
        ),
        "silence": lambda: _(
            "No reply or payment in {value} days after a contact (limit {limit}).",
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
        "credit_limit": lambda: _limit_reason(row, value, amount),
        "concentration": lambda: _(
            "{value} of all that is open is with this customer (limit {limit}).", value=value, limit=limit
        ),
        "first_time": lambda: _(
            "New, nothing paid yet, and {amount} open: {value} times what others owe.",
            value=value, amount=amount,
        ),
        "no_order_number": lambda: _n(
            "An open invoice lacks the order number it usually has: {amount}.",
            "{count} open invoices lack the order number they usually have: {amount}.", count, amount=amount,
        ),
    }[row["rule"]]()  # fmt: skip


def _limit_reason(row: Mapping[str, Any], value: str, amount: str) -> str:
    if row["value"] > 1:
        return _("Over its credit limit: {amount} open, {value} of it.", amount=amount, value=value)
    return _("Near its credit limit: {amount} open, {value} of it.", amount=amount, value=value)


def _shift_reason(row: Mapping[str, Any], value: str, limit: str) -> str:
    now, usual = row.get("days_now"), row.get("days_usual")
    if now is None or usual is None or round(now) <= round(usual):
        return _(
            "Pays clearly later than it used to (score {value}, limit {limit}).", value=value, limit=limit
        )
    return _("Pays {now}, usually {usual}.", now=_lateness(now), usual=_lateness(usual))


def _lateness(days: float) -> str:
    whole = round(days)
    if whole == 0:
        return _("on the due date")
    if whole < 0:
        return _n("{count} day early", "{count} days early", -whole)
    return _n("{count} day late", "{count} days late", whole)


def since(row: Mapping[str, Any]) -> str:
    """Return since when a signal holds."""
    return _("since {day}", day=in_sentence(row["since_date"]))


def customers(warnings: EarlyWarnings, rows: pl.DataFrame, currency: str) -> Finding:
    """Return the number of customers with a warning, their money at risk, and how often a list was right.

    Args:
        warnings: of the day.
        rows: those of its customers that are listed.
        currency: of the amounts.
    """
    method = list_sentence(warnings)
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


def exported(finding: Finding, warnings: EarlyWarnings) -> Finding:
    """Return the finding of `customers` with what money at risk is, for an export."""
    return Finding(finding.title, f"{finding.method} {risk_sentence(warnings)}")


def list_sentence(warnings: EarlyWarnings) -> str:
    """Return the share of customers flagged, and how often such a list was right on this ledger."""
    flagged, customers = warnings.customers.height, warnings.open_customers
    share = percent(flagged / customers, 0) if customers else percent(0.0, 0)
    rates = warnings.list_rates
    if rates.hit_share is None or rates.base_rate is None:
        return _(
            "{flagged} of {customers} customers with something open, {share}. Too early to tell how often "
            "such a list is right here.",
            flagged=number(flagged), customers=number(customers), share=share,
        )  # fmt: skip
    return _(
        "{flagged} of {customers} customers with something open, {share}. At the last {months} month ends "
        "{right} of those listed had an invoice become more than 30 days late within {ahead} days, against "
        "{base} of all.",
        flagged=number(flagged), customers=number(customers), share=share, months=number(rates.months),
        right=percent(rates.hit_share, 0), ahead=AHEAD, base=percent(rates.base_rate, 0),
    )  # fmt: skip


def risk_sentence(warnings: EarlyWarnings) -> str:
    """Return what money at risk is."""
    if warnings.chances_of is not None:
        return _(
            "At risk: what is open times the chance that it comes more than 30 days late, from the forecast "
            "of {day}. An estimate.",
            day=in_sentence(warnings.chances_of),
        )
    return _(
        "At risk: what is open times the share of the customer's invoices that came more than 30 days late; "
        "without a forecast. An estimate."
    )


def one_customer(name: str) -> Finding:
    """Return the words above the signals of one customer; its name is from data."""
    return Finding(
        name,
        _("Each signal with the two numbers it compared, since when, and what is open on its invoices."),
    )


def signal_rows(signals: pl.DataFrame, currency: str) -> pl.DataFrame:
    """Return the signals with names and reasons in words, to export."""
    rows = signals.to_dicts()
    return signals.select(
        "customer_name", "customer_id", "account_manager",
        pl.Series("rule_name", [rule_name(row["rule"]) for row in rows], dtype=pl.String),
        pl.Series("why_said", [reason(row, currency) for row in rows], dtype=pl.String),
        pl.Series("change_said", [change_name(row["change"]) for row in rows], dtype=pl.String),
        "since_date", "value", pl.col("limit").alias("limit_value"), "amount", "invoices", "muted_until",
        "mute_reason",
    )  # fmt: skip


def change_name(change: str | None) -> str | None:
    """Return what changed since a week ago, in a word."""
    return {None: None, "new": _p("warning", "New"), "worse": _p("warning", "Worse")}[change]


def customer_rows(warnings: EarlyWarnings, rows: pl.DataFrame, currency: str) -> pl.DataFrame:
    """Return listed customers with the strongest reason of each in words, to print and to export.

    Args:
        warnings: of the day.
        rows: customers of its list.
        currency: of the amounts.
    """
    listed = warnings.signals.filter("is_listed").to_dicts()
    reasons = {(row["customer_id"], row["rule"]): row for row in listed}
    strongest = [reasons[row["customer_id"], row["rule"]] for row in rows.to_dicts()]
    return rows.select(
        "customer_id", "customer_name", "account_manager", "money_at_risk", "open_amount", "overdue_amount",
        pl.Series("change_said", [change_name(row) for row in rows["change"]], dtype=pl.String),
        pl.Series("why_said", [reason(row, currency) for row in strongest], dtype=pl.String),
        pl.Series("since_date", [row["since_date"] for row in strongest], dtype=pl.Date),
        "level", "shift", "signals",
    )  # fmt: skip


def level_and_shift(rows: pl.DataFrame, limits: tuple[float, float]) -> Finding:
    """Return how many customers changed, and what the map shows.

    Args:
        rows: customers with something open: level, shift, place (number on the list, or null).
        limits: of level and shift.
    """
    later = rows.filter(pl.col("shift") > limits[1]).height
    return Finding(
        _n(
            "{count} customer pays later than it used to",
            "{count} customers pay later than they used to",
            later,
        ),
        _(
            "A point is a customer, a larger one has more open; numbers as in the list. To the right: later "
            "now, by amount. Upwards: more clearly later than in its own past."
        ),
    )


def change_counts(rows: pl.DataFrame, week_before: date) -> str:
    """Return how many of the customers listed are new or worse since a day, and their order."""
    new, worse = rows.filter(change="new").height, rows.filter(change="worse").height
    return _(
        "Since {day}: {new} new, {worse} worse. Most money at risk first.",
        day=in_sentence(week_before), new=number(new), worse=number(worse),
    )  # fmt: skip


def more_reasons(count: int) -> str:
    """Return how many further reasons a customer has; empty for none."""
    return _n("{count} more reason", "{count} more reasons", count) if count else ""


def dots_alt(name: str, dots: Mapping[str, Any]) -> str:
    """Return the dots of a customer in words; its name is from data."""
    still_open = sum(dots["is_open"])
    if dots["usual"] is None:
        return _("{name}: its last {count} invoices, {open} open", name=name, count=len(dots["is_open"]),
                 open=still_open)  # fmt: skip
    return _(
        "{name}: its last {count} invoices, {open} open; usually paid {usual}",
        name=name, count=len(dots["is_open"]), open=still_open, usual=_lateness(dots["usual"]),
    )  # fmt: skip


def meters(
    row: Mapping[str, Any], limits: tuple[float, float], currency: str
) -> tuple[tuple[str, float, str], tuple[str, float, str], tuple[str, float, str]]:
    """Return level, shift and open amount of a customer: label, share of the bar that is filled, value.

    The bar of the level is full at 60 days, that of the change half full at its limit. The amount has no bar,
    so its share is negative.
    """
    level, change = row["level"] or 0.0, row["shift"]
    return (
        (_p("meter", "Level"), min(level / FULL_LEVEL, 1.0), days(level, short=True)),
        (
            _p("meter", "Change"),
            0.0 if change is None else min(max(change / (2 * limits[1]), 0.0), 1.0),
            "–" if change is None else number(change, 1, sign=True),
        ),
        (_p("amount", "Open"), -1.0, money(row["owed_amount"], currency, 0)),
    )


def mutes(signals: pl.DataFrame) -> Finding:
    """Return how many signals are muted, and when they come back."""
    return Finding(
        _n("{count} signal is muted", "{count} signals are muted", signals.height),
        _("They come back the day after, or when a new last day is written over the old one."),
    )
