"""The button that freezes this week's forecast, to compare it later with what happened."""

import streamlit as st

from data.errors import KasstroomError
from data.store.snapshot import default_folder
from pages.parts.context import background_runs, books
from pages.parts.context.view import View
from pages.parts.widgets import escape
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.variance import frozen_runs, frozen_text
from reports.sentences import translate

_OUTCOME = "kept-run"


def button(forecast: CashForecast, view: View) -> None:
    """Draw the button that freezes the forecast shown, and which forecast was frozen last."""
    whole = background_runs.whole_company(view)
    newest = forecast_rows.run_day(books.books().default_as_of)
    frozen_days = frozen_runs.frozen_days(books.books(), as_of=max(newest, whole.as_of))
    with st.container(horizontal=True, vertical_alignment="center", key="bar-keep"):
        pressed = st.button(
            frozen_text.button_label(forecast.as_of, newest),
            icon=":material/inventory_2:",
            key="keep-run",
            # With `known_on` the forecast shown is not that of the books as they are now.
            disabled=forecast.as_of in frozen_days or view.known_on is not None,
        )
        st.caption(frozen_text.state(frozen_days, forecast.as_of))
    if pressed:
        _freeze(forecast)
    outcome = st.session_state.pop(_OUTCOME, None)
    if outcome is not None:
        st.success(escape.plain(frozen_text.freeze_message(*outcome)), icon=":material/inventory_2:")


def _freeze(forecast: CashForecast) -> None:
    """Freeze a forecast; its message is shown after the page has started over on the new journal."""
    try:
        run = frozen_runs.freeze(default_folder(), forecast)
    except KasstroomError as error:
        st.error(escape.sentence(translate(error.message)))
        return
    st.session_state[_OUTCOME] = (forecast.as_of, run)
    st.rerun()
