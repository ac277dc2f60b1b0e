"""Errors of a page: an expected one becomes a sentence, a bug an apology with an id, traced in the log."""

import logging
import uuid
from collections.abc import Callable

import streamlit as st

from data.errors import KasstroomError, NotEnoughHistoryError, StoreBrokenError, StoreMissingError
from pages.parts.context.calculator import CalculationEndedError
from pages.parts.widgets import escape
from reports.language import _
from reports.sentences import translate

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
    except Exception:  # noqa: BLE001 - a traceback names paths and data, and helps no user
        reference = uuid.uuid4().hex[:8]
        _log.exception("a page could not be drawn, reference %s", reference)
        st.error(
            _("This part could not be shown. Mention {reference} when you report it.", reference=reference)
        )


def _store_error(sentence: str, error: KasstroomError) -> None:
    """Draw that the books cannot be read; paths and commands, for who looks after the server, are folded."""
    st.error(sentence, icon=":material/database_off:")
    with st.expander(_("For developers")):
        st.code(translate(error.message), language=None, wrap_lines=True)
