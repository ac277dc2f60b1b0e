"""Boxes that were drawn in a run, so that the browser shows what a box says that it had forgotten.

The browser gives a box that was not drawn in the run before its first value, whatever the session holds under
its key. Streamlit forgets the value of such a box at the end of a run, but not of one that stops early, as
every page does where there is no store: the page would go by a value that nobody sees.
"""

from typing import Any

import streamlit as st

_DRAWN, _BEFORE = "boxes-drawn", "boxes-before"


def begin() -> None:
    """Start a run of a page: the boxes of the last one are those that the browser has."""
    st.session_state[_BEFORE] = st.session_state.get(_DRAWN, set())
    st.session_state[_DRAWN] = set()


def box(key: str, value: Any = None) -> str:
    """Return the key of a box that is about to be drawn, so that the browser shows what the session holds.

    Args:
        key: of the box.
        value: that it starts with; None: the usual one of its kind.
    """
    if key not in st.session_state:
        if value is not None:
            st.session_state[key] = value
    elif key not in st.session_state.get(_BEFORE, ()):
        st.session_state[key] = st.session_state[key]
    st.session_state.setdefault(_DRAWN, set()).add(key)
    return key


def is_in_browser(key: str) -> bool:
    """Tell whether the browser has a box from the run before."""
    return key in st.session_state.get(_BEFORE, ())


def keys_of_run() -> set[str]:
    """Return the keys of the boxes of this run until now."""
    keys: set[str] = st.session_state.get(_DRAWN, set())
    return keys
