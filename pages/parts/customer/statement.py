"""The statement of account of a customer: the choice of the first day, the bookings, the export."""

from datetime import date

from pages.parts.context import books, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, tables
from reports.answers.customer import statement_text
from reports.answers.shared.finding import Finding
from reports.language import _

# The export holds the payment's number and the due date too.
_COLUMNS = ("day", "kind", "document_id", "invoiced", "credited", "paid", "balance", "discount", "other")
_PHONE = ("day", "kind", "balance")
_ROWS = 30


def block(view: View, customer: str, name: str) -> None:
    """Draw the statement from a chosen day to the day of the view, with its export.

    Args:
        view: day, currency and administration.
        customer: its id.
        name: of the customer, for the title of the export.
    """
    first = url_choices.day(
        "since",
        _("First day of the statement"),
        date(view.as_of.year, 1, 1),
        date(1990, 1, 1),
        view.as_of,
    )
    rows = books.ask("statement_of_account", view, customer=customer, **{"from": first})
    finding = statement_text.statement(rows, first, view.as_of, view.display_currency)
    blocks.heading_with_export(
        finding, rows, view, key="rows", name=f"{customer}-statement",
        export_words=Finding(f"{name}: {finding.title}", finding.method),
    )  # fmt: skip
    tables.show(
        rows, view, key="rows-statement", columns=_COLUMNS, phone=_PHONE, page_rows=_ROWS, alt=finding.title
    )  # fmt: skip
