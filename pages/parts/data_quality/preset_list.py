"""The presets that somebody made for these books: rename, download or delete one, add one from a file."""

from collections.abc import Callable

import streamlit as st

from data.errors import KasstroomError
from data.store.own_presets import OwnPreset, delete_preset, list_presets, rename_preset, save_preset
from data.store.snapshot import default_folder
from pages.parts.context import browser_boxes
from pages.parts.widgets import blocks, escape
from reports.answers.data_quality import preset_text
from reports.language import _, _p
from reports.sentences import translate

_FAULT = "own-preset-fault"
_TURN = "own-preset-turn"


def show() -> None:
    """Draw the store's own presets; nothing where there are none."""
    presets = list_presets(default_folder())
    if not presets and st.session_state.get(_FAULT) is None:
        return
    blocks.heading(preset_text.own_presets(len(presets)), key="own-presets")
    fault = st.session_state.get(_FAULT)
    if fault is not None:
        st.error(escape.sentence(translate(fault)), icon=":material/block:")
    for own in presets:
        _line(own)
    turn = st.session_state.setdefault(_TURN, 0)
    with st.popover(_("Add a preset from a file (.toml)"), key="add-preset", icon=":material/upload_file:"):
        opened = st.file_uploader(
            _("Preset (.toml)"), type=["toml"], key=f"add-preset-file-{turn}", label_visibility="collapsed"
        )
        if opened is not None:
            text = opened.getvalue().decode("utf-8", "replace")
            st.button(_p("button", "Add"), key="add-preset-now", on_click=_add, args=(text, opened.name))


def _line(own: OwnPreset) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-preset-{own.name}"):
        words = escape.bold(own.title)
        if own.fault is not None:
            words += " " + escape.sentence(translate(own.fault))
        st.markdown(words, width="stretch")
        with st.container(horizontal=True, width="content", key=f"preset-buttons-{own.name}"):
            with st.popover(_p("button", "Rename"), key=f"rename-{own.name}", disabled=own.preset is None):
                key = browser_boxes.box(f"title-{own.name}", own.title)
                st.text_input(_("Name of the preset"), key=key, max_chars=60)
                st.button(
                    _p("button", "Save"), key=f"rename-now-{own.name}", on_click=_rename, args=(own.name,)
                )
            st.download_button(
                _p("button", "Download"), own.text, file_name=f"{own.name}.toml", mime="application/toml",
                on_click="ignore", key=f"download-{own.name}",
            )  # fmt: skip
            with st.popover(_p("button", "Delete"), key=f"delete-{own.name}"):
                st.write(_("Files that it read stay in the books as they are."))
                st.button(_("Delete it"), key=f"delete-now-{own.name}", on_click=_delete, args=(own.name,))


def _rename(name: str) -> None:
    title = str(st.session_state.get(f"title-{name}") or "")
    _note_fault(lambda: rename_preset(default_folder(), name, title))


def _delete(name: str) -> None:
    _note_fault(lambda: delete_preset(default_folder(), name))


def _add(text: str, file_name: str) -> None:
    _note_fault(lambda: save_preset(default_folder(), text, preset_text.title_of(text, file_name)))
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _note_fault(change: Callable[[], object]) -> None:
    """Make a change, and note for the next drawing why it was not made."""
    st.session_state[_FAULT] = None
    try:
        change()
    except KasstroomError as error:
        st.session_state[_FAULT] = error.message
