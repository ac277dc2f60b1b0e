"""The liquidity forecast in words: where it gets tight, what makes up a week, why an invoice comes then."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from forecasting.receipts.fallback import ASSUMED
from reports.answers.data_quality import without_rate as without_rate_answers
from reports.answers.forecast import backtest
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.rows import TIGHT, without_rate
from reports.answers.shared.money import total
from reports.answers.shared.tile import Tile
from reports.formats import about, chance, in_sentence, money, number, percent
from reports.formats import week as week_label
from reports.sentences import in_words
from reports.translation import _, _n

_FEW = 5  # paid invoices below which a customer's own habit says little
_NOTABLE = 3.0  # days
_LIKELY, _SELDOM = 0.5, 0.05
_GROUPS = 3
_WORTH_TELLING = Decimal("0.01")  # of all receipts: less on account changes nothing that can be seen


def finding(forecast: CashForecast) -> str:
    """Say where the low point is and which week gets tight."""
    low = forecast.lowest
    values = {
        "week": _week(low),
        "amount": about(low["closing"], forecast.currency),
        "chance": chance(low["probability_below_minimum"]),
    }
    if not forecast.opening_known:
        return _("Counted from 0, the lowest point is {amount} in week {week}", **values)
    tight = forecast.weeks.filter(pl.col("probability_below_minimum") >= TIGHT)
    if tight.is_empty():
        return _(
            "Lowest point in week {week}: {amount} expected, chance below the minimum {chance}", **values
        )
    if low["probability_below_minimum"] >= TIGHT:
        return _(
            "Week {week} is tight: {amount} expected, {chance} chance of less than the minimum", **values
        )
    first = tight.row(0, named=True)
    return _(
        "Week {tight} gets tight: {risk} chance of less than the minimum; "
        "lowest point {amount} in week {week}",
        tight=_week(first),
        risk=chance(first["probability_below_minimum"]),
        **values,
    )


def fan_method(forecast: CashForecast) -> str:
    """Say what the fan shows, from which day the forecast was made and what the chances leave out."""
    said = _(
        "Closing balance per week, {weeks} weeks ahead, forecast as of {day}. Line: expected. "
        "Bands: 50%, 80% and 95% of the outcomes. An estimate: receipts vary, payments count as planned.",
        weeks=forecast.weeks.height,
        day=in_sentence(forecast.as_of),
    )
    if not forecast.credit_line:
        return said
    line = money(forecast.credit_line, forecast.currency, 0)
    return (
        said + " " + _("The chance of less than the minimum leaves the credit line of {line} out.", line=line)
    )


def notes(forecast: CashForecast, *, is_filtered: bool) -> list[str]:
    """Return what a reader must know before trusting the figures; as plain text."""
    found = []
    if not forecast.opening_known:
        found.append(_("No bank balance is known on this day: the opening balance is taken as 0.00."))
    found += [
        _(
            "The balance of account {account}, {amount}, has no exchange rate of {day} or before and is left "
            "out: load one.",
            account=row["account"],
            amount=money(row["balance"], row["currency"]),
            day=in_sentence(row["balance_date"]),
        )
        for row in forecast.unrated_accounts.iter_rows(named=True)
    ]
    if not any(forecast.weeks["payments"]):
        found.append(
            _(
                "No bills or planned payments are known for these weeks: the balance counts receipts only. "
                "Load bills, or plan payments on the liquidity forecast."
            )
        )
    if forecast.short_of:
        found.append(
            in_words(forecast.short_of)
            + " "
            + _(
                "Until then open invoices count on their due date and as many days as paid ones were late, "
                "and billings go on as they were."
            )
        )
    holes = backtest.weeks_without_data(forecast.holes)
    if holes:
        found.append(holes)
    found += left_out(forecast)
    if forecast.on_account > _WORTH_TELLING * total(forecast.weeks["receipts"]):
        found.append(
            _(
                "{amount} was received on account and is not set off against open invoices here: as far as "
                "customers take it off, that much less comes in.",
                amount=money(forecast.on_account, forecast.currency),
            )
        )
    missing = without_rate(forecast)
    if missing:
        found.append(
            _n(
                "{count} payment is left out: its exchange rate is missing.",
                "{count} payments are left out: their exchange rate is missing.",
                missing,
            )
        )
    if forecast.unknown_segments:
        found.append(
            _(
                "The billing plan holds amounts for a segment no document is of: {names}. They are added to "
                "what is expected of the others; correct the name in the plan if it is misspelt.",
                names=", ".join(forecast.unknown_segments),
            )
        )
    bills_end = forecast_rows.bills_end(forecast)
    if bills_end is not None:
        found.append(
            _(
                "No payment to suppliers is known after {day}: bills that are not booked yet count only as a "
                "planned line. Without one the later balances are too high.",
                day=in_sentence(bills_end),
            )
        )
    if is_filtered:
        found.append(
            _(
                "The forecast covers the whole company in {currency}: the filters above do not change it.",
                currency=forecast.currency,
            )
        )
    return found


def left_out(forecast: CashForecast) -> list[str]:
    """Say per currency without a rate what is left out, what is needed, and what its due dates let expect."""
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


def low_tile(forecast: CashForecast) -> Tile:
    """Return the tile of the lowest closing balance."""
    low = forecast.lowest
    change = low["closing"] - forecast.opening_balance
    return Tile(
        key="low",
        label=_("Lowest, {week}", week=week_label(low["week_start"])),
        value=about(low["closing"], forecast.currency),
        change=about(change, forecast.currency, sign=True),
        since=_("vs now"),
        tone="out" if change < 0 else "cash",
        method=_(
            "Lowest expected closing balance of the coming weeks, forecast as of {day}.",
            day=in_sentence(forecast.as_of),
        ),
        series=(forecast.opening_balance, *forecast.weeks["closing"].to_list()),
        series_said=_("Expected closing balance, the coming 13 weeks"),
        opens=_("Week {week}, in detail", week=_week(low)),
        page="liquidity_forecast",
        own={"week": low["week_start"].isoformat(), "part": None},
    )


def week_found(row: Mapping[str, Any], currency: str) -> str:
    """Say of one week what comes in and goes out; the row is one of `week_rows`."""
    return _(
        "Week {week}: {receipts} expected in, {payments} out, closing at {closing}",
        week=_week(row),
        receipts=about(row["receipts"], currency),
        payments=about(row["payments"], currency),
        closing=about(row["closing"], currency),
    )


def weeks_method() -> str:
    """Say what the week table holds."""
    return _(
        "Receipts with the band that holds 80% of the outcomes; closing = opening + receipts − payments. "
        "Pick a week for its invoices and payments."
    )


def week_receipts_found(row: Mapping[str, Any], currency: str) -> str:
    """Say where the receipts of a week come from."""
    return _(
        "In from open invoices: {amount}",
        amount=about(row["from_open_invoices"], currency),
    )


def week_receipts_method(row: Mapping[str, Any], currency: str) -> str:
    """Say what the rows of a week are, and what is not in them."""
    return _(
        "What is expected of each invoice in this week: open amount × chance. "
        "Not in it: {amount} from invoices still to be billed. Pick a row for why.",
        amount=about(row["from_future_invoices"], currency),
    )


def week_payments_found(rows: pl.DataFrame, currency: str) -> str:
    """Say how much goes out in a week, on how many lines."""
    return _(
        "Out: {amount} on {lines}",
        amount=money(total(rows["amount"]), currency, 0),
        lines=_n("{count} bill or planned line", "{count} bills and planned lines", rows.height),
    )


def bridge_found(rows: pl.DataFrame, weeks: int, currency: str) -> str:
    """Say what cash does from the opening to the closing balance; the rows are of `bridge`."""
    change = rows["amount"][-1] - rows["amount"][0]
    values = {"amount": about(abs(change), currency), "closing": about(rows["amount"][-1], currency)}
    if change < 0:
        return _n(
            "Cash falls by {amount} in {count} week, to {closing}",
            "Cash falls by {amount} in {count} weeks, to {closing}",
            weeks,
            **values,
        )
    return _n(
        "Cash rises by {amount} in {count} week, to {closing}",
        "Cash rises by {amount} in {count} weeks, to {closing}",
        weeks,
        **values,
    )


def bridge_method() -> str:
    """Say what the bridge draws."""
    return _(
        "From opening to closing balance by cause; the largest customers are named under their segment. "
        "Blue brings cash, orange costs it."
    )


def until_name(code: str, forecast: CashForecast) -> str:
    """Write how far the bridge goes."""
    if code == "low":
        return _("To week {week}, the low point", week=_week(forecast.lowest))
    return _n("{count} week", "{count} weeks", forecast.weeks.height)


def headroom_found(rows: pl.DataFrame, forecast: CashForecast) -> str:
    """Say where the room above the minimum is smallest; the rows are of `week_rows`."""
    currency = forecast.currency
    row = rows.sort("headroom", "week_start").row(0, named=True)
    values = {
        "week": _week(row),
        "amount": about(abs(row["headroom"]), currency),
        "bad": about(row["headroom_p10"], currency),
        "line": money(forecast.credit_line, currency, 0),
    }
    if forecast.credit_line and row["headroom"] < 0:
        return _(
            "Week {week} is {amount} short of the minimum, even with the credit line of {line}; "
            "one time in ten {bad} or worse",
            **values,
        )
    if forecast.credit_line:
        return _(
            "Least headroom in week {week}: {amount}, the credit line of {line} counted in; "
            "one time in ten {bad} or less",
            **values,
        )
    if row["headroom"] < 0:
        return _("Week {week} is {amount} short of the minimum; one time in ten {bad} or worse", **values)
    return _("Least room above the minimum in week {week}: {amount}; one time in ten {bad} or less", **values)


def headroom_method(forecast: CashForecast) -> str:
    """Say what the bars and dashes are."""
    if forecast.credit_line:
        return _(
            "Expected closing balance plus the credit line of {line}, less the minimum of {minimum}; "
            "dash: what one outcome in ten stays below",
            line=money(forecast.credit_line, forecast.currency, 0),
            minimum=money(forecast.minimum, forecast.currency, 0),
        )
    return _(
        "Expected closing balance less the minimum of {minimum}; dash: what one outcome in ten stays below",
        minimum=money(forecast.minimum, forecast.currency, 0),
    )


def invoice_found(row: Mapping[str, Any]) -> str:
    """Say when one invoice is expected and how likely that is; the row is of `week_invoices`."""
    if row["expected_date"] is None:
        return _(
            "As likely never paid as ever; {chance} chance in this week",
            chance=chance(row["probability_in_week"]),
        )
    values = {"day": in_sentence(row["expected_date"]), "chance": chance(row["probability_in_week"])}
    if row["days_overdue"] > 0 or row["probability_paid_by_due"] is None:
        return _("Expected around {day}; {chance} chance in this week", **values)
    return _(
        "Expected around {day}; {chance} chance in this week, {on_time} chance of being paid on time",
        on_time=chance(row["probability_paid_by_due"]),
        **values,
    )


def method_used(forecast: CashForecast) -> str:
    """Say which methods the receipts come from, and why those."""
    if forecast.short_of:
        return _n(
            "A simple method is used, for there is too little history for the payment model: due dates, and "
            "days late as of {count} paid invoice and of five assumed ones ({assumed} days late).",
            "A simple method is used, for there is too little history for the payment model: due dates, and "
            "days late as of {count} paid invoices and of five assumed ones ({assumed} days late).",
            forecast.method["paid"],
            assumed=", ".join(str(days) for days in ASSUMED),
        )
    shares: dict[str, list[float]] = forecast.method["shares"]
    groups = [
        ", ".join(
            f"{percent(each[place], 0)} {backtest.method_name(name)}"
            for name, each in shares.items()
            if each[place]
        )
        for place in range(_GROUPS)
    ]
    said = _(
        "The forecast uses what was best on this ledger's own past: weeks 1–4 {first}; weeks 5–8 {second}; "
        "weeks 9 and on {third}.",
        first=groups[0],
        second=groups[1],
        third=groups[2],
    )
    planned = forecast.method["planned"]
    if not any(planned):
        return said
    return (
        said
        + " "
        + _(
            "What the billing plan holds takes the place of expected billings: {first}, {second} and {third} "
            "of the receipts of these weeks come from it.",
            first=percent(planned[0], 0),
            second=percent(planned[1], 0),
            third=percent(planned[2], 0),
        )
    )


def stage(code: str) -> str:
    """Say what a run is doing."""
    return {
        "history": _("Reading what was paid and when"),
        "forecast": _("Forecasting receipts"),
        "balance": _("Adding payments and the bank balance"),
        "backtest": _("Looking back: forecasting from earlier days"),
        "signals": _("Asking the rules of every customer"),
    }.get(code, code)


def reasons(row: Mapping[str, Any]) -> list[str]:
    """Say of one invoice what this customer usually does and what is different now.

    Args:
        row: of `week_invoices`.
    """
    if row["invoice_type"] == "credit_note":
        return [_("A credit note: it is set off against what this customer pays.")]
    if row["paid_before"] is None:
        return [
            _("Too few invoices were paid here to tell customers apart: all are taken alike."),
            *_now(row),
        ]
    found = [_habit(row)]
    drift = row["recent_days_late"] - row["usual_days_late"]
    if row["paid_before"] >= _FEW and abs(drift) >= _NOTABLE:
        gap = number(abs(drift))
        found.append(
            _("Lately it pays {days} days later than it used to.", days=gap)
            if drift > 0
            else _("Lately it pays {days} days sooner than it used to.", days=gap)
        )
    found += _now(row)
    return found


def _habit(row: Mapping[str, Any]) -> str:
    count = int(row["paid_before"])
    if count == 0:
        return _("This customer has paid nothing yet: the chance is that of customers like it.")
    usual = round(row["usual_days_late"])
    invoices = _n("{count} paid invoice", "{count} paid invoices", count)
    if count < _FEW:
        return _("Only {invoices} so far: the chance leans on customers like it.", invoices=invoices)
    if usual > 0:
        return _n(
            "Usually pays {count} day after the due date ({invoices}).",
            "Usually pays {count} days after the due date ({invoices}).",
            usual,
            invoices=invoices,
        )
    if usual < 0:
        return _n(
            "Usually pays {count} day before the due date ({invoices}).",
            "Usually pays {count} days before the due date ({invoices}).",
            -usual,
            invoices=invoices,
        )
    return _("Usually pays on the due date ({invoices}).", invoices=invoices)


def _now(row: Mapping[str, Any]) -> list[str]:
    found = []
    late, usual = row["days_overdue"], row["usual_days_late"]
    if late > 0:
        more = 0.0 if usual is None else late - usual
        found.append(
            _(
                "Now {late} days past due, {more} more than usual.",
                late=number(late),
                more=number(round(more)),
            )
            if more >= _NOTABLE
            else _n("Now {count} day past due.", "Now {count} days past due.", late)
        )
    said = {
        "disputed": _("In dispute: until that ends it is expected to be paid less often."),
        "promise_broken": _("A promise on it was broken."),
        "promised": _("There is a promise on it: it counts as often as promises were kept here."),
        "part_paid": _("Paid in part already."),
    }
    if row["state"] in said:
        found.append(said[row["state"]])
    if late <= 0 and (row["probability_30_days_late"] or 0.0) >= _LIKELY:
        found.append(_("More likely than not more than 30 days late."))
    if (row["probability_never"] or 0.0) >= _SELDOM:
        found.append(_("Chance that it is never paid: {chance}.", chance=chance(row["probability_never"])))
    return found


def _week(row: Mapping[str, Any]) -> str:
    return str(row["week_start"].isocalendar().week)
