"""Loading files on a screen: choose files, preview how they are read, publish them."""

from datetime import date

import polars as pl
import streamlit as st

from data.errors import KasstroomError
from data.importers import AnyPreset, Reading, display_name
from data.store.load_report import LoadReport
from data.store.missing import FullLoad
from data.store.snapshot import current_snapshot, default_folder, store_exists
from pages.parts.context import books, browser_boxes, filters
from pages.parts.context.view import View
from pages.parts.data_quality import file_lines, first_steps, grain_tabs, preset_list, upload_session
from pages.parts.shell import first_start
from pages.parts.widgets import blocks, escape, tables
from reports.answers.data_quality import imports, loads, missing_text, recognition_text
from reports.answers.data_quality import rejects as rejects_answers
from reports.answers.shared.finding import Finding
from reports.language import _, _p, each
from reports.sentences import translate

_MOST_SHOWN = 3  # files of which the first rows are shown


def largest_mb() -> int:
    """Return the most megabytes of one file: what the server takes, and what the text says."""
    return int(st.get_option("server.maxUploadSize"))


def show_or_refuse(view: View) -> None:
    """Draw the steps of loading files; the demo company takes none."""
    if first_start.is_demo():
        first_start.demo_takes_no_files()
        return
    show(view)


def show(view: View) -> None:
    """Draw the steps of loading files: choose them, see what each is, preview, publish."""
    blocks.heading(imports.heading(), key="upload")
    # A new key empties the box: after publishing, its files are finished.
    turn = st.session_state.setdefault("upload-turn", 0)
    with st.container(key="uploader"):
        files = st.file_uploader(
            _("Files to load"),
            accept_multiple_files=True,
            max_upload_size=largest_mb(),
            key=upload_session.uploader(turn),
            label_visibility="collapsed",
        )
        st.caption(
            _(
                "CSV, TXT, XLSX, XLS, ODS, XML and ZIP files, at most {size} MB each; or drop them here.",
                size=largest_mb(),
            )
        )
    _kept_files()
    held = upload_session.hold(files)
    if not held:
        _last_result(view)
        first_steps.show(is_upload=True)
        preset_list.show()
        return
    lines = file_lines.show(held, view)
    previews = [line.preview for line in lines]
    if not any(preview.reading for preview in previews):
        return
    _previews(previews, view)
    source_date = st.date_input(
        _("Day the files speak of, if they carry none"),
        value=None,
        format="DD-MM-YYYY",
        width=420,
        key=browser_boxes.box("upload-source-date"),
        help=_("Decides which version of a row is the newer one. Left empty: the order of loading."),
    )
    is_refused = any(unpacked.fault is not None for unpacked in held.values())
    can_publish = bool(lines) and not is_refused and not any(line.needs_somebody for line in lines)
    uploads = [*file_lines.own_settings(), *(line.upload for line in lines)]
    browser_boxes.box("upload-full")
    full = (
        _full_load(uploads, imports.readings_of(previews), None, source_date, view) if can_publish else None
    )
    refused = [line.preview for line in lines if line.preview.fault and not line.preview.is_unknown]
    if is_refused or not all(map(recognition_text.asks, refused)):
        st.warning(_("One refused file refuses the whole load. Take it out, or say above how it is read."))
    elif not can_publish:
        st.caption(_("Say above what is in every file, then publish."))
    if st.button(
        _p("button", "Publish"), icon=":material/publish:", disabled=not can_publish, key="upload-publish"
    ):
        _publish(uploads, source_date, view, full)


def _kept_files() -> None:
    """Draw the files that are here from before the visitor was elsewhere, each with a way to take it out."""
    for file_id, unpacked in upload_session.earlier_files().items():
        with st.container(horizontal=True, vertical_alignment="center", key=f"kept-{file_id}"):
            st.markdown(f":material/draft: {escape.plain(display_name(unpacked.name))}", width="content")
            st.button(
                _("Take out"), icon=":material/close:", type="tertiary", key=f"take-out-{file_id}",
                on_click=upload_session.take_out, args=(file_id,),
            )  # fmt: skip


