"""Errors of a page: an expected one becomes a sentence, a bug an apology with an id, traced in the log."""

import logging
import traceback
import uuid
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import session_state

from data.errors import KasstroomError, NotEnoughHistoryError, StoreBrokenError, StoreMissingError
from pages.parts.context.calculator import CalculationEndedError
from pages.parts.widgets import escape
from reports.language import _
from reports.sentences import translate

_REDRAWS, _MOST_REDRAWS = "redraws", 2  # what comes back more often in a row is no race
_log = logging.getLogger("kasstroom")


def guard(draw: Callable[[], None]) -> None:
    """Draw a block or a page; draw the sentence of its error instead if it raises one."""
    try:
        draw()
    except NotEnoughHistoryError as error:
        st.warning(escape.sentence(translate(error.message)))
    except StoreMissingError as error:
        _store_error(_("The books cannot be opened. What to do about it stands below."), error)
    except StoreBrokenError as error:
        _store_error(_("The books are damaged. What to do about it stands below."), error)
    except KasstroomError as error:
        st.error(escape.sentence(translate(error.message)))
    except CalculationEndedError:
        _log.exception("a calculation was ended")
        st.error(
            _(
                "The system ended this calculation, most likely because memory ran out. Load the page again; "
                "if it happens again, this server needs more memory."
            )
        )
    except Exception as error:  # noqa: BLE001 - a traceback names paths and data, and helps no user
        if _is_race(error) and st.session_state.get(_REDRAWS, 0) < _MOST_REDRAWS:
            _log.warning("two runs of a visitor met; the page is drawn again")
            st.session_state[_REDRAWS] = st.session_state.get(_REDRAWS, 0) + 1
            st.rerun(scope="fragment" if _is_of_fragment() else "app")
        reference = uuid.uuid4().hex[:8]
        _log.exception("a page could not be drawn, reference %s", reference)
        st.error(
            _("This part could not be shown. Mention {reference} when you report it.", reference=reference)
        )


def end() -> None:
    """End a run that came to the end of its page: the next ones may be drawn again."""
    st.session_state.pop(_REDRAWS, None)


def _is_of_fragment() -> bool:
    """Tell whether a part of the page runs alone: drawing the whole page again would close its dialog."""
    context = get_script_run_ctx()
    return bool(context is not None and context.fragment_ids_this_run)


def _is_race(error: Exception) -> bool:
    """Tell whether Streamlit read what it keeps of a visitor while an earlier run wrote or dropped it."""
    frames = [Path(frame.filename) for frame in traceback.extract_tb(error.__traceback__)]
    own = [file for file in frames if not file.name.startswith("<frozen")]  # not what Python does for it
    is_of_streamlit = bool(own) and own[-1].parent == Path(session_state.__file__).parent
    return is_of_streamlit and isinstance(error, RuntimeError | KeyError)


def _store_error(sentence: str, error: KasstroomError) -> None:
    """Draw that the books cannot be read; paths and commands, for who looks after the server, are folded."""
    st.error(sentence, icon=":material/database_off:")
    with st.expander(_("For developers")):
        st.code(translate(error.message), language=None, wrap_lines=True)
