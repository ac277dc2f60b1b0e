"""The fan: the bank balance as it was, what is expected of it, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import plotly.graph_objects as go
import polars as pl

from reports.codes import no_code
from reports.colours import Theme
from reports.figures import axes, picture
from reports.figures import template as base
from reports.figures.cash import credit_line, minimum_line
from reports.formats import about, chance, money, week
from reports.translation import _, _p

_HEIGHT, _PLOT = 340, 300
_BANDS = (("p2_5", "p97_5"), ("p10", "p90"), ("p25", "p75"))
_NAMES = ("95%", "80%", "50%")
_MARGIN = 66
_CALLOUT = 0.17  # of the height: two lines of text
_PAST, _PAST_PHONE = 7, 3


@dataclass(frozen=True)
class BalanceForecast:
    """What the fan is drawn from.

    Attributes:
        weeks: `week_start`, `week_end`, `closing`, `closing_p2_5` to `closing_p97_5`,
            `probability_below_minimum`.
        as_of: last day known.
        opening: balance at its end.
        minimum: balance not to fall below.
        past: `cash_trend` up to `as_of`: as_of, bank_balance (null: a gap).
        currency: of the amounts.
        credit_line: what the bank lends beyond the balance; 0 where there is none.
    """

    weeks: pl.DataFrame
    as_of: date
    opening: Decimal
    minimum: Decimal
    past: pl.DataFrame
    currency: str = "EUR"
    credit_line: Decimal = Decimal(0)

    @property
    def low(self) -> int:
        """The place of the lowest week."""
        return int(self.weeks["closing"].arg_min() or 0)


@picture.repeatable
def fan(ahead: BalanceForecast, *, theme: Theme, compact: bool = False) -> go.Figure:
    """Draw past balances, the expected ones with the 50%, 80% and 95% bands, the minimum and the low point.

    Args:
        ahead: the forecast.
        theme: light or dark.
        compact: a phone; three past weeks, fewer ticks, no names at the ends.
    """
    past = ahead.past.sort("as_of").tail(_PAST_PHONE if compact else _PAST)
    moments = [ahead.as_of, *ahead.weeks["week_end"]]
    expected = [float(ahead.opening), *(float(value) for value in ahead.weeks["closing"])]
    fig = base.blank(theme, height=_HEIGHT, alt=_alt_text(ahead), over_time=True)
    _bands(fig, ahead, moments, theme)
    _past(fig, past, ahead.currency, theme)
    fig.add_scatter(
        x=moments,
        y=expected,
        ids=[no_code(0), *(start.isoformat() for start in ahead.weeks["week_start"])],
        **base.TO_CLICK,
        line={"color": theme.cash, "width": 2.5},
        customdata=_hover(ahead),
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )
    lowest, highest = axes.extent(ahead.weeks, "closing_p2_5", "closing_p97_5")
    known = [float(value) for value in past["bank_balance"].drop_nulls()]
    edges = [lowest, highest, *expected, *known, float(ahead.minimum), -float(ahead.credit_line), 0.0]
    axes.money_axis(fig, min(edges), max(edges), ahead.currency, steps=4)
    minimum_line(fig, ahead.minimum, ahead.currency, theme)
    if ahead.credit_line:
        credit_line(fig, ahead.credit_line, ahead.currency, theme)
    _low_point(fig, ahead, moments, expected, theme, compact=compact)
    _today(fig, ahead.as_of, theme, compact=compact)
    ticks = [*past["as_of"].to_list()[:-1], *moments]
    axes.week_ticks(fig, ticks, 5 if compact else 11)
    fig.update_xaxes(range=[ticks[0], moments[-1] + timedelta(days=1)])
    fig.update_layout(margin_r=8)
    if not compact:
        axes.end_labels(fig, _ends(ahead, theme), plot_height=_PLOT, margin=_MARGIN)
    return fig


def _alt_text(ahead: BalanceForecast) -> str:
    low = ahead.weeks.row(ahead.low, named=True)
    last = ahead.weeks.row(-1, named=True)
    return _(
        "Closing balance per week: from {opening} to {closing} after {count} weeks, "
        "lowest {lowest} in {week}; with 80% certainty between {low} and {high} at the end.",
        opening=money(ahead.opening, ahead.currency, 0),
        closing=about(last["closing"], ahead.currency),
        count=ahead.weeks.height,
        lowest=about(low["closing"], ahead.currency),
        week=week(low["week_start"]),
        low=about(last["closing_p10"], ahead.currency),
        high=about(last["closing_p90"], ahead.currency),
    )


def _bands(fig: go.Figure, ahead: BalanceForecast, moments: Sequence[date], theme: Theme) -> None:
    outer, inner = theme.band_opacity
    for (bottom, top), opacity in zip(_BANDS, (outer, inner - outer / 2, inner - outer / 2), strict=True):
        for name, fill in ((bottom, None), (top, "tonexty")):
            fig.add_scatter(
                x=list(moments),
                y=[float(ahead.opening), *(float(value) for value in ahead.weeks[f"closing_{name}"])],
                mode="lines",
                line={"width": 0},
                fill=fill,
                fillcolor=_with_opacity(theme.cash, opacity),
                hoverinfo="skip",
            )


def _past(fig: go.Figure, past: pl.DataFrame, currency: str, theme: Theme) -> None:
    balances = past["bank_balance"].to_list()
    fig.add_scatter(
        x=past["as_of"].to_list(),
        y=[None if value is None else float(value) for value in balances],
        mode="lines",
        line={"color": theme.ink, "width": 2},
        customdata=[money(value, currency, 0) for value in balances],
        hovertemplate=_("Actual {amount}", amount="%{customdata}") + "<extra></extra>",
    )


def _hover(ahead: BalanceForecast) -> list[str]:
    currency = ahead.currency
    weeks = [
        _(
            "Expected {expected}<br>80%: {low} to {high}<br>95%: {lowest} to {highest}<br>"
            "Below the minimum: {chance}",
            expected=about(row["closing"], currency),
            low=about(row["closing_p10"], currency),
            high=about(row["closing_p90"], currency),
            lowest=about(row["closing_p2_5"], currency),
            highest=about(row["closing_p97_5"], currency),
            chance=chance(row["probability_below_minimum"]),
        )
        for row in ahead.weeks.iter_rows(named=True)
    ]
    return [money(ahead.opening, currency, 0), *weeks]


def _low_point(
    fig: go.Figure,
    ahead: BalanceForecast,
    moments: Sequence[date],
    expected: Sequence[float],
    theme: Theme,
    *,
    compact: bool,
) -> None:
    """Ring the low point; its words stand above the bands, on a thin line."""
    at = ahead.low + 1
    row = ahead.weeks.row(ahead.low, named=True)
    bottom, top = fig.layout.yaxis.range
    reach = 1 if compact else 3
    near = [float(ahead.opening), *(float(value) for value in ahead.weeks["closing_p97_5"])]
    floor = max(near[max(at - reach, 0) : at + reach + 1]) + (top - bottom) * 0.04
    height = (top - bottom) * (_CALLOUT / 2 if compact else _CALLOUT)
    if floor + height > top:
        fig.update_yaxes(range=[bottom, floor + height])
    fig.add_shape(
        type="line", x0=moments[at], x1=moments[at], y0=expected[at], y1=floor,
        line={"color": theme.neutral, "width": 1},
    )  # fmt: skip
    fig.add_scatter(
        x=[moments[at]],
        y=[expected[at]],
        mode="markers",
        marker={"color": theme.bg, "size": 11, "line": {"color": theme.cash, "width": 2}},
        cliponaxis=False,
        hoverinfo="skip",
    )
    name = base.bold(week(row["week_start"]))
    text = name if compact else "<br>".join((
        base.bold(_("Lowest, {week}", week=week(row["week_start"]))),
        _(
            "{amount} · {chance} below minimum",
            amount=about(row["closing"], ahead.currency),
            chance=chance(row["probability_below_minimum"]),
        ),
    ))  # fmt: skip
    side = "left" if at <= reach else "right" if at > len(moments) - 1 - reach else "center"
    fig.add_annotation(
        x=moments[at],
        y=floor,
        xanchor=side,
        yanchor="bottom",
        align=side,
        text=text,
        font={"color": theme.ink, "size": base.SMALL},
    )


def _today(fig: go.Figure, as_of: date, theme: Theme, *, compact: bool) -> None:
    fig.add_vline(x=as_of, line={"color": theme.axis, "width": 1}, layer="below")
    fig.add_annotation(
        x=as_of,
        xanchor="right",
        xshift=-6,
        y=1,
        yref="paper",
        yanchor="top",
        text=_p("axis", "now") if compact else _p("axis", "Today"),
    )


def _ends(ahead: BalanceForecast, theme: Theme) -> list[axes.EndLabel]:
    last = ahead.weeks.row(-1, named=True)
    bands = [
        axes.EndLabel(float(last[f"closing_{top}"]), name, theme.muted)
        for (_bottom, top), name in zip(_BANDS, _NAMES, strict=True)
    ]
    return [axes.EndLabel(float(last["closing"]), _p("legend", "Expected"), theme.cash, bold=True), *bands]


def _with_opacity(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:.3f})"
