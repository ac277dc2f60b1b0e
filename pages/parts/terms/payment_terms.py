"""Blocks of the payment terms: overview, segments, customers, one customer with its invoices and sheet."""

from functools import partial

import polars as pl
import streamlit as st

from pages.parts.context import address_bar, books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, exports, links, tables
from queries import Books
from reports import figures, language
from reports.answers.terms import segment_parts, terms, terms_sheet
from reports.answers.terms import text as terms_text
from reports.answers.terms.terms import Terms
from reports.language import _, _p
from reports.packs import file_name, sheet_bytes

_SEGMENTS = (
    "segment", "agreed_days", "applied_days", "applied_spread", "taken_days", "legal_said",
    "standing_beyond_agreed",
)  # fmt: skip
_CUSTOMERS = (
    "customer_name", "agreed_days", "applied_days", "applied_spread", "taken_days", "legal_days", "outside",
    "standing_beyond_agreed", "interest_beyond_agreed", "standing_beyond_legal",
)  # fmt: skip
_LATE = (
    "invoice_id", "invoice_date", "paid_date", "amount", "open_amount", "days_beyond_agreed",
    "standing_beyond_agreed", "interest_beyond_agreed", "days_beyond_legal", "standing_beyond_legal",
)  # fmt: skip
_ROWS = 12
_TURN = "terms-turn"


def terms_of(view: View) -> Terms:
    """Return the payment terms of a view."""
    return terms.of_rows(books.ask("payment_terms", view), books.ask("payment_terms_late", view), view.as_of)


def overview(view_terms: Terms, view: View) -> None:
    """Draw the amount beyond the terms of all customers, and which facts the legal terms lack."""
    blocks.heading(terms_text.overview(view_terms, view.display_currency), key="whole")
    if facts := terms_text.facts(view_terms, view.display_currency):
        tables.facts(facts, key="terms")
    blocks.points([escape.sentence(gap) for gap in terms_text.gaps(view_terms)], key="terms")
    st.caption(terms_text.no_advice())


def segments(view_terms: Terms, view: View) -> str | None:
    """Draw the segments and return the one picked, else the one of the filter."""
    rows = terms_text.segment_rows(view_terms)
    finding = terms_text.segments(view_terms)
    figure = figures.term_pairs(rows, theme=browser.theme(), compact=browser.is_phone())
    opens = segment_parts.of_segments(view_terms, view.display_currency)
    blocks.chart(finding, figure, name="terms-segments", view=view, key="segments", rows=rows, opens=opens)
    if rows.is_empty():
        return view.segment
    picked = tables.show(
        rows, view, key="segments", columns=_SEGMENTS, phone=("segment", "agreed_days", "taken_days"),
        select=rows.height > 1, alt=finding.title,
    )  # fmt: skip
    segment: str | None = picked["segment"] if picked is not None else view.segment
    _sheet_button(view, None, segment)
    return segment


def customers(view_terms: Terms, segment: str | None, view: View) -> None:
    """Draw the customers, most beyond their terms first; picking one opens it."""
    rows = view_terms.customers if segment is None else view_terms.customers.filter(segment=segment)
    finding = terms_text.customers(view_terms, segment)
    blocks.heading_with_export(
        finding, _sheets(view_terms, rows), view, key="customers", name="payment-terms"
    )
    # `part` is the tab of a page; here it once named the customers.
    group = url_choices.pick(
        "outside", _p("sheet", "Customers"), terms_text.GROUPS, terms_text.group_name, former_name="part"
    )
    rows = terms_text.group_rows(rows, group)
    if rows.is_empty():
        st.caption(_("Nobody here."))
        return
    picked = tables.show(
        rows, view, key=f"terms-{group}-{st.session_state.get(_TURN, 0)}", columns=_CUSTOMERS, select=True,
        page_rows=_ROWS,
        phone=("customer_name", "taken_days", "standing_beyond_agreed"),
        footer=terms_text.customers_footer(rows, view.display_currency), alt=finding.title,
    )  # fmt: skip
    if picked is not None:
        filters.remember(customer=picked["customer_id"])


def _sheets(view_terms: Terms, rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    late = view_terms.late.filter(pl.col("customer_id").is_in(rows["customer_id"].implode()))
    return {
        _p("sheet", "Customers"): rows,
        _p("sheet", "Segments"): terms_text.segment_rows(view_terms),
        _p("sheet", "Invoices"): late,
    }


def customer_terms(view_terms: Terms, customer: str, view: View) -> None:
    """Draw one customer's terms and the invoices that stood beyond them, with the way to its page."""
    rows = view_terms.customers.filter(customer_id=customer)
    if rows.is_empty():
        filters.report_missing("customer")
        return
    late = view_terms.late.filter(customer_id=customer)
    finding = terms_text.late_invoices(rows.row(0, named=True), view.display_currency)
    with st.container(border=True, key="card-opened"):
        blocks.heading(finding, key="opened")
        if late.height:
            tables.show(
                late, view, key="late", columns=_LATE, alt=finding.title,
                phone=("invoice_id", "days_beyond_agreed", "standing_beyond_agreed"),
            )  # fmt: skip
        else:
            st.caption(_("None of its invoices stood beyond a term in these 365 days."))
        with st.container(horizontal=True, vertical_alignment="center", key="link-opened"):
            links.customer(customer)
            st.button(_p("button", "Close"), icon=":material/close:", key="close-opened", on_click=_close)
            exports.downloads(
                f"{customer}-terms", view, late, title=finding.title, method=finding.method, key="late"
            )
            _sheet_button(view, customer, None)


def _close() -> None:
    # A new table key: a row that stays picked would open the customer again.
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    address_bar.write_now(customer=None)


def _sheet_button(view: View, customer: str | None, segment: str | None) -> None:
    """Draw the button of the terms sheet; its figures are queried when it is pressed."""
    subject = customer if customer is not None else language.segment(segment) if segment is not None else ""
    st.download_button(
        _("Terms sheet"),
        partial(_sheet_file, view, customer, segment, books.books(), language.current()),
        file_name=file_name(_p("file", "terms-sheet"), subject, view.as_of.isoformat(), ending="html"),
        mime="text/html",
        icon=":material/print:",
        key=f"sheet-{'customer' if customer is not None else 'segment'}",
        on_click="ignore",
        help=_("One page to print for sales and customer service: what is agreed and what to promise"),
    )


def _sheet_file(
    view: View, customer: str | None, segment: str | None, opened_books: Books, spoken: str
) -> bytes:
    # Runs when the button is pressed, on another thread, which does not know the language yet.
    language.use(spoken)
    return sheet_bytes(
        terms_sheet.gather(
            opened_books, view.as_of, customer=customer, of_segment=segment, known_on=view.known_on,
            currency=view.currency, entity=view.entity, display_currency=view.display_currency,
        )
    )  # fmt: skip
