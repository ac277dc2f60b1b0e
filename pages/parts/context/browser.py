"""Facts about the browser: phone or not, light or dark."""

import streamlit as st

from reports.colours import Theme, theme_of


def is_phone() -> bool:
    """Return whether the browser identifies itself as a phone."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def theme() -> Theme:
    """Return the colours of the browser's theme."""
    return theme_of(st.context.theme.type)
