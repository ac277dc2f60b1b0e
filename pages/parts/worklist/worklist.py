"""Blocks of the worklist: the lines, one opened with its text, files and forms, and what waits."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts.arrangements import arrangement_form
from pages.parts.context import background_runs, books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, tables
from pages.parts.worklist import contact_log_form
from reports import columns, language
from reports.answers.worklist import reminder_text, reminders, worklist
from reports.answers.worklist import text as worklist_text
from reports.answers.worklist.worklist import STEPS, Worklist
from reports.language import _, _p
from reports.packs import file_name
from reports.packs.letters import batch_bytes, eml_bytes

_COLUMNS = (
    "customer_name", "step_name", "amount", "days_overdue", "worth", "brief", "last_contact_date",
)  # fmt: skip
_INVOICES = ("invoice_id", "due_date", "days_overdue", "open_amount", "step_name")
_ROWS = 12


def asked(view: View) -> Worklist:
    """Return the worklist of a view, in the order of the forecast's chances where there are any."""
    ahead = background_runs.forecast(view)
    unpaid = worklist.of_forecast(ahead.invoices, ahead.as_of)
    return worklist.of_items(books.ask("worklist_items", view), view.as_of, unpaid)


def lines(listed: Worklist, view: View) -> dict[str, Any] | None:
    """Draw the lines and return the one picked, else the first."""
    bar = st.container(horizontal=not browser.is_phone(), horizontal_alignment="distribute", key="bar-lines")
    rows = _narrowed(listed)
    currency = view.shown_currency
    title, method = worklist_text.found(listed, rows, currency), worklist_text.method(listed.chances_of)
    worded = worklist_text.worded(rows, currency)
    with bar:
        blocks.heading(title, method, key="lines")
        if rows.height:
            with st.container(horizontal=True, width="content"):
                _batch(listed, rows, view)
                tables.downloads("worklist", view, worded, title=title, method=method, key="lines")
    contact_log_form.said()
    arrangement_form.show_notice()
    if rows.is_empty():
        return None
    shown = worded.with_columns(
        worklist_text.column("brief", [worklist_text.brief(row) for row in rows.iter_rows(named=True)]),
        rows["last_contact_date"],
    )
    picked = tables.show(
        shown, view, key=f"lines-{contact_log_form.turn()}", columns=_COLUMNS,
        phone=("customer_name", "amount", "days_overdue"), select=True, page_rows=_ROWS, alt=title,
    )  # fmt: skip
    if picked is not None:
        filters.remember(customer=picked["customer_id"])
    wanted = filters.parameter("customer")
    found = rows.filter(customer_id=wanted) if wanted else rows.head(1)
    if found.is_empty():
        # Seen to, or on another day's list: the next one takes its place.
        filters.remember(customer=None)
        found = rows.head(1)
    return found.row(0, named=True)


def _narrowed(listed: Worklist) -> pl.DataFrame:
    """Draw the choices of account manager and step and return the lines they leave."""
    rows = listed.lines
    with st.container(horizontal=True, key="narrow"):
        managers = sorted(rows["account_manager"].drop_nulls().unique())
        if len(managers) > 1:
            chosen = url_choices.select(
                "manager", _("Account manager"), ["", *managers], lambda one: one or _("All account managers")
            )
            rows = rows.filter(account_manager=chosen) if chosen else rows
        steps = [step for step in STEPS if step in set(listed.lines["step"])]
        if len(steps) > 1:
            step = url_choices.select(
                "step",
                _p("field", "Step"),
                ["", *steps],
                lambda one: worklist_text.step_name(one) if one else _("All steps"),
            )
            rows = rows.filter(step=step) if step else rows
    return rows


def _sender(view: View) -> reminder_text.Company:
    return reminders.company(books.ask("settings", view))


