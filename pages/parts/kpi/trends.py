"""Block of the trends tab: the choice of a group of figures, and each of them over its months."""

import polars as pl
import streamlit as st

from pages.parts.context import filters, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import exports, small_multiples
from reports.answers.shared import kpi_groups
from reports.language import _


def trends(trend: pl.DataFrame, view: View) -> None:
    """Draw the choice of a group and its figures, each in a tile.

    Args:
        trend: `kpi_trend`.
        view: currency and filters.
    """
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="group-row"
    ):
        group = url_choices.pick("group", _("Group of figures"), kpi_groups.CHOICES, kpi_groups.group_name)
        exports.downloads(
            "kpi-trend",
            view,
            trend,
            title=_("Figures per month end"),
            method=_("Every figure as its definition says, on each month end up to the day."),
            key="kpi-trend",
        )
    small_multiples.tiles(trend, kpi_groups.group_columns(group), view)
    if group == kpi_groups.CHOICES[0]:
        st.page_link(
            "pages/kpi_trends.py",
            label=_("All figures"),
            icon=":material/arrow_forward:",
            icon_position="right",
            query_params=filters.link(group=kpi_groups.CHOICES[1]),
        )
