"""Tables as the screens show them: exact formats, pages, one selectable row, export."""

import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

import pandas as pd
import polars as pl
import streamlit as st
from pandas.io.formats.style import Styler

from pages.parts.context import browser
from pages.parts.context.view import View
from pages.parts.widgets import cell_format, column_choice, column_widths, escape, row_picks
from reports import columns as report_columns
from reports import language
from reports.language import _, _n
from reports.packs.cell_text import in_row_currency, in_words

ROW_HEIGHT = 34
PAGE_ROWS = 10
_LINE_HEIGHT = 20
_PHONE_ROWS = 10
_PAGE_BUTTON = 34  # pixels of one page of the pager
_TICK_ROWS = 15  # rows to tick that are shown without scrolling


def show(
    frame: pl.DataFrame,
    view: View,
    *,
    key: str,
    columns: Sequence[str] | None = None,
    phone: Sequence[str] | None = None,
    select: bool = False,
    page_rows: int = PAGE_ROWS,
    footer: str = "",
    lines: int = 1,
    alt: str = "",
    headings: Mapping[str, str] = MappingProxyType({}),
    ticked: int | None = None,
    has_menu: bool = True,
    expected: Collection[str] = (),
) -> dict[str, Any] | None:
    """Draw a frame page by page, formatted in the language spoken; its values stay numbers and dates.

    Args:
        frame: in the order to show; null is an empty cell.
        view: gives the currency of amounts (a row's own `currency` goes before it) and the bucket limits.
        key: unique on the page.
        columns: which to show, in order; all when left out.
        phone: which to show on a phone.
        select: let one row be picked.
        page_rows: number of rows on a page.
        footer: total of the rows, under the table; translated.
        lines: of text in a row; a sentence that is longer than its column goes on in the next.
        alt: description of the table for screen readers.
        headings: translated and shorter than the usual, if the title of the table says the rest.
        ticked: the row that is open beside the table, from 0: it is ticked, on its page.
        has_menu: a table of many columns lets the reader choose among them; not in a dialog.
        expected: columns of expectations that are exact elsewhere; those whose record says so need no name.

    Returns:
        The picked row, or None.
    """
    compact = browser.is_phone()
    page_rows = min(page_rows, _PHONE_ROWS) if compact else page_rows
    shown = list((phone if compact and phone else columns) or frame.columns)
    everything = shown
    has_menu = has_menu and not compact and len(shown) >= column_choice.LEAST
    if has_menu:
        shown = column_choice.choice(key, everything)
        frame = frame if ticked is not None else column_choice.sort(frame, key)
    pages = max(-(-frame.height // page_rows), 1)
    place = st.container(key=f"table-{key}", gap="xsmall")
    # Other rows start on their first page, and are another table: a picked row would pick one of them.
    among = zlib.crc32(repr((view, frame.height, shown, column_choice.order(key))).encode())
    if st.session_state.get(f"{key}-among", among) != among:
        st.session_state.pop(f"{key}-pager", None)
    st.session_state[f"{key}-among"] = among
    if select and ticked is None and (back := row_picks.after_back(key, frame)) is not None:
        left_page, left = back
        left_page = min(left_page, pages) if left is None else left // page_rows + 1
        if pages > 1:
            st.session_state[f"{key}-pager"] = left_page
        st.session_state[f"{key}-page-{left_page}-{among}"] = _selection(
            None if left is None else left % page_rows
        )
    # The row ticked in the run before, and the pick it came from: of tick and pick, the new one counts.
    followed = st.session_state.get(f"{key}-ticked", (None, None, None))
    shown_page = st.session_state.get(f"{key}-pager", 1)
    pick = _picked_row(f"{key}-page-{shown_page}-{among}")
    is_pick = pick is not None and (shown_page, pick) != followed[2]
    has_moved = ticked is not None and not is_pick and followed[:2] != (among, ticked)
    if has_moved and ticked is not None and shown_page != ticked // page_rows + 1:
        st.session_state[f"{key}-pager"] = ticked // page_rows + 1
    menu = (
        partial(column_choice.menu, key, everything, headings, can_sort=ticked is None) if has_menu else None
    )
    page = _pager(frame.height, pages, page_rows, footer, key, menu=menu)
    part = frame.slice((page - 1) * page_rows, page_rows)
    height = ROW_HEIGHT + (lines - 1) * _LINE_HEIGHT
    options: dict[str, Any] = {"on_select": "rerun", "selection_mode": "single-row"} if select else {}
    table = f"{key}-page-{page}-{among}"
    if ticked is not None and ticked // page_rows + 1 == page and (has_moved or _picked_row(table) is None):
        st.session_state[table] = _selection(ticked % page_rows)
    widths = {} if lines > 1 else column_widths.pixels(shown, headings)
    if compact:
        widths = column_widths.phone_pixels(frame, shown, select=select)
    state = place.dataframe(
        _styled(part, shown, view, widths, expected),
        key=table,
        hide_index=True,
        row_height=height,
        height=ROW_HEIGHT + part.height * height + 2,
        column_config=column_widths.on_phone(frame, shown, headings, select=select)
        if compact
        else column_widths.on_desk(frame, shown, headings),
        placeholder="",
        alt=alt or None,
        **options,
    )
    picked = next((at for at in state.selection.rows if at < part.height), None) if select else None
    at = ticked if picked is None else (page - 1) * page_rows + picked
    if select:
        row_picks.note(key, page, frame, at)
    st.session_state[f"{key}-ticked"] = (among, at, None if picked is None else (page, picked))
    return None if picked is None else part.row(picked, named=True)


def _selection(row: int | None) -> dict[str, Any]:
    """Return the state of a table of which one row is picked, or none."""
    return {"selection": {"rows": [] if row is None else [row], "columns": [], "cells": []}}


def _picked_row(table: str) -> int | None:
    """Return the row that is picked in a table of the session; None if there is none."""
    state = st.session_state.get(table)
    return next(iter(state["selection"]["rows"]), None) if state else None


def tick(
    frame: pl.DataFrame,
    view: View,
    *,
    key: str,
    columns: Sequence[str],
    phone: Sequence[str],
    ticked: Sequence[int],
    alt: str,
) -> list[int]:
    """Draw a frame with a tick before each row and return the places of the ticked rows, in order.

    Args:
        frame: in the order to show.
        view: gives the currency of amounts.
        key: unique on the page.
        columns: which to show, in order.
        phone: which to show on a phone.
        ticked: places of the rows that are ticked at first; other rows or ticks start the choice anew.
        alt: description of the table for screen readers.
    """
    compact = browser.is_phone()
    shown = list(phone if compact else columns)
    among = zlib.crc32(repr((view, frame.rows(), list(ticked))).encode())
    with st.container(key=f"table-{key}", gap="xsmall"):
        state = st.dataframe(
            _styled(
                frame,
                shown,
                view,
                column_widths.phone_pixels(frame, shown, select=True)
                if compact
                else column_widths.pixels(shown, {}),
                (),
            ),
            key=f"{key}-ticks-{among}",
            hide_index=True,
            row_height=ROW_HEIGHT,
            height=ROW_HEIGHT * (min(frame.height, _TICK_ROWS) + 1) + 2,
            column_config=column_widths.on_phone(frame, shown, {}, select=True)
            if compact
            else column_widths.on_desk(frame, shown, {}),
            placeholder="",
            alt=alt,
            on_select="rerun",
            selection_mode="multi-row",
            selection_default={"selection": {"rows": list(ticked)}},
        )
    return sorted(place for place in state.selection.rows if place < frame.height)


def forget_selection() -> None:
    """Forget the picked rows on a move to another page; the rows that the address names stay."""
    for name in ("panel", "batch-was-picked"):
        st.session_state.pop(name, None)


def facts(rows: Sequence[tuple[str, str]], *, key: str) -> None:
    """Draw a list of facts, each a name with its value, without a header.

    Args:
        rows: name and value as text; Markdown in values is escaped here.
        key: unique on the page.
    """
    with st.container(key=f"facts-{key}"):
        st.table(
            pd.DataFrame(
                {"word": [word for word, _value in rows], "value": [escape.plain(v) for _w, v in rows]}
            ),
            border="horizontal",
            hide_index=True,
            hide_header=True,
        )


def _pager(
    total: int, pages: int, rows: int, footer: str, key: str, *, menu: Callable[[], None] | None
) -> int:
    """Draw the line under a table, with its menu, and return the chosen page, from 1."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key=f"under-{key}"
    ):
        line = st.empty()
        page = 1
        if menu is not None:
            menu()
        if pages > 1:
            if st.session_state.get(f"{key}-pager", 1) > pages:
                st.session_state.pop(f"{key}-pager", None)
            most = 5 if browser.is_phone() else 9
            # Where it has room for fewer than five pages Streamlit shows one or two, also of three.
            width = (max(min(pages, most), 5) + 2) * _PAGE_BUTTON + _PAGE_BUTTON // 4
            page = st.pagination(pages, key=f"{key}-pager", max_visible_pages=most, width=width)
        shown_rows = _("{first}–{last} of {count} shown",
            first=language.number(min((page - 1) * rows + 1, total)),
            last=language.number(min(page * rows, total)),
            count=language.number(total),
        ) if pages > 1 else _n("{count} row", "{count} rows", total)  # fmt: skip
        line.caption(" · ".join(part for part in (shown_rows, footer) if part))
    return page


def _styled(
    part: pl.DataFrame,
    shown: Sequence[str],
    view: View,
    widths: Mapping[str, int],
    expected: Collection[str],
) -> Styler:
    """Return the rows with formats on top of their values, so that sorting and copying use the values.

    Args:
        part: the rows of a page.
        shown: columns, in order.
        view: currency and bucket limits.
        widths: pixels of columns whose longer texts end in an ellipsis.
        expected: amounts that are expectations besides those whose record says so.
    """
    expected = report_columns.expectations(part, expected)
    part = report_columns.round_amounts(part, expected)
    frame = in_words(part, view.limits).select(shown).to_pandas()
    for name in shown:
        if frame[name].isna().all():
            frame[name] = frame[name].astype(object).where(frame[name].notna(), None)
    style = frame.style
    for name in shown:
        style = format_column(style, part, name, name, view.display_currency, is_expected=name in expected)
        if name in widths and part.schema[name] == pl.String:
            style = style.format(
                partial(column_widths.shortened, pixels=widths[name]), subset=[name], na_rep=""
            )
    return style


def format_column(
    style: Styler, rows: pl.DataFrame, name: str, heading: str, currency: str, *, is_expected: bool = False
) -> Styler:
    """Format a column; an amount in the currency of its row is written in that currency.

    Args:
        style: of the frame as it is shown.
        rows: the same rows, with the columns that are not shown.
        name: of the column in `rows`.
        heading: of the same column in `style`.
        currency: of amounts that are not in their row's own.
        is_expected: they are expectations.
    """
    kind = rows.schema[name]
    places: dict[str, list[int]] = {}
    if isinstance(kind, pl.Decimal) and in_row_currency(rows.columns, name):
        for place, own in enumerate(rows["currency"]):
            places.setdefault(own or currency, []).append(place)
    for own, at in (places or {currency: list(range(rows.height))}).items():
        write = cell_format.writer(name, kind, own, is_expected=is_expected)
        if write is not None:
            style = style.format(write, subset=pd.IndexSlice[at, [heading]], na_rep="")
    return style
