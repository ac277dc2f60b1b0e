"""Early warning: days late now against the change since before, a point per customer."""

import math
from typing import Any

import plotly.graph_objects as go
import polars as pl

from reports.colours import Theme
from reports.figures import picture
from reports.figures import template as base
from reports.formats import money, number
from reports.translation import _, _p

# Some pay hundreds of days late; drawn to scale they would press all others against the axis.
_MOST_DAYS = 60
_BEYOND = 66  # where those beyond it stand
_LEAST_SIZE, _MOST_SIZE, _LEAST_NUMBERED = 6.0, 26.0, 17.0
_LEAST_TOP = 3.0
_NUMBER_WIDTH, _NUMBER_HEIGHT = 0.04, 0.07  # of the plot, on a phone: two digits, a line


@picture.repeatable
def level_shift(
    frame: pl.DataFrame,
    *,
    theme: Theme,
    limits: tuple[float, float],
    currency: str,
    numbered: int,
    compact: bool = False,
) -> go.Figure:
    """Draw a point per customer: days late now across, shift up; orange if it is on the list.

    Args:
        frame: customer_name, level, shift, owed_amount, place (number on the list, or null), code (of
            what the point opens, or null); rows without level or shift are left out.
        theme: light or dark.
        limits: of level and shift; drawn where the axes reach them.
        currency: of the amounts.
        numbered: of how many customers of the list the number stands in the point.
        compact: a phone.
    """
    known = frame.drop_nulls(["level", "shift"]).sort("owed_amount", descending=True)
    if known.is_empty():
        return base.nothing(theme, 240, _("No customer has both yet."))
    listed = known.drop_nulls("place")
    alt = _(
        "{all} customers, {listed} of them on the list, {later} above a shift of {score}",
        all=known.height,
        listed=listed.height,
        later=known.filter(pl.col("shift") > limits[1]).height,
        score=number(limits[1], 1),
    )
    fig = base.blank(theme, height=260 if compact else 320, alt=alt)
    top = max(float(known["shift"].max() or 0.0), limits[1], _LEAST_TOP) + 0.6  # type: ignore[arg-type]
    low = min(float(known["shift"].min() or 0.0), 0.0) - 0.6  # type: ignore[arg-type]
    _draw_limits(fig, limits, theme)
    largest = float(known["owed_amount"].max() or 0.0)  # type: ignore[arg-type]
    others = known.filter(pl.col("place").is_null())
    # Numbers stand in the points: the orange of bars is too light to read them on.
    for rows, colour in ((others, theme.neutral), (listed, theme.out_text)):
        points = [_point(row, largest, currency, numbered) for row in rows.to_dicts()]
        _keep_numbers_apart(points, top - low)
        _draw_points(fig, points, colour, theme)
    fig.update_layout(hovermode="closest")
    days = [0, 15, 30, 45, _MOST_DAYS]
    fig.update_xaxes(
        range=[-2, _BEYOND + 4], tickvals=[*days[:-1], _BEYOND],
        ticktext=[*map(number, days[:-1]), _("> {days}", days=number(_MOST_DAYS))],
        title_text=_("Level: days late now"), title_font_size=base.SMALL,
    )  # fmt: skip
    fig.update_yaxes(range=[low, top], title_text=_p("axis", "Change"), title_font_size=base.SMALL)
    return fig


def _keep_numbers_apart(points: list[dict[str, Any]], height: float) -> None:
    """Leave out a number that would stand over a lower one; its point still says who it is."""
    kept: list[dict[str, Any]] = []
    for point in sorted((one for one in points if one["text"]), key=lambda one: int(one["text"])):
        across = [abs(point["x"] - other["x"]) / (_BEYOND + 6) for other in kept]
        along = [abs(point["y"] - other["y"]) / height for other in kept]
        if any(x < _NUMBER_WIDTH and y < _NUMBER_HEIGHT for x, y in zip(across, along, strict=True)):
            point["text"] = ""
        else:
            kept.append(point)


def _draw_limits(fig: go.Figure, limits: tuple[float, float], theme: Theme) -> None:
    fig.add_vline(x=_MOST_DAYS, line={"color": theme.hair, "width": 1})
    fig.add_hline(y=limits[1], line={"color": theme.base, "width": 1.5, "dash": "4px,3px"})
    fig.add_annotation(
        x=0.78, xref="paper", xanchor="right", y=limits[1], yshift=9, showarrow=False,
        text=_("limit {score}", score=number(limits[1], 1)), font={"size": base.SMALL, "color": theme.muted},
    )  # fmt: skip
    if limits[0] < _MOST_DAYS:
        fig.add_vline(x=limits[0], line={"color": theme.base, "width": 1.5, "dash": "4px,3px"})


def _draw_points(fig: go.Figure, points: list[dict[str, Any]], colour: str, theme: Theme) -> None:
    fig.add_scatter(
        x=[point["x"] for point in points],
        y=[point["y"] for point in points],
        ids=[point["id"] for point in points],
        mode="markers+text",
        marker={
            "color": colour, "opacity": 0.45 if colour == theme.neutral else 0.95,
            "size": [point["size"] for point in points],
            "line": {"color": theme.bg, "width": 1},
        },
        text=[point["text"] for point in points],
        textfont={"color": theme.bg, "size": 11},
        textposition="middle center",
        hovertext=[point["hover"] for point in points],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _point(row: dict[str, Any], largest: float, currency: str, numbered: int) -> dict[str, Any]:
    share = math.sqrt(float(row["owed_amount"] or 0) / largest) if largest > 0 else 0.0
    size = _LEAST_SIZE + share * (_MOST_SIZE - _LEAST_SIZE)
    has_number = row["place"] is not None and row["place"] <= numbered
    return {
        "id": row["code"] or "",
        "x": row["level"] if row["level"] <= _MOST_DAYS else _BEYOND,
        "y": row["shift"],
        "size": max(size, _LEAST_NUMBERED) if has_number else size,
        "text": str(row["place"]) if has_number else "",
        "hover": _(
            "{name}: {level} days late now, change {shift}, {amount} open",
            name=base.plain(row["customer_name"]),
            level=number(row["level"]),
            shift=number(row["shift"], 1, sign=True),
            amount=money(row["owed_amount"], currency, 0),
        ),
    }
