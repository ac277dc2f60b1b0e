"""Early warning: whose money is at risk and why, who became later, how often each rule is right."""

from pages.parts.context import filters
from pages.parts.shell import page
from pages.parts.warnings import warnings
from pages.parts.widgets import blocks
from reports.language import _

view = page.begin(__file__, _("Early warning"))


def warned() -> None:
    """Draw the customers warned of, one of them opened, the map and the rules."""
    found, named = warnings.asked(view)
    customer = filters.parameter("customer")
    if customer is not None:
        warnings.opened(named, customer, view)
    left, right = blocks.pair("early", 3, 2)
    with left, blocks.card("warned"):
        warnings.customers(found, named, view)
    with right, blocks.card("map"):
        warnings.level_and_shift(named, view)
        warnings.rules(named, view)
    warnings.muted(named, view)


page.guarded(warned)
page.tie_out(view)
