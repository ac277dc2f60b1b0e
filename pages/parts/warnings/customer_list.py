"""The list of early warning: a row per customer with its strongest reason, and what can be done about it."""

from datetime import timedelta
from typing import Any

import polars as pl
import streamlit as st

from pages.parts.context import account_managers, background_runs, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.warnings import mute_form, row_panel, warnings
from pages.parts.widgets import blocks, escape
from reports import figures
from reports.answers.warnings import text as warnings_text
from reports.answers.warnings.warnings import EarlyWarnings
from reports.language import _

_ROWS = 15
_WEEK = timedelta(days=7)
_PICTURES, _METERS, _PHONE_METERS = 320, 170, 150  # pixels: dots, a gap and meters; meters alone


def customers(view_warnings: EarlyWarnings, view: View) -> None:
    """Draw the customers with a warning: what is new or worse since last week, or all."""
    head = st.container()
    rows = view_warnings.customers.with_row_index("place", 1)
    if view.segment is not None:
        rows = rows.filter(segment=view.segment)
    [rows] = account_managers.filter_rows(rows)
    currency = view.reporting_currency
    with head:
        finding = warnings_text.customers(view_warnings, rows, currency)
        blocks.heading_with_export(
            finding, warnings.sheets(view_warnings, rows, currency), view, key="warned",
            name="early-warning" if rows.height else "",
            export_words=warnings_text.exported(finding, view_warnings),
        )  # fmt: skip
    if background_runs.is_filtered(view):
        st.caption(
            _("The rules look at the whole company in its reporting currency; a segment narrows the list.")
        )
    mute_form.show_notice()
    if row_panel.is_unlisted(view_warnings, rows):
        row_panel.unlisted(view_warnings, view)
    if rows.is_empty():
        return
    changed = rows.drop_nulls("change")
    part = _choose_part(rows, changed)
    st.caption(warnings_text.change_counts(rows, view.as_of - _WEEK))
    place = st.container(gap="xsmall")
    shown = _page_of(rows) if part == "all" else changed.head(_ROWS)
    with place:
        _rows(view_warnings, shown, view)
        if part == "new" and changed.height > _ROWS:
            st.caption(_("The {count} with most money at risk; the rest is under All.", count=_ROWS))
        _legend(view_warnings)


def _choose_part(rows: pl.DataFrame, changed: pl.DataFrame) -> str:
    """Draw the choice between what changed and all, and return it; the address can open either."""
    opened = filters.parameter("customer")
    if opened in rows["customer_id"] and opened not in changed.head(_ROWS)["customer_id"]:
        filters.remember(part="all")
    words = {
        "new": _("New or worse ({count})", count=changed.height),
        "all": _("All {count}", count=rows.height),
    }
    # Without a change all are shown at first: an empty list would look like good news.
    parts = ["new", "all"] if changed.height else ["all", "new"]
    return url_choices.pick("part", _("Which customers"), parts, lambda code: words[code])


def _page_of(rows: pl.DataFrame) -> pl.DataFrame:
    """Draw the pages and return the rows of the chosen one."""
    pages = max(-(-rows.height // _ROWS), 1)
    if pages == 1:
        return rows
    opened = filters.parameter("customer")
    if opened in rows["customer_id"] and st.session_state.get("warned-paged") != opened:
        at = rows["customer_id"].to_list().index(opened)
        st.session_state["warned-pager"] = at // _ROWS + 1
    st.session_state["warned-paged"] = opened
    page = st.pagination(pages, key="warned-pager", max_visible_pages=7)
    return rows.slice((min(page, pages) - 1) * _ROWS, _ROWS)


def _rows(view_warnings: EarlyWarnings, rows: pl.DataFrame, view: View) -> None:
    reasons = {
        (row["customer_id"], row["rule"]): row for row in view_warnings.signals.filter("is_listed").to_dicts()
    }
    dots = {row["customer_id"]: row for row in view_warnings.dots.to_dicts()}
    for at, row in enumerate(rows.to_dicts()):
        customer = row["customer_id"]
        signal = reasons[customer, row["rule"]]
        with st.container(key=f"row-warned-{at}", gap="xsmall"):
            with st.container(horizontal=not browser.is_phone(), gap="medium"):
                with st.container(gap="xxsmall", key=f"warned-text-{at}"):
                    _name(row, at)
                    _reason(row, signal, view)
                with st.container(
                    horizontal=True, gap="small", key=f"warned-pictures-{at}",
                    width="stretch" if browser.is_phone() else _PICTURES,
                ):  # fmt: skip
                    _pictures(row, dots[customer], view_warnings, view)
            with st.container(horizontal=True, vertical_alignment="center", key=f"warned-under-{at}"):
                st.caption(_since(row, signal), width="content")
                row_panel.actions(customer, at)
            row_panel.panel(view_warnings, customer, view)


def _name(row: dict[str, Any], at: int) -> None:
    st.button(
        f"{row['place']}\\. {escape.bold(row['customer_name'])}",
        key=f"warned-open-{at}-{row['customer_id']}",
        type="tertiary",
        on_click=row_panel.toggle,
        args=(row["customer_id"], "detail"),
    )


def _reason(row: dict[str, Any], signal: dict[str, Any], view: View) -> None:
    said = warnings_text.reason(signal, view.reporting_currency)
    change = warnings_text.change_name(row["change"])
    badge = f":orange-badge[{change}] " if change else ""
    st.markdown(f"{badge}{escape.plain(said)}")


def _since(row: dict[str, Any], signal: dict[str, Any]) -> str:
    parts = [escape.plain(warnings_text.since(signal)), warnings_text.more_reasons(row["signals"] - 1)]
    return " · ".join(part for part in parts if part)


def _pictures(row: dict[str, Any], dots: dict[str, Any], view_warnings: EarlyWarnings, view: View) -> None:
    theme = browser.theme()
    with st.container(width=130):
        alt = warnings_text.dots_alt(row["customer_name"], dots)
        st.html(figures.dot_strip(dots, theme, alt=alt))
    with st.container(width=_PHONE_METERS if browser.is_phone() else _METERS):
        level, change, amount = warnings_text.meters(row, view_warnings.limits, view.reporting_currency)
        st.html(figures.meters(level, change, amount, theme))


def _legend(view_warnings: EarlyWarnings) -> None:
    """Say what the dots and bars are, and what money at risk is."""
    st.caption(escape.plain(warnings_text.risk_sentence(view_warnings)))
    st.caption(
        _(
            "Dots: days late per invoice, the oldest left; hollow: open; orange: paid in the last three "
            "weeks, or late now. Grey lines: due date and usual. Bars: level up to 60 days; change is orange "
            "beyond its limit."
        )
    )
