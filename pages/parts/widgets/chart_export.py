"""Saving a chart as an image, with title, filters and day inside, and what is drawn as a table."""

from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.parts.context import browser
from pages.parts.context.view import View
from pages.parts.widgets import exports
from reports import language
from reports.figures import template
from reports.language import _, _p

_WIDTH, _NARROW = 860, 340


@dataclass(frozen=True)
class Saved:
    """What goes with a figure that is saved.

    Attributes:
        name: file name, without day and ending.
        finding: the title inside.
        method: what is drawn, in words; empty where the title says it.
        rows: what is drawn; None where it stands in a table beside it.
    """

    name: str
    finding: str
    method: str
    rows: pl.DataFrame | None


def export(figure: go.Figure, saved: Saved, view: View, key: str) -> None:
    """Draw the button that opens the image.

    Args:
        figure: as it stands on the page.
        saved: what goes with it.
        view: for the line under it.
        key: unique on the page.
    """
    with st.container(key=f"save-{key}", width="content"):
        asked = st.button(
            _p("button", "Image"),
            icon=":material/download:",
            type="tertiary",
            key=f"image-{key}",
            help=_("Save the image (PNG, SVG) or the numbers"),
        )
    if asked:
        # No popover: Plotly clicks a link of its own, outside it, which closes a popover before it is done.
        dialog = st.dialog(_("Save the image"), width="large", icon=":material/download:")
        dialog(_image)(figure, saved, view, language.current())


def _image(figure: go.Figure, saved: Saved, view: View, spoken: str) -> None:
    language.use(spoken)  # a choice in the dialog runs this alone
    with st.container(horizontal=True, horizontal_alignment="distribute", key="image-head"):
        form = st.segmented_control(
            _p("field", "Format"),
            ["png", "svg"],
            default="png",
            required=True,
            key="image-format",
            format_func=str.upper,
            label_visibility="collapsed",
        )
        if saved.rows is not None:
            exports.downloads(
                saved.name, view, saved.rows, title=saved.finding,
                method=saved.method or saved.finding, key="image-rows",
            )  # fmt: skip
    st.caption(_("Press the camera to save the image."))
    under = " · ".join(part for part in (saved.method, exports.said(view)) if part)
    width = _NARROW if browser.is_phone() else _WIDTH
    st.plotly_chart(
        template.exported(figure, saved.finding, under, width=width),
        theme=None,
        width="content",
        key=f"image-figure-{form}",
        alt=template.alt(figure),
        config={
            **template.config(f"{saved.name}-{view.as_of}", language.current(), image=str(form)),
            "displayModeBar": True,
        },
    )
