"""Payment terms per segment: agreed, applied and taken days on one line, and the longest by law."""

import plotly.graph_objects as go
import polars as pl

from reports.codes import point_code, segment
from reports.colours import Theme
from reports.figures import axes, picture
from reports.figures import template as base
from reports.formats import number
from reports.translation import _, _p

_ROW = 46
_TOP = 26
_NAMED = ("agreed_days", "applied_days", "taken_days")


@picture.repeatable
def term_pairs(frame: pl.DataFrame, *, theme: Theme, compact: bool = False) -> go.Figure:
    """Draw per segment the agreed days and the days taken, joined; orange where more are taken.

    Args:
        frame: segment, agreed_days, applied_days, taken_days, legal_most, in the order to show.
        theme: light or dark.
        compact: a phone; shorter names.
    """
    rows = [row for row in frame.to_dicts() if any(row[name] is not None for name in _NAMED)]
    if not rows:
        return base.nothing(theme, 76, _("Nothing was billed or paid in these 365 days"))
    parts = "; ".join(
        _("{segment} agreed {agreed}, applied {applied}, taken {taken}", **_words(row)) for row in rows
    )
    fig = base.blank(
        theme, height=_ROW * len(rows) + _TOP + 34, alt=_("Days per segment: {parts}.", parts=parts)
    )
    places = list(range(len(rows)))
    for place, row in zip(places, rows, strict=True):
        _row(fig, place, row, theme)
    if not compact:  # moved apart on a phone, the names would stand over other marks
        _names(fig, rows[0], theme)
    names = [base.plain(segment(row["segment"]), 14 if compact else 24) for row in rows]
    axes.name_axis(fig, places, names, theme)
    highest = max(float(row[name] or 0) for row in rows for name in (*_NAMED, "legal_most"))
    fig.update_yaxes(range=[len(rows) - 0.5, -0.5 - _TOP / _ROW])
    fig.update_xaxes(
        range=[0, max(highest, 1.0) * 1.1], title_text=_("Days from the invoice date"),
        title_font_size=base.SMALL, showgrid=True, gridcolor=theme.hair,
    )  # fmt: skip
    return fig


def _row(fig: go.Figure, place: int, row: dict[str, object], theme: Theme) -> None:
    agreed, applied, taken = (row[name] for name in _NAMED)
    is_beyond = agreed is not None and taken is not None and float(str(taken)) > float(str(agreed))
    colour = theme.out if is_beyond else theme.cash
    hover = _(
        "{segment}: agreed {agreed}, applied {applied}, taken {taken}, at most {legal} by law", **_words(row)
    )
    if agreed is not None and taken is not None:
        fig.add_scatter(
            x=[agreed, taken], y=[place, place], mode="lines", line={"color": colour, "width": 3},
            hoverinfo="skip",
        )  # fmt: skip
    marks = (
        (row["legal_most"], {"symbol": "line-ns", "size": 24, "line": {"color": theme.ink, "width": 2}}),
        (applied, {"symbol": "circle", "size": 15, "color": theme.bg,
                   "line": {"color": theme.neutral, "width": 2}}),
        (taken, {"symbol": "circle", "size": 12, "color": colour}),
        (agreed, {"symbol": "circle", "size": 8, "color": theme.base,
                  "line": {"color": theme.bg, "width": 1}}),
    )  # fmt: skip
    for value, marker in marks:
        if value is not None:
            fig.add_scatter(
                x=[value], y=[place], mode="markers", marker=marker, hovertext=[hover],
                ids=[point_code(str(row["segment"] or ""))], hovertemplate="%{hovertext}<extra></extra>",
            )  # fmt: skip


def _names(fig: go.Figure, row: dict[str, object], theme: Theme) -> None:
    """Name the marks above those of the first row."""
    marks = (
        ("agreed_days", _p("legend", "agreed")),
        ("taken_days", _p("legend", "taken")),
        ("legal_most", _p("legend", "legal")),
    )
    known = sorted((float(str(row[name])), word) for name, word in marks if row[name] is not None)
    span = max((value for value, _word in known), default=1.0) * 1.1
    shown = axes.spread([value for value, _word in known], span * 0.13, 0.0, span)
    for (_value, word), x in zip(known, shown, strict=True):
        fig.add_annotation(
            x=x, y=0, yshift=16, yanchor="bottom", text=word, font={"color": theme.muted, "size": base.SMALL}
        )


def _words(row: dict[str, object]) -> dict[str, str]:
    return {
        "segment": base.plain(segment(str(row["segment"] or ""))),
        **{name.removesuffix("_days"): number(_float(row[name]), 1) for name in _NAMED},
        "legal": number(_float(row["legal_most"])),
    }


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
