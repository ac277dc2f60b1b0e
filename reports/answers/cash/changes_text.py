"""Findings of the change since an earlier forecast."""

from collections.abc import Mapping

import polars as pl

from reports.answers.cash import payment_changes
from reports.answers.cash.changes import BalanceChange
from reports.answers.forecast.variance import causes
from reports.answers.forecast.variance.causes import cause_name
from reports.answers.shared.finding import Finding
from reports.formats import about, about_short, in_sentence, instant, money, money_short
from reports.translation import _


def finding(change: BalanceChange) -> Finding:
    """Return the change of the expected balance with its largest cause, and the two forecasts compared."""
    return Finding(_title(change), _method(change))


def no_earlier_forecast() -> Finding:
    """Return the finding for books that are too young for an earlier forecast."""
    return Finding(_("There is no earlier forecast to compare with yet"))


def _title(change: BalanceChange) -> str:
    amount, currency = change.on_screen, change.now.currency
    week = str(change.now.weeks["week_start"][change.weeks - 1].isocalendar().week)
    if not amount:
        return _("The balance expected for the end of week {week} did not change", week=week)
    same_sign = {cause: value for cause, value in change.amounts.items() if (value > 0) == (amount > 0)}
    largest = max(same_sign, key=lambda cause: abs(same_sign[cause]), default="rounding")
    values = {
        "week": week,
        "amount": money(abs(change.on_screen), currency, 0),
        "cause": _cause(largest, is_more=amount > 0),
    }
    if amount < 0:
        return _("{amount} less expected by the end of week {week}, {cause}", **values)
    return _("{amount} more expected by the end of week {week}, {cause}", **values)


def _method(change: BalanceChange) -> str:
    values = {
        "then": in_sentence(change.before.as_of),
        "now": in_sentence(change.now.as_of),
        "before": about(change.then_closing, change.now.currency),
        "after": about(change.now_closing, change.now.currency),
    }
    kept_at = change.before.kept_at
    if kept_at is None:
        return _(
            "Forecast of {now} against the one of {then}, re-run on the books as they stood: "
            "{before} became {after}.",
            **values,
        )
    return _(
        "Forecast of {now} against the one of {then}, kept on {moment}: {before} became {after}.",
        moment=instant(kept_at),
        **values,
    )


def notes(change: BalanceChange) -> list[str]:
    """Return the sentences to read before the figures."""
    if change.paid is not None:
        return []
    return [
        _(
            "No bank balance is known on one of the two days: what was paid out in between is taken as "
            "planned."
        )
    ]


def details(change: BalanceChange, names: Mapping[str, str]) -> dict[str, str]:
    """Return cause -> its largest customers or payments; names from the data are not escaped."""
    currency = change.now.currency
    suppliers = {
        f"{payment_changes.PREFIX}{category}": ", ".join(
            f"{name} {about_short(amount, currency, sign=True)}"
            for name, amount in lines.group_by("label", maintain_order=True)
            .agg(pl.col("amount").sum())
            .sort(pl.col("amount").abs(), descending=True, maintain_order=True)
            .head(causes.NAMED)
            .iter_rows()
        )
        for (category,), lines in change.lines.group_by(["category"], maintain_order=True)
    }
    then, since, now = change.other_payments
    payments = _(
        "{planned} planned then; {paid} paid since, {now} planned now",
        planned=about_short(-then, currency),
        paid=money_short(-since, currency),
        now=about_short(-now, currency),
    )
    return causes.details(change.receipts, names, currency) | suppliers | {"payments": payments}


def _cause(cause: str, *, is_more: bool) -> str:
    if cause == "rounding":
        return cause_name(cause).lower()
    if cause.startswith(payment_changes.PREFIX):
        values = {"cause": cause_name(cause).lower()}
        if is_more:
            return _("mostly because less is paid by then: {cause}", **values)
        return _("mostly because more is paid by then: {cause}", **values)
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
