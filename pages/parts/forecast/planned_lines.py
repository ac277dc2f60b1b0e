"""Blocks of the plan tab: planned lines in a grid, or one by one on a phone."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts.context import background_runs, books, browser, choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, edit_session, escape, tables
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast import text as forecast_text
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.plan import planned_lines_form
from reports.language import _, _p

_LINES = "plan-lines"
_LONGEST = 120


def outcome(forecast: CashForecast) -> None:
    """Draw the lowest balance with the plan as it is saved."""
    blocks.heading(forecast_text.plan_outcome(forecast), key="plan")


def lines(view: View) -> None:
    """Draw the planned lines to edit."""
    whole, known = background_runs.whole_company(view), edit_session.latest_batch_at()
    rows = books.ask("planned_lines", whole)
    occurrences = books.ask("planned_occurrences", whole, weeks=forecast_rows.WEEKS)
    words = (rows, occurrences, forecast_rows.WEEKS, view.reporting_currency)
    blocks.heading_with_export(
        planned_lines_form.finding(*words, in_grid=not browser.is_phone()),
        rows,
        whole,
        key="plan-lines",
        name="planned-lines",
        export_words=planned_lines_form.finding(*words),
        level="bottom",
    )
    editable_rows = planned_lines_form.line_rows(rows, occurrences)
    edit_session.show_result(_LINES)
    if not edit_session.is_open(view):
        tables.show(rows.drop("line_id"), whole, key="planned-lines", phone=("label", "amount", "first_date"))
        return
    edit = edit_session.start(_LINES, editable_rows.rows(), known, is_grid=not browser.is_phone())
    before = pl.DataFrame(edit.before, schema=editable_rows.schema, orient="row")
    options = planned_lines_form.categories(rows)
    if browser.is_phone():
        _one_line(before, edit, options, view)
    else:
        _grid(before, edit, options)


def _grid(before: pl.DataFrame, edit: edit_session.EditSession, options: list[str]) -> None:
    with st.container(key="typed-table-plan-lines"):
        after: Any = st.data_editor(
            before,
            key=edit.key,
            num_rows="dynamic",
            hide_index=True,
            row_height=tables.ROW_HEIGHT,
            column_order=[name for name in before.columns if name not in _hidden_columns(before)],
            disabled=["next_date", "ahead", "gives_way"],
            column_config=_columns(options),
            placeholder="",
            alt=_("Planned lines"),
        )
    if _save_bar(edit):
        changes = planned_lines_form.line_changes(before, edit_session.edited_rows(after))
        edit_session.save(
            _LINES, edit, "planned_cash", changes, lambda: planned_lines_form.confirmation(changes)
        )


def _hidden_columns(rows: pl.DataFrame) -> set[str]:
    """Return the columns that are not drawn: the id of a line, and its bills if no line has any."""
    return {"line_id"} if rows.filter(pl.col("gives_way") != "").height else {"line_id", "gives_way"}


def _columns(options: list[str]) -> dict[str, Any]:
    config = st.column_config
    heading = planned_lines_form.heading
    form = "DD-MM-YYYY"
    return {
        "label": config.TextColumn(heading("label"), width=200, required=True, max_chars=_LONGEST),
        "direction": config.SelectboxColumn(
            heading("direction"),
            width=72,
            required=True,
            default=planned_lines_form.OUT,
            options=[planned_lines_form.OUT, planned_lines_form.IN],
            format_func=planned_lines_form.direction_name,
        ),
        "amount": config.TextColumn(heading("amount"), width=104, required=True, alignment="right"),
        "category": config.SelectboxColumn(
            heading("category"),
            width=96,
            required=True,
            options=[*options, *_own_category(options)],
            format_func=planned_lines_form.category_name,
        ),
        "first_date": config.DateColumn(heading("first_date"), width=100, required=True, format=form),
        "repeat": config.SelectboxColumn(
            heading("repeat"),
            width=104,
            required=True,
            default="none",
            options=list(planned_lines_form.REPEATS),
            format_func=planned_lines_form.repeat_name,
        ),
        "until": config.DateColumn(heading("until"), width=100, format=form),
        "next_date": config.DateColumn(heading("next_date"), width=92, format=form),
        "ahead": config.TextColumn(heading("ahead"), width=104, alignment="right"),
        "gives_way": config.TextColumn(heading("gives_way"), width=240),
    }


def _own_category(options: list[str]) -> list[str]:
    """Return the category typed below the grid, which its list of categories then offers."""
    typed = st.session_state.get("plan-own-category") or ""
    code = planned_lines_form.category_code(typed)
    return [code] if code and code not in options else []


def _save_bar(edit: edit_session.EditSession) -> bool:
    with st.container(horizontal=True, vertical_alignment="bottom", key="under-plan-lines"):
        is_saved = edit_session.buttons(_LINES, edit)
        st.text_input(
            _("Another purpose for the list"),
            key="plan-own-category",
            placeholder=_("Another purpose for the list"),
            max_chars=40,
            width=240,
            label_visibility="collapsed",
        )
    return is_saved


def _one_line(before: pl.DataFrame, edit: edit_session.EditSession, options: list[str], view: View) -> None:
    """Draw one line to edit, chosen from a list, because the grid is too wide for a phone."""
    names = {row["line_id"]: row["label"] for row in before.iter_rows(named=True)}
    chosen = choices.selectbox(
        _("Planned line"),
        ["", *names],
        key=f"{edit.key}-which",
        words=lambda code: names.get(code) or _("New line"),
    )
    known = before.filter(line_id=chosen).to_dicts()
    row: dict[str, Any] = known[0] if known else {}
    if row:
        st.caption(escape.plain(planned_lines_form.coming_weeks(row, view.reporting_currency)))
    with st.form(f"{edit.key}-{chosen or 'new'}"):
        typed = _fields(row, options)
        is_removed = st.checkbox(_("Take this line out")) if row else False
        if not st.form_submit_button(_p("button", "Save"), icon=":material/save:", key=f"{edit.key}-save"):
            return
    others = [other for other in before.to_dicts() if other["line_id"] != chosen]
    changes = planned_lines_form.line_changes(before, others if is_removed else [*others, {**row, **typed}])
    edit_session.save(_LINES, edit, "planned_cash", changes, lambda: planned_lines_form.confirmation(changes))


def _fields(row: dict[str, Any], options: list[str]) -> dict[str, Any]:
    """Draw the fields of one line and return the input; the row is empty for a new line."""
    return {
        "label": st.text_input(planned_lines_form.heading("label"), row.get("label", ""), max_chars=_LONGEST),
        "direction": st.segmented_control(
            planned_lines_form.heading("direction"),
            [planned_lines_form.OUT, planned_lines_form.IN],
            required=True,
            default=row.get("direction", planned_lines_form.OUT),
            format_func=planned_lines_form.direction_name,
        ),
        "amount": st.text_input(planned_lines_form.heading("amount"), row.get("amount", "")),
        "category": st.selectbox(
            planned_lines_form.heading("category"),
            options,
            format_func=planned_lines_form.category_name,
            index=options.index(row["category"]) if row else 0,
            accept_new_options=True,
        ),
        "first_date": st.date_input(
            planned_lines_form.heading("first_date"), row.get("first_date"), format="DD-MM-YYYY"
        ),
        "repeat": st.selectbox(
            planned_lines_form.heading("repeat"),
            planned_lines_form.REPEATS,
            format_func=planned_lines_form.repeat_name,
            index=planned_lines_form.REPEATS.index(row.get("repeat", "none")),
        ),
        "until": st.date_input(planned_lines_form.heading("until"), row.get("until"), format="DD-MM-YYYY"),
    }
