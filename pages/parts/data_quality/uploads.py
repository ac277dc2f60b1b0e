"""Loading files on the screen: choose, see how they are read, publish."""

from datetime import date

import polars as pl
import streamlit as st

from data.errors import KasstroomError
from data.importers import Preset
from data.store.snapshot import default_folder, store_exists
from pages.parts.context import books, filters
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, exports, tables
from reports.answers.data_quality import findings, imports
from reports.answers.data_quality import rejects as rejects_answers
from reports.language import _, _p
from reports.sentences import translate

_NATIVE, _OWN = "native", "own"
_LARGEST_MB = 500


def show(view: View) -> None:
    """Draw the way from files to books: files, how they are written, preview, publish."""
    blocks.heading(
        _("Load files: look first, then publish"),
        _("CSV files. Nothing changes until you publish; what cannot be read is listed with its reason."),
        key="upload",
    )
    # Another key empties the box: after publishing, the files it held are done with.
    turn = st.session_state.setdefault("upload-turn", 0)
    with st.container(key="uploader"):
        files = st.file_uploader(
            _("CSV files"),
            type=["csv", "txt", "tsv"],
            accept_multiple_files=True,
            max_upload_size=_LARGEST_MB,
            key=f"upload-files-{turn}",
            label_visibility="collapsed",
        )
        st.caption(_("CSV, TXT or TSV, at most {size} MB each; or drop them here.", size=_LARGEST_MB))
    handed = [imports.Handed(file.name, file.getvalue()) for file in files]
    if not handed:
        _published(view)
    preset, is_usable = _preset()
    if not handed or not is_usable:
        return
    previews = imports.preview(handed, preset)
    _previewed(previews, view)
    source_date = st.date_input(
        _("Day the files speak of, if they carry none"),
        value=None,
        format="DD-MM-YYYY",
        width=420,
        key="upload-source-date",
        help=_("Decides which version of a row is the newer one. Left empty: the order of loading."),
    )
    can_publish = all(one.reading is not None for one in previews)
    if not can_publish:
        st.warning(_("One refused file refuses the whole load. Take it out, or choose another form above."))
    if st.button(
        _p("button", "Publish"), icon=":material/publish:", disabled=not can_publish, key="upload-publish"
    ):
        _publish(handed, preset, source_date, view)


def _preset() -> tuple[Preset | None, bool]:
    """Draw how the files are written; return the preset and whether it can be used."""
    words = {_NATIVE: _("Kasstroom's own form"), _OWN: _("An own preset")}
    form = st.segmented_control(
        _("How the files are written"),
        [_NATIVE, *imports.shipped(), _OWN],
        default=_NATIVE,
        required=True,
        format_func=lambda code: words.get(code) or imports.title(code),
        key="upload-form",
        wrap=True,
    )
    if form == _NATIVE:
        st.caption(_("Named after what they hold: {names}.", names=", ".join(imports.native_names())))
        return None, True
    if form != _OWN:
        return imports.preset_of(imports.shipped_text(form or "")), True
    return _own_preset()


def _own_preset() -> tuple[Preset | None, bool]:
    """Draw the text of an own preset; what is wrong with it is said under it."""
    with st.container(border=True, key="own-preset"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            start = st.selectbox(
                _("Start from"), imports.shipped(), format_func=imports.title, key="preset-start", width=360
            )
            brought = st.file_uploader(_("or open a preset (.toml)"), type=["toml"], key="preset-file")
        origin = f"{start}:{brought.file_id if brought else ''}"
        if st.session_state.get("preset-origin") != origin:
            st.session_state["preset-origin"] = origin
            st.session_state["preset-text"] = (
                brought.getvalue().decode("utf-8", "replace") if brought else imports.shipped_text(start)
            )
        text = st.text_area(
            _("The preset; the preview below follows it"), key="preset-text", height=320, max_chars=20_000
        )
        st.download_button(
            _("Keep this preset"), text or "", file_name="preset.toml", mime="application/toml",
            icon=":material/download:", on_click="ignore", key="preset-download",
        )  # fmt: skip
        try:
            return imports.preset_of(text or ""), True
        except KasstroomError as error:
            st.warning(escape.sentence(translate(error.message)))
            return None, False


def _previewed(previews: list[imports.Preview], view: View) -> None:
    """Draw what would come of the files: counts, the first rows as they are read, the rejects."""
    summary = imports.summary(previews)
    for one in previews:
        if one.refusal:
            st.error(escape.plain(one.refusal), icon=":material/block:")
    if summary.is_empty():
        return
    blocks.heading(imports.preview_sentence(previews), _("Nothing is published yet"), key="preview")
    _files(summary, view, "preview-files")
    read = [one for one in previews if one.reading is not None]
    for position, one in enumerate(read):
        for kind, first in one.rows().items():
            st.caption(
                _(
                    "First rows of {name}: {kind}",
                    name=escape.bold(one.name),
                    kind=findings.kind(kind),
                )
            )
            tables.show(first, view, key=f"preview-{kind}-{position}")
    rejects = rejects_answers.of_files([one.reading for one in read if one.reading is not None])
    if rejects.height:
        finding = findings.rejects_sentence(rejects, None)
        with st.container(horizontal=True, key="preview-rejects-head"):
            blocks.heading(finding, _("These rows stay out"), key="preview-rejects")
            exports.downloads(
                "rejects", view, rejects, title=_p("sheet", "Rejects"), method=finding, key="preview-rejects"
            )
        tables.show(rejects, view, key="preview-rejects", phone=("line", "reason"), lines=2)


def _files(rows: pl.DataFrame, view: View, key: str) -> None:
    """Draw what came, or would come, of each file."""
    worded = rows.with_columns(kind=rows["kind"].map_elements(findings.kind, return_dtype=pl.String))
    tables.show(worded, view, key=key, phone=("file_name", "accepted", "rejected"))


def _publish(
    handed: list[imports.Handed], preset: Preset | None, source_date: date | None, view: View
) -> None:
    """Load the files; what came of it is shown after the page has started over on the new books."""
    is_first = not store_exists(default_folder())
    was_newest = is_first or view.as_of == books.books().default_as_of
    bar = st.progress(0.0, _p("progress", "Reading"))

    def told(text: str, share: float) -> None:
        bar.progress(min(share, 1.0), escape.plain(text))

    try:
        report = imports.publish(
            default_folder(),
            handed,
            preset,
            source_date,
            progress=told,
        )
    except KasstroomError as error:
        bar.empty()
        st.error(escape.sentence(translate(error.message)))
        return
    st.session_state["upload-report"] = report
    st.session_state["upload-turn"] += 1
    if was_newest:
        # Who looks at the newest day goes on looking at the newest day.
        filters.clear()
    st.rerun()


def _published(view: View) -> None:
    """Draw what came of the last load of this visit."""
    report = st.session_state.get("upload-report")
    if report is None:
        return
    with st.container(border=True, key="upload-done"):
        blocks.heading(imports.outcome_sentence(report), None, key="upload-done")
        _files(imports.outcome(report), view, "upload-done")
