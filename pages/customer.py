"""Customer: what one owes, how it pays and since when, and everything that happened."""

from pages.parts import filters, frame, people
from reports.language import _

view = frame.begin(__file__, _("Customer"))

customer = filters.parameter("customer")
if customer is None:
    people.found(view)
else:
    people.opened(view, customer)

frame.tie_out(view)
