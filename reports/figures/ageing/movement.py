"""Change of the receivables: invoiced, received, credited and written off."""

from collections.abc import Mapping
from decimal import Decimal

import plotly.graph_objects as go

from reports.codes import no_code
from reports.colours import Theme
from reports.figures import axes, picture
from reports.figures import template as base
from reports.formats import money
from reports.translation import _, _p

_LEAST_SPAN = 1.0


@picture.repeatable
def movement(
    causes: Mapping[str, Decimal],
    *,
    theme: Theme,
    currency: str = "EUR",
    compact: bool = False,
) -> go.Figure:
    """Draw the change of receivables from 0: each cause from the end of the one before, then the sum.

    Beside full balances the changes would be too small to see. Blue brought cash, orange cost some; an
    invoice is grey.

    Args:
        causes: the row of `receivables_moved`; discounts, what lists settled, exchange differences and
            recovered write-offs are drawn only where they are not 0.
        theme: light or dark.
        currency: of the amounts.
        compact: a phone; less room for amounts.
    """
    codes = ["invoiced", "received", "credited", "written_off"]
    codes += [code for code in ("discounts", "listed", "exchange", "recovered") if causes[code]]
    steps = [
        (_p("legend", "Invoiced"), causes["invoiced"], theme.neutral),
        (_p("legend", "Received"), -causes["received"], theme.cash),
        (_p("legend", "Credited"), -causes["credited"], theme.out),
        (_("Written off"), -causes["written_off"], theme.out),
    ]
    seldom = [
        (_p("legend", "Discounts"), -causes["discounts"], theme.out),
        # Whether it brought cash no list says.
        (_p("legend", "Settled by lists"), -causes["listed"], theme.neutral),
        (_("Exchange differences"), causes["exchange"], theme.out),
        (_p("legend", "Recovered"), causes["recovered"], theme.neutral),
    ]
    steps += [step for step in seldom if step[1]]
    bars: list[tuple[str, Decimal, Decimal, str]] = []  # name, from, to, colour
    at = Decimal(0)
    for name, change, colour in steps:
        bars.append((name, at, at + change, colour))
        at += change
    bars.append((_p("legend", "Total"), Decimal(0), at, theme.base))
    texts = [money(to - start, currency, 0, sign=True) for _name, start, to, _colour in bars]
    parts = "; ".join(f"{bar[0]} {text}" for bar, text in zip(bars, texts, strict=True))
    fig = base.blank(theme, height=44 * len(bars) + 12, alt=_("Change of receivables: {parts}.", parts=parts))
    hover = [f"{bar[0]}: {text}" for bar, text in zip(bars, texts, strict=True)]
    places = axes.step_bars(fig, bars, hover)
    fig.data[0].ids = [*codes, no_code(len(codes))]  # the sum opens nothing: the bars above it do
    for place, bar in enumerate(bars[:-1]):
        axes.connector(fig, place, float(bar[2]), theme, past=bar[1] == bar[2])
    fig.add_vline(x=0, line={"color": theme.axis, "width": 1}, layer="below")
    axes.name_axis(fig, places, [bar[0] for bar in bars], theme, compact=compact)
    column = [*texts[:-1], base.bold(texts[-1])]
    axes.amounts_column(fig, places, column, theme, margin=48 if compact else 96)
    ends = [float(edge) for bar in bars for edge in bar[1:3]]
    room = max(max(ends) - min(ends), _LEAST_SPAN) * 0.02
    fig.update_xaxes(visible=False, range=[min(ends) - room, max(ends) + room])
    return fig
