"""Workbooks: what a cell is, and workbooks that would be a guess."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter

from data.errors import RefusedFileError
from data.importers import workbook as workbook_module
from data.importers.workbook import is_workbook, read_workbook
from data.importers.workbook_head import workbook_head
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


def large(*, blanks: int = 0) -> bytes:
    """A workbook of 50 rows, behind the third as many rows of empty texts as `blanks`."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Lijst")
        for line in range(50):
            sheet.write(line + (blanks if line > 2 else 0), 0, f"F{line}")
        for line in range(3, 3 + blanks):
            sheet.write_formula(line, 0, '=""', None, "EMPTY")
        book.add_worksheet("Kort").write("B2", 7)
    return _with_part(content.getvalue(), lambda xml: xml.replace(b"<v>EMPTY</v>", b"<v></v>"))


def test_the_first_rows_of_every_sheet_can_be_read_alone():
    first, short = read_workbook(large(), "a.xlsx", most_rows=4)
    assert first.rows == [(1, ["F0"]), (2, ["F1"]), (3, ["F2"]), (4, ["F3"])]
    assert short.rows == [(2, ["", Decimal(7)])]


def test_the_library_is_given_no_more_than_the_first_rows(monkeypatch):
    heads = []
    monkeypatch.setattr(
        workbook_module, "workbook_head", lambda *given: heads.append(workbook_head(*given)) or heads[-1]
    )
    read_workbook(large(), "a.xlsx", most_rows=4)
    with zipfile.ZipFile(io.BytesIO(heads[0])) as archive:
        assert archive.read("xl/worksheets/sheet1.xml").count(b"<row ") == 4


def test_rows_of_empty_texts_do_not_end_a_sheet_before_its_first_rows():
    first, _short = read_workbook(large(blanks=9), "a.xlsx", most_rows=5)
    assert [line for line, _cells in first.rows] == [1, 2, 3, 13, 14]


def test_an_error_below_the_first_rows_is_not_seen_there_and_refused_in_the_whole():
    content = with_formula(2, "#N/A")
    assert len(read_workbook(content, "a.xlsx", most_rows=1)[0].rows) == 1
    with pytest.raises(RefusedFileError, match="holds the error #N/A"):
        read_workbook(content, "a.xlsx")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_workbook_cut_short_is_refused_also_when_only_its_first_rows_are_asked_for(share):
    content = large()
    with pytest.raises(RefusedFileError, match=r"a\.xlsx: is damaged or no workbook"):
        read_workbook(content[: int(len(content) * share)], "a.xlsx", most_rows=2)


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
