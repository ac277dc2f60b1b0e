"""Blocks about one customer: master data, payment behaviour, events, open documents; and the search."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts.arrangements import arrangement_form
from pages.parts.claims import agency_cases, claim, late_payments
from pages.parts.contacts.contact_form import contact_form, timeline_contact
from pages.parts.contacts.details_form import contact_details
from pages.parts.context import address_bar, books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.customer import invoice_pdfs, statement, without_rate
from pages.parts.shell import page
from pages.parts.widgets import blocks, escape, links, tables, text_tables
from reports import figures
from reports.answers.ageing import text as ageing_text
from reports.answers.customer import behaviour_text, change_point, payment_rows
from reports.answers.customer import text as customer_text
from reports.answers.shared import comparison
from reports.answers.shared.finding import Finding
from reports.language import _, _p

_MOST_DOTS = 250
_ROWS = 15
_PICKED = ("open", "timeline", "contacts")  # tables of which a row opens
_LIST = ("customer_name", "overdue_amount", "open_amount")
# Behind what was open on the day of the comparison.
_LIST_END = (
    "open_invoices", "oldest_days_overdue", "segment", "customer_id", "credit_limit", "last_payment_date",
)  # fmt: skip
_COMPARED = ("open_amount", "overdue_amount", "owed_amount", "open_invoices", "oldest_days_overdue")
_COLUMNS: dict[str, tuple[str, ...] | None] = {
    "open": None,
    "ledger": None,
    "timeline": ("event_date", "event", "document_id", "detail", "person", "outcome", "note", "amount"),
    "promises": ("event_date", "event", "document_id", "detail", "amount"),
    "contacts": ("event_date", "document_id", "detail", "person", "outcome", "note"),
    "set_offs": ("invoice_id", "due_date", "credit", "credit_id", "set_off_date", "amount"),
    "disputes": ("invoice_id", "opened_date", "closed_date", "reason", "days_open", "amount"),
}
_PHONE = {
    "open": ("invoice_id", "open_amount", "days_overdue"),
    "ledger": ("post_date", "amount", "balance"),
    "timeline": ("event_date", "event", "document_id"),
    "promises": ("event_date", "event", "amount"),
    "contacts": ("event_date", "detail"),
    "set_offs": ("invoice_id", "credit_id", "amount"),
    "disputes": ("invoice_id", "amount", "days_open"),
}


def panel(view: View, customer: str, invoice: str | None = None) -> None:
    """Draw a customer beside a table: how to reach it, events, days late; with the way to its page.

    Args:
        view: day and filters; the whole customer is shown.
        customer: number of the customer.
        invoice: the picked one, whose events are shown; None: the latest events of the customer.
    """
    view = view.whole_customer()
    row = _row(view, customer)
    if row is None:
        filters.report_missing("customer")
        return
    with blocks.card("panel"):
        left, right = blocks.pair("panel", 3, 2)
        with left:
            summary = customer_text.summary(row, view.display_currency)
            blocks.heading(Finding(row["customer_name"], summary), key="panel")
            contact_details(row, view, place="panel")
            contact_form(customer, view, place="panel", person=row["contact_name"])
            latest_events(view, customer, invoice)
            links.customer(customer)
        with right:
            payment_behaviour(view, row, key="panel-pays")


def latest_events(view: View, customer: str, invoice: str | None = None) -> None:
    """Draw the latest events of a customer, or those of one of its invoices; a payment is negative."""
    timeline = books.ask("timeline", view, customer=customer)
    if invoice is not None:
        timeline = timeline.filter(document_id=invoice)
        blocks.heading(customer_text.events_of(invoice), key="panel-events")
        invoice_pdfs.buttons(view, customer, invoice, place="panel")
    text_tables.table(customer_text.latest_events(timeline), view, key="panel-events")


def payment_behaviour(view: View, row: dict[str, Any], *, key: str, height: int | None = None) -> None:
    """Draw days late per payment with the level before and since a change."""
    payments = books.ask("payment_behaviour", view, customer=row["customer_id"]).tail(_MOST_DOTS)
    since = change_point.change_day(payments)
    levels = change_point.levels(payments, since)
    still_open = _still_open(view, row["customer_id"])
    figure = figures.days_late(
        payments, theme=browser.theme(), step=since, compact=browser.is_phone(), still_open=still_open
    )
    figure.update_layout(height=height or figure.layout.height)
    finding = behaviour_text.behaviour(payments, row["days_to_pay"], since, levels, still_open)
    opens = payment_rows.of_payments(
        payments, still_open, row["customer_id"], books.source(view.whole_customer())
    )
    blocks.chart(finding, figure, name="days-late", view=view, key=key, rows=payments, opens=opens)


def _still_open(view: View, customer: str) -> pl.DataFrame:
    """Return the overdue invoices of a customer, as hollow dots on the as-of day."""
    items = books.ask("open_items", view.whole_customer(), customer=customer)
    overdue = items.filter(
        (pl.col("invoice_type") == "invoice") & (pl.col("owed_amount") > 0) & (pl.col("days_overdue") > 0)
    )
    return overdue.select("invoice_id", "days_overdue", as_of=pl.lit(view.as_of))


def search(view: View) -> None:
    """Draw the search and the customers that match, the largest overdue first; picking one opens it."""
    if "customer-search" not in st.session_state:
        st.session_state["customer-search"] = filters.parameter("search") or ""
    query = st.text_input(
        _("Search a customer"),
        key="customer-search",
        placeholder=_("Name or number"),
        icon=":material/search:",
        live=True,
        width=360,
        label_visibility="collapsed",
    )
    filters.remember(search=query or None)
    day = view.compare_day
    rows = comparison.side_by_side(
        books.ask("customers", view, search=query or None),
        books.ask_then("customers", view, search=query or None),
        ["customer_id"],
        _COMPARED,
        day,
    )
    finding = customer_text.customers(rows, query or "", view.display_currency)
    export_words = customer_text.customers_export(rows, query or "", view.display_currency)
    if rows.is_empty():
        blocks.heading_with_export(
            finding, rows, view, key="customers", name="customers", export_words=export_words
        )
        page.nothing_here(_("No customer is called that."), link="customer", label=_("Show all customers"))
        return
    headings = comparison.table_headings("open_amount", day)
    picked = blocks.table(
        finding,
        rows,
        view,
        key="customers",
        name="customers",
        export_words=export_words,
        columns=[*_LIST, *headings, *_LIST_END],
        headings=headings,
        phone=("customer_name", "overdue_amount", "open_amount"),
        select=True,
        page_rows=_ROWS,
        footer=customer_text.customers_footer(rows, view.display_currency),
    )
    if picked is not None:
        filters.remember(customer=picked["customer_id"], search=None)
        address_bar.write_and_rerun()


def profile(view: View, customer: str) -> None:
    """Draw the page of a customer: the whole customer, whichever segment the filters name."""
    segment, view = view.segment, view.whole_customer()
    row = _row(view, customer)
    if row is None:
        page.nothing_here(
            _("There is no customer {number} in the books.", number=escape.plain(customer)),
            link="customer",
            label=_("Show all customers"),
        )
        return
    currency = view.display_currency
    with st.container(key="link-back"):
        st.page_link(
            "pages/customer.py",
            label=_("All customers"),
            icon=":material/arrow_back:",
            query_params=filters.link(),
        )
    page.rename(row["customer_name"])
    with st.container(horizontal=True, vertical_alignment="center", key="who"):
        if row["segment"]:
            st.badge(escape.plain(row["segment"]), color="gray")
        if row["credit_limit"] is not None:
            st.badge(escape.plain(customer_text.limit_badge(row, currency)), color="gray")
        st.caption(escape.plain(customer_text.summary(row, currency)))
    contact_details(row, view, place="customer")
    contact_form(customer, view, place="customer", person=row["contact_name"])
    if segment is not None and segment != row["segment"]:
        st.caption(
            _(
                "This is the whole customer; the filter on segment {segment} does not count here.",
                segment=escape.plain(segment),
            )
        )
    if over := customer_text.breach(row, currency):
        st.warning(escape.plain(over), icon=":material/credit_card_off:")
    _amounts(row, currency)
    without_rate.documents(view, customer)
    left, right = blocks.pair("customer", 3, 2)
    with left, blocks.card("pays"):
        payment_behaviour(view, row, key="pays", height=320)
    with right, blocks.card("facts"):
        _facts(view, row)
    _tables(view, customer, row)
    claim.block(view, customer)
    late_payments.block(view, customer)
    agency_cases.block(view, customer)


def _amounts(row: dict[str, Any], currency: str) -> None:
    grid = st.grid(2 if browser.is_phone() else 4, min_column_width=130)
    for amount in customer_text.amounts(row, currency):
        with grid.cell(), st.container(border=True, key=f"tile-{amount.key}", gap="xxsmall"):
            st.metric(amount.label, amount.value, help=None if browser.is_phone() else amount.method)
            st.page_link(
                "pages/customer.py",
                label=_p("link", "Rows"),
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params=filters.link(customer=row["customer_id"], rows=amount.rows),
            )


def _facts(view: View, row: dict[str, Any]) -> None:
    facts = customer_text.facts(row, view.display_currency)
    heading = Finding(_("What is agreed and known"))
    blocks.heading_with_export(
        heading, customer_text.facts_frame(facts), view, key="facts", name=f"{row['customer_id']}-facts",
        export_words=Finding(heading.title, _("As it stands on the day.")),
    )  # fmt: skip
    tables.facts(facts, key="customer")


def _tables(view: View, customer: str, row: dict[str, Any]) -> None:
    """Draw the choice of a table and its rows; a picked open document opens its arrangements."""
    names = customer_text.table_names()
    table = url_choices.pick("rows", _p("link", "Rows"), list(names), names.__getitem__)
    if table == "statement":
        statement.block(view, customer, row["customer_name"])
        return
    rows = _rows(view, customer, table)
    finding = customer_text.table(table)
    export_words = Finding(f"{row['customer_name']}: {finding.title}", finding.method)
    exported = rows.drop("contact_id", "is_since_books", "contact_recorded_at", strict=False)
    blocks.heading_with_export(
        finding, exported, view, key="rows", name=f"{customer}-{table}", export_words=export_words
    )
    arrangement_form.show_notice()
    if rows.is_empty():
        st.caption(customer_text.empty_table(table))
        return
    picked = tables.show(
        rows,
        view,
        key=f"rows-{table}-{arrangement_form.save_count()}",
        columns=ageing_text.document_columns(rows)[1:] if table == "open" else _COLUMNS[table],
        phone=_PHONE[table],
        page_rows=_ROWS,
        footer=ageing_text.documents_footer(rows, view.display_currency) if table == "open" else "",
        alt=export_words.title,
        select=table in _PICKED,
    )
    if picked is None:
        return
    if table != "open":
        if picked["contact_id"] is not None:
            timeline_contact(picked["contact_id"], customer, view, place="customer")
    else:
        with st.container(border=True, key="card-arrange"):
            blocks.heading(Finding(picked["invoice_id"]), key="arrange")
            invoice_pdfs.buttons(view, customer, picked["invoice_id"], place="arrange")
            arrangement_form.panel(view, picked["invoice_id"], customer)


def _rows(view: View, customer: str, table: str) -> pl.DataFrame:
    if table == "open":
        return books.ask("open_items", view, customer=customer)
    if table == "ledger":
        return books.ask("customer_ledger", view, customer=customer).reverse()
    if table == "set_offs":
        return books.ask("set_offs", view, customer=customer)
    if table == "disputes":
        return books.ask("disputes", view, customer=customer)
    events = books.ask("timeline", view, customer=customer)
    return customer_text.with_details(customer_text.table_events(events, table))


def _row(view: View, customer: str) -> dict[str, Any] | None:
    rows = books.ask("customer", view, customer=customer)
    return rows.row(0, named=True) if rows.height else None
