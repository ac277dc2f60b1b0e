"""Words of the rules of early warning: names, what each compares, how often it was right, why it is shown."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from forecasting.warnings.hit_rates import AHEAD, FEWEST
from forecasting.warnings.rule_choice import FEWEST_CASES, FEWEST_FLAGS
from reports.answers.shared.finding import Finding
from reports.answers.shared.warning_rules import rule_name
from reports.formats import number, percent
from reports.translation import _, _n, mark

_MEANINGS = {
    "level_now": mark("Days late of what is open, weighted by amount. Limit: 15 or more."),
    "level_past": mark(
        "Share of the last 20 invoices over 30 days late; five at least, of a year. Limit: a tenth or more."
    ),
    "shift": mark(
        "Payments of three weeks and invoices open too long, against the customer's own past. Limit: a score "
        "of 2 or more."
    ),
    "exposure": mark(
        "Days of its own sales open. Limit: one and a half times the most at the ends of four quarters "
        "before, or more."
    ),
    "pay_weekday": mark(
        "Share of six weeks' pay days on its usual weekday. Limit: half of the share in the year before, or "
        "less."
    ),
    "share_overdue": mark("Share of what is open that is past due. Limit: one half or more."),
    "broken_promise": mark("A promise of the last 91 days was not kept and the invoice is still open."),
    "bounces": mark("Two payments or more came back in the last 90 days, and something is open."),
    "silence": mark(
        "Days without reply or payment after a contact, with something overdue. Limit: 10 or more."
    ),
    "short_payment": mark(
        "An overdue invoice was paid in part in the last 91 days; no instalments are agreed."
    ),
    "dispute": mark("An open invoice is in dispute."),
    "credit_limit": mark("Open amount above 90% of the agreed credit limit."),
    "concentration": mark("Share of all that is open. Limit: a tenth or more."),
    "first_time": mark(
        "First invoice in the last 91 days, nothing paid yet: times what others owe on average. Limit: 2 or "
        "more."
    ),
    "no_order_number": mark(
        "An open invoice without the order number this customer's invoices usually have."
    ),
}


def rule_meaning(rule: str) -> str:
    """Return the comparison that a rule makes."""
    return _(_MEANINGS[rule])


def verdict_sentence(row: Mapping[str, Any]) -> str:
    """Return why a rule is shown or not, shortly.

    Args:
        row: of `EarlyWarnings.rules`.
    """
    base = row["base_rate"]
    needed = "" if base is None else percent(min(2 * base, 1.0), 0)
    least = percent(row["least_came_true"] or 0.0, 0)
    return {
        "on": lambda: _("switched on"),
        "off": lambda: _("switched off"),
        "fact": lambda: _("a fact: always"),
        "proven": lambda: _("yes: at least {least}, {needed} needed", least=least, needed=needed),
        "unproven": lambda: _("no: at least {least}, {needed} needed", least=least, needed=needed),
        "few": lambda: _("no: {count} × raised, {needed} needed", count=row["raised"], needed=FEWEST_FLAGS),
        "crowd": lambda: _("no: right, but the list would be too long"),
        "young": lambda: _("yes: right on other ledgers"),
        "waiting": lambda: _("no: too early to tell"),
    }[row["verdict"]]()


def switches_help(target: float) -> str:
    """Return what the settings of the rules do, and the target share."""
    return _(
        "The limits of rules that measure follow this ledger: together they flag {share} of the customers "
        "with something open at most.",
        share=percent(target, 0),
    )


def can_tell(rules: pl.DataFrame) -> bool:
    """Return whether the ledger's past is long enough to measure its rules."""
    return int(rules["cases"][0]) >= FEWEST_CASES


def rules(rows: pl.DataFrame) -> Finding:
    """Return how many rules are shown, and how hits and false alarms were counted.

    Args:
        rows: of `EarlyWarnings.rules`.
    """
    months, cases, came = rows.select("months", "cases", "came").row(0)
    if not can_tell(rows):
        return Finding(
            _("Too early to tell how often the rules are right here"),
            _(
                "That takes {needed} month ends of customers with something open whose next {ahead} days are "
                "known; there are {cases}. Until then the rules that tell late payers on other ledgers are "
                "shown, and facts.",
                needed=FEWEST_CASES, ahead=AHEAD, cases=number(cases),
            ),
        )  # fmt: skip
    method = _(
        "{cases} cases: a customer with something open at one of {months} month ends; with {came} of them an "
        "invoice became more than 30 days late in the {ahead} days after. Came true: share of the times "
        "raised. Hits: share of those {came} that had been raised. False alarms: share of the others that "
        "had been. Empty below {fewest}. A rule is shown if it was raised {flags} times or more and the "
        "lower 80% bound of what came true (Wilson, one-sided) is twice the share of all cases, and facts "
        "always; a rule with a fixed limit only while the list stays within its target.",
        cases=number(cases), months=number(months), came=number(came), ahead=AHEAD, fewest=FEWEST,
        flags=FEWEST_FLAGS,
    )  # fmt: skip
    shown = rows.filter("is_shown").height
    return Finding(_("{shown} of {all} rules are shown", shown=shown, all=rows.height), method)


def rules_on_screen(rows: pl.DataFrame) -> Finding:
    """Return the finding of `rules` with a method that is read at once."""
    finding = rules(rows)
    if not can_tell(rows):
        return finding
    months, base = rows.select("months", "base_rate").row(0)
    method = _(
        "Came true: an invoice became more than 30 days late within {ahead} days, at the last {months} month "
        "ends; of all customers {base}. To be shown, at least {needed} with 80% certainty; facts always.",
        ahead=AHEAD, months=number(months), base=percent(base, 0), needed=percent(min(2 * base, 1.0), 0),
    )  # fmt: skip
    return Finding(finding.title, method)


def hidden_rules(count: int) -> str:
    """Return how many rules are not shown."""
    return _n("{count} rule is not shown", "{count} rules are not shown", count)


def rule_rows(rules: pl.DataFrame) -> pl.DataFrame:
    """Return the rules with name, meaning and rates, to show and to export; those that are shown first."""
    rules = rules.sort("is_shown", "least_came_true", descending=True, nulls_last=True, maintain_order=True)
    # Not inside polars: its threads do not know the language.
    rows = rules.to_dicts()
    return rules.select(
        pl.Series("rule_name", [rule_name(row["rule"]) for row in rows], dtype=pl.String),
        pl.Series("meaning", [rule_meaning(row["rule"]) for row in rows], dtype=pl.String),
        pl.Series("verdict_said", [verdict_sentence(row) for row in rows], dtype=pl.String),
        "hit_rate", "false_alarm_rate", "came_true", "least_came_true", "raised", "cases",
    )  # fmt: skip
