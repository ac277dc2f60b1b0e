"""The card with what can be done about the low point, each line with its effect and the way to its rows."""

from decimal import Decimal

import streamlit as st

from pages.parts.context import background_runs, books, filters
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, tables
from reports.answers.cash import actions, actions_text
from reports.answers.forecast.cash_forecast import CashForecast


def card(found: CashForecast, view: View) -> None:
    """Draw up to three actions with what they bring at most."""
    whole = background_runs.whole_company(view)
    line = dict(books.ask("settings", known_on=view.known_on).iter_rows()).get("credit_line")
    chosen = actions.propose(
        found,
        books.ask("open_items", whole),
        books.ask("disputes", whole),
        credit_line=Decimal(line) if line else None,
    )
    low, currency = actions.low_week(found), found.currency
    title, method = actions_text.found(chosen, low, currency), actions_text.method(low)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="bar-todo"):
        blocks.heading(title, method, key="todo")
        if chosen:
            tables.downloads(
                "actions", whole, actions_text.rows(chosen), title=title, method=method, key="todo"
            )
    for place, one in enumerate(chosen):
        _line(one, place, low, currency)


def _line(one: actions.Action, place: int, low: actions.Low, currency: str) -> None:
    page, own = actions_text.opens(one, low)
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"row-todo-{place}", gap="small", wrap=False
    ):
        with st.container(gap=None):
            st.page_link(
                f"pages/{page}.py",
                label=escape.bold(f"{place + 1}. {actions_text.title(one)}"),
                query_params=filters.link(**own),
            )
            st.caption(escape.plain(actions_text.why(one, low, currency)))
        st.markdown(f"**{actions_text.effect(one, currency)}**", width="content")
