"""A forecast held against what came, in words: which to choose, what was found, how it was counted."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from reports.answers.forecast.variance import causes
from reports.answers.forecast.variance.frozen_runs import amount_of
from reports.answers.forecast.variance.frozen_text import moment
from reports.answers.forecast.variance.variance import Variance, whole_weeks
from reports.formats import day, in_sentence, money, money_short, week
from reports.translation import _, _n

_BACK = (4, 8, 13, 1)  # weeks ago, for forecasts made afterwards; the first is offered first


def options(kept: Collection[date], as_of: date, first: date | None) -> list[str]:
    """Return the days a forecast can be compared of: kept ones, latest first, then ones made afterwards.

    Args:
        kept: days forecasts were kept of.
        as_of: the Sunday looked from.
        first: day of the first document.
    """
    days = sorted((one for one in kept if whole_weeks(one, as_of)), reverse=True)
    made = [as_of - timedelta(days=7 * back) for back in _BACK]
    days += [one for one in made if one not in kept and first is not None and one > first]
    return [one.isoformat() for one in days]


def option(code: str, kept: Collection[date]) -> str:
    """Write one of `options`."""
    of = date.fromisoformat(code)
    if of in kept:
        return _("{day} ({week}), kept", day=day(of), week=week(of))
    return _("{day} ({week}), made afterwards", day=day(of), week=week(of))


def none_kept() -> str:
    """Say how to get a kept forecast, and what stands in for it."""
    return _(
        "No kept forecast is a week old yet. Keep one every week, with the button under Forecast or with "
        "`kasstroom.py forecast --freeze`; until then one made afterwards shows how it works."
    )


def nothing_yet() -> str:
    """Say that the books are too young to compare anything."""
    return _("No week has passed yet that a forecast could be held against.")


def found(variance: Variance) -> str:
    """Say how far receipts were off, and what made most of it."""
    off, currency = variance.receipts_variance, variance.run.currency
    if off == 0:
        return _n(
            "Receipts came exactly as forecast over {count} week",
            "Receipts came exactly as forecast over {count} weeks",
            variance.weeks,
        )
    amount = money(abs(off), currency, 0)
    if off < 0:
        said = _n(
            "{amount} less came in than forecast over {count} week",
            "{amount} less came in than forecast over {count} weeks",
            variance.weeks,
            amount=amount,
        )
    else:
        said = _n(
            "{amount} more came in than forecast over {count} week",
            "{amount} more came in than forecast over {count} weeks",
            variance.weeks,
            amount=amount,
        )
    why = _most(variance.amounts, is_more=off > 0)
    return f"{said}, {why}" if why else said


def method(variance: Variance) -> str:
    """Say which forecast is compared, and whether it was kept then or made afterwards."""
    run = variance.run
    values = {"day": in_sentence(run.as_of), "until": in_sentence(variance.until)}
    if run.kept_at is None:
        return _(
            "Forecast as of {day}, made afterwards: with the books of today, using only what is dated by "
            "then. Compared until {until}.",
            **values,
        )
    return _(
        "Forecast of {day}, kept on {moment} and unchanged since. Compared until {until}.",
        moment=moment(run.kept_at),
        **values,
    )


def notes(variance: Variance) -> list[str]:
    """Return what a reader must know before trusting the figures."""
    said = []
    if variance.paid is None:
        said.append(
            _(
                "No bank balance is known on one of the two days: what was really paid out is left out, and "
                "the comparison is of receipts only."
            )
        )
    return said


def bridge_found(variance: Variance) -> str:
    """Say what the causes come to."""
    together = sum(variance.amounts.values(), Decimal(0))
    amount = money(abs(together), variance.run.currency, 0)
    if variance.paid is None:
        return (
            _("Receipts {amount} below forecast", amount=amount)
            if together < 0
            else _("Receipts {amount} above forecast", amount=amount)
        )
    if together < 0:
        return _("The bank is {amount} below forecast", amount=amount)
    return _("The bank is {amount} above forecast", amount=amount)


def details(variance: Variance, names: Mapping[str, str]) -> dict[str, str]:
    """Return cause -> what makes most of it; data, to be made plain."""
    currency = variance.run.currency
    found = causes.details(variance.receipts, names, currency)
    if variance.paid is None:
        return found
    planned = amount_of(variance.by_week, "forecast_payments")
    payments = _(
        "{planned} planned, {paid} paid out",
        planned=money_short(planned, currency),
        paid=money_short(variance.paid, currency),
    )
    return found | {"payments": payments}


def bridge_method() -> str:
    """Say what the steps are."""
    return _(
        "From forecast to what came, by cause. Payments: what else moved on the bank, less what was planned. "
        "Blue brought cash, orange cost it."
    )


def weeks_method() -> str:
    """Say what the week table holds."""
    return _("Paid out = opening + receipts − closing of the bank; empty where no balance is known.")


def invoices_found(rows: pl.DataFrame, currency: str) -> str:
    """Say which invoice made the largest difference: with data, to be made plain; the rows are sorted so."""
    if rows.is_empty():
        return _("Every invoice came as expected")
    row = rows.row(0, named=True)
    return _(
        "Largest difference: {amount} on {invoice} of {customer}",
        amount=money(row["timing"] + row["permanent"], currency, 0, sign=True),
        invoice=row["invoice_id"],
        customer=row["customer_name"],
    )


def invoices_method() -> str:
    """Say how an invoice's difference is parted."""
    return _(
        "Expected = open amount × chance, over the weeks compared. Difference = earlier or later + never "
        "comes. Largest first; pick a row for the customer."
    )


def choose() -> str:
    """Name the choice of a forecast, for who cannot see it."""
    return _("Which forecast")


def _most(amounts: Mapping[str, Decimal], *, is_more: bool) -> str:
    """Say which cause made most of a difference; empty where none goes its way."""
    named = {cause: amount for cause, amount in amounts.items() if cause not in {"payments", "rounding"}}
    way = {cause: amount for cause, amount in named.items() if (amount > 0) == is_more and amount != 0}
    if not way:
        return ""
    largest = max(way, key=lambda cause: abs(way[cause]))
    if is_more:
        return {
            "timing": _("mostly because invoices were paid earlier"),
            "permanent": _("mostly because less was credited"),
            "billing": _("mostly on newer invoices"),
            "on_account": _("mostly on account or on invoices not known then"),
        }[largest]
    return {
        "timing": _("mostly because invoices are paid later"),
        "permanent": _("mostly because of credits and write-offs"),
        "billing": _("mostly on newer invoices"),
        "on_account": _("mostly because money on account went back"),
    }[largest]
