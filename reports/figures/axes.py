"""Axes, ticks and labels that stand beside a plot."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

import plotly.graph_objects as go
import polars as pl

from reports.colours import Theme
from reports.figures import letters
from reports.figures.template import DAY_TITLE, SMALL, WEEK_TITLE, bold
from reports.formats import money_short, month, week
from reports.translation import current

_PHONE_NAME = 104  # pixels of a name beside its bar on a phone
_BESIDE = 8  # between a plot and its column of amounts
_TAG = re.compile("<[^>]*>")

Amount = TypeVar("Amount", float, Decimal)


@dataclass(frozen=True)
class EndLabel:
    """A label at the end of a line: height, text and colour."""

    y: float
    text: str
    colour: str
    bold: bool = False


def nice_step(highest: float, most: int) -> float:
    """Return the smallest step that covers `highest` in `most` steps: 1, 2, 2.5, 4 or 5 times a power of ten.

    A tenth of a step more is allowed: a bar just above the last line reads better than a coarse step.
    """
    size = 10.0 ** math.floor(math.log10(highest / most))
    return next(
        base * size for base in (1.0, 2.0, 2.5, 4.0, 5.0, 10.0) if highest / (base * size) <= most + 0.1
    )


def money_axis(fig: go.Figure, lowest: float, highest: float, currency: str = "EUR", steps: int = 3) -> None:
    """Set 0 and a few money ticks on the y axis, `€ 0`, `€ 400k`, `€ 1,2 mln`; its range holds all values."""
    step = max(1.0, nice_step(max(highest, -lowest, 1.0), steps))
    first = min(0, math.floor(lowest / step + 0.1))
    last = max(1 if first == 0 else 0, math.ceil(highest / step - 0.1))
    ticks = [step * place for place in range(first, last + 1)]
    texts = [money_short(Decimal(str(tick)), currency) for tick in ticks]
    if len(set(texts)) < len(texts):
        texts = [money_short(Decimal(str(tick)), currency, digits=2) for tick in ticks]
    bottom, top = min(ticks[0], lowest), max(ticks[-1], highest)
    fig.update_yaxes(tickvals=ticks, ticktext=texts, range=[bottom, top + (top - bottom) * 0.04])


def extent(frame: pl.DataFrame, *columns: str) -> tuple[float, float]:
    """Return the lowest and the highest value of the columns, nulls left out; 0 and 0 if there is none."""
    values = [float(value) for column in columns for value in frame[column].drop_nulls()]
    return min(values, default=0.0), max(values, default=0.0)


def time_ticks(fig: go.Figure, moments: Sequence[date], texts: Sequence[str], most: int) -> None:
    """Set at most so many of the tick texts on the x axis, evenly spaced, always with the last."""
    every = max(1, -(-len(moments) // most))
    positions = range(len(moments) - 1, -1, -every)
    fig.update_xaxes(tickvals=[moments[at] for at in positions], ticktext=[texts[at] for at in positions])


def week_ticks(fig: go.Figure, moments: Sequence[date], most: int) -> None:
    """Set at most so many weeks on the x axis, and have the box over a week begin with the same week."""
    time_ticks(fig, moments, [week(moment) for moment in moments], most)
    fig.update_xaxes(unifiedhovertitle_text=WEEK_TITLE + DAY_TITLE[current()])


def month_tick(moment: date) -> str:
    """Write a month under an axis; January carries its year."""
    return month(moment) if moment.month == 1 else month(moment, year=False)


def month_ticks(fig: go.Figure, first: date, last: date, most: int) -> None:
    """Set ticks on the first day of months, at most so many, with January if it is in range."""
    starts = [
        date(number // 12, number % 12 + 1, 1)
        for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]
    starts = [start for start in starts if start >= first] or [first]
    every = next((every for every in (1, 2, 3, 4, 6) if -(-len(starts) // every) <= most), 12)
    ticks = [start for start in starts if (start.month - 1) % every == 0] or starts[:1]
    fig.update_xaxes(
        tickvals=ticks,
        ticktext=[month_tick(start) for start in ticks],
        range=[first, last + timedelta(days=1)],
    )


def name_axis(
    fig: go.Figure,
    places: Sequence[float],
    names: Sequence[str],
    theme: Theme,
    *,
    compact: bool = False,
) -> None:
    """Write names beside horizontal bars, the first on top.

    Args:
        fig: the figure.
        places: of the bars.
        names: plain already.
        theme: light or dark.
        compact: a phone, where wide names would push themselves and the amounts out of the picture: they
            stand on two lines, cut with an ellipsis.
    """
    if compact:
        names = ["<br>".join(letters.wrap(name, SMALL, _PHONE_NAME, most=2)) for name in names]
    fig.update_yaxes(
        tickvals=list(places),
        ticktext=list(names),
        tickfont={"color": theme.ink, "size": SMALL},
        showgrid=False,
        range=[max(places, default=0) + 0.5, min(places, default=0) - 0.5],
    )


def amounts_column(
    fig: go.Figure, places: Sequence[float], texts: Sequence[str], theme: Theme, *, margin: int
) -> None:
    """Write amounts in a right-aligned column outside the plot.

    Args:
        fig: the figure.
        places: of the bars.
        texts: the amounts.
        theme: light or dark.
        margin: least width of the column; wider amounts widen it.
    """
    widest = max((letters.width(_TAG.sub("", text), SMALL, bold=True) for text in texts), default=0.0)
    margin = max(margin, math.ceil(widest) + _BESIDE)
    for place, text in zip(places, texts, strict=True):
        fig.add_annotation(
            x=1,
            xref="paper",
            xanchor="right",
            xshift=margin,
            y=place,
            yanchor="middle",
            text=text,
            font={"color": theme.ink, "size": SMALL},
        )
    fig.update_layout(margin_r=margin)


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return the places moved apart to at least `gap`, in their order and within the bounds.

    They move as little as possible: neighbours that touch are pooled into a block around their mean.
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    blocks: list[list[float]] = []  # each: lowest place, members
    for rank in order:
        blocks.append([places[rank], 1.0])
        while len(blocks) > 1 and blocks[-2][0] + blocks[-2][1] * gap > blocks[-1][0]:
            start, count = blocks.pop()
            before, members = blocks.pop()
            middle = (before * members + (start - members * gap) * count) / (members + count)
            blocks.append([middle, members + count])
    flat = [start + gap * place for start, count in blocks for place in range(int(count))]
    for at in range(len(flat)):
        flat[at] = max(flat[at], low + gap * at)
    for at in range(len(flat)):
        flat[-1 - at] = min(flat[-1 - at], high - gap * at)
    result = [0.0] * len(places)
    for rank, place in zip(order, flat, strict=True):
        result[rank] = place
    return result


def step_bars(
    fig: go.Figure, bars: Sequence[tuple[str, Amount, Amount, str]], hover: Sequence[str]
) -> list[int]:
    """Draw bars that each begin where they are told, below one another, and return their places.

    Args:
        fig: to draw on.
        bars: name, from, to and colour, the first at the top.
        hover: text of each bar.
    """
    places = list(range(len(bars)))
    fig.add_bar(
        base=[float(start) for _name, start, _end, _colour in bars],
        x=[float(end - start) for _name, start, end, _colour in bars],
        y=places,
        orientation="h",
        width=0.56,
        marker_color=[colour for _name, _start, _end, colour in bars],
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
    )
    return places


def connector(fig: go.Figure, place: int, x: float, theme: Theme, *, past: bool) -> None:
    """Draw the thin line from a step of a waterfall to the next.

    Args:
        fig: the figure.
        place: of the step, from the top.
        x: where it ends.
        theme: light or dark.
        past: the step has no length, so the line passes it; else the line above would end in the air.
    """
    fig.add_shape(
        type="line", x0=x, x1=x, y0=place + (-0.28 if past else 0.28), y1=place + 0.72,
        line={"color": theme.neutral, "width": 1},
    )  # fmt: skip


def names_below(fig: go.Figure, names: Sequence[tuple[str, str]], theme: Theme) -> None:
    """Write the names of stacked bars under the plot, each after a square of its colour, the lowest first.

    Args:
        fig: the figure; it grows by the line.
        names: each with its colour.
        theme: light or dark.
    """
    squares = "  ".join(f'<span style="color:{colour}">■</span> {name}' for name, colour in names)
    fig.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        y=0,
        yref="paper",
        yanchor="top",
        xshift=-48,
        yshift=-26,
        align="left",
        text=squares,
        font={"color": theme.ink, "size": SMALL},
    )
    fig.update_layout(height=fig.layout.height + 20, margin_b=fig.layout.margin.b or 44)


def end_labels(fig: go.Figure, labels: Sequence[EndLabel], *, plot_height: float, margin: int) -> None:
    """Write labels right of the plot, at their lines where there is room, moved apart where not."""
    low, high = fig.layout.yaxis.range
    gap = (high - low) * 16 / plot_height
    for label, y in zip(labels, spread([label.y for label in labels], gap, low, high), strict=True):
        fig.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=8,
            y=y,
            yanchor="middle",
            text=bold(label.text) if label.bold else label.text,
            font={"color": label.colour, "size": SMALL},
        )
    fig.update_layout(margin_r=margin)
