"""Blocks of the liquidity forecast: the fan, the weeks and what makes them up, the bridge, the headroom."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts.arrangements import arrangement_form
from pages.parts.context import background_runs, books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, tables
from reports import figures
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast import text as forecast_text
from reports.answers.forecast.cash_forecast import CashForecast
from reports.figures import Ahead
from reports.language import _, _p

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
        "forecast": _p("view", "Forecast"),
        "plan": _p("view", "Plan"),
        "actual": _("Against actual"),
        "accuracy": _p("view", "Accuracy"),
    }[part]


def notes(found: CashForecast, view: View) -> None:
    """Write what a reader must know before trusting the figures."""
    for sentence in forecast_text.notes(found, is_filtered=background_runs.is_filtered(view)):
        st.warning(escape.plain(sentence))


def fan(found: CashForecast, view: View) -> None:
    """Draw past balances and the fan of the coming weeks under what they mean."""
    whole = background_runs.whole_company(view)
    finding = forecast_text.finding(found)
    blocks.heading(finding, forecast_text.fan_method(found), key="fan")
    ahead = Ahead(
        weeks=found.weeks,
        as_of=found.as_of,
        opening=found.opening_balance,
        minimum=found.minimum,
        past=books.ask("cash_trend", whole, weeks=forecast_rows.HISTORY),
        currency=found.currency,
        credit_line=found.credit_line,
    )
    figure = figures.fan(ahead, theme=browser.theme(), compact=browser.is_phone())
    blocks.figure(
        figure,
        name="liquidity",
        finding=finding,
        view=whole,
        key="fan",
        rows=forecast_rows.week_rows(found),
        method=_method(found),
    )


def weeks(found: CashForecast, view: View) -> int:
    """Draw the week table and return the place, from 1, of the picked week, else of the lowest."""
    whole, rows = background_runs.whole_company(view), forecast_rows.week_rows(found)
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-weeks"):
        blocks.heading(_("Week by week"), forecast_text.weeks_method(), key="weeks")
        title = forecast_text.finding(found)
        tables.downloads("liquidity", whole, rows, title=title, method=_method(found), key="weeks")
    picked = tables.show(
        rows,
        whole,
        key="weeks",
        columns=_WEEKS,
        phone=("week", "receipts", "closing"),
        select=True,
        page_rows=rows.height,
        alt=title,
    )
    if picked is not None:
        st.session_state["written-week"] = picked["week_start"].isoformat()
        filters.remember(week=st.session_state["written-week"])
    asked = filters.parameter("week")
    if asked is not None and not forecast_rows.is_week(found, asked):
        # A week picked here goes with the day it was picked on; one asked for by the address is missed.
        if asked == st.session_state.get("written-week"):
            filters.remember(week=None)
        else:
            filters.not_there("week")
    return forecast_rows.week_number(found, asked)


def week(found: CashForecast, number: int, view: View) -> None:
    """Draw the invoices and payments of one week."""
    whole = background_runs.whole_company(view)
    row = forecast_rows.week_rows(found).row(number - 1, named=True)
    blocks.heading(forecast_text.week_found(row, found.currency), None, key="week")
    invoices = forecast_rows.week_invoices(
        found, number, books.ask("customers", whole), books.ask("open_items", whole)
    )
    with st.container(key="week-invoices"):
        _invoices(invoices, row, found, whole, number)
    with st.container(key="week-payments"):
        _payments(forecast_rows.week_payments(found, number), found, whole, number)


def _invoices(rows: pl.DataFrame, row: dict[str, Any], found: CashForecast, whole: View, number: int) -> None:
    title, method = (
        forecast_text.week_receipts_found(row, found.currency),
        forecast_text.week_receipts_method(row, found.currency),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-week-invoices"):
        blocks.heading(title, method, key="week-invoices")
        if rows.height:
            tables.downloads("expected", whole, rows, title=title, method=_method(found), key="week-invoices")
    arrangement_form.show_notice()
    if rows.is_empty():
        st.caption(_("No single invoice is expected in this week."))
        return
    picked = tables.show(
        rows,
        whole,
        key=f"expected-{number}-{arrangement_form.save_count()}",
        columns=_INVOICES,
        phone=("customer_name", "expected_amount", "probability_in_week"),
        select=True,
        alt=title,
    )
    if picked is not None:
        _why(picked, whole)


def _why(row: dict[str, Any], whole: View) -> None:
    with st.container(border=True, key="card-why"):
        name = escape.plain(row["customer_name"])
        blocks.heading(
            _("{customer}, {invoice}", customer=name, invoice=escape.plain(row["invoice_id"])),
            forecast_text.invoice_found(row),
            key="why",
        )
        blocks.points([escape.plain(one) for one in forecast_text.reasons(row)], key="reasons")
        arrangement_form.panel(whole, row["invoice_id"], row["customer_id"])
        with st.container(key="link-why"):
            st.page_link(
                "pages/customer.py",
                label=_("Open this customer"),
                icon=":material/arrow_forward:",
                query_params=filters.link(customer=row["customer_id"]),
            )


def _payments(rows: pl.DataFrame, found: CashForecast, whole: View, number: int) -> None:
    title = forecast_text.week_payments_found(rows, found.currency)
    method = _("Unpaid bills on their due date, and planned lines, largest first.")
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-week-payments"):
        blocks.heading(title, method, key="week-payments")
        if rows.height:
            tables.downloads("payments", whole, rows, title=title, method=method, key="week-payments")
    if rows.height:
        tables.show(rows, whole, key=f"payments-{number}", phone=("label", "category", "amount"), alt=title)


def bridge(found: CashForecast, view: View) -> None:
    """Draw the way from the opening to the closing balance, to the end or to the low point."""
    whole = background_runs.whole_company(view)
    head = st.container(key="bridge-head")
    until = url_choices.pick(
        "until", _p("field", "Until"), _UNTIL, lambda code: forecast_text.until_name(code, found)
    )
    count = forecast_rows.week_number(found, None) if until == "low" else found.weeks.height
    rows = forecast_rows.bridge(found, books.ask("customers", whole), weeks=count)
    finding, method = forecast_text.bridge_found(rows, count, found.currency), forecast_text.bridge_method()
    with head:
        blocks.heading(finding, method, key="bridge")
    figure = figures.cash_bridge(
        rows, theme=browser.theme(), currency=found.currency, compact=browser.is_phone()
    )
    blocks.figure(
        figure, name="cash-bridge", finding=finding, view=whole, key="bridge", rows=rows, method=method
    )


def headroom(found: CashForecast, view: View) -> None:
    """Draw the room above the minimum per week."""
    whole, rows = background_runs.whole_company(view), forecast_rows.week_rows(found)
    finding = forecast_text.headroom_found(rows, found)
    method = forecast_text.headroom_method(found)
    blocks.heading(finding, method, key="headroom")
    figure = figures.headroom(
        rows, theme=browser.theme(), currency=found.currency, compact=browser.is_phone()
    )
    blocks.figure(
        figure, name="headroom", finding=finding, view=whole, key="headroom", rows=rows, method=method
    )


def _method(found: CashForecast) -> str:
    return f"{forecast_text.fan_method(found)} {forecast_text.method_used(found)}"
