"""Figures over time: small multiples, the ways to count DSO, and why DSO changed."""

import math
from datetime import date
from decimal import Decimal
from itertools import pairwise

import plotly.graph_objects as go
import polars as pl

from reports.codes import label, no_code
from reports.colours import Theme
from reports.columns import KPIS, heading
from reports.columns.column import Nature
from reports.figures import axes, picture
from reports.figures import template as base
from reports.formats import UNDEFINED, day, days, money, money_short, month, number, percent
from reports.translation import _, _p, mark_p

METHODS = (
    "dso_countback",
    "dso_balance_90",
    "days_to_pay_with_open",
    "days_to_pay",
    "best_possible_dso",
    "average_days_delinquent",
)
_LEAST_SPAN = 0.05
# On a phone a name has to fit beside the plot.
_SHORT = {
    "dso_countback": mark_p("legend", "Countback"),
    "dso_balance_90": mark_p("legend", "Balance 90"),
    "days_to_pay_with_open": mark_p("legend", "With open"),
    "days_to_pay": mark_p("legend", "To pay"),
    "best_possible_dso": mark_p("legend", "Best possible"),
    "average_days_delinquent": mark_p("legend", "Delinquent"),
}


def kpi_value(
    value: Decimal | float | None, nature: Nature, currency: str = "EUR", *, short: bool = False
) -> str:
    """Write a figure by its nature: `€ 1.234`, `24,0%`, `47,3`; a score is out of 100."""
    if value is None:
        return UNDEFINED
    if nature == "money":
        amount = Decimal(str(value))
        return money_short(amount, currency) if short else money(amount, currency, 0)
    if nature == "share":
        return percent(value)
    return number(value, 1)


@picture.repeatable
def kpi_multiple(
    frame: pl.DataFrame,
    column: str,
    *,
    theme: Theme,
    currency: str = "EUR",
    target: tuple[Decimal, str] | None = None,
    compact: bool = False,
    slide: bool = False,
) -> go.Figure:
    """Draw one figure over its months as a small line, with its last value at the end.

    Args:
        frame: month ends and the day: as_of and the column; nulls leave a gap.
        column: one of `columns.KPIS`.
        theme: light or dark.
        currency: of money figures.
        target: value and words of a dashed line; None for none.
        compact: a phone; fewer ticks.
        slide: for a picture; more lines, and labels on all its height.
    """
    kpi, frame = KPIS[column], frame.sort("as_of").select("as_of", column)
    moments, values = frame["as_of"].to_list(), frame[column].to_list()
    known = [(moment, value) for moment, value in zip(moments, values, strict=True) if value is not None]
    if not known:
        return base.nothing(theme, 120, _("{figure}: not known for these months.", figure=heading(column)))
    alt = _(
        "{figure} per month, from {first} in {from_month} to {last} in {to_month}.",
        figure=heading(column),
        first=kpi_value(known[0][1], kpi.nature, currency),
        from_month=month(known[0][0]),
        last=kpi_value(known[-1][1], kpi.nature, currency),
        to_month=month(known[-1][0]),
    )
    under = _("On each month end, last on {day}", day=day(known[-1][0]))
    if target is not None:
        words = _("target {target}", target=target[1])
        alt, under = f"{alt} {words[:1].upper()}{words[1:]}.", f"{under} · {words}"
    fig = base.blank(theme, height=120, alt=alt, over_time=True)
    picture.stamp(fig, known[-1][0], under)
    floats = [None if value is None else float(value) for value in values]
    fig.add_scatter(
        x=moments,
        y=floats,
        ids=[moment.isoformat() for moment in moments],
        **base.TO_CLICK,
        line={"color": theme.ink, "width": 1.75},
        customdata=[kpi_value(value, kpi.nature, currency) for value in values],
        hovertemplate="%{customdata}<extra></extra>",
    )
    last_day, last = known[-1]
    fig.add_scatter(
        x=[last_day],
        y=[float(last)],
        mode="markers",
        marker={"color": theme.ink, "size": 7},
        cliponaxis=False,
        hoverinfo="skip",
    )
    aims = [] if target is None else [float(target[0])]
    low, high = _with_room([*(value for value in floats if value is not None), *aims], kpi.nature)
    fig.update_yaxes(range=[low, high])
    _round_ticks(fig, kpi.nature, currency, 4 if slide else 3)
    labels = [
        axes.EndLabel(float(last), kpi_value(last, kpi.nature, currency, short=True), theme.ink, bold=True)
    ]
    for aim in aims:
        fig.add_hline(y=aim, line={"color": theme.base, "width": 1, "dash": "4px,3px"}, layer="below")
        written = kpi_value(aim, kpi.nature, currency, short=True)
        labels.append(axes.EndLabel(aim, written, theme.muted))
    axes.end_labels(fig, labels, plot_height=90, margin=64)
    axes.month_ticks(fig, moments[0], moments[-1], 3 if compact else 5)
    return fig


