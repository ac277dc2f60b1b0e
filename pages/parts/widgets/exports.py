"""Exports of a table: CSV for Dutch Excel or any other program, and XLSX with a sheet about its contents."""

from collections.abc import Mapping
from functools import partial
from typing import Literal

import polars as pl
import streamlit as st

from data import clock
from pages.parts.context.view import View
from reports import language
from reports.language import _, _p
from reports.packs import CsvStyle, csv_bytes, file_name, xlsx_bytes

Form = Literal["nl", "international", "xlsx"]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def downloads(
    name: str,
    view: View,
    rows: pl.DataFrame | Mapping[str, pl.DataFrame],
    *,
    title: str,
    method: str,
    key: str,
) -> None:
    """Draw the export of a table: two kinds of CSV and XLSX, each made only when its button is pressed.

    Args:
        name: of the file, in words; the as-of day is added.
        view: day, filters and bucket limits.
        rows: a frame, or heading -> frame for a workbook of several sheets (the CSV holds the first).
        title: finding of the table, for the first sheet of the workbook.
        method: how it is calculated, for the same sheet.
        key: unique on the page.
    """
    sheets = {title: rows} if isinstance(rows, pl.DataFrame) else dict(rows)
    labels: dict[Form, tuple[str, str]] = {
        "xlsx": (_("Excel (XLSX)"), "xlsx"),
        "nl": (_("CSV, Dutch"), "csv"),
        "international": (_("CSV, international"), "csv"),
    }
    with st.popover(
        _p("button", "Export"), icon=":material/download:", key=f"export-{key}", help=_("Take the rows away")
    ):
        for form, (label, ending) in labels.items():
            st.download_button(
                label,
                partial(_file, form, sheets, view, title=title, method=method, spoken=language.current()),
                file_name=file_name(name, view.as_of.isoformat(), ending=ending),
                mime=_XLSX if form == "xlsx" else "text/csv",
                key=f"export-{key}-{form}",
                on_click="ignore",
                width="stretch",
            )


def _file(
    form: Form,
    sheets: Mapping[str, pl.DataFrame],
    view: View,
    *,
    title: str,
    method: str,
    spoken: str,
) -> bytes:
    # Runs when the button is pressed, on another thread, which does not know the language yet.
    language.use(spoken)
    if form != "xlsx":
        style: CsvStyle = form
        return csv_bytes(next(iter(sheets.values())), style, limits=view.limits)
    facts = [
        (_("As of"), language.day(view.as_of)),
        (_p("fact", "Filters"), filters_text(view)),
        (_p("fact", "Method"), method),
    ]
    return xlsx_bytes(sheets, title, facts, limits=view.limits)


def filters_text(view: View) -> str:
    """Return the filters and the day in words."""
    parts = [
        language.day(view.as_of),
        view.entity or _("all entities"),
        view.segment or _("all segments"),
        view.display_currency,
    ]
    if view.known_on is not None:
        parts.append(_("as known on {moment}", moment=language.day(clock.local(view.known_on).date())))
    return " · ".join(parts)
