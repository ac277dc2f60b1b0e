"""Terms given as a number of days or as a change: what customers' and suppliers' terms have in common."""

from decimal import Decimal

from data.message_templates import template
from reports.answers.whatif.lever import Key, Lever
from reports.answers.whatif.lever_kind import Alternatives
from reports.formats import days
from reports.translation import _

_HALF_MORE = 1.5
_EITHER = template("give either days, the new terms, or change, the days more or less.")

KEYS = (
    Key("days", "whole", 0, 365, label=lambda: _("Terms, days"), may_be_left_out=True),
    Key(
        "change", "whole", -180, 180, label=lambda: _("More or fewer days"),
        may_be_left_out=True, is_signed=True,
    ),
)  # fmt: skip
DAYS_OR_CHANGE = Alternatives(
    labels={"days": lambda: _("New terms"), "change": lambda: _("± days")},
    question=lambda: _("How the terms are given"),
    refusal=_EITHER(),
)


def terms_summary(lever: Lever) -> str | None:
    """Return the terms, or how many days they change; None where they stay."""
    terms, change = lever.whole("days"), lever.whole("change")
    if terms is not None:
        return days(terms)
    return days_with_sign(change) if change else None


def days_with_sign(value: int | None) -> str:
    """Return a number of days, later ones with a plus."""
    return ("+" if (value or 0) > 0 else "") + days(value)


def stronger_terms(lever: Lever, usual_days: float | None) -> tuple[str, Decimal | int] | None:
    """Return the key and value with which terms change half as much again.

    Args:
        lever: of the scenario.
        usual_days: median of the terms it changes; None where it is not known.
    """
    change, terms = lever.whole("change"), lever.whole("days")
    if change is not None:
        return "change", Decimal(repr(_HALF_MORE)) * change
    if usual_days is None or terms is None:
        return None
    return "days", round(usual_days + _HALF_MORE * (terms - usual_days))
