"""Worklist: the customers to contact today, and beside them one with its reasons, reminder and forms."""

import streamlit as st

from pages.parts.arrangements import arrangement_form
from pages.parts.shell import page
from pages.parts.widgets import blocks, links
from pages.parts.worklist import open_customer, worklist
from reports.language import _, _p

view = page.begin(__file__, _p("page", "Worklist"))


def draw() -> None:
    """Draw the list at the left, the open customer at the right, and the invoices that wait."""
    day_list = worklist.worklist_of(view)
    rows = worklist.heading(day_list, view)
    notice = st.container()
    left, right = blocks.pair("worklist", 4, 3)
    with left:
        opened = worklist.lines(day_list, rows, view)
    if opened is not None:
        with right:
            open_customer.customer(day_list, opened, view)
    with notice:  # of a customer that left the list with it
        arrangement_form.show_notice()
    worklist.waits(day_list, view)
    links.settings("steps", _("Steps and costs of the follow-up"))


page.guard(draw)
page.tie_out(view)
