"""The line under a KPI chart: links to its definition and rows, and the export of the rows."""

import polars as pl
import streamlit as st

from pages.parts.context.view import View
from pages.parts.widgets import exports, links
from reports.answers.shared.finding import Finding


def links_with_export(figure: str, view: View, rows: pl.DataFrame, words: Finding) -> None:
    """Draw the links of a figure and the export of its rows.

    Args:
        figure: its name in the definitions.
        view: day and filters.
        rows: what is exported.
        words: title and method of the export.
    """
    name = figure.replace("_", "-")
    with st.container(horizontal=True, vertical_alignment="center", key=f"line-{figure}"):
        links.definition(figure)
        exports.downloads(name, view, rows, title=words.title, method=words.method, key=name)
