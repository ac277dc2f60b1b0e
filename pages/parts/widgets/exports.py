"""Export of a block: one small menu at the right of its heading, with the files of its rows in it.

A chart's menu (`chart_export`) has its picture above them.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

import polars as pl
import streamlit as st

from data import clock
from pages.parts.context.view import View
from reports import language
from reports.columns.compared import compared
from reports.language import _, _p
from reports.packs import CsvStyle, csv_bytes, file_name, file_words, xlsx_bytes

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
    """Draw the export of a table: XLSX and two kinds of CSV, each made only when its button is pressed.

    Args:
        name: of the file, one of `reports.packs.file_names`; the as-of day is added.
        view: day, filters and bucket limits.
        rows: a frame, or heading -> frame for a workbook of several sheets (the CSV holds the first).
        title: finding of the table, for the first sheet of the workbook.
        method: how it is calculated, for the same sheet.
        key: unique on the page.
    """
    with menu(key):
        table_buttons(name, view, rows, title=title, method=method, key=key)


def menu(key: str, **options: Any) -> Any:
    """Return the menu that every export of the dashboard opens from.

    Its button has no tooltip, which would cover the menu; the icon stands for its name, which readers of the
    screen hear.

    Args:
        key: unique on the page.
        **options: of `st.popover`.
    """
    return st.popover(
        _p("button", "Export"), icon=":material/download:", type="tertiary", key=f"export-{key}", **options
    )


def table_buttons(
    name: str,
    view: View,
    rows: pl.DataFrame | Mapping[str, pl.DataFrame],
    *,
    title: str,
    method: str,
    key: str,
) -> None:
    """Draw the buttons of the files of a table; arguments as of `downloads`."""
    sheets = {title: rows} if isinstance(rows, pl.DataFrame) else dict(rows)
    labels: dict[Form, tuple[str, str]] = {
        "xlsx": (_("Excel (XLSX)"), "xlsx"),
        "nl": (_("CSV, Dutch"), "csv"),
        "international": (_("CSV, international"), "csv"),
    }
    for form, (label, ending) in labels.items():
        st.download_button(
            label,
            partial(_file, form, sheets, view, title=title, method=method, spoken=language.current()),
            file_name=file_name(file_words(name), view.as_of.isoformat(), ending=ending),
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
        *_compared_days(sheets),
        (_p("fact", "Method"), method),
    ]
    return xlsx_bytes(sheets, title, facts, limits=view.limits)


def _compared_days(sheets: Mapping[str, pl.DataFrame]) -> list[tuple[str, str]]:
    """Return the fact which day the columns of a comparison are about; empty if there are none."""
    days = {column.day for rows in sheets.values() for name in rows.columns if (column := compared(name))}
    return [(_("Compared with"), language.day(day)) for day in sorted(days)]


def filters_text(view: View) -> str:
    """Return the filters and the day in words."""
    parts = [
        language.day(view.as_of),
        view.entity or _("all entities"),
        view.segment or _("all segments"),
        view.display_currency,
    ]
    return " · ".join([*parts, *_known_on(view)])


def source_text(view: View, day: str) -> str:
    """Return the line at the foot of a picture: where its figures are from, as of which day, of what.

    Args:
        view: filters; those that leave nothing out are not named, but for the administration.
        day: of the last figure, written out.
    """
    parts = [
        "Kasstroom",
        _p("source", "as of {day}", day=day),
        view.entity or _("all entities"),
        *([view.segment] if view.segment else []),
        *([_("only {currency}", currency=view.currency)] if view.currency else []),
    ]
    return " · ".join([*parts, *_known_on(view)])


def _known_on(view: View) -> list[str]:
    if view.known_on is None:
        return []
    return [_("as known on {moment}", moment=language.day(clock.local(view.known_on).date()))]
