"""The links under a block to the definition of its figure and to the rows behind it."""

import streamlit as st

from pages.parts.context import filters
from reports.language import _p


def links(figure: str) -> None:
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
