"""A list is read in the one form that reads all of it; days that can be two are told by what cannot be."""

from datetime import date
from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.importers import load_preset
from data.importers.list_reader import read_list
from tests.data.importers.list_presets import (
    ENGLISH,
    open_amounts,
    open_items_preset,
    read_lines,
    reasons,
)
from tests.data.importers.workbooks import workbook

DAY = date(2026, 10, 31)
EITHER = '["M/D/YYYY", "D/M/YYYY"]'
HEADER = "Nummer;Klant;Datum;Vervalt;Bedrag;Open"


def days(reading):
    return reading.grains["invoices"].select("invoice_date", "due_date").rows()


def read(*rows, day=DAY, amounts=ENGLISH):
    return read_lines(HEADER, *rows, preset=open_items_preset(dates=EITHER, amounts=amounts), day=day)


def test_one_day_beyond_the_twelfth_tells_the_order_of_all():
    assert days(read("F1;D1;01/02/2026;02/03/2026;1;1", "F2;D1;15/02/2026;01/03/2026;1;1"))[0] == (
        date(2026, 2, 1),
        date(2026, 3, 2),
    )
    assert days(read("F1;D1;01/02/2026;02/03/2026;1;1", "F2;D1;02/15/2026;03/01/2026;1;1"))[0] == (
        date(2026, 1, 2),
        date(2026, 2, 3),
    )


def test_an_invoice_after_the_day_of_its_list_or_due_before_it_tells_the_order():
    # As month-day the invoice would be of 9 November, after the list.
    assert days(read("F1;D1;11/09/2026;12/10/2026;1;1"))[0][0] == date(2026, 9, 11)
    # As day-month it would be due on 9 January, and be of 10 May.
    assert days(read("F1;D1;05/10/2026;09/01/2026;1;1", day=date(2027, 1, 1)))[0][0] == date(2026, 5, 10)


def test_days_that_can_be_read_either_way_are_refused_with_what_to_do():
    with pytest.raises(RefusedFileError, match=r"in several ways, M/D/YYYY · D/M/YYYY; .* own@M/D/YYYY"):
        read("F1;D1;01/02/2026;02/03/2026;1;1")


def test_a_preset_can_be_told_the_form_of_its_days():
    preset = load_preset("quickbooks@D/M/YYYY")
    assert (preset.name, preset.date_forms) == ("quickbooks", ("D/M/YYYY",))
    assert preset.sha256 != load_preset("quickbooks").sha256


def test_a_day_that_no_form_reads_is_a_row_refused_not_a_reason_to_read_the_rest_otherwise():
    reading = read("F1;D1;15/02/2026;;1;1", "F2;D1;31/02/2026;;1;1", "F3;D1;16/02/2026;;1;1")
    assert [line for line, _reason in reasons(reading)] == [3]
    assert [day for day, _due in days(reading)] == [date(2026, 2, 15), date(2026, 2, 16)]


def test_amounts_are_read_in_the_form_that_reads_them_all():
    both = '["1.234,56", "1,234.56"]'
    dutch = read("F1;D1;15/02/2026;;1.234;1.234", "F2;D1;15/02/2026;;2,50;2,50", amounts=both)
    assert open_amounts(dutch) == {"F1": ("1234.00", "1234.00"), "F2": ("2.50", "2.50")}
    english = read("F1;D1;15/02/2026;;1,234;1,234", "F2;D1;15/02/2026;;2.50;2.50", amounts=both)
    assert open_amounts(english) == {"F1": ("1234.00", "1234.00"), "F2": ("2.50", "2.50")}


WRITTEN = {
    "1.234,56-": ("-1234.56", "trailing_minus = true"),
    "1.234,56 -": ("-1234.56", "trailing_minus = true"),
    "(1.234,56)": ("-1234.56", "parentheses = true"),
    "- 1.234,56": ("-1234.56", ""),
    "\N{MINUS SIGN}1.234,56": ("-1234.56", ""),
    "€ 1.234,56": ("1234.56", 'currency_signs = ["€"]'),
    "€ -1.234,56": ("-1234.56", 'currency_signs = ["€"]'),
    "1.234,56 Cr": ("-1234.56", "sides = true"),
    "1.234,56 Dr": ("1234.56", "sides = true"),
    "250k": ("250000.00", "in_thousands = true"),
    "2,5k": ("2500.00", "in_thousands = true"),
    "1234,5": ("1234.50", ""),
    "1234.5": ("1234.50", ""),  # as a cell with a type is written: no form reads it otherwise
}


