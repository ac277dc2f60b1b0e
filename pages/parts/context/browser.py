"""What the browser says of itself: a phone or not, light or dark."""

import streamlit as st

from reports.colours import Theme, theme_of


def is_phone() -> bool:
    """Tell whether the browser says it is a phone."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def theme() -> Theme:
    """Return the colours of the theme the browser shows."""
    return theme_of(st.context.theme.type)
