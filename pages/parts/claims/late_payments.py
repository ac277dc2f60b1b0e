"""The interest and compensation on invoices of one customer that were paid late, behind a switch."""

import streamlit as st

from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.widgets import blocks, tables
from reports.answers.claims import late_payment_text


def block(view: View, customer: str) -> None:
    """Draw the switch, and if it is on what can be claimed on late payments."""
    if not st.toggle(late_payment_text.switch(), key="late-payments"):
        return
    rows = books.ask("late_payment_claims", view, customer=customer)
    finding = late_payment_text.late_payments(rows, view.display_currency)
    with st.container(border=True, key="card-late-payments"):
        name = f"{customer}-late-payments" if rows.height else ""
        blocks.heading_with_export(finding, rows, view, key="late-payments", name=name)
        if rows.height:
            tables.show(
                rows,
                view,
                key="late-payments-rows",
                columns=late_payment_text.COLUMNS,
                phone=late_payment_text.PHONE,
                alt=finding.title,
            )
