"""Arrangements about one open document, and small forms to add another."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from data import clock
from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.widgets import blocks, edit_session, escape, tables
from reports.answers.arrangements import arrangement_form, arrangements, discount
from reports.answers.arrangements.arrangements import Document
from reports.answers.shared.forms import Changes, amount_text
from reports.language import _, _p, each

_NAME = "arrange"
_LONGEST = 200
_FORM = "DD-MM-YYYY"


def show_notice() -> None:
    """Show once what the last form saved."""
    edit_session.show_result(_NAME)


def save_count() -> int:
    """Return how often something was saved; a table with the count in its key forgets the picked row.

    After a save the order of the rows changes: the picked place would hold another document.
    """
    return int(st.session_state.get(f"saves-{_NAME}", 0))


def panel(view: View, invoice: str, customer: str) -> None:
    """Draw the arrangements about a document and the forms to add another.

    A new arrangement is dated on the as-of day unless another day is chosen. An arrangement dated later is
    unknown on the as-of day: the page would not show it and the forecast of that day would leave it out.

    Args:
        view: of the whole customer; the forecast's view has its own as-of day.
        invoice: number of the document.
        customer: number of its customer.
    """
    known = edit_session.latest_batch_at()
    document = _document(view, invoice, customer)
    if document is None:
        return
    sentences = arrangements.sentences(document, view.as_of)
    blocks.points([escape.plain(sentence) for sentence in sentences], key="arranged")
    if not edit_session.is_open(view):
        return
    own = view.in_currency(document.currency)
    taken = discount.unbooked(books.ask("set_offs", own, customer=customer), invoice)
    current = (invoice, document.facts.rows(), document.disputes.rows(), taken)
    edit = edit_session.start(_NAME, current, known)
    if taken is not None:
        _discount(taken, document.currency, edit)
    kind = st.segmented_control(
        _("Note about this invoice"),
        arrangements.KINDS,
        format_func=arrangements.kind_name,
        key=f"{_NAME}-kind",
        wrap=True,
    )
    if kind is None:
        return
    changes = _form(kind, document, edit, view.as_of)
    if changes is not None:
        edit_session.save(
            _NAME,
            edit,
            arrangement_form.FILES[kind],
            changes,
            lambda: arrangement_form.save_notice(document, kind),
        )


def _discount(taken: dict[str, Any], currency: str, edit: edit_session.EditSession) -> None:
    """Draw the discount that is not booked, and the button that books it."""
    st.caption(escape.plain(discount.sentence(taken, currency)))
    words = escape.plain(discount.button(taken, currency))
    if st.button(words, icon=":material/percent:", key=f"{edit.key}-discount"):
        changes = discount.booking(taken, currency)
        edit_session.save(_NAME, edit, "payments", changes, lambda: discount.save_notice(taken))


def _document(view: View, invoice: str, customer: str) -> Document | None:
    items = books.ask("open_items", view, customer=customer).filter(invoice_id=invoice)
    if items.is_empty():
        return None
    own = view.in_currency(items["currency"][0])
    return arrangements.open_document(
        invoice,
        books.ask("open_items", own, customer=customer),
        books.ask("arrangements", own),
        books.ask("disputes", own, customer=customer),
    )


def _form(kind: str, document: Document, edit: edit_session.EditSession, as_of: date) -> Changes | None:
    """Draw the form of a kind; return the changes once one of its buttons was pressed."""
    with st.form(f"{edit.key}-{kind}"), st.container(horizontal=True, vertical_alignment="bottom"):
        since = st.date_input(
            arrangement_form.field_name("since"),
            as_of,
            key=f"{edit.key}-{kind}-since",
            format=_FORM,
            width=150,
            max_value=max(as_of, clock.today()),
            help=_("Dated later, the forecast of {day} would know nothing of it.", day=f"{as_of:%d-%m-%Y}"),
        )
        read = {"date": _date, "promise": _promise, "plan": _plan, "dispute": _dispute}[kind]
        return read(document, since, edit)


def _buttons(edit: edit_session.EditSession, drop: str | None) -> str | None:
    """Draw Save and, if `drop` names one, the button that ends the arrangement; return the pressed one."""
    pressed = None
    if st.form_submit_button(_p("button", "Save"), icon=":material/save:", key=f"{edit.key}-save"):
        pressed = "save"
    if drop and st.form_submit_button(drop, key=f"{edit.key}-drop"):
        pressed = "drop"
    return pressed


def _date(document: Document, since: date, edit: edit_session.EditSession) -> Changes | None:
    day = _day("expected", document.expected_date, edit)
    reason = _text("reason", "", edit)
    pressed = _buttons(edit, _("Leave it to the forecast") if document.expected_date else None)
    if pressed == "drop":
        return arrangement_form.note_date(document, since, None, reason)
    return arrangement_form.note_date_on(document, since, day, reason) if pressed else None


def _promise(document: Document, since: date, edit: edit_session.EditSession) -> Changes | None:
    day = _day("promised", None, edit)
    typed = _text("promised_amount", amount_text(document.open_amount), edit, 150, document.currency)
    return arrangement_form.note_promise(document, since, day, typed) if _buttons(edit, None) else None


def _plan(document: Document, since: date, edit: edit_session.EditSession) -> Changes | None:
    rows = document.plan.select(
        pl.col("pay_date").alias("due_date"),
        each(document.plan["amount"], amount_text),
    )
    after: Any = st.data_editor(
        rows if rows.height else pl.DataFrame(schema={"due_date": pl.Date, "amount": pl.String}),
        key=f"{edit.key}-parts",
        num_rows="dynamic",
        hide_index=True,
        row_height=tables.ROW_HEIGHT,
        width=300,
        column_config={
            "due_date": st.column_config.DateColumn(_p("field", "Day"), required=True, format=_FORM),
            "amount": st.column_config.TextColumn(
                f"{_p('field', 'Amount')}, {document.currency}", required=True, alignment="right"
            ),
        },
        placeholder="",
        alt=arrangements.kind_name("plan"),
    )
    pressed = _buttons(edit, _("End this plan") if rows.height else None)
    if pressed == "drop":
        return arrangement_form.end_plan(document, since)
    return arrangement_form.note_plan(document, since, edit_session.edited_rows(after)) if pressed else None


def _dispute(document: Document, since: date, edit: edit_session.EditSession) -> Changes | None:
    if document.dispute is not None:
        if st.form_submit_button(_("Close this dispute"), key=f"{edit.key}-drop"):
            return arrangement_form.close_dispute(document, since)
        return None
    reason = _text("reason", "", edit)
    typed = _text("disputed", amount_text(document.open_amount), edit, 150, document.currency)
    return arrangement_form.open_dispute(document, since, reason, typed) if _buttons(edit, None) else None


def _day(field: str, value: date | None, edit: edit_session.EditSession) -> date | None:
    return st.date_input(
        arrangement_form.field_name(field), value, key=f"{edit.key}-{field}", format=_FORM, width=150
    )


def _text(
    field: str, value: str, edit: edit_session.EditSession, width: int = 260, currency: str | None = None
) -> str | None:
    name = arrangement_form.field_name(field)
    label = f"{name}, {currency}" if currency else name
    return st.text_input(label, value, key=f"{edit.key}-{field}", max_chars=_LONGEST, width=width)
