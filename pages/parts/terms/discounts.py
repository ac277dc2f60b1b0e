"""Early-payment discounts: per customer how often they were taken, and what they cost."""

from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.widgets import blocks
from reports.answers.terms import discount_text


def block(view: View) -> None:
    """Draw uptake and cost of the discounts of a year per customer; only the words without any."""
    rows = books.ask("discounts", view)
    finding = discount_text.discounts(rows, view.display_currency)
    if rows.is_empty():
        blocks.heading(finding, key="discounts")
        return
    blocks.table(
        finding,
        rows,
        view,
        key="discounts",
        name="discounts",
        columns=discount_text.COLUMNS,
        phone=discount_text.PHONE,
    )