def _batch(listed: Worklist, rows: pl.DataFrame, view: View) -> None:
    sender, spoken = _sender(view), language.current()

    def made() -> bytes:
        # Runs when the button is pressed, on another thread, which does not know the language yet.
        language.use(spoken)
        return batch_bytes(reminders.all_of(listed, rows, sender), sender)

    st.download_button(
        _("All reminders (ZIP)"), made,
        file_name=file_name("reminders", view.as_of.isoformat(), ending="zip"),
        mime="application/zip", icon=":material/mail:", key="batch", on_click="ignore",
        help=_("A mail draft per customer and a table for a mail merge. Nothing is sent."),
    )  # fmt: skip


def opened(listed: Worklist, line: dict[str, Any], view: View) -> None:
    """Draw one line: why, what to say, the text to copy, its invoices, and forms to note what came of it."""
    currency, customer = view.shown_currency, line["customer_id"]
    items = worklist.covered(listed.items, customer)
    with st.container(border=True, key="card-line"):
        blocks.heading(
            escape.plain(f"{line['customer_name']}: {worklist_text.step_name(line['step']).lower()}"),
            escape.plain(worklist_text.why(line, currency)),
            key="line",
        )
        left, right = blocks.pair("line", 7, 5)
        with left:
            st.markdown(escape.bold(worklist_text.say(line)))
            st.caption(escape.plain(worklist_text.last_contact(line)))
            st.page_link(
                "pages/customer.py",
                label=_("Open this customer"),
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params=filters.link(customer=customer),
            )
            contact_log_form.form(items, line, view)
            _invoices(items, view, customer)
        with right:
            _letter(line, items, view)


def _letter(line: dict[str, Any], items: pl.DataFrame, view: View) -> None:
    sender = _sender(view)
    written = reminders.reminder(line, items, sender, view.as_of)
    with st.container(horizontal=not browser.is_phone(), horizontal_alignment="distribute", key="bar-letter"):
        blocks.heading(
            _("What to write"),
            _("To copy, or as a draft for your mail program. Nothing is sent."),
            key="letter",
        )
        st.download_button(
            _("Mail draft"), lambda: eml_bytes(written, sender), icon=":material/draft:", key="eml",
            file_name=file_name(line["customer_id"], line["step"], view.as_of.isoformat(), ending="eml"),
            mime="message/rfc822", on_click="ignore",
        )  # fmt: skip
    if not sender.name:
        st.caption(_("No company name, account or payment link is set yet: fill them in below."))
    st.code(f"{written.subject}\n\n{written.body}", language=None, wrap_lines=True, height=420)


def _invoices(items: pl.DataFrame, view: View, customer: str) -> None:
    rows = items.with_columns(worklist_text.column("step_name", worklist_text.steps_or_waits(items)))
    # By a payment plan or a promise less can be asked for than is open.
    is_less = bool((items["asked_amount"] != items["open_amount"]).any())
    picked = tables.show(
        rows, view, key=f"line-invoices-{arrangement_form.save_count()}",
        columns=_INVOICES if not is_less else (*_INVOICES[:4], "asked_amount", *_INVOICES[4:]),
        phone=("invoice_id", "open_amount", "days_overdue"), select=True,
        alt=_("Invoices of this line"),
        headings=columns.short_headings("days_overdue", "step_name"),
    )  # fmt: skip
    if picked is None:
        st.caption(_("Pick an invoice to note a promise, a payment plan, an expected day or a dispute."))
        return
    with st.container(key="arrange-line"):
        blocks.heading(escape.plain(picked["invoice_id"]), key="arrange")
        arrangement_form.panel(view.whole_customer(), picked["invoice_id"], customer)


def waiting(listed: Worklist, view: View) -> None:
    """Draw what waits, and what for."""
    if listed.waiting.is_empty():
        return
    with blocks.card("waiting"):
        blocks.heading(
            _("What waits"), _("Open invoices that are late or soon due, and are left alone."), key="waiting"
        )
        tables.facts(worklist_text.waiting_said(listed.waiting, view.shown_currency), key="waiting")
        if "agency" in listed.waiting["waits"]:
            with st.container(key="link-agencies"):
                st.page_link(
                    "pages/disputes.py", label=_("What agencies recover"), icon=":material/arrow_forward:",
                    icon_position="right", query_params=filters.link(part="agencies"),
                )  # fmt: skip
