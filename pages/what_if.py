"""What-if: what other terms, a discount or a late payer do to cash, and what working capital ties up."""

import streamlit as st

from data.errors import NotEnoughHistoryError, ScenarioError
from pages.parts import assumed, books, capital, cash_ahead, choices, device, frame, levers, runs, saved
from pages.parts import whatif_blocks as blocks
from reports.answers import lever_fields
from reports.language import _
from reports.sentences import in_words

view = frame.begin(__file__, _("What-if"))
part = choices.pick("part", _("Part of the screen"), capital.PARTS, capital.part_name)


def whatif() -> None:
    """Draw the levers and, beside them, what comes of them."""
    on = runs.ground(view)
    cash_ahead.notes(on.basis.forecast, view)
    known = books.ask("customers", runs.whole(view))
    # Side by side on a tablet too: who moves a lever wants to see what comes of it.
    left, right = st.columns([4, 9])
    panel = levers.begin(view, on)
    with left:
        with levers.place():
            levers.draw(panel, on, known)
            with st.expander(_("Money and stock")):
                said = assumed.boxes()
            levers.read(panel)
            saved.buttons(panel, view)
            if device.is_phone():
                saved.listed(panel, view, on)
        if not device.is_phone():
            saved.listed(panel, view, on)
    with right:
        if panel.scenario is None:
            st.info(_("No result: something in the levers is not right yet."))
            return
        try:
            found = runs.whatif(view, panel.scenario, on)
        except ScenarioError as error:
            panel.refuse(lever_fields.refusal_of(error))
            st.info(_("No result: something in the levers is not right yet."))
            return
        except NotEnoughHistoryError as error:
            st.warning(device.sentence(in_words(str(error))))
            return
        names = dict(known.select("customer_id", "customer_name").iter_rows())
        blocks.outcome(found, names, view)
        blocks.targets(found, view, known)
        blocks.facts(found, assumed.money(view, said), on, view)
        card = frame.card("tornado")
    blocks.weeks(found, names, view)
    blocks.customers(found, view, known)
    with card:  # last of all: it works out a dozen scenarios
        blocks.tornado(found, on, view)


def compare() -> None:
    """Draw saved scenarios side by side."""
    saved.side_by_side(view, runs.ground(view))


def tied_up() -> None:
    """Draw the days cash is tied up, and how much a day frees."""
    capital.show(view)


frame.guarded({"whatif": whatif, "compare": compare, "capital": tied_up}[part])
frame.tie_out(view)
