"""Blocks of the part Plan: what will be billed per week, and the settings the forecast is judged by."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts.context import background_runs, books, browser
from pages.parts.context.view import View
from pages.parts.widgets import blocks, edit_session, escape, tables
from reports import language
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.plan import billing_plan_form
from reports.answers.forecast.plan import limits_form as settings_typed
from reports.language import _, _p

_PLAN, _SETTINGS = "plan-billing", "plan-settings"


def plan(found: CashForecast, view: View) -> None:
    """Draw the billing plan of the coming weeks to type over, beside what is known of each."""
    whole, known = background_runs.whole_company(view), edit_session.seen()
    planned = books.ask("planned_billings", whole)
    days = billing_plan_form.mondays(whole.as_of, forecast_rows.WEEKS)
    names = billing_plan_form.segments(books.ask("filter_values"), planned)
    finding = billing_plan_form.plan_found(planned, days, view.reporting_currency)
    method = billing_plan_form.plan_method(view.reporting_currency)
    with edit_session.bar("bar-plan-billing"):
        blocks.heading(finding, method, key="plan-billing")
        tables.downloads("billing-plan", whole, planned, title=finding, method=method, key="plan-billing")
    edit_session.said(_PLAN)
    if twice := billing_plan_form.counted_twice(planned, days):
        st.warning(escape.plain(twice))
    billed = books.ask("billed", whole, **billing_plan_form.last_year_asked(days))
    shown = billing_plan_form.plan_rows(
        planned,
        names,
        days,
        level=found.billings,
        billed=billing_plan_form.billed_last_year(
            billed, days, books.ask("as_of_range").row(0, named=True)["first_date"]
        ),
    )
    if not edit_session.is_open(view):
        tables.show(planned, whole, key="planned-billings", phone=("week_start", "segment", "amount"))
        return
    held = edit_session.begin(_PLAN, shown.rows(), known, is_grid=True)
    before = pl.DataFrame(held.shown, schema=shown.schema, orient="row")
    with st.container(key="table-plan-billing"):
        after: Any = st.data_editor(
            before,
            key=held.key,
            hide_index=True,
            row_height=tables.ROW_HEIGHT,
            height=tables.ROW_HEIGHT * (before.height + 1) + 2,
            column_order=[name for name in before.columns if name != "week_start" or not browser.is_phone()],
            disabled=["week", "week_start", "level", "last_year"],
            column_config=_columns(names),
            placeholder="",
            alt=_("Billing plan"),
        )
    with st.container(horizontal=True, key="under-plan-billing"):
        is_saved = edit_session.buttons(_PLAN, held)
    if is_saved:
        changes = billing_plan_form.plan_changes(before, edit_session.typed(after), names)
        edit_session.save(_PLAN, held, "billing_plan", changes, lambda: billing_plan_form.plan_saved(changes))


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


def settings(view: View) -> None:
    """Draw the minimum cash and the credit line to type over."""
    known = edit_session.seen()
    shown = settings_typed.setting_rows(books.ask("settings", view))
    blocks.heading(
        _("What the balance is held against"),
        _(
            "Headroom is the closing balance plus the credit line, less the minimum. "
            "The chance of less than the minimum leaves the credit line out."
        ),
        key="plan-settings",
    )
    edit_session.said(_SETTINGS)
    if not edit_session.is_open(view):
        return
    held = edit_session.begin(_SETTINGS, shown, known)
    currency = view.reporting_currency
    with st.form(f"{held.key}-form"), st.container(horizontal=True, vertical_alignment="bottom"):
        after = {
            name: st.text_input(
                f"{settings_typed.setting_name(name)}, {currency}", value, key=f"{held.key}-{name}", width=200
            )
            for name, value in held.shown.items()
        }
        is_saved = st.form_submit_button(_p("button", "Save"), icon=":material/save:", key=f"{held.key}-save")
    if is_saved:
        changes = settings_typed.setting_changes(held.shown, after)
        edit_session.save(
            _SETTINGS,
            held,
            "settings",
            changes,
            lambda: settings_typed.settings_saved(changes, after, currency),
        )