@picture.repeatable
def dso_methods(frame: pl.DataFrame, *, theme: Theme, compact: bool = False) -> go.Figure:
    """Draw the ways to count days side by side over the months, each named at its end.

    Args:
        frame: `kpi_trend`; the columns of `METHODS` it has.
        theme: light or dark.
        compact: a phone; short names, fewer ticks.
    """
    frame = frame.sort("as_of")
    moments = frame["as_of"].to_list()
    shown = [name for name in METHODS if name in frame.columns and frame[name].count()]
    if not shown:
        return base.nothing(theme, 320, _("No method has a figure for these months."))
    last = {name: frame[name].drop_nulls()[-1] for name in shown}
    parts = "; ".join(f"{heading(name)} {number(last[name], 1)}" for name in shown)
    fig = base.blank(
        theme, height=320, alt=_("Days by method, last known: {parts}.", parts=parts), over_time=True
    )
    picture.stamp(fig, moments[-1])
    looks = _method_lines(theme)
    for name in shown:
        fig.add_scatter(
            x=moments,
            y=frame[name].to_list(),
            ids=[moment.isoformat() for moment in moments],
            **base.TO_CLICK,
            name=heading(name),
            line=looks[name],
            customdata=[number(value, 1) for value in frame[name]],
            hovertemplate="%{fullData.name}: %{customdata}<extra></extra>",
        )
    lowest, highest = axes.extent(frame, *shown)
    _days_axis(fig, min(0.0, lowest), highest)
    axes.end_labels(
        fig,
        [
            axes.EndLabel(
                float(last[name]),
                f"{_p('legend', _SHORT[name]) if compact else heading(name)} {number(last[name], 1)}",
                str(looks[name]["color"]),
                bold=name == METHODS[0],
            )
            for name in shown
        ],
        plot_height=285,
        margin=112 if compact else 158,
    )
    axes.month_ticks(fig, moments[0], moments[-1], 4 if compact else 9)
    return fig


@picture.repeatable
def bridge(
    frame: pl.DataFrame, *, theme: Theme, since: date | None = None, compact: bool = False
) -> go.Figure:
    """Draw why DSO changed: each cause from where the last one ended, blue shorter, orange longer.

    Starts at 0, the DSO of the first day: on full balances the changes would vanish. Under the sum stands
    what the countback method says, and the billing timing that makes the difference.

    Args:
        frame: `dso_bridge`: step, days, in any order.
        theme: light or dark.
        since: the first day, for the words.
        compact: a phone; less room for names.
    """
    if frame["days"].drop_nulls().is_empty():
        return base.nothing(theme, 180, _("DSO is not known on one of the two days."))
    days_by_step: dict[str, float] = {row["step"]: row["days"] for row in frame.sort("position").to_dicts()}
    causes = [
        step for step in days_by_step if step not in {"start", "end", "countback_change", "billing_timing"}
    ]
    change = (days_by_step.get("end") or 0.0) - (days_by_step.get("start") or 0.0)
    bars: list[tuple[str, float, float, str]] = []  # name, from, to, colour
    at = 0.0
    for step in causes:
        to = at + (days_by_step[step] or 0.0)
        bars.append((label("step", step), at, to, theme.out if to > at else theme.cash))
        at = to
    ids = [step if days_by_step[step] else no_code(place) for place, step in enumerate(causes)]
    bars.append((label("step", "end"), 0.0, change, theme.base))
    if days_by_step.get("countback_change") is not None:
        timing = days_by_step.get("billing_timing") or 0.0
        bars.append((label("step", "billing_timing"), change, change + timing, theme.neutral))
        bars.append((label("step", "countback_change"), 0.0, days_by_step["countback_change"], theme.base))
    fig = _waterfall(bars, theme, change, since, compact=compact)
    fig.data[0].ids = [*ids, *(no_code(place) for place in range(len(ids), len(bars)))]
    return fig


