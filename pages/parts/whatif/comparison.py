"""Saved scenarios compared: up to four beside the base, as lines and as rows."""

import streamlit as st

from data.errors import ScenarioError
from pages.parts.context import address_bar, background_runs, books, browser, filters
from pages.parts.context.view import View
from pages.parts.shell import page
from pages.parts.whatif import cost_of_money
from pages.parts.widgets import blocks, escape
from reports import figures
from reports.answers.shared.finding import Finding
from reports.answers.whatif import change_rows, comparison
from reports.answers.whatif.evaluate import WhatIf
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.scenario_file import parse
from reports.language import _
from reports.sentences import translate

_MOST_SCENARIOS = 4
_SEPARATOR = "\n"  # no name of a scenario holds a line break
_COLUMNS = (
    "scenario",
    "lowest",
    "lowest_week",
    "probability_below_minimum",
    "closing",
    "closing_change",
    "dso_countback",
    "dpo",
    "cash_conversion_cycle",
    "interest_saved",
    "discount_given",
)


def show(view: View, ground: Ground) -> None:
    """Draw up to four saved scenarios beside the base."""
    saved = dict(books.ask("scenarios", view).select("name", "toml").iter_rows())
    if not saved:
        page.nothing_here(
            _("No scenario is saved yet."), link="what_if", label=_("Set the levers of one"), part=None
        )
        return
    scenarios = _evaluated(_choice(list(saved)), saved, view, ground)
    with st.expander(_("Money and stock")):
        rate, stock_days = cost_of_money.rate_box(view), cost_of_money.stock_box(view)
    base, whole = ground.forecast, background_runs.whole_company(view)
    inputs = cost_of_money.capital_inputs(view, rate, stock_days)
    rows = comparison.comparison_rows(base, scenarios, inputs, ground.bills)
    finding = comparison.comparison_finding(base, scenarios, inputs.rate)
    lines = {
        _("Base case"): base.weeks,
        **{name: what_if.after.weeks for name, what_if in scenarios.items()},
    }
    figure = figures.scenario_lines(
        base.as_of, base.opening_balance, lines, theme=browser.theme(), currency=base.currency,
        compact=browser.is_phone(),
    )  # fmt: skip
    opens = change_rows.of_comparison(scenarios, base.currency)
    blocks.chart(finding, figure, name="scenarios", view=whole, key="beside", rows=rows, opens=opens)
    blocks.table(
        Finding(_("Side by side"), comparison.comparison_table_method(base)), rows, whole,
        key="beside-rows", name="scenarios", export_words=finding, table_key="beside", level="bottom",
        columns=[name for name in _COLUMNS if rows[name].null_count() < rows.height],
        phone=("scenario", "lowest", "closing_change"), expected=("closing",),
        headings=comparison.comparison_headings(),
    )  # fmt: skip


def _evaluated(names: list[str], saved: dict[str, str], view: View, ground: Ground) -> dict[str, WhatIf]:
    """Return the scenarios evaluated, by name; a sentence stands in the place of those that are refused."""
    scenarios = {}
    for name in names:
        try:
            scenarios[name] = background_runs.whatif(view, parse(saved[name]), ground)
        except ScenarioError as error:
            st.warning(f"{escape.plain(name)}: {escape.plain(translate(error.message))}")
    return scenarios


def _choice(names: list[str]) -> list[str]:
    """Draw which scenarios are compared; kept in the address."""
    key, address = "whatif-beside", filters.parameter("beside")
    if key not in st.session_state or address != st.session_state.get("written-beside"):
        wanted = address.split(_SEPARATOR) if address else names[:_MOST_SCENARIOS]
        st.session_state[key] = [name for name in wanted if name in names][:_MOST_SCENARIOS]
        if address and any(name not in names for name in wanted):
            filters.report_missing("beside")
    st.session_state[key] = [name for name in st.session_state[key] if name in names]
    chosen = st.multiselect(
        _("Scenarios to compare, at most four"), names, key=key, max_selections=_MOST_SCENARIOS
    )
    text = None if chosen == names[:_MOST_SCENARIOS] else _SEPARATOR.join(chosen) or None
    address_bar.keep_marked("written-beside", text, beside=text)
    return chosen
