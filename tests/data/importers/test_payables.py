"""Lists of suppliers' open invoices become bills; lists of receivables that are none are refused."""

from datetime import date

import pytest

from data.errors import RefusedFileError
from data.importers import load_preset, recognise, shipped_presets
from data.importers.list_reader import read_list
from tests.data.importers.list_presets import notes, read_lines, reasons
from tests.data.importers.vendors.case import text, workbook

DUTCH = text(
    "Openstaande posten crediteuren",
    "per 31-10-2026",
    "",
    "Crediteurnr.;Naam crediteur;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand;Valuta",
    "2001;Meelfabriek;M-17;01-09-2026;01-10-2026;1.000,00;1.000,00;EUR",
    "2001;Meelfabriek;M-19;15-09-2026;15-10-2026;500,00;200,00;EUR",
    "2002;Gas & Co;G/8;20-09-2026;20-10-2026;-50,00;-50,00;EUR",
    "Totaal;;;;;1.450,00;1.150,00;",
    encoding="cp1252",
)
ENGLISH = workbook(
    ["Supplier", "Invoice Number", "Invoice Date", "Due Date", "Amount", "Outstanding"],
    ["Meelfabriek", "M-17", date(2026, 9, 1), date(2026, 10, 1), 1000, 1000],
    ["Meelfabriek", "M-19", date(2026, 9, 15), date(2026, 10, 15), 500, 200],
    ["Gas & Co", "G/8", date(2026, 9, 20), date(2026, 10, 20), -50, -50],
)
# What is owed stands on the credit side, and without one amount below zero.
GERMAN = text(
    "Kreditor;Lieferant;Belegnummer;Belegdatum;Fälligkeit;Soll;Haben",
    "2001;Meelfabriek;M-17;01.09.2026;01.10.2026;;1.000,00",
    "2001;Meelfabriek;M-19;15.09.2026;15.10.2026;300,00;500,00",
    "2002;Gas & Co;G/8;20.09.2026;20.10.2026;50,00;",
)
SIGNED = text(
    "Vendor name,Document No.,Date,Due Date,Balance",
    "Meelfabriek,M-17,2026-09-01,2026-10-01,-1000.00",
    "Meelfabriek,M-19,2026-09-15,2026-10-15,-200.00",
    "Gas & Co,G/8,2026-09-20,2026-10-20,50.00",
)


def bills(content):
    reading = read_list(content, "crediteuren.csv", load_preset("payables"))
    assert reasons(reading) == []
    assert (reading.kind, reading.rows_read, reading.accepted) == ("bills", 3, 3)
    columns = ("bill_id", "supplier", "due_date", "amount", "paid_amount")
    rows = reading.grains["bills"].select(columns).rows()
    return reading, [
        (number, name, str(due), str(amount), str(paid)) for number, name, due, amount, paid in rows
    ]


@pytest.mark.parametrize("content", [DUTCH, ENGLISH], ids=["Dutch", "English"])
def test_what_is_open_of_a_bill_is_what_is_not_paid_of_it(content):
    reading, rows = bills(content)
    assert rows == [
        ("M-17", "Meelfabriek", "2026-10-01", "1000.00", "0.00"),
        ("M-19", "Meelfabriek", "2026-10-15", "500.00", "300.00"),
        ("G/8", "Gas & Co", "2026-10-20", "-50.00", "0.00"),
    ]
    assert str(reading.sum_accepted) == "1150.00"


@pytest.mark.parametrize("content", [GERMAN, SIGNED], ids=["sides", "below zero"])
def test_what_is_owed_is_above_zero_however_the_list_writes_it(content):
    reading, rows = bills(content)
    assert [(row[0], row[3]) for row in rows] == [("M-17", "1000.00"), ("M-19", "200.00"), ("G/8", "-50.00")]
    assert ("The list writes what is owed below zero; it is read as above zero." in notes(reading)) == (
        content is SIGNED
    )


@pytest.mark.parametrize("content", [DUTCH, ENGLISH, GERMAN, SIGNED])
def test_a_list_of_payables_is_told_and_its_preset_named(content):
    with pytest.raises(RefusedFileError, match="load it with --preset payables"):
        recognise(content, "crediteuren.csv", shipped_presets())


def test_one_number_of_two_suppliers_is_refused_with_both_lines():
    reading = read_list(
        text(
            "Leverancier;Factuurnummer;Datum;Vervaldatum;Bedrag", "A;1;01-09-2026;01-10-2026;5,00",
            "B;1;01-09-2026;01-10-2026;6,00", "B;2;01-09-2026;01-10-2026;7,00",
        ),
        "crediteuren.csv",
        load_preset("payables"),
    )  # fmt: skip
    assert [line for line, _reason in reasons(reading)] == [2, 3]
    assert reading.grains["bills"]["bill_id"].to_list() == ["2"]


def test_a_list_read_as_receivables_with_nearly_all_below_zero_is_refused():
    rows = [f"F{place};D1;15-09-2026;-10,00" for place in range(5)]
    with pytest.raises(RefusedFileError, match="5 of 6 documents are below zero, as in a list"):
        read_lines("Nummer;Klant;Datum;Open", *rows, "F9;D1;15-09-2026;10,00", day=date(2026, 10, 31))
    # Half of them can be credit notes.
    mixed = [f"G{place};D1;15-09-2026;10,00" for place in range(5)]
    read_lines("Nummer;Klant;Datum;Open", *rows, *mixed, day=date(2026, 10, 31))
