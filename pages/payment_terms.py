"""Payment terms: agreed, applied, taken and legal days, what stands beyond them, and VAT on bad debts."""

from pages.parts import filters, frame, terms, vat
from reports.language import _

view = frame.begin(__file__, _("Payment terms"))


def drawn() -> None:
    """Draw the segments with what is not known, the customers, one of them opened, and the VAT."""
    found = terms.asked(view)
    left, right = frame.pair("terms", 2, 1)
    with left, frame.card("segments"):
        segment = terms.segments(found, view)
    with right, frame.card("whole"):
        terms.whole(found, view)
    terms.customers(found, segment, view)
    customer = filters.parameter("customer")
    if customer is not None:
        terms.opened(found, customer, view)
    with frame.card("vat"):
        vat.block(view)


frame.guarded(drawn)
frame.tie_out(view)
