"""Tables whose cells hold sentences: they wrap, and text from data in them is shown letter by letter."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from pages.parts.context.view import View
from pages.parts.widgets import escape, tables
from reports import columns as columns_of
from reports import language


def table(
    rows: pl.DataFrame, view: View, *, key: str, columns: Sequence[str] | None = None, own: str = ""
) -> None:
    """Draw a small frame with its headings; numbers stay numbers, so that they are aligned right.

    Args:
        rows: in the order to show, few enough to read at once.
        view: the currency of amounts; a row's own `currency` goes before it.
        key: unique on the page.
        columns: which to show; all when left out.
        own: a column of the program's own sentences, which may hold commands.
    """
    shown = list(columns or rows.columns)
    texts = [name for name in shown if rows.schema[name] == pl.String]
    safe = rows.with_columns(
        language.each(rows[name], escape.sentence if name == own else escape.plain) for name in texts
    )
    headings = {name: language.heading(name) for name in shown}
    expected = columns_of.expectations(rows)
    safe = columns_of.round_amounts(safe, expected)
    style = safe.select(shown).rename(headings).to_pandas().style
    for name in shown:
        style = tables.format_column(
            style, rows, name, headings[name], view.display_currency, is_expected=name in expected
        )
    with st.container(key=f"wordy-{key}"):
        st.table(style, border="horizontal", hide_index=True)
