"""The loads that brought files of a bank; a picked one is taken back as a whole, or taken in again."""

from typing import Any

import streamlit as st

from data.errors import AlreadySavedError, KasstroomError
from data.store import bank_loads
from data.store.bank_loads import State
from data.store.snapshot import default_folder
from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.widgets import blocks, edit_session, escape
from reports import language
from reports.answers.bank import statement_text
from reports.answers.bank import statements as answers
from reports.answers.shared import forms
from reports.language import Language, _p
from reports.sentences import translate

_SAID = "bank-load-said"
_REFUSED = "bank-load-refused"
_PHONE = ("loaded_said", "file_names", "load_state")


def loads(view: View) -> None:
    """Draw the loads, the newest first, and the button that changes the picked one."""
    rows = answers.loads_in_words(books.ask("bank_loads", view))
    if rows.is_empty():
        return
    if said := st.session_state.pop(_SAID, ""):
        st.success(escape.plain(said), icon=":material/check:")
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(escape.plain(refused), icon=":material/block:")
    picked = blocks.table(
        statement_text.loads(rows), rows, view, key="loads", name="bank-loads", columns=statement_text.LOADS,
        phone=_PHONE, select=True,
    )  # fmt: skip
    if picked is not None and edit_session.is_open(view):
        _button(picked)


def _button(picked: dict[str, Any]) -> None:
    state: State = "taken_in" if picked["is_taken_back"] else "taken_back"
    words = (
        _p("button", "Take this load in again")
        if picked["is_taken_back"]
        else _p("button", "Take this load back")
    )
    st.button(
        words, icon=":material/undo:", key=f"load-{picked['load_number']}-{state}", on_click=_change,
        args=(picked["load_number"], picked["file_names"], state, language.current()),
    )  # fmt: skip


def _change(number: int, files: str, state: State, spoken: Language) -> None:
    """Change the state of a load, before the page is drawn; a second click finds it changed."""
    language.use(spoken)
    try:
        forms.write_patiently(lambda: bank_loads.set_state(default_folder(), number, state))
    except AlreadySavedError:
        pass
    except KasstroomError as error:
        st.session_state[_REFUSED] = translate(error.message)
        return
    st.session_state[_SAID] = statement_text.load_changed(files, state)
