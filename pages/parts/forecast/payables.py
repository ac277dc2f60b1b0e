"""Ageing of payables: what is left of supplier bills, by supplier."""

from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.widgets import blocks
from reports.answers.ageing.text import with_bucket_names
from reports.answers.forecast.plan import payables_text
from reports.formats import LIMITS

_ROWS = 15


def ageing(view: View) -> None:
    """Draw what is left to pay per supplier, by age."""
    rows = books.ask("payables_ageing", view, limits=list(LIMITS), basis="due")
    blocks.table(
        payables_text.payables(rows, view.display_currency),
        with_bucket_names(rows),
        view,
        sheet=rows,
        key="payables",
        name="payables",
        empty="",
        phone=payables_text.PHONE,
        page_rows=_ROWS,
    )
