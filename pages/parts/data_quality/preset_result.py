"""What a preset that is being made would read, and the ways to use it: this once, or saved under a name."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from data.errors import KasstroomError
from data.importers.propose.draft import PresetDraft
from data.store.own_presets import save_preset
from data.store.preset_sentences import CLASHES
from data.store.snapshot import default_folder
from pages.parts.context import browser_boxes
from pages.parts.context.view import View
from pages.parts.data_quality import grain_tabs
from pages.parts.widgets import blocks, escape
from reports.answers.data_quality import loads, preset_draft
from reports.answers.data_quality import rejects as rejects_answers
from reports.answers.data_quality.imports import Preview
from reports.answers.data_quality.preset_draft import DraftReading
from reports.answers.data_quality.unpacking import UploadedFile
from reports.answers.shared.finding import Finding
from reports.language import _, _p, mark
from reports.sentences import translate

_ONCE_TITLE = mark("As you said, once")  # a press of a button runs before the language is known
ONCE = "made"  # how a file is read whose preset is used once


def preset_key(file: UploadedFile) -> str:
    """Return where the visit holds the preset that is used once for a file."""
    return f"made-{file.key}"


def read_as_key(file: UploadedFile) -> str:
    """Return the key of the choice of how a file is read."""
    return f"read-as-{file.key}"


def day_key(file: UploadedFile) -> str:
    """Return the key of the day of a list."""
    return f"list-day-{file.key}"


def show(
    file: UploadedFile,
    draft: PresetDraft,
    outcome: DraftReading,
    view: View,
    *,
    day: date | None,
    hindrances: Sequence[str],
    is_cut: bool,
) -> None:
    """Draw what a draft reads, and the ways to use it.

    Args:
        file: the list.
        draft: of its preset.
        outcome: what it makes of the first rows.
        view: for tables.
        day: of the list, where somebody said another than it states.
        hindrances: why it cannot be used yet.
        is_cut: only the first rows are read here.
    """
    blocks.heading(preset_draft.result(outcome, is_cut=is_cut), key=f"result-{file.key}")
    if outcome.reading is not None:
        rows = Preview(outcome.reading.name, outcome.reading).rows()
        grain_tabs.show(rows, view, key=f"drafted-{file.key}")
        _rejects(file, outcome, view)
        blocks.points(
            [escape.plain(translate(note)) for note in outcome.reading.notes], key=f"notes-{file.key}"
        )
    elif not hindrances and outcome.fault is not None:
        st.warning(escape.sentence(translate(outcome.fault)), icon=":material/warning:")
    for sentence in hindrances:
        st.markdown(f":orange[:material/help:] {escape.plain(sentence)}")
    _uses(file, draft, day, is_usable=not hindrances and outcome.reading is not None)


def _rejects(file: UploadedFile, outcome: DraftReading, view: View) -> None:
    if outcome.reading is None or not outcome.reading.rejected:
        return
    rejects = rejects_answers.of_files([outcome.reading])
    finding = Finding(loads.rejects(rejects, None).title, _("These rows stay out"))
    blocks.table(
        finding, rejects, view, key=f"drafted-rejects-{file.key}", name="rejects",
        export_words=Finding(_p("sheet", "Rejects"), finding.title),
        columns=("line", "column", "reason", "raw"), phone=("line", "reason"), lines=2,
    )  # fmt: skip


def _uses(file: UploadedFile, draft: PresetDraft, day: date | None, *, is_usable: bool) -> None:
    """Draw the two ways to use a draft, and what kept it from being saved."""
    name_key, fault_key, replace_key = (f"{what}-{file.key}" for what in ("name", "fault", "replace"))
    fault = st.session_state.get(fault_key)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"uses-{file.key}"):
        st.button(
            _("Use once"), icon=":material/play_arrow:", key=f"use-once-{file.key}", disabled=not is_usable,
            on_click=_use_once, args=(file, draft, day),
        )  # fmt: skip
        st.text_input(
            _("Name of the preset"), key=browser_boxes.box(name_key), max_chars=60, width=300,
            placeholder=_("Such as: open items from our administration"),
        )  # fmt: skip
        st.button(
            _("Save and use"), icon=":material/save:", key=f"save-and-use-{file.key}", disabled=not is_usable,
            on_click=_save_and_use, args=(file, draft, day),
        )  # fmt: skip
    if fault is not None:
        st.error(escape.sentence(translate(fault)), icon=":material/block:")
        if fault.template in CLASHES:
            st.checkbox(_("It takes the place of the one there is"), key=browser_boxes.box(replace_key))


def _use_once(file: UploadedFile, draft: PresetDraft, day: date | None) -> None:
    st.session_state[preset_key(file)] = replace(draft, title=_ONCE_TITLE).preset()
    _use(file, ONCE, day)


def _save_and_use(file: UploadedFile, draft: PresetDraft, day: date | None) -> None:
    title = str(st.session_state.get(f"name-{file.key}") or "")
    replaces = bool(st.session_state.get(f"replace-{file.key}"))
    try:
        preset = save_preset(default_folder(), draft.text(), title, replaces=replaces)
    except KasstroomError as error:
        st.session_state[f"fault-{file.key}"] = error.message
        return
    st.session_state.pop(f"fault-{file.key}", None)
    _use(file, preset.name, day)


def _use(file: UploadedFile, read_as: str, day: date | None) -> None:
    st.session_state[read_as_key(file)] = read_as
    st.session_state[day_key(file)] = day
