"""What a part of a chart opens: the rows that add up to it, over the page, which stays where it was.

The address names the opened part, so that a link reopens it and Back closes it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.parts.context import address_bar, choices, filters
from pages.parts.context.view import View
from pages.parts.widgets import dialogs, escape, exports, links, tables
from reports import language
from reports.answers.shared.rows_behind import ChartPart, RowsBehind
from reports.language import _, _p

_NAME = "opens"


def chart_key(place: str) -> str:
    """Return the key of a chart, new after each opening: a selection left would open it again."""
    return f"{place}-{st.session_state.get(_counter(place), 0)}"


def select(place: str, key: str, drawing: go.Figure) -> None:
    """Open the part of the chart that was clicked; for `on_select`.

    Args:
        place: of the chart.
        key: the chart had when it was drawn. The second of two clicks comes from a chart whose turn is over.
        drawing: its figure.
    """
    state = st.session_state.get(key)
    if state is None:
        return
    points = state.selection.points
    st.session_state[_counter(place)] = st.session_state.get(_counter(place), 0) + 1
    for point in points:
        if code := _code(drawing, point["curve_number"], point["point_index"]):
            _open(place, code)
            return


def _code(drawing: go.Figure, curve: int, place: int) -> str:
    """Return the code of a point; empty where it has none, or was one of a chart of another day."""
    ids = drawing.data[curve].ids if curve < len(drawing.data) else None
    return str(ids[place]).strip() if ids is not None and place < len(ids) else ""


def parts(place: str, listed: Sequence[ChartPart], view: View) -> None:
    """Draw the list of a chart's parts, for keyboard and screen reader, and the rows of the opened one.

    Args:
        place: key of the chart.
        listed: its parts.
        view: currency and filters.
    """
    names = {part.code: part.label for part in listed}
    with (
        st.container(key=f"opens-{place}"),
        st.popover(_("Rows behind this chart"), icon=":material/table_rows:", type="tertiary"),
    ):
        choices.selectbox(
            _("Part of the chart"),
            list(names),
            index=None,
            key=f"open-{place}",
            words=lambda code: names.get(code, code),
            placeholder=_("Choose a part to see its rows"),
            on_change=_open_chosen,
            args=(place,),
        )
    asked = filters.parameter(_NAME)
    if asked is None or not asked.startswith(f"{place}."):
        return
    part = next((part for part in listed if asked == f"{place}.{part.code}"), None)
    if part is None:
        filters.report_missing(_NAME)
        return
    behind = part.rows()
    title = escape.plain(behind.finding.title)
    if not dialogs.show(title, _rows, behind, view, language.current(), width="large", on_dismiss=_close):
        filters.remember(**{_NAME: None})  # another dialog was asked for over these rows


def _rows(behind: RowsBehind, view: View, spoken: str) -> None:
    language.use(spoken)  # a page of the table in the dialog runs this alone
    of_its_day = replace(view, as_of=behind.as_of)
    if behind.finding.method:
        st.caption(escape.plain(behind.finding.method))
    with st.container(horizontal=True, horizontal_alignment="distribute", key="bar-behind"):
        if st.button(_p("button", "Back"), icon=":material/arrow_back:", type="tertiary", key="opened-back"):
            # A button in a dialog runs the dialog alone, which would stay.
            _close()
            st.rerun()
        if behind.page:
            st.page_link(
                f"pages/{behind.page}.py",
                label=_("Show in the list"),
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params=filters.link(**{"as_of": behind.as_of.isoformat(), **behind.own}),
            )
    if behind.rows.is_empty():
        st.caption(_("There are no rows."))
        return
    has_customers = "customer_id" in behind.rows.columns and behind.rows["customer_id"].count() > 0
    picked = table(behind, of_its_day, key="behind", select=has_customers)
    exports.downloads(
        "rows", of_its_day, behind.rows,
        title=behind.finding.title, method=behind.finding.method, key="behind",
    )  # fmt: skip
    if picked is not None and picked["customer_id"] is not None:
        links.customer(picked["customer_id"])


def table(behind: RowsBehind, view: View, *, key: str, select: bool = False) -> dict[str, Any] | None:
    """Draw the rows behind a number with their sum, and return the picked one."""
    return tables.show(
        behind.rows, view, key=key, columns=behind.columns, phone=behind.phone, select=select,
        footer=behind.footer, alt=behind.finding.title, has_menu=False, expected=behind.expected,
    )  # fmt: skip


def _open_chosen(place: str) -> None:
    code = choices.read(f"open-{place}")
    st.session_state[f"open-{place}"] = None
    if code is not None:
        _open(place, code)


def _open(place: str, code: str) -> None:
    address_bar.write_now(**{_NAME: f"{place}.{code}"})


def _close() -> None:
    address_bar.write_now(**{_NAME: None})


def _counter(place: str) -> str:
    return f"{place}-opened"
