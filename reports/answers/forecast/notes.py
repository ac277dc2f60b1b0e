"""Notes above the forecast: what its figures leave out or assume."""

from decimal import Decimal

from reports.answers.data_quality import without_rate as without_rate_answers
from reports.answers.forecast import backtest
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.shared.money import total
from reports.formats import in_sentence, money, number
from reports.sentences import translate
from reports.translation import _, _n

_NOTABLE = Decimal("0.01")  # share of all receipts; less money on account changes no figure that can be seen


def notes(forecast: CashForecast, *, is_filtered: bool) -> list[str]:
    """Return the sentences to read before the figures; names from the data are not escaped."""
    sentences = [
        *missing(forecast),
        *_bank_balances(forecast),
        *_history(forecast),
        *_listed(forecast),
        *documents_without_rate(forecast),
        *_money_on_account(forecast),
        *_payments_without_rate(forecast),
        *_billing_plan(forecast),
        *_last_bill(forecast),
    ]
    if is_filtered:
        sentences.append(
            _(
                "The forecast covers the whole company in {currency}: the filters above do not change it.",
                currency=forecast.currency,
            )
        )
    return sentences


def missing(forecast: CashForecast) -> list[str]:
    """Return the sentences about sources that were not loaded: they have one remedy."""
    sentences = _payments(forecast)
    if not forecast.opening_known:
        sentences.insert(
            0,
            _(
                "No bank balance is known on this day: the opening balance is taken as {zero}.",
                zero=number(0, 2),
            ),
        )
    return sentences


def _bank_balances(forecast: CashForecast) -> list[str]:
    return [
        _(
            "The balance of account {account}, {amount}, has no exchange rate of {day} or before and is left "
            "out: load one.",
            account=row["account"],
            amount=money(row["balance"], row["currency"]),
            day=in_sentence(row["balance_date"]),
        )
        for row in forecast.unrated_accounts.iter_rows(named=True)
    ]


def _payments(forecast: CashForecast) -> list[str]:
    if any(forecast.weeks["payments"]):
        return []
    return [
        _(
            "No bills or planned payments are known for these weeks: the balance counts receipts only. "
            "Load bills, or plan payments on the liquidity forecast."
        )
    ]


def _history(forecast: CashForecast) -> list[str]:
    sentences = []
    if forecast.short_of is not None:
        sentences.append(
            translate(forecast.short_of)
            + " "
            + _(
                "Until then open invoices count on their due date and as many days as paid ones were late, "
                "and billings go on as they were."
            )
        )
    holes = backtest.weeks_without_data(forecast.holes)
    if holes:
        sentences.append(holes)
    return sentences


def _listed(forecast: CashForecast) -> list[str]:
    if not forecast.listed:
        return []
    return [
        _n(
            "Of {count} settled document only a list of open items is known: the forecast does not learn "
            "from it when customers pay. Load its payment.",
            "Of {count} settled documents only lists of open items are known: the forecast does not learn "
            "from them when customers pay. Load their payments.",
            forecast.listed,
        )
    ]


def _money_on_account(forecast: CashForecast) -> list[str]:
    if forecast.on_account <= _NOTABLE * total(forecast.weeks["receipts"]):
        return []
    if forecast.set_off == "all":
        return [
            _(
                "{amount} was received on account. It is set off against what the same customers owe; what "
                "is left of it is not paid back here.",
                amount=money(forecast.on_account, forecast.currency),
            )
        ]
    return [
        _(
            "{amount} was received on account and is not set off against open invoices here: as far as "
            "customers take it off, that much less comes in.",
            amount=money(forecast.on_account, forecast.currency),
        )
    ]


def _payments_without_rate(forecast: CashForecast) -> list[str]:
    count = forecast_rows.payments_without_rate(forecast)
    if not count:
        return []
    return [
        _n(
            "{count} payment is left out: its exchange rate is missing.",
            "{count} payments are left out: their exchange rate is missing.",
            count,
        )
    ]


def _billing_plan(forecast: CashForecast) -> list[str]:
    if not forecast.unknown_segments:
        return []
    return [
        _(
            "The billing plan holds amounts for a segment no document is of: {names}. They are added to "
            "what is expected of the others; correct the name in the plan if it is misspelt.",
            names=", ".join(forecast.unknown_segments),
        )
    ]


def _last_bill(forecast: CashForecast) -> list[str]:
    bills_end = forecast_rows.bills_end(forecast)
    if bills_end is None:
        return []
    return [
        _(
            "No payment to suppliers is known after {day}: bills that are not booked yet count only as a "
            "planned line. Without one the later balances are too high.",
            day=in_sentence(bills_end),
        )
    ]


def documents_without_rate(forecast: CashForecast) -> list[str]:
    """Return per currency without a rate the documents left out, the rate needed, and the amount due."""
    return [
        _n(
            "{count} open document in {currency} ({amount}) is not in the forecast: load at least 1 exchange "
            "rate of {day} or before. By its due date {due} of it comes in {weeks}.",
            "{count} open documents in {currency} ({amount}) are not in the forecast: load at least 1 "
            "exchange rate of {day} or before. By their due dates {due} of it comes in {weeks}.",
            row["documents"],
            **without_rate_answers.values(row),
            due=money(row["due_amount"], row["currency"]),
            weeks=_n("this week", "these {count} weeks", forecast.weeks.height),
        )
        for row in forecast.left_out.iter_rows(named=True)
    ]
