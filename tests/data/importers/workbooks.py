"""Workbooks for the tests: sheets of plain rows."""

import datetime as dt
import io
from collections.abc import Sequence

import xlsxwriter


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook with these sheets; a day becomes a cell that is one, empty cells stay away."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, dt.date):
                        moment = dt.datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a day
                        sheet.write_datetime(line, column, moment, day)
                    elif cell != "":
                        sheet.write(line, column, cell)
    return content.getvalue()
