"""Payment terms: agreed, applied, taken and legal days, amounts beyond them, and VAT on bad debts."""

from pages.parts.context import filters
from pages.parts.shell import page
from pages.parts.terms import discounts, payment_terms, practices, vat
from pages.parts.widgets import blocks
from reports.language import _

view = page.begin(__file__, _("Payment terms"))


def draw() -> None:
    """Draw segments, overview, customers, the customer in the address, and the VAT."""
    terms = payment_terms.terms_of(view)
    left, right = blocks.pair("terms", 2, 1)
    with left, blocks.card("segments"):
        segment = payment_terms.segments(terms, view)
    with right, blocks.card("whole"):
        payment_terms.overview(terms, view)
    payment_terms.customers(terms, segment, view)
    customer = filters.parameter("customer")
    if customer is not None:
        payment_terms.customer_terms(terms, customer, view)
    with blocks.card("discounts"):
        discounts.block(view)
    with blocks.card("practices"):
        practices.block(view)
    with blocks.card("vat"):
        vat.block(view)


page.guard(draw)
page.tie_out(view)
