"""Documents of one customer without an exchange rate: listed, because no figure of the page holds them."""

from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.shell import notices
from pages.parts.widgets import blocks, escape
from reports.answers.customer import text as customer_text
from reports.answers.data_quality import without_rate as without_rate_answers
from reports.answers.data_quality.without_rate import Unconverted
from reports.language import _

_COLUMNS = ("invoice_id", "invoice_date", "due_date", "days_overdue", "amount", "open_amount")


def documents(view: View, customer: str) -> None:
    """Draw the amounts without a rate per currency, and list their documents in their own amounts."""
    bookings = without_rate_answers.bookings(books.ask("customer_ledger", view, customer=customer))
    if bookings.is_empty():
        return
    items = books.ask("open_items", view, customer=customer)
    for currency in books.ask("filter_values", view).filter(kind="currency")["value"]:
        own = view.in_currency(currency)
        unconverted = without_rate_answers.in_currency(
            bookings,
            books.ask("customer_ledger", own, customer=customer),
            books.ask("open_items", own, customer=customer),
            items,
        )
        if unconverted.amount or unconverted.documents.height:
            _currency(unconverted, own)


def _currency(unconverted: Unconverted, own: View) -> None:
    key = f"unconverted-{own.display_currency}"
    notices.write(
        escape.plain(customer_text.without_rate(unconverted.amount, own.display_currency)),
        key=key,
        icon="currency_exchange",
        link="data",
        label=_("Load exchange rates"),
        part="upload",
    )
    if unconverted.documents.is_empty():
        return
    blocks.table(
        customer_text.documents_without_rate(own.display_currency),
        unconverted.documents,
        own,
        key=key,
        name=f"open-{own.display_currency}",
        columns=_COLUMNS,
        phone=("invoice_id", "open_amount", "days_overdue"),
    )
