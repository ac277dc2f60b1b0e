"""Cases of one customer at a collection agency, and the forms that open and update them."""

import polars as pl
import streamlit as st

from data import clock
from pages.parts.claims import hand_over
from pages.parts.context import books, choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, edit_session, tables
from reports import language
from reports.answers.claims import agency_case_form
from reports.answers.shared.forms import amount_text
from reports.answers.shared.money import total
from reports.language import _, _p

_NAME = "case"
_LONGEST = 200
_FORM = "DD-MM-YYYY"
_PHONE = ("agency", "status", "recovered")


def block(view: View, customer: str) -> None:
    """Draw the hand-over of ticked invoices and the cases of a customer; nothing without claim and case."""
    known = edit_session.latest_batch_at()
    cases = books.ask("collection_cases", view, customer=customer)
    claims = books.ask("claims", view, customer=customer)
    if cases.is_empty() and claims.is_empty():
        return
    ticked = hand_over.block(view, customer, claims) if claims.height else claims
    finding = agency_case_form.cases(cases, view.display_currency)
    with st.container(border=True, key="card-cases"):
        blocks.heading_with_export(
            finding,
            cases,
            view,
            key="cases",
            name=f"{customer}-cases" if cases.height else "",
            export_words=agency_case_form.cases_export(cases, view.display_currency),
        )
        edit_session.show_result(_NAME)
        if cases.height:
            tables.show(
                cases, view, key="cases", columns=agency_case_form.COLUMNS, phone=_PHONE, alt=finding.title
            )
        if not edit_session.is_open(view):
            return
        edit = edit_session.start(_NAME, (customer, cases.rows()), known)
        with st.expander(_("Open or update a case"), key="case-forms"):
            if claims.height:
                claimed = amount_text(total(ticked["total"])) if ticked.height else ""
                _opening_form(view, customer, cases, claimed, edit)
            if cases.height:
                _update_form(cases, view, edit)


def _opening_form(
    view: View, customer: str, cases: pl.DataFrame, claimed: str, edit: edit_session.EditSession
) -> None:
    with (
        st.form(f"{edit.key}-open"),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        opened = st.date_input(
            agency_case_form.field_name("opened"),
            view.as_of,
            key=f"{edit.key}-opened",
            format=_FORM,
            width=150,
            max_value=max(view.as_of, clock.today()),
        )
        agency = _text("agency", "", edit, 260)
        amount = _text("claimed", claimed, edit, 150, view.display_currency, of=claimed)
        pressed = st.form_submit_button(
            _("Open a case"), icon=":material/gavel:", key=f"{edit.key}-open-save"
        )
    if pressed:
        changes = agency_case_form.open_case(customer, cases, opened, agency, amount, entity=view.entity)
        edit_session.save(
            _NAME,
            edit,
            agency_case_form.FILE,
            changes,
            lambda: agency_case_form.opening_notice(agency or ""),
        )


def _update_form(cases: pl.DataFrame, view: View, edit: edit_session.EditSession) -> None:
    case_id = st.selectbox(
        language.heading("case_id"), cases["case_id"].to_list(), key=f"{edit.key}-which", width=260
    )
    case = cases.row(by_predicate=pl.col("case_id") == case_id, named=True)
    with (
        st.form(f"{edit.key}-tell-{case_id}"),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        status = choices.selectbox(
            agency_case_form.field_name("status"),
            agency_case_form.STATES,
            index=agency_case_form.STATES.index(case["status"]),
            words=lambda code: language.label("status", code),
            key=f"{edit.key}-status-{case_id}",
            width=180,
        )
        closed = st.date_input(
            agency_case_form.field_name("closed"),
            case["closed_date"],
            key=f"{edit.key}-closed-{case_id}",
            format=_FORM,
            width=150,
        )
        recovered = _text(
            "recovered", amount_text(case["recovered"]), edit, 150, view.display_currency, of=case_id
        )
        cost = _text("cost", amount_text(case["cost"]), edit, 150, view.display_currency, of=case_id)
        pressed = st.form_submit_button(_p("button", "Save"), icon=":material/save:", key=f"{edit.key}-save")
    if pressed:
        changes = agency_case_form.update_case(case, status, closed, recovered, cost)
        edit_session.save(
            _NAME, edit, agency_case_form.FILE, changes, lambda: agency_case_form.update_notice(case_id)
        )


def _text(
    field: str,
    value: str,
    edit: edit_session.EditSession,
    width: int,
    currency: str | None = None,
    *,
    of: str = "",
) -> str | None:
    name = agency_case_form.field_name(field)
    label = f"{name}, {currency}" if currency else name
    return st.text_input(label, value, key=f"{edit.key}-{field}-{of}", max_chars=_LONGEST, width=width)
