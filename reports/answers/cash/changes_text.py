"""What changed since an earlier forecast, in words."""

from collections.abc import Mapping
from decimal import Decimal

from reports.answers.cash.changes import Changes
from reports.answers.forecast.rows import WEEKS
from reports.answers.forecast.variance import causes
from reports.answers.forecast.variance.causes import cause_name
from reports.answers.forecast.variance.frozen_text import moment
from reports.formats import about, in_sentence, money_short
from reports.translation import _

_HARDLY = Decimal(1)


def found(changes: Changes) -> str:
    """Say what the change of the expected balance is, and which cause made most of it."""
    change, currency = changes.change, changes.now.currency
    week = str(changes.before.weeks["week_start"][WEEKS - 1].isocalendar().week)
    if abs(change) < _HARDLY:
        return _("The balance expected for the end of week {week} did not change", week=week)
    way = {cause: amount for cause, amount in changes.amounts.items() if (amount > 0) == (change > 0)}
    cause = max(way, key=lambda one: abs(way[one]))
    values = {
        "week": week,
        "amount": about(abs(change), currency),
        "cause": _cause(cause, is_more=change > 0),
    }
    if change < 0:
        return _("{amount} less expected by the end of week {week}, {cause}", **values)
    return _("{amount} more expected by the end of week {week}, {cause}", **values)


def method(changes: Changes) -> str:
    """Say which two forecasts are compared."""
    values = {
        "then": in_sentence(changes.before.as_of),
        "now": in_sentence(changes.now.as_of),
        "before": about(changes.then_closing, changes.now.currency),
        "after": about(changes.now_closing, changes.now.currency),
    }
    kept_at = changes.before.kept_at
    if kept_at is None:
        return _(
            "Forecast of {now} against the one of {then}, made afterwards from what is dated by then: "
            "{before} became {after}.",
            **values,
        )
    return _(
        "Forecast of {now} against the one of {then}, kept on {moment}: {before} became {after}.",
        moment=moment(kept_at),
        **values,
    )


def notes(changes: Changes) -> list[str]:
    """Return what a reader must know before trusting the figures."""
    said = []
    if changes.paid is None:
        said.append(
            _(
                "No bank balance is known on one of the two days: what was paid out in between is taken as "
                "planned."
            )
        )
    return said


def details(changes: Changes, names: Mapping[str, str]) -> dict[str, str]:
    """Return cause -> what makes most of it; data, to be made plain."""
    currency = changes.now.currency
    payments = _(
        "{planned} planned then; {paid} paid since, {now} planned now",
        planned=money_short(changes.planned_then, currency),
        paid=money_short(changes.paid_since, currency),
        now=money_short(changes.planned_now, currency),
    )
    return causes.details(changes.receipts, names, currency) | {"payments": payments}


def _cause(cause: str, *, is_more: bool) -> str:
    if cause == "rounding":
        return cause_name(cause).lower()
    more = {
        "timing": _("mostly because invoices come earlier"),
        "permanent": _("mostly because less was credited"),
        "billing": _("mostly from invoices billed since or to be billed"),
        "on_account": _("mostly from money on account"),
        "payments": _("mostly because less is paid out"),
    }
    less = {
        "timing": _("mostly because invoices come later"),
        "permanent": _("mostly because of credits and write-offs"),
        "billing": _("mostly because less was or will be billed"),
        "on_account": _("mostly because money on account went back"),
        "payments": _("mostly because more is paid out"),
    }
    return (more if is_more else less)[cause]