def _full_load(
    uploads: list[imports.Upload],
    readings: list[Reading],
    preset: AnyPreset | None,
    source_date: date | None,
    view: View,
) -> FullLoad | None:
    """Draw whether the files are all there is, what they lack, and whether to cancel or settle it."""
    is_full = st.checkbox(
        _("These files are all there is of their kinds"),
        key="upload-full",
        help=_("Lists the documents and payments that the books hold and these files do not."),
    )
    if not is_full:
        return None
    try:
        missing = _missing_rows(uploads, readings, preset, source_date)
    except KasstroomError as error:
        st.error(escape.sentence(translate(error.message)))
        return None
    count = missing.rows.height
    if not count:
        st.caption(missing_text.missing_title(missing.rows))
        # What a complete list shows no longer and the books hold as paid is noted without a question.
        return FullLoad(0 if missing_text.holds_lists(readings) else None)
    finding = missing_text.missing_finding(missing.rows)
    blocks.table(
        finding, missing.rows.select(missing_text.COLUMNS), view, key="missing", name="missing",
        export_words=finding, phone=("invoice_id", "day", "amount"),
    )  # fmt: skip
    # Another list is another question: its number is in the key.
    is_agreed = st.checkbox(missing_text.cancel_question(missing.rows), key=f"upload-cancel-{count}")
    if is_agreed and missing.shrunk is not None:
        question = missing_text.shrunk_question(missing.rows)
        is_agreed = st.checkbox(question, key=f"upload-shrunk-{missing.shrunk}")
    return FullLoad(count, shrunk=missing.shrunk) if is_agreed else FullLoad()


def _missing_rows(
    uploads: list[imports.Upload], readings: list[Reading], preset: AnyPreset | None, source_date: date | None
) -> imports.MissingRows:
    """Return what the files do not hold; it is worked out once as long as files and books are the same."""
    folder = default_folder()
    published = current_snapshot(folder).key if store_exists(folder) else ""
    files = tuple((reading.name, reading.sha256, reading.preset_sha256) for reading in readings)
    key = (published, files, source_date, tuple(upload.day for upload in uploads))
    known: dict[tuple[object, ...], imports.MissingRows] = st.session_state.get("upload-missing", {})
    if key not in known:
        known = {key: imports.missing_rows(folder, uploads, readings, preset, source_date)}
        st.session_state["upload-missing"] = known
    return known[key]


def _previews(previews: list[imports.Preview], view: View) -> None:
    """Draw what publishing the files would do: counts, the first rows as they are read, the rejects."""
    summary = imports.preview_rows(previews)
    if summary.is_empty():
        return
    blocks.heading(imports.preview_counts(previews), key="preview")
    _files(summary, view, "preview-files")
    readable = [preview for preview in previews if preview.reading is not None]
    for position, preview in enumerate(readable[:_MOST_SHOWN]):
        st.caption(_("First rows of {name}", name=escape.bold(preview.name)))
        grain_tabs.show(preview.rows(), view, key=f"preview-{position}")
    rejects = rejects_answers.of_files(
        [preview.reading for preview in readable if preview.reading is not None]
    )
    if rejects.height:
        finding = Finding(loads.rejects(rejects, None).title, _("These rows stay out"))
        blocks.table(
            finding, rejects, view, key="preview-rejects", name="rejects",
            export_words=Finding(_p("sheet", "Rejects"), finding.title), phone=("line", "reason"), lines=2,
        )  # fmt: skip


def _files(rows: pl.DataFrame, view: View, key: str) -> None:
    """Draw a row per file with its counts."""
    kinds = each(rows["kind"], loads.kind_name)
    tables.show(rows.with_columns(kind=kinds), view, key=key, phone=("file_name", "accepted", "rejected"))


def _publish(
    uploads: list[imports.Upload], source_date: date | None, view: View, full: FullLoad | None
) -> None:
    """Load the files and run the page again on the new books, which shows the result."""
    is_first = not store_exists(default_folder())
    was_newest = is_first or view.as_of == books.books().default_as_of
    turn = st.session_state["upload-turn"]
    bar = st.progress(0.0, _p("progress", "Reading"))

    def show_progress(text: str, share: float) -> None:
        bar.progress(min(share, 1.0), escape.plain(text))

    def publish() -> LoadReport:
        return imports.publish(
            default_folder(), uploads, None, source_date, progress=show_progress, full=full,
            pdfs=upload_session.pdfs(),
        )  # fmt: skip

    try:
        report = upload_session.publish_once(turn, publish)
    except KasstroomError as error:
        bar.empty()
        st.error(escape.sentence(translate(error.message)))
        return
    st.session_state["upload-report"] = report
    st.session_state["upload-turn"] = turn + 1
    upload_session.forget()
    if was_newest:
        # A reader who looked at the newest day continues on the new newest day.
        filters.clear()
    st.rerun()


def _last_result(view: View) -> None:
    """Draw the result of the last load of this visit."""
    report = st.session_state.get("upload-report")
    if report is None:
        return
    with st.container(border=True, key="upload-done"):
        blocks.heading(imports.load_result(report), key="upload-done")
        first_start.ways_on()
        _files(imports.load_rows(report), view, "upload-done")
