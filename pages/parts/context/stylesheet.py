"""The one style sheet, whose selectors are the keys of containers, and the colours that it draws with."""

from functools import lru_cache
from pathlib import Path

import streamlit as st

from pages.parts.context import browser
from reports import language

# The server puts the sheet in the page, where it holds before the first block is drawn: a sheet that came
# with the blocks would move them. `streamlit run app.py` has no such server.
_IN_PAGE: list[bool] = []


def in_page() -> bytes:
    """Return the sheet for the end of the page's body; from now on pages send the colours alone.

    In the head it would stand before Streamlit's own rules, and lose to those of equal weight.
    """
    _IN_PAGE[:] = [True]
    return f"<style>{_sheet()}</style>".encode()


def apply() -> None:
    """Give the page the language and the colours of its theme, and the sheet where the page lacks it."""
    theme = browser.theme()
    colours = "; ".join(
        f"--{name}: {getattr(theme, name)}"
        for name in ("hair", "axis", "surface", "bg", "cash", "muted", "ink")
    )
    sheet = "" if _IN_PAGE else _sheet()
    st.html(f"<style>:root {{--language: {language.current()}; {colours}}}\n{sheet}</style>")


@lru_cache(maxsize=1)
def _sheet() -> str:
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")
