"""Lists of other programs: what is a row, what a total, and what is refused."""

import datetime as dt
from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.importers import load_preset, read_file
from data.importers.list_reader import day_in, read_list
from data.importers.value_formats import Formats
from tests.data.importers.samples import rejected
from tests.data.importers.workbooks import workbook

PRESET = """
shape = "invoices"
headings = "plain"
date_format = "DD-MM-YYYY"
decimal = ","
thousands = "."
[columns]
"Factuurnummer" = "invoice_id"
"Factuurnr" = "invoice_id"
"Debiteur" = "customer_id"
"Naam" = "customer_name"
"Factuurdatum" = "invoice_date"
"Bedrag" = "amount"
"Btw" = "vat_amount"
[defaults]
currency = "EUR"
"""
HEADER = "Factuurnummer;Debiteur;Naam;Factuurdatum;Bedrag;Btw\n"
ROW = "F1;D1;Bakker;31-01-2026;1.210,00;210,00\n"


@pytest.fixture
def preset_of(tmp_path):
    def make(text: str = PRESET):
        path = tmp_path / "own.toml"
        path.write_text(text, encoding="utf-8")
        return load_preset(str(path))

    return make


def read(preset, text: str | bytes):
    content = text.encode() if isinstance(text, str) else text
    return read_list(content, "lijst.csv", preset)


def amounts(reading) -> list[Decimal]:
    return reading.grains["invoices"]["amount"].to_list()


def test_headings_are_found_below_titles_whatever_their_case_accents_and_signs(preset_of):
    reading = read(
        preset_of(), "Bedrijf BV\n\nOverzicht facturen\nFACTUUR-NR.,debiteur,NAAM,Factuur datum,Bedrag\n"
        'F1,D1,Bakker,31-01-2026,"1.210,00"\n'
    )  # fmt: skip
    assert amounts(reading) == [Decimal("1210.00")]
    assert reading.grains["invoices"]["line"].to_list() == [5]


def test_the_encoding_and_the_delimiter_are_those_of_the_file(preset_of):
    texts = [HEADER + ROW.replace("Bakker", "Café Één"), (HEADER + ROW).replace(";", "\t")]
    assert amounts(read(preset_of(), texts[0].encode("cp1252"))) == [Decimal("1210.00")]
    assert read(preset_of(), texts[0].encode("cp1252")).grains["customers"]["customer_name"].to_list() == [
        "Café Één"
    ]
    assert amounts(read(preset_of(), texts[1])) == [Decimal("1210.00")]
    assert amounts(read(preset_of(), texts[0].encode("utf-16"))) == [Decimal("1210.00")]


def test_a_total_is_no_row_and_one_that_is_wrong_is_rejected(preset_of):
    rows = ROW + "F2;D2;Slager;01-02-2026;90,00;\n"
    right = read(preset_of(), HEADER + rows + "Totaal;;;;1.300,00;210,00\n")
    assert (right.rows_read, right.accepted, right.rejected) == (2, 2, 0)
    assert [str(note) for note in right.notes if "totals" in str(note)] == [
        "1 totals in the file agree with its rows."
    ]
    wrong = read(preset_of(), HEADER + rows + "Totaal;;;;1.300,01;\n")
    assert (wrong.rows_read, wrong.accepted, wrong.rejected) == (3, 2, 1)
    assert rejected(wrong) == [(4, None)]
    assert wrong.sum_read == Decimal("1300.00")


def test_subtotals_are_those_of_the_rows_above_them(preset_of):
    text = HEADER + ROW + "Subtotaal;;;;1.210,00;\nF2;D2;Slager;01-02-2026;90,00;\nSubtotaal;;;;90,00;\n"
    reading = read(preset_of(), text + "Eindtotaal;;;;1.300,00;\n")
    assert (reading.rows_read, reading.accepted) == (2, 2)


def test_a_customer_called_total_is_a_customer(preset_of):
    reading = read(preset_of(), HEADER + "F1;D1;Totaal Bouw BV;31-01-2026;10,00;\n")
    assert reading.grains["customers"]["customer_name"].to_list() == ["Totaal Bouw BV"]


