"""What-if: base and scenario on the same weeks, their difference, and what matters most."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import plotly.graph_objects as go
import polars as pl

from reports.codes import no_code
from reports.colours import Theme
from reports.figures import axes, letters, picture
from reports.figures import template as base
from reports.figures.cash import credit_line, minimum_line
from reports.formats import about, about_short
from reports.translation import _, _p

_HEIGHT, _PLOT, _MARGIN = 320, 280, 78
_LEAST_PLOT = 570.0  # pixels of a picture beside the widest names
_DIFFERENCE, _ROW = 170, 44
_DASHES = ("solid", "6px,3px", "2px,2px", "8px,3px,2px,3px")
_LONGEST, _SHORT = 22, 12  # letters of a name at the end of a line


@dataclass(frozen=True)
class ScenarioBalances:
    """Weekly balances of the base case and of a scenario.

    Attributes:
        as_of: last day known.
        opening: balance at its end.
        before, after: weeks of the forecast and of the scenario: `week_start`, `week_end`, `closing`,
            `closing_p10`, `closing_p90`.
        minimum, credit_line: of the scenario.
        currency: of the amounts.
    """

    as_of: date
    opening: Decimal
    before: pl.DataFrame
    after: pl.DataFrame
    minimum: Decimal
    credit_line: Decimal
    currency: str = "EUR"


@picture.repeatable
def scenario_balances(balances: ScenarioBalances, *, theme: Theme, compact: bool = False) -> go.Figure:
    """Draw the closing balance of base and scenario with their 80% bands, the minimum and the credit line.

    Args:
        balances: of both.
        theme: light or dark.
        compact: a phone; fewer ticks, no names at the ends.
    """
    currency, before, after = balances.currency, balances.before, balances.after
    fig = base.blank(theme, height=_HEIGHT, alt=_alt_text(balances), over_time=True)
    moments = [balances.as_of, *after["week_end"]]
    looks = (
        (before, theme.base, {"width": 2, "dash": "4px,3px"}, _("Base case"), 0.10),
        (after, theme.cash, {"width": 2.5}, _p("legend", "Scenario"), 0.18),
    )
    for weeks, colour, _line, _name, opacity in looks:
        for name, fill in (("closing_p10", None), ("closing_p90", "tonexty")):
            fig.add_scatter(
                x=moments,
                y=_line_of(balances.opening, weeks, name),
                mode="lines",
                line={"width": 0},
                fill=fill,
                fillcolor=_with_opacity(colour, opacity),
                hoverinfo="skip",
            )
    for weeks, colour, line, name, _opacity in looks:
        fig.add_scatter(
            x=moments,
            y=_line_of(balances.opening, weeks),
            ids=_week_ids(weeks),
            **base.TO_CLICK,
            line={"color": colour, **line},
            customdata=[about(value, currency) for value in (balances.opening, *weeks["closing"])],
            hovertemplate=f"{name} %{{customdata}}<extra></extra>",
            cliponaxis=False,
        )
    lows, highs = zip(
        *(axes.extent(one, "closing_p10", "closing_p90") for one in (before, after)), strict=True
    )
    edges = [
        *lows,
        *highs,
        float(balances.opening),
        float(balances.minimum),
        -float(balances.credit_line),
        0.0,
    ]
    axes.money_axis(fig, min(edges), max(edges), currency, steps=4)
    minimum_line(fig, balances.minimum, currency, theme)
    if balances.credit_line:
        credit_line(fig, balances.credit_line, currency, theme)
    axes.week_ticks(fig, moments, 5 if compact else 11)
    fig.update_xaxes(range=[moments[0], moments[-1] + timedelta(days=1)])
    fig.update_layout(margin_r=8)
    if not compact:
        ends = [
            axes.EndLabel(float(after["closing"][-1]), _p("legend", "Scenario"), theme.cash, bold=True),
            axes.EndLabel(float(before["closing"][-1]), _("Base case"), theme.muted),
        ]
        axes.end_labels(fig, ends, plot_height=_PLOT, margin=_MARGIN)
    return fig


def _alt_text(balances: ScenarioBalances) -> str:
    return _(
        "Closing balance per week: lowest {base} in the base, {scenario} in the scenario; "
        "at the end {base_end} and {scenario_end}, with 80% certainty between {low} and {high}.",
        base=about(min(balances.before["closing"]), balances.currency),
        scenario=about(min(balances.after["closing"]), balances.currency),
        base_end=about(balances.before["closing"][-1], balances.currency),
        scenario_end=about(balances.after["closing"][-1], balances.currency),
        low=about(balances.after["closing_p10"][-1], balances.currency),
        high=about(balances.after["closing_p90"][-1], balances.currency),
    )


def _line_of(opening: Decimal, weeks: pl.DataFrame, column: str = "closing") -> list[float]:
    return [float(opening), *(float(value) for value in weeks[column])]


def _week_ids(weeks: pl.DataFrame) -> list[str]:
    return [no_code(0), *(start.isoformat() for start in weeks["week_start"])]


def _with_opacity(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:.2f})"


@picture.repeatable
def difference(
    rows: pl.DataFrame, *, theme: Theme, currency: str = "EUR", compact: bool = False
) -> go.Figure:
    """Draw per week how much more or less the bank holds in the scenario, every third bar with its amount.

    Args:
        rows: of `result_text.week_rows`.
        theme: light or dark.
        currency: of the amounts.
        compact: a phone; fewer ticks and amounts.
    """
    values = rows["closing_change"].to_list()
    ends = [start + timedelta(days=6) for start in rows["week_start"]]
    alt = _(
        "Difference of the closing balance with the base, per week: from {first} to {last}.",
        first=about(values[0], currency, sign=True),
        last=about(values[-1], currency, sign=True),
    )
    fig = base.blank(theme, height=_DIFFERENCE, alt=alt, over_time=True)
    every = 4 if compact else 3
    shown = set(range(len(values) - 1, -1, -every))
    fig.add_bar(
        x=ends,
        y=[float(value) for value in values],
        ids=[
            start.isoformat() if value else no_code(place)
            for place, (start, value) in enumerate(zip(rows["week_start"], values, strict=True))
        ],
        marker_color=[theme.cash if value >= 0 else theme.out for value in values],
        text=[
            about_short(value, currency, sign=True) if place in shown and value else ""
            for place, value in enumerate(values)
        ],
        textposition="outside",
        textfont={"color": theme.ink, "size": base.SMALL},
        textangle=0,
        cliponaxis=False,
        constraintext="none",
        customdata=[_bar_text(row, currency) for row in rows.iter_rows(named=True)],
        hovertemplate="%{customdata}<extra></extra>",
    )
    low, high = min(0.0, *(float(value) for value in values)), max(0.0, *(float(value) for value in values))
    axes.money_axis(fig, low, high, currency, steps=2)
    bottom, top = fig.layout.yaxis.range
    room = (top - bottom) * 0.16
    fig.update_yaxes(range=[bottom - (room if low < 0 else 0), top + (room if high > 0 else 0)])
    fig.add_hline(y=0, line={"color": theme.axis, "width": 1})
    axes.week_ticks(fig, ends, 5 if compact else 11)
    fig.update_xaxes(showline=False, range=[ends[0] - timedelta(days=7), ends[-1] + timedelta(days=4)])
    fig.update_layout(margin_r=8 if compact else _MARGIN)
    return fig


def _bar_text(row: dict[str, Decimal], currency: str) -> str:
    text = _(
        "Closing balance {closing}<br>Receipts of the week {receipts}<br>Payments of the week {payments}",
        closing=about(row["closing_change"], currency, sign=True),
        receipts=about(row["receipts_change"], currency, sign=True),
        payments=about(row["payments_change"], currency, sign=True),
    )
    if row["receipts_change_low"] != row["receipts_change_high"]:
        text += "<br>" + _(
            "Receipts between {low} and {high}",
            low=about(row["receipts_change_low"], currency, sign=True),
            high=about(row["receipts_change_high"], currency, sign=True),
        )
    return text


@picture.repeatable
def tornado(
    rows: pl.DataFrame,
    *,
    theme: Theme,
    currency: str = "EUR",
    compact: bool = False,
    slide: bool = False,
) -> go.Figure:
    """Draw the change of the lowest balance per varied lever or assumption; blue is more, orange less.

    Args:
        rows: of `sensitivity.swings`.
        theme: light or dark.
        currency: of the amounts.
        compact: a phone; the ends carry amounts alone.
        slide: for a picture; the bars take all the room that their labels leave.
    """
    names = [base.plain(name, 34) for name in rows["assumption"]]
    parts = "; ".join(
        f"{name}: {base.plain(row['low_said'])} {about(row['low_effect'], currency, sign=True)}, "
        f"{base.plain(row['high_said'])} {about(row['high_effect'], currency, sign=True)}"
        for name, row in zip(names, rows.iter_rows(named=True), strict=True)
    )
    alt = _("Effect on the balance: {parts}.", parts=parts)
    fig = base.blank(theme, height=_ROW * max(rows.height, 1) + 16, alt=alt)
    places = list(range(rows.height))
    for side in ("low", "high"):
        effects = rows[f"{side}_effect"].to_list()
        texts = [
            _end(word, effect, currency, compact=compact, slide=slide)
            for word, effect in zip(rows[f"{side}_said"], effects, strict=True)
        ]
        fig.add_bar(
            x=[float(effect) for effect in effects],
            y=places,
            ids=[f"{place}.{side}" for place in places],
            orientation="h",
            width=0.5,
            marker_color=[theme.cash if effect >= 0 else theme.out for effect in effects],
            customdata=texts,
            hovertemplate="%{customdata}<extra></extra>",
        )
        for place, effect, text in zip(places, effects, texts, strict=True):
            if effect == 0:
                continue
            is_left = effect < 0
            fig.add_annotation(
                x=float(effect), y=place, text=text, xanchor="right" if is_left else "left",
                xshift=-6 if is_left else 6, font={"color": theme.ink, "size": base.SMALL},
            )  # fmt: skip
    axes.name_axis(fig, places, names, theme, compact=compact)
    low, high = axes.extent(rows, "low_effect", "high_effect")
    room = max(high - low, 1.0) * (_room_for_ends(rows, currency) if slide else 0.7 if compact else 0.45)
    fig.add_vline(x=0, line={"color": theme.ink, "width": 1})
    fig.update_xaxes(visible=False, range=[low - room, high + room])
    fig.update_layout(barmode="overlay")
    return fig


def _room_for_ends(rows: pl.DataFrame, currency: str) -> float:
    """Return the room that the labels of a picture need at each side, as a share of the bars' span."""
    longest = max(
        letters.width(text, base.SMALL, bold=True)
        for side in ("low", "high")
        for word, effect in zip(rows[f"{side}_said"], rows[f"{side}_effect"], strict=True)
        for text in (word, about_short(effect, currency, sign=True))
    )
    # The names stand beside a plot of at least that width.
    label = min(longest + 12, _LEAST_PLOT * 0.2)
    return label / (_LEAST_PLOT - 2 * label)


