"""What a visit holds of uploaded files, so that no click reads them again: their bytes, and how they read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile as BrowserFile

from data.errors import KasstroomError
from data.importers import AnyPreset, display_name, shipped_presets
from data.progress import Share
from data.store.load_report import LoadReport
from data.store.own_presets import own_presets
from data.store.snapshot import default_folder
from pages.parts.context import browser_boxes
from pages.parts.data_quality.reading_bar import ReadingBar
from pages.parts.widgets import escape
from reports.answers.data_quality import audit_totals, imports, own_number, recognition_text, unpacking
from reports.answers.data_quality.imports import Preview, Upload
from reports.answers.data_quality.unpacking import Unpacked, UploadedFile
from reports.language import _, _n

_FILES, _CACHES = "upload-files", "upload-caches"
# What the browser's box no longer has, as the visitor was elsewhere; what boxes said of it; which box it is.
_KEPT, _ANSWERS, _UPLOADER = "upload-kept", "upload-answers", "upload-uploader"
# Boxes about all files together.
_OF_ALL = ("upload-source-date", "upload-full", "upload-own-number")
_Value = TypeVar("_Value")


def uploader(turn: int) -> str:
    """Return the key of the box for files.

    The box of a browser is empty again when its visitor was elsewhere, on a page or a part of this one. What
    it had is kept until it is published or taken out, with what was said of it, and the box is a new one.

    Args:
        turn: number of the upload in this visit.
    """
    state = st.session_state
    of_turn, number = state.get(_UPLOADER, (turn, 0))
    key = f"upload-files-{turn}-{number}"
    is_same = of_turn == turn
    if not is_same or not browser_boxes.is_in_browser(key):
        if is_same:
            state[_KEPT] = {**earlier_files(), **state.pop(_FILES, {})}
        number += 1
        for name, value in state.get(_ANSWERS, {}).items():
            state.setdefault(name, value)
    state[_UPLOADER] = (turn, number)
    return browser_boxes.box(f"upload-files-{turn}-{number}")


def earlier_files() -> dict[str, Unpacked]:
    """Return what the browser's box had before its visitor was elsewhere, by the browser's id."""
    files: dict[str, Unpacked] = st.session_state.get(_KEPT, {})
    return files


def take_out(file_id: str) -> None:
    """Forget one of the files that are kept."""
    earlier_files().pop(file_id, None)


def hold(files: Sequence[BrowserFile]) -> dict[str, Unpacked]:
    """Return the data files of the upload by the browser's id; what was taken out again is forgotten.

    Args:
        files: those that the browser's box has now.
    """
    earlier: dict[str, Unpacked] = st.session_state.get(_FILES, {})
    held = {}
    for file in files:
        held[file.file_id] = earlier.get(file.file_id) or unpacking.unpack(file.name, file.getvalue())
    st.session_state[_FILES] = held
    held = {**earlier_files(), **held}
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
    for key in (_FILES, _CACHES, _KEPT, _ANSWERS):
        st.session_state.pop(key, None)


def once(file: UploadedFile, what: str, question: object, work: Callable[[], _Value]) -> _Value:
    """Return what was worked out before for a file and a question, or work it out.

    Args:
        file: the file.
        what: name of what is worked out; of each only the last answer is kept.
        question: all that the answer depends on besides the file.
        work: gives the answer; draws nothing.
    """
    return _once(file, what, question, lambda _share: work())


def _once(file: UploadedFile, what: str, question: object, work: Callable[[Share], _Value]) -> _Value:
    """Return the same; the work tells how far it is."""
    cache = _cache(file)
    if what not in cache or cache[what][0] != question:
        words = _("Reading {name}", name=escape.plain(display_name(file.upload.name)))
        with st.spinner(words, show_time=True):
            bar = ReadingBar()
            # Kept before bar and spinner end: there a click meanwhile breaks off the run.
            cache[what] = (question, work(bar.show))
            bar.end()
    value: _Value = cache[what][1]
    return value


def keep(beginnings: Sequence[str]) -> None:
    """Keep what boxes say that were not drawn in this run, or will not be while the visitor is elsewhere.

    Streamlit would forget it.

    Args:
        beginnings: of their keys.
    """
    drawn, begins = browser_boxes.keys_of_run(), (*beginnings, *_OF_ALL)
    answers = {}
    for key in list(st.session_state):
        # A button cannot be set.
        if str(key).startswith(begins) and not str(key).endswith("-all-right"):
            answers[key] = st.session_state[key]
            if key not in drawn:
                st.session_state[key] = st.session_state[key]
    st.session_state[_ANSWERS] = answers


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
    ordered = [shown[file.key] for file, _upload in files]
    uploads = [upload for _file, upload in files]
    for place, upload in audit_totals.totals_only(default_folder(), uploads, ordered).items():
        file, question = files[place][0], _question(upload, presets)
        ordered[place] = _once(file, "preview as check", question, partial(_read, upload, presets))
    return ordered


def _preview(file: UploadedFile, upload: Upload, presets: Sequence[AnyPreset]) -> Preview:
    question = _question(upload, presets)

    shown = _once(file, "preview", question, partial(_read, upload, presets))
    day = st.session_state.get("upload-source-date")
    if day is not None and recognition_text.asks_for_day(shown):
        return _once(
            file, "preview of a day", (question, day), partial(_read, replace(upload, day=day), presets)
        )
    return shown


def _read(upload: Upload, presets: Sequence[AnyPreset], share: Share) -> Preview:
    return imports.preview([upload], None, presets, progress=share)[0]


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
