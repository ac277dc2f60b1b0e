"""The blocks of a page: a finding with its chart or its table, their exports, cards and rows."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any, Literal

import plotly.graph_objects as go
import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator as Place

from pages.parts.context import browser
from pages.parts.context.view import View
from pages.parts.widgets import chart_export, escape, exports, opened_rows, tables, text_tables
from reports import language
from reports.answers.shared.finding import Finding
from reports.answers.shared.rows_behind import ChartPart
from reports.figures import template

Sheets = pl.DataFrame | Mapping[str, pl.DataFrame]
Level = Literal["top", "bottom"]


def heading(finding: Finding, *, key: str, badge: str = "") -> None:
    """Write the title of a finding and, in grey under it, its method; both letter by letter.

    Args:
        finding: of the block.
        key: unique on the page.
        badge: Markdown of ours to stand before the method.
    """
    method = " ".join(part for part in (badge, escape.plain(finding.method)) if part)
    with st.container(key=f"head-{key}", gap="xxsmall"):
        st.header(escape.plain(finding.title), anchor=False)
        if method:
            st.caption(method)


def heading_with_export(
    finding: Finding,
    rows: Sheets,
    view: View,
    *,
    key: str,
    name: str,
    export_words: Finding | None = None,
    beside: Callable[[], None] | None = None,
    level: Level = "top",
) -> None:
    """Write a heading with the export of its rows at its right.

    Args:
        finding: heading of the block; title and method of the export.
        rows: what is exported: a frame, or heading -> frame for a workbook of several sheets.
        view: day, filters, currency and bucket limits.
        key: unique on the page.
        name: file name of the export, in words; empty for no export.
        export_words: title and method of the export where the heading alone would not explain the rows.
        beside: draws what stands between the heading and the export.
        level: where the export stands beside a heading of several lines.
    """
    with bar(key, level=level):
        heading(finding, key=key)
        if beside is not None:
            beside()
        if name:
            words = export_words or finding
            exports.downloads(name, view, rows, title=words.title, method=words.method, key=key)


def chart(
    finding: Finding,
    drawing: go.Figure | None,
    *,
    name: str,
    view: View,
    key: str,
    rows: pl.DataFrame | None = None,
    select: bool = False,
    head: Place | None = None,
    figure_key: str = "",
    badge: str = "",
    export_words: Finding | None = None,
    sheet: Sheets | None = None,
    sheet_name: str = "",
    opens: Sequence[ChartPart] = (),
) -> Any:
    """Draw a finding and the chart that shows it, with its export.

    Args:
        finding: heading of the block, title inside its picture; the start of its method is the line below.
        drawing: a figure of `reports.figures`; None where there is nothing to draw under the heading.
        name: of the picture's file, one of `reports.packs.file_names`.
        view: for the line at the foot of the picture.
        key: unique on the page.
        rows: what is drawn, to be exported as a table.
        select: let points be picked; returns Plotly's selection.
        head: where the heading goes, if something stands between it and the chart.
        figure_key: of the chart, where it is not that of the heading: a new key starts its selection anew.
        badge: Markdown of ours to stand before the method.
        export_words: title and method of the image where the heading alone would not explain it.
        sheet: rows to export, where more can be exported than is drawn.
        sheet_name: of their file, where it is not that of the picture.
        opens: parts of the chart that open their rows; a part's code is the `id` of its points.
    """
    words, place = export_words or finding, figure_key or key
    with _at(head), bar(key):
        heading(finding, key=key, badge=badge)
        if drawing is not None:
            file = chart_export.FigureFile(
                name, words.title, words.method, rows if sheet is None else sheet, sheet_name or name
            )
            chart_export.menu(drawing, file, view, key)
        elif sheet is not None:
            exports.downloads(sheet_name, view, sheet, title=words.title, method=words.method, key=key)
    if drawing is None:
        return None
    options: dict[str, Any] = {"on_select": "rerun", "selection_mode": "points"} if select else {}
    chart = opened_rows.chart_key(place) if opens else place
    if opens:
        options = {
            "on_select": partial(opened_rows.select, place, chart, drawing),
            "selection_mode": "points",
        }
    with st.container(key=f"figure-{place}"):
        selection = st.plotly_chart(
            drawing,
            theme=None,
            key=chart,
            alt=template.alt(drawing),
            config=template.config(language.current()),
            **options,
        )
    if opens:
        opened_rows.parts(place, opens, view)
    return selection


def table(
    finding: Finding,
    rows: pl.DataFrame,
    view: View,
    *,
    key: str,
    name: str = "",
    sheet: Sheets | None = None,
    export_words: Finding | None = None,
    head: Place | None = None,
    table_key: str = "",
    empty: str | None = None,
    beside: Callable[[], None] | None = None,
    level: Level = "top",
    page_rows: int = tables.PAGE_ROWS,
    **options: Any,
) -> dict[str, Any] | None:
    """Draw a finding, the rows that show it, and their export beside the heading.

    Args:
        finding: heading of the block, first sheet of the workbook, alternative text of the table.
        rows: in the order to show.
        view: day, filters, currency and bucket limits.
        key: unique on the page.
        name: file name of the export, in words; empty for no export.
        sheet: the rows to export where they are not those shown.
        export_words: title and method of the export where the heading alone would not explain the rows;
            the title is also the alternative text.
        head: where the heading goes, if something stands between it and the table.
        table_key: of the table, where it is not that of the heading: a new key starts its pages anew.
        empty: where given and there are no rows, this sentence (if any) replaces export and table.
        beside: draws what stands between the heading and the export.
        level: where the export stands beside a heading of several lines.
        page_rows: of one page of the table.
        **options: columns, phone, select, footer and the like, as `tables.show` takes them.

    Returns:
        The picked row, or None.
    """
    is_empty = empty is not None and rows.is_empty()
    with _at(head):
        heading_with_export(
            finding, rows if sheet is None else sheet, view, key=key, name="" if is_empty else name,
            export_words=export_words, beside=beside, level=level,
        )  # fmt: skip
    if is_empty:
        if empty:
            st.caption(empty)
        return None
    alt = (export_words or finding).title
    return tables.show(rows, view, key=table_key or key, page_rows=page_rows, alt=alt, **options)


def text_table(
    finding: Finding,
    rows: pl.DataFrame,
    view: View,
    *,
    key: str,
    name: str = "",
    sheet: Sheets | None = None,
    export_words: Finding | None = None,
    head: Place | None = None,
    level: Level = "top",
    columns: Sequence[str] | None = None,
    own: str = "",
) -> None:
    """Draw a finding, and rows whose cells are sentences, as `table` does; none can be picked.

    Args:
        finding: heading of the block, first sheet of the workbook.
        rows: in the order to show, few enough to read at once.
        view: day, filters, currency and bucket limits.
        key: unique on the page.
        name: file name of the export, in words; empty for no export.
        sheet: the rows to export where they are not those shown.
        export_words: title and method of the export where the heading alone would not explain the rows.
        head: where the heading goes, if something stands between it and the table.
        level: where the export stands beside a heading of several lines.
        columns: which to show; all when left out.
        own: a column of the program's own sentences, which may hold commands.
    """
    with _at(head):
        heading_with_export(
            finding, rows if sheet is None else sheet, view, key=key, name=name, export_words=export_words,
            level=level,
        )  # fmt: skip
    text_tables.table(rows, view, key=key, columns=columns, own=own)


def _at(head: Place | None) -> AbstractContextManager[Any]:
    return nullcontext() if head is None else head


def points(sentences: Sequence[str], *, key: str) -> None:
    """Draw sentences as a list in the size of a table; each is made plain by who calls."""
    if sentences:
        with st.container(key=f"points-{key}"):
            st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def card(key: str) -> Any:
    """Return a bordered block, as high as its neighbour."""
    return st.container(border=True, height="stretch", key=f"card-{key}")


def bar(key: str, *, level: Level = "top") -> Any:
    """Return a row for a heading and what stands at its right; on a phone they are stacked."""
    return st.container(
        horizontal=not browser.is_phone(),
        horizontal_alignment="distribute",
        vertical_alignment=level,
        key=f"bar-{key}",
    )


def reserved(key: str) -> Any:
    """Return a block that holds its place before anything is in it; the style sheet says how high."""
    with st.container(key=key):
        return st.columns(1)[0]  # a column is drawn empty, too


def pair(key: str, left: int = 1, right: int = 1) -> list[Any]:
    """Return two blocks side by side, as wide as their shares; under one another where there is no room."""
    with st.container(key=f"pair-{key}"):
        return list(st.columns([left, right]))