def test_a_header_that_is_repeated_on_every_page_is_no_row(preset_of):
    reading = read(preset_of(), HEADER + ROW + "\n" + HEADER + "F2;D2;Slager;01-02-2026;90,00;\n")
    assert (reading.rows_read, reading.accepted, reading.rejected) == (2, 2, 0)


def test_a_second_table_is_refused_with_its_line(preset_of):
    text = HEADER + ROW + "\nFactuurnr;Bedrag;Naam;Anders\nF9;1,00;Wie;x\n"
    with pytest.raises(RefusedFileError, match="a second table begins on line 4"):
        read(preset_of(), text)


def test_lines_that_are_no_rows_are_named(preset_of):
    reading = read(preset_of(), HEADER + ROW + "Afgedrukt op 1 februari 2026\n")
    assert (reading.rows_read, reading.accepted) == (1, 1)
    assert "Lines that are no rows were passed over: 3." in [str(note) for note in reading.notes]


def test_a_cell_too_many_is_rejected_and_columns_nobody_asked_for_are_named(preset_of):
    text = "Factuurnummer;Debiteur;Naam;Factuurdatum;Bedrag;Memo\nF1;D1;A;31-01-2026;1,00;x;y\n"
    reading = read(preset_of(), text + "F2;D2;B;31-01-2026;2,00;x\n")
    assert amounts(reading) == [Decimal("2.00")]
    assert reading.rejects["reason"].to_list() == ["7 cells under 6 headings"]
    assert "Columns that count for nothing: 'Memo'." in [str(note) for note in reading.notes]


def test_a_list_without_a_column_that_is_needed_is_refused_with_its_name(preset_of):
    with pytest.raises(RefusedFileError, match="no row of its first lines has the headings of preset own"):
        read(preset_of(), "Factuurnummer;Naam;Bedrag\nF1;A;1,00\n")


def test_cells_of_a_workbook_are_checked_as_the_preset_says(preset_of):
    content = workbook(
        Blad=[
            ["Factuurnummer", "Debiteur", "Naam", "Factuurdatum", "Bedrag"],
            [1001, 7, "Bakker", dt.date(2026, 1, 31), 1210.5],
            ["F2", "D2", "Slager", "01-02-2026", "1.000,25"],
            ["F3", "D3", "Kapper", "01/02/2026", 1],
        ]
    )
    reading = read_list(content, "lijst.xlsx", preset_of())
    assert reading.grains["invoices"]["invoice_id"].to_list() == ["1001", "F2"]
    assert reading.grains["invoices"]["customer_id"].to_list() == ["7", "D2"]
    assert amounts(reading) == [Decimal("1210.50"), Decimal("1000.25")]
    assert rejected(reading) == [(4, "Factuurdatum")]
    assert reading.rejects["raw"].to_list() == ["F3\tD3\tKapper\t01/02/2026\t1"]


def test_more_decimals_than_cents_are_rejected_never_rounded(preset_of):
    content = workbook(
        Blad=[
            ["Factuurnummer", "Debiteur", "Naam", "Factuurdatum", "Bedrag"],
            ["F1", "D1", "A", dt.date(2026, 1, 31), 10.005],
        ]
    )
    assert rejected(read_list(content, "a.xlsx", preset_of())) == [(2, "Bedrag")]


def test_two_sheets_with_such_a_list_are_refused_and_a_preset_may_name_one(preset_of):
    rows = [["Factuurnummer", "Debiteur", "Factuurdatum", "Bedrag"], ["F1", "D1", dt.date(2026, 1, 31), 10]]
    content = workbook(Nu=rows, Vorig=rows)
    with pytest.raises(RefusedFileError, match="the sheets Nu, Vorig each hold such a list"):
        read_list(content, "a.xlsx", preset_of())
    assert amounts(read_list(content, "a.xlsx", preset_of('sheet = "Nu"\n' + PRESET))) == [Decimal("10.00")]


