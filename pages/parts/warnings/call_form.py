"""Noting a call to a customer of the list."""

import streamlit as st

from pages.parts.context import filters
from reports.language import _


def call_form(customer: str) -> None:
    """Draw where a call to a customer is noted."""
    st.page_link(
        "pages/worklist.py",
        label=_("Note the call on the worklist"),
        query_params=filters.link(customer=customer),
        icon=":material/arrow_forward:",
        icon_position="right",
    )
