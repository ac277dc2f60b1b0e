"""Blocks of the early warning: customers with their reasons, one opened, the map, rules, what is muted."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts.context import background_runs, books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.warnings import mute_form
from pages.parts.widgets import blocks, escape, tables, text_tables
from reports import figures, language
from reports.answers.warnings import text as warnings_text
from reports.answers.warnings import warnings
from reports.answers.warnings.warnings import Found, Warned
from reports.language import _, _n, _p

_ROWS = 8
_REASONS = 4
_INVOICES = (
    "invoice_id", "invoice_date", "due_date", "days_overdue", "amount", "open_amount", "state",
)  # fmt: skip
_RATES = ("rule_name", "came_true", "hit_rate", "false_alarm_rate", "raised")


def asked(view: View) -> tuple[Found, Warned]:
    """Return what the rules found, and that with names, money and what is muted."""
    found = background_runs.early_warnings(view)
    ahead = background_runs.forecast(view)
    chances = warnings.of_forecast(ahead.invoices, ahead.as_of)
    return found, warnings.told(found, books.ask("mutes", view), chances)


def _shown(named: Warned, view: View) -> pl.DataFrame:
    """Draw the choice of an account manager and return the customers it leaves."""
    rows = named.customers
    if view.segment is not None:
        rows = rows.filter(segment=view.segment)
    managers = sorted(rows["account_manager"].drop_nulls().unique())
    if len(managers) > 1:
        chosen = url_choices.select(
            "manager", _("Account manager"), ["", *managers], lambda one: one or _("All account managers")
        )
        if chosen:
            rows = rows.filter(account_manager=chosen)
    return rows


def customers(found: Found, named: Warned, view: View) -> None:
    """Draw the customers warned of, most money at risk first, each with its reasons in sentences."""
    bar = st.container(horizontal=not browser.is_phone(), horizontal_alignment="distribute", key="bar-warned")
    rows = _shown(named, view)
    currency = view.reporting_currency
    title, method = warnings_text.found(named, rows, currency), warnings_text.method(named)
    with bar:
        blocks.heading(title, method, key="warned")
        if rows.height:
            signals = named.signals.filter(pl.col("customer_id").is_in(rows["customer_id"].implode()))
            sheets = {
                _p("sheet", "Customers"): rows,
                _p("sheet", "Signals"): warnings_text.worded(signals, currency),
                _p("sheet", "Rules"): warnings_text.rule_rows(named.rules),
            }
            tables.downloads("early-warning", view, sheets, title=title, method=method, key="warned")
    if background_runs.is_filtered(view):
        st.caption(
            _("The rules look at the whole company in its reporting currency; a segment narrows the list.")
        )
    if rows.is_empty():
        return
    pages = max(-(-rows.height // _ROWS), 1)
    place = st.container(gap="xsmall")
    page = st.pagination(pages, key="warned-pager", max_visible_pages=5) if pages > 1 else 1
    history = dict(found.history.iter_rows())
    with place:
        for at, row in enumerate(rows.slice((min(page, pages) - 1) * _ROWS, _ROWS).iter_rows(named=True)):
            _row(named, row, history.get(row["customer_id"]) or [], at, currency)


def _row(named: Warned, row: dict[str, Any], history: list[float | None], at: int, currency: str) -> None:
    own = named.signals.filter(pl.col("customer_id") == row["customer_id"], pl.col("muted_until").is_null())
    with st.container(key=f"row-warned-{at}", gap="xxsmall"):
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
            said = _("{name}: days late by amount, last 26 weeks", name=row["customer_name"])
            with st.container(width=130):
                st.html(figures.sparkline_svg(history, "out", browser.theme(), alt=said))
            st.caption(warnings_text.levels(row, currency), width="stretch")


def opened(named: Warned, customer: str, view: View) -> None:
    """Draw one customer's signals with their numbers, the invoices they are about, and how to mute them."""
    own = named.signals.filter(customer_id=customer)
    if own.is_empty():
        filters.report_missing("customer")
        return
    with st.container(border=True, key="card-opened"):
        blocks.heading(
            escape.plain(own["customer_name"][0]),
            _("Each signal with the two numbers it compared, since when, and what is open on its invoices."),
            key="opened",
        )
        rows = warnings_text.worded(own, view.reporting_currency)
        text_tables.table(
            rows, view, key="opened", columns=("rule_name", "why_said", "since_date", "amount", "muted_until")
        )
        about = own.explode("invoices")["invoices"].drop_nulls().unique()
        items = books.ask("open_items", View(view.as_of, view.known_on), customer=customer)
        items = items.filter(pl.col("invoice_id").is_in(about.implode()))
        if items.height:
            tables.show(
                items,
                view,
                key="opened",
                columns=_INVOICES,
                phone=("invoice_id", "open_amount", "days_overdue"),
                alt=_("Invoices the signals are about"),
            )
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


def level_and_shift(named: Warned, view: View) -> None:
    """Draw how late customers are now against how much later they pay than before."""
    names = named.signals.select("customer_id", "customer_name").unique("customer_id")
    rows = named.scores.join(names, on="customer_id", how="left").with_columns(
        pl.col("customer_name").fill_null(pl.col("customer_id"))
    )
    title, method = warnings_text.map_found(rows, warnings.LIMITS), warnings_text.map_method()
    blocks.heading(title, method, key="map")
    figure = figures.level_shift(
        rows, theme=browser.theme(), limits=warnings.LIMITS, compact=browser.is_phone()
    )
    blocks.figure(figure, name="level-shift", finding=title, view=view, key="map", rows=rows, method=method)


def rules(named: Warned, view: View) -> None:
    """Draw how often each rule was right on this ledger's past."""
    title, method = warnings_text.rules_found(named.rules), warnings_text.rules_method(named.rules)
    rows = warnings_text.rule_rows(named.rules)
    blocks.heading(title, method, key="rules")
    text_tables.table(rows, view, key="rules", columns=_RATES)
    tables.downloads("early-warning-rules", view, rows, title=title, method=method, key="rules")
    with st.expander(_("What each rule compares")):
        tables.facts(list(rows.select("rule_name", "meaning").iter_rows()), key="meanings")


def muted(named: Warned, view: View) -> None:
    """Draw what is muted, why and until when."""
    rows = named.signals.drop_nulls("muted_until")
    mute_form.said()
    if rows.is_empty():
        return
    with blocks.card("muted"):
        blocks.heading(
            _n("{count} signal is muted", "{count} signals are muted", rows.height),
            _("They come back the day after, or when a new last day is written over the old one."),
            key="muted",
        )
        text_tables.table(
            warnings_text.worded(rows, view.reporting_currency),
            view,
            key="muted",
            columns=("customer_name", "rule_name", "muted_until", "mute_reason"),
        )
