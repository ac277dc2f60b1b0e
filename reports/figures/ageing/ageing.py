"""Ageing: open amounts by age as a strip, overdue amounts over time, overdue share per segment."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
import polars as pl

from reports.codes import point_code, segment
from reports.colours import Theme
from reports.figures import axes, picture
from reports.figures import template as base
from reports.formats import LIMITS, bucket_ids, bucket_label, day, money, money_short, percent, week
from reports.translation import _, _n

_FEW = 6  # parts of a strip that leave room for large amounts


@picture.repeatable
def ageing_strip(
    frame: pl.DataFrame,
    *,
    theme: Theme,
    currency: str = "EUR",
    limits: Sequence[int] = LIMITS,
    basis: str = "due",
    slide: bool = False,
) -> go.Figure:
    """Draw the open amounts as one bar, from not due to oldest; each part as wide as its share.

    Args:
        frame: `ageing_buckets`. Credit notes and overpayments have no width; the cells hold
            their figures.
        theme: light or dark.
        currency: of the amounts.
        limits: of the buckets.
        basis: age counts from the `due` date or the `invoice` date.
        slide: for a picture; with the names, amounts and shares that the page writes below the figure.
    """
    rows = [row for row in frame.sort("position").to_dicts() if row["position"] >= 0]
    if not any(row["share"] for row in rows):
        return base.nothing(theme, 32, _("Nothing is open on this day."))
    colours = [theme.buckets[0], *theme.overdue(max(len(rows) - 1, 1))]
    texts = [
        f"{bucket_label(row['bucket'], limits, basis=basis)}: {amount} · {percent(row['share'])}"
        for row in rows
        for amount in [money(row["open_amount"], currency, 0)]
    ]
    fig = base.blank(theme, height=32, alt=_("Open amounts by age. {parts}.", parts="; ".join(texts)))
    for row, colour, text in zip(rows, colours, texts, strict=False):
        fig.add_bar(
            x=[float(row["invoices_open"] or 0)],
            y=[0],
            orientation="h",
            customdata=[row["bucket"]],
            hovertemplate=f"{base.plain(text)}<extra></extra>",
            marker={"color": colour, "line": {"color": theme.bg, "width": 1.5}},
            unselected={"marker": {"opacity": 0.55}},
        )
    hidden = {"visible": False, "showgrid": False}
    whole = sum(float(row["invoices_open"] or 0) for row in rows)
    fig.update_layout(
        barmode="stack",
        bargap=0,
        margin={"t": 0, "b": 0},
        xaxis={**hidden, "range": [0, whole]},
        yaxis={**hidden, "range": [-0.5, 0.5]},
    )
    if slide:
        fig.update_layout(yaxis_domain=[0.45, 0.98])
        _strip_cells(
            fig, rows, colours, currency, [bucket_label(r["bucket"], limits, basis=basis) for r in rows]
        )
    return fig


def _strip_cells(
    fig: go.Figure,
    rows: Sequence[Mapping[str, Any]],
    colours: Sequence[str],
    currency: str,
    names: Sequence[str],
) -> None:
    """Write name, amount and share of each part below the strip, in columns of one width."""
    large, small = (20, 14) if len(rows) <= _FEW else (base.SMALL, base.SMALL - 1)
    for place, (row, colour, name) in enumerate(zip(rows, colours, names, strict=False)):
        share = row["share"]
        lines = (
            (0.36, base.plain(name), small),
            (0.27, base.bold(money(row["open_amount"], currency, 0)), large),
            (0.16, "" if share is None else percent(share), base.SMALL),
        )
        fig.add_shape(
            type="rect", xref="paper", yref="paper", xsizemode="pixel", ysizemode="pixel",
            xanchor=place / len(rows), yanchor=0.36, x0=1, x1=11, y0=-16, y1=-6,
            fillcolor=colour, line_width=0,
        )  # fmt: skip
        for at, (y, text, size) in enumerate(lines):
            fig.add_annotation(
                xshift=0 if at else 16,
                x=place / len(rows), xref="paper", xanchor="left", y=y, yref="paper", yanchor="top",
                align="left", text=text, font={"size": size, "color": fig.layout.template.layout.font.color},
            )  # fmt: skip


@picture.repeatable
def ageing_trend(
    frame: pl.DataFrame,
    *,
    theme: Theme,
    currency: str = "EUR",
    limits: Sequence[int] = LIMITS,
    basis: str = "due",
    compact: bool = False,
) -> go.Figure:
    """Draw the overdue buckets over time as stacked bars with names at their ends, without amounts not due.

    By invoice date all buckets are drawn: an age since the invoice is not lateness.

    Args:
        frame: `ageing_trend`.
        theme: light or dark.
        currency: of the amounts.
        limits: of the buckets.
        basis: age counts from the `due` date or the `invoice` date.
        compact: a phone; fewer ticks, the names under the plot.
    """
    if frame.is_empty():
        return base.nothing(theme, 300, _("There are no days to show."))
    frame = frame.sort("as_of")
    days, buckets = frame["as_of"].to_list(), bucket_ids(frame.columns)
    weekly = len(days) < 2 or (days[-1] - days[0]).days < 14 * (len(days) - 1)  # noqa: PLR2004
    colours = theme.overdue(len(buckets))
    if basis == "invoice":
        buckets, colours = ["not_due", *buckets], [theme.buckets[0], *colours]
    names = [bucket_label(name, limits, basis=basis) for name in buckets]
    late = [sum((row[name] or Decimal(0) for name in buckets), Decimal(0)) for row in frame.to_dicts()]
    values = {
        "first": money(late[0], currency, 0),
        "from_day": day(days[0]),
        "last": money(late[-1], currency, 0),
        "to_day": day(days[-1]),
    }
    alt = (
        _("Overdue amounts over time, from {first} on {from_day} to {last} on {to_day}.", **values)
        if basis == "due"
        else _("Open amounts over time, from {first} on {from_day} to {last} on {to_day}.", **values)
    )
    fig = base.blank(theme, height=300, alt=alt)
    for name, word, colour in zip(buckets, names, colours, strict=True):
        amounts = frame[name].to_list()
        fig.add_bar(
            x=days,
            y=[float(amount or 0) for amount in amounts],
            name=word,
            ids=[f"{moment}.{name}" for moment in days],
            # One part at a time: with a box for the whole day a click would open its lowest part.
            customdata=[
                _(
                    "{day}<br>{bucket}: {amount}<br>Total: {total}",
                    day=f"{week(moment)} · {day(moment)}" if weekly else day(moment),
                    bucket=word,
                    amount=money(amount, currency, 0),
                    total=money(whole, currency, 0),
                )
                for moment, amount, whole in zip(days, amounts, late, strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
            marker={"color": colour, "line": {"width": 0}},
        )
    axes.money_axis(fig, 0, max(float(total) for total in late), currency)
    texts = [week(moment) if weekly else axes.month_tick(moment) for moment in days]
    axes.time_ticks(fig, days, texts, 4 if compact else 7)
    fig.update_layout(barmode="relative", bargap=0.15)
    if compact:
        axes.names_below(fig, list(zip(names, colours, strict=True)), theme)
    else:
        _end_names(fig, frame, dict(zip(buckets, names, strict=True)), theme)
    return fig


@picture.repeatable
def segments(frame: pl.DataFrame, *, theme: Theme, currency: str = "EUR", compact: bool = False) -> go.Figure:
    """Draw per segment the overdue share of the open amounts, with the overdue amounts in a column.

    Args:
        frame: `ageing_segments`.
        theme: light or dark.
        currency: of the amounts.
        compact: a phone; shorter names.
    """
    if frame.is_empty():
        return base.nothing(theme, 76, _("Nothing is open on this day."))
    rows = frame.sort("overdue_share", descending=True, nulls_last=True).to_dicts()
    shares = [row["overdue_share"] or 0.0 for row in rows]
    names = [base.plain(segment(row["segment"]), 16 if compact else 24) for row in rows]
    counts = [
        _n("{count} customer", "{count} customers", row["customers"]) if at == 0 else str(row["customers"])
        for at, row in enumerate(rows)
    ]
    parts = "; ".join(f"{segment(row['segment'])} {percent(row['overdue_share'])}" for row in rows)
    # A few rows share the height of the trend beside them; their bars are as thick as those of many.
    row_height = 44 if compact else min(max(284 // len(rows), 44), 72)
    fig = base.blank(
        theme, height=max(row_height * len(rows) + 16, 76),
        alt=_("Overdue part per segment: {parts}.", parts=parts),
    )  # fmt: skip
    places = list(range(len(rows)))
    fig.add_bar(
        x=shares,
        y=places,
        orientation="h",
        width=22 / row_height,
        marker_color=theme.buckets[2],
        text=[percent(row["overdue_share"]) for row in rows],
        textposition="outside",
        textfont={"color": theme.ink, "size": base.SMALL},
        cliponaxis=False,
        ids=[point_code(row["segment"]) for row in rows],
        customdata=[row["segment"] for row in rows],
        hovertext=[
            _(
                "{segment}: {overdue} of {open} is overdue",
                segment=base.plain(segment(row["segment"])),
                overdue=money(row["overdue_amount"], currency, 0),
                open=money(row["open_amount"], currency, 0),
            )
            for row in rows
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    axes.amounts_column(
        fig, places, [money_short(row["overdue_amount"], currency) for row in rows], theme, margin=76
    )
    labels = [f"{name} ({count})" for name, count in zip(names, counts, strict=True)]
    axes.name_axis(fig, places, labels, theme)
    fig.update_xaxes(visible=False, range=[min([0.0, *shares]), max([0.01, *shares]) * 1.25])
    return fig


def _end_names(fig: go.Figure, frame: pl.DataFrame, names: Mapping[str, str], theme: Theme) -> None:
    floor, labels = 0.0, []
    for name, word in names.items():
        height = float(frame[name][-1] or 0)
        labels.append(axes.EndLabel(floor + height / 2, word, theme.ink))
        floor += max(height, 0)
    longest = max(len(word) for word in names.values())
    axes.end_labels(fig, labels, plot_height=270, margin=max(72, longest * 7 + 8))
