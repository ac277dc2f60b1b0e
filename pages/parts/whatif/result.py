"""Blocks of a what-if: the outcome with its lines, what matters most, weeks, customers, targets, facts."""

from decimal import Decimal

import polars as pl
import streamlit as st

from pages.parts.context import background_runs, browser, filters
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, tables
from reports import columns, figures
from reports.answers.shared.finding import Finding
from reports.answers.whatif import (
    change_rows,
    customer_rows,
    facts,
    outcome_text,
    target_text,
    tornado_text,
    week_rows,
)
from reports.answers.whatif.assumption_text import assumptions
from reports.answers.whatif.evaluate import WhatIf
from reports.answers.whatif.facts import CapitalInputs
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.overlaps import overlap_sentences
from reports.answers.whatif.sensitivity import sensitivity
from reports.answers.whatif.targets import OverdueTarget
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


def outcome(
    what_if: WhatIf, names: dict[str, str], cost_of_money: Decimal, ground: Ground, view: View
) -> None:
    """Draw the outcome: what the levers bring and cost, four figures, the two lines and their difference."""
    finding = outcome_text.outcome_finding(what_if, names, cost_of_money)
    blocks.heading(finding, key="outcome")
    for sentence in overlap_sentences(what_if.scenario, what_if.overlaps):
        st.warning(escape.plain(sentence), icon=":material/content_copy:")
    grid = st.grid(
        2 if browser.is_phone() else 4, min_column_width=130 if browser.is_phone() else 160, gap="small"
    )
    for tile in outcome_text.outcome_tiles(what_if):
        with (
            grid.cell(),
            st.container(height="stretch"),
            st.container(border=True, key=f"tile-{tile.key}", gap="xxsmall", height="stretch"),
        ):
            st.metric(
                tile.label,
                tile.value,
                tile.change,
                delta_arrow="off",
                help=tile.help or None,
                delta_color=_COLOURS[tile.tone],  # type: ignore[arg-type]
            )
            st.caption(tile.before)
    _lines(what_if, finding, names, ground, view)


def _lines(what_if: WhatIf, finding: Finding, names: dict[str, str], ground: Ground, view: View) -> None:
    base, after = what_if.base, what_if.after
    whole, rows = background_runs.whole_company(view), week_rows.week_rows(what_if)
    lines = figures.ScenarioBalances(
        as_of=base.as_of,
        opening=base.opening_balance,
        before=base.weeks,
        after=after.weeks,
        minimum=after.minimum,
        credit_line=after.credit_line,
        currency=base.currency,
    )
    compact, theme = browser.is_phone(), browser.theme()
    blocks.chart(
        outcome_text.lines_finding(what_if), figures.scenario_balances(lines, theme=theme, compact=compact),
        name="what-if", view=whole, key="lines", rows=rows, export_words=finding,
        opens=change_rows.of_balances(ground, what_if, names),
    )  # fmt: skip
    if any(rows["closing_change"]):
        blocks.chart(
            week_rows.weeks_finding(what_if, rows),
            figures.difference(rows, theme=theme, currency=base.currency, compact=compact),
            name="what-if-difference", view=whole, key="difference", rows=rows,
            opens=change_rows.of_differences(ground, what_if, names),
        )  # fmt: skip


def days_and_interest(what_if: WhatIf, inputs: CapitalInputs, ground: Ground, view: View) -> None:
    """Draw days, interest and the cost of a discount; then what all of it assumes."""
    rows = facts.fact_rows(what_if, inputs, ground.bills)
    blocks.text_table(facts.facts_finding(inputs), rows, background_runs.whole_company(view), key="facts")
    with st.container(key="assumptions"):
        blocks.heading(Finding(_("What this assumes")), key="assumptions")
        blocks.points([escape.plain(sentence) for sentence in assumptions(what_if)], key="assumptions")


def tornado(what_if: WhatIf, names: dict[str, str], ground: Ground, view: View) -> None:
    """Draw which lever and which assumption matters most."""
    outcomes = sensitivity(ground, what_if)
    rows, currency = tornado_text.tornado_rows(outcomes), what_if.base.currency
    figure = None
    if rows.height:
        figure = figures.tornado(rows, theme=browser.theme(), currency=currency, compact=browser.is_phone())
    blocks.chart(
        tornado_text.tornado_finding(outcomes, rows, currency), figure, name="what-if-tornado",
        view=background_runs.whole_company(view), key="tornado", rows=rows,
        opens=change_rows.of_tornado(ground, what_if, outcomes, names),
    )  # fmt: skip


def weeks(what_if: WhatIf, names: dict[str, str], cost_of_money: Decimal, view: View) -> None:
    """Draw the table of weeks, with its export."""
    whole, rows = background_runs.whole_company(view), week_rows.week_rows(what_if)
    finding = week_rows.weeks_finding(what_if, rows)
    blocks.heading_with_export(
        Finding(_("Week by week"), finding.method), rows, whole, key="weeks", name="what-if", level="bottom",
        export_words=outcome_text.outcome_finding(what_if, names, cost_of_money),
    )  # fmt: skip
    has_bounds = week_rows.has_bounds(rows)
    columns = [name for name in _WEEKS if has_bounds or name[-4:] not in {"_low", "high"}]
    tables.show(
        rows, whole, key="whatif-weeks", columns=columns, phone=("week", "closing", "closing_change"),
        expected=("closing",), page_rows=rows.height, alt=finding.title, headings=week_rows.week_headings(),
    )  # fmt: skip


def customers(what_if: WhatIf, view: View, known: pl.DataFrame) -> None:
    """Draw the ten customers with the largest differences, each with the link to its page."""
    rows = customer_rows.customer_rows(what_if, known)
    row = blocks.table(
        customer_rows.customers_finding(rows, what_if), rows, background_runs.whole_company(view),
        key="whatif-customers", name="what-if-customers", empty="", level="bottom", select=True,
        columns=("customer_name", "segment", "receipts_change", "most_change"),
        phone=("customer_name", "most_change"),
    )  # fmt: skip
    if row is not None:
        _open_customer(row["customer_id"], row["customer_name"])


def targets(what_if: WhatIf, view: View, known: pl.DataFrame) -> None:
    """Draw per target the invoices that have to come in."""
    for place, target in enumerate(what_if.targets):
        _target(target, place, what_if.base.currency, view, known)


def _target(target: OverdueTarget, place: int, currency: str, view: View, known: pl.DataFrame) -> None:
    row = blocks.table(
        target_text.target_finding(target, currency), target_text.target_rows(target, known),
        background_runs.whole_company(view), key=f"target-{place}", name="must-come-in", empty="",
        level="bottom", select=True,
        columns=("customer_name", "invoice_id", "due_date", "open_amount", "probability_paid_by", "so_far"),
        phone=("customer_name", "open_amount", "probability_paid_by"),
        headings=columns.short_headings("probability_paid_by"),
    )  # fmt: skip
    if row is not None:
        _open_customer(row["customer_id"], row["customer_name"])


def _open_customer(customer: str, name: str) -> None:
    with st.container(key=f"link-{customer}"):
        st.page_link(
            "pages/customer.py",
            label=_("Open {customer}", customer=escape.plain(name)),
            icon=":material/arrow_forward:",
            query_params=filters.link(customer=customer),
        )
