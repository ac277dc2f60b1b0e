"""Small multiples: every figure of one group over its months, with its finding, definition and rows."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from pages.parts.context import browser, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, definition_links, escape, exports
from reports import figures
from reports.answers.kpi import trend_text
from reports.language import _

_COLOURS = {"better": "blue", "worse": "orange", "neither": "gray"}


def show(trend: pl.DataFrame, view: View) -> None:
    """Draw one group of figures, each in a tile.

    Args:
        trend: `kpi_trend`.
        view: currency and filters.
    """
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="group-row"
    ):
        group = url_choices.pick(
            "group", _("Group of figures"), list(trend_text.GROUPS), trend_text.group_name
        )
        exports.downloads(
            "kpi-trend",
            view,
            trend,
            title=_("Figures per month end"),
            method=_("Every figure as its definition says, on each month end up to the day."),
            key="kpi-trend",
        )
    several(trend, trend_text.GROUPS[group], view)


def several(trend: pl.DataFrame, columns: Sequence[str], view: View) -> None:
    """Draw figures in a tile each, what is known first."""
    grid = st.grid(1 if browser.is_phone() else 3, min_column_width=260, gap="small")
    for column in trend_text.known_first(trend, columns):
        with grid.cell(), st.container(border=True, key=f"tile-kpi-{column}", gap="xsmall", height="stretch"):
            _tile(trend, column, view)


def _tile(trend: pl.DataFrame, column: str, view: View) -> None:
    finding = trend_text.kpi_sentence(trend, column, view.shown_currency)
    blocks.heading(finding, _changed(trend, column, view), key=f"kpi-{column}")
    if trend[column].count():
        blocks.figure(
            figures.kpi_multiple(
                trend, column, theme=browser.theme(), currency=view.shown_currency, compact=browser.is_phone()
            ),
            name=column.replace("_", "-"),
            finding=finding,
            view=view,
            key=f"chart-{column}",
        )
    definition_links.links(column)


def _changed(trend: pl.DataFrame, column: str, view: View) -> str:
    """Return the grey line under a finding: the change over a year, blue where better, orange where worse."""
    changed = trend_text.change(trend, column, view.shown_currency)
    if changed is None:
        known = _("Per month end") + " · " + trend_text.period(trend)
        return known if trend[column].count() else _("The definition says what it needs.")
    text, tone = changed
    words = {"better": _("in 12 months, better"), "worse": _("in 12 months, worse")}
    since = words.get(tone, _("in 12 months"))
    return f":{_COLOURS[tone]}-badge[{escape.plain(text)}] {since} · {trend_text.period(trend)}"
