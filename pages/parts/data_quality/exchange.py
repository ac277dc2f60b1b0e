"""The exchange differences of foreign currencies, where the books hold any."""

from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.widgets import blocks
from reports.answers.data_quality import exchange


def differences(view: View) -> None:
    """Draw what each foreign currency brought and is worth; nothing where there is none."""
    rows = books.ask("exchange_differences", view)
    if rows.is_empty():
        return
    blocks.table(
        exchange.differences(rows, view.reporting_currency), rows, view,
        key="exchange", name="exchange-differences", phone=exchange.PHONE,
    )  # fmt: skip
