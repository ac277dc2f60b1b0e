"""The three views of the What-if page: levers with their outcome, a comparison, working capital."""

import streamlit as st

from data.errors import NotEnoughHistoryError, ScenarioError
from pages.parts.context import background_runs, books, browser
from pages.parts.context.view import View
from pages.parts.shell import notices
from pages.parts.whatif import (
    comparison,
    cost_of_money,
    draft,
    lever_cards,
    result,
    saved_scenarios,
    working_capital,
)
from pages.parts.whatif.draft import Panel
from pages.parts.widgets import blocks, escape
from reports.answers.whatif import lever_form
from reports.answers.whatif.evaluate import WhatIf
from reports.answers.whatif.ground import Ground
from reports.language import _, _p
from reports.sentences import translate

PARTS = ("whatif", "compare", "capital")


def part_name(part: str) -> str:
    """Return what a view of the page is called."""
    return {
        "whatif": _p("view", "What-if"),
        "compare": _p("view", "Compare"),
        "capital": _("Working capital"),
    }[part]


def show(part: str, view: View) -> None:
    """Draw one of the views."""
    if part == "whatif":
        _whatif(view)
    elif part == "compare":
        comparison.show(view, background_runs.ground(view))
    else:
        working_capital.show(view)


def _whatif(view: View) -> None:
    """Draw the levers and, beside them, the outcome."""
    ground = background_runs.ground(view)
    notices.forecast_notes(ground.forecast, view)
    known = books.ask("customers", background_runs.whole_company(view))
    names = dict(known.select("customer_id", "customer_name").iter_rows())
    # Side by side on a tablet too: who moves a lever wants to see its outcome.
    left, right = st.columns([4, 9])
    panel = draft.begin(view, ground)
    with left:
        with lever_cards.place():
            lever_cards.draw(panel, ground, known)
            with st.expander(_("Money and stock")):
                rate, stock_days = cost_of_money.rate_box(view), cost_of_money.stock_box(view)
            draft.read(panel)
            saved_scenarios.buttons(panel, view)
            if browser.is_phone():
                saved_scenarios.scenario_list(panel, view, ground)
        if not browser.is_phone():
            saved_scenarios.scenario_list(panel, view, ground)
    with right:
        what_if = _evaluation(panel, view, ground)
        if what_if is None:
            return
        inputs = cost_of_money.capital_inputs(view, rate, stock_days)
        result.outcome(what_if, names, inputs.rate, ground, view)
        result.targets(what_if, view, known)
        result.days_and_interest(what_if, inputs, ground, view)
    card = blocks.card("tornado")  # across the page: beside the levers of a tablet its labels collide
    result.weeks(what_if, names, inputs.rate, view)
    result.customers(what_if, view, known)
    with card:  # drawn last: it evaluates a dozen scenarios
        result.tornado(what_if, names, ground, view)


def _evaluation(panel: Panel, view: View, ground: Ground) -> WhatIf | None:
    """Return the scenario evaluated, or None after writing why there is no result."""
    if panel.scenario is None:
        st.info(_("No result: something in the levers is not right yet."))
        return None
    try:
        return background_runs.whatif(view, panel.scenario, ground)
    except ScenarioError as error:
        panel.refuse(lever_form.refusal_of(error))
        st.info(_("No result: something in the levers is not right yet."))
    except NotEnoughHistoryError as error:
        st.warning(escape.sentence(translate(error.message)))
    return None