def _waterfall(
    bars: list[tuple[str, float, float, str]],
    theme: Theme,
    change: float,
    since: date | None,
    *,
    compact: bool,
) -> go.Figure:
    totals = {label("step", "end"), label("step", "countback_change")}
    texts = [number(to - start, 1, sign=True) for _name, start, to, _colour in bars]
    parts = "; ".join(f"{bar[0]} {text}" for bar, text in zip(bars, texts, strict=True))
    alt = _("DSO changed by {change} days. {parts}.", change=number(change, 1, sign=True), parts=parts)
    if since:
        alt = _("Since {day}: {sentence}", day=day(since), sentence=alt)
    fig = base.blank(theme, height=42 * len(bars) + 12, alt=alt)
    hover = [
        _("{cause}: {change} days", cause=bar[0], change=text) for bar, text in zip(bars, texts, strict=True)
    ]
    places = axes.step_bars(fig, bars, hover)
    for place, (bar, after) in enumerate(pairwise(bars)):
        if after[1] == bar[2] or after[2] == bar[2]:
            axes.connector(fig, place, bar[2], theme, past=bar[1] == bar[2])
    fig.add_vline(x=0, line={"color": theme.axis, "width": 1}, layer="below")
    axes.name_axis(fig, places, [bar[0] for bar in bars], theme, compact=compact)
    column = [base.bold(text) if bar[0] in totals else text for bar, text in zip(bars, texts, strict=True)]
    axes.amounts_column(fig, places, column, theme, margin=44 if compact else 60)
    ends = [edge for bar in bars for edge in bar[1:3]]
    room = max(max(ends) - min(ends), _LEAST_SPAN) * 0.04
    fig.update_xaxes(visible=False, range=[min(ends) - room, max(ends) + room])
    return fig


def _method_lines(theme: Theme) -> dict[str, dict[str, str | float]]:
    return {
        "dso_countback": {"color": theme.cash, "width": 2.5},
        "dso_balance_90": {"color": theme.ink, "width": 1.5},
        "days_to_pay_with_open": {"color": theme.base, "width": 1.5, "dash": "5px,3px"},
        "days_to_pay": {"color": theme.base, "width": 1.5},
        "best_possible_dso": {"color": theme.muted, "width": 1.5, "dash": "2px,2px"},
        "average_days_delinquent": {"color": theme.out_text, "width": 1.75},
    }


def _days_axis(fig: go.Figure, lowest: float, highest: float) -> None:
    step = axes.nice_step(max(highest, -lowest, 1.0), 4)
    ticks = [step * at for at in range(int(lowest // step), int(-(-highest // step)) + 1)]
    texts = [number(tick, 0 if step >= 1 else 1) for tick in ticks]
    fig.update_yaxes(
        tickvals=ticks,
        ticktext=[*texts[:-1], days(ticks[-1], short=True)],
        range=[ticks[0], ticks[-1] * 1.03],
    )


def _round_ticks(fig: go.Figure, nature: Nature, currency: str, steps: int) -> None:
    low, high = fig.layout.yaxis.range
    tried = (_ticks_in(low, high, axes.nice_step(high - low, most)) for most in range(steps, steps + 6))
    ticks = next((ticks for ticks in tried if len(ticks) > 1), [(low + high) / 2])
    texts = [kpi_value(tick, nature, currency, short=True) for tick in ticks]
    for digits in range(2, 7):
        if len(set(texts)) == len(texts):
            break
        texts = [_with_digits(tick, nature, currency, digits) for tick in ticks]
    fig.update_yaxes(tickvals=ticks, ticktext=texts)


def _ticks_in(low: float, high: float, step: float) -> list[float]:
    return [round(step * at, 9) for at in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _with_digits(value: float, nature: Nature, currency: str, digits: int) -> str:
    """Write a tick with more digits behind the comma than `kpi_value` has."""
    if nature == "money":
        return money_short(Decimal(str(value)), currency, digits=digits)
    return percent(value, digits) if nature == "share" else number(value, digits)


def _with_room(values: list[float], nature: Nature) -> tuple[float, float]:
    low, high = min(values), max(values)
    if low == high == 0:
        return 0.0, 0.1 if nature == "share" else 1.0
    room = (high - low) * 0.15 or abs(high) * 0.1
    return low - room, high + room
