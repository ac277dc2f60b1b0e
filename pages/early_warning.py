"""Early warning: which customers are new or worse since last week, why, and how often the rules are right."""

import streamlit as st

from pages.parts.shell import page
from pages.parts.warnings import customer_list, warnings
from pages.parts.widgets import blocks
from reports.language import _

view = page.begin(__file__, _("Early warning"))


def draw() -> None:
    """Draw the customers with a warning, the map, the rules and the mutes."""
    view_warnings = warnings.warnings_of(view)
    if view_warnings.customers.is_empty():
        listed = st.container()
        left, right = blocks.pair("quiet")
    else:
        listed, left = blocks.pair("early", 2, 1)
        right = left
    with listed, blocks.card("warned"):
        customer_list.customers(view_warnings, view)
    with left, st.container(border=True, key="card-map"):
        warnings.level_and_shift(view_warnings, view)
    with right, st.container(border=True, key="card-rules"):
        warnings.rules(view_warnings, view)
    warnings.mutes(view_warnings, view)


page.guard(draw)
page.tie_out(view)
