"""The search across screens, customers and documents: a button in the sidebar, also Ctrl-K or Cmd-K."""

import html

import streamlit as st
from streamlit.delta_generator import DeltaGenerator as Place

from data.errors import StoreMissingError
from pages.parts.context import books, filters, navigation
from pages.parts.context.view import View
from pages.parts.widgets import dialogs, escape
from reports.answers.customer import search_text
from reports.language import _, _p

_LEAST_LETTERS, _MOST_LETTERS = 2, 100


def button(place: Place, view: View) -> None:
    """Draw the button that opens the search; its key is handled by the script of `pages.parts.shell.server`.

    Args:
        place: where to draw it.
        view: whose books are searched.
    """
    with place.container(key="search-open"):
        is_asked = st.button(
            _p("field", "Search"),
            icon=":material/search:",
            help=_("Ctrl-K, or Cmd-K on a Mac: to a customer, an invoice or a screen"),
            width="stretch",
        )
    if is_asked:
        dialogs.show(_p("field", "Search"), _dialog, view)


def _dialog(view: View) -> None:
    text = st.text_input(
        _("Customer, invoice, order number or screen"),
        key="search-text",
        type="search",
        live="250ms",
        placeholder=_("Customer, invoice, order number or screen"),
        label_visibility="collapsed",
    )
    asked = (text or "").strip()[:_MOST_LETTERS]
    with st.container(key="search-results", gap="xsmall"):
        number = _screens(asked) + (_rows(asked, view) if len(asked) >= _LEAST_LETTERS else 0)
        if not number:
            st.caption(_("Nothing has “{text}” in its name or number.", text=escape.plain(asked)))
    # The script that opens the first result on Enter waits until the results are those of what was typed.
    st.html(f'<span class="search-asked" data-asked="{html.escape(text or "")}"></span>')


def _screens(asked: str) -> int:
    """Draw the screens whose title holds the text, all of them without a text; return how many."""
    screens = [
        (screen, title)
        for screen in navigation.SCREENS
        if search_text.holds(title := _p("page", screen.title), asked)
    ]
    for screen, title in screens:
        st.page_link(
            f"pages/{screen.name}.py",
            label=title,
            icon=f":material/{screen.icon}:",
            query_params=filters.link(),
        )
    return len(screens)


def _rows(asked: str, view: View) -> int:
    """Draw the customers and documents that match; return how many."""
    try:
        rows = books.ask("search", view, text=asked)
    except StoreMissingError:
        return 0
    for row in rows.iter_rows(named=True):
        is_customer = row["kind"] == "customer"
        st.page_link(
            "pages/customer.py",
            label=escape.bold(row["customer_name"] if is_customer else row["invoice_id"]),
            icon=":material/person:" if is_customer else ":material/receipt_long:",
            query_params=filters.link(customer=row["customer_id"]),
        )
        st.caption(escape.plain(search_text.facts(row)))
    return rows.height
