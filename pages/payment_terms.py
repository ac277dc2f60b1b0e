"""Payment terms: agreed, applied, taken and legal days, what stands beyond them, and VAT on bad debts."""

from pages.parts.context import filters
from pages.parts.shell import page
from pages.parts.terms import payment_terms, vat
from pages.parts.widgets import blocks
from reports.language import _

view = page.begin(__file__, _("Payment terms"))


def drawn() -> None:
    """Draw the segments with what is not known, the customers, one of them opened, and the VAT."""
    found = payment_terms.asked(view)
    left, right = blocks.pair("terms", 2, 1)
    with left, blocks.card("segments"):
        segment = payment_terms.segments(found, view)
    with right, blocks.card("whole"):
        payment_terms.whole(found, view)
    payment_terms.customers(found, segment, view)
    customer = filters.parameter("customer")
    if customer is not None:
        payment_terms.opened(found, customer, view)
    with blocks.card("vat"):
        vat.block(view)


page.guarded(drawn)
page.tie_out(view)
