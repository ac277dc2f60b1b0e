"""Typing over what the books hold: what was shown when it began, how saving went, nobody's change lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
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
from reports.sentences import in_words


@dataclass(frozen=True)
class Held:
    """What a form or a grid stands on while somebody types in it.

    Attributes:
        shown: what the books held when it was drawn first.
        seen: instant of the last batch in them then.
        key: of its widgets; another one when it starts over.
    """

    shown: Any
    seen: datetime | None
    key: str


def bar(key: str) -> Any:
    """Return the line above a form, with its heading and export; on a phone the export stands below."""
    return st.container(horizontal=not browser.is_phone(), vertical_alignment="bottom", key=key)


def is_open(view: View) -> bool:
    """Tell whether the books as they are now are looked at; of an earlier moment nothing can be changed."""
    if view.known_on is None:
        return True
    st.caption(_("This is how it was known on an earlier day: clear that filter to change anything."))
    return False


def seen() -> datetime | None:
    """Return up to which instant the books are known; asked before what is shown, which is then no older."""
    return forms.last_recorded(books.ask("batches"))


def begin(name: str, shown: Any, known: datetime | None, *, is_grid: bool = False) -> Held:
    """Return what a form stands on: what the books hold now, unless somebody is typing over an older state.

    Args:
        name: of the form, unique on the page.
        shown: what the books hold now; told apart by `==`.
        known: of `seen`, asked before it.
        is_grid: its widget is a grid under the key of what is returned, which knows what was typed so far.
    """
    turn = st.session_state.setdefault(f"turn-{name}", 0)
    kept: tuple[str, Held] | None = st.session_state.get(f"held-{name}")
    key = f"{name}-{turn}"
    is_busy = any(st.session_state.get(f"{key}-{button}", False) for button in ("save", "drop"))
    if is_grid and not is_busy:
        is_busy = any((st.session_state.get(key) or {}).values())
    if kept is not None and (is_busy or kept[1].shown == shown) and kept[0] == language.current():
        return kept[1]
    if kept is not None:
        start_over(name)
        key = f"{name}-{st.session_state[f'turn-{name}']}"
    held = Held(shown, known, key)
    st.session_state[f"held-{name}"] = (language.current(), held)
    return held


def start_over(name: str) -> None:
    """Forget what was typed: the form is drawn anew from the books."""
    st.session_state.pop(f"held-{name}", None)
    st.session_state[f"turn-{name}"] = st.session_state.get(f"turn-{name}", 0) + 1


def buttons(name: str, held: Held) -> bool:
    """Draw Save and Undo of a grid; tell whether it is to be saved."""
    is_saved = st.button(_p("button", "Save"), icon=":material/save:", key=f"{held.key}-save")
    st.button(
        _p("button", "Undo"),
        icon=":material/undo:",
        key=f"{held.key}-undo",
        on_click=start_over,
        args=(name,),
    )
    return is_saved


def typed(after: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a grid as they were typed; its days come back as instants at midnight."""
    return after.with_columns(pl.col(pl.Datetime).cast(pl.Date)).to_dicts()


def said(name: str) -> None:
    """Say once what the last save did."""
    sentence = st.session_state.pop(f"said-{name}", None)
    if sentence:
        st.success(escape.plain(sentence), icon=":material/check:")


def problems(found: Sequence[forms.Problem]) -> None:
    """Say what stands in the way of saving, by row and field."""
    lines = "\n".join(f"- {escape.plain(str(one))}" for one in found)
    st.error(_("Nothing was saved yet.") + "\n\n" + lines, icon=":material/edit_off:")


def save(name: str, held: Held, kind: str, changes: forms.Changes, words: Callable[[], str]) -> None:
    """Write what was typed and draw the page anew on the books that hold it; or say why not.

    Args:
        name: of the form.
        held: what it stood on.
        kind: of the rows.
        changes: what to write.
        words: what to say when it was written.
    """
    if changes.problems:
        problems(changes.problems)
        return
    if changes.is_nothing:
        st.info(_("Nothing was changed."))
        return
    write(name, held, {kind: changes.rows}, words)


def write(name: str, held: Held, rows: dict[str, pl.DataFrame], words: Callable[[], str]) -> None:
    """Write rows and draw the page anew on the books that hold them; or say why not."""
    try:
        forms.save(default_folder(), rows, held.seen)
    except KasstroomError as error:
        st.error(escape.sentence(in_words(str(error))), icon=":material/block:")
        if isinstance(error, ChangedMeanwhileError):
            st.button(_("Show what is there now"), key=f"{held.key}-again", on_click=start_over, args=(name,))
        return
    st.session_state[f"said-{name}"] = words()
    st.session_state[f"saves-{name}"] = st.session_state.get(f"saves-{name}", 0) + 1
    start_over(name)
    address_bar.write_and_rerun()
