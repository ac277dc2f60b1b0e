"""VAT on bad debts: what can be reclaimed now or soon, from which day and until when, with its invoices."""

import streamlit as st

from pages.parts import books, choices, device, filters, frame, tables
from pages.parts.view import View
from reports.answers import vat_words as told
from reports.language import _


def block(view: View) -> None:
    """Draw what VAT can be reclaimed, what to know before, and the invoices it is in."""
    rows = books.ask("vat_on_bad_debts", view, days_ahead=told.DAYS_AHEAD)
    currency = view.shown_currency
    title, method = told.found(rows, currency), told.method()
    with st.container(horizontal=not device.is_phone(), horizontal_alignment="distribute", key="bar-vat"):
        frame.heading(title, method, key="vat")
        if rows.height:
            tables.downloads("vat-on-bad-debts", view, rows, title=title, method=method, key="vat")
    frame.points([device.sentence(one) for one in told.notices(rows, currency, view.as_of)], key="vat")
    parts = [code for code in told.WHICH if told.chosen(rows, code).height]
    if parts:
        code = choices.pick("rows", _("Rows"), parts, told.which) if len(parts) > 1 else parts[0]
        picked = tables.show(
            told.chosen(rows, code), view, key=f"vat-{code}", columns=told.COLUMNS, phone=told.PHONE,
            select=True, alt=title,
        )  # fmt: skip
        if picked is not None:
            with st.container(key="link-vat"):
                st.page_link(
                    "pages/customer.py", label=_("Open this customer"), icon=":material/arrow_forward:",
                    icon_position="right", query_params=filters.link(customer=picked["customer_id"]),
                )  # fmt: skip
    st.caption(device.sentence(told.limits()))
