"""Keeping this week's forecast, to be held against what comes."""

import streamlit as st

from data.errors import KasstroomError
from data.store.snapshot import default_folder
from pages.parts.context import background_runs, books
from pages.parts.context.view import View
from pages.parts.widgets import escape
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.variance import frozen_runs, frozen_text
from reports.sentences import in_words

_DONE = "kept-run"


def button(found: CashForecast, view: View) -> None:
    """Draw the button that keeps the forecast shown, and which was kept last."""
    whole = background_runs.whole_company(view)
    newest = forecast_rows.run_day(books.books().default_as_of)
    kept = frozen_runs.frozen_days(books.books(), as_of=max(newest, whole.as_of))
    with st.container(horizontal=True, vertical_alignment="center", key="bar-keep"):
        pressed = st.button(
            frozen_text.button(found.as_of, newest),
            icon=":material/inventory_2:",
            key="keep-run",
            # As known on an earlier moment it is not the forecast of the books as they are.
            disabled=found.as_of in kept or view.known_on is not None,
        )
        st.caption(frozen_text.state(kept, found.as_of))
    if pressed:
        _keep(found)
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        st.success(escape.plain(frozen_text.freeze_message(*done)), icon=":material/inventory_2:")


def _keep(found: CashForecast) -> None:
    """Keep it; what came of it is shown after the page has started over on the new journal."""
    try:
        kept = frozen_runs.freeze(default_folder(), found)
    except KasstroomError as error:
        st.error(escape.sentence(in_words(str(error))))
        return
    st.session_state[_DONE] = (found.as_of, kept)
    st.rerun()