@pytest.mark.parametrize(("written", "expected"), WRITTEN.items())
def test_an_amount_is_read_as_it_is_written_in_a_text_and_in_a_workbook(written, expected):
    amount, statement = expected
    preset = open_items_preset(statement)
    text = read_lines(
        "Nummer;Klant;Datum;Bedrag;Open", f"F1;D1;15-02-2026;{written};{written}", preset=preset, day=DAY
    )
    content = workbook(
        Blad=[
            ["Nummer", "Klant", "Datum", "Bedrag", "Open"],
            ["F1", "D1", date(2026, 2, 15), written, written],
        ]
    )
    book = read_list(content, "lijst.xlsx", preset, day=DAY)
    for reading in (text, book):
        assert reasons(reading) == []
        assert open_amounts(reading) == {"F1": (amount, amount)}


def test_debit_and_credit_columns_and_a_side_give_the_sign():
    columns = read_lines(
        "Nummer;Klant;Datum;Debet;Credit;Open",
        "F1;D1;15-02-2026;10,00;;10,00",
        "C1;D1;15-02-2026;;4,00;-4,00",
        day=DAY,
    )
    assert open_amounts(columns) == {"F1": ("10.00", "10.00"), "C1": ("-4.00", "-4.00")}
    side = read_lines(
        "Nummer;Klant;Datum;Open;Zijde", "F1;D1;15-02-2026;10,00;d", "C1;D1;15-02-2026;4,00;C", day=DAY
    )
    assert open_amounts(side) == {"F1": ("10.00", "10.00"), "C1": ("-4.00", "-4.00")}


def test_serial_days_are_read_where_they_are_numbers_or_the_preset_says_so():
    content = workbook(
        Blad=[
            ["Nummer", "Klant", "Datum", "Bedrag", "Open"],
            ["F1", "D1", 46068, 5, 5],
            ["F2", "D1", "46069", 5, 5],
        ]
    )
    plain = read_list(content, "lijst.xlsx", open_items_preset(), day=DAY)
    assert [day for day, _due in days(plain)] == [date(2026, 2, 15)]
    serial = read_list(content, "lijst.xlsx", open_items_preset("serial_dates = true"), day=DAY)
    assert [day for day, _due in days(serial)] == [date(2026, 2, 15), date(2026, 2, 16)]


def test_more_than_two_decimals_in_a_cell_are_refused_and_never_taken_for_thousands():
    content = workbook(
        Blad=[["Nummer", "Klant", "Datum", "Bedrag", "Open"], ["F1", "D1", date(2026, 2, 15), 1.125, 1.125]]
    )
    reading = read_list(content, "lijst.xlsx", open_items_preset(), day=DAY)
    assert [line for line, _reason in reasons(reading)] == [2]


def test_totals_per_currency_are_compared_with_the_rows_in_it():
    rows = [
        "F1;D1;15-02-2026;10,00;10,00;EUR", "F2;D1;15-02-2026;20,00;20,00;USD",
        "F3;D1;15-02-2026;5,00;5,00;USD",
    ]  # fmt: skip
    header = "Nummer;Klant;Datum;Bedrag;Open;Valuta"
    right = read_lines(header, *rows, ";;;;10,00;EUR", ";;;;25,00;USD", day=DAY)
    assert reasons(right) == []
    assert any("2 totals in the file agree" in str(note) for note in right.notes)
    wrong = read_lines(header, *rows, ";;;;10,00;EUR", ";;;;26,00;USD", day=DAY)
    assert [line for line, _reason in reasons(wrong)] == [6]
    assert wrong.sum_accepted == Decimal("35.00")
