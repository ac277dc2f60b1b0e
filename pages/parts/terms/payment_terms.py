"""Blocks of the payment terms: everybody, segments, customers, one opened with its invoices and its sheet."""

from functools import partial

import polars as pl
import streamlit as st

from pages.parts.context import address_bar, books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, tables
from queries import Books
from reports import figures, language
from reports.answers.terms import terms, terms_sheet
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


def asked(view: View) -> Terms:
    """Return the payment terms of a view."""
    return terms.of_rows(books.ask("payment_terms", view), books.ask("payment_terms_late", view), view.as_of)


def whole(found: Terms, view: View) -> None:
    """Draw what stands beyond the terms together, and what the legal terms rest on."""
    blocks.heading(terms_text.found(found, view.shown_currency), terms_text.method(found), key="whole")
    if facts := terms_text.facts(found, view.shown_currency):
        tables.facts(facts, key="terms")
    blocks.points([escape.sentence(one) for one in terms_text.not_known(found)], key="terms")
    st.caption(terms_text.no_advice())


def segments(found: Terms, view: View) -> str | None:
    """Draw the segments and return the one picked, else the one of the filter."""
    rows = terms_text.segment_rows(found)
    title, method = terms_text.segments_found(found), terms_text.segments_method()
    blocks.heading(escape.plain(title), method, key="segments")
    figure = figures.term_pairs(rows, theme=browser.theme(), compact=browser.is_phone())
    blocks.figure(
        figure, name="terms-segments", finding=title, view=view, key="segments", rows=rows, method=method
    )
    if rows.is_empty():
        return view.segment
    picked = tables.show(
        rows, view, key="segments", columns=_SEGMENTS, phone=("segment", "agreed_days", "taken_days"),
        select=rows.height > 1, alt=title,
    )  # fmt: skip
    chosen: str | None = picked["segment"] if picked is not None else view.segment
    with st.container(horizontal=True):
        tables.downloads("terms-segments", view, rows, title=title, method=method, key="segments-rows")
        _sheet(view, None, chosen)
    return chosen


def customers(found: Terms, segment: str | None, view: View) -> None:
    """Draw the customers, most beyond their terms first; picking one opens it."""
    rows = found.customers if segment is None else found.customers.filter(segment=segment)
    title, method = terms_text.customers_found(found, segment), terms_text.customers_method(view.as_of)
    with st.container(horizontal=not browser.is_phone(), horizontal_alignment="distribute", key="bar-terms"):
        blocks.heading(escape.plain(title), method, key="customers")
        tables.downloads("payment-terms", view, _sheets(found, rows), title=title, method=method, key="terms")
    code = url_choices.pick("part", _p("sheet", "Customers"), terms_text.WHO, terms_text.who)
    rows = terms_text.chosen(rows, code)
    if rows.is_empty():
        st.caption(_("Nobody here."))
        return
    picked = tables.show(
        rows, view, key=f"terms-{code}-{st.session_state.get(_TURN, 0)}", columns=_CUSTOMERS, select=True,
        rows=_ROWS,
        phone=("customer_name", "taken_days", "standing_beyond_agreed"),
        footer=terms_text.customers_footer(rows, view.shown_currency), alt=title,
    )  # fmt: skip
    if picked is not None:
        filters.remember(customer=picked["customer_id"])


def _sheets(found: Terms, rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    late = found.late.filter(pl.col("customer_id").is_in(rows["customer_id"].implode()))
    return {
        _p("sheet", "Customers"): rows,
        _p("sheet", "Segments"): terms_text.segment_rows(found),
        _p("sheet", "Invoices"): late,
    }


def opened(found: Terms, customer: str, view: View) -> None:
    """Draw one customer's terms and the invoices that stood beyond them, with the way to its page."""
    rows = found.customers.filter(customer_id=customer)
    if rows.is_empty():
        filters.not_there("customer")
        return
    row, late = rows.row(0, named=True), found.late.filter(customer_id=customer)
    title, method = terms_text.late_found(row, view.shown_currency), terms_text.late_method(row)
    with st.container(border=True, key="card-opened"):
        blocks.heading(escape.plain(title), escape.plain(method), key="opened")
        if late.height:
            tables.show(
                late, view, key="late", columns=_LATE, alt=title,
                phone=("invoice_id", "days_beyond_agreed", "standing_beyond_agreed"),
            )  # fmt: skip
        else:
            st.caption(_("None of its invoices stood beyond a term in these 365 days."))
        with st.container(horizontal=True, vertical_alignment="center", key="link-opened"):
            st.page_link(
                "pages/customer.py", label=_("Open this customer"), icon=":material/arrow_forward:",
                icon_position="right", query_params=filters.link(customer=customer),
            )  # fmt: skip
            st.button(_p("button", "Close"), icon=":material/close:", key="close-opened", on_click=_close)
            tables.downloads(f"{customer}-terms", view, late, title=title, method=method, key="late")
            _sheet(view, customer, None)


def _close() -> None:
    # Another table: a row that stays picked would open the customer again.
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    address_bar.write_now(customer=None)


def _sheet(view: View, customer: str | None, segment: str | None) -> None:
    """Draw the button of the terms sheet; what stands on it is asked for when it is pressed."""
    whose = customer if customer is not None else language.segment(segment) if segment is not None else ""
    st.download_button(
        _("Terms sheet"),
        partial(_made, view, customer, segment, books.books(), language.current()),
        file_name=file_name(_p("file", "terms-sheet"), whose, view.as_of.isoformat(), ending="html"),
        mime="text/html",
        icon=":material/print:",
        key=f"sheet-{'customer' if customer is not None else 'segment'}",
        on_click="ignore",
        help=_("One page to print for sales and customer service: what is agreed and what to promise"),
    )


def _made(view: View, customer: str | None, segment: str | None, opened_books: Books, spoken: str) -> bytes:
    # Runs when the button is pressed, on another thread, which does not know the language yet.
    language.use(spoken)
    return sheet_bytes(
        terms_sheet.gather(
            opened_books, view.as_of, customer=customer, of_segment=segment, known_on=view.known_on,
            currency=view.currency, entity=view.entity, shown_currency=view.shown_currency,
        )
    )  # fmt: skip
