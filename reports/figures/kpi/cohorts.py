"""Payment of the whole book: flow between buckets, and cohorts of due months."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl

from reports.codes import no_code
from reports.colours import Theme, heat, ink_on, mix
from reports.figures import axes, picture
from reports.figures import template as base
from reports.formats import BUCKETS, LIMITS, bucket_label, days, month, percent
from reports.translation import _, _n, _p

_MOST_COHORTS = 24
_LABEL_BELOW = 0.005


@picture.repeatable
def roll_rates(
    frame: pl.DataFrame, *, theme: Theme, limits: Sequence[int] = LIMITS, compact: bool = False
) -> go.Figure:
    """Draw where each bucket's money is a month later: blue paid or younger, grey the same, orange older.

    Args:
        frame: `roll_rate_average`: from_bucket, to_bucket, share; or `roll_rates` of one month.
        theme: light or dark.
        limits: of the buckets.
        compact: a phone; narrower names.
    """
    if frame.is_empty():
        return base.nothing(theme, 180, _("No month end with open amounts yet."))
    order = ["paid", *BUCKETS, *(f"b{at}" for at in range(1, len(limits) + 2)), "written_off"]
    rows = [name for name in order if name in set(frame["from_bucket"])]
    columns = [name for name in order if name in set(frame["to_bucket"])]
    shares = {(row["from_bucket"], row["to_bucket"]): row["share"] for row in frame.to_dicts()}
    parts = "; ".join(
        f"{bucket_label(name, limits)} {percent(shares.get((name, 'paid')), 0)}" for name in rows
    )
    alt = _("Share of each bucket that is paid a month later: {parts}.", parts=parts)
    grid: list[list[tuple[float | None, str]]] = []
    for start in rows:
        line = []
        for end in columns:
            if end == start:
                tone = theme.neutral
            else:
                tone = theme.cash if order.index(end) < order.index(start) else theme.out
            line.append((shares.get((start, end), 0.0), tone))
        grid.append(line)
    names = [bucket_label(name, limits) for name in rows]
    heads = [bucket_label(name, limits) for name in columns]
    hovers = [
        [roll_words(start, end, shares.get((start, end), 0.0), limits) for end in columns] for start in rows
    ]
    if compact:
        heads = [_narrow(name, head) for name, head in zip(columns, heads, strict=True)]
    codes = [[cell_code(start, end) if shares.get((start, end)) else "" for end in columns] for start in rows]
    return _heat_map(grid, names, heads, hovers, codes, theme=theme, alt=alt, cell=40)


@picture.repeatable
def recovery_curve(
    frame: pl.DataFrame, *, theme: Theme, highlight: date | None = None, compact: bool = False
) -> go.Figure:
    """Draw which part is collected by each day since due: all together in blue, each due month in grey.

    Args:
        frame: `recovery_curve`: cohort (first day of the due month; null = all), days_since_due,
            share_collected.
        theme: light or dark.
        highlight: a cohort to draw in ink, with its name.
        compact: a phone; fewer ticks.
    """
    frame = frame.drop_nulls("share_collected").sort("days_since_due")
    if frame.is_empty():
        return base.nothing(theme, 300, _("Nothing has fallen due yet."))
    whole = frame.filter(pl.col("cohort").is_null())
    fig = base.blank(theme, height=300, alt=_recovery_text(whole))
    cohorts = sorted(set(frame["cohort"].drop_nulls()))[-_MOST_COHORTS:]
    faint = mix(theme.bg, theme.neutral, 0.45)
    for cohort in [other for other in cohorts if other != highlight]:
        _curve(fig, frame.filter(pl.col("cohort") == cohort), month(cohort), faint, 1)
    labels: list[axes.EndLabel] = []
    if highlight in cohorts:
        part = frame.filter(pl.col("cohort") == highlight)
        _curve(fig, part, month(highlight), theme.ink, 2)
        # A due month's curve ends where it is last seen, and so does its name.
        fig.add_annotation(
            x=part["days_since_due"][-1],
            y=part["share_collected"][-1],
            xanchor="left",
            yanchor="top",
            text=month(highlight),
            font={"color": theme.ink},
        )
    if whole.height:
        _curve(fig, whole, _p("legend", "All"), theme.cash, 2.5)
        labels.append(axes.EndLabel(whole["share_collected"][-1], _p("legend", "All"), theme.cash, bold=True))
    ticks = [0, 0.25, 0.5, 0.75, 1]
    top = max(1.0, axes.extent(frame, "share_collected")[1]) * 1.03
    fig.update_yaxes(tickvals=ticks, ticktext=[percent(tick, 0) for tick in ticks], range=[0, top])
    low, high = (int(end) for end in axes.extent(frame, "days_since_due"))
    every = next((every for every in (30, 60, 90, 180) if high / every <= (3 if compact else 6)), 360)
    marks = [0, *range(every, high + 1, every)]
    texts = [_p("axis", "due"), *(days(mark, short=True) for mark in marks[1:])]
    fig.update_xaxes(tickvals=marks, ticktext=texts, range=[low, high])
    axes.end_labels(fig, labels, plot_height=268, margin=64)
    return fig


@picture.repeatable
def cohort_map(frame: pl.DataFrame, *, theme: Theme, compact: bool = False, slide: bool = False) -> go.Figure:
    """Draw per due month which part is collected after each month; what is not yet observed stays blank.

    Args:
        frame: `cohort_map`: cohort, months_since_due (null = not observed), share_collected.
        theme: light or dark.
        compact: a phone; numbers without their % sign.
        slide: for a picture; lower rows.
    """
    seen = frame.drop_nulls(["cohort", "months_since_due", "share_collected"])
    if seen.is_empty():
        return base.nothing(theme, 300, _("Nothing has fallen due yet."))
    cohorts, ages = sorted(set(seen["cohort"])), sorted(set(seen["months_since_due"]))
    shares = {(row["cohort"], row["months_since_due"]): row["share_collected"] for row in seen.to_dicts()}
    grid = [[(shares.get((cohort, age)), theme.cash) for age in ages] for cohort in cohorts]
    names, heads = [month(cohort) for cohort in cohorts], [f"+{age}" if age else "0" for age in ages]
    hovers = [[due_month_words(cohort, age, shares.get((cohort, age))) for age in ages] for cohort in cohorts]
    alt = _("Collected share per due month, {first} to {last}.", first=names[0], last=names[-1])
    codes = [[cell_code(cohort, age) for age in ages] for cohort in cohorts]
    return _heat_map(
        grid, names, heads, hovers, codes, theme=theme, alt=alt, cell=17 if slide else 24, bare=compact
    )


def cell_code(row: object, column: object) -> str:
    """Return the code of a cell, by which its rows are opened."""
    return f"{row}.{column}"


def due_month_words(cohort: date, age: int, share: float | None) -> str:
    """Say what a cell of the cohort map holds."""
    return _n(
        "Due in {month}, {count} month later: {share} collected",
        "Due in {month}, {count} months later: {share} collected",
        age,
        month=month(cohort),
        share=percent(share),
    )


def roll_words(start: str, end: str, share: float, limits: Sequence[int] = LIMITS) -> str:
    """Say what a cell of the roll rates holds."""
    return _(
        "{start} → {end}: {share}",
        start=bucket_label(start, limits),
        end=bucket_label(end, limits),
        share=percent(share),
    )


def _heat_map(
    grid: list[list[tuple[float | None, str]]],
    names: Sequence[str],
    heads: Sequence[str],
    hovers: list[list[str]],
    codes: list[list[str]],
    *,
    theme: Theme,
    alt: str,
    cell: int,
    bare: bool = False,
) -> go.Figure:
    fig = base.blank(theme, height=cell * len(grid) + 34, alt=alt)
    cells: defaultdict[str, list[Any]] = defaultdict(list)
    for y, line in enumerate(grid):
        for x, (share, tone) in enumerate(line):
            if share is None:
                continue
            strength = min(max(share, 0.0), 1.0)
            colour = heat(theme.surface, tone, strength**0.7)
            cells["x"].append(x)
            cells["y"].append(y)
            cells["colour"].append(colour)
            text = "" if share < _LABEL_BELOW else percent(share, 0)
            cells["text"].append(text.rstrip("%") if bare else text)
            cells["ink"].append(ink_on(colour))
            cells["hover"].append(hovers[y][x])
            cells["id"].append(codes[y][x] or no_code(len(cells["id"])))
    fig.add_bar(
        x=cells["x"],
        y=[0.92] * len(cells["x"]),
        base=[y - 0.46 for y in cells["y"]],
        width=0.96,
        marker={"color": cells["colour"], "line": {"width": 0}},
        text=cells["text"],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        insidetextfont={"color": cells["ink"], "size": base.SMALL},
        hovertext=cells["hover"],
        ids=cells["id"],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    axes.name_axis(fig, range(len(names)), names, theme)
    fig.update_xaxes(
        tickvals=list(range(len(heads))),
        ticktext=list(heads),
        side="top",
        showline=False,
        range=[-0.5, len(heads) - 0.5],
    )
    fig.update_layout(barmode="overlay", margin={"t": 4})
    return fig


def _narrow(bucket: str, head: str) -> str:
    # Seven columns on a phone leave some forty pixels each: "31–60" without its "days".
    if bucket in {"paid", "written_off"}:
        return head if bucket == "paid" else _p("axis", "Lost")
    return "≤ 0" if bucket == "not_due" else head.rsplit(" ", 1)[0].replace(" ", base.NO_BREAK)


def _curve(fig: go.Figure, part: pl.DataFrame, name: str, colour: str, width: float) -> None:
    fig.add_scatter(
        x=part["days_since_due"].to_list(),
        y=part["share_collected"].to_list(),
        mode="lines",
        line={"color": colour, "width": width, "shape": "hv"},
        customdata=[
            f"{name}, {days(row['days_since_due'])}: {percent(row['share_collected'])}"
            for row in part.to_dicts()
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _recovery_text(whole: pl.DataFrame) -> str:
    after = whole.filter(pl.col("days_since_due") <= LIMITS[0])
    if after.is_empty():
        return _("Collected share by days since due, per due month.")
    share = percent(after["share_collected"][-1], 0)
    return _(
        "Collected share by days since due; {share} is in {days} days after the due date.",
        share=share,
        days=after["days_since_due"][-1],
    )
