"""Tables as the screens show them: widths by meaning, exact formats, pages, one selectable row, export."""

import zlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd
import polars as pl
import streamlit as st
from pandas.io.formats.style import Styler

from pages.parts import cell, device
from pages.parts.exports import downloads
from pages.parts.view import View
from reports import language
from reports.language import _, _n
from reports.packs.cells import in_row_currency, in_words

__all__ = ["downloads", "facts", "show", "written"]

ROW_HEIGHT = 34
PAGE_ROWS = 10
_LINE_HEIGHT = 20
# Pixels by meaning; what is not named gets the width of its kind.
_WIDTHS = {
    "customer_name": 172,
    "invoice_id": 86,
    "document_id": 96,
    "invoice_date": 104,
    "due_date": 104,
    "days_overdue": 96,
    "oldest_days_overdue": 136,
    "open_invoices": 108,
    "amount": 112,
    "open_amount": 112,
    "state": 124,
    "week": 72,
    "probability_in_week": 108,
    "probability_below_minimum": 136,
    "expected_amount": 124,
    "label": 200,
    "detail": 320,
    "reason": 520,
    "raw": 420,
    "column": 130,
    "line": 64,
    "batch_id": 76,
    "loaded_at": 140,
    "recorded_at": 170,
    "kind": 124,
    "preset": 92,
    "rows_read": 112,
    "accepted": 112,
    "rejected": 96,
    "duplicate": 84,
    "sum_read": 180,
    "sum_accepted": 210,
    "ledger_difference": 136,
    "ledger_date": 116,
    "bucket_total": 120,
    "expected": 104,
    "received": 104,
    "timing": 108,
    "permanent": 104,
    "why": 160,
    "closing_change": 136,
    "receipts_change": 156,
    "payments_change": 156,
    "most_change": 136,
    "probability_paid_by": 128,
    "lowest_week": 72,
    "scenario": 164,
    "segment": 84,
    "brief": 220,
    "last_contact_date": 124,
    "step_name": 150,
    "contact_said": 260,
    "reason_said": 150,
    "blocked_amount": 100,
    "still_open": 64,
    "longest_open_days": 96,
    "disputes": 72,
    "median_days": 104,
    "range_days": 76,
    "agency": 146,
    "case_count": 68,
    "cost": 128,
    "running": 72,
    "claimed": 100,
    "recovered": 100,
    "recovered_share": 112,
    "cost_share": 104,
    "agreed_days": 84,
    "applied_days": 80,
    "applied_spread": 76,
    "taken_days": 72,
    "legal_days": 72,
    "legal_said": 72,
    "outside": 92,
    "days_beyond_agreed": 82,
    "days_beyond_legal": 82,
    "interest_beyond_agreed": 84,
    "paid_date": 96,
}
_PHONE_ROWS = 10
_PHONE_WIDTHS = {"days_overdue": 62, "days_open": 62, "days_late": 62, "agreed_days": 84, "taken_days": 72}
_DAYS = ("days_overdue", "days_open", "days_late")  # on a phone there is room for one word
# What a phone of 390 pixels leaves inside a frame, and what picking a row takes of it.
_PHONE_ROOM, _PICK = 296, 34
_PHONE_TEXT = 96
_SHORT_WIDTHS = {pl.Decimal: 108, pl.Int64: 60, pl.Float64: 64, pl.String: 168}  # under a heading of one word


