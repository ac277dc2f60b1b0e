"""What makes up the cash ahead: the way from opening to closing balance, and the room above the minimum."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import plotly.graph_objects as go
import polars as pl

from reports.codes import no_code, point_code
from reports.colours import Theme
from reports.figures import axes, picture
from reports.figures import template as base
from reports.formats import about, about_short, forecast_bridge, forecast_parts, money, week
from reports.translation import _

_LEAST_SPAN = 1.0
_LONG = 76  # letters of a detail


@picture.repeatable
def cash_bridge(
    frame: pl.DataFrame,
    *,
    theme: Theme,
    currency: str = "EUR",
    compact: bool = False,
    slide: bool = False,
) -> go.Figure:
    """Draw the way from the opening to the closing balance, each cause from where the last one ended.

    Balances stand on 0; blue brings cash, orange costs it.

    Args:
        frame: of `reports.answers.forecast.bridge`: cause, detail, kind, amount.
        theme: light or dark.
        currency: of the amounts.
        compact: a phone; no details under the causes.
        slide: for a picture; none either.
    """
    texts = [
        money(amount, currency, 0, sign=kind not in {"start", "end"})
        for amount, kind in zip(forecast_bridge(frame["amount"].to_list()), frame["kind"], strict=True)
    ]
    alt = _("From opening to closing balance: {parts}.", parts=_parts(frame, texts))
    return _steps(frame, texts, theme, alt, compact=compact, bare=slide)


@picture.repeatable
def cash_changes(
    frame: pl.DataFrame,
    *,
    theme: Theme,
    currency: str = "EUR",
    compact: bool = False,
    narrow: bool = False,
    slide: bool = False,
    written: Sequence[Decimal] | None = None,
) -> go.Figure:
    """Draw why cash is another than forecast: each cause from where the last one ended, then their sum.

    From 0, for on full balances the changes would vanish. What rounds to nothing is left out.

    Args:
        frame: of `reports.answers.causes.bridge`: cause, detail, kind, amount.
        theme: light or dark.
        currency: of the amounts.
        compact: a phone; no details under the causes.
        narrow: part of the page's width, two forecasts; no details under the causes.
        slide: for a picture; no details.
        written: amounts of the causes as they are shown elsewhere; left out, their sum is rounded.
    """
    is_step = pl.col("kind") != "end"
    # A difference with a forecast is no finer than the forecast is, and what is shown adds up.
    steps = list(written or forecast_parts(frame.filter(is_step)["amount"].to_list()))
    shown = [*steps, sum(steps, Decimal(0))]
    is_seen = ~is_step | (pl.col("shown") != 0)
    frame = frame.with_columns(shown=pl.Series(shown, dtype=pl.Decimal(38, 2))).filter(is_seen)
    texts = [money(amount, currency, 0, sign=True) for amount in frame["shown"]]
    alt = _("What makes the difference with the forecast: {parts}.", parts=_parts(frame, texts))
    # In part of the width details would be cut off: they stand in the box of a bar, and its rows have them.
    return _steps(frame, texts, theme, alt, compact=compact, bare=slide or narrow)


def _parts(frame: pl.DataFrame, texts: list[str]) -> str:
    return "; ".join(f"{base.plain(cause)} {text}" for cause, text in zip(frame["cause"], texts, strict=True))


def _steps(
    frame: pl.DataFrame,
    texts: list[str],
    theme: Theme,
    alt: str,
    *,
    compact: bool,
    bare: bool = False,
) -> go.Figure:
    """Draw rows of cause, detail, kind and amount as horizontal steps; `start` and `end` stand on 0."""
    bars: list[tuple[str, Decimal, Decimal, str]] = []  # name, from, to, colour
    at = Decimal(0)
    for row in frame.iter_rows(named=True):
        amount: Decimal = row["amount"]
        is_balance = row["kind"] in {"start", "end"}
        start = Decimal(0) if is_balance else at
        colour = theme.base if is_balance else theme.cash if amount >= 0 else theme.out
        bars.append((base.plain(row["cause"], 40), start, start + amount, colour))
        at = start + amount
    balances = set(frame.with_row_index().filter(pl.col("kind").is_in(["start", "end"]))["index"])
    fig = base.blank(theme, height=(28 if bare else 36 if compact else 40) * len(bars) + 12, alt=alt)
    hover = [
        f"{bar[0]}: {text}" + (f"<br>{base.plain(detail)}" if detail else "")
        for bar, text, detail in zip(bars, texts, frame["detail"], strict=True)
    ]
    places = axes.step_bars(fig, bars, hover)
    fig.data[0].ids = [
        no_code(place) if kind in {"start", "end"} else point_code(cause)
        for place, (cause, kind) in enumerate(frame.select("cause", "kind").iter_rows())
    ]
    for place, (bar, _after) in enumerate(pairwise(bars)):
        end = float(bar[2])
        fig.add_shape(
            type="line", x0=end, x1=end, y0=place + 0.28, y1=place + 0.72,
            line={"color": theme.neutral, "width": 1},
        )  # fmt: skip
    fig.add_vline(x=0, line={"color": theme.axis, "width": 1}, layer="below")
    is_bare = compact or bare
    names = [
        bar[0] + (f"<br>{_small(base.plain(detail, _LONG), theme)}" if detail and not is_bare else "")
        for bar, detail in zip(bars, frame["detail"], strict=True)
    ]
    axes.name_axis(fig, places, names, theme, compact=compact)
    column = [base.bold(text) if place in balances else text for place, text in enumerate(texts)]
    axes.amounts_column(fig, places, column, theme, margin=48 if compact else 96)
    ends = [float(edge) for bar in bars for edge in bar[1:3]]
    room = max(max(ends) - min(ends), _LEAST_SPAN) * 0.02
    fig.update_xaxes(visible=False, range=[min(ends) - room, max(ends) + room])
    return fig


@picture.repeatable
def headroom(frame: pl.DataFrame, *, theme: Theme, currency: str = "EUR", compact: bool = False) -> go.Figure:
    """Draw the headroom per week: expected, and what one outcome in ten stays below (dash).

    Args:
        frame: of `reports.answers.liquidity.week_rows`: week_start, headroom, headroom_p10.
        theme: light or dark.
        currency: of the amounts.
        compact: a phone; fewer ticks.
    """
    rows = frame.to_dicts()
    low = min(rows, key=lambda row: (row["headroom"], row["week_start"]))
    alt = _(
        "Headroom per week; least in {week}: {amount}, one time in ten {bad} or less.",
        week=week(low["week_start"]),
        amount=about(low["headroom"], currency),
        bad=about(low["headroom_p10"], currency),
    )
    fig = base.blank(theme, height=260, alt=alt)
    places = list(range(len(rows)))
    fig.add_bar(
        x=places,
        y=[float(row["headroom"]) for row in rows],
        ids=[row["week_start"].isoformat() for row in rows],
        marker_color=[theme.cash if row["headroom"] >= 0 else theme.out for row in rows],
        opacity=0.85,
        customdata=[
            _(
                "{week}: {amount} expected, one time in ten {bad} or less",
                week=week(row["week_start"]),
                amount=about(row["headroom"], currency),
                bad=about(row["headroom_p10"], currency),
            )
            for row in rows
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    for place, row in enumerate(rows):
        bad = float(row["headroom_p10"])
        fig.add_shape(
            type="line",
            x0=place - 0.34,
            x1=place + 0.34,
            y0=bad,
            y1=bad,
            line={"color": theme.ink, "width": 2},
        )
    values = [float(row[name]) for row in rows for name in ("headroom", "headroom_p10")]
    axes.money_axis(fig, min(0.0, *values), max(0.0, *values), currency)
    fig.add_hline(y=0, line={"color": theme.axis, "width": 1})
    worst = rows.index(low)
    fig.add_annotation(
        x=worst,
        y=max(float(low["headroom"]), 0.0),
        yanchor="bottom",
        yshift=2,
        text=base.bold(about_short(low["headroom"], currency)),
        font={"color": theme.ink, "size": base.SMALL},
        bgcolor=theme.bg,  # on a phone it is wider than its bar
    )
    every = 3 if compact else 1
    fig.update_xaxes(
        tickvals=places[::every],
        ticktext=[week(row["week_start"]) for row in rows][::every],
        range=[-0.6, len(rows) - 0.4],
        showline=False,
    )
    return fig


def _small(text: str, theme: Theme) -> str:
    return f'<span style="font-size:11px;color:{theme.muted}">{text}</span>'
