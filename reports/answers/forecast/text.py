"""Findings of the liquidity forecast: the fan, its weeks and what makes them up, the bridge, the headroom."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from forecasting.receipts.fallback import ASSUMED
from reports.answers.forecast import backtest
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.rows import TIGHT
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.answers.shared.tile import Tile
from reports.formats import about, chance, forecast_bridge, in_sentence, money, percent
from reports.formats import week as week_label
from reports.translation import _, _n

_GROUPS = 3


def fan(forecast: CashForecast) -> Finding:
    """Return where the lowest balance is and which week is tight."""
    return Finding(_low_point(forecast), _fan_method(forecast))


def export(forecast: CashForecast) -> Finding:
    """Return title and method of exports: those of the fan, and how receipts are forecast."""
    return Finding(_low_point(forecast), f"{_fan_method(forecast)} {receipts_method(forecast)}")


def plan_outcome(forecast: CashForecast) -> Finding:
    """Return the lowest balance with the plan as it is saved."""
    return Finding(_low_point(forecast), _("The forecast with the plan below, as it is saved."))


def _low_point(forecast: CashForecast) -> str:
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


def _fan_method(forecast: CashForecast) -> str:
    bands = _(
        "Closing balance per week, {weeks} weeks ahead, forecast as of {day}. Line: expected. "
        "Bands: 50%, 80% and 95% of the outcomes. An estimate: receipts vary, payments count as planned.",
        weeks=forecast.weeks.height,
        day=in_sentence(forecast.as_of),
    )
    if not forecast.credit_line:
        return bands
    line = money(forecast.credit_line, forecast.currency, 0)
    return (
        bands
        + " "
        + _("The chance of less than the minimum leaves the credit line of {line} out.", line=line)
    )


def receipts_method(forecast: CashForecast) -> str:
    """Return which methods the receipts come from, and why."""
    if forecast.short_of is not None:
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
    shares_by_group = _(
        "The forecast uses what was best on this ledger's own past: weeks 1–4 {first}; weeks 5–8 {second}; "
        "weeks 9 and on {third}.",
        first=groups[0],
        second=groups[1],
        third=groups[2],
    )
    planned = forecast.method["planned"]
    if not any(planned):
        return shares_by_group
    return (
        shares_by_group
        + " "
        + _(
            "What the billing plan holds takes the place of expected billings: {first}, {second} and {third} "
            "of the receipts of these weeks come from it.",
            first=percent(planned[0], 0),
            second=percent(planned[1], 0),
            third=percent(planned[2], 0),
        )
    )


def low_tile(forecast: CashForecast) -> Tile:
    """Return the tile of the lowest closing balance."""
    low = forecast.lowest
    change = low["closing"] - forecast.opening_balance
    if not forecast.opening_known:
        # A balance counted from 0.00 is none.
        return Tile(
            key="low",
            label=_("Lowest balance"),
            value="–",
            change=None,
            since=_("bank balance missing"),
            tone="neutral",
            method=_("Without a bank balance no lowest balance can be expected."),
            series=(),
            series_alt=_("No bank balance is known"),
            opens=_("Load the bank balance"),
            page="data",
            own={"part": "upload"},
        )
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
        series_alt=_("Expected closing balance, the coming 13 weeks"),
        opens=_("Week {week}, in detail", week=_week(low)),
        page="liquidity_forecast",
        own={"week": low["week_start"].isoformat(), "part": None, "at": "week"},
    )


def weeks() -> Finding:
    """Return the finding of the week table."""
    return Finding(
        _("Week by week"),
        _(
            "Receipts with the band that holds 80% of the outcomes; closing = opening + receipts − payments. "
            "Pick a week for its invoices and payments."
        ),
    )


def week(row: Mapping[str, Any], currency: str) -> Finding:
    """Return receipts, payments and closing balance of one week; the row is one of `week_rows`."""
    return Finding(
        _(
            "Week {week}: {receipts} expected in, {payments} out, closing at {closing}",
            week=_week(row),
            receipts=about(row["receipts"], currency),
            payments=about(row["payments"], currency),
            closing=about(row["closing"], currency),
        )
    )


def week_receipts(row: Mapping[str, Any], currency: str) -> Finding:
    """Return the receipts of a week from open invoices; the row is one of `week_rows`."""
    return Finding(
        _("In from open invoices: {amount}", amount=about(row["from_open_invoices"], currency)),
        _(
            "What is expected of each invoice in this week: open amount × chance. "
            "Not in it: {amount} from invoices still to be billed. Pick a row for why.",
            amount=about(row["from_future_invoices"], currency),
        ),
    )


def week_payments(rows: pl.DataFrame, currency: str) -> Finding:
    """Return the payments of a week and the number of lines; the rows are of `week_payments`."""
    return Finding(
        _(
            "Out: {amount} on {lines}",
            amount=money(total(rows["amount"]), currency, 0),
            lines=_n("{count} bill or planned line", "{count} bills and planned lines", rows.height),
        ),
        _("Unpaid bills on their due date, and planned lines, largest first."),
    )


def bridge(rows: pl.DataFrame, weeks: int, currency: str) -> Finding:
    """Return the change of cash from the opening to the closing balance.

    Args:
        rows: of `rows.bridge`.
        weeks: number of weeks it covers.
        currency: of the amounts.
    """
    return Finding(
        _bridge_title(rows, weeks, currency),
        _(
            "From opening to closing balance by cause; the largest customers are named under their segment. "
            "Blue brings cash, orange costs it."
        ),
    )


def _bridge_title(rows: pl.DataFrame, weeks: int, currency: str) -> str:
    opening, *_steps, closing = forecast_bridge(rows["amount"].to_list())
    change = closing - opening
    values = {"amount": money(abs(change), currency, 0), "closing": money(closing, currency, 0)}
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


def bridge_end(code: str, forecast: CashForecast) -> str:
    """Return the name of a choice of the end of the bridge: all weeks, or the lowest one."""
    if code == "low":
        return _("To week {week}, the low point", week=_week(forecast.lowest))
    return _n("{count} week", "{count} weeks", forecast.weeks.height)


def headroom(rows: pl.DataFrame, forecast: CashForecast) -> Finding:
    """Return the week with the least headroom above the minimum; the rows are of `week_rows`."""
    return Finding(_headroom_title(rows, forecast), _headroom_method(forecast))


def _headroom_title(rows: pl.DataFrame, forecast: CashForecast) -> str:
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


def _headroom_method(forecast: CashForecast) -> str:
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


def progress_stage(code: str) -> str:
    """Return what a background run is doing."""
    return {
        "waiting": _("Waiting for another calculation"),
        "history": _("Reading what was paid and when"),
        "forecast": _("Forecasting receipts"),
        "balance": _("Adding payments and the bank balance"),
        "backtest": _("Looking back: forecasting from earlier days"),
        "signals": _("Asking the rules of every customer"),
    }.get(code, code)


def _week(row: Mapping[str, Any]) -> str:
    return str(row["week_start"].isocalendar().week)
