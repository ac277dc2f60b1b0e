"""The card with actions before the low point, each with its effect and the link to its rows."""

from decimal import Decimal

import streamlit as st

from pages.parts.context import background_runs, books, filters
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape
from reports.answers.cash import actions, actions_text
from reports.answers.forecast.cash_forecast import CashForecast


def card(forecast: CashForecast, view: View) -> None:
    """Draw up to three actions with the most cash each can bring."""
    whole = background_runs.whole_company(view)
    credit_line = dict(books.ask("settings", known_on=view.known_on).iter_rows()).get("credit_line")
    proposals = actions.propose(
        forecast,
        books.ask("open_items", whole),
        books.ask("disputes", whole),
        credit_line=Decimal(credit_line) if credit_line else None,
    )
    low, currency = actions.low_week(forecast), forecast.currency
    blocks.heading_with_export(
        actions_text.finding(proposals, low, currency),
        actions_text.rows(proposals),
        whole,
        key="todo",
        name="actions" if proposals else "",
    )
    for place, action in enumerate(proposals):
        _line(action, place, low, currency)


def _line(action: actions.Action, place: int, low: actions.LowWeek, currency: str) -> None:
    page, parameters = actions_text.link(action, low)
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"row-todo-{place}", gap="small", wrap=False
    ):
        with st.container(gap=None):
            st.page_link(
                f"pages/{page}.py",
                label=escape.bold(f"{place + 1}. {actions_text.title(action)}"),
                query_params=filters.link(**parameters),
            )
            st.caption(escape.plain(actions_text.reason(action, low, currency)))
        st.markdown(f"**{actions_text.effect(action, currency)}**", width="content")
