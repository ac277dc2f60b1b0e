"""Links that several blocks draw: to a customer, a part of the settings, a figure's definition and rows."""

from datetime import date
from decimal import Decimal

import streamlit as st

from pages.parts.context import filters
from reports import language
from reports.language import _, _p


def definition(figure: str, *, as_of: date | None = None, rows: bool = True) -> None:
    """Draw the links to the definition of a figure and to the rows behind it.

    Args:
        figure: its name.
        as_of: day of the figure; that of the page if left out.
        rows: whether to draw the second link: a chart whose parts open their rows needs none.
    """
    own = {} if as_of is None else {"as_of": as_of.isoformat()}
    with st.container(horizontal=True, key=f"links-{figure}", gap="small"):
        st.page_link(
            "pages/definitions.py",
            label=_p("link", "Definition"),
            icon=":material/menu_book:",
            query_params=filters.link(figure=figure, **own),
        )
        if not rows:
            return
        st.page_link(
            "pages/definitions.py",
            label=_p("link", "Rows"),
            icon=":material/table_rows:",
            query_params=filters.link(figure=figure, show="rows", **own),
        )


def customer(customer_id: str) -> None:
    """Draw the link that opens a customer's page."""
    st.page_link(
        "pages/customer.py",
        label=_("Open this customer"),
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params=filters.link(customer=customer_id),
    )


def settings(part: str, label: str, *, icon: str = ":material/settings:") -> None:
    """Draw the link that opens a part of the settings; the label is translated."""
    st.page_link("pages/settings.py", label=label, icon=icon, query_params=filters.link(part=part))


def minimum(amount: Decimal, currency: str, *, key: str) -> None:
    """Draw the link from the minimum balance to where it is set."""
    with st.container(key=f"link-minimum-{key}"):
        settings("cash", _("Minimum {amount}: set it", amount=language.money(amount, currency, 0)))
