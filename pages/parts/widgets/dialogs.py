"""One dialog at a time: Streamlit refuses a second one in a run."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import streamlit as st

from pages.parts.context import errors

_SHOWN = "dialog-shown"


def begin() -> None:
    """Start a run of a page: no dialog is shown yet."""
    st.session_state[_SHOWN] = False


def show(title: str, draw: Callable[..., None], *values: Any, **options: Any) -> bool:
    """Show a dialog, if none is shown in this run yet; return whether it is.

    Args:
        title: of the dialog, as Markdown.
        draw: draws what is in it.
        values: for `draw`.
        options: of `st.dialog`.
    """
    if st.session_state.get(_SHOWN):
        return False
    st.session_state[_SHOWN] = True

    @wraps(draw)
    def body(*given: Any) -> None:
        errors.guard(partial(draw, *given))  # a click in a dialog runs this alone

    st.dialog(title, **options)(body)(*values)
    return True