def _end(value: str, effect: Decimal, currency: str, *, compact: bool, slide: bool) -> str:
    amount = base.bold(about_short(effect, currency, sign=True))
    if slide:  # on two lines, for the bars to stay long
        return f"{base.plain(value, _LONGEST)}<br>{amount}"
    return amount if compact else f"{base.plain(value)}: {amount}"


@picture.repeatable
def scenario_lines(
    as_of: date,
    opening: Decimal,
    lines: Mapping[str, pl.DataFrame],
    *,
    theme: Theme,
    currency: str = "EUR",
    compact: bool = False,
) -> go.Figure:
    """Draw the closing balances of the base, the first of the lines, and of up to four scenarios.

    Args:
        as_of: last day known.
        opening: balance at its end.
        lines: name -> weeks, the base first; names from data are made plain here.
        theme: light or dark.
        currency: of the amounts.
        compact: a phone; fewer ticks, short names.
    """
    parts = "; ".join(
        f"{base.plain(name)} {about(min(weeks['closing']), currency)}" for name, weeks in lines.items()
    )
    fig = base.blank(
        theme,
        height=_HEIGHT,
        alt=_("Lowest closing balance per scenario: {parts}.", parts=parts),
        over_time=True,
    )
    first = next(iter(lines.values()))
    moments = [as_of, *first["week_end"]]
    colours = (theme.cash, theme.out, theme.ink, theme.buckets[4])
    ends, edges = [], [float(opening), 0.0]
    for place, (name, weeks) in enumerate(lines.items()):
        colour = theme.base if place == 0 else colours[(place - 1) % len(colours)]
        dash = "4px,3px" if place == 0 else _DASHES[(place - 1) % len(_DASHES)]
        values = _line_of(opening, weeks)
        edges += values
        shown = base.plain(name, _SHORT if compact else _LONGEST)
        fig.add_scatter(
            x=moments,
            y=values,
            ids=_week_ids(weeks),
            **base.TO_CLICK,
            line={"color": colour, "width": 2, "dash": dash},
            customdata=[about(value, currency) for value in (opening, *weeks["closing"])],
            hovertemplate=f"{shown} %{{customdata}}<extra></extra>",
            cliponaxis=False,
        )
        text = theme.muted if place == 0 else theme.out_text if colour == theme.out else colour
        ends.append(axes.EndLabel(values[-1], shown, text, bold=place > 0))
    axes.money_axis(fig, min(edges), max(edges), currency, steps=4)
    axes.week_ticks(fig, moments, 5 if compact else 11)
    fig.update_xaxes(range=[moments[0], moments[-1] + timedelta(days=1)])
    axes.end_labels(fig, ends, plot_height=_PLOT, margin=96 if compact else 170)
    return fig
