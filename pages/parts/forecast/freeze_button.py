"""Keeping this week's forecast, to be held against what comes."""

import streamlit as st

from data import store
from data.errors import KasstroomError
from pages.parts import books, device, runs
from pages.parts.view import View
from reports.answers import kept_runs, liquidity
from reports.answers import kept_words as told
from reports.answers.cash_forecast import CashForecast
from reports.sentences import in_words

_DONE = "kept-run"


def button(found: CashForecast, view: View) -> None:
    """Draw the button that keeps the forecast shown, and which was kept last."""
    whole = runs.whole(view)
    newest = liquidity.run_day(books.books().default_as_of)
    kept = kept_runs.kept(books.books(), as_of=max(newest, whole.as_of))
    with st.container(horizontal=True, vertical_alignment="center", key="bar-keep"):
        pressed = st.button(
            told.button(found.as_of, newest),
            icon=":material/inventory_2:",
            key="keep-run",
            # As known on an earlier moment it is not the forecast of the books as they are.
            disabled=found.as_of in kept or view.known_on is not None,
        )
        st.caption(told.state(kept, found.as_of))
    if pressed:
        _keep(found)
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        st.success(device.plain(told.kept_said(*done)), icon=":material/inventory_2:")


def _keep(found: CashForecast) -> None:
    """Keep it; what came of it is shown after the page has started over on the new journal."""
    try:
        kept = kept_runs.keep(store.default_folder(), found)
    except KasstroomError as error:
        st.error(device.sentence(in_words(str(error))))
        return
    st.session_state[_DONE] = (found.as_of, kept)
    st.rerun()
