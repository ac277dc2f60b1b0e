"""Editing rows of the books on a page: a form or grid, its state while somebody types, and saving it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

import polars as pl
import streamlit as st

from data.errors import ChangedMeanwhileError, KasstroomError
from data.store.snapshot import default_folder
from pages.parts.context import address_bar, books, browser
from pages.parts.context.view import View
from pages.parts.widgets import escape
from reports import language
from reports.answers.shared import forms
from reports.language import _, _p
from reports.sentences import translate

_DOUBLE_CLICK_SECONDS = 3.0  # from the first showing to that after a second click, on a slow page


@dataclass(frozen=True)
class EditSession:
    """State of a form or grid while somebody types in it.

    Attributes:
        before: rows or values of the books when the form was first drawn.
        known_until: instant of the last batch in the books at that moment.
        key: of its widgets; a new one when the form starts over.
    """

    before: Any
    known_until: datetime | None
    key: str


def bar(key: str) -> Any:
    """Return the container above a form for its heading and export; on a phone the export stands below."""
    return st.container(horizontal=not browser.is_phone(), vertical_alignment="bottom", key=key)


def is_open(view: View) -> bool:
    """Tell whether the view shows the books as they are now; an earlier state cannot be changed."""
    if view.known_on is None:
        return True
    st.caption(_("This is how it was known on an earlier day: clear that filter to change anything."))
    return False


def latest_batch_at() -> datetime | None:
    """Return the instant of the last batch.

    Ask it before the rows to edit: then the rows are at least as new, and no change of somebody else is lost.
    """
    return forms.last_recorded(books.ask("batches"))


def start(name: str, current: Any, known_until: datetime | None, *, is_grid: bool = False) -> EditSession:
    """Return the state of a form: on the current books, unless somebody is typing over an older state.

    Args:
        name: of the form, unique on the page.
        current: what the books hold now; compared with `==`.
        known_until: of `latest_batch_at`, asked before `current`.
        is_grid: the form is a grid under the key of the returned session, which holds what was typed so far.
    """
    turn = st.session_state.setdefault(f"turn-{name}", 0)
    earlier: tuple[str, EditSession] | None = st.session_state.get(f"held-{name}")
    key = f"{name}-{turn}"
    is_busy = any(st.session_state.get(f"{key}-{button}", False) for button in ("save", "drop"))
    if is_grid and not is_busy:
        is_busy = any((st.session_state.get(key) or {}).values())
    if earlier is not None and (is_busy or earlier[1].before == current) and earlier[0] == language.current():
        return earlier[1]
    if earlier is not None:
        start_over(name)
        key = f"{name}-{st.session_state[f'turn-{name}']}"
    edit = EditSession(current, known_until, key)
    st.session_state[f"held-{name}"] = (language.current(), edit)
    return edit


def start_over(name: str) -> None:
    """Drop what was typed: the form is drawn again from the books."""
    st.session_state.pop(f"held-{name}", None)
    st.session_state[f"turn-{name}"] = st.session_state.get(f"turn-{name}", 0) + 1


def buttons(name: str, edit: EditSession) -> bool:
    """Draw Save and Undo of a grid; return whether Save was pressed."""
    is_saved = st.button(_p("button", "Save"), icon=":material/save:", key=f"{edit.key}-save")
    st.button(
        _p("button", "Undo"),
        icon=":material/undo:",
        key=f"{edit.key}-undo",
        on_click=start_over,
        args=(name,),
    )
    return is_saved


def edited_rows(after: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a grid as typed; Streamlit returns its days as instants at midnight."""
    return after.with_columns(pl.col(pl.Datetime).cast(pl.Date)).to_dicts()


def show_result(name: str) -> None:
    """Show what the last save did: in the run after it, and in those that a double click adds to that."""
    sentence = st.session_state.get(f"said-{name}")
    if not sentence:
        return
    shown: tuple[str, float] | None = st.session_state.get(f"shown-{name}")
    save = f"{st.session_state.get(f'saves-{name}', 0)} {sentence}"
    if shown is None or shown[0] != save:
        shown = st.session_state[f"shown-{name}"] = (save, monotonic())
    if monotonic() - shown[1] <= _DOUBLE_CLICK_SECONDS:
        st.success(escape.plain(sentence), icon=":material/check:")
    else:
        st.session_state.pop(f"said-{name}")
        st.session_state.pop(f"shown-{name}")


def show_problems(problems: Sequence[forms.Problem]) -> None:
    """Show why the form cannot be saved, by row and field."""
    lines = "\n".join(f"- {escape.plain(str(problem))}" for problem in problems)
    st.error(_("Nothing was saved yet.") + "\n\n" + lines, icon=":material/edit_off:")


def save(name: str, edit: EditSession, kind: str, changes: forms.Changes, words: Callable[[], str]) -> None:
    """Write what was typed and run the page again on the new books; or show why nothing was saved.

    Args:
        name: of the form.
        edit: the state of the form.
        kind: of the rows.
        changes: what to write.
        words: returns the sentence to show after saving.
    """
    if changes.problems:
        show_problems(changes.problems)
        return
    if changes.is_nothing:
        st.info(_("Nothing was changed."))
        return
    write(name, edit, {kind: changes.rows}, words)


def write(name: str, edit: EditSession, rows: dict[str, pl.DataFrame], words: Callable[[], str]) -> None:
    """Write rows and run the page again on the new books; or show why nothing was saved.

    A form is written once: the second of two clicks on Save breaks off the run of the first, at its first
    touch of the session after the rows are in the books, and would write them again.
    """
    written: set[str] = st.session_state.setdefault("written-forms", set())
    if edit.key not in written:
        try:
            forms.save(default_folder(), rows, edit.known_until)
        except KasstroomError as error:
            st.error(escape.sentence(translate(error.message)), icon=":material/block:")
            if isinstance(error, ChangedMeanwhileError):
                st.button(
                    _("Show what is there now"), key=f"{edit.key}-again", on_click=start_over, args=(name,)
                )
            return
        written.add(edit.key)
    st.session_state[f"said-{name}"] = words()
    st.session_state[f"saves-{name}"] = st.session_state.get(f"saves-{name}", 0) + 1
    start_over(name)
    address_bar.write_and_rerun()
