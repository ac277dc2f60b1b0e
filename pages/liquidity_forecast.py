"""Liquidity forecast: expected balance, the invoices and payments of each week, the plan, the accuracy."""

import streamlit as st

from pages.parts.context import background_runs, url_choices
from pages.parts.forecast import backtest, billing_plan, freeze_button, payables, planned_lines, variance
from pages.parts.forecast import forecast as forecast_blocks
from pages.parts.shell import notices, page
from pages.parts.widgets import blocks
from reports.language import _

view = page.begin(__file__, _("Liquidity forecast"))
tab = url_choices.pick("part", _("Part of the screen"), forecast_blocks.TABS, forecast_blocks.tab_name)


def forecast() -> None:
    """Draw the fan, the weeks, one week in detail, the bridge and the headroom."""
    cash_forecast = background_runs.forecast(view)
    notices.forecast_notes(cash_forecast, view)
    forecast_blocks.fan(cash_forecast, view)
    freeze_button.button(cash_forecast, view)
    number = forecast_blocks.weeks(cash_forecast, view)
    forecast_blocks.week(cash_forecast, number, view)
    forecast_blocks.bridge(cash_forecast, view)
    forecast_blocks.headroom(cash_forecast, view)


def accuracy() -> None:
    """Draw how accurate the forecast has been on these books."""
    cash_forecast = background_runs.forecast(view)
    past_accuracy = background_runs.backtest(view)
    backtest.methods(past_accuracy, cash_forecast, view)
    with blocks.card("past"):
        backtest.past(past_accuracy, view)
    left, right = blocks.pair("held")
    with left, blocks.card("coverage"):
        backtest.coverage(past_accuracy, view)
    with right, blocks.card("chances"):
        backtest.calibration(past_accuracy, view)


def plan() -> None:
    """Draw planned lines, limits and billing plan to edit, and the forecast with what is saved."""
    place = st.container()
    planned_lines.lines(view)
    billing_plan.limits(view)
    with place:
        cash_forecast = background_runs.forecast(view, height=60)
        planned_lines.outcome(cash_forecast)
    billing_plan.plan(cash_forecast, view)
    payables.ageing(view)


def actual() -> None:
    """Draw an earlier forecast compared with what came in and went out since."""
    variance.comparison(view)


page.guard({"forecast": forecast, "plan": plan, "actual": actual, "accuracy": accuracy}[tab])
page.tie_out(view)
