"""Findings of a forecast compared with what followed: choice of a forecast, weeks, causes, invoices."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from reports.answers.forecast.variance import causes
from reports.answers.forecast.variance.frozen_runs import amount_of
from reports.answers.forecast.variance.variance import Variance, whole_weeks
from reports.answers.shared.finding import Finding
from reports.formats import (
    about,
    about_short,
    day,
    forecast_parts,
    in_sentence,
    instant,
    money,
    money_short,
    week,
)
from reports.translation import _, _n

_BACK = (4, 8, 13, 1)  # weeks ago, of forecasts made afterwards, in the order of the choice


def options(frozen_days: Collection[date], as_of: date, first: date | None) -> list[str]:
    """Return the days of forecasts to compare: frozen ones, latest first, then ones made afterwards.

    Args:
        frozen_days: days of the frozen forecasts.
        as_of: last day of the comparison, a Sunday.
        first: day of the first document.
    """
    days = sorted((day for day in frozen_days if whole_weeks(day, as_of)), reverse=True)
    afterwards = [as_of - timedelta(days=7 * back) for back in _BACK]
    days += [day for day in afterwards if day not in frozen_days and first is not None and day > first]
    return [day.isoformat() for day in days]


def option(code: str, frozen_days: Collection[date]) -> str:
    """Return the name of one of `options`."""
    of = date.fromisoformat(code)
    if of in frozen_days:
        return _("{day} ({week}), kept", day=day(of), week=week(of))
    return _("{day} ({week}), re-run", day=day(of), week=week(of))


def no_frozen_forecast() -> str:
    """Return how to freeze a forecast, and what replaces one until then."""
    return _(
        "No kept forecast is a week old yet. Keep one every week, with the button under Forecast; until "
        "then one re-run on the books as they stood shows how it works."
    )


def no_past_week() -> str:
    """Return that no week of any forecast is over yet."""
    return _("No week has passed yet to compare a forecast with.")


def weeks(variance: Variance) -> Finding:
    """Return the difference of receipts from the forecast with its largest cause, and the run compared."""
    return Finding(_weeks_title(variance), _weeks_method(variance))


def _weeks_title(variance: Variance) -> str:
    difference, currency = variance.receipts_variance, variance.run.currency
    if difference == 0:
        return _n(
            "Receipts came exactly as forecast over {count} week",
            "Receipts came exactly as forecast over {count} weeks",
            variance.weeks,
        )
    amount = about(abs(difference), currency)
    if difference < 0:
        sentence = _n(
            "{amount} less came in than forecast over {count} week",
            "{amount} less came in than forecast over {count} weeks",
            variance.weeks,
            amount=amount,
        )
    else:
        sentence = _n(
            "{amount} more came in than forecast over {count} week",
            "{amount} more came in than forecast over {count} weeks",
            variance.weeks,
            amount=amount,
        )
    cause = _largest_cause(variance.amounts, is_more=difference > 0)
    return f"{sentence}, {cause}" if cause else sentence


def _weeks_method(variance: Variance) -> str:
    run = variance.run
    values = {"day": in_sentence(run.as_of), "until": in_sentence(variance.until)}
    if run.kept_at is None:
        return _(
            "Forecast as of {day}, re-run on the books as they stood: with the books of today, using only "
            "what is dated by then. Compared until {until}.",
            **values,
        )
    return _(
        "Forecast of {day}, kept on {moment} and unchanged since. Compared until {until}.",
        moment=instant(run.kept_at),
        **values,
    )


def notes(variance: Variance) -> list[str]:
    """Return the sentences to read before the figures."""
    if variance.paid is not None:
        return []
    return [
        _(
            "No bank balance is known on one of the two days: what was really paid out is left out, and "
            "the comparison is of receipts only."
        )
    ]


def bridge(variance: Variance) -> Finding:
    """Return the sum of the causes, and what the steps are."""
    return Finding(
        _bridge_title(variance),
        _(
            "From forecast to what came, by cause. Payments: what else moved on the bank, less what was "
            "planned. Blue brought cash, orange cost it."
        ),
    )


def _bridge_title(variance: Variance) -> str:
    together = sum(forecast_parts(list(variance.amounts.values())), Decimal(0))
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
    """Return cause -> its largest customers or payments; names are not escaped."""
    currency = variance.run.currency
    receipts = causes.details(variance.receipts, names, currency)
    if variance.paid is None:
        return receipts
    planned = amount_of(variance.by_week, "forecast_payments")
    payments = _(
        "{planned} planned, {paid} paid out",
        planned=about_short(planned, currency),
        paid=money_short(variance.paid, currency),
    )
    return receipts | {"payments": payments}


def weeks_footer() -> str:
    """Return how the payments of a week are worked out."""
    return _("Paid out = opening + receipts − closing of the bank; empty where no balance is known.")


def invoices(rows: pl.DataFrame, currency: str) -> Finding:
    """Return the invoice with the largest difference, which is the first of the rows."""
    method = _(
        "Expected = open amount × chance, over the weeks compared. Difference = earlier or later + never "
        "comes. Largest first; pick a row for the customer."
    )
    return Finding(_invoices_title(rows, currency), method)


def _invoices_title(rows: pl.DataFrame, currency: str) -> str:
    if rows.is_empty():
        return _("Every invoice came as expected")
    row = rows.row(0, named=True)
    return _(
        "Largest difference: {amount} on {invoice} of {customer}",
        amount=about(row["timing"] + row["permanent"], currency, sign=True),
        invoice=row["invoice_id"],
        customer=row["customer_name"],
    )


def _largest_cause(amounts: Mapping[str, Decimal], *, is_more: bool) -> str:
    """Return the largest cause of a difference; empty if no cause has its sign."""
    receipts = {cause: amount for cause, amount in amounts.items() if cause not in {"payments", "rounding"}}
    same_sign = {
        cause: amount for cause, amount in receipts.items() if (amount > 0) == is_more and amount != 0
    }
    if not same_sign:
        return ""
    largest = max(same_sign, key=lambda cause: abs(same_sign[cause]))
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
