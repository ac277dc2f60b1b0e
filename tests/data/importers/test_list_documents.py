"""Rows of a list that are of one document are put together, and counted once."""

from datetime import date

import pytest

from data.importers.preset_statement import preset_from
from data.toml_text import parse_toml
from tests.data.importers.list_presets import (
    notes,
    open_amounts,
    open_items_preset,
    read_lines,
    reasons,
)

DAY = date(2026, 10, 31)
HEADER = "Nummer;Klant;Datum;Vervalt;Bedrag;Open;Soort"


def read(*rows, preset=None):
    return read_lines(HEADER, *rows, preset=preset, day=DAY)


def test_instalments_of_an_invoice_are_one_document_that_falls_due_in_parts():
    reading = read(
        "F1;D1;01-09-2026;01-10-2026;600,00;600,00;Factuur",
        "F1;D1;01-09-2026;01-11-2026;400,00;400,00;Factuur",
        "F2;D1;01-09-2026;01-10-2026;50,00;50,00;Factuur",
    )
    assert open_amounts(reading) == {"F1": ("1000.00", "1000.00"), "F2": ("50.00", "50.00")}
    parts = reading.grains["instalments"].select("invoice_id", "due_date", "amount").rows()
    assert [(number, day, str(amount)) for number, day, amount in parts] == [
        ("F1", date(2026, 10, 1), "600.00"),
        ("F1", date(2026, 11, 1), "400.00"),
    ]
    # Each part is a row in the store.
    assert (reading.rows_read, reading.accepted, reading.rejected, reading.duplicate) == (3, 3, 0, 0)
    assert str(reading.sum_read) == str(reading.sum_accepted) == "1050.00"


def test_the_amount_of_the_whole_invoice_on_each_of_its_instalments_counts_once():
    reading = read(
        "F1;D1;01-09-2026;01-10-2026;1.000,00;600,00;Factuur",
        "F1;D1;01-09-2026;01-11-2026;1.000,00;400,00;Factuur",
    )
    assert open_amounts(reading) == {"F1": ("1000.00", "1000.00")}
    assert [str(amount) for amount in reading.grains["instalments"]["amount"]] == ["600.00", "400.00"]


def test_a_payment_listed_beside_its_invoice_lowers_what_is_open():
    reading = read(
        "F1;D1;20-10-2026;;-400,00;-400,00;Betaling",
        "F1;D1;01-09-2026;01-10-2026;1.000,00;1.000,00;Factuur",
    )
    assert open_amounts(reading) == {"F1": ("1000.00", "600.00")}
    assert (reading.rows_read, reading.accepted) == (1, 1)
    assert "1 rows are further lines of 1 documents." in notes(reading)
    assert reading.grains["invoices"].select("invoice_date", "due_date").rows() == [
        (date(2026, 9, 1), date(2026, 10, 1))
    ]


def test_a_row_that_stands_twice_is_a_repeat():
    reading = read(*["F1;D1;01-09-2026;01-10-2026;10,00;10,00;Factuur"] * 2)
    assert open_amounts(reading) == {"F1": ("10.00", "10.00")}
    assert (reading.rows_read, reading.accepted, reading.duplicate) == (2, 1, 1)


def test_two_equal_payments_without_a_number_are_two():
    reading = read(*[";D1;01-09-2026;;-10,00;-10,00;Betaling"] * 2)
    # What money comes to is what the first list shows of it: no file says more.
    assert open_amounts(reading) == {"D1 2026-09-01 -10.00": ("0.00", "-20.00")}


def test_a_payment_of_which_nothing_is_open_is_no_open_item():
    reading = read("G1;D1;20-10-2026;;-400,00;0,00;Betaling", "F1;D1;01-09-2026;;400,00;0,00;Factuur")
    assert open_amounts(reading) == {"F1": ("400.00", "0.00")}
    assert any("1 payments that other documents took" in note for note in notes(reading))


def test_one_number_of_two_customers_is_refused_with_both_lines():
    reading = read(
        "F1;D1;01-09-2026;01-10-2026;10,00;10,00;Factuur",
        "F1;D2;01-09-2026;01-10-2026;20,00;20,00;Factuur",
        "F2;D2;01-09-2026;01-10-2026;5,00;5,00;Factuur",
    )
    assert open_amounts(reading) == {"F2": ("5.00", "5.00")}
    assert [line for line, _reason in reasons(reading)] == [2, 3]
    assert "line 3" in reasons(reading)[0][1] or "3" in reasons(reading)[0][1]
    assert (reading.rows_read, str(reading.sum_read), str(reading.sum_accepted)) == (3, "35.00", "5.00")


def test_a_document_of_which_one_row_is_refused_goes_in_as_a_whole_or_not_at_all():
    reading = read(
        "F1;D1;01-09-2026;01-10-2026;600,00;600,00;Factuur",
        "F1;D1;01-09-2026;31-11-2026;400,00;400,00;Factuur",
    )
    assert open_amounts(reading) == {}
    assert reasons(reading)[0] == (2, "Nummer is also that of line 3, which is refused")
    assert (reading.rows_read, reading.rejected) == (2, 2)


@pytest.mark.parametrize("lines", [("363,00", "242,00"), ("300,00", "305,00")])
def test_lines_of_an_invoice_add_up_while_what_is_open_stands_on_each(lines):
    preset = open_items_preset('line_amounts = ["amount"]')
    rows = [f"F2;D1;15-09-2026;15-10-2026;{amount};105,00;Factuur" for amount in lines]
    reading = read(*rows, "F3;D1;15-09-2026;15-10-2026;7,00;7,00;Factuur", preset=preset)
    assert open_amounts(reading) == {"F2": ("605.00", "105.00"), "F3": ("7.00", "7.00")}


def test_equal_lines_of_an_invoice_both_count():
    preset = open_items_preset('line_amounts = ["amount"]')
    reading = read(*["F2;D1;15-09-2026;15-10-2026;100,00;50,00;Factuur"] * 2, preset=preset)
    assert open_amounts(reading) == {"F2": ("200.00", "50.00")}


def test_one_number_with_two_amounts_is_refused_in_a_list_of_invoices():
    text = open_items_preset().text.decode().replace('"Open" = "open_amount"\n', "")
    text = text.replace('"open_items"', '"invoices"')
    preset = preset_from(parse_toml(text), "own", text.encode())
    rows = ["F1;D1;01-09-2026;10,00", "F1;D1;01-09-2026;11,00", "F2;D1;01-09-2026;5,00"]
    reading = read_lines("Nummer;Klant;Datum;Bedrag", *rows, preset=preset)
    assert [line for line, _reason in reasons(reading)] == [2, 3]
    assert reading.grains["invoices"]["invoice_id"].to_list() == ["F2"]


def test_drafts_and_cancelled_documents_are_passed_over_by_line():
    reading = read_lines(
        "Nummer;Klant;Datum;Bedrag;Open;Stand",
        "F1;D1;01-09-2026;10,00;10,00;open",
        "F2;D1;01-09-2026;10,00;10,00;Concept",
        ";D1;;10,00;10,00;vervallen",
        "F4;D1;01-09-2026;10,00;10,00;betaald",
        day=DAY,
    )
    # What the list calls paid is open for nothing, whatever else it says.
    assert open_amounts(reading) == {"F1": ("10.00", "10.00"), "F4": ("10.00", "0.00")}
    assert "Drafts and cancelled documents were passed over: lines 3, 4." in notes(reading)
    assert (reading.rows_read, reading.rejected) == (2, 0)
