"""The address bar: read when a run starts and written once when it ends.

Every write is a step in the browser's history, so that one at the end makes Back go back one step.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_KEY = "address"
_MOST_PASSED = 20


@dataclass
class Trail:
    """The addresses that a visitor's browser has had on the page it is on.

    Attributes:
        page: hash of the page.
        passed: the addresses, the newest last.
    """

    page: str = ""
    passed: deque[dict[str, str]] = field(default_factory=lambda: deque(maxlen=_MOST_PASSED))

    def add(self, address: dict[str, str]) -> None:
        """Note an address that the browser had or is sent."""
        if not self.passed or self.passed[-1] != address:
            self.passed.append(dict(address))


def read() -> None:
    """Take the address as the browser has it; app.py does so first of all.

    A box changed before the browser has the address of the change before it comes with an older one. That is
    no step back, and taking it would undo the change before; the session's own address then stays.
    """
    sent, own = st.query_params.to_dict(), st.session_state.get(_KEY)
    trail, page = _trail(), page_hash()
    if page != trail.page:
        trail.page = page
        trail.passed.clear()
    elif own is not None and sent != own and sent in trail.passed and _is_of_widget():
        return
    trail.add(sent)
    st.session_state[_KEY] = sent


def page_hash() -> str:
    """Return what tells the page of this run from the others."""
    context = get_script_run_ctx()
    return "" if context is None else context.page_script_hash


def is_history_step() -> bool:
    """Tell whether Back or Forward in the browser started this run."""
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", False))


def everything() -> dict[str, str]:
    """Return all values of the address, as they will be written."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = st.query_params.to_dict()
    values: dict[str, str] = st.session_state[_KEY]
    return values


def get(name: str) -> str | None:
    """Return one value of the address."""
    return everything().get(name)


def keep(**values: str | None) -> None:
    """Put values in the address; None takes one out."""
    _put(everything(), values)


def keep_marked(mark: str, value: object, **values: str | None) -> None:
    """Put values in the address and note in the session what was put, both or neither.

    Args:
        mark: key of the note in the session.
        value: what to note under it.
        values: for the address; None takes one out.
    """
    address = everything()
    st.session_state[mark] = value
    # A run can be broken off where it touches the session, so from here on it does not.
    _put(address, values)


def write() -> None:
    """Send the address to the browser, which ignores an address that it already has.

    It is sent in every run: after a link to the same page the browser still has the old one.
    """
    address = everything()
    _trail().add(address)
    st.query_params.from_dict(address)


def write_and_rerun() -> None:
    """Run the page again on the address as it is now."""
    write()  # the next run is given the address of this moment
    st.rerun()


def write_now(**values: str | None) -> None:
    """Put values in the address at once, from a callback: it runs before the page reads the address."""
    read()
    keep(**values)
    write()


def _put(address: dict[str, str], values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            address.pop(name, None)
        else:
            address[name] = value


def _trail() -> Trail:
    trail: Trail = st.session_state.setdefault("address-trail", Trail())
    return trail


def _is_of_widget() -> bool:
    """Tell whether a changed box or a pressed button started the run, not a link or Back.

    Streamlit tells it to nobody, so its own record of the boxes is read; without it every address is taken.
    """
    context: Any = get_script_run_ctx()
    if context is None or is_history_step():
        return False
    state = getattr(context.session_state, "_state", None)
    boxes, is_changed = getattr(state, "_new_widget_state", ()), getattr(state, "_widget_changed", None)
    return is_changed is not None and any(is_changed(box) for box in boxes)
