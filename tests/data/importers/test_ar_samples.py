"""Lists of receivables in the samples: counts, sums and days as another reader counted them."""

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from data.errors import UnknownListError
from data.importers import read_file, recognise, shipped_presets
from data.importers.list_reader import read_list
from data.importers.preset_statement import preset_from
from data.toml_text import parse_toml
from tests.paths import SAMPLES

MANIFEST = SAMPLES / "MANIFEST.tsv"
OWN = """
shape = "{shape}"
headings = "plain"
date_format = "YYYY-MM-DD"
[columns]
"""


def facts():
    if not MANIFEST.exists():
        return {}
    lines = [line.split("\t") for line in MANIFEST.read_text(encoding="utf-8").splitlines()]
    return {row[1]: json.loads(row[-1]) for row in lines if row[0] == "ar"}


FACTS = facts()
ARE_THERE = pytest.mark.skipif(not FACTS, reason="the samples in ../shared/samples are not there")
KNOWN = {
    "ar/eboekhouden_openstaande_posten_constructed.csv": "e-boekhouden",
    "ar/nl_debiteuren_export_bdo.csv": "afas",
    "ar/quickbooks_ar_aging_detail.csv": "quickbooks",
    "ar/xero_aged_receivables_detail_constructed.xlsx": "xero",
}


def total(rows, column):
    return str(rows[column].sum())


@ARE_THERE
def test_every_list_of_receivables_of_the_samples_is_read_or_refused_here():
    assert set(FACTS) == {*KNOWN, "ar/gbp_invoices.csv", "ar/treasury_multi_currency.csv"}


@ARE_THERE
@pytest.mark.parametrize("name", KNOWN)
def test_a_list_of_a_known_program_comes_in_as_it_was_counted(name):
    path, fact = SAMPLES / name, FACTS[name]
    preset = recognise(path.read_bytes(), path.name, shipped_presets())
    assert preset.name == KNOWN[name]
    day = None if "as_of" in fact else date(2026, 10, 31)
    reading = read_file(path, preset, day=day)
    items, invoices = reading.grains["open_items"], reading.grains["invoices"]
    assert (reading.accepted, reading.rejected, reading.duplicate) == (fact["rows"], 0, 0)
    assert total(items, "open_amount") == fact["open"]
    assert total(invoices, "amount") == fact.get("gross", fact["open"])
    assert invoices["customer_id"].n_unique() == fact.get("customers", invoices["customer_id"].n_unique())
    if "as_of" in fact:
        assert set(items["list_date"]) == {date.fromisoformat(fact["as_of"])}
    for key, column in (("invoice_dates", "invoice_date"), ("due_dates", "due_date")):
        if key in fact:
            assert [day.isoformat() for day in invoices[column]] == fact[key]
    if "credit_notes" in fact:
        assert invoices.filter(pl.col("invoice_type") == "credit_note").height == fact["credit_notes"]
    if "overdue" in fact:
        late = items.join(invoices.select("invoice_id", "due_date"), on="invoice_id").filter(
            pl.col("due_date") < date.fromisoformat(fact["as_of"])
        )
        assert (total(late, "open_amount"), late.height) == (fact["overdue"], fact["overdue_rows"])


@ARE_THERE
def test_a_grand_total_of_what_is_overdue_only_is_said_and_refuses_no_row():
    path = SAMPLES / "ar/xero_aged_receivables_detail_constructed.xlsx"
    reading = read_file(path, recognise(path.read_bytes(), path.name, shipped_presets()))
    assert any("Totals that the rows do not add up to" in str(note) for note in reading.notes)


@ARE_THERE
@pytest.mark.parametrize("name", ["ar/gbp_invoices.csv", "ar/treasury_multi_currency.csv"])
def test_a_list_of_no_known_program_is_refused_with_its_headings(name):
    path = SAMPLES / name
    with pytest.raises(UnknownListError, match="invoice_"):
        recognise(path.read_bytes(), path.name, shipped_presets())


def read_own(name, shape, columns, **words):
    text = OWN.format(shape=shape) + "".join(f'"{heading}" = "{column}"\n' for heading, column in columns)
    for column, of_column in words.items():
        text += f"[choices.{column}]\n" + "".join(
            f'"{word}" = "{ours}"\n' for word, ours in of_column.items()
        )
    preset = preset_from(parse_toml(text), "own", text.encode())
    return read_list((SAMPLES / name).read_bytes(), "list.csv", preset, day=date(2024, 9, 30))


@ARE_THERE
def test_the_lists_of_no_known_program_add_up_with_a_preset_of_ones_own():
    name = "ar/gbp_invoices.csv"
    own = {"debtor_name": "customer_name", "invoice_number": "invoice_id", "issued_date": "invoice_date"}
    same = {column: column for column in ("amount", "currency", "due_date")}
    pounds = read_own(name, "invoices", [*own.items(), *same.items()])
    assert (pounds.accepted, total(pounds.grains["invoices"], "amount")) == (
        FACTS[name]["rows"],
        FACTS[name]["total"],
    )
    name = "ar/treasury_multi_currency.csv"
    same = ("invoice_id", "customer_id", "country", "invoice_date", "due_date", "amount", "currency")
    columns = [*((column, column) for column in same), ("status", "state")]
    mixed = read_own(name, "open_items", columns, state={"outstanding": "open", "paid": "paid"})
    open_items = mixed.grains["open_items"]
    per_currency = open_items.group_by("currency").agg(pl.col("open_amount").sum())
    left = {code: amount for code, amount in per_currency.iter_rows() if amount}
    assert left == {code: Decimal(text) for code, text in FACTS[name]["per_currency_open"].items()}
    assert open_items.filter(pl.col("open_amount") != 0).height == FACTS[name]["open_rows"]
    paid = mixed.grains["invoices"].join(open_items.filter(pl.col("open_amount") == 0), on="invoice_id")
    assert dict(paid.select("currency", "amount").iter_rows()) == {
        code: Decimal(text) for code, text in FACTS[name]["paid"].items()
    }
