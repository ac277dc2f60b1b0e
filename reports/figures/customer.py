"""Payment behaviour of a customer: days late per paid invoice, before and since a change."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

import plotly.graph_objects as go
import polars as pl

from reports.codes import point_code
from reports.colours import Theme
from reports.figures import axes, picture
from reports.figures import template as base
from reports.formats import day, days, number
from reports.translation import _


@picture.repeatable
def days_late(
    frame: pl.DataFrame,
    *,
    theme: Theme,
    step: date | None = None,
    compact: bool = False,
    still_open: pl.DataFrame | None = None,
) -> go.Figure:
    """Draw per paid invoice how many days late it was, with the level before and since a change.

    Args:
        frame: `payment_behaviour`: payment_date, days_late, invoice_id.
        theme: light or dark.
        step: first day of the new behaviour; None draws one level.
        compact: a phone; fewer ticks.
        still_open: overdue invoices: invoice_id, days_overdue, as_of; a hollow dot each, so late by now.
    """
    frame = frame.drop_nulls(["payment_date", "days_late"]).sort("payment_date", "invoice_id")
    if frame.is_empty():
        return base.nothing(theme, 180, _("No paid invoices yet."))
    before = frame if step is None else frame.filter(pl.col("payment_date") < step)
    since = frame.clear() if step is None else frame.filter(pl.col("payment_date") >= step)
    levels = [float(median(part["days_late"])) if part.height else None for part in (before, since)]
    worse = levels[0] is None or levels[1] is None or levels[1] >= levels[0]
    fig = base.blank(theme, height=180, alt=_levels_text(levels, step))
    first, last = frame["payment_date"][0], frame["payment_date"][-1]
    parts = (
        (before, levels[0], theme.neutral, theme.base, first, step or last),
        (
            since,
            levels[1],
            theme.out if worse else theme.cash,
            theme.out if worse else theme.cash,
            step,
            last,
        ),
    )
    for part, level, colour, line, start, end in parts:
        if level is None:
            continue
        fig.add_scatter(
            x=part["payment_date"].to_list(),
            y=part["days_late"].to_list(),
            ids=[point_code(invoice) for invoice in part["invoice_id"]],
            mode="markers",
            marker={"color": colour, "size": 7, "line": {"color": theme.bg, "width": 0.5}},
            customdata=[
                _(
                    "{invoice}, paid {day}: {late} late",
                    invoice=base.plain(row["invoice_id"]),
                    day=day(row["payment_date"]),
                    late=days(row["days_late"]),
                )
                for row in part.to_dicts()
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
        fig.add_scatter(
            x=[start, end],
            y=[level, level],
            mode="lines",
            line={"color": line, "width": 1.75},
            hoverinfo="skip",
        )
    low, high = axes.extent(frame, "days_late")
    if still_open is not None and still_open.height:
        fig.add_scatter(
            x=still_open["as_of"].to_list(),
            y=still_open["days_overdue"].to_list(),
            ids=[point_code(invoice) for invoice in still_open["invoice_id"]],
            mode="markers",
            cliponaxis=False,
            marker={"color": theme.bg, "size": 8, "line": {"color": theme.out, "width": 1.5}},
            customdata=[
                _(
                    "{invoice}, still open: {late} late by now",
                    invoice=base.plain(row["invoice_id"]),
                    late=days(row["days_overdue"]),
                )
                for row in still_open.to_dicts()
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
        high = max(high, *map(float, still_open["days_overdue"]))
        last = max(last, *still_open["as_of"])
    low, high = min(0.0, low), max(1.0, high)
    tick = axes.nice_step(max(high, -low), 3)
    ticks = [tick * at for at in range(int(low // tick) if low <= -tick else 0, int(-(-high // tick)) + 1)]
    texts = [number(value) for value in ticks[:-1]] + [days(ticks[-1], short=True)]
    room = (max(high, ticks[-1]) - low) * 0.06
    fig.update_yaxes(
        tickvals=ticks, ticktext=texts, range=[min(low, ticks[0]) - room, max(high, ticks[-1]) + room]
    )
    axes.month_ticks(fig, first, last, 3 if compact else 6)
    room_for_dots = timedelta(days=max((last - first).days // 60, 1))
    fig.update_xaxes(range=[first - room_for_dots, last + room_for_dots])
    return fig


def _levels_text(levels: Sequence[float | None], step: date | None) -> str:
    before, since = levels
    if step is None or since is None:
        return _("Days late per paid invoice; usually {level}.", level=days(before))
    if before is None:
        return _("Days late per paid invoice; usually {level}.", level=days(since))
    return _(
        "Days late per paid invoice; usually {before}, since {day} {since}.",
        before=days(before),
        day=day(step),
        since=days(since),
    )
