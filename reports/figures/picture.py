"""A figure as a picture for a meeting: 16 by 9, light, with room for a title, one line and a source line.

All lengths are pixels of a drawing of 960 × 540, which is saved at twice that size: text of 12 px is then
24 px high, 12 points on a slide.
"""

import html
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial, wraps
from typing import Any, ParamSpec

import plotly.graph_objects as go

from reports.colours import LIGHT
from reports.figures import letters
from reports.figures.template import SMALL

WIDTH, HEIGHT, SCALE = 960, 540, 2
EDGE = 36
TITLE, UNDER, SOURCE = 24, 14, 11  # sizes of text
_TITLE_LINE, _UNDER_LINE, _SOURCE_LINE = 30, 26, 30
_ROOM = WIDTH - 2 * EDGE
_LABELS = 0.35  # of the width: what names beside a plot may take
_MOST_LINES = 2
_ABOVE = 14
_TAG = re.compile(r"<[^>]+>")
_SENTENCE_END = re.compile(r"(?<=[.;:?!])\s+|\s+[·–(]\s*|,\s+")
P = ParamSpec("P")


@dataclass(frozen=True)
class Picture:
    """What is drawn around and inside a picture.

    Attributes:
        figure: drawn for the picture, of a size of its own.
        title: lines of the title.
        under: the line below it; empty for none.
        source: the line at the bottom.
        top: distance of the figure from the upper edge.
        shrink: factor that makes the figure as wide as its place.
    """

    figure: go.Figure
    title: list[str]
    under: str
    source: str
    top: float
    shrink: float


def repeatable(draw: Callable[P, go.Figure]) -> Callable[P, go.Figure]:
    """Let a figure be drawn again for a picture: in light colours, with all the room, for a slide.

    A function that draws otherwise on a slide takes `slide`, False by default.
    """
    known = inspect.signature(draw).parameters
    wide = {"theme": LIGHT, "compact": False, "narrow": False, "slide": True}
    changed = {name: value for name, value in wide.items() if name in known}

    @wraps(draw)
    def draw_once(*args: P.args, **options: P.kwargs) -> go.Figure:
        fig = draw(*args, **options)
        again: dict[str, Any] = {**options, **changed}
        fig._redraw = partial(draw, *args, **again)  # noqa: SLF001
        return fig

    return draw_once


def compose(fig: go.Figure, title: str, method: str, source: str) -> Picture:
    """Return the picture of a figure.

    Args:
        fig: as it stands on the page, light or dark, wide or narrow.
        title: what the figure says.
        method: what is drawn, in sentences; only the first that fits becomes the line below the title.
        source: the line at the bottom.
    """
    lines = letters.wrap(title, TITLE, _ROOM, most=_MOST_LINES, bold=True)
    under = first_line(method, _ROOM) or (fig.layout.meta or {}).get("under", "")
    top = EDGE - 6 + _TITLE_LINE * len(lines) + (_UNDER_LINE if under else 8)
    room = HEIGHT - top - EDGE / 2 - _SOURCE_LINE
    copy: go.Figure = fig._redraw() if hasattr(fig, "_redraw") else go.Figure(fig)  # noqa: SLF001
    # A figure of many rows is drawn as high as on the page, and shrunk as a whole.
    shrink = min(1.0, room / float(copy.layout.height or room))
    # Names above a plot keep their distance from the line above them.
    above = max(copy.layout.margin.t or 0, _ABOVE)
    copy.update_layout(
        margin_t=above + (_ABOVE if copy.layout.xaxis.side == "top" else 0),
        width=round(_ROOM / shrink),
        height=round(room / shrink),
        paper_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
    )
    _bound_names(copy)
    # Nobody clicks on a picture: a program that draws it its own way might show what is there to be clicked.
    copy.update_traces({"mode": "lines"}, selector=_has_unseen_markers)
    return Picture(copy, lines, under, letters.cut(source, SOURCE, _ROOM), top, shrink)


def first_line(method: str, room: float) -> str:
    """Return the first sentence of a text, or as much of it as fits on a line; empty if nothing does."""
    words = " ".join(method.split())
    ends = [match.start() for match in _SENTENCE_END.finditer(words)] + [len(words)]
    first = next((end for end in ends if words[:end].endswith((".", "?", "!"))), ends[-1])
    fitting = [
        end
        for end in ends
        if end <= first
        and letters.width(words[:end], UNDER) <= room
        and words.count("(", 0, end) == words.count(")", 0, end)
    ]
    return words[: max(fitting)].rstrip(" .,;:·") if fitting else ""


def stamp(fig: go.Figure, last: date, under: str = "") -> None:
    """Note on a figure the day of its last point, and the line below its title if no method gives one."""
    fig.layout.meta = {**(fig.layout.meta or {}), "day": last.isoformat(), "under": under}


def last_day(fig: go.Figure) -> date | None:
    """Return the day of the last point, for a figure that does not reach the as-of day; else None."""
    day = (fig.layout.meta or {}).get("day")
    return date.fromisoformat(day) if day else None


def _has_unseen_markers(trace: Any) -> bool:
    return bool(trace.type == "scatter" and trace.mode == "lines+markers" and trace.marker.opacity == 0)


def _bound_names(fig: go.Figure) -> None:
    """Give the names beside a plot the width they need, at most a third of the picture."""
    names = fig.layout.yaxis.ticktext
    if not names or fig.layout.yaxis.visible is False:
        return
    size = fig.layout.yaxis.tickfont.size or SMALL
    most = round(fig.layout.width * _LABELS) - 10
    shown = [_cut_label(name, size, most) for name in names]
    longest = max(letters.width(_plain(line), size) for name in shown for line in name.split("<br>"))
    left = max(round(longest) + 10, fig.layout.margin.l or 0)
    fig.update_yaxes(automargin=False, ticktext=shown)
    fig.update_layout(margin_l=left)


def _cut_label(name: str, size: float, most: float) -> str:
    if all(letters.width(_plain(line), size) <= most for line in name.split("<br>")):
        return name
    cut = letters.cut(_plain(name.split("<br>", maxsplit=1)[0]), size, most)
    return html.escape(cut, quote=False).replace("{", "&#123;").replace("$", "&#36;")


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text))
