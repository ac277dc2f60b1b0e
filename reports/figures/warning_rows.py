"""The small pictures in a row of early warning: dots of the last invoices, meters of level and change."""

import base64
import html
from collections.abc import Mapping
from typing import Any

from reports.colours import Theme

Meter = tuple[str, float, str]  # label, share of the bar that is filled (below 0: no bar), value
_WIDE, _HIGH, _EDGE = 130.0, 46.0, 5.0
_DOT = 2.4
# Days late beyond these would press all other dots together.
_EARLIEST, _LATEST = -15, 60


def dot_strip(dots: Mapping[str, Any], theme: Theme, *, alt: str) -> str:
    """Return an `<img>` of how late the last invoices were: a dot each, the open ones hollow.

    A thin line is the due date, the other the usual lateness. Orange: paid in three weeks, or late.

    Args:
        dots: days_late, is_open and is_recent, a list each, the oldest first; usual, or None.
        theme: light or dark.
        alt: description, escaped here because it holds data.
    """
    late = [min(max(days, _EARLIEST), _LATEST) for days in dots["days_late"]]
    usual = dots["usual"]
    # The due date is always in the picture.
    values = [*late, 0, *([] if usual is None else [min(max(usual, _EARLIEST), _LATEST)])]
    low, high = float(min(values)), float(max(values))
    span = max(high - low, 10.0)
    step = (_WIDE - 2 * _EDGE) / max(len(late) - 1, 1)

    def height(days: float) -> float:
        return _HIGH - _EDGE - (days - low) / span * (_HIGH - 2 * _EDGE)

    def line(days: float, colour: str) -> str:
        return f'<path d="M0 {height(days):.1f}H{_WIDE:.0f}" stroke="{colour}" stroke-width="1" fill="none"/>'

    parts = [line(0, theme.axis)]
    if usual is not None:
        parts.append(line(values[-1], theme.neutral))
    for place, days in enumerate(late):
        colour = theme.out if dots["is_recent"][place] else theme.neutral
        x = _EDGE + step * place
        if dots["is_open"][place]:
            style = f'fill="{theme.bg}" stroke="{colour}" stroke-width="1.4"'
        else:
            style = f'fill="{colour}"'
        parts.append(f'<circle cx="{x:.1f}" cy="{height(days):.1f}" r="{_DOT}" {style}/>')
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE:.0f} {_HIGH:.0f}" '
        f'width="{_WIDE:.0f}" height="{_HIGH:.0f}">{"".join(parts)}</svg>'
    )
    data = base64.b64encode(svg.encode()).decode()
    return (
        f'<img alt="{html.escape(alt)}" src="data:image/svg+xml;base64,{data}" '
        f'style="width:{_WIDE:.0f}px;height:{_HIGH:.0f}px;display:block">'
    )


def meters(level: Meter, change: Meter, amount: Meter, theme: Theme) -> str:
    """Return a small table: label, a bar that is filled for a share, value.

    The bar of the change is orange from its middle on, where the limit is; the amount has none.
    """
    lines = []
    for label, share, value in (level, change, amount):
        bar = ""
        if share >= 0:
            colour = theme.out if label == change[0] and share > 1 / 2 else theme.neutral
            bar = (
                f'<div style="height:6px;border-radius:3px;background:{theme.hair}"><div style="height:6px;'
                f'border-radius:3px;width:{share * 100:.0f}%;background:{colour}"></div></div>'
            )
        lines.append(
            f'<div style="color:{theme.muted}">{html.escape(label)}</div><div>{bar}</div>'
            f'<div style="text-align:right;font-weight:600;white-space:nowrap">{html.escape(value)}</div>'
        )
    return (
        '<div style="display:grid;grid-template-columns:auto 1fr auto;column-gap:8px;row-gap:1px;'
        f'align-items:center;font-size:.8125rem;line-height:1.35;width:100%">{"".join(lines)}</div>'
    )
