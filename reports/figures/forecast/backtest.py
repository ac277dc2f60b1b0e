"""Quality of the forecast: forecast and received amounts, and how often the bands contained them."""

from decimal import Decimal

import plotly.graph_objects as go
import polars as pl

from reports.colours import Theme
from reports.figures import axes, picture
from reports.figures import template as base
from reports.formats import about, day, money, number, percent
from reports.translation import _, _p

_LONGEST, _LONGEST_ON_A_SLIDE = 22, 36  # letters of a name at a line's end
_LINES = ("simple", "forecast", "received")


@picture.repeatable
def past_weeks(
    frame: pl.DataFrame,
    *,
    simple: str,
    theme: Theme,
    currency: str = "EUR",
    compact: bool = False,
    slide: bool = False,
) -> go.Figure:
    """Draw the forecast and the received amounts of past weeks.

    Args:
        frame: of `backtest_text.past_weeks`: week_start, received, forecast, simple (may be null).
        simple: name of the best simple method.
        theme: light or dark.
        currency: of the amounts.
        compact: a phone; fewer ticks, no names at the ends.
        slide: for a picture; longer names.
    """
    if frame.is_empty():
        return base.nothing(theme, 120, _("No past week can be compared yet."))
    moments = frame["week_start"].to_list()
    alt = _(
        "Receipts per week from {first} to {last}: what came, what was forecast, "
        "and what {method} would have said.",
        first=day(moments[0]),
        last=day(moments[-1]),
        method=simple,
    )
    fig = base.blank(theme, height=300, alt=alt, over_time=True)
    styles: dict[str, dict[str, object]] = {
        "simple": {"color": theme.base, "width": 1.5, "dash": "5px,3px"},
        "forecast": {"color": theme.cash, "width": 2.5},
        "received": {"color": theme.ink, "width": 2},
    }
    names = {"simple": simple, "forecast": _p("legend", "Forecast"), "received": _p("legend", "Received")}
    shown = [name for name in _LINES if frame[name].count()]
    for name in shown:
        fig.add_scatter(
            x=moments,
            y=[None if value is None else float(value) for value in frame[name]],
            mode="lines",
            line=styles[name],
            customdata=[f"{names[name]} {_written(name, value, currency)}" for value in frame[name]],
            hovertemplate="%{customdata}<extra></extra>",
            cliponaxis=False,
        )
    lowest, highest = axes.extent(frame, *shown)
    axes.money_axis(fig, min(lowest, 0.0), max(highest, 0.0), currency)
    axes.week_ticks(fig, moments, 4 if compact else 9)
    fig.update_xaxes(range=[moments[0], moments[-1]])
    fig.update_layout(margin_r=8)
    if not compact:
        most = _LONGEST_ON_A_SLIDE if slide else _LONGEST
        longest = max(len(names[name]) for name in shown)
        labels = [
            axes.EndLabel(
                float(frame[name].drop_nulls()[-1]),
                base.plain(names[name], most),
                str(styles[name]["color"]),
                bold=name == "forecast",
            )
            for name in shown
        ]
        axes.end_labels(fig, labels, plot_height=265, margin=20 + 7 * min(longest, most))
    return fig


def _written(name: str, value: Decimal | None, currency: str) -> str:
    return money(value, currency, 0) if name == "received" else about(value, currency)


@picture.repeatable
def coverage(frame: pl.DataFrame, *, theme: Theme) -> go.Figure:
    """Draw, by weeks ahead, the share of past weeks inside the bands, beside the share that the bands claim.

    Args:
        frame: of `backtest_text.coverage_rows`: weeks, coverage_80, coverage_95.
        theme: light or dark.
    """
    parts = "; ".join(
        _(
            "{weeks}: {inner} inside the 80% band, {outer} inside the 95% band",
            weeks=row["weeks"],
            inner=percent(row["coverage_80"], 0),
            outer=percent(row["coverage_95"], 0),
        )
        for row in frame.iter_rows(named=True)
    )
    fig = base.blank(
        theme, height=52 * frame.height + 44, alt=_("How often the bands held. {parts}.", parts=parts)
    )
    places = list(range(frame.height))
    for column, claim, colour in (("coverage_80", 0.8, theme.cash), ("coverage_95", 0.95, theme.base)):
        fig.add_vline(x=claim, line={"color": colour, "width": 1, "dash": "4px,3px"}, layer="below")
        fig.add_annotation(
            x=claim,
            y=1,
            yref="paper",
            yanchor="bottom",
            text=percent(claim, 0),
            font={"color": colour, "size": 12},
        )
        shares = frame[column].to_list()
        fig.add_scatter(
            x=shares,
            y=places,
            mode="markers+text",
            marker={"color": colour, "size": 11},
            text=[percent(share, 0) for share in shares],
            textposition="bottom center",
            textfont={"color": theme.ink, "size": base.SMALL},
            cliponaxis=False,
            hoverinfo="skip",
        )
    axes.name_axis(fig, places, frame["weeks"].to_list(), theme)
    known = [share for column in ("coverage_80", "coverage_95") for share in frame[column].drop_nulls()]
    fig.update_xaxes(visible=False, range=[min([0.5, *known]) - 0.04, 1.04])
    fig.update_layout(margin_t=26)
    return fig


@picture.repeatable
def calibration(frame: pl.DataFrame, *, theme: Theme) -> go.Figure:
    """Draw, per question, the share that came true against the forecast chance.

    Args:
        frame: of `backtest_text.calibration_rows`: question, said, came, count.
        theme: light or dark.
    """
    parts = "; ".join(
        _(
            "{question}, {said} said: {came} came true",
            question=row["question"],
            said=percent(row["said"], 0),
            came=percent(row["came"], 0),
        )
        for row in frame.iter_rows(named=True)
    )
    fig = base.blank(theme, height=300, alt=_("Chances said against what came true. {parts}.", parts=parts))
    fig.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        line={"color": theme.muted, "width": 1, "dash": "4px,3px"},
        hoverinfo="skip",
        showlegend=False,
    )
    colours = (theme.cash, theme.base)
    for place, question in enumerate(frame["question"].unique(maintain_order=True)):
        rows = frame.filter(pl.col("question") == question)
        fig.add_scatter(
            x=rows["said"].to_list(),
            y=rows["came"].to_list(),
            mode="lines+markers",
            name=base.plain(question),
            line={"color": colours[place], "width": 2},
            marker={"color": colours[place], "size": 7},
            customdata=[number(count) for count in rows["count"]],
            hovertemplate="%{x:.0%} → %{y:.0%} (%{customdata})<extra></extra>",
        )
    small = {"size": base.SMALL, "color": theme.muted}
    fig.update_xaxes(
        range=[0, 1], tickformat=".0%", dtick=0.2, title={"text": _("Chance said"), "font": small}
    )
    fig.update_yaxes(
        range=[0, 1.02], tickformat=".0%", dtick=0.2, title={"text": _("Share that came true"), "font": small}
    )
    fig.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    fig.update_layout(margin={"t": 34, "l": 56, "r": 24, "b": 44})
    return fig
