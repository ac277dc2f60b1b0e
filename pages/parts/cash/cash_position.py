"""Blocks of the Cash position that end in rows: accounts, late payers, what moved."""

import polars as pl
import streamlit as st

from pages.parts.context import books, browser, filters
from pages.parts.context.view import View
from pages.parts.kpi import small_multiples
from pages.parts.widgets import blocks, escape, tables
from reports import figures, language
from reports.answers.cash import cash_position
from reports.formats import LIMITS
from reports.language import _


def position(view: View) -> cash_position.Position:
    """Ask everything the tiles and the bank line are told from."""
    return cash_position.Position(
        weeks=books.ask("cash_trend", view, weeks=cash_position.WEEKS + 1),
        buckets=books.ask("ageing_buckets", view, basis="due", limits=list(LIMITS)),
        accounts=books.ask("bank_position", view),
        currency=view.shown_currency,
    )


def accounts(found: pl.DataFrame, view: View) -> None:
    """Draw the accounts behind the bank balance."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-accounts"):
        title = cash_position.accounts_found(found, view.shown_currency)
        blocks.heading(title, _("Latest balance of every account on or before the day."), key="accounts")
        tables.downloads(
            "bank", view, found, title=title, method=_("Latest balance per account."), key="accounts"
        )
    tables.show(found, view, key="accounts", phone=("account", "reporting_balance"), alt=title)


def top_overdue(top: pl.DataFrame, view: View) -> None:
    """Draw the largest late payers, each with its facts and the way to it."""
    found, method = cash_position.top_found(top), _("Largest overdue amounts, with what makes them late.")
    with st.container(horizontal=True, horizontal_alignment="distribute", key="bar-top"):
        blocks.heading(found, method, key="top")
        if top.height:
            tables.downloads("top-overdue", view, top, title=found, method=method, key="top")
    whose = top["customer_id"].to_list()
    late = books.ask("open_items", view, customers=whose, bucket="overdue", basis="due")
    for place, row in enumerate(top.iter_rows(named=True)):
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"row-{place}", gap="small", wrap=False
        ):
            with st.container(gap=None):
                st.page_link(
                    "pages/customer.py",
                    label=escape.bold(f"{place + 1}. {row['customer_name']}"),
                    query_params=filters.link(customer=row["customer_id"]),
                )
                states = late.filter(customer_id=row["customer_id"])["state"].to_list()
                st.caption(cash_position.top_facts(row, states))
            amount = language.money(row["overdue_amount"], view.shown_currency, 0)
            st.markdown(f"**{amount}**", width="content")
    if top.is_empty():
        return
    st.page_link(
        "pages/ageing.py",
        label=_("All that is overdue"),
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params=filters.link(bucket="overdue", basis=None),
    )


def movement(view: View) -> None:
    """Draw why receivables changed in a week."""
    rows = books.ask("receivables_moved", view)
    row = rows.row(0, named=True)
    title = cash_position.moved(row["closing"] - row["opening"], view.shown_currency)
    since = language.in_sentence(row["opening_date"])
    method = _("Change of receivables since {day}, by cause", day=since)
    blocks.heading(title, method, key="movement")
    causes = {name: row[name] for name in ("invoiced", "received", "credited", "written_off")}
    figure = figures.movement(
        **causes, theme=browser.theme(), currency=view.shown_currency, compact=browser.is_phone()
    )
    blocks.figure(
        figure, name="receivables-moved", finding=title, view=view, key="movement", rows=rows, method=method
    )
    small_multiples.links("receivables_moved")
