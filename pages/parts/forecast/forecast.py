"""Blocks of the liquidity forecast: fan, weeks with their documents and payments, bridge, headroom."""

from typing import Any

import streamlit as st

from pages.parts.arrangements import arrangement_form
from pages.parts.context import background_runs, books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, links, scrolling
from reports import figures
from reports.answers.forecast import bridge as forecast_bridge
from reports.answers.forecast import invoice_text, week_parts
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast import text as forecast_text
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.shared.finding import Finding
from reports.figures import BalanceForecast
from reports.language import _, _p

TABS = ("forecast", "plan", "actual", "accuracy")
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


def tab_name(tab: str) -> str:
    """Return the name of a tab of the screen."""
    return {
        "forecast": _p("view", "Forecast"),
        "plan": _p("view", "Plan"),
        "actual": _("Against actual"),
        "accuracy": _p("view", "Accuracy"),
    }[tab]


def fan(forecast: CashForecast, view: View) -> None:
    """Draw past balances and the fan of the coming weeks."""
    whole = background_runs.whole_company(view)
    ahead = BalanceForecast(
        weeks=forecast.weeks,
        as_of=forecast.as_of,
        opening=forecast.opening_balance,
        minimum=forecast.minimum,
        past=books.ask("cash_trend", whole, weeks=forecast_rows.HISTORY),
        currency=forecast.currency,
        credit_line=forecast.credit_line,
    )
    blocks.chart(
        forecast_text.fan(forecast),
        figures.fan(ahead, theme=browser.theme(), compact=browser.is_phone()),
        name="liquidity",
        view=whole,
        key="fan",
        rows=forecast_rows.week_rows(forecast),
        export_words=forecast_text.export(forecast),
        opens=week_parts.of_fan(forecast, books.ask("customers", whole)),
    )
    links.minimum(forecast.minimum, forecast.currency, key="fan")


def weeks(forecast: CashForecast, view: View) -> int:
    """Draw the week table; return the number, from 1, of the picked week, else of the lowest."""
    rows = forecast_rows.week_rows(forecast)
    picked = blocks.table(
        forecast_text.weeks(),
        forecast_rows.weeks_on_screen(rows),
        background_runs.whole_company(view),
        key="weeks",
        name="liquidity",
        sheet=rows,
        export_words=forecast_text.export(forecast),
        level="bottom",
        columns=_WEEKS,
        expected=_WEEKS,
        phone=("week", "receipts", "closing"),
        select=True,
        page_rows=rows.height,
        ticked=_asked_week(forecast),
    )
    if picked is not None:
        st.session_state["written-week"] = picked["week_start"].isoformat()
        filters.remember(week=st.session_state["written-week"])
    first_day = filters.parameter("week")
    if first_day is not None and not forecast_rows.is_week(forecast, first_day):
        # A week picked here is dropped with its day; a week that only the address names is reported.
        if first_day == st.session_state.get("written-week"):
            filters.remember(week=None)
        else:
            filters.report_missing("week")
    return forecast_rows.week_number(forecast, first_day)


def _asked_week(forecast: CashForecast) -> int | None:
    """Return the place of the week that the address names; None if it names none of them."""
    first_day = filters.parameter("week")
    if first_day is None or not forecast_rows.is_week(forecast, first_day):
        return None
    return forecast_rows.week_number(forecast, first_day) - 1


def week(forecast: CashForecast, number: int, view: View) -> None:
    """Draw the invoices and payments of one week."""
    scrolling.show("week")
    whole = background_runs.whole_company(view)
    row = forecast_rows.weeks_on_screen(forecast_rows.week_rows(forecast)).row(number - 1, named=True)
    blocks.heading(forecast_text.week(row, forecast.currency), key="week")
    with st.container(key="week-invoices"):
        _invoices(forecast, row, whole, number)
    with st.container(key="week-payments"):
        _payments(forecast, whole, number)


def _invoices(forecast: CashForecast, row: dict[str, Any], whole: View, number: int) -> None:
    rows = forecast_rows.week_invoices(
        forecast, number, books.ask("customers", whole), books.ask("open_items", whole)
    )
    finding = forecast_text.week_receipts(row, forecast.currency)
    export = forecast_text.export(forecast)
    head = st.container()
    arrangement_form.show_notice()
    picked = blocks.table(
        finding,
        rows,
        whole,
        key="week-invoices",
        table_key=f"expected-{number}-{arrangement_form.save_count()}",
        name="expected",
        export_words=Finding(finding.title, export.method),
        head=head,
        empty=_("No single invoice is expected in this week."),
        level="bottom",
        columns=_INVOICES,
        phone=("customer_name", "expected_amount", "probability_in_week"),
        select=True,
    )
    if picked is not None:
        _invoice(picked, whole)


def _invoice(row: dict[str, Any], whole: View) -> None:
    """Draw when an invoice is expected and why, and the form for what was agreed about it."""
    with st.container(border=True, key="card-why"):
        blocks.heading(invoice_text.invoice(row), key="why")
        reasons = invoice_text.reasons(row, whole.display_currency)
        blocks.points([escape.plain(sentence) for sentence in reasons], key="reasons")
        arrangement_form.panel(whole, row["invoice_id"], row["customer_id"])
        with st.container(key="link-why"):
            st.page_link(
                "pages/customer.py",
                label=_("Open this customer"),
                icon=":material/arrow_forward:",
                query_params=filters.link(customer=row["customer_id"]),
            )


def _payments(forecast: CashForecast, whole: View, number: int) -> None:
    rows = forecast_rows.week_payments(forecast, number)
    blocks.table(
        forecast_text.week_payments(rows, forecast.currency),
        rows,
        whole,
        key="week-payments",
        table_key=f"payments-{number}",
        name="payments",
        empty="",
        level="bottom",
        columns=forecast_rows.payment_columns(rows),
        phone=("label", "category", "amount"),
    )


def bridge(forecast: CashForecast, view: View) -> None:
    """Draw the steps from the opening to the closing balance, to the end or to the low point."""
    whole = background_runs.whole_company(view)
    head = st.container(key="bridge-head")
    until = url_choices.pick(
        "until", _p("field", "Until"), _UNTIL, lambda code: forecast_text.bridge_end(code, forecast)
    )
    count = forecast_rows.week_number(forecast, None) if until == "low" else forecast.weeks.height
    names = books.ask("customers", whole)
    rows = forecast_bridge.bridge(forecast, names, weeks=count)
    figure = figures.cash_bridge(
        rows, theme=browser.theme(), currency=forecast.currency, compact=browser.is_phone()
    )
    finding = forecast_text.bridge(rows, count, forecast.currency)
    opens = forecast_bridge.parts(forecast, names, weeks=count)
    blocks.chart(
        finding, figure, name="cash-bridge", view=whole, key="bridge", rows=rows, head=head, opens=opens
    )


def headroom(forecast: CashForecast, view: View) -> None:
    """Draw the headroom above the minimum per week."""
    whole, rows = background_runs.whole_company(view), forecast_rows.week_rows(forecast)
    figure = figures.headroom(
        rows, theme=browser.theme(), currency=forecast.currency, compact=browser.is_phone()
    )
    finding = forecast_text.headroom(rows, forecast)
    opens = week_parts.of_headroom(forecast, books.ask("customers", whole))
    blocks.chart(finding, figure, name="headroom", view=whole, key="headroom", rows=rows, opens=opens)
    links.minimum(forecast.minimum, forecast.currency, key="headroom")
