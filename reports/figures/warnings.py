"""Early warning: days late now against the shift since before, a point per customer."""

import plotly.graph_objects as go
import polars as pl

from reports.colours import Theme
from reports.figures import picture
from reports.figures import template as base
from reports.formats import number
from reports.translation import _, _p


@picture.repeatable
def level_shift(
    frame: pl.DataFrame, *, theme: Theme, limits: tuple[float, float], compact: bool = False
) -> go.Figure:
    """Draw a point per customer: days late now across, shift up; orange beyond a limit.

    Args:
        frame: customer_name, level, shift; rows without one of them are left out.
        theme: light or dark.
        limits: of level and shift.
        compact: a phone.
    """
    known = frame.drop_nulls(["level", "shift"])
    if known.is_empty():
        return base.nothing(theme, 240, _("No customer has both yet."))
    level_limit, shift_limit = limits
    high = known.filter((pl.col("level") > level_limit) | (pl.col("shift") > shift_limit))
    alt = _(
        "{all} customers, {level} above {days} days late now, {shift} above a shift of {score}",
        all=known.height,
        level=known.filter(pl.col("level") > level_limit).height,
        shift=known.filter(pl.col("shift") > shift_limit).height,
        days=number(level_limit),
        score=number(shift_limit),
    )
    fig = base.blank(theme, height=220 if compact else 260, alt=alt)
    for part, colour in ((known.join(high, on="customer_id", how="anti"), theme.neutral), (high, theme.out)):
        fig.add_scatter(
            x=part["level"].to_list(),
            y=part["shift"].to_list(),
            mode="markers",
            marker={"color": colour, "size": 8, "line": {"color": theme.bg, "width": 0.5}},
            customdata=[
                _(
                    "{name}: {level} days late now, shift {shift}",
                    name=base.plain(row["customer_name"]),
                    level=number(row["level"]),
                    shift=number(row["shift"], 1),
                )
                for row in part.iter_rows(named=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    line = {"color": theme.base, "width": 1.5, "dash": "4px,3px"}
    fig.add_hline(y=shift_limit, line=line)
    fig.add_vline(x=level_limit, line=line)
    fig.update_layout(hovermode="closest")
    fig.update_xaxes(title_text=_("Days late now"), title_font_size=base.SMALL)
    fig.update_yaxes(title_text=_p("axis", "Shift"), title_font_size=base.SMALL)
    return fig
