import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from reports.packs import xlsx_bytes
from tests.reports.packs.hostile_texts import HOSTILE

pytestmark = pytest.mark.usefixtures("dutch")


def sheet(book: bytes, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(name).to_python()


def xml(book: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist()}


def test_a_workbook_holds_real_numbers_real_dates_and_texts(rows: pl.DataFrame):
    book = xlsx_bytes({"Facturen": rows}, "Open facturen")

    head, first, second, _total = sheet(book, "Facturen")
    assert head == [
        "Factuur",
        "Klant",
        "Vervaldatum",
        "Dagen te laat",
        "Openstaand",
        "Deel",
        "Status",
        "Nog open",
    ]
    assert first == [
        "007", 'Brouwer "& Zonen"', date(2026, 12, 31), -3.0, -1234.5, 0.24, "Toezegging niet nagekomen", True
    ]  # fmt: skip
    assert second == ["F;2", "", "", 39.0, 0.1, "", "", False]


def number_format(parts: dict[str, str], cell: str) -> str:
    style = re.search(rf'<c r="{cell}" s="(\d+)"', parts["xl/worksheets/sheet2.xml"])
    looks = re.search(r"<cellXfs.*?</cellXfs>", parts["xl/styles.xml"])
    assert style
    assert looks
    look = re.findall(r'<xf numFmtId="(\d+)"', looks[0])[int(style[1])]
    return dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]+)"', parts["xl/styles.xml"]))[look]


def test_each_kind_of_number_shows_as_what_it_is():
    frame = pl.DataFrame(
        {
            "due_date": [date(2026, 12, 31)],
            "share": [0.24],
            "on_time_share": [0.8],
            "share_of_overdue": [0.1],
            "days_late": [11.2],
        }
    )

    parts = xml(xlsx_bytes({"x": frame}, "x"))

    assert [number_format(parts, f"{column}2") for column in "ABCDE"] == [
        "dd-mm-yyyy", "0.0%", "0.0%", "0.0%", "#,##0.0"
    ]  # fmt: skip


def test_a_workbook_has_no_formula_and_no_link_whatever_the_data_say():
    frame = pl.DataFrame({"=cmd|' /C calc'!A0": HOSTILE})

    book = xlsx_bytes({"=1+1": frame}, "=2+2", [("=3+3", "=HYPERLINK(1)")])

    parts = xml(book)
    for name, text in parts.items():
        assert "<f>" not in text, name
        assert "<f " not in text, name
        assert "<hyperlink" not in text, name
    assert [row[0] for row in sheet(book, "=1+1")[1:]][:4] == HOSTILE[:4]
    assert parts["xl/styles.xml"].count('quotePrefix="1"') == 1


def test_the_first_sheet_says_what_the_workbook_is(rows: pl.DataFrame):
    book = xlsx_bytes({"Facturen": rows}, "Ouderdomsanalyse", [("Per", "22-11-2026"), ("Segment", "alles")])

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(book))
    assert workbook.sheet_names == ["Toelichting", "Facturen"]
    about = sheet(book, "Toelichting")
    assert about[0][0] == "Ouderdomsanalyse"
    assert about[2:4] == [["Per", "22-11-2026"], ["Segment", "alles"]]
    assert about[-2:] == [["Blad", "Regels"], ["Facturen", 2.0]]


def test_headings_stay_in_sight_and_can_be_filtered(rows: pl.DataFrame):
    text = xml(xlsx_bytes({"Facturen": rows}, "x"))["xl/worksheets/sheet2.xml"]

    assert '<pane ySplit="1"' in text
    assert '<autoFilter ref="A1:H3"' in text
    assert "numberStoredAsText" in text


def test_the_same_input_gives_the_same_bytes(rows: pl.DataFrame):
    book = xlsx_bytes({"Facturen": rows}, "x", [("a", "b")])

    assert book == xlsx_bytes({"Facturen": rows}, "x", [("a", "b")])
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 31, 0, 0, 0)}
    assert "2000-01-01T00:00:00Z" in xml(book)["docProps/core.xml"]


def test_more_rows_than_a_sheet_holds_go_on_in_the_next():
    frame = pl.DataFrame({"line": list(range(7))})

    book = xlsx_bytes({"Regels": frame}, "x", most_rows=4)

    assert CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names == [
        "Toelichting",
        "Regels",
        "Regels (2)",
        "Regels (3)",
    ]
    assert [row[0] for row in sheet(book, "Regels")] == ["Regel", 0.0, 1.0, 2.0]
    assert [row[0] for row in sheet(book, "Regels (3)")] == ["Regel", 6.0]


@pytest.mark.parametrize(
    ("headings", "names"),
    [
        (["a/b:c*d?[e]\\f"], ["a b c d e f"]),
        (["x" * 40, "X" * 40], ["x" * 31, "X" * 27 + " (2)"]),
        (["", "'", "History"], ["Blad", "Blad (2)", "History (2)"]),
        (["Toelichting"], ["Toelichting (2)"]),
    ],
)
def test_sheet_names_are_made_to_fit(headings: list[str], names: list[str]):
    frame = pl.DataFrame({"line": [1]})

    book = xlsx_bytes(dict.fromkeys(headings, frame), "x")

    assert CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names == ["Toelichting", *names]


def test_what_a_cell_cannot_hold_exactly_is_text_and_never_changed():
    frame = pl.DataFrame(
        {
            "amount": [Decimal("9999999999999.99"), Decimal("99999999999999.99")],
            "count": [999_999_999_999_999, 1_234_567_890_123_456_789],
            "due_date": [date(1900, 1, 1), date(1899, 12, 31)],
        },
        schema_overrides={"amount": pl.Decimal(38, 2)},
    )

    first, second = sheet(xlsx_bytes({"x": frame}, "x"), "x")[1:]

    assert first == [9999999999999.99, 999_999_999_999_999.0, date(1900, 1, 1)]
    assert second == ["99999999999999.99", "1234567890123456789", "1899-12-31"]


def test_a_text_too_long_for_a_cell_is_cut_with_an_ellipsis():
    frame = pl.DataFrame({"raw": ["x" * 40_000]})

    cell = sheet(xlsx_bytes({"x": frame}, "x"), "x")[1][0]

    assert len(cell) == 32_767
    assert cell.endswith("x…")


def test_an_empty_frame_and_one_without_columns_make_a_workbook():
    book = xlsx_bytes({"a": pl.DataFrame(schema={"amount": pl.Decimal(18, 2)}), "b": pl.DataFrame()}, "x")

    assert sheet(book, "a") == [["Bedrag"]]
    assert sheet(book, "b") == []


# No deadline: a workbook is written and read back per example, and the machine may be busy.
@given(st.lists(st.decimals(min_value=-(10**12), max_value=10**12, places=2), min_size=1, max_size=20))
def test_amounts_in_a_workbook_are_exact_to_the_cent(amounts: list[Decimal]):
    frame = pl.DataFrame({"amount": amounts}, schema={"amount": pl.Decimal(18, 2)})

    cells = sheet(xlsx_bytes({"x": frame}, "x"), "x")[1:]

    assert [Decimal(repr(row[0])).quantize(Decimal("0.01")) for row in cells] == amounts