def show(
    frame: pl.DataFrame,
    view: View,
    *,
    key: str,
    columns: Sequence[str] | None = None,
    phone: Sequence[str] | None = None,
    select: bool = False,
    rows: int = PAGE_ROWS,
    footer: str = "",
    lines: int = 1,
    alt: str = "",
    headings: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any] | None:
    """Draw a frame page by page, formatted in the language spoken; its values stay numbers and dates.

    Args:
        frame: in the order to show; null is an empty cell.
        view: gives the currency of amounts (a row's own `currency` goes before it) and the bucket limits.
        key: unique on the page.
        columns: which to show, in order; all when left out.
        phone: which to show on a phone.
        select: let one row be picked.
        rows: of a page.
        footer: what the rows come to, under the table; translated.
        lines: of text in a row; a sentence that is longer than its column goes on in the next.
        alt: what the table holds, for who cannot see it.
        headings: translated ones, shorter than the usual, where what is left out stands above the table.

    Returns:
        The picked row, or None.
    """
    compact = device.is_phone()
    rows = min(rows, _PHONE_ROWS) if compact else rows
    shown = list((phone if compact and phone else columns) or frame.columns)
    pages = max(-(-frame.height // rows), 1)
    place = st.container(key=f"table-{key}", gap="xsmall")
    # Other rows start on their first page, and are another table: a picked row would pick one of them.
    among = zlib.crc32(repr((view, frame.height)).encode())
    if st.session_state.get(f"{key}-among", among) != among:
        st.session_state.pop(f"{key}-pager", None)
    st.session_state[f"{key}-among"] = among
    page = _pager(frame.height, pages, rows, footer, key)
    part = frame.slice((page - 1) * rows, rows)
    height = ROW_HEIGHT + (lines - 1) * _LINE_HEIGHT
    options: dict[str, Any] = {"on_select": "rerun", "selection_mode": "single-row"} if select else {}
    narrow = _phone_widths(frame, shown, select=select) if compact else {}
    state = place.dataframe(
        _styled(part, shown, view),
        key=f"{key}-page-{page}-{among}",
        hide_index=True,
        row_height=height,
        height=ROW_HEIGHT + part.height * height + 2,
        column_config={
            name: _column(name, frame.schema[name], headings.get(name), narrow.get(name)) for name in shown
        },
        placeholder="",
        alt=alt or None,
        **options,
    )
    picked = state.selection.rows if select else []
    return part.row(picked[0], named=True) if picked and picked[0] < part.height else None


def forget_picked() -> None:
    """Forget which rows were picked: on another page none is, and what the address names stays."""
    for name in ("panel", "batch-was-picked"):
        st.session_state.pop(name, None)


def facts(rows: Sequence[tuple[str, str]], *, key: str) -> None:
    """Draw a few words with their values, without a header.

    Args:
        rows: word and value, both as they are to be read; values from data are made plain here.
        key: unique on the page.
    """
    with st.container(key=f"facts-{key}"):
        st.table(
            pd.DataFrame(
                {"word": [word for word, _value in rows], "value": [device.plain(v) for _w, v in rows]}
            ),
            border="horizontal",
            hide_index=True,
            hide_header=True,
        )


def _pager(total: int, pages: int, rows: int, footer: str, key: str) -> int:
    """Draw the line under a table and return the page asked for, from 1."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key=f"under-{key}"
    ):
        line = st.empty()
        page = 1
        if pages > 1:
            if st.session_state.get(f"{key}-pager", 1) > pages:
                del st.session_state[f"{key}-pager"]
            page = st.pagination(pages, key=f"{key}-pager", max_visible_pages=5 if device.is_phone() else 9)
        said = _("{first}–{last} of {count} shown",
            first=language.number(min((page - 1) * rows + 1, total)),
            last=language.number(min(page * rows, total)),
            count=language.number(total),
        ) if pages > 1 else _n("{count} row", "{count} rows", total)  # fmt: skip
        line.caption(" · ".join(part for part in (said, footer) if part))
    return page


def _styled(part: pl.DataFrame, shown: Sequence[str], view: View) -> Styler:
    """Return the rows with their formats laid over them, so that sorting and copying keep the values."""
    worded = in_words(part, view.limits)
    frame = worded.select(shown).to_pandas()
    for name in shown:
        if frame[name].isna().all():
            frame[name] = frame[name].astype(object).where(frame[name].notna(), None)
    style = frame.style
    for name in shown:
        style = written(style, part, name, name, view.shown_currency)
    return style


def written(style: Styler, rows: pl.DataFrame, name: str, heading: str, currency: str) -> Styler:
    """Lay the format of a column over it; an amount in its row's own currency is written in that.

    Args:
        style: of the frame as it is shown.
        rows: the same rows, with the columns that are not shown.
        name: of the column in `rows`.
        heading: of the same column in `style`.
        currency: of amounts that are not in their row's own.
    """
    kind = rows.schema[name]
    places: dict[str, list[int]] = {}
    if isinstance(kind, pl.Decimal) and in_row_currency(rows.columns, name):
        for place, own in enumerate(rows["currency"]):
            places.setdefault(own or currency, []).append(place)
    for own, at in (places or {currency: list(range(rows.height))}).items():
        write = cell.writer(name, kind, own)
        if write is not None:
            style = style.format(write, subset=pd.IndexSlice[at, [heading]], na_rep="")
    return style


def _column(name: str, kind: pl.DataType, heading: str | None, narrow: int | None) -> Any:
    if narrow is not None:
        one_word = {"probability_in_week": _("Chance"), "expected_amount": _("Expected")}
        short = _("Days") if name in _DAYS else one_word.get(name, heading)
        return st.column_config.Column(short or language.header(name), width=narrow)
    if heading is not None:
        return st.column_config.Column(heading, width=_SHORT_WIDTHS.get(kind.base_type(), 118))
    width = _WIDTHS.get(name) or (112 if isinstance(kind, pl.Decimal) else 104 if kind == pl.Date else None)
    return st.column_config.Column(
        language.header(name), width=width or ("small" if kind.is_numeric() else None)
    )


def _phone_widths(frame: pl.DataFrame, shown: Sequence[str], *, select: bool) -> dict[str, int]:
    """Return widths in pixels that fit a phone: what numbers and days need, and the rest for words."""
    widths = {
        name: _PHONE_WIDTHS.get(name) or _needed(frame[name])
        for name in shown
        if frame.schema[name] != pl.String
    }
    words = [name for name in shown if name not in widths]
    room = _PHONE_ROOM - (_PICK if select else 0) - sum(widths.values())
    # Words are cut off where there is no room; numbers never.
    return widths | {name: max(min(_PHONE_TEXT, room), room // len(words)) for name in words}


def _needed(values: pl.Series) -> int:
    if isinstance(values.dtype, pl.Decimal):
        digits = values.abs().cast(pl.Int64).cast(pl.String).str.len_chars().max()
        return 76 + 7 * max(int(str(digits or 0)) - 4, 0)
    return 88 if values.dtype == pl.Date else 66
