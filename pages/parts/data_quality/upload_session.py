"""What a visit holds of uploaded files, so that no click reads them again: their bytes, and how they read."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile as BrowserFile

from data.errors import KasstroomError
from data.importers import AnyPreset, display_name, shipped_presets
from data.store.load_report import LoadReport
from data.store.own_presets import own_presets
from data.store.snapshot import default_folder
from pages.parts.widgets import escape
from reports.answers.data_quality import imports, recognition_text, unpacking
from reports.answers.data_quality.imports import Preview, Upload
from reports.answers.data_quality.unpacking import Unpacked, UploadedFile
from reports.language import _

_FILES, _CACHES = "upload-files", "upload-caches"
_Value = TypeVar("_Value")


def hold(files: Sequence[BrowserFile]) -> dict[str, Unpacked]:
    """Return the data files in what the browser sent, by its id; what it took out again is forgotten."""
    earlier: dict[str, Unpacked] = st.session_state.get(_FILES, {})
    held = {}
    for file in files:
        held[file.file_id] = earlier.get(file.file_id) or unpacking.unpack(file.name, file.getvalue())
    st.session_state[_FILES] = held
    keys = {file.key for file in unpacking.data_files(held)}
    caches: dict[str, dict[Any, Any]] = st.session_state.setdefault(_CACHES, {})
    for key in set(caches) - keys:
        del caches[key]
    return held


def publish_once(turn: int, publish: Callable[[], LoadReport]) -> LoadReport:
    """Return the report of a load, which is made once: a second click does not load the files again.

    The second of two clicks breaks off the run of the first at its next touch of the session.

    Args:
        turn: number of the upload in this visit.
        publish: loads its files.
    """
    reports: dict[int, LoadReport] = st.session_state.setdefault("upload-published", {})
    if turn not in reports:
        reports[turn] = publish()
    return reports[turn]


def forget() -> None:
    """Forget the files of the upload: they are published."""
    for key in (_FILES, _CACHES):
        st.session_state.pop(key, None)


def once(file: UploadedFile, what: str, question: object, work: Callable[[], _Value]) -> _Value:
    """Return what was worked out before for a file and a question, or work it out.

    Args:
        file: the file.
        what: name of what is worked out; of each only the last answer is kept.
        question: all that the answer depends on besides the file.
        work: gives the answer; draws nothing.
    """
    cache = st.session_state.setdefault(_CACHES, {}).setdefault(file.key, {})
    if what not in cache or cache[what][0] != question:
        words = _("Reading {name}", name=escape.plain(display_name(file.upload.name)))
        with st.spinner(words, show_time=True):
            # Kept before the spinner ends: there a click meanwhile breaks off the run.
            cache[what] = (question, work())
    value: _Value = cache[what][1]
    return value


def keep_boxes(file: UploadedFile) -> None:
    """Keep what was said of a list whose boxes are not drawn in this run; Streamlit would forget it."""
    for key in list(st.session_state):
        # A button cannot be set.
        if str(key).startswith(f"make-{file.key}-") and not str(key).endswith("-all-right"):
            st.session_state[key] = st.session_state[key]


def known_presets() -> tuple[list[AnyPreset], KasstroomError | None]:
    """Return the presets that may be used unseen, and what is wrong with the store's own, if anything."""
    try:
        return own_presets(default_folder()), None
    except KasstroomError as error:
        return list(shipped_presets()), error


def preview(file: UploadedFile, upload: Upload, presets: Sequence[AnyPreset]) -> Preview:
    """Return how a file would be read, read once for what was chosen of it.

    Args:
        file: the file.
        upload: its bytes with what was chosen.
        presets: those that may be used unseen.
    """
    chosen = upload.preset.sha256 if upload.preset else tuple(preset.sha256 for preset in presets)

    def read(day: date | None) -> Preview:
        asked = Upload(upload.name, upload.content, upload.preset, day)
        return imports.preview([asked], None, presets, store=default_folder())[0]

    shown = once(file, "preview", (chosen, upload.name, upload.day), lambda: read(upload.day))
    day = st.session_state.get("upload-source-date")
    if day is not None and recognition_text.asks_for_day(shown):
        return once(file, "preview of a day", (chosen, upload.name, day), lambda: read(day))
    return shown
