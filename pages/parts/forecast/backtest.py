"""Blocks of the accuracy part: methods side by side, forecast against what came, how often the bands held."""

import streamlit as st

from pages.parts.context import background_runs, browser, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, tables, text_tables
from reports import figures
from reports.answers.forecast import backtest, backtest_text
from reports.answers.forecast import text as forecast_text
from reports.answers.forecast.backtest import Accuracy
from reports.answers.forecast.cash_forecast import CashForecast
from reports.language import _, _p

_PHONE = ("method", "wape_1_4", "cumulative_13")


def methods(found: Accuracy, ahead: CashForecast, view: View) -> None:
    """Draw the methods side by side under the verdict, the weeks not scored, and which method is used."""
    whole, rows = background_runs.whole_company(view), backtest_text.method_rows(found)
    verdict = backtest.verdict(found.methods, found.origins)
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-methods"):
        blocks.heading(verdict, backtest_text.methods_method(found), key="methods")
        sheets = {
            _p("sheet", "Methods"): rows,
            _p("sheet", "Weeks"): backtest_text.every_week(found),
            _p("sheet", "Bands"): backtest_text.coverage_rows(found),
        }
        tables.downloads(
            "accuracy",
            whole,
            sheets,
            title=verdict,
            method=backtest_text.methods_method(found),
            key="methods",
        )
    holes = backtest.weeks_without_data(found.holes)
    if holes:
        st.warning(escape.plain(holes))
    text_tables.table(rows, whole, key="methods", columns=_PHONE if browser.is_phone() else None)
    st.caption(forecast_text.method_used(ahead))
    helps = backtest_text.plan_helps(found)
    if helps:
        st.caption(escape.plain(helps))


def past(found: Accuracy, view: View) -> None:
    """Draw what was forecast for every past week beside what came."""
    whole = background_runs.whole_company(view)
    head = st.container(key="past-head")
    ahead = int(url_choices.pick("ahead", _("How far ahead"), backtest_text.AHEAD, backtest_text.ahead_said))
    rows = backtest_text.past_weeks(found, ahead)
    finding, method = backtest_text.past_found(rows, ahead), backtest_text.past_method(found)
    with head:
        blocks.heading(finding, method, key="past")
    figure = figures.against_actual(
        rows,
        simple=backtest_text.best_name(found),
        theme=browser.theme(),
        currency=whole.shown_currency,
        compact=browser.is_phone(),
    )
    blocks.figure(
        figure,
        name="forecast-against-actual",
        finding=finding,
        view=whole,
        key="past",
        rows=rows,
        method=method,
    )


def bands(found: Accuracy, view: View) -> None:
    """Draw how often what came was inside the bands."""
    finding, method, rows = (
        backtest_text.coverage_found(found),
        backtest_text.coverage_method(),
        backtest_text.coverage_rows(found),
    )
    blocks.heading(finding, method, key="coverage")
    figure = figures.coverage(rows, theme=browser.theme())
    blocks.figure(
        figure,
        name="coverage",
        finding=finding,
        view=background_runs.whole_company(view),
        key="coverage",
        rows=rows,
        method=method,
    )


def chances(found: Accuracy, view: View) -> None:
    """Draw how often what was said of single invoices came true."""
    rows = backtest_text.calibration_rows(found)
    finding, method = backtest_text.calibration_found(found), backtest_text.calibration_method()
    blocks.heading(finding, method, key="calibration")
    if rows.is_empty():
        return
    blocks.figure(
        figures.calibration(rows, theme=browser.theme()),
        name="calibration",
        finding=finding,
        view=background_runs.whole_company(view),
        key="calibration",
        rows=rows,
        method=method,
    )
