"""Saving a chart as an image, with title, filters and day inside."""

import plotly.graph_objects as go
import streamlit as st

from pages.parts import exports
from pages.parts.view import View
from reports import language
from reports.figures import template
from reports.language import _

_WIDTH = 860


def export(figure: go.Figure, name: str, finding: str, view: View, key: str) -> None:
    """Draw the button that opens the image.

    Args:
        figure: as it stands on the page.
        name: file name, without day and ending.
        finding: the title inside.
        view: for the line under it.
        key: unique on the page.
    """
    with st.container(key=f"save-{key}", width="content"):
        asked = st.button(
            _("Image"),
            icon=":material/download:",
            type="tertiary",
            key=f"image-{key}",
            help=_("Save the image (PNG, SVG)"),
        )
    if asked:
        # No popover: Plotly clicks a link of its own, outside it, which closes a popover before it is done.
        dialog = st.dialog(_("Save the image"), width="large", icon=":material/download:")
        dialog(_image)(figure, f"{name}-{view.as_of}", finding, exports.said(view), language.current())


def _image(figure: go.Figure, name: str, finding: str, under: str, spoken: str) -> None:
    language.use(spoken)  # a choice in the dialog runs this alone
    form = st.segmented_control(
        _("Format"),
        ["png", "svg"],
        default="png",
        required=True,
        key="image-format",
        format_func=str.upper,
        label_visibility="collapsed",
    )
    st.caption(_("Press the camera to save the image."))
    st.plotly_chart(
        template.exported(figure, finding, under, width=_WIDTH),
        theme=None,
        width="content",
        key=f"image-figure-{form}",
        alt=template.alt(figure),
        config={
            **template.config(name, language.current(), image=str(form)),
            "displayModeBar": True,
        },
    )
