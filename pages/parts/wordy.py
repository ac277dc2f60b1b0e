"""Tables whose cells hold sentences: they wrap, and text from data in them is shown letter by letter."""

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
import streamlit as st

from pages.parts import device
from pages.parts.view import View
from reports import language
from reports.packs.cells import is_share


def table(rows: pl.DataFrame, view: View, *, key: str, columns: Sequence[str] | None = None) -> None:
    """Draw a small frame with its headings in words; numbers stay numbers, so that they stand right.

    Args:
        rows: in the order to show, few enough to read at once.
        view: the currency of amounts; a row's own `currency` goes before it.
        key: unique on the page.
        columns: which to show; all when left out.
    """
    shown = list(columns or rows.columns)
    texts = [name for name in shown if rows.schema[name] == pl.String]
    safe = rows.with_columns(pl.col(texts).map_elements(device.plain, return_dtype=pl.String))
    currencies = rows["currency"].to_list() if "currency" in rows.columns else []
    headings = {name: language.header(name) for name in shown}
    style = safe.select(shown).rename(headings).to_pandas().style
    for name in shown:
        own = (
            currencies[0]
            if currencies and currencies[0] and len(set(currencies)) == 1
            else view.shown_currency
        )
        write = _writer(name, rows.schema[name], own)
        if write is not None:
            style = style.format(write, subset=[headings[name]], na_rep="")
    with st.container(key=f"wordy-{key}"):
        st.table(style, border="horizontal", hide_index=True)


def _writer(name: str, kind: pl.DataType, currency: str) -> Callable[[Any], str] | None:
    if isinstance(kind, pl.Decimal):
        return lambda value: language.money(value, currency)
    if kind.is_float():
        return language.percent if is_share(name) else lambda value: language.number(value, 1)
    if kind.is_integer():
        return lambda value: language.number(int(value))
    return language.day if kind == pl.Date else None
