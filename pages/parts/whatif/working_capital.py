"""Working capital: the days cash is tied up, their trend, and how much a day frees."""

import streamlit as st

from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.kpi import small_multiples
from pages.parts.whatif import cost_of_money
from pages.parts.widgets import blocks, exports, text_tables
from reports.answers.kpi import working_capital
from reports.language import _, _p

PARTS = ("whatif", "compare", "capital")


def part_name(part: str) -> str:
    """Return what a part of the screen is called."""
    return {
        "whatif": _p("view", "What-if"),
        "compare": _p("view", "Compare"),
        "capital": _("Working capital"),
    }[part]


def show(view: View) -> None:
    """Draw the figures of the day, what can be freed at most, and the trend."""
    with st.container(key="capital-stock", width=260):
        _rate, dio = cost_of_money.boxes(with_rate=False)
    now = books.ask("kpi", view, dio=dio).row(0, named=True)
    trend = books.ask("kpi_trend", view, dio=dio)
    currency = view.shown_currency
    blocks.heading(working_capital.finding(now, currency), working_capital.method(), key="capital")
    with st.container(horizontal=True, key="capital-figures"):
        for key, label, value in working_capital.figures(now):
            with st.container(border=True, key=f"tile-{key}", width=190):
                st.metric(label, value)
    st.caption(working_capital.figures_method(now))
    rows = working_capital.ceiling(now)
    title, method = working_capital.ceiling_found(rows, currency), working_capital.ceiling_method(now)
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-ceiling"):
        blocks.heading(title, method, key="ceiling")
        exports.downloads("working-capital", view, rows, title=title, method=method, key="ceiling")
    text_tables.table(rows, view, key="ceiling")
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-capital-trend"):
        blocks.heading(_("Per month end"), _("Each figure as its definition says."), key="capital-trend")
        exports.downloads(
            "working-capital-trend", view, trend.select("as_of", *working_capital.TREND, "billings_90"),
            title=_("Working capital per month end"), method=_("Each figure as its definition says."),
            key="capital-trend",
        )  # fmt: skip
    small_multiples.tiles(trend, working_capital.TREND, view)
