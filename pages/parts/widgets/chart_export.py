"""Export of a chart: its picture on the clipboard, as PNG or as SVG, and its numbers as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.parts.context import errors
from pages.parts.context.view import View
from pages.parts.widgets import exports
from reports import language
from reports.colours import LIGHT
from reports.figures import picture, template
from reports.language import _, _p
from reports.packs import file_name, file_words

_HERE = Path(__file__).parent
_BUTTONS = st.components.v2.component(
    "kasstroom.picture",
    html='<div class="actions"><button type="button" data-action="copy"></button>'
    '<button type="button" data-action="png"></button><button type="button" data-action="svg"></button></div>'
    '<p role="status"></p>',
    css=(_HERE / "picture.css").read_text(encoding="utf-8"),
    js=(_HERE / "picture.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class FigureFile:
    """Name and texts of a figure in its files.

    Attributes:
        name: of the picture, one of `reports.packs.file_names`.
        finding: title inside the picture.
        method: what is drawn, in words; empty if the title says it.
        rows: numbers of the figure; None if a table beside it has them.
        rows_name: of the file of the numbers.
    """

    name: str
    finding: str
    method: str
    rows: pl.DataFrame | Mapping[str, pl.DataFrame] | None
    rows_name: str


def menu(figure: go.Figure, file: FigureFile, view: View, key: str) -> None:
    """Draw the menu of a chart; what is in it is made when it is opened.

    Args:
        figure: as it stands on the page.
        file: its name and texts.
        view: for the line at the foot of the picture.
        key: unique on the page.
    """
    with st.container(key=f"menu-{key}", width="content"):
        _open_menu(figure, file, view, key, language.current())


@st.fragment
def _open_menu(figure: go.Figure, file: FigureFile, view: View, key: str, spoken: str) -> None:
    language.use(spoken)  # opening the menu runs this alone
    errors.guard(partial(_draw_menu, figure, file, view, key))


def _draw_menu(figure: go.Figure, file: FigureFile, view: View, key: str) -> None:
    opened = exports.menu(key, on_change="rerun")
    if not opened.open:
        return
    day = picture.last_day(figure) or view.as_of
    shown = picture.compose(figure, file.finding, file.method, exports.source_text(view, language.day(day)))
    place = f"picture-{key}"
    with opened:
        _BUTTONS(
            key=f"buttons-{key}",
            data={
                "place": place,
                "font": _font(),
                "family": template.FONT,
                "file": file_name(file_words(file.name), day.isoformat(), owner=""),
                **_described(shown, file),
            },
        )
        if file.rows is not None:
            exports.table_buttons(
                file.rows_name,
                view,
                file.rows,
                title=file.finding,
                method=file.method or file.finding,
                key=key,
            )
    # Drawn out of sight: the browser makes the picture of it.
    with st.container(key=place):
        st.plotly_chart(
            shown.figure, theme=None, width="content", key=f"drawn-{key}", alt=template.alt(figure),
            config={**template.config(language.current()), "staticPlot": True},
        )  # fmt: skip


def _described(shown: picture.Picture, file: FigureFile) -> dict[str, Any]:
    return {
        "words": {
            "title": shown.title,
            "under": shown.under,
            "source": shown.source,
            "description": f"{file.finding} {file.method}".strip(),
        },
        "size": {
            "width": picture.WIDTH,
            "height": picture.HEIGHT,
            "scale": picture.SCALE,
            "edge": picture.EDGE,
            "title": picture.TITLE,
            "under": picture.UNDER,
            "source": picture.SOURCE,
            "top": shown.top,
            "shrink": shown.shrink,
        },
        "look": {"bg": LIGHT.bg, "ink": LIGHT.ink, "muted": LIGHT.muted},
        "labels": {"copy": _p("button", "Copy"), "png": "PNG", "svg": "SVG"},
        "said": {
            "busy": _("Drawing the picture…"),
            "copied": _("Copied. Paste it into a slide or a mail."),
            "saved": _("Saved in your downloads."),
            "cannot": _("This browser cannot copy a picture here: save the PNG."),
            "failed": _("The picture could not be made. Try again."),
        },
    }


@lru_cache(maxsize=1)
def _font() -> str:
    """Return the name of Streamlit's own font file, the one that the page is written in."""
    media = Path(st.__file__).parent / "static" / "static" / "media"
    return next(media.glob("SourceSansVF-Upright*.woff2")).name
