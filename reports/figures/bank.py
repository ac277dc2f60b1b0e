"""The curve of the share of the money applied by itself against its error."""

import plotly.graph_objects as go
import polars as pl

from reports.colours import Theme
from reports.figures import picture
from reports.figures import template as base
from reports.formats import percent
from reports.translation import _

_HEIGHT = 260


@picture.repeatable
def share_against_error(rows: pl.DataFrame, *, theme: Theme) -> go.Figure:
    """Draw per level of the score the share applied, and its error with the 95% interval.

    Args:
        rows: of `quality_text.curve_rows`.
        theme: light or dark.
    """
    known = rows.filter(pl.col("error_share").is_not_null())
    if known.is_empty():
        return base.nothing(theme, 90, _("The curve appears once drawn entries are checked."))
    shares, errors = known["applied_share"].to_list(), known["error_share"].to_list()
    alt = "; ".join(
        _("{share} applied, {error} wrong", share=percent(share), error=percent(error, 2))
        for share, error in zip(shares, errors, strict=True)
    )
    fig = base.blank(theme, height=_HEIGHT, alt=alt)
    fig.add_scatter(
        x=shares, y=errors, mode="lines+markers+text",
        line={"color": theme.cash, "width": 2.5}, marker={"size": 8, "color": theme.cash},
        error_y={
            "type": "data", "symmetric": False, "thickness": 1, "width": 3, "color": theme.neutral,
            "array": [high - error for high, error in zip(known["error_high"], errors, strict=True)],
            "arrayminus": [error - low for low, error in zip(known["error_low"], errors, strict=True)],
        },
        text=known["level_label"].to_list(), textposition="top left",
        textfont={"size": base.SMALL, "color": theme.muted},
        customdata=[
            _(
                "{level}: {share} applied, {error} wrong ({low} to {high})",
                level=row["level_said"], share=percent(row["applied_share"]),
                error=percent(row["error_share"], 2), low=percent(row["error_low"], 2),
                high=percent(row["error_high"], 2),
            )
            for row in known.iter_rows(named=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    label = {"size": base.SMALL, "color": theme.muted}
    least, most = min(shares), max(shares)
    margin = max((most - least) * 0.15, 0.01)
    fig.update_xaxes(
        range=[max(least - margin, 0.0), min(most + margin, 1.02)], tickformat=".0%", nticks=6,
        title={"text": _("Share of the money applied by itself"), "font": label},
    )  # fmt: skip
    fig.update_yaxes(
        range=[0, max(*known["error_high"], 0.001) * 1.1], tickformat=".1%", nticks=5,
    )  # fmt: skip
    return fig
