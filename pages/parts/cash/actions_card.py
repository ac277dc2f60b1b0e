"""The card with what can be done about the low point, each line with its effect and the way to its rows."""

from decimal import Decimal

import streamlit as st

from pages.parts import books, device, filters, frame, runs, tables
from pages.parts.view import View
from reports.answers import action_words as told
from reports.answers import actions
from reports.answers.cash_forecast import CashForecast


def card(found: CashForecast, view: View) -> None:
    """Draw up to three actions with what they bring at most."""
    whole = runs.whole(view)
    line = dict(books.ask("settings", known_on=view.known_on).iter_rows()).get("credit_line")
    chosen = actions.propose(
        found,
        books.ask("open_items", whole),
        books.ask("disputes", whole),
        credit_line=Decimal(line) if line else None,
    )
    low, currency = actions.low_week(found), found.currency
    title, method = told.found(chosen, low, currency), told.method(low)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="bar-todo"):
        frame.heading(title, method, key="todo")
        if chosen:
            tables.downloads("actions", whole, told.rows(chosen), title=title, method=method, key="todo")
    for place, one in enumerate(chosen):
        _line(one, place, low, currency)


def _line(one: actions.Action, place: int, low: actions.Low, currency: str) -> None:
    page, own = told.opens(one, low)
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"row-todo-{place}", gap="small", wrap=False
    ):
        with st.container(gap=None):
            st.page_link(
                f"pages/{page}.py",
                label=device.bold(f"{place + 1}. {told.title(one)}"),
                query_params=filters.link(**own),
            )
            st.caption(device.plain(told.why(one, low, currency)))
        st.markdown(f"**{told.effect(one, currency)}**", width="content")
