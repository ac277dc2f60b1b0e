"""Early warning: money at risk per customer with its reasons, and how often each rule is right."""

from pages.parts.context import filters
from pages.parts.shell import page
from pages.parts.warnings import warnings
from pages.parts.widgets import blocks
from reports.language import _

view = page.begin(__file__, _("Early warning"))


def draw() -> None:
    """Draw the customer in the address, the customers with a warning, the map, the rules and the mutes."""
    view_warnings = warnings.warnings_of(view)
    customer = filters.parameter("customer")
    if customer is not None:
        warnings.customer_signals(view_warnings, customer, view)
    left, right = blocks.pair("early", 3, 2)
    with left, blocks.card("warned"):
        warnings.customers(view_warnings, view)
    with right, blocks.card("map"):
        warnings.level_and_shift(view_warnings, view)
        warnings.rules(view_warnings, view)
    warnings.mutes(view_warnings, view)


page.guard(draw)
page.tie_out(view)
