"""What a file is shows in its content, never in its name alone."""

import pytest

from data.errors import RefusedFileError, UnknownListError
from data.importers import load_preset, recognise, shipped_presets
from tests.data.importers.workbooks import workbook

INVOICES = b"invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount\n"
LIST = "Nummer;Klant;Datum;Bedrag\n1;A;31-01-2026;1,00\n"
OWN = """
name = "{name}"
shape = "invoices"
headings = "plain"
known_by = [{known}]
[columns]
"Nummer" = "invoice_id"
"Klant" = "customer_name"
"Datum" = "invoice_date"
"Bedrag" = "amount"
[defaults]
currency = "EUR"
"""


def own(tmp_path, name: str, known: str):
    path = tmp_path / f"{name}.toml"
    path.write_text(OWN.format(name=name, known=known), encoding="utf-8")
    return load_preset(str(path))


def test_a_native_file_is_known_by_its_headings_whatever_it_is_called():
    assert recognise(INVOICES, "export van vandaag.txt", shipped_presets()) is None
    assert recognise(INVOICES, "invoices.csv", shipped_presets()) is None


def test_a_native_name_makes_no_native_file(tmp_path):
    preset = own(tmp_path, "ours", '"Nummer", "Klant", "Bedrag"')
    assert recognise(LIST.encode(), "invoices.csv", [preset]) is preset


def test_a_preset_knows_its_lists_by_the_headings_it_names(tmp_path):
    preset = own(tmp_path, "ours", '"Nummer", "Klant", "Bedrag"')
    silent = own(tmp_path, "silent", "")
    assert recognise(LIST.encode("utf-16"), "a.txt", [preset, silent]) is preset
    content = workbook(Blad=[["Titel"], ["Nummer", "Klant", "Datum", "Bedrag"], [1, "A", "31-01-2026", 1]])
    assert recognise(content, "a.csv", [preset, silent]) is preset
    with pytest.raises(UnknownListError):
        recognise(LIST.encode(), "a.csv", [silent])


def test_two_presets_that_fit_are_both_named(tmp_path):
    presets = [own(tmp_path, "one", '"Nummer"'), own(tmp_path, "two", '"Klant"')]
    with pytest.raises(
        RefusedFileError, match=r"a\.csv: can be read with one, two; say which with --preset\."
    ):
        recognise(LIST.encode(), "a.csv", presets)


def test_a_list_nobody_knows_is_refused_with_its_headings():
    with pytest.raises(UnknownListError, match=r"knows its headings \(Nummer, Klant, Datum, Bedrag\)"):
        recognise(LIST.encode(), "a.csv", shipped_presets())


def test_a_list_of_payables_is_told_from_receivables():
    text = "Leverancier,Invoice No,Due date,Amount\nX,1,2026-01-01,1.00\n"
    with pytest.raises(RefusedFileError, match=r"suppliers' invoices \(heading 'Leverancier'\)"):
        recognise(text.encode(), "open_invoices.csv", shipped_presets())


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.08">', "camt.052: an interim report"),
        (b"<?xml version='1.0'?><Document><BkToCstmrDbtCdtNtfctn></Document>", "camt.054: a notice"),
        (b":20:1\n:25:NL1\n:28C:1\n:34F:EURD0,\n:13D:2611301200+0100\n:61:x\n", "MT942: an interim report"),
    ],
)
def test_a_file_of_a_bank_is_refused_by_name_in_one_sentence(content, what):
    with pytest.raises(RefusedFileError) as refusal:
        recognise(content, "file.xml", shipped_presets())
    assert str(refusal.value).startswith(f"file.xml: {what}")


@pytest.mark.parametrize(
    ("content", "preset"),
    [
        (b":20:1\n:25:NL1\n:28C:1\n:60F:C261130EUR1,\n:62F:C261130EUR1,\n", "mt940"),
        (
            b"{1:F01X}{2:I940X}{4:\r\n:20:1\r\n:25:NL1\r\n:13D:2611301200+0100\r\n:60F:C261130EUR1,\r\n",
            "mt940",
        ),
        (b"0000 01X\n940 00\n:20:1\n:25:NL1\n:61:261130C1,NTRFX\n", "mt940"),
        (f"0000005012672505{'':<111}2\r\n1{'':<127}\r\n".encode(), "coda"),
    ],
)
def test_a_bank_statement_is_known_by_its_content(content, preset):
    assert recognise(content, "file.csv", shipped_presets()).name == preset


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"\x00" * 500, b"een brief\naan iemand\n"]
)
def test_what_is_no_list_is_refused_in_one_sentence(content):
    with pytest.raises(RefusedFileError) as refusal:
        recognise(content, "a.csv", shipped_presets())
    assert str(refusal.value).count("\n") == 0
