"""Blocks of the worklist: the list on the left, beside it one customer, and the invoices that wait."""

from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from pages.parts.context import account_managers, address_bar, background_runs, books, filters, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, exports, tables
from pages.parts.worklist import letters
from reports import columns
from reports.answers.worklist import text as worklist_text
from reports.answers.worklist import worklist
from reports.answers.worklist.fees import fees_of
from reports.answers.worklist.worklist import STEPS, Worklist
from reports.language import _, _p

_COLUMNS = ("customer_name", "amount", "days_overdue", "brief", "step_name")
_ROWS = 14
_PLACE = "worklist-place"


@dataclass(frozen=True)
class OpenLine:
    """The customer that is open beside the list.

    Attributes:
        customer: number of the customer.
        entity: the administration; empty where none is given.
        line: of the list; None where nothing is to be done about it now.
        place: of the line in the list, or where it stood; from 0.
        rows: the lines listed.
    """

    customer: str
    entity: str
    line: dict[str, Any] | None
    place: int
    rows: pl.DataFrame

    def neighbour(self, step: int) -> dict[str, Any] | None:
        """Return the line so many places further in the list; None where it ends."""
        # A line that was dealt with has left the list: the next one stands where it stood.
        place = self.place + step - (1 if self.line is None and step > 0 else 0)
        return self.rows.row(place, named=True) if 0 <= place < self.rows.height else None


def worklist_of(view: View) -> Worklist:
    """Return the worklist of a view, with the chances of its forecast."""
    ahead = background_runs.forecast(view)
    unpaid = worklist.of_forecast(ahead.invoices, ahead.as_of)
    fees = fees_of(books.ask("settings", view), view.reporting_currency)
    return worklist.of_items(books.ask("worklist_items", view), view.as_of, unpaid, fees)


def heading(day_list: Worklist, view: View) -> pl.DataFrame:
    """Draw how many customers there are to contact, choices and exports; return the lines they leave."""
    head = st.container()
    rows = _filter_lines(day_list)
    finding = worklist_text.lines(day_list, rows, view.display_currency)
    with head, blocks.bar("lines"):
        blocks.heading(finding, key="lines")
        if rows.height:
            with st.container(horizontal=True, width="content"):
                letters.batch_button(day_list, rows, view)
                line_rows = worklist_text.line_rows(rows, view.display_currency)
                exports.downloads(
                    "worklist", view, line_rows, title=finding.title, method=finding.method, key="lines"
                )
    return rows


def lines(day_list: Worklist, rows: pl.DataFrame, view: View) -> OpenLine | None:
    """Draw the lines, the open one ticked, and return it; None where there is none."""
    opened = _open_line(day_list, rows)
    if opened is None:
        return None
    if rows.is_empty():
        return opened
    finding = worklist_text.lines(day_list, rows, view.display_currency)
    table_rows = worklist_text.line_rows(rows, view.display_currency).with_columns(
        worklist_text.text_column("brief", [worklist_text.summary(row) for row in rows.iter_rows(named=True)])
    )
    shown = list(_COLUMNS)
    if rows["entity"].n_unique() > 1:
        shown.append("entity")
    if rows["fee_amount"].drop_nulls().len():
        shown.insert(shown.index("amount") + 1, "fee_amount")
    picked = tables.show(
        table_rows, view, key="lines", columns=tuple(shown),
        phone=("customer_name", "amount", "days_overdue"), select=True, page_rows=_ROWS, alt=finding.title,
        headings=columns.short_headings("days_overdue", "step_name"),
        ticked=None if opened.line is None else opened.place,
    )  # fmt: skip
    if picked is not None and (picked["customer_id"], picked["entity"]) != (opened.customer, opened.entity):
        filters.remember(**address_of(picked))
        opened = _open_line(day_list, rows)
    if opened is not None:
        _keys(opened)
    return opened


def address_of(line: dict[str, Any]) -> dict[str, str | None]:
    """Return what the address holds of the open line."""
    return {"customer": line["customer_id"], "creditor": line["entity"] or None}


def _keys(opened: OpenLine) -> None:
    """Draw the buttons to the lines before and after, which J and K press as well."""
    with st.container(horizontal=True, gap="small", key="line-keys"):
        for key, step, icon, words in (
            ("K", -1, ":material/keyboard_arrow_up:", _p("button", "Previous")),
            ("J", 1, ":material/keyboard_arrow_down:", _p("button", "Next")),
        ):
            line = opened.neighbour(step)
            st.button(
                words, icon=icon, key=f"line-{key}", shortcut=key, disabled=line is None, type="tertiary",
                on_click=address_bar.write_now, kwargs={} if line is None else address_of(line),
            )  # fmt: skip


def _open_line(day_list: Worklist, rows: pl.DataFrame) -> OpenLine | None:
    """Return the customer of the address, else the first line.

    A customer that was contacted stays open though it has left the list.
    """
    customer, creditor = filters.parameter("customer"), filters.parameter("creditor") or ""
    if customer is None:
        if rows.is_empty():
            return None
        first = rows.row(0, named=True)
        st.session_state[_PLACE] = (first["customer_id"], 0)
        return OpenLine(first["customer_id"], first["entity"], first, 0, rows)
    numbered = rows.with_row_index("place").filter(customer_id=customer)
    of_creditor = numbered.filter(entity=creditor)
    line = of_creditor if of_creditor.height else numbered
    if line.height:
        row = line.drop("place").row(0, named=True)
        st.session_state[_PLACE] = (customer, line["place"][0])
        return OpenLine(customer, row["entity"], row, line["place"][0], rows)
    remembered: tuple[str, int] = st.session_state.get(_PLACE, ("", 0))
    known = day_list.items.filter(customer_id=customer)
    entities = known["entity"].unique().sort().to_list()
    entity = creditor if creditor in entities or not entities else entities[0]
    return OpenLine(customer, entity, None, remembered[1] if remembered[0] == customer else 0, rows)


def _filter_lines(day_list: Worklist) -> pl.DataFrame:
    """Draw the choices of person and step and return the lines they leave."""
    with st.container(horizontal=True, key="narrow"):
        [rows] = account_managers.filter_rows(day_list.lines, column="assigned_to")
        steps = [step for step in STEPS if step in set(day_list.lines["step"])]
        if len(steps) > 1:
            step = url_choices.select(
                "step",
                _p("field", "Step"),
                ["", *steps],
                lambda code: worklist_text.step_name(code) if code else _("All steps"),
            )
            rows = rows.filter(step=step) if step else rows
    return rows


def waits(day_list: Worklist, view: View) -> None:
    """Draw the invoices that wait, per reason."""
    if day_list.waits.is_empty():
        return
    with blocks.card("waiting"):
        blocks.heading(worklist_text.waits(), key="waiting")
        tables.facts(worklist_text.wait_facts(day_list.waits, view.display_currency), key="waiting")
        if "agency" in day_list.waits["waits"]:
            with st.container(key="link-agencies"):
                st.page_link(
                    "pages/disputes.py", label=_("What agencies recover"), icon=":material/arrow_forward:",
                    icon_position="right", query_params=filters.link(part="agencies"),
                )  # fmt: skip
