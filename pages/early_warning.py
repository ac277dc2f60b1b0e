"""Early warning: whose money is at risk and why, who became later, how often each rule is right."""

from pages.parts import early, filters, frame
from reports.language import _

view = frame.begin(__file__, _("Early warning"))


def warned() -> None:
    """Draw the customers warned of, one of them opened, the map and the rules."""
    found, named = early.asked(view)
    customer = filters.parameter("customer")
    if customer is not None:
        early.opened(named, customer, view)
    left, right = frame.pair("early", 3, 2)
    with left, frame.card("warned"):
        early.customers(found, named, view)
    with right, frame.card("map"):
        early.level_and_shift(named, view)
        early.rules(named, view)
    early.muted(named, view)


frame.guarded(warned)
frame.tie_out(view)