def test_debit_and_credit_columns_make_one_amount(preset_of):
    text = PRESET.replace('"Bedrag" = "amount"', '"Debet" = "debit"\n"Credit" = "credit"')
    reading = read(
        preset_of(text), "Factuurnr;Debiteur;Factuurdatum;Debet;Credit\nF1;D1;31-01-2026;10,00;\n"
        "F2;D1;31-01-2026;;4,00\nF3;D1;31-01-2026;;\n"
    )  # fmt: skip
    assert amounts(reading) == [Decimal("10.00"), Decimal("-4.00")]
    assert reading.grains["invoices"]["invoice_type"].to_list() == ["invoice", "credit_note"]
    assert reading.rejected == 1


def test_serial_dates_and_thousands_are_read_where_the_preset_says_so(preset_of):
    text = "serial_dates = true\nin_thousands = true\n" + PRESET
    # Excel counts 1 January 1900 as day 1 and a 29 February 1900 that never was: 46053 is 31 January 2026.
    reading = read(preset_of(text), "Factuurnr;Debiteur;Factuurdatum;Bedrag\nF1;D1;46053;250k\n")
    assert reading.grains["invoices"]["invoice_date"].to_list() == [dt.date(2026, 1, 31)]
    assert amounts(reading) == [Decimal("250000.00")]


def test_a_preset_that_was_right_is_checked_again_on_each_file(preset_of):
    text = PRESET.replace('"Btw" = "vat_amount"', '"Verval" = "due_date"')
    preset = preset_of('checks = ["due_after_invoice"]\n' + text)
    header = "Factuurnr;Debiteur;Factuurdatum;Verval;Bedrag\n"
    rows = [f"F{n};D1;{n:02}-02-2026;{n:02}-03-2026;1,00\n" for n in range(1, 11)]
    assert read(preset, header + "".join(rows)).accepted == 10
    swapped = [f"F{n};D1;{n:02}-03-2026;{n:02}-02-2026;1,00\n" for n in range(1, 11)]
    with pytest.raises(RefusedFileError, match="in 10 of 10 rows the due date is before the invoice date"):
        read(preset, header + "".join(swapped))
    one = swapped[:1] + rows[1:]
    assert read(preset, header + "".join(one)).accepted == 10


def test_a_file_of_which_most_rows_are_refused_is_refused_when_the_preset_was_right_before(preset_of):
    text = PRESET.replace('"Btw" = "vat_amount"', '"Verval" = "due_date"')
    preset = preset_of('checks = ["due_after_invoice"]\n' + text)
    header = "Factuurnr;Debiteur;Factuurdatum;Verval;Bedrag\n"
    american = [f"F{n};D1;02-{n}-2026;03-{n}-2026;1,00\n" for n in range(13, 23)]
    with pytest.raises(RefusedFileError, match="10 of 10 rows cannot be read with preset own"):
        read(preset, header + "".join(american))


@pytest.mark.parametrize(
    ("titles", "day"),
    [
        (("Bedrijf", "Per 31-10-2026"), dt.date(2026, 10, 31)),
        (("As of 31 December 2025",), dt.date(2025, 12, 31)),
        (("Aged Receivables", "As at March 3, 2026"), dt.date(2026, 3, 3)),
        (("Stichtag: 2026-10-31", "Per 2026-11-02"), None),
        (("Openstaande posten",), None),
        # Of another form than the rows, as in a workbook whose cells are days.
        (("Peildatum: 20.11.2026",), dt.date(2026, 11, 20)),
        (("As of 11/22/2026",), dt.date(2026, 11, 22)),
        (("Stand 03/04/2026",), None),
    ],
)
def test_the_day_of_a_list_is_the_one_its_titles_name(titles, day):
    assert day_in(titles, Formats(date="DD-MM-YYYY")) == day


def test_a_list_is_read_through_its_preset_by_read_file_too(preset_of, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(HEADER + ROW, encoding="utf-8")
    assert read_file(path, preset_of()).accepted == 1
