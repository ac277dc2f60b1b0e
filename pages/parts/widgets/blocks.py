"""What a page is built of: headings, charts with their export, cards and rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.parts.context import browser
from pages.parts.context.view import View
from pages.parts.widgets import chart_export, escape, exports, tables
from reports import language
from reports.answers.shared.finding import Finding
from reports.figures import template


def heading(finding: str, method: str | None = None, *, key: str) -> None:
    """Write what a block means and, in grey under it, what is drawn; both may hold escaped data."""
    with st.container(key=f"head-{key}", gap="xxsmall"):
        st.header(finding, anchor=False)
        if method:
            st.caption(method)


def points(sentences: Sequence[str], *, key: str) -> None:
    """Draw sentences as a list in the size of a table; each is made plain by who calls."""
    if sentences:
        with st.container(key=f"points-{key}"):
            st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def chart(
    finding: Finding,
    drawing: go.Figure,
    *,
    name: str,
    view: View,
    key: str,
    rows: pl.DataFrame | None = None,
    select: bool = False,
) -> Any:
    """Draw a finding and the chart that shows it, with its export.

    Args:
        finding: heading of the block, title inside the exported image, method of both.
        drawing: a figure of `reports.figures`.
        name: file name of the export, without ending.
        view: for the line under the exported image.
        key: unique on the page.
        rows: what is drawn, to be taken away as a table.
        select: let points be picked; returns Plotly's selection.
    """
    heading(escape.plain(finding.title), escape.plain(finding.method), key=key)
    return figure(
        drawing, name=name, finding=finding.title, view=view, key=key, rows=rows, method=finding.method,
        select=select,
    )  # fmt: skip


def table(
    finding: Finding,
    rows: pl.DataFrame,
    view: View,
    *,
    key: str,
    name: str = "",
    sheet: pl.DataFrame | Mapping[str, pl.DataFrame] | None = None,
    **shown: Any,
) -> dict[str, Any] | None:
    """Draw a finding, the rows that show it, and their export beside the heading.

    Args:
        finding: heading of the block, first sheet of the workbook, alternative text of the table.
        rows: in the order to show.
        view: day, filters, currency and bucket limits.
        key: unique on the page.
        name: file name of the export, in words; empty where nothing is to be taken away.
        sheet: the rows to take away where they are other ones than those shown.
        **shown: columns, phone, select, footer and the like, as `tables.show` takes them.

    Returns:
        The picked row, or None.
    """
    with bar(key):
        heading(escape.plain(finding.title), escape.plain(finding.method), key=key)
        if name:
            exported = rows if sheet is None else sheet
            exports.downloads(name, view, exported, title=finding.title, method=finding.method, key=key)
    return tables.show(rows, view, key=key, alt=finding.title, **shown)


def figure(
    drawing: go.Figure,
    *,
    name: str,
    finding: str,
    view: View,
    key: str,
    rows: pl.DataFrame | None = None,
    method: str = "",
    select: bool = False,
) -> Any:
    """Draw a figure with its description, and offer it as PNG and SVG with title, filters and day inside.

    Args:
        drawing: of `reports.figures`.
        name: file name of the export, without ending.
        finding: the title inside the exported image.
        view: for the line under it.
        key: unique on the page.
        rows: what is drawn, to be taken away as a table.
        method: what is drawn, in words, for image and table.
        select: let points be picked; returns Plotly's selection.
    """
    options: dict[str, Any] = {"on_select": "rerun", "selection_mode": "points"} if select else {}
    with st.container(key=f"figure-{key}"):
        chart_export.export(drawing, chart_export.Saved(name, finding, method, rows), view, key)
        return st.plotly_chart(
            drawing,
            theme=None,
            key=key,
            alt=template.alt(drawing),
            config=template.config(f"{name}-{view.as_of}", language.current(), compact=True),
            **options,
        )


def card(key: str) -> Any:
    """Return a bordered block, as high as its neighbour."""
    return st.container(border=True, height="stretch", key=f"card-{key}")


def bar(key: str) -> Any:
    """Return a row for a heading and what stands at its right; under one another on a phone."""
    return st.container(
        horizontal=not browser.is_phone(), horizontal_alignment="distribute", key=f"bar-{key}"
    )


def pair(key: str, left: int = 1, right: int = 1) -> list[Any]:
    """Return two blocks side by side, as wide as their shares; under one another where there is no room."""
    with st.container(key=f"pair-{key}"):
        return list(st.columns([left, right]))
