"""Cash: the bank balance as it was, and the sparkline of a tile."""

import base64
import html
from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from reports.colours import Theme, Tone
from reports.figures import template as base
from reports.formats import money
from reports.translation import _

_WIDE, _HIGH, _EDGE = 160.0, 34.0, 4.0


def minimum_line(fig: go.Figure, minimum: Decimal, currency: str, theme: Theme) -> None:
    """Draw the minimum balance: a dashed red line with its amount."""
    fig.add_hline(y=float(minimum), line={"color": theme.alarm, "width": 1.5, "dash": "4px,3px"})
    fig.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        y=float(minimum),
        yanchor="bottom",
        text=_("Minimum {amount}", amount=money(minimum, currency, 0)),
        font={"color": theme.alarm, "size": base.SMALL},
    )


def credit_line(fig: go.Figure, line: Decimal, currency: str, theme: Theme) -> None:
    """Draw the credit line: dashed grey below 0, because red is for the minimum only."""
    fig.add_hline(y=-float(line), line={"color": theme.base, "width": 1.5, "dash": "4px,3px"})
    fig.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        y=-float(line),
        yanchor="bottom",
        text=_("Credit line {amount}", amount=money(line, currency, 0)),
        font={"color": theme.base, "size": base.SMALL},
    )


def sparkline_svg(
    values: Sequence[Decimal | float | None], tone: Tone, theme: Theme, *, alt: str = ""
) -> str:
    """Return an `<img>` with a line and a dot on its last value, 34 px high, as wide as its tile.

    Args:
        values: oldest first; None leaves a gap. Fewer than two known values draw nothing but the dot.
        tone: colour by meaning.
        theme: light or dark.
        alt: description of the line, escaped here because it holds data; empty for decoration.
    """
    known = [float(value) for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    step = (_WIDE - 2 * _EDGE) / max(len(values) - 1, 1)
    path, point, pen_down = [], "", False
    for at, value in enumerate(values):
        if value is None:
            pen_down = False
            continue
        share = (float(value) - low) / (high - low) if high > low else 0.5
        place = f"{_EDGE + step * at:.1f} {_HIGH - _EDGE - 2 - share * (_HIGH - 2 * _EDGE - 4):.1f}"
        path.append(("L" if pen_down else "M") + place)
        pen_down, point = True, place
    colour = theme.tone(tone)
    # A round cap on a line of no length is a dot that stays round when the picture is stretched to the tile.
    stroke = f'fill="none" stroke="{colour}" stroke-linecap="round" vector-effect="non-scaling-stroke"'
    dot = f'<path d="M{point}l0 0" {stroke} stroke-width="7"/>' if point else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE:.0f} {_HIGH:.0f}" '
        'preserveAspectRatio="none">'
        f'<path d="{"".join(path)}" {stroke} stroke-width="1.75" stroke-linejoin="round"/>{dot}</svg>'
    )
    data = base64.b64encode(svg.encode()).decode()
    return (
        f'<img alt="{html.escape(alt)}" src="data:image/svg+xml;base64,{data}" '
        f'style="width:100%;height:{_HIGH:.0f}px;display:block">'
    )
