"""Export of a chart: an image with title, filters and day inside, and its numbers as a table."""

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
class FigureFile:
    """Name and texts of a figure in its file.

    Attributes:
        name: file name, without day and ending.
        finding: title inside the image.
        method: what is drawn, in words; empty if the title says it.
        rows: numbers of the figure; None if a table beside it has them.
    """

    name: str
    finding: str
    method: str
    rows: pl.DataFrame | None


def export(figure: go.Figure, file: FigureFile, view: View, key: str) -> None:
    """Draw the button that opens the image.

    Args:
        figure: as it stands on the page.
        file: its name and texts.
        view: for the line under the title.
        key: unique on the page.
    """
    with st.container(key=f"save-{key}", width="content"):
        is_pressed = st.button(
            _p("button", "Image"),
            icon=":material/download:",
            type="tertiary",
            key=f"image-{key}",
            help=_("Save the image (PNG, SVG) or the numbers"),
        )
    if is_pressed:
        # No popover: Plotly clicks a link of its own, outside it, which closes a popover before it is done.
        dialog = st.dialog(_("Save the image"), width="large", icon=":material/download:")
        dialog(_image)(figure, file, view, language.current())


def _image(figure: go.Figure, file: FigureFile, view: View, spoken: str) -> None:
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
        if file.rows is not None:
            exports.downloads(
                file.name, view, file.rows, title=file.finding,
                method=file.method or file.finding, key="image-rows",
            )  # fmt: skip
    st.caption(_("Press the camera to save the image."))
    under = " · ".join(part for part in (file.method, exports.filters_text(view)) if part)
    width = _NARROW if browser.is_phone() else _WIDTH
    st.plotly_chart(
        template.image_copy(figure, file.finding, under, width=width),
        theme=None,
        width="content",
        key=f"image-figure-{form}",
        alt=template.alt(figure),
        config={
            **template.config(f"{file.name}-{view.as_of}", language.current(), image=str(form)),
            "displayModeBar": True,
        },
    )
