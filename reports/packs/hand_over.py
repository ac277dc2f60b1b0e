"""The hand-over file: a page to read and print, and its tables as CSV, in one zip."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

import polars as pl

from reports.answers.claims.hand_over import HandOver, Table
from reports.columns.value_form import CENTS
from reports.formats import day, money, number, rate
from reports.packs.cell_text import headings, in_words
from reports.packs.csv_file import csv_bytes
from reports.packs.print_page import document
from reports.translation import _, _p, current

PAGE = "hand-over.html"
# The same input gives the same bytes.
_MOMENT = (2000, 1, 1, 0, 0, 0)
_STYLE = """
body {font: 10pt/1.4 system-ui, sans-serif; color: #1b2733; max-width: 64rem;
    margin: 2rem auto; padding: 0 1rem}
h1 {font-size: 16pt; margin: 0} h2 {font-size: 12pt; margin: 1.6rem 0 .2rem; break-after: avoid}
p {margin: .3rem 0} .found {font-size: 12pt} .muted {color: #5b6875}
table {border-collapse: collapse; width: 100%; margin: .4rem 0; font-size: 8.5pt}
th, td {border-bottom: 1px solid #d5dbe1; padding: .25rem .4rem; text-align: left; vertical-align: top}
td {overflow-wrap: anywhere} .number {text-align: right; white-space: nowrap; overflow-wrap: normal}
tr {break-inside: avoid} thead {display: table-header-group}
@page {size: A4 landscape; margin: 12mm} @media print {body {margin: 0; max-width: none; padding: 0}}
"""


def handover_bytes(content: HandOver) -> bytes:
    """Return the zip: the page and one CSV per table, in the language spoken."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo(PAGE, _MOMENT), page(content), zipfile.ZIP_DEFLATED)
        for table in content.tables:
            packed.writestr(
                zipfile.ZipInfo(f"{table.name}.csv", _MOMENT),
                csv_bytes(table.rows, "nl" if current() == "nl" else "international"),
                zipfile.ZIP_DEFLATED,
            )
    return buffer.getvalue()


def page(content: HandOver) -> str:
    """Return the page: all text escaped, without scripts, links or anything from elsewhere."""
    facts = "".join(
        f"<tr><th scope='row'>{escape(word)}</th><td>{escape(value)}</td></tr>"
        for word, value in content.facts
    )
    notices = "".join(f"<li>{escape(notice)}</li>" for notice in content.notices)
    tables = "".join(_table(table, content.currency) for table in content.tables)
    methods = "".join(f"<p class='muted'>{escape(method)}</p>" for method in content.methods if method)
    return document(
        content.title,
        _STYLE,
        f"<h1>{escape(content.title)}</h1><p class='found'>{escape(content.finding)}</p>"
        f"<table>{facts}</table>" + (f"<ul>{notices}</ul>" if notices else "") + f"{tables}"
        f"<h2>{escape(_('How it was worked out'))}</h2>{methods}",
    )


def _table(table: Table, currency: str) -> str:
    head = f"<h2>{escape(table.heading)}</h2><p class='muted'>{escape(table.method)}</p>"
    # A column that is empty throughout takes room on paper and says nothing; the CSV holds it.
    rows = table.rows.select(
        name for name in table.rows.columns if table.rows[name].null_count() < table.rows.height
    )
    if rows.is_empty():
        return f"{head}<p>{escape(_('Nothing is recorded.'))}</p>"
    numeric = [kind.is_numeric() for kind in rows.dtypes]
    titles = "".join(
        f"<th scope='col'{_number(is_number)}>{escape(heading)}</th>"
        for heading, is_number in zip(headings(rows.columns), numeric, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{_number(is_number)}>{escape(_cell(value, kind, currency))}</td>"
            for value, kind, is_number in zip(row, rows.dtypes, numeric, strict=True)
        )
        + "</tr>"
        for row in in_words(rows).iter_rows()
    )
    return f"{head}<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def _number(is_number: bool) -> str:  # noqa: FBT001 - the only argument
    return " class='number'" if is_number else ""


def _cell(value: Any, kind: pl.DataType, currency: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _p("word", "yes") if value else _p("word", "no")
    if isinstance(value, Decimal):
        if isinstance(kind, pl.Decimal) and kind.scale > CENTS:
            return rate(value, kind.scale)
        return money(value, currency)
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else str(value)
