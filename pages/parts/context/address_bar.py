"""The address bar: read when a run starts and written once when it ends.

Every write is a step in the browser's history, so that one at the end makes Back go back one step.
"""

import streamlit as st

_KEPT = "address"


def read() -> None:
    """Take the address as the browser has it; app.py does so first of all."""
    st.session_state[_KEPT] = st.query_params.to_dict()


def everything() -> dict[str, str]:
    """Return all that the address says, as it will be written."""
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, st.query_params.to_dict())
    return kept


def get(name: str) -> str | None:
    """Return one value of the address."""
    return everything().get(name)


def keep(**values: str | None) -> None:
    """Put values in the address; None takes one out."""
    kept = everything()
    for name, value in values.items():
        if value is None:
            kept.pop(name, None)
        else:
            kept[name] = value


def write() -> None:
    """Give the browser the address; it takes no notice where it has the same one.

    Told every time: after a link to the page one is on, the browser still has the old one.
    """
    st.query_params.from_dict(everything())


def write_and_rerun() -> None:
    """Start the page over on the address as it is now."""
    write()  # the next run is given the address of this moment
    st.rerun()


def write_now(**values: str | None) -> None:
    """Put values in the address at once: from a callback, which runs before the page reads it."""
    read()
    keep(**values)
    write()
