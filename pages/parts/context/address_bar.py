"""The address bar: read when a run starts and written once when it ends.

Every write is a step in the browser's history, so that one at the end makes Back go back one step.
"""

import streamlit as st

_KEY = "address"


def read() -> None:
    """Take the address as the browser has it; app.py does so first of all."""
    st.session_state[_KEY] = st.query_params.to_dict()


def everything() -> dict[str, str]:
    """Return all values of the address, as they will be written."""
    values: dict[str, str] = st.session_state.setdefault(_KEY, st.query_params.to_dict())
    return values


def get(name: str) -> str | None:
    """Return one value of the address."""
    return everything().get(name)


def keep(**values: str | None) -> None:
    """Put values in the address; None takes one out."""
    address = everything()
    for name, value in values.items():
        if value is None:
            address.pop(name, None)
        else:
            address[name] = value


def write() -> None:
    """Send the address to the browser, which ignores an address that it already has.

    It is sent in every run: after a link to the same page the browser still has the old one.
    """
    st.query_params.from_dict(everything())


def write_and_rerun() -> None:
    """Run the page again on the address as it is now."""
    write()  # the next run is given the address of this moment
    st.rerun()


def write_now(**values: str | None) -> None:
    """Put values in the address at once, from a callback: it runs before the page reads the address."""
    read()
    keep(**values)
    write()
