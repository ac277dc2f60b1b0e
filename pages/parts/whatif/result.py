"""Blocks of a what-if: from what to what, the two lines, what matters most, weeks, customers, target."""

import polars as pl
import streamlit as st

from pages.parts.context import background_runs, browser, filters
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, exports, tables, text_tables
from reports import columns, figures
from reports.answers.whatif import result_text, sensitivity
from reports.answers.whatif.whatif import Ground, Target, WhatIf
from reports.colours import Tone
from reports.language import _

_WEEKS = (
    "week",
    "closing_base",
    "closing",
    "closing_change",
    "receipts_change",
    "receipts_change_low",
    "receipts_change_high",
    "payments_change",
    "probability_below_minimum",
)
_COLOURS: dict[Tone, str] = {"cash": "blue", "out": "orange", "neutral": "gray", "ink": "gray"}


def outcome(found: WhatIf, names: dict[str, str], view: View) -> None:
    """Draw from what to what: sentence, four figures, the two lines and their difference."""
    finding, method = result_text.finding(found), result_text.method(found, names)
    blocks.heading(finding, escape.plain(method), key="outcome")
    grid = st.grid(2 if browser.is_phone() else 4, min_column_width=140, gap="small")
    for one in result_text.tiles(found):
        with (
            grid.cell(),
            st.container(height="stretch"),
            st.container(border=True, key=f"tile-{one.key}", gap="xxsmall", height="stretch"),
        ):
            st.metric(
                one.label,
                one.value,
                one.change,
                delta_arrow="off",
                delta_color=_COLOURS[one.tone],  # type: ignore[arg-type]
            )
            st.caption(one.was)
    _lines(found, finding, method, view)


def _lines(found: WhatIf, finding: str, method: str, view: View) -> None:
    whole, rows = background_runs.whole_company(view), result_text.week_rows(found)
    drawn = figures.Beside(
        as_of=found.base.as_of,
        opening=found.base.opening_balance,
        before=found.base.weeks,
        after=found.after.weeks,
        minimum=found.after.minimum,
        credit_line=found.after.credit_line,
        currency=found.base.currency,
    )
    compact, theme = browser.is_phone(), browser.theme()
    blocks.heading(_("Closing balance per week"), result_text.lines_method(found), key="lines")
    blocks.figure(
        figures.beside(drawn, theme=theme, compact=compact),
        name="what-if", finding=finding, view=whole, key="lines", rows=rows, method=method,
    )  # fmt: skip
    if not any(rows["closing_change"]):
        return
    most = result_text.weeks_found(found)
    blocks.heading(most, result_text.weeks_method(rows), key="difference")
    blocks.figure(
        figures.difference(rows, theme=theme, currency=found.base.currency, compact=compact),
        name="what-if-difference", finding=most, view=whole, key="difference", rows=rows, method=method,
    )  # fmt: skip


def facts(found: WhatIf, at: result_text.Money, on: Ground, view: View) -> None:
    """Draw days, interest and what a discount costs; then what all of it assumes."""
    rows = result_text.facts(found, at, on.bills)
    blocks.heading(_("Days, interest and discount"), result_text.facts_method(at), key="facts")
    text_tables.table(rows, background_runs.whole_company(view), key="facts")
    with st.container(key="assumptions"):
        blocks.heading(_("What this assumes"), None, key="assumptions")
        blocks.points([escape.plain(sentence) for sentence in found.assumptions], key="assumptions")


def tornado(found: WhatIf, on: Ground, view: View) -> None:
    """Draw which lever and which assumption matters most."""
    swings = sensitivity.swings(on, found)
    finding, method = (
        result_text.tornado_found(swings, found.base.currency),
        result_text.tornado_method(swings),
    )
    blocks.heading(finding, method, key="tornado")
    if swings.rows.is_empty():
        return
    figure = figures.tornado(
        swings.rows, theme=browser.theme(), currency=found.base.currency, compact=browser.is_phone()
    )
    blocks.figure(
        figure, name="what-if-tornado", finding=finding, view=background_runs.whole_company(view),
        key="tornado", rows=swings.rows, method=method,
    )  # fmt: skip


def weeks(found: WhatIf, names: dict[str, str], view: View) -> None:
    """Draw the table of weeks, with its export."""
    whole, rows = background_runs.whole_company(view), result_text.week_rows(found)
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-weeks"):
        blocks.heading(_("Week by week"), result_text.weeks_method(rows), key="weeks")
        exports.downloads(
            "what-if",
            whole,
            rows,
            title=result_text.finding(found),
            method=result_text.method(found, names),
            key="weeks",
        )
    has_bounds = result_text.has_bounds(rows)
    shown = [name for name in _WEEKS if has_bounds or name[-4:] not in {"_low", "high"}]
    tables.show(
        rows, whole, key="whatif-weeks", columns=shown, phone=("week", "closing", "closing_change"),
        page_rows=rows.height, alt=result_text.weeks_found(found), headings=result_text.week_headings(),
    )  # fmt: skip


def customers(found: WhatIf, view: View, known: pl.DataFrame) -> None:
    """Draw the ten customers the scenario is most about, each the way to its page."""
    whole, rows = background_runs.whole_company(view), result_text.customer_rows(found, known)
    title = result_text.customers_found(rows, found)
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-whatif-customers"):
        blocks.heading(title, result_text.customers_method(), key="whatif-customers")
        if rows.height:
            exports.downloads(
                "what-if-customers", whole, rows, title=title, method=result_text.customers_method(),
                key="whatif-customers",
            )  # fmt: skip
    if rows.is_empty():
        return
    picked = tables.show(
        rows, whole, key="whatif-customers", select=True, alt=title,
        columns=("customer_name", "segment", "receipts_change", "most_change"),
        phone=("customer_name", "most_change"),
    )  # fmt: skip
    if picked is not None:
        _open_customer(picked["customer_id"], picked["customer_name"])


def targets(found: WhatIf, view: View, known: pl.DataFrame) -> None:
    """Draw per target the invoices that have to come in."""
    for place, target in enumerate(found.targets):
        _target(target, place, found, view, known)


def _target(target: Target, place: int, found: WhatIf, view: View, known: pl.DataFrame) -> None:
    whole, rows = background_runs.whole_company(view), result_text.target_rows(target, known)
    title, method = (
        result_text.target_found(target, found.base.currency),
        result_text.target_method(target, found.base.currency),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"bar-target-{place}"):
        blocks.heading(title, method, key=f"target-{place}")
        if rows.height:
            exports.downloads("must-come-in", whole, rows, title=title, method=method, key=f"target-{place}")
    if rows.is_empty():
        return
    picked = tables.show(
        rows, whole, key=f"target-{place}", select=True, alt=title,
        columns=("customer_name", "invoice_id", "due_date", "open_amount", "probability_paid_by", "so_far"),
        phone=("customer_name", "open_amount", "probability_paid_by"),
        headings=columns.short_headings("probability_paid_by"),
    )  # fmt: skip
    if picked is not None:
        _open_customer(picked["customer_id"], picked["customer_name"])


def _open_customer(customer: str, name: str) -> None:
    with st.container(key=f"link-{customer}"):
        st.page_link(
            "pages/customer.py",
            label=_("Open {customer}", customer=escape.plain(name)),
            icon=":material/arrow_forward:",
            query_params=filters.link(customer=customer),
        )
