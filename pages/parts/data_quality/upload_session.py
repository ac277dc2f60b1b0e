"""What a visit holds of uploaded files, so that no click reads them again: their bytes, and how they read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
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
from reports.answers.data_quality import imports, own_number, recognition_text, unpacking
from reports.answers.data_quality.imports import Preview, Upload
from reports.answers.data_quality.unpacking import Unpacked, UploadedFile
from reports.language import _, _n

_FILES, _CACHES = "upload-files", "upload-caches"
_DRAWN, _BEFORE = "upload-boxes-drawn", "upload-boxes-before"
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


def pdfs() -> list[Upload]:
    """Return the PDFs in the zip files of the upload, which may be of invoices among its files."""
    held: dict[str, Unpacked] = st.session_state.get(_FILES, {})
    return [pdf for unpacked in held.values() for pdf in unpacked.pdfs]


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
    cache = _cache(file)
    if what not in cache or cache[what][0] != question:
        words = _("Reading {name}", name=escape.plain(display_name(file.upload.name)))
        with st.spinner(words, show_time=True):
            # Kept before the spinner ends: there a click meanwhile breaks off the run.
            cache[what] = (question, work())
    value: _Value = cache[what][1]
    return value


def begin() -> None:
    """Start a run: the boxes of the last one are those that the browser has."""
    st.session_state[_BEFORE] = st.session_state.get(_DRAWN, set())
    st.session_state[_DRAWN] = set()


def box(key: str, value: Any = None) -> str:
    """Return the key of a box that is about to be drawn, so that the browser shows what the box says.

    The browser gives a box that was not drawn in the run before its first value, whatever the session holds
    under its key; and where there is no store, a page stops before Streamlit forgets what it did not draw.

    Args:
        key: of the box.
        value: that it starts with; None: the usual one of its kind.
    """
    if key not in st.session_state:
        if value is not None:
            st.session_state[key] = value
    elif key not in st.session_state.get(_BEFORE, ()):
        st.session_state[key] = st.session_state[key]
    st.session_state.setdefault(_DRAWN, set()).add(key)
    return key


def keep(beginnings: Sequence[str]) -> None:
    """Keep what boxes say that were not drawn in this run; Streamlit would forget it.

    Args:
        beginnings: of their keys.
    """
    drawn, begins = st.session_state.get(_DRAWN, ()), tuple(beginnings)
    for key in list(st.session_state):
        # A button cannot be set.
        if str(key).startswith(begins) and key not in drawn and not str(key).endswith("-all-right"):
            st.session_state[key] = st.session_state[key]


def known_presets() -> tuple[list[AnyPreset], KasstroomError | None]:
    """Return the presets that may be used unseen, and what is wrong with the store's own, if anything."""
    try:
        return own_presets(default_folder()), None
    except KasstroomError as error:
        return list(shipped_presets()), error


def previews(
    files: Sequence[tuple[UploadedFile, Upload]], presets: Sequence[AnyPreset], settings: Mapping[str, str]
) -> list[Preview]:
    """Return how files would be read, each read once for what was chosen of it.

    E-invoices are read together, after all others: each alone would open the books for itself, and who we are
    may be said by another file.

    Args:
        files: each with its bytes and what was chosen.
        presets: those that may be used unseen.
        settings: that come in with the same load.
    """
    others = [pair for pair in files if not _is_markup(pair[1])]
    shown = {file.key: _preview(file, upload, presets) for file, upload in others}
    known = {**settings, **own_number.typed_settings(shown.values())}
    invoices = [pair for pair in files if _is_markup(pair[1])]
    who = tuple(sorted(known.items()))
    unread = [pair for pair in invoices if not _is_cached(pair[0], (_question(pair[1], presets), who))]
    if unread:
        with st.spinner(_n("Reading {count} file", "Reading {count} files", len(unread)), show_time=True):
            uploads = [upload for _file, upload in unread]
            read = imports.preview(uploads, None, presets, store=default_folder(), settings=known)
            for (file, upload), preview in zip(unread, read, strict=True):
                _cache(file)["preview"] = ((_question(upload, presets), who), preview)
    shown |= {file.key: _cache(file)["preview"][1] for file, _upload in invoices}
    return [shown[file.key] for file, _upload in files]


def _preview(file: UploadedFile, upload: Upload, presets: Sequence[AnyPreset]) -> Preview:
    question = _question(upload, presets)

    def read(day: date | None) -> Preview:
        asked = replace(upload, day=day)
        return imports.preview([asked], None, presets)[0]

    shown = once(file, "preview", question, lambda: read(upload.day))
    day = st.session_state.get("upload-source-date")
    if day is not None and recognition_text.asks_for_day(shown):
        return once(file, "preview of a day", (question, day), lambda: read(day))
    return shown


def _question(upload: Upload, presets: Sequence[AnyPreset]) -> object:
    usual = tuple(preset.sha256 for preset in presets)
    return (upload.preset.sha256 if upload.preset else usual, upload.name, upload.day)


def _is_markup(upload: Upload) -> bool:
    return upload.content[:100].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def _is_cached(file: UploadedFile, question: object) -> bool:
    cache = _cache(file)
    return "preview" in cache and cache["preview"][0] == question


def _cache(file: UploadedFile) -> dict[Any, Any]:
    cache: dict[Any, Any] = st.session_state.setdefault(_CACHES, {}).setdefault(file.key, {})
    return cache
