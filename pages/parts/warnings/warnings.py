"""Blocks of early warning: customers with their reasons, one customer, the map, rules, mutes."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts.context import account_managers, background_runs, books, browser, filters
from pages.parts.context.view import View
from pages.parts.warnings import mute_form
from pages.parts.widgets import blocks, escape, exports, tables, text_tables
from reports import figures, language
from reports.answers.warnings import text as warnings_text
from reports.answers.warnings import warnings
from reports.answers.warnings.warnings import EarlyWarnings
from reports.language import _, _n, _p

_ROWS = 8
_REASONS = 4
_INVOICES = (
    "invoice_id", "invoice_date", "due_date", "days_overdue", "amount", "open_amount", "state",
)  # fmt: skip
_RATES = ("rule_name", "came_true", "hit_rate", "false_alarm_rate", "raised")


def warnings_of(view: View) -> EarlyWarnings:
    """Return the early warnings of a view, with the chances of its forecast."""
    outcome = background_runs.early_warnings(view)
    ahead = background_runs.forecast(view)
    chances = warnings.of_forecast(ahead.invoices, ahead.as_of)
    return warnings.early_warnings(outcome, books.ask("mutes", view), chances)


def customers(view_warnings: EarlyWarnings, view: View) -> None:
    """Draw the customers with a warning, most money at risk first, each with its reasons in sentences."""
    head = st.container()
    rows = view_warnings.customers
    if view.segment is not None:
        rows = rows.filter(segment=view.segment)
    [rows] = account_managers.filter_rows(rows)
    currency = view.reporting_currency
    signals = view_warnings.signals.filter(pl.col("customer_id").is_in(rows["customer_id"].implode()))
    sheets = {
        _p("sheet", "Customers"): rows,
        _p("sheet", "Signals"): warnings_text.signal_rows(signals, currency),
        _p("sheet", "Rules"): warnings_text.rule_rows(view_warnings.rules),
    }
    with head:
        blocks.heading_with_export(
            warnings_text.customers(view_warnings, rows, currency), sheets, view, key="warned",
            name="early-warning" if rows.height else "",
        )  # fmt: skip
    if background_runs.is_filtered(view):
        st.caption(
            _("The rules look at the whole company in its reporting currency; a segment narrows the list.")
        )
    if rows.is_empty():
        return
    pages = max(-(-rows.height // _ROWS), 1)
    place = st.container(gap="xsmall")
    page = st.pagination(pages, key="warned-pager", max_visible_pages=5) if pages > 1 else 1
    history = dict(view_warnings.history.iter_rows())
    with place:
        for at, row in enumerate(rows.slice((min(page, pages) - 1) * _ROWS, _ROWS).iter_rows(named=True)):
            _row(view_warnings, row, history.get(row["customer_id"]) or [], at, currency)


def _row(
    view_warnings: EarlyWarnings, row: dict[str, Any], history: list[float | None], place: int, currency: str
) -> None:
    own = view_warnings.signals.filter(
        pl.col("customer_id") == row["customer_id"], pl.col("muted_until").is_null()
    )
    with st.container(key=f"row-warned-{place}", gap="xxsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.page_link(
                "pages/early_warning.py",
                label=escape.bold(row["customer_name"]),
                query_params=filters.link(customer=row["customer_id"]),
            )
            st.markdown(f"**{language.money(row['money_at_risk'], currency, 0)}**", width="content")
        for signal in own.head(_REASONS).iter_rows(named=True):
            st.caption(
                escape.plain(f"{warnings_text.reason(signal, currency)} · {warnings_text.since(signal)}")
            )
        if own.height > _REASONS:
            st.caption(_n("and {count} more signal", "and {count} more signals", own.height - _REASONS))
        with st.container(horizontal=True, vertical_alignment="center"):
            alt = _("{name}: days late by amount, last 26 weeks", name=row["customer_name"])
            with st.container(width=130):
                st.html(figures.sparkline_svg(history, "out", browser.theme(), alt=alt))
            st.caption(warnings_text.levels(row, currency), width="stretch")


def customer_signals(view_warnings: EarlyWarnings, customer: str, view: View) -> None:
    """Draw one customer's signals with their numbers, the invoices they are about, and how to mute them."""
    own = view_warnings.signals.filter(customer_id=customer)
    if own.is_empty():
        filters.report_missing("customer")
        return
    with st.container(border=True, key="card-opened"):
        blocks.heading(warnings_text.one_customer(own["customer_name"][0]), key="opened")
        text_tables.table(
            warnings_text.signal_rows(own, view.reporting_currency),
            view,
            key="opened",
            columns=("rule_name", "why_said", "since_date", "amount", "muted_until"),
        )
        _invoices(own, customer, view)
        with st.container(horizontal=True, key="link-opened"):
            for page, label, target in (
                ("customer", _("Open this customer"), customer),
                ("early_warning", _p("button", "Close"), None),
            ):
                st.page_link(
                    f"pages/{page}.py",
                    label=label,
                    query_params=filters.link(customer=target),
                    icon=":material/arrow_forward:" if target else ":material/close:",
                    icon_position="right",
                )
        mute_form.form(own, view)


def _invoices(signals: pl.DataFrame, customer: str, view: View) -> None:
    """Draw the open invoices that a customer's signals are about."""
    numbers = signals.explode("invoices")["invoices"].drop_nulls().unique()
    items = books.ask("open_items", View(view.as_of, view.known_on), customer=customer)
    items = items.filter(pl.col("invoice_id").is_in(numbers.implode()))
    if items.height:
        tables.show(
            items,
            view,
            key="opened",
            columns=_INVOICES,
            phone=("invoice_id", "open_amount", "days_overdue"),
            alt=_("Invoices the signals are about"),
        )


def level_and_shift(view_warnings: EarlyWarnings, view: View) -> None:
    """Draw how late customers are now, and how much later they pay than before."""
    names = view_warnings.signals.select("customer_id", "customer_name").unique("customer_id")
    rows = view_warnings.scores.join(names, on="customer_id", how="left").with_columns(
        pl.col("customer_name").fill_null(pl.col("customer_id"))
    )
    figure = figures.level_shift(
        rows, theme=browser.theme(), limits=warnings.LIMITS, compact=browser.is_phone()
    )
    finding = warnings_text.level_and_shift(rows, warnings.LIMITS)
    blocks.chart(finding, figure, name="level-shift", view=view, key="map", rows=rows)


def rules(view_warnings: EarlyWarnings, view: View) -> None:
    """Draw how often each rule was right on this ledger's past."""
    finding = warnings_text.rules(view_warnings.rules)
    rows = warnings_text.rule_rows(view_warnings.rules)
    blocks.heading(finding, key="rules")
    text_tables.table(rows, view, key="rules", columns=_RATES)
    exports.downloads(
        "early-warning-rules", view, rows, title=finding.title, method=finding.method, key="rules"
    )
    with st.expander(_("What each rule compares")):
        tables.facts(list(rows.select("rule_name", "meaning").iter_rows()), key="meanings")


def mutes(view_warnings: EarlyWarnings, view: View) -> None:
    """Draw the muted signals with reason and last day."""
    rows = view_warnings.signals.drop_nulls("muted_until")
    mute_form.show_notice()
    if rows.is_empty():
        return
    with blocks.card("muted"):
        blocks.heading(warnings_text.mutes(rows), key="muted")
        text_tables.table(
            warnings_text.signal_rows(rows, view.reporting_currency),
            view,
            key="muted",
            columns=("customer_name", "rule_name", "muted_until", "mute_reason"),
        )
