"""Blocks of collection agencies: recovered amounts and costs per agency, and the cases."""

from dataclasses import replace

import polars as pl
import streamlit as st

from pages.parts.context import account_managers, books, filters, url_choices
from pages.parts.context.view import View
from pages.parts.shell import page
from pages.parts.widgets import blocks, escape
from reports import language
from reports.answers.claims import agencies as agencies_answers
from reports.answers.claims import agencies_text
from reports.language import _

_PHONE = ("agency", "claimed", "recovered_share")
_PHONE_CASES = ("customer_name", "claimed", "recovered")


def agencies(view: View) -> None:
    """Draw the agencies and the cases of the chosen one."""
    view = replace(view, currency=None)  # a case has no currency of its own
    with st.container(horizontal=True, key="narrow"):
        [cases] = account_managers.filter_rows(books.ask("collection_cases", view))
        if cases.is_empty():
            page.nothing_here(
                _("No case at a collection agency by this day: open one at a customer with a claim."),
                link="worklist", label=_("Open the worklist"),
            )  # fmt: skip
            return
        agency = _agency(cases)
    rows = agencies_answers.agencies(cases, view.as_of)
    with blocks.card("agencies"):
        blocks.table(
            agencies_text.agencies(rows, view.display_currency, view.as_of), rows, view, key="agencies",
            name="agencies", columns=agencies_text.AGENCIES, phone=_PHONE,
        )  # fmt: skip
    with_days = agencies_answers.with_days(cases, view.as_of)
    _cases(with_days.filter(agency=agency) if agency else with_days, agency, view)


def _agency(cases: pl.DataFrame) -> str:
    """Draw the choice of an agency, if there are several, and return its name; empty: all agencies."""
    names = sorted({name.strip() for name in cases["agency"]})
    if len(names) < 2:  # noqa: PLR2004 - nothing to choose from
        return ""
    return url_choices.select(
        "agency", language.heading("agency"), ["", *names], lambda name: name or _("All agencies")
    )


def _cases(rows: pl.DataFrame, agency: str, view: View) -> None:
    picked = blocks.table(
        agencies_text.agency_cases(agency, rows), rows, view, key="agency-cases", name="cases",
        columns=agencies_text.CASES, phone=_PHONE_CASES, select=True,
    )  # fmt: skip
    if picked is not None:
        st.page_link(
            "pages/customer.py", label=escape.bold(picked["customer_name"]),
            icon=":material/arrow_forward:", icon_position="right",
            query_params=filters.link(customer=picked["customer_id"]),
        )  # fmt: skip
