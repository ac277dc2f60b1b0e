"""Payment practices: how soon customers pay us, and we pay suppliers."""

from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.widgets import blocks
from reports.answers.terms import practices_text


def block(view: View) -> None:
    """Draw the shares paid within 30, 31 to 60 and over 60 days, of both sides."""
    rows = books.ask("payment_practices", view)
    blocks.table(
        practices_text.practices(rows),
        rows,
        view,
        key="practices",
        name="payment-practices",
        columns=practices_text.COLUMNS,
        phone=practices_text.PHONE,
    )
