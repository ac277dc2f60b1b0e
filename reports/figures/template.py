"""What every figure shares: template, safe labels, words for `alt`."""

import html
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

from reports.colours import Theme
from reports.translation import Language, current

FONT = '"Source Sans","Source Sans 3","Segoe UI",system-ui,Arial,sans-serif'
SMALL = 12
NO_BREAK = "\u00a0"
DAY_TITLE = MappingProxyType({"nl": "%{x|%d-%m-%Y}", "en": "%{x|%Y-%m-%d}"})
WEEK_TITLE = f"wk{NO_BREAK}%{{x|%-V}} · "  # as `formats.week` has it under the axis
# A line whose points open their rows: only markers can be clicked, as wide as a finger and unseen.
TO_CLICK: MappingProxyType[str, Any] = MappingProxyType(
    {"mode": "lines+markers", "marker": {"size": 22, "opacity": 0}}
)
# Plotly brings English only; this is what its date formats need to be Dutch.
_DUTCH: dict[str, Any] = {
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


def config(lang: Language) -> dict[str, Any]:
    """Return Plotly's config: the locale of its dates, and no button bar; an export has its own menu."""
    return {
        "locale": lang,
        "locales": {"nl": _DUTCH},
        "displayModeBar": False,
        "displaylogo": False,
        "scrollZoom": False,
        "doubleClick": False,
    }
