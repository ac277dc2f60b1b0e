"""VAT on bad debts: what can be reclaimed now or soon, from which day and until when, with its invoices."""

import streamlit as st

from pages.parts.context import books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, tables
from reports.answers.terms import vat_text
from reports.language import _, _p


def block(view: View) -> None:
    """Draw what VAT can be reclaimed, what to know before, and the invoices it is in."""
    rows = books.ask("vat_on_bad_debts", view, days_ahead=vat_text.DAYS_AHEAD)
    currency = view.shown_currency
    title, method = vat_text.found(rows, currency), vat_text.method()
    with st.container(horizontal=not browser.is_phone(), horizontal_alignment="distribute", key="bar-vat"):
        blocks.heading(title, method, key="vat")
        if rows.height:
            tables.downloads("vat-on-bad-debts", view, rows, title=title, method=method, key="vat")
    blocks.points([escape.sentence(one) for one in vat_text.notices(rows, currency, view.as_of)], key="vat")
    parts = [code for code in vat_text.WHICH if vat_text.chosen(rows, code).height]
    if parts:
        code = (
            url_choices.pick("rows", _p("field", "Rows"), parts, vat_text.which)
            if len(parts) > 1
            else parts[0]
        )
        picked = tables.show(
            vat_text.chosen(rows, code),
            view,
            key=f"vat-{code}",
            columns=vat_text.COLUMNS,
            phone=vat_text.PHONE,
            select=True,
            alt=title,
        )
        if picked is not None:
            with st.container(key="link-vat"):
                st.page_link(
                    "pages/customer.py", label=_("Open this customer"), icon=":material/arrow_forward:",
                    icon_position="right", query_params=filters.link(customer=picked["customer_id"]),
                )  # fmt: skip
    st.caption(escape.sentence(vat_text.limits()))
