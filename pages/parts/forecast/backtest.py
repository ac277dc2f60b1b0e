"""Blocks of the accuracy tab: methods, past forecasts and receipts, coverage of the bands, chances."""

import streamlit as st

from pages.parts.context import background_runs, browser, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape
from reports import figures
from reports.answers.forecast import backtest, backtest_text
from reports.answers.forecast import text as forecast_text
from reports.answers.forecast.backtest import Accuracy
from reports.answers.forecast.cash_forecast import CashForecast
from reports.language import _, _p

_PHONE = ("method", "wape_1_4", "cumulative_13")


def methods(accuracy: Accuracy, forecast: CashForecast, view: View) -> None:
    """Draw the methods under the verdict, the weeks not scored, and which method the forecast uses."""
    rows = backtest_text.method_rows(accuracy)
    head = st.container()
    holes = backtest.weeks_without_data(accuracy.holes)
    if holes:
        st.warning(escape.plain(holes))
    blocks.text_table(
        backtest_text.methods(accuracy),
        rows,
        background_runs.whole_company(view),
        key="methods",
        name="accuracy",
        sheet={
            _p("sheet", "Methods"): rows,
            _p("sheet", "Weeks"): backtest_text.every_week(accuracy),
            _p("sheet", "Bands"): backtest_text.coverage_rows(accuracy),
        },
        head=head,
        level="bottom",
        columns=_PHONE if browser.is_phone() else None,
    )
    st.caption(forecast_text.receipts_method(forecast))
    value_of_plan = backtest_text.value_of_billing_plan(accuracy)
    if value_of_plan:
        st.caption(escape.plain(value_of_plan))


def past(accuracy: Accuracy, view: View) -> None:
    """Draw the forecast of every past week beside its receipts."""
    whole = background_runs.whole_company(view)
    head = st.container(key="past-head")
    ahead = int(url_choices.pick("ahead", _("How far ahead"), backtest_text.AHEAD, backtest_text.weeks_ahead))
    rows = backtest_text.past_weeks(accuracy, ahead)
    figure = figures.past_weeks(
        rows,
        simple=backtest_text.best_name(accuracy),
        theme=browser.theme(),
        currency=whole.display_currency,
        compact=browser.is_phone(),
    )
    finding = backtest_text.past(rows, ahead, accuracy)
    blocks.chart(
        finding, figure, name="forecast-against-actual", view=whole, key="past", rows=rows, head=head
    )


def coverage(accuracy: Accuracy, view: View) -> None:
    """Draw how often receipts fell inside the bands."""
    rows = backtest_text.coverage_rows(accuracy)
    blocks.chart(
        backtest_text.coverage(accuracy),
        figures.coverage(rows, theme=browser.theme()),
        name="coverage",
        view=background_runs.whole_company(view),
        key="coverage",
        rows=rows,
    )


def calibration(accuracy: Accuracy, view: View) -> None:
    """Draw how often the chances of single invoices came true."""
    rows = backtest_text.calibration_rows(accuracy)
    blocks.chart(
        backtest_text.calibration(accuracy),
        None if rows.is_empty() else figures.calibration(rows, theme=browser.theme()),
        name="calibration",
        view=background_runs.whole_company(view),
        key="calibration",
        rows=rows,
    )
