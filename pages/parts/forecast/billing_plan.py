"""Blocks of the plan tab: billings per week, and the limits that the balance is compared with."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts.context import background_runs, books, browser
from pages.parts.context.view import View
from pages.parts.widgets import blocks, edit_session, escape, links, tables
from reports import language
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.plan import billing_plan_form, limits_text
from reports.language import _

_PLAN = "plan-billing"


def plan(forecast: CashForecast, view: View) -> None:
    """Draw the billing plan of the coming weeks to edit, beside billings without a plan and a year before."""
    whole, known = background_runs.whole_company(view), edit_session.latest_batch_at()
    planned = books.ask("planned_billings", whole)
    days = billing_plan_form.mondays(whole.as_of, forecast_rows.WEEKS)
    names = billing_plan_form.segments(books.ask("filter_values"), planned)
    blocks.heading_with_export(
        billing_plan_form.finding(planned, days, view.reporting_currency),
        planned,
        whole,
        key="plan-billing",
        name="billing-plan",
        level="bottom",
    )
    edit_session.show_result(_PLAN)
    if double_weeks := billing_plan_form.double_counting(planned, days):
        st.warning(escape.plain(double_weeks))
    billings = books.ask("billed", whole, **billing_plan_form.last_year_period(days))
    first_date = books.ask("as_of_range").row(0, named=True)["first_date"]
    editable_rows = billing_plan_form.plan_rows(
        planned,
        names,
        days,
        level=forecast.billings,
        last_year=billing_plan_form.last_year_billings(billings, days, first_date),
    )
    if not edit_session.is_open(view):
        tables.show(planned, whole, key="planned-billings", phone=("week_start", "segment", "amount"))
        return
    edit = edit_session.start(_PLAN, editable_rows.rows(), known, is_grid=True)
    before = pl.DataFrame(edit.before, schema=editable_rows.schema, orient="row")
    after = _grid(before, edit, names)
    with st.container(horizontal=True, key="under-plan-billing"):
        is_saved = edit_session.buttons(_PLAN, edit)
    if is_saved:
        changes = billing_plan_form.plan_changes(before, edit_session.edited_rows(after), names)
        edit_session.save(
            _PLAN, edit, "billing_plan", changes, lambda: billing_plan_form.confirmation(changes)
        )


def _grid(before: pl.DataFrame, edit: edit_session.EditSession, names: list[str]) -> Any:
    with st.container(key="typed-table-plan-billing"):
        after: Any = st.data_editor(
            before,
            key=edit.key,
            hide_index=True,
            row_height=tables.ROW_HEIGHT,
            height=tables.ROW_HEIGHT * (before.height + 1) + 2,
            column_order=[name for name in before.columns if name != "week_start" or not browser.is_phone()],
            disabled=["week", "week_start", "level", "last_year"],
            column_config=_columns(names),
            placeholder="",
            alt=_("Billing plan"),
        )
    return after


def _columns(names: list[str]) -> dict[str, Any]:
    config = st.column_config
    grid: dict[str, Any] = {
        "week": config.TextColumn(language.heading("week"), width=64, pinned=True),
        "week_start": config.DateColumn(language.heading("week_start"), width=100, format="DD-MM-YYYY"),
        "level": config.TextColumn(_("Without a plan"), width=108, alignment="right"),
        "last_year": config.TextColumn(_("Billed a year before"), width=148, alignment="right"),
    }
    for column, name in billing_plan_form.columns(names).items():
        heading = billing_plan_form.all_name() if name is None else name
        grid[column] = config.TextColumn(heading, width=104, alignment="right")
    return grid


def limits(view: View) -> None:
    """Draw the minimum cash and the credit line, and the way to where they are set."""
    currency = view.reporting_currency
    blocks.heading(limits_text.finding(), key="plan-settings")
    tables.facts(limits_text.facts(books.ask("settings", view), currency), key="limits")
    links.settings("cash", limits_text.link_label())
