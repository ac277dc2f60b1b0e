"""The first rows of a file as they will be stored: a tab per kind of row."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import polars as pl
import streamlit as st

from pages.parts.context.view import View
from pages.parts.widgets import tables
from reports.answers.data_quality import loads
from reports.answers.data_quality.preview_headings import preview_headings


def show(rows: Mapping[str, pl.DataFrame], view: View, *, key: str) -> None:
    """Draw a tab with a table per kind of row; of one kind the table alone, of none nothing.

    Args:
        rows: kind -> its first rows.
        view: for the tables.
        key: unique on the page.
    """
    # Documents first: what they owe is what somebody looks for.
    kinds = sorted(rows, key=lambda kind: kind == "customers")
    places: Sequence[AbstractContextManager[Any]] = [nullcontext()]
    if len(kinds) > 1:
        places = st.tabs([loads.kind_name(kind) for kind in kinds])
    for kind, place in zip(kinds, places, strict=False):
        with place:
            headings = preview_headings(rows[kind].columns)
            tables.show(rows[kind], view, key=f"{key}-{kind}", has_menu=False, headings=headings)
