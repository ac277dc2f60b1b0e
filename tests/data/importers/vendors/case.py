"""One list of another program, and what it says, worked out by hand."""

import functools
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

FILES = Path(__file__).parent / "files"
JANSEN, MUELLER = "Bakkerij Jansen B.V.", "Müller & Söhne GmbH"


class Document(NamedTuple):
    """A document as the books should have it."""

    number: str
    customer: str
    name: str
    day: date
    due: date | None
    amount: Decimal
    open: Decimal | None


def document(number, customer, *days, amount, open_amount=None):
    """Return a document of one of the two customers: its day and due date as ISO, its amounts as text."""
    day, due = days
    name = {"1001": JANSEN, "1002": MUELLER}[customer]
    return Document(
        number,
        customer,
        name,
        date.fromisoformat(day),
        date.fromisoformat(due) if due else None,
        Decimal(amount),
        Decimal(open_amount) if open_amount is not None else None,
    )


# What most of the lists say: 1,210.00 open, 105.00 open of 605.00, a credit note, and one that is not due.
# Gross 4,114.50, open 3,614.50.
USUAL = (
    document("F1", "1001", "2026-09-01", "2026-10-01", amount="1210.00", open_amount="1210.00"),
    document("F2", "1001", "2026-09-15", "2026-10-15", amount="605.00", open_amount="105.00"),
    document("C3", "1002", "2026-09-20", "2026-09-20", amount="-121.00", open_amount="-121.00"),
    document("F4", "1002", "2026-10-02", "2026-11-01", amount="2420.50", open_amount="2420.50"),
)
LIST_DAY = date(2026, 10, 31)


def by_name(documents):
    """Return the documents of a list without customer numbers: the name stands for it."""
    return tuple(each._replace(customer=each.name) for each in documents)


def open_only(documents):
    """Return the documents of a list that says only what is open: that is taken for the amount."""
    return tuple(each._replace(amount=each.open) for each in documents)


def without_due(documents):
    """Return the documents of a list that has no due dates."""
    return tuple(each._replace(due=None) for each in documents)


@dataclass(frozen=True)
class Case:
    """A file and what it says.

    Attributes:
        name: of the case.
        preset: that should read it.
        content: the file.
        documents: what it says; None as open where it says nothing of that.
        known: the preset is found without being named.
        given_day: day of the list that the user has to give; None: the file says it.
        list_day: day of the list that comes out.
        currency: of all its documents.
        file: its name.
    """

    name: str
    preset: str
    content: bytes
    documents: Sequence[Document] = USUAL
    known: bool = True
    given_day: date | None = LIST_DAY
    list_day: date | None = LIST_DAY
    currency: str = "EUR"
    file: str = "export.csv"

    def but(self, **changes):
        """Return the case with some of it changed."""
        return replace(self, **changes)


def text(*lines, encoding="utf-8"):
    """Return a file of lines as Windows writes them."""
    return "".join(f"{line}\r\n" for line in lines).encode(encoding)


def workbook(*rows, title="Sheet1"):
    """Return a workbook of one sheet: days and numbers are those of Excel, None is an empty cell."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet, day_form = book.add_worksheet(title), book.add_format({"num_format": "dd-mm-yyyy"})
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, place, cell, day_form)
            elif isinstance(cell, bool):
                sheet.write_boolean(line, place, cell)
            elif isinstance(cell, int | float):
                sheet.write_number(line, place, cell)
            elif cell is not None:
                sheet.write_string(line, place, cell)
    book.close()
    return content.getvalue()


@functools.cache
def stored(name):
    """Return one of the files beside this: a text as it is, a `.sheet` as the workbook it describes.

    In a sheet tabs are between the cells; `2026-12-31` is a day and `12.5` a number unless a `'` stands
    before it, `!true` and `!false` are what they say.
    """
    content = (FILES / name).read_bytes()
    if not name.endswith(".sheet"):
        return content
    return workbook(
        *([_cell(cell) for cell in line.split("\t")] for line in content.decode().split("\n")[:-1])
    )


def _cell(text):
    if text.startswith("!"):
        return text == "!true"
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return date.fromisoformat(text)
    if re.fullmatch("-?[0-9]+([.][0-9]+)?", text):
        return float(text)
    return text.removeprefix("'") or None


def day(iso):
    """Return a day by its ISO text, short enough for a row."""
    return date.fromisoformat(iso)
