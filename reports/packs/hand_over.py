"""The hand-over file as a ZIP: the PDF to send, the page to read, and every table as CSV."""

import io
import zipfile
from collections.abc import Sequence
from html import escape

from reports.answers.claims import hand_over_text
from reports.answers.claims.hand_over import HandOver
from reports.answers.claims.hand_over_tables import Table
from reports.packs.cell_text import file_name
from reports.packs.csv_file import csv_bytes
from reports.packs.hand_over_pdf import pdf_bytes
from reports.packs.invoice_pdfs import InvoicePdf, entries
from reports.packs.print_page import document
from reports.packs.print_table import print_table
from reports.translation import _, _p, current

_STYLE = """
body {font: 10pt/1.4 system-ui, sans-serif; color: #1b2733; max-width: 64rem;
    margin: 2rem auto; padding: 0 1rem}
h1 {font-size: 16pt; margin: 0} h2 {font-size: 12pt; margin: 1.6rem 0 .2rem; break-after: avoid}
p {margin: .3rem 0} .found {font-size: 12pt} .muted {color: #5b6875}
table {border-collapse: collapse; width: 100%; margin: .4rem 0; font-size: 8.5pt}
th, td {border-bottom: 1px solid #d5dbe1; padding: .25rem .4rem; text-align: left; vertical-align: top}
td {overflow-wrap: anywhere} .number {text-align: right; white-space: nowrap; overflow-wrap: normal}
tfoot td {font-weight: 600; border-top: 1px solid #1b2733}
pre {white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; border: 1px solid #d5dbe1; padding: 1rem}
tr {break-inside: avoid} thead {display: table-header-group}
@page {size: A4 landscape; margin: 12mm} @media print {body {margin: 0; max-width: none; padding: 0}}
"""


def stem(content: HandOver) -> str:
    """Return the name of the file without ending: `overdracht-C1-2026-11-29`."""
    return file_name(_p("file", "hand-over"), content.customer_id, content.written_on.isoformat(), owner="")


def handover_bytes(content: HandOver, pdfs: Sequence[InvoicePdf] = ()) -> bytes:
    """Return the ZIP: PDF, page and one CSV per table, in the language spoken, and the PDFs of invoices."""
    # Files in it bear the day they were made for: a reader sorts by it.
    day = content.written_on
    moment = (day.year, day.month, day.day, 0, 0, 0)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:

        def add(name: str, data: bytes | str) -> None:
            packed.writestr(zipfile.ZipInfo(name, moment), data, zipfile.ZIP_DEFLATED)

        add(f"{stem(content)}.pdf", pdf_bytes(content))
        add(f"{stem(content)}.html", page(content))
        for table in content.tables:
            add(f"{table.name}.csv", csv_bytes(table.rows, "nl" if current() == "nl" else "international"))
        for _pdf, path, data in entries(pdfs):
            add(path, data)
    return buffer.getvalue()


def page(content: HandOver) -> str:
    """Return the page: all text escaped, without scripts, links or anything from elsewhere."""
    parties = "".join(
        f"<h2>{escape(heading)}</h2><table>"
        + "".join(
            f"<tr><th scope='row'>{escape(word)}</th><td>{escape(value)}</td></tr>" for word, value in facts
        )
        + "</table>"
        for heading, facts in content.parties
    )
    notices = "".join(f"<li>{escape(notice)}</li>" for notice in content.notices)
    tables = "".join(_table(table, content.currency) for table in content.tables)
    methods = "".join(f"<p class='muted'>{escape(method)}</p>" for method in content.methods)
    annexes = "".join(
        f"<h2>{escape(hand_over_text.annex_heading(number, annex.heading))}</h2>"
        f"<pre>{escape(annex.body)}</pre>"
        for number, annex in enumerate(content.annexes, start=1)
    )
    if annexes:
        annexes = f"<p class='muted'>{escape(hand_over_text.annexes_note())}</p>{annexes}"
    return document(
        content.title,
        _STYLE,
        f"<h1>{escape(content.title)}</h1><p class='found'>{escape(content.finding)}</p>{parties}"
        + (f"<ul>{notices}</ul>" if notices else "")
        + f"{tables}<h2>{escape(_('How it was worked out'))}</h2>{methods}{annexes}",
    )


def _table(table: Table, currency: str) -> str:
    head = f"<h2>{escape(table.heading)}</h2><p class='muted'>{escape(table.method)}</p>"
    printed = print_table(table, currency)
    if not printed.rows:
        return f"{head}<p>{escape(_('Nothing is recorded.'))}</p>"
    titles = "".join(
        f"<th scope='col'{_number(is_number)}>{escape(heading)}</th>"
        for heading, is_number in zip(printed.headings, printed.is_number, strict=True)
    )
    body = "".join(_row(row, printed.is_number) for row in printed.rows)
    foot = f"<tfoot>{_row(printed.totals, printed.is_number)}</tfoot>" if printed.totals else ""
    return f"{head}<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody>{foot}</table>"


def _row(cells: tuple[str, ...], is_number: tuple[bool, ...]) -> str:
    return (
        "<tr>"
        + "".join(
            f"<td{_number(at_right)}>{escape(cell)}</td>"
            for cell, at_right in zip(cells, is_number, strict=True)
        )
        + "</tr>"
    )


def _number(is_number: bool) -> str:  # noqa: FBT001 - the only argument
    return " class='number'" if is_number else ""
