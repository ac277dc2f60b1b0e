"""Liquidity forecast: will the bank balance hold, what makes up a week, what is planned, how good it was."""

import streamlit as st

from pages.parts.context import background_runs, url_choices
from pages.parts.forecast import backtest, billing_plan, freeze_button, planned_lines, variance
from pages.parts.forecast import forecast as forecast_blocks
from pages.parts.shell import page
from pages.parts.widgets import blocks
from reports.language import _

view = page.begin(__file__, _("Liquidity forecast"))
part = url_choices.pick("part", _("Part of the screen"), forecast_blocks.PARTS, forecast_blocks.part_name)


def forecast() -> None:
    """Draw the fan, the weeks with one of them opened, the bridge and the headroom."""
    found = background_runs.forecast(view)
    forecast_blocks.notes(found, view)
    forecast_blocks.fan(found, view)
    freeze_button.button(found, view)
    number = forecast_blocks.weeks(found, view)
    forecast_blocks.week(found, number, view)
    forecast_blocks.bridge(found, view)
    forecast_blocks.headroom(found, view)


def accuracy() -> None:
    """Draw how good the forecast has been on these books."""
    ahead = background_runs.forecast(view)
    found = background_runs.backtest(view)
    backtest.methods(found, ahead, view)
    with blocks.card("past"):
        backtest.past(found, view)
    left, right = blocks.pair("held")
    with left, blocks.card("coverage"):
        backtest.bands(found, view)
    with right, blocks.card("chances"):
        backtest.chances(found, view)


def plan() -> None:
    """Draw what people plan, to type over; the forecast follows what is saved."""
    place = st.container()
    planned_lines.lines(view)
    billing_plan.settings(view)
    with place:
        found = background_runs.forecast(view, height=60)
        planned_lines.outcome(found)
    billing_plan.plan(found, view)


def actual() -> None:
    """Draw an earlier forecast beside what came since."""
    variance.show(view)


page.guarded({"forecast": forecast, "plan": plan, "actual": actual, "accuracy": accuracy}[part])
page.tie_out(view)
