"""Workbooks: what a cell is, and workbooks that would be a guess."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter

from data.errors import RefusedFileError
from data.importers.workbook import is_workbook, read_workbook
from tests.data.importers.workbooks import workbook


def rows_of(content: bytes) -> list[tuple[int, list[object]]]:
    (sheet,) = read_workbook(content, "a.xlsx")
    return sheet.rows


def with_formula(value: object, text: str = "") -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "Bedrag")
        sheet.write_formula("B2", "=1+1", None, value)
        sheet.write("A3", text)
    return content.getvalue()


def test_a_cell_keeps_its_type_and_a_row_the_number_excel_shows():
    content = workbook(Lijst=[[], ["", "Nr", "Dag", "Bedrag"], [], ["", 124, dt.date(2026, 3, 1), 0.1 + 0.2]])
    assert rows_of(content) == [
        (2, ["", "Nr", "Dag", "Bedrag"]),
        (4, ["", Decimal(124), dt.date(2026, 3, 1), Decimal("0.3")]),
    ]


def test_a_formula_counts_by_its_value_and_without_one_the_file_is_refused():
    assert rows_of(with_formula(2))[1] == (2, ["", Decimal(2)])
    without = with_formula("")
    # Excel writes an empty text like this, other programs a value they never worked out.
    damaged = _with_part(without, lambda xml: xml.replace(b' t="str"', b""))
    with pytest.raises(RefusedFileError, match="the formula in cell B2 has no value with it"):
        read_workbook(damaged, "a.xlsx")


def test_an_error_in_a_cell_is_refused_by_its_row():
    with pytest.raises(RefusedFileError, match="row 3 holds the error #N/A"):
        read_workbook(with_formula(2, "#N/A"), "a.xlsx")


def test_a_hidden_sheet_and_an_empty_one_are_left_out():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("Leeg")
        book.add_worksheet("Lijst").write("A1", "x")
        hidden = book.add_worksheet("Oud")
        hidden.write("A1", "y")
        hidden.hide()
    assert [sheet.name for sheet in read_workbook(content.getvalue(), "a.xlsx")] == ["Lijst"]


def test_a_workbook_behind_a_password_is_refused():
    content = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(900)
    )
    assert is_workbook(content)
    with pytest.raises(RefusedFileError, match=r"a\.xlsx: is protected by a password; save it without one\."):
        read_workbook(content, "a.xlsx")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_workbook_cut_short_is_refused(share):
    whole = workbook(Lijst=[["a", "b", "c"], [1, 2, 3]])
    content = whole[: int(len(whole) * share)]
    with pytest.raises(RefusedFileError, match=r"a\.xlsx: is damaged or no workbook"):
        read_workbook(content, "a.xlsx")


def test_a_workbook_that_unpacks_to_far_more_than_it_is_is_refused():
    bomb = _with_part(workbook(Lijst=[["a"]]), lambda xml: xml + b" " * 60_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(RefusedFileError, match="unpacks to more than 300 MB, or to a hundred times its size"):
        read_workbook(bomb, "a.xlsx")


def test_a_zip_file_that_is_no_workbook_is_none():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("invoices.csv", "x")
    assert not is_workbook(content.getvalue())
    assert not is_workbook(b"PK\x03\x04 and nothing more")


@pytest.mark.slow
def test_a_million_rows_that_are_only_formatted_hold_nothing():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write("A1", "Factuurnummer")
        for row in range(1, 1_000_000):
            sheet.write_blank(row, 0, None, bold)
    assert rows_of(content.getvalue()) == [(1, ["Factuurnummer"])]


def _with_part(content: bytes, change) -> bytes:
    """Return a workbook with its first sheet changed."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part, change(data) if part.filename.endswith("sheet1.xml") else data)
    return changed.getvalue()
