"""Customers that stand above their rows, headings on two lines, pages and feet."""

from datetime import date

import pytest

from tests.data.importers.list_presets import notes, open_items_preset, read_lines, reasons

DAY = date(2026, 10, 31)
HEADER = "Nummer;Datum;Vervalt;Open"


def read(group, *lines):
    return read_lines(*lines, preset=open_items_preset(f"group = {group}"), day=DAY)


def customers(reading):
    """Return number of a document -> customer number and name."""
    names = dict(reading.grains["customers"].select("customer_id", "customer_name").iter_rows())
    rows = reading.grains["invoices"].select("invoice_id", "customer_id").iter_rows()
    return {number: (customer, names[customer]) for number, customer in rows}


@pytest.mark.parametrize(
    ("group", "line"),
    [
        ('"{customer_id} {customer_name}"', "1001 Jansen & Zn. B.V.;;;"),
        ('"{customer_id} - {customer_name}"', "1001 - Jansen & Zn. B.V.;;;"),
        ('"{customer_id} {customer_name}"', "1001;Jansen & Zn. B.V.;;"),
        ('"Debiteur: {customer_id} {customer_name}"', "Debiteur:  1001  Jansen & Zn. B.V.;;;"),
        ('["A/C: {customer_id} Name: {customer_name}"]', "A/C: 1001   Name: Jansen & Zn. B.V.;;;"),
        ('["Customer {customer_id}", "Name {customer_name}"]', "Customer 1001;;;\nName Jansen & Zn. B.V.;;;"),
    ],
)
def test_number_and_name_of_a_customer_are_read_from_the_lines_above_its_rows(group, line):
    reading = read(group, HEADER, *line.split("\n"), "F1;15-09-2026;15-10-2026;10,00", ";;;10,00")
    assert reasons(reading) == []
    assert customers(reading) == {"F1": ("1001", "Jansen & Zn. B.V.")}
    assert any("1 totals in the file agree" in note for note in notes(reading))


def test_a_line_that_a_template_does_not_fit_is_passed_over_and_names_nobody():
    reading = read(
        '"{customer_id} {customer_name}"', HEADER, "1001 Jansen;;;", "F1;15-09-2026;;10,00", "Opmerking;;;",
        "F2;15-09-2026;;5,00",
    )  # fmt: skip
    assert customers(reading) == {"F1": ("1001", "Jansen"), "F2": ("1001", "Jansen")}
    assert "Lines that are no rows were passed over: 4." in notes(reading)


def test_a_page_break_with_title_and_headings_between_the_rows_of_a_customer_changes_nothing():
    reading = read(
        '"customer_name"', "Openstaande posten;;;", HEADER, "Jansen;;;", "F1;15-09-2026;;10,00",
        "Pagina 1 van 2;;;", "Openstaande posten;;;",
        HEADER, "F2;15-09-2026;;5,00", "Bakker;;;", "F3;15-09-2026;;7,00",
    )  # fmt: skip
    assert reasons(reading) == []
    assert {number: customer for number, (customer, _name) in customers(reading).items()} == {
        "F1": "Jansen",
        "F2": "Jansen",
        "F3": "Bakker",
    }


def test_the_sum_above_a_customers_rows_is_compared_with_them():
    right = read(
        '"customer_name"', "#;Nummer;Datum;Open", ";Jansen;;15,00", ";F1;15-09-2026;10,00",
        ";F2;15-09-2026;5,00", ";Bakker;;7,00", ";F3;15-09-2026;7,00",
    )  # fmt: skip
    assert reasons(right) == []
    assert customers(right)["F3"] == ("Bakker", "Bakker")
    wrong = read('"customer_name"', "#;Nummer;Datum;Open", ";Jansen;;16,00", ";F1;15-09-2026;10,00")
    assert [line for line, _reason in reasons(wrong)] == [2]


def test_headings_on_two_lines_are_put_together_also_under_a_heading_of_several_columns():
    columns = '"Bedrag totaal" = "amount"\n"Bedrag open" = "open_amount"\n"Factuur nummer" = "invoice_id"'
    preset = open_items_preset(columns=columns)
    reading = read_lines(
        "Factuur;Klant;Datum;Bedrag;",
        "nummer;;;totaal;open",
        "F1;D1;15-09-2026;100,00;40,00",
        preset=preset,
        day=DAY,
    )
    assert reasons(reading) == []
    assert [str(amount) for amount in reading.grains["open_items"]["open_amount"]] == ["40.00"]
    assert [str(amount) for amount in reading.grains["invoices"]["amount"]] == ["100.00"]


def test_a_heading_may_say_which_of_two_of_one_name_it_is_and_which_column_has_none():
    columns = '"Dagboek → Wie" = "city"\n"Klant → Wie" = "customer_name"\n"Open →" = "currency"'
    preset = open_items_preset(columns=columns)
    reading = read_lines(
        "Nummer;Dagboek;Wie;Klant;Wie;Datum;Open;",
        "F1;VRK;Verkoop;D1;Jansen;15-09-2026;10,00;USD",
        preset=preset,
        day=DAY,
    )
    assert reading.grains["customers"].select("customer_id", "customer_name").rows() == [("D1", "Jansen")]
    assert reading.grains["open_items"]["currency"].to_list() == ["USD"]


def test_a_currency_behind_the_heading_of_an_amount_is_that_of_the_rows():
    reading = read_lines("Nummer;Klant;Datum;Open (USD)", "F1;D1;15-09-2026;10,00", day=DAY)
    assert reading.grains["open_items"]["currency"].to_list() == ["USD"]
    assert not any("names no currency" in note for note in notes(reading))


def test_a_row_without_a_number_of_its_own_takes_that_of_the_next_column_or_one_that_is_made():
    preset = open_items_preset(tables='[fallback]\n"Boekstuk" = "invoice_id"')
    reading = read_lines(
        "Nummer;Boekstuk;Klant;Datum;Bedrag;Open", "F1;B1;D1;15-09-2026;10,00;10,00",
        ";B2;D1;15-09-2026;20,00;20,00", ";;D1;15-09-2026;30,00;25,00", preset=preset, day=DAY,
    )  # fmt: skip
    assert reading.grains["invoices"]["invoice_id"].to_list() == ["F1", "B2", "D1 2026-09-15 30.00"]


def test_an_empty_currency_is_filled_where_the_preset_says_so_and_refused_where_it_does_not():
    lines = ("Nummer;Klant;Datum;Open;Valuta", "F1;D1;15-09-2026;10,00;", "F2;D1;15-09-2026;5,00;USD")
    assert reasons(read_lines(*lines, day=DAY)) == [(2, "Valuta is empty")]
    preset = open_items_preset(tables='[fill]\ncurrency = "EUR"')
    filled = read_lines(*lines, preset=preset, day=DAY)
    assert filled.grains["open_items"]["currency"].to_list() == ["EUR", "USD"]
