"""Bank: entries of the bank applied to invoices, proposed, unmatched; statements with their check."""

from pages.parts.bank import bank
from pages.parts.shell import page
from reports.language import _p

view = page.begin(__file__, _p("page", "Bank"), drawn=("as_of", "currency", "more"))

page.guard(lambda: bank.screen(view))
page.tie_out(view)
