"""Blocks of the liquidity forecast: the fan, the weeks and what makes them up, the bridge, the headroom."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts import arrange, books, choices, device, filters, frame, runs, tables
from pages.parts.view import View
from reports import figures
from reports.answers import forecast_words as told
from reports.answers import liquidity
from reports.answers.cash_forecast import CashForecast
from reports.figures import Ahead
from reports.language import _

PARTS = ("forecast", "plan", "actual", "accuracy")
_UNTIL = ("all", "low")
_INVOICES = (
    "customer_name",
    "invoice_id",
    "due_date",
    "days_overdue",
    "open_amount",
    "expected_amount",
    "expected_date",
    "probability_in_week",
    "state",
)
_WEEKS = (
    "week",
    "week_start",
    "opening",
    "receipts",
    "receipts_p10",
    "receipts_p90",
    "payments",
    "closing",
    "probability_below_minimum",
)


def part_name(part: str) -> str:
    """Return what a part of the screen is called."""
    return {
        "forecast": _("Forecast"),
        "plan": _("Plan"),
        "actual": _("Against actual"),
        "accuracy": _("Accuracy"),
    }[part]


def notes(found: CashForecast, view: View) -> None:
    """Write what a reader must know before trusting the figures."""
    for sentence in told.notes(found, is_filtered=runs.is_filtered(view)):
        st.warning(device.plain(sentence))


def fan(found: CashForecast, view: View) -> None:
    """Draw past balances and the fan of the coming weeks under what they mean."""
    whole = runs.whole(view)
    finding = told.finding(found)
    frame.heading(finding, told.fan_method(found), key="fan")
    ahead = Ahead(
        weeks=found.weeks,
        as_of=found.as_of,
        opening=found.opening_balance,
        minimum=found.minimum,
        past=books.ask("cash_trend", whole, weeks=liquidity.HISTORY),
        currency=found.currency,
        credit_line=found.credit_line,
    )
    figure = figures.fan(ahead, theme=device.theme(), compact=device.is_phone())
    frame.chart(
        figure,
        name="liquidity",
        finding=finding,
        view=whole,
        key="fan",
        rows=liquidity.week_rows(found),
        method=_method(found),
    )


def weeks(found: CashForecast, view: View) -> int:
    """Draw the week table and return the place, from 1, of the picked week, else of the lowest."""
    whole, rows = runs.whole(view), liquidity.week_rows(found)
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-weeks"):
        frame.heading(_("Week by week"), told.weeks_method(), key="weeks")
        title = told.finding(found)
        tables.downloads("liquidity", whole, rows, title=title, method=_method(found), key="weeks")
    picked = tables.show(
        rows,
        whole,
        key="weeks",
        columns=_WEEKS,
        phone=("week", "receipts", "closing"),
        select=True,
        rows=rows.height,
        alt=title,
    )
    if picked is not None:
        st.session_state["written-week"] = picked["week_start"].isoformat()
        filters.remember(week=st.session_state["written-week"])
    asked = filters.parameter("week")
    if asked is not None and not liquidity.is_week(found, asked):
        # A week picked here goes with the day it was picked on; one asked for by the address is missed.
        if asked == st.session_state.get("written-week"):
            filters.remember(week=None)
        else:
            filters.not_there("week")
    return liquidity.week_number(found, asked)


def week(found: CashForecast, number: int, view: View) -> None:
    """Draw the invoices and payments of one week."""
    whole = runs.whole(view)
    row = liquidity.week_rows(found).row(number - 1, named=True)
    frame.heading(told.week_found(row, found.currency), None, key="week")
    invoices = liquidity.week_invoices(
        found, number, books.ask("customers", whole), books.ask("open_items", whole)
    )
    with st.container(key="week-invoices"):
        _invoices(invoices, row, found, whole, number)
    with st.container(key="week-payments"):
        _payments(liquidity.week_payments(found, number), found, whole, number)


def _invoices(rows: pl.DataFrame, row: dict[str, Any], found: CashForecast, whole: View, number: int) -> None:
    title, method = (
        told.week_receipts_found(row, found.currency),
        told.week_receipts_method(row, found.currency),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-week-invoices"):
        frame.heading(title, method, key="week-invoices")
        if rows.height:
            tables.downloads("expected", whole, rows, title=title, method=_method(found), key="week-invoices")
    arrange.said()
    if rows.is_empty():
        st.caption(_("No single invoice is expected in this week."))
        return
    picked = tables.show(
        rows,
        whole,
        key=f"expected-{number}-{arrange.turn()}",
        columns=_INVOICES,
        phone=("customer_name", "expected_amount", "probability_in_week"),
        select=True,
        alt=title,
    )
    if picked is not None:
        _why(picked, whole)


def _why(row: dict[str, Any], whole: View) -> None:
    with st.container(border=True, key="card-why"):
        name = device.plain(row["customer_name"])
        frame.heading(
            _("{customer}, {invoice}", customer=name, invoice=device.plain(row["invoice_id"])),
            told.invoice_found(row),
            key="why",
        )
        frame.points([device.plain(one) for one in told.reasons(row)], key="reasons")
        arrange.panel(whole, row["invoice_id"], row["customer_id"])
        with st.container(key="link-why"):
            st.page_link(
                "pages/customer.py",
                label=_("Open this customer"),
                icon=":material/arrow_forward:",
                query_params=filters.link(customer=row["customer_id"]),
            )


def _payments(rows: pl.DataFrame, found: CashForecast, whole: View, number: int) -> None:
    title = told.week_payments_found(rows, found.currency)
    method = _("Unpaid bills on their due date, and planned lines, largest first.")
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-week-payments"):
        frame.heading(title, method, key="week-payments")
        if rows.height:
            tables.downloads("payments", whole, rows, title=title, method=method, key="week-payments")
    if rows.height:
        tables.show(rows, whole, key=f"payments-{number}", phone=("label", "category", "amount"), alt=title)


def bridge(found: CashForecast, view: View) -> None:
    """Draw the way from the opening to the closing balance, to the end or to the low point."""
    whole = runs.whole(view)
    head = st.container(key="bridge-head")
    until = choices.pick("until", _("Until"), _UNTIL, lambda code: told.until_name(code, found))
    count = liquidity.week_number(found, None) if until == "low" else found.weeks.height
    rows = liquidity.bridge(found, books.ask("customers", whole), weeks=count)
    finding, method = told.bridge_found(rows, count, found.currency), told.bridge_method()
    with head:
        frame.heading(finding, method, key="bridge")
    figure = figures.cash_bridge(
        rows, theme=device.theme(), currency=found.currency, compact=device.is_phone()
    )
    frame.chart(
        figure, name="cash-bridge", finding=finding, view=whole, key="bridge", rows=rows, method=method
    )


def headroom(found: CashForecast, view: View) -> None:
    """Draw the room above the minimum per week."""
    whole, rows = runs.whole(view), liquidity.week_rows(found)
    finding = told.headroom_found(rows, found)
    method = told.headroom_method(found)
    frame.heading(finding, method, key="headroom")
    figure = figures.headroom(rows, theme=device.theme(), currency=found.currency, compact=device.is_phone())
    frame.chart(
        figure, name="headroom", finding=finding, view=whole, key="headroom", rows=rows, method=method
    )


def _method(found: CashForecast) -> str:
    return f"{told.fan_method(found)} {told.method_used(found)}"
