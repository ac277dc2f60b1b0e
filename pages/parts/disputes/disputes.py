"""Blocks of the Disputes screen: what waits and why, the disputes themselves, faults and their days."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from pages.parts.context import books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.customer import customer
from pages.parts.shell import page
from pages.parts.widgets import blocks, escape, tables
from reports import figures
from reports.answers.disputes import disputes as disputes_answers
from reports.answers.disputes import invoice_faults as of_faults
from reports.answers.disputes import text as disputes_text
from reports.answers.disputes.disputes import lately
from reports.language import _

_ROWS = 12
_NO_REASON = "(none)"  # in the address
_LISTED = ("open", "year")
_Shown = tuple[Sequence[str], Sequence[str]]  # columns, and those on a phone
_PHONE = ("reason_said", "blocked_amount", "median_days")
_PHONE_BLOCKED = ("customer_name", "open_amount", "days_open")
_PHONE_DISPUTES = ("customer_name", "amount", "days_open")
_PHONE_FAULT = ("customer_name", "amount", "days_late")
_PHONE_CUSTOMERS = ("customer_name", "added_days", "weight_share")


def managed(*frames: pl.DataFrame) -> list[pl.DataFrame]:
    """Draw the choice of an account manager, where there are several, and return the rows it leaves."""
    names: set[str] = set()
    for one in frames:
        names.update(one["account_manager"].drop_nulls())
    if len(names) < 2:  # noqa: PLR2004 - nothing to choose from
        return list(frames)
    chosen = url_choices.select(
        "manager", _("Account manager"), ["", *sorted(names)], lambda one: one or _("All account managers")
    )
    return [one.filter(account_manager=chosen) if chosen else one for one in frames]


def disputes(view: View) -> None:
    """Draw what disputes hold up, over time and per reason, down to the invoices."""
    with st.container(horizontal=True, key="narrow"):
        rows, blocked = managed(books.ask("disputes", view), books.ask("blocked", view))
        narrowed = rows.height < books.ask("disputes", view).height
        if rows.is_empty() and not narrowed:
            page.nothing_here(
                _("No dispute is recorded by this day: load disputes.csv, or note one at an invoice."),
                link="data", label=_("Load data"), part="upload",
            )  # fmt: skip
            return
        reason = _reason(rows)
    reasons = disputes_answers.reasons(rows, blocked, view.as_of)
    left, right = blocks.pair("disputes", 7, 3)
    with left, blocks.card("reasons"):
        _reasons(reasons, rows, view)
    with right, blocks.card("blocked"):
        _trend(view, narrowed=narrowed)
    if reason:
        named = None if reason == _NO_REASON else reason
        rows, blocked = disputes_answers.of_reason(rows, named), disputes_answers.of_reason(blocked, named)
    _listed(rows, blocked, view)


def _reason(rows: pl.DataFrame) -> str:
    reasons = sorted({(text or "").strip() for text in rows["reason"]})
    if len(reasons) < 2:  # noqa: PLR2004 - nothing to choose from
        return ""
    options = ["", *(text or _NO_REASON for text in reasons)]

    def said(code: str) -> str:
        return disputes_text.reason_name(None if code == _NO_REASON else code) if code else _("All reasons")

    return url_choices.select("reason", _("Reason"), options, said)


def _reasons(reasons: pl.DataFrame, rows: pl.DataFrame, view: View) -> None:
    title, method = (
        disputes_text.reasons_found(reasons, disputes_answers.lasting(rows, view.as_of)),
        disputes_text.reasons_method(),
    )
    worded = disputes_text.with_range(reasons)
    with blocks.bar("reasons"):
        blocks.heading(title, method, key="reasons")
        sheet = worded.select(disputes_text.REASONS)
        tables.downloads("dispute-reasons", view, sheet, title=title, method=method, key="reasons")
    tables.show(worded, view, key="reasons", columns=disputes_text.REASONS_SHOWN, phone=_PHONE, alt=title)


def _trend(view: View, *, narrowed: bool) -> None:
    trend = books.ask("blocked_trend", view)
    title, method = disputes_text.trend_found(trend, view.shown_currency), disputes_text.trend_method()
    blocks.heading(title, method, key="blocked-trend")
    if narrowed:
        st.caption(_("Of all account managers."))
    figure = figures.blocked_trend(trend, theme=browser.theme(), currency=view.shown_currency)
    blocks.figure(
        figure, name="blocked", finding=title, view=view, key="blocked-trend", rows=trend, method=method
    )


def _listed(rows: pl.DataFrame, blocked: pl.DataFrame, view: View) -> None:
    """Draw the invoices that wait, or all disputes of 12 months."""
    head = st.container(key="listed-head")
    with blocks.bar("listed"):
        listed = url_choices.pick(
            "listed", _("Which disputes"), _LISTED,
            lambda code: _("Waiting now") if code == "open" else _("All of 12 months"),
        )  # fmt: skip
        if listed == "open":
            title, method = (
                disputes_text.blocked_found(blocked, view.shown_currency),
                disputes_text.blocked_method(view.as_of),
            )
            worded, shown = disputes_text.worded(blocked), (disputes_text.BLOCKED, _PHONE_BLOCKED)
        else:
            recent = lately(rows, view.as_of)
            title, method = disputes_text.disputes_found(recent), disputes_text.disputes_method()
            worded, shown = disputes_text.worded(recent), (disputes_text.DISPUTES, _PHONE_DISPUTES)
        if worded.height:
            tables.downloads(f"disputes-{listed}", view, worded, title=title, method=method, key="listed")
    with head:
        blocks.heading(title, method, key="listed")
    _picked(worded, view, f"listed-{listed}", shown, title)


def _picked(rows: pl.DataFrame, view: View, key: str, shown: _Shown, title: str) -> None:
    """Draw rows of which one can be picked, and then its customer."""
    if rows.is_empty():
        return
    columns, phone = shown
    picked = tables.show(
        rows, view, key=key, columns=columns, phone=phone, select=True, rows=_ROWS, alt=title
    )
    if picked is not None:
        customer.panel(view, picked["customer_id"])


def quality(view: View) -> None:
    """Draw which faults invoices have and how many days each goes with, down to the invoices."""
    [rows] = managed(books.ask("invoice_quality", view))
    found = of_faults.faults(rows)
    names = [disputes_text.fault_name(one.code) for one in found]
    table = of_faults.table(found)
    title, method = disputes_text.faults_found(found), disputes_text.faults_method(view.as_of)
    left, right = blocks.pair("faults", 3, 2)
    with left, blocks.card("faults"):
        with blocks.bar("faults"):
            blocks.heading(title, method, key="faults")
            named = table.select(pl.Series("fault_name", names, dtype=pl.String), pl.exclude("fault"))
            tables.downloads("invoice-faults", view, named, title=title, method=method, key="faults")
        for at, (name, one) in enumerate(zip(names, found, strict=True)):
            with st.container(key=f"row-fault-{at}", gap="xxsmall"):
                st.markdown(f"**{name}**")
                st.caption(escape.plain(" ".join(disputes_text.fault_said(one, view.shown_currency))))
        with st.expander(_("How the days are compared")):
            st.caption(disputes_text.faults_explained())
    with right, blocks.card("added"):
        _added(table, names, view)
    _fault(found, rows, view)


def _added(table: pl.DataFrame, names: list[str], view: View) -> None:
    title = _("Days later than the same customers' other invoices")
    method = _("A dot per fault with its 95% interval")
    blocks.heading(title, method, key="added")
    figure = figures.added_days(table, names, theme=browser.theme())
    blocks.figure(figure, name="added-days", finding=title, view=view, key="added", rows=table, method=method)


def _fault(found: list[of_faults.Fault], quality: pl.DataFrame, view: View) -> None:
    head = st.container(key="fault-head")
    with blocks.bar("fault"):
        code = url_choices.pick("fault", _("Fault"), list(of_faults.FAULTS), disputes_text.fault_name)
        one = next(one for one in found if one.code == code)
        title, method = disputes_text.rows_found(one, view.shown_currency), disputes_text.rows_method()
        customers = of_faults.per_customer(one, quality)
        if one.rows.height:
            sheets = {_("Invoices"): one.rows, _("Customers"): customers}
            tables.downloads(f"fault-{code}", view, sheets, title=title, method=method, key="fault")
    with head:
        blocks.heading(title, method, key="fault")
    _picked(one.rows, view, f"fault-{code}", (disputes_text.FAULT_ROWS, _PHONE_FAULT), title)
    if customers.height:
        with st.expander(
            disputes_text.customers_method(), expanded=filters.shown("compared"), key="compared"
        ):
            tables.show(
                customers,
                view,
                key=f"compared-{code}",
                columns=disputes_text.CUSTOMERS,
                phone=_PHONE_CUSTOMERS,
                alt=disputes_text.customers_method(),
            )
