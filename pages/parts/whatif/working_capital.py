"""Working capital: the days cash is tied up, their trend, and how much a day frees."""

import streamlit as st

from pages.parts.context import kpi_figures
from pages.parts.context.view import View
from pages.parts.whatif import cost_of_money
from pages.parts.widgets import blocks, small_multiples
from reports.answers.kpi import working_capital
from reports.answers.shared.finding import Finding
from reports.language import _


def show(view: View) -> None:
    """Draw the figures of the day, the most that can be freed, and the trend."""
    with st.container(key="capital-stock", width=260):
        stock_days = cost_of_money.stock_box(view)
    kpis = kpi_figures.on_day(view, dio=stock_days).row(0, named=True)
    trend = kpi_figures.trend(view, dio=stock_days)
    currency = view.display_currency
    blocks.heading(working_capital.day_finding(kpis, currency), key="capital")
    with st.container(horizontal=True, key="capital-figures"):
        for key, label, value in working_capital.figures(kpis):
            with st.container(border=True, key=f"tile-{key}", width=190):
                st.metric(label, value)
    st.caption(working_capital.figures_method(kpis))
    ceiling = working_capital.ceiling_rows(kpis)
    blocks.text_table(
        working_capital.ceiling_finding(ceiling, kpis, currency), ceiling, view, key="ceiling",
        name="working-capital", level="bottom",
    )  # fmt: skip
    method = _("Each figure as its definition says.")
    blocks.heading_with_export(
        Finding(_("Per month end"), method),
        trend.select("as_of", *working_capital.TREND, "billings_90"),
        view, key="capital-trend", name="working-capital-trend", level="bottom",
        export_words=Finding(_("Working capital per month end"), method),
    )  # fmt: skip
    before = kpi_figures.a_year_before(view, dio=stock_days)
    small_multiples.tiles(trend, before, working_capital.TREND, view)
