"""Customer: open amounts, payment behaviour, events and claim of one customer; and the search."""

from pages.parts.context import filters
from pages.parts.customer import customer as customer_blocks
from pages.parts.shell import page
from reports.language import _p

view = page.begin(__file__, _p("page", "Customer"))

customer = filters.parameter("customer")
if customer is None:
    customer_blocks.search(view)
else:
    customer_blocks.profile(view, customer)

page.tie_out(view)
