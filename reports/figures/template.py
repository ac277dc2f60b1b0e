"""What every figure shares: template, safe labels, words for `alt`, export."""

import html
import re
import textwrap
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

from reports.colours import Theme
from reports.translation import Language, current

FONT = '"Source Sans","Source Sans 3","Segoe UI",system-ui,Arial,sans-serif'
SMALL = 12
_WIDEST_LETTER = 7.5  # of a tick, on the average, in pixels
NO_BREAK = "\u00a0"
DAY_TITLE = MappingProxyType({"nl": "%{x|%d-%m-%Y}", "en": "%{x|%Y-%m-%d}"})
# Plotly brings English only; this is what its button and its date formats need to be Dutch.
_DUTCH: dict[str, Any] = {
    "dictionary": {
        "Download plot": "Afbeelding opslaan",
        "Download plot as a PNG": "Afbeelding opslaan (PNG)",
        "Preparing image - this may take a few seconds": "De afbeelding komt eraan",
        "Image download succeeded": "Afbeelding opgeslagen",
        "Sorry, there was a problem downloading your image!": "De afbeelding is niet gelukt.",
    },
    "format": {
        "months": [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ],
        "shortMonths": ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
        "days": ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
        "shortDays": ["zo", "ma", "di", "wo", "do", "vr", "za"],
        "date": "%d-%m-%Y",
        "decimal": ",",
        "thousands": ".",
    },
}


def plain(text: str | None, longest: int | None = None) -> str:
    """Return text from data so that Plotly shows it as it is: no tags, links, templates or TeX."""
    words = " ".join((text or "").split())
    if longest and len(words) > longest:
        words = words[: longest - 1].rstrip() + "…"
    # Plotly decodes these entities, but not &quot;: quotes stay as they are, its texts are no attributes.
    return html.escape(words, quote=False).replace("{", "&#123;").replace("$", "&#36;")


def bold(text: str) -> str:
    """Return the text in the weight of a label that leads."""
    return f"<b>{text}</b>"


def template(theme: Theme) -> go.layout.Template:
    """Return the look of all figures in one theme."""
    axis = {
        "automargin": True,
        "fixedrange": True,
        "tickangle": 0,
        "ticks": "",
        "zeroline": False,
        "tickfont": {"size": SMALL, "color": theme.muted},
    }
    layout = go.Layout(
        font={"family": FONT, "size": 13, "color": theme.ink},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        colorway=[theme.cash, theme.out, theme.neutral, theme.buckets[4], theme.ink],
        margin={"l": 0, "r": 0, "t": 8, "b": 4, "pad": 0},
        xaxis={**axis, "showgrid": False, "showline": True, "linecolor": theme.axis, "linewidth": 1},
        yaxis={**axis, "gridcolor": theme.hair, "gridwidth": 1, "ticklabelstandoff": 6},
        dragmode=False,
        showlegend=False,
        bargap=0.28,
        hovermode="closest",
        hoverlabel={
            "bgcolor": theme.bg,
            "bordercolor": theme.axis,
            "font": {"family": FONT, "size": 13, "color": theme.ink},
            "align": "left",
        },
        annotationdefaults={"font": {"size": SMALL, "color": theme.muted}, "showarrow": False},
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": theme.muted, "activecolor": theme.cash},
    )
    return go.layout.Template(layout=layout)


def blank(theme: Theme, *, height: int, alt: str, over_time: bool = False) -> go.Figure:
    """Return an empty figure in the theme; `alt` says in words what it will show."""
    fig = go.Figure(layout={"template": template(theme), "height": height})
    dutch = current() == "nl"
    fig.update_layout(
        separators=",." if dutch else ".,",
        hovermode="x unified" if over_time else "closest",
        # The export needs the theme back; `alt` travels with the figure so that no screen can forget it.
        meta={"alt": alt, "theme": theme.name, "bg": theme.bg},
    )
    if over_time:
        fig.update_xaxes(
            unifiedhovertitle_text=DAY_TITLE[current()],
            spikecolor=theme.neutral,
            spikethickness=-1,  # below zero leaves out the white edge
            spikedash="solid",
        )
    return fig


def nothing(theme: Theme, height: int, sentence: str) -> go.Figure:
    """Return a figure that holds one sentence where there is nothing to draw."""
    fig = blank(theme, height=height, alt=sentence)
    fig.update_xaxes(visible=False)
    fig.update_yaxes(visible=False)
    fig.add_annotation(x=0, xref="paper", xanchor="left", y=0.5, yref="paper", text=sentence)
    return fig


def alt(fig: go.Figure) -> str:
    """Return in one or two sentences what the figure shows, for `st.plotly_chart(alt=...)`."""
    return str(fig.layout.meta["alt"])


def config(name: str, lang: Language, *, image: str = "png", compact: bool = False) -> dict[str, Any]:
    """Return Plotly's config: locale, and one button that saves a PNG or SVG under the name.

    Args:
        name: file name without ending; what no file system likes is replaced.
        lang: of the button and its messages.
        image: `png` or `svg`.
        compact: a phone; no button bar.
    """
    return {
        "locale": lang,
        "locales": {"nl": _DUTCH},
        "displayModeBar": False if compact else "hover",
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {
            "format": image,
            "filename": re.sub(r"[^\w.-]+", "-", name).strip("-.") or "kasstroom",
            "scale": 2,
        },
        "scrollZoom": False,
        "doubleClick": False,
    }


def image_copy(fig: go.Figure, title: str, subtitle: str, *, width: int = 1200) -> go.Figure:
    """Return a copy to save as an image, with title, filters and day inside, on the page's colour.

    Args:
        fig: any figure of this package.
        title: what the figure says; from data, so it is made plain here.
        subtitle: filters and as-of day.
        width: pixels; long titles are wrapped to it.
    """
    copy = go.Figure(fig)
    per_line = width // 9  # bold text of 16 px
    lines = textwrap.wrap(title, per_line) or [""]
    under = textwrap.wrap(subtitle, (width - 72) // 7)
    text = "<br>".join(bold(plain(line)) for line in lines)
    headings = 20 if copy.layout.xaxis.side == "top" else 0
    top = 24 + 20 * len(lines) + 18 * len(under) + headings
    before = copy.layout.margin.t if copy.layout.margin.t is not None else 8
    right = copy.layout.margin.r or 0
    # The saved image has no web font: its letters are wider than the ones Plotly measured on the page.
    longest = max((len(text) for text in copy.layout.yaxis.ticktext or ()), default=0)
    copy.update_layout(
        title={
            "text": text,
            "subtitle": {"text": "<br>".join(plain(line) for line in under), "font": {"size": 13}},
            "font": {"size": 16},
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 16, "l": 24},
        },
        margin={"l": 24 + round(longest * _WIDEST_LETTER), "r": right + 24, "t": before + top, "b": 28},
        paper_bgcolor=copy.layout.meta["bg"],
        width=width,
        height=(copy.layout.height or 320) + top + 24,
    )
    return copy
