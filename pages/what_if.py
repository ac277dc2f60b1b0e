"""What-if: what other terms, a discount or a late payer do to cash, and what working capital ties up."""

import streamlit as st

from data.errors import NotEnoughHistoryError, ScenarioError
from pages.parts.context import background_runs, books, browser, url_choices
from pages.parts.forecast import forecast
from pages.parts.shell import page
from pages.parts.whatif import cost_of_money, levers, result, saved_scenarios, working_capital
from pages.parts.widgets import blocks, escape
from reports.answers.whatif import lever_form
from reports.language import _, _p
from reports.sentences import in_words

view = page.begin(__file__, _p("page", "What-if"))
part = url_choices.pick("part", _("Part of the screen"), working_capital.PARTS, working_capital.part_name)


def whatif() -> None:
    """Draw the levers and, beside them, what comes of them."""
    on = background_runs.ground(view)
    forecast.notes(on.basis.forecast, view)
    known = books.ask("customers", background_runs.whole_company(view))
    # Side by side on a tablet too: who moves a lever wants to see what comes of it.
    left, right = st.columns([4, 9])
    panel = levers.begin(view, on)
    with left:
        with levers.place():
            levers.draw(panel, on, known)
            with st.expander(_("Money and stock")):
                said = cost_of_money.boxes()
            levers.read(panel)
            saved_scenarios.buttons(panel, view)
            if browser.is_phone():
                saved_scenarios.listed(panel, view, on)
        if not browser.is_phone():
            saved_scenarios.listed(panel, view, on)
    with right:
        if panel.scenario is None:
            st.info(_("No result: something in the levers is not right yet."))
            return
        try:
            found = background_runs.whatif(view, panel.scenario, on)
        except ScenarioError as error:
            panel.refuse(lever_form.refusal_of(error))
            st.info(_("No result: something in the levers is not right yet."))
            return
        except NotEnoughHistoryError as error:
            st.warning(escape.sentence(in_words(str(error))))
            return
        names = dict(known.select("customer_id", "customer_name").iter_rows())
        result.outcome(found, names, view)
        result.targets(found, view, known)
        result.facts(found, cost_of_money.money(view, said), on, view)
    card = blocks.card("tornado")  # across the page: beside the levers of a tablet its labels collide
    result.weeks(found, names, view)
    result.customers(found, view, known)
    with card:  # last of all: it works out a dozen scenarios
        result.tornado(found, on, view)


def compare() -> None:
    """Draw saved scenarios side by side."""
    saved_scenarios.side_by_side(view, background_runs.ground(view))


def tied_up() -> None:
    """Draw the days cash is tied up, and how much a day frees."""
    working_capital.show(view)


page.guarded({"whatif": whatif, "compare": compare, "capital": tied_up}[part])
page.tie_out(view)
