"""Links that several blocks draw: to a customer, a part of the settings, a figure's definition and rows."""

from decimal import Decimal

import streamlit as st

from pages.parts.context import filters
from reports import language
from reports.language import _, _p


def definition(figure: str) -> None:
    """Draw the links to the definition of a figure and to the rows behind it."""
    with st.container(horizontal=True, key=f"links-{figure}", gap="small"):
        st.page_link(
            "pages/definitions.py",
            label=_p("link", "Definition"),
            icon=":material/menu_book:",
            query_params=filters.link(figure=figure),
        )
        st.page_link(
            "pages/definitions.py",
            label=_p("link", "Rows"),
            icon=":material/table_rows:",
            query_params=filters.link(figure=figure, show="rows"),
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
