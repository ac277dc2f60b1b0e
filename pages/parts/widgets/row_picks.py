"""Which rows were picked in the tables of an address: Back picks them again, and no others.

Streamlit forgets what was picked as soon as another page is drawn, and keeps it on a way back within a page.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts.context import address_bar

_RUN, _KEPT = "picks-of-run", "picks-of-addresses"
_MOST_ADDRESSES = 50

# Per table: which rows it shows, and the place of the picked one among them, from 0.
Picks = dict[str, tuple[int, int | None]]


def note(table: str, among: int, place: int | None) -> None:
    """Note what is picked in a table of this run; place is None where nothing is."""
    st.session_state.setdefault(_RUN, {})[table] = (among, place)


def keep() -> None:
    """Keep what was picked in this run under its address, which is final at its end."""
    picks: Picks = st.session_state.pop(_RUN, {})
    kept: dict[object, Picks] = st.session_state.setdefault(_KEPT, {})
    # A run that was broken off drew some of its tables; of the others the run before counts.
    address = _address()
    kept[address] = kept.pop(address, {}) | picks
    while len(kept) > _MOST_ADDRESSES:
        del kept[next(iter(kept))]


def is_back() -> bool:
    """Tell whether Back or Forward in the browser started this run."""
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", False))


def last_pick(table: str, among: int) -> int | None:
    """Return the place that was picked in a table when this address was left; None if nothing was.

    Args:
        table: its key.
        among: which rows it shows; among other rows nothing was picked.
    """
    rows, place = st.session_state.get(_KEPT, {}).get(_address(), {}).get(table, (None, None))
    return place if rows == among else None


def _address() -> tuple[str, tuple[tuple[str, str], ...]]:
    context = get_script_run_ctx()
    page = "" if context is None else context.page_script_hash
    return page, tuple(sorted(address_bar.everything().items()))
