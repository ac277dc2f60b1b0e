"""Blocks of collection agencies: what each recovered and cost, down to its cases."""

from dataclasses import replace

import polars as pl
import streamlit as st

from pages.parts.context import books, filters, url_choices
from pages.parts.context.view import View
from pages.parts.disputes import disputes
from pages.parts.shell import page
from pages.parts.widgets import blocks, escape, tables
from reports import language
from reports.answers.claims import agencies as agencies_answers
from reports.answers.disputes import text as disputes_text
from reports.language import _

_PHONE = ("agency", "claimed", "recovered_share")
_PHONE_CASES = ("customer_name", "claimed", "recovered")


def agencies(view: View) -> None:
    """Draw the agencies and the cases of the chosen one."""
    view = replace(view, currency=None)  # a case has no currency of its own
    with st.container(horizontal=True, key="narrow"):
        [cases] = disputes.managed(books.ask("collection_cases", view))
        if cases.is_empty():
            page.nothing_here(
                _("No case at a collection agency by this day: open one at a customer with a claim."),
                link="worklist", label=_("Open the worklist"),
            )  # fmt: skip
            return
        chosen = _agency(cases)
    rows = agencies_answers.agencies(cases, view.as_of)
    title, method = (
        disputes_text.agencies_found(rows, view.shown_currency),
        disputes_text.agencies_method(view.as_of),
    )
    with blocks.card("agencies"):
        with blocks.bar("agencies"):
            blocks.heading(title, method, key="agencies")
            tables.downloads("agencies", view, rows, title=title, method=method, key="agencies")
        tables.show(rows, view, key="agencies", columns=disputes_text.AGENCIES, phone=_PHONE, alt=title)
    named = agencies_answers.with_days(cases, view.as_of)
    _cases(named.filter(agency=chosen) if chosen else named, chosen, view)


def _agency(cases: pl.DataFrame) -> str:
    names = sorted({name.strip() for name in cases["agency"]})
    if len(names) < 2:  # noqa: PLR2004 - nothing to choose from
        return ""
    return url_choices.select(
        "agency", language.header("agency"), ["", *names], lambda one: one or _("All agencies")
    )


def _cases(rows: pl.DataFrame, agency: str, view: View) -> None:
    title = disputes_text.cases_found(agency or _("All agencies"), rows)
    method = _("The latest first. Pick a row to open the customer with its claim and what came of it.")
    with blocks.bar("cases"):
        blocks.heading(escape.plain(title), method, key="agency-cases")
        tables.downloads("cases", view, rows, title=title, method=method, key="agency-cases")
    picked = tables.show(
        rows,
        view,
        key="agency-cases",
        columns=disputes_text.CASES,
        phone=_PHONE_CASES,
        select=True,
        alt=title,
    )
    if picked is not None:
        st.page_link(
            "pages/customer.py", label=escape.bold(picked["customer_name"]),
            icon=":material/arrow_forward:", icon_position="right",
            query_params=filters.link(customer=picked["customer_id"]),
        )  # fmt: skip
