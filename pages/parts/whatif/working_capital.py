"""Working capital: the days cash is tied up, their trend, and how much a day frees."""

import streamlit as st

from pages.parts import assumed, exports, frame, kpi_tiles, wordy
from pages.parts.view import View
from reports.answers import capital as told
from reports.language import _

PARTS = ("whatif", "compare", "capital")


def part_name(part: str) -> str:
    """Return what a part of the screen is called."""
    return {
        "whatif": _("What-if"),
        "compare": _("Compare"),
        "capital": _("Working capital"),
    }[part]


def show(view: View) -> None:
    """Draw the figures of the day, what can be freed at most, and the trend."""
    with st.container(key="capital-stock", width=260):
        _rate, dio = assumed.boxes(with_rate=False)
    now = frame.ask("kpi", view, dio=dio).row(0, named=True)
    trend = frame.ask("kpi_trend", view, dio=dio)
    currency = view.shown_currency
    frame.heading(told.finding(now, currency), told.method(), key="capital")
    with st.container(horizontal=True, key="capital-figures"):
        for key, label, value in told.figures(now):
            with st.container(border=True, key=f"tile-{key}", width=190):
                st.metric(label, value)
    st.caption(told.figures_method(now))
    rows = told.ceiling(now)
    title, method = told.ceiling_found(rows, currency), told.ceiling_method(now)
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-ceiling"):
        frame.heading(title, method, key="ceiling")
        exports.downloads("working-capital", view, rows, title=title, method=method, key="ceiling")
    wordy.table(rows, view, key="ceiling")
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-capital-trend"):
        frame.heading(_("Per month end"), _("Each figure as its definition says."), key="capital-trend")
        exports.downloads(
            "working-capital-trend", view, trend.select("as_of", *told.TREND, "billings_90"),
            title=_("Working capital per month end"), method=_("Each figure as its definition says."),
            key="capital-trend",
        )  # fmt: skip
    kpi_tiles.several(trend, told.TREND, view)
