"""The PDFs of a picked invoice, to be saved."""

from functools import partial

import streamlit as st

from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.widgets import escape
from reports.language import _
from reports.packs.invoice_pdfs import InvoicePdf, pdfs_of

_MOST = 10


def buttons(view: View, customer: str, invoice: str, *, place: str) -> None:
    """Draw a button per PDF that is kept for an invoice; nothing if there is none.

    Args:
        view: day and filters.
        customer: number of the customer.
        invoice: number of the invoice.
        place: of the buttons, which no other has on the screen.
    """
    rows = books.ask("attachments", view, customer=customer)
    of_invoice = rows.filter(invoice_id=invoice)
    pdfs = pdfs_of(books.books(), of_invoice, [invoice])
    for position, (pdf, called) in enumerate(zip(pdfs, of_invoice["file_name"], strict=True)):
        if position == _MOST:
            break
        st.download_button(
            _("PDF: {file}", file=escape.plain(called)), partial(_content, pdf),
            file_name=pdf.name, mime="application/pdf", icon=":material/picture_as_pdf:",
            key=f"pdf-{place}-{position}", on_click="ignore",
        )  # fmt: skip


def _content(pdf: InvoicePdf) -> bytes:
    return pdf.content() or b""
