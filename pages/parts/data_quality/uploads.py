"""Loading files on a screen: choose files, preview how they are read, publish them."""

from datetime import date

import polars as pl
import streamlit as st

from data.errors import KasstroomError
from data.importers import AnyPreset, Reading
from data.store.missing import FullLoad
from data.store.snapshot import current_snapshot, default_folder, store_exists
from pages.parts.context import books, choices, filters
from pages.parts.context.view import View
from pages.parts.shell import first_start
from pages.parts.widgets import blocks, escape, tables
from reports.answers.data_quality import imports, loads, missing_text
from reports.answers.data_quality import rejects as rejects_answers
from reports.answers.shared.finding import Finding
from reports.language import _, _p, each
from reports.sentences import translate

_NATIVE, _OWN = "native", "own"


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
    """Draw the steps of loading files: choose files and format, preview, publish."""
    blocks.heading(imports.heading(), key="upload")
    # A new key empties the box: after publishing, its files are finished.
    turn = st.session_state.setdefault("upload-turn", 0)
    with st.container(key="uploader"):
        files = st.file_uploader(
            _("CSV files"),
            type=["csv", "txt", "tsv"],
            accept_multiple_files=True,
            max_upload_size=largest_mb(),
            key=f"upload-files-{turn}",
            label_visibility="collapsed",
        )
        st.caption(_("CSV, TXT or TSV, at most {size} MB each; or drop them here.", size=largest_mb()))
    uploads = [imports.Upload(file.name, file.getvalue()) for file in files]
    if not uploads:
        _last_result(view)
    preset, is_usable = _preset()
    if not uploads or not is_usable:
        return
    previews = imports.preview(uploads, preset)
    _previews(previews, view)
    source_date = st.date_input(
        _("Day the files speak of, if they carry none"),
        value=None,
        format="DD-MM-YYYY",
        width=420,
        key="upload-source-date",
        help=_("Decides which version of a row is the newer one. Left empty: the order of loading."),
    )
    can_publish = all(preview.reading is not None for preview in previews)
    full = (
        _full_load(uploads, imports.readings_of(previews), preset, source_date, view) if can_publish else None
    )
    if not can_publish:
        st.warning(_("One refused file refuses the whole load. Take it out, or choose another form above."))
    if st.button(
        _p("button", "Publish"), icon=":material/publish:", disabled=not can_publish, key="upload-publish"
    ):
        _publish(uploads, preset, source_date, view, full)


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
    key = (published, files, source_date)
    known: dict[tuple[object, ...], imports.MissingRows] = st.session_state.get("upload-missing", {})
    if key not in known:
        known = {key: imports.missing_rows(folder, uploads, readings, preset, source_date)}
        st.session_state["upload-missing"] = known
    return known[key]


def _preset() -> tuple[AnyPreset | None, bool]:
    """Draw the choice of a format; return the preset and whether it can be used."""
    words = {_NATIVE: _("Kasstroom's own form"), _OWN: _("An own preset")}
    form = st.segmented_control(
        _("How the files are written"),
        [_NATIVE, *imports.standard_presets(), _OWN],
        default=_NATIVE,
        required=True,
        format_func=lambda code: words.get(code) or imports.preset_title(code),
        key="upload-form",
        wrap=True,
    )
    if form == _NATIVE:
        st.caption(_("Named after what they hold: {names}.", names=", ".join(imports.native_file_names())))
        return None, True
    if form != _OWN:
        return imports.read_preset(imports.preset_text(form or "")), True
    return _own_preset()


def _own_preset() -> tuple[AnyPreset | None, bool]:
    """Draw the text of a user's own preset, with its errors under it."""
    with st.container(border=True, key="own-preset"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            start = choices.selectbox(
                _("Start from"),
                imports.standard_presets(),
                words=imports.preset_title,
                key="preset-start",
                width=360,
            )
            uploaded = st.file_uploader(_("or open a preset (.toml)"), type=["toml"], key="preset-file")
        origin = f"{start}:{uploaded.file_id if uploaded else ''}"
        if st.session_state.get("preset-origin") != origin:
            st.session_state["preset-origin"] = origin
            st.session_state["preset-text"] = (
                uploaded.getvalue().decode("utf-8", "replace") if uploaded else imports.preset_text(start)
            )
        text = st.text_area(
            _("The preset; the preview below follows it"), key="preset-text", height=320, max_chars=20_000
        )
        st.download_button(
            _("Keep this preset"), text or "", file_name="preset.toml", mime="application/toml",
            icon=":material/download:", on_click="ignore", key="preset-download",
        )  # fmt: skip
        try:
            return imports.read_preset(text or ""), True
        except KasstroomError as error:
            st.warning(escape.sentence(translate(error.message)))
            return None, False


def _previews(previews: list[imports.Preview], view: View) -> None:
    """Draw what publishing the files would do: counts, the first rows as they are read, the rejects."""
    summary = imports.preview_rows(previews)
    for preview in previews:
        if preview.refusal:
            st.error(escape.plain(preview.refusal), icon=":material/block:")
    if summary.is_empty():
        return
    blocks.heading(imports.preview_counts(previews), key="preview")
    _files(summary, view, "preview-files")
    readable = [preview for preview in previews if preview.reading is not None]
    for position, preview in enumerate(readable):
        for kind, first in preview.rows().items():
            st.caption(
                _(
                    "First rows of {name}: {kind}",
                    name=escape.bold(preview.name),
                    kind=loads.kind_name(kind),
                )
            )
            tables.show(first, view, key=f"preview-{kind}-{position}")
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
    uploads: list[imports.Upload],
    preset: AnyPreset | None,
    source_date: date | None,
    view: View,
    full: FullLoad | None,
) -> None:
    """Load the files and run the page again on the new books, which shows the result."""
    is_first = not store_exists(default_folder())
    was_newest = is_first or view.as_of == books.books().default_as_of
    bar = st.progress(0.0, _p("progress", "Reading"))

    def show_progress(text: str, share: float) -> None:
        bar.progress(min(share, 1.0), escape.plain(text))

    try:
        report = imports.publish(
            default_folder(),
            uploads,
            preset,
            source_date,
            progress=show_progress,
            full=full,
        )
    except KasstroomError as error:
        bar.empty()
        st.error(escape.sentence(translate(error.message)))
        return
    st.session_state["upload-report"] = report
    st.session_state["upload-turn"] += 1
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
        first_start.to_cash_position()
        _files(imports.load_rows(report), view, "upload-done")
