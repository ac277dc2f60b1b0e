"""Liquidity forecast: will the bank balance hold, what makes up a week, what is planned, how good it was."""

import streamlit as st

from pages.parts import against, billing, cash_ahead, choices, frame, hindsight, kept, planning, runs
from reports.language import _

view = frame.begin(__file__, _("Liquidity forecast"))
part = choices.pick("part", _("Part of the screen"), cash_ahead.PARTS, cash_ahead.part_name)


def forecast() -> None:
    """Draw the fan, the weeks with one of them opened, the bridge and the headroom."""
    found = runs.forecast(view)
    cash_ahead.notes(found, view)
    cash_ahead.fan(found, view)
    kept.button(found, view)
    number = cash_ahead.weeks(found, view)
    cash_ahead.week(found, number, view)
    cash_ahead.bridge(found, view)
    cash_ahead.headroom(found, view)


def accuracy() -> None:
    """Draw how good the forecast has been on these books."""
    ahead = runs.forecast(view)
    found = runs.backtest(view)
    hindsight.methods(found, ahead, view)
    with frame.card("past"):
        hindsight.past(found, view)
    left, right = frame.pair("held")
    with left, frame.card("coverage"):
        hindsight.bands(found, view)
    with right, frame.card("chances"):
        hindsight.chances(found, view)


def plan() -> None:
    """Draw what people plan, to type over; the forecast follows what is saved."""
    place = st.container()
    planning.lines(view)
    billing.settings(view)
    with place:
        found = runs.forecast(view, height=60)
        planning.outcome(found)
    billing.plan(found, view)


def actual() -> None:
    """Draw an earlier forecast beside what came since."""
    against.show(view)


frame.guarded({"forecast": forecast, "plan": plan, "actual": actual, "accuracy": accuracy}[part])
frame.tie_out(view)
