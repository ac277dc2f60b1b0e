"""The company's own rules of following up, as people edit them: days per step, and who writes the letters."""

from collections.abc import Mapping
from itertools import pairwise

import polars as pl

from data.grains import COMPANY, COMPANY_SIZES, VAT_PERIODS
from data.importers.rules import RULES
from reports.answers.shared.forms import Changes, Problem, text
from reports.sentences import in_words
from reports.translation import _, _p

# Setting -> column of `step_days`, in the order of the days after the due date.
STEPS = {
    "step_pre_due_days": "pre_due",
    "step_friendly_days": "friendly",
    "step_formal_days": "formal",
    "step_final_days": "final",
    "step_hand_over_days": "hand_over",
    "contact_gap_days": "gap",
}
# What the law makes a difference for; empty: not said.
CHOICES = {"company_size": ("", *COMPANY_SIZES), "vat_period": ("", *VAT_PERIODS)}
_AFTER_DUE = ("step_friendly_days", "step_formal_days", "step_final_days", "step_hand_over_days")
_ROWS = pl.Schema({"key": pl.String(), "value": pl.String()})


def shown(settings: pl.DataFrame, steps: pl.DataFrame) -> dict[str, str]:
    """Return what holds now, as it can be typed over.

    Args:
        settings: rows of `settings`.
        steps: of `step_days`: as set, else as usual.
    """
    days = steps.row(0, named=True)
    chosen = dict(settings.rows())
    return {key: str(days[column]) for key, column in STEPS.items()} | {
        key: chosen.get(key) or "" for key in (*COMPANY, *CHOICES)
    }


def changes(before: Mapping[str, str], after: Mapping[str, str | None]) -> Changes:
    """Return what has to be written so that the rules become what was typed.

    A step that is emptied is as usual again; an empty field of the sender is left out of letters.

    Args:
        before: of `shown`.
        after: the same, as typed.
    """
    typed = {key: text(value) for key, value in after.items()}
    typed["company_iban"] = typed["company_iban"].replace(" ", "").upper()
    rows = pl.DataFrame(
        [{"key": key, "value": value or None} for key, value in typed.items() if value != before[key]],
        schema=_ROWS,
    )
    problems = [
        Problem("", name(key), in_words(rule.reason(label=name(key))))
        for rule in RULES["settings"]
        for key in rows.filter(rule.broken)["key"]
    ]
    return Changes(rows, changed=rows.height, problems=tuple(problems or _order(typed)))


def _order(typed: Mapping[str, str]) -> list[Problem]:
    days = [(key, int(typed[key])) for key in _AFTER_DUE if typed[key]]
    return [
        Problem(
            "",
            name(later),
            _("comes not before “{earlier}”: at least {days} days", earlier=name(earlier), days=least),
        )
        for (earlier, least), (later, found) in pairwise(days)
        if found < least
    ]


def name(key: str) -> str:
    """Return what a rule is called."""
    return {
        "step_pre_due_days": _("Reminder, days before the due date"),
        "step_friendly_days": _("Friendly reminder, days late"),
        "step_formal_days": _("Formal reminder, days late"),
        "step_final_days": _("Final demand, days late"),
        "step_hand_over_days": _("Hand-over, days late"),
        "contact_gap_days": _("Days of rest after a contact"),
        "company_name": _("Company name"),
        "company_email": _("Mail address"),
        "company_phone": _p("field", "Telephone"),
        "company_iban": _("IBAN to pay to"),
        "payment_link": _("Payment link"),
        "company_size": _("Size of the company"),
        "vat_period": _("VAT return"),
    }[key]


def choice_name(code: str) -> str:
    """Return what a choice is called."""
    return {
        "": _("Not said"),
        "small": _p("size", "Small"),
        "medium": _p("size", "Medium-sized"),
        "large": _p("size", "Large"),
        "month": _("Every month"),
        "quarter": _("Every quarter"),
    }[code]


def saved(found: Changes) -> str:
    """Say which rules were changed."""
    return _("Saved: {what}.", what=", ".join(name(key).lower() for key in found.rows["key"]))


def link_help() -> str:
    """Say what a payment link can hold."""
    return _(
        "Begins with https://; {invoice}, {amount}, {currency} and {customer} in it are filled in per "
        "invoice.",
        invoice="{invoice}",
        amount="{amount}",
        currency="{currency}",
        customer="{customer}",
    )
