"""VAT on bad debts: amounts that can be reclaimed now or soon, with their period and invoices."""

import streamlit as st

from pages.parts.context import books, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, links, tables
from reports.answers.terms import vat_text
from reports.language import _p


def block(view: View) -> None:
    """Draw the VAT that can be reclaimed, what to know before, and its invoices."""
    rows = books.ask("vat_on_bad_debts", view, days_ahead=vat_text.DAYS_AHEAD)
    currency = view.display_currency
    finding = vat_text.vat(rows, currency)
    name = "vat-on-bad-debts" if rows.height else ""
    blocks.heading_with_export(finding, rows, view, key="vat", name=name)
    notices = vat_text.notices(rows, currency, view.as_of)
    blocks.points([escape.sentence(notice) for notice in notices], key="vat")
    groups = [code for code in vat_text.GROUPS if vat_text.group_rows(rows, code).height]
    if groups:
        group = groups[0]
        if len(groups) > 1:
            group = url_choices.pick("rows", _p("field", "Rows"), groups, vat_text.group_name)
        picked = tables.show(
            vat_text.group_rows(rows, group),
            view,
            key=f"vat-{group}",
            columns=vat_text.COLUMNS,
            phone=vat_text.PHONE,
            select=True,
            alt=finding.title,
        )
        if picked is not None:
            with st.container(key="link-vat"):
                links.customer(picked["customer_id"])
    st.caption(escape.sentence(vat_text.limits()))
