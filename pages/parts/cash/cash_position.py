"""Blocks of the Cash position below the tiles: accounts, late payers, the movement of receivables."""

from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from pages.parts.context import books, browser, filters
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape
from reports import figures, language
from reports.answers.cash import cash_position, movement_rows
from reports.formats import LIMITS
from reports.language import _


def position(view: View) -> cash_position.Position:
    """Return the answers that the tiles and the line of accounts are made from."""
    weeks = books.ask("cash_trend", view, weeks=cash_position.WEEKS + 1)
    return cash_position.Position(
        weeks=weeks,
        buckets=books.ask("ageing_buckets", view, basis="due", limits=list(LIMITS)),
        accounts=books.ask("bank_position", view),
        currency=view.display_currency,
        compare_day=view.compare_day,
        then=_then(weeks, view),
    )


def _then(weeks: pl.DataFrame, view: View) -> dict[str, Any] | None:
    """Return the row of the day of the comparison, of the weeks already asked for if it is one of them."""
    rows = weeks.filter(as_of=view.compare_day) if books.has_comparison(view) else None
    if rows is not None and rows.is_empty():
        rows = books.ask_then("cash_trend", view, weeks=1)
    return rows.row(0, named=True) if rows is not None else None


def accounts(rows: pl.DataFrame, view: View) -> None:
    """Draw the accounts behind the bank balance."""
    finding = cash_position.accounts(rows, view.display_currency)
    blocks.table(
        finding,
        rows,
        view,
        key="accounts",
        name="bank",
        export_words=replace(finding, method=_("Latest balance per account.")),
        level="bottom",
        phone=("account", "reporting_balance"),
    )


def late_payers(top: pl.DataFrame, view: View) -> None:
    """Draw the largest late payers, each with its facts and the way to it."""
    name = "top-overdue" if top.height else ""
    blocks.heading_with_export(cash_position.late_payers(top), top, view, key="top", name=name)
    customers = top["customer_id"].to_list()
    overdue = books.ask("open_items", view, customers=customers, bucket="overdue", basis="due")
    for place, row in enumerate(top.iter_rows(named=True)):
        states = overdue.filter(customer_id=row["customer_id"])["state"].to_list()
        _late_payer(row, states, place, view)
    if top.is_empty():
        return
    st.page_link(
        "pages/ageing.py",
        label=_("All overdue"),
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params=filters.link(bucket="overdue", basis=None, at="rows"),
    )


def _late_payer(row: dict[str, Any], states: list[str], place: int, view: View) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"row-{place}", gap="small", wrap=False
    ):
        with st.container(gap=None):
            st.page_link(
                "pages/customer.py",
                label=escape.bold(f"{place + 1}. {row['customer_name']}"),
                query_params=filters.link(customer=row["customer_id"]),
            )
            st.caption(cash_position.late_payer_facts(row, states))
        amount = language.money(row["overdue_amount"], view.display_currency, 0)
        st.markdown(f"**{amount}**", width="content")


def movement(view: View) -> None:
    """Draw why receivables changed since the day they are compared with."""
    days = (view.as_of - view.compare_day).days
    rows = books.ask("receivables_moved", view, days=days)
    row = rows.row(0, named=True)
    figure = figures.movement(
        row, theme=browser.theme(), currency=view.display_currency, compact=browser.is_phone()
    )
    finding = cash_position.movement(row, view.display_currency)
    opens = movement_rows.parts(row, books.source(view), days)
    blocks.chart(finding, figure, name="receivables-moved", view=view, key="movement", rows=rows, opens=opens)
