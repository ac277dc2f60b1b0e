"""Block of the trends tab: the choice of a group of figures, and each of them over its months."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts.context import browser, filters, kpi_figures, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, exports, links, small_multiples
from reports import language
from reports.answers.kpi import compared
from reports.answers.shared import comparison, kpi_groups
from reports.language import _


def trends(view: View) -> None:
    """Draw the choice of a group and its figures, each in a tile."""
    trend = kpi_figures.trend(view)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="group-row"
    ):
        group = url_choices.pick("group", _("Group of figures"), kpi_groups.CHOICES, kpi_groups.group_name)
        exports.downloads(
            "kpi-trend",
            view,
            trend,
            title=_("Figures per month end"),
            method=_("Every figure as its definition says, on each month end and on the day itself."),
            key="kpi-trend",
        )
    columns = kpi_groups.group_columns(group)
    _beside_another_day(columns, view)
    small_multiples.tiles(trend, kpi_figures.a_year_before(view), columns, view)
    if group != kpi_groups.CHOICES[0]:
        return
    with st.container(horizontal=True, key="links-trends", gap="small"):
        st.page_link(
            "pages/kpi_trends.py",
            label=_("All figures"),
            icon=":material/arrow_forward:",
            icon_position="right",
            query_params=filters.link(group=kpi_groups.CHOICES[1]),
        )
        if not kpi_figures.has_targets(view):
            links.settings("targets", _("Set a target"), icon=":material/flag:")


def _beside_another_day(columns: Sequence[str], view: View) -> None:
    """Draw the figures of a group on the day of the page beside those of the day they are compared with."""
    day = view.compare_day
    now, before = kpi_figures.on_day(view).row(0, named=True), kpi_figures.on_compare_day(view)
    then = None if before is None else before.row(0, named=True)
    blocks.heading_with_export(
        compared.finding(now, then, columns, view.as_of, day),
        compared.figures(now, then, day, view.display_currency),
        view,
        key="kpi-compared",
        name="kpi",
    )
    names = (
        language.heading("kpi_name"),
        language.day(view.as_of),
        language.day(day),
        comparison.change_heading(),
    )
    cells = compared.cells(now, then, columns, view.display_currency)
    # Numbers, so that the table aligns them right; each is written as its figure is.
    frame = pd.DataFrame(
        {
            names[0]: [row[0] for row in cells],
            names[1]: [_number(now[name]) for name in columns],
            names[2]: [_number(None if then is None else then[name]) for name in columns],
        }
    )
    frame[names[3]] = frame[names[1]] - frame[names[2]]
    # A phone has no room for the value then; its difference says it.
    shown = [0, 1, 3] if browser.is_phone() else [0, 1, 2, 3]
    style = frame[[names[at] for at in shown]].style
    for place, row in enumerate(cells):
        for at in shown[1:]:
            style = style.format(partial(_words, row[at]), subset=pd.IndexSlice[[place], [names[at]]])
    with st.container(key="wordy-kpi-compared"):
        st.table(style, border="horizontal", hide_index=True)


def _words(words: str, _value: float) -> str:
    return words


def _number(value: Any) -> float:
    return float("nan") if value is None else float(value)
