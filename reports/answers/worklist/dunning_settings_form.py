"""The company's dunning settings, as typed: steps and their days, sender of the letters, size, VAT period."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise

import polars as pl

from data.grains import COMPANY, COMPANY_SIZES, FEES, SET_OFF_RULES, VAT_PERIODS
from data.importers.rules import RULES
from reports.answers.shared.finding import Finding
from reports.answers.shared.forms import Changes, NotAnAmountError, Problem, amount, amount_text, text
from reports.sentences import translate
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
# Facts the law depends on; empty: not set.
CHOICES = {
    "company_size": ("", *COMPANY_SIZES),
    "vat_period": ("", *VAT_PERIODS),
    "set_off": ("", *SET_OFF_RULES),
}
# Steps other than the usual five: of everybody or an administration, and after a `/` of a dunning group.
LADDER = "steps"
_GROUP = f"{LADDER}/"
_AFTER_DUE = ("step_friendly_days", "step_formal_days", "step_final_days", "step_hand_over_days")
_ROWS = pl.Schema({"key": pl.String(), "value": pl.String()})


def current_values(
    settings: pl.DataFrame, steps: pl.DataFrame, entity: str | None = None, groups: Iterable[str] = ()
) -> dict[str, str]:
    """Return the present values as they can be typed over.

    Args:
        settings: rows of `settings`.
        steps: of `step_days`: days as set, else the usual days.
        entity: the administration whose settings they are, the company's where it has none; None: the
            company.
        groups: dunning groups of customers; their steps stand under `steps/GROUP`.
    """
    days = steps.row(0, named=True)
    values = dict(settings.rows())
    facts = COMPANY if entity else (*COMPANY, *CHOICES)
    fees = {key: values.get(_key(key, entity)) or values.get(key) for key in FEES}
    ladders = (LADDER, *(f"{_GROUP}{group}" for group in groups))
    return (
        {key: str(days[column]) for key, column in STEPS.items()}
        | {key: values.get(_key(key, entity)) or values.get(key) or "" for key in (*ladders, *facts)}
        | {key: amount_text(Decimal(fee)) if fee else "" for key, fee in fees.items()}
    )


def ladders(keys: Iterable[str]) -> list[str]:
    """Return the settings among those of the form that hold steps in words."""
    return [key for key in keys if key == LADDER or key.startswith(_GROUP)]


def changes(before: Mapping[str, str], after: Mapping[str, str | None], entity: str | None = None) -> Changes:
    """Return the rows to write, or the problems with what was typed.

    An emptied step goes back to the usual days, and emptied steps in words to the usual steps; an empty
    field of the sender is left out of letters. What an administration empties goes back to the company's.

    Args:
        before: of `current_values`.
        after: the same, as typed.
        entity: the administration whose settings they are; None: the company.
    """
    typed = {key: text(value) for key, value in after.items()}
    typed["company_iban"] = typed["company_iban"].replace(" ", "").upper()
    new = {key: value for key, value in typed.items() if value != before[key]}
    problems = _read_fees(new)
    rows = pl.DataFrame(
        [{"key": _key(key, entity), "value": value or None} for key, value in new.items()], schema=_ROWS
    )
    problems += [
        Problem("", setting_name(_general(key)), translate(rule.reason(label=setting_name(_general(key)))))
        for rule in RULES["settings"]
        for key in rows.filter(rule.broken)["key"]
    ]
    return Changes(rows, changed=rows.height, problems=tuple(problems or _order(typed)))


def _read_fees(typed: dict[str, str]) -> list[Problem]:
    """Put amounts as the store has them in place of those typed; drop and return those that are none."""
    problems = []
    for key in [key for key in FEES if typed.get(key)]:
        try:
            value = amount(typed[key])
            typed[key] = "" if value is None else str(value)
        except NotAnAmountError as error:
            problems.append(Problem("", setting_name(key), translate(error.message)))
            del typed[key]
    return problems


def _key(key: str, entity: str | None) -> str:
    return f"{key}@{entity}" if entity else key


def _general(key: str) -> str:
    return key.partition("@")[0]


def _order(typed: Mapping[str, str]) -> list[Problem]:
    days = [(key, int(typed[key])) for key in _AFTER_DUE if typed[key]]
    return [
        Problem(
            "",
            setting_name(later),
            _(
                "comes not before “{earlier}”: at least {days} days",
                earlier=setting_name(earlier),
                days=least,
            ),
        )
        for (earlier, least), (later, days_later) in pairwise(days)
        if days_later < least
    ]


def heading(entity: str | None = None) -> Finding:
    """Return the words above the form; the administration's name is from data."""
    method = _("When each step is up to, counted from the due date, and what stands under the letters.")
    if entity:
        return Finding(_("Steps and sender of {entity}", entity=entity), method)
    return Finding(_("Steps, sender and company"), method)


