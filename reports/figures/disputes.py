"""Disputed amounts over time, and the days that faults on invoices add."""

from collections.abc import Sequence

import plotly.graph_objects as go
import polars as pl

from reports.colours import Theme
from reports.figures import axes, picture
from reports.figures import template as base
from reports.formats import day, money, money_short, number
from reports.translation import _, _n

_LEAST_SPAN = 1.0


@picture.repeatable
def blocked_trend(frame: pl.DataFrame, *, theme: Theme, currency: str = "EUR") -> go.Figure:
    """Draw per week the open amount of invoices in dispute, up to the day.

    Args:
        frame: `blocked_trend`.
        theme: light or dark.
        currency: of the amounts.
    """
    if frame.is_empty():
        return base.nothing(theme, 220, _("There are no days to show."))
    moments, amounts = frame["as_of"].to_list(), frame["open_amount"].to_list()
    alt = _(
        "Open on invoices in dispute, from {first} on {from_day} to {last} on {to_day}.",
        first=money(amounts[0], currency, 0),
        from_day=day(moments[0]),
        last=money(amounts[-1], currency, 0),
        to_day=day(moments[-1]),
    )
    fig = base.blank(theme, height=220, alt=alt, over_time=True)
    fig.add_bar(
        x=moments,
        y=[float(amount) for amount in amounts],
        ids=[moment.isoformat() for moment in moments],
        marker={"color": theme.out, "line": {"width": 0}},
        customdata=[
            _n("{amount} on {count} invoice", "{amount} on {count} invoices", count,
                amount=money(amount, currency, 0))
            for amount, count in zip(amounts, frame["invoices"], strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    axes.money_axis(fig, 0.0, max(float(amount) for amount in amounts), currency)
    axes.week_ticks(fig, moments, 4)
    fig.update_layout(bargap=0.25)
    label = axes.EndLabel(float(amounts[-1]), money_short(amounts[-1], currency), theme.ink, bold=True)
    axes.end_labels(fig, [label], plot_height=190, margin=64)
    return fig


@picture.repeatable
def added_days(frame: pl.DataFrame, names: Sequence[str], *, theme: Theme) -> go.Figure:
    """Draw per fault the days it adds, as a dot with its 95% interval; orange if the interval is above 0.

    Args:
        frame: the answer's `table`; a row without an interval has no dot.
        names: of the rows, translated.
        theme: light or dark.
    """
    rows = frame.to_dicts()
    known = [row for row in rows if row["added_low"] is not None]
    if not known:
        return base.nothing(theme, 76, _("Too few invoices to compare."))
    places = list(range(len(rows)))
    texts = [
        _("too few")
        if row["added_low"] is None
        else _("{count} d", count=number(row["added_days"], 1, sign=True))
        for row in rows
    ]
    parts = "; ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))
    fig = base.blank(
        theme, height=52 * len(rows) + 34, alt=_("Days later than other invoices: {parts}.", parts=parts)
    )
    for place, name, row in zip(places, names, rows, strict=True):
        if row["added_low"] is None:
            continue
        colour = theme.out if row["added_low"] > 0 else theme.cash if row["added_high"] < 0 else theme.neutral
        fig.add_scatter(
            x=[row["added_low"], row["added_high"]], y=[place, place], mode="lines",
            line={"color": colour, "width": 3}, hoverinfo="skip",
        )  # fmt: skip
        fig.add_scatter(
            x=[row["added_days"]], y=[place], mode="markers", marker={"color": colour, "size": 11},
            cliponaxis=False,
            ids=[row["fault"]],
            customdata=[
                _("{name}: {days} days, 95% {low} to {high}", name=name,
                    days=number(row["added_days"], 1, sign=True), low=number(row["added_low"], 1),
                    high=number(row["added_high"], 1))
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
    fig.add_vline(x=0, line={"color": theme.axis, "width": 1}, layer="below")
    axes.name_axis(fig, places, names, theme)
    axes.amounts_column(fig, places, texts, theme, margin=72)
    low = min(0.0, *(row["added_low"] for row in known))
    high = max(0.0, *(row["added_high"] for row in known))
    step = axes.nice_step(max(high, -low, _LEAST_SPAN), 3)
    ticks = [step * at for at in range(int(low // step), int(-(-high // step)) + 1)]
    room = max(high - low, _LEAST_SPAN) * 0.05
    fig.update_xaxes(
        tickvals=ticks, ticktext=[number(tick, 0 if step >= 1 else 1) for tick in ticks],
        range=[min(low, ticks[0]) - room, max(high, ticks[-1]) + room], showline=False,
    )  # fmt: skip
    return fig
