"""What a page is built of: headings, charts with their export, cards and rows."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.parts.context import browser
from pages.parts.context.view import View
from pages.parts.widgets import chart_export
from reports import language
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
    figure: go.Figure,
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
        figure: of `reports.figures`.
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
        chart_export.export(figure, chart_export.Saved(name, finding, method, rows), view, key)
        return st.plotly_chart(
            figure,
            theme=None,
            key=key,
            alt=template.alt(figure),
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