def setting_name(key: str) -> str:
    """Return the name of a setting; that of a dunning group is from data."""
    if key.startswith(_GROUP):
        return _("Steps of group {group}", group=key.removeprefix(_GROUP))
    return {
        LADDER: _("Steps, in place of these five"),
        "step_pre_due_days": _("Reminder, days before the due date"),
        "step_friendly_days": _("Friendly reminder, days late"),
        "step_formal_days": _("Formal reminder, days late"),
        "step_final_days": _("Final demand, days late"),
        "step_hand_over_days": _("Hand-over, days late"),
        "contact_gap_days": _("Days of rest after a contact"),
        "fee_friendly": _("Costs in the friendly reminder"),
        "fee_formal": _("Costs in the formal reminder"),
        "fee_final": _("Costs in the final demand"),
        "company_name": _("Company name"),
        "company_email": _("Mail address"),
        "company_phone": _p("field", "Telephone"),
        "company_iban": _("IBAN to pay to"),
        "payment_link": _("Payment link"),
        "company_size": _("Size of the company"),
        "vat_period": _("VAT return"),
        "set_off": _("Set-off of credit"),
    }[key]


def choice_name(code: str) -> str:
    """Return the name of a choice."""
    return {
        "": _("Not said"),
        "small": _p("size", "Small"),
        "medium": _p("size", "Medium-sized"),
        "large": _p("size", "Large"),
        "month": _("Every month"),
        "quarter": _("Every quarter"),
        "all": _("All credit of the customer"),
        "named": _("Only credit notes that name an invoice"),
        "none": _p("set-off", "None"),
    }[code]


def save_notice(changes: Changes) -> str:
    """Return which settings were saved."""
    keys = [_general(key) for key in changes.rows["key"]]
    names = [setting_name(key) if key.startswith(_GROUP) else setting_name(key).lower() for key in keys]
    return _("Saved: {what}.", what=", ".join(names))


def link_help() -> str:
    """Return the fields that a payment link can hold."""
    return _(
        "Begins with https://; {invoice}, {amount}, {currency} and {customer} in it are filled in per "
        "invoice.",
        invoice="{invoice}",
        amount="{amount}",
        currency="{currency}",
        customer="{customer}",
    )


def fee_help() -> str:
    """Return which letters name fixed costs."""
    return _(
        "Fixed administration costs that letters to business and public customers name, in the reporting "
        "currency; letters to consumers never do. They are not in what is open or claimed: to charge them, "
        "book an invoice of their own. Empty: none, or for an administration those of the company; 0: none."
    )


def steps_help() -> str:
    """Return how steps are written in words."""
    return _(
        "In order, each with its days after the due date, as in `{example}`; `pre_due` counts before it. "
        "`friendly`, `formal` and `final` may stand more than once, any may be left out; `none` is no "
        "follow-up at all. Empty: the usual steps.",
        example="pre_due:5 friendly:3 formal:14 formal:21 final:30 hand_over:45",
    )
