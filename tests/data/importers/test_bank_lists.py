"""Exports of banks come in: entries, what the file says of its balances, and nothing that is not booked."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from data.errors import RefusedFileError, UnknownListError
from data.importers import load_preset, read_file, recognise, shipped_presets
from data.importers.list_reader import read_list
from data.importers.propose.proposal import propose
from tests.data.importers.vendors.banks import BANKS, IBAN, OTHER
from tests.data.importers.workbooks import workbook
from tests.paths import SAMPLES

D = Decimal
EACH = pytest.mark.parametrize("case", BANKS, ids=lambda case: case.preset)
FOLDER = SAMPLES / "bankcsv"
needs_samples = pytest.mark.skipif(not FOLDER.exists(), reason="no ../shared/samples/bankcsv here")


def read_case(case, tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(case.content)
    return read_file(path, load_preset(case.preset))


def statements_in(reading):
    columns = ("account", "currency", "opening", "closing", "entries", "credits", "debits")
    return [
        tuple(str(value) if isinstance(value, D) else value for value in row)
        for row in reading.grains["bank_statements"].select(columns).iter_rows()
    ]


@EACH
def test_every_entry_of_an_export_comes_in_with_the_balances_it_shows(case, tmp_path):
    reading = read_case(case, tmp_path)
    assert reading.rejects.select("line", "reason").rows() == []
    assert statements_in(reading) == case.statements
    entries = reading.grains["bank_entries"]
    found = entries.select("entry_date", "amount", "counterparty", "counterparty_account").iter_rows()
    assert sorted((str(day), str(amount), name, other) for day, amount, name, other in found) == sorted(
        case.entries
    )
    assert set(entries["form"]) == {"csv"}
    assert reading.kind == "bank_entries"
    assert reading.accepted == case.statements[0][4] == entries["line"].n_unique()
    assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
    assert reading.sum_accepted == entries["amount"].sum()
    closings = [closing for *_rest, closing, _entries, _credits, _debits in case.statements if closing]
    assert [str(balance) for balance in reading.grains["bank_balances"]["balance"]] == closings


@EACH
def test_an_export_is_known_for_one_of_its_bank_alone(case):
    if case.is_known:
        assert recognise(case.content, "export.csv", shipped_presets()).name == case.preset
    else:
        with pytest.raises(RefusedFileError):
            recognise(case.content, "export.csv", shipped_presets())


def of_manifest(folder):
    if not (SAMPLES / "MANIFEST.tsv").exists():
        return {}
    rows = [line.split("\t") for line in (SAMPLES / "MANIFEST.tsv").read_text("utf-8").splitlines()[1:]]
    return {row[1]: json.loads(row[4]) for row in rows if row[0] == folder}


def unseen(path):
    """Read a sample as `load` does: with what knows it, else with the preset that is proposed for it."""
    content = path.read_bytes()
    try:
        return read_file(path, recognise(content, path.name, shipped_presets()))
    except UnknownListError:
        return read_list(content, path.name, propose(content, path.name).preset())


@needs_samples
@pytest.mark.parametrize("name", sorted(of_manifest("bankcsv")))
def test_every_export_of_the_samples_has_the_entries_and_sums_it_is_known_to_have(name):
    facts = of_manifest("bankcsv")[name]
    reading = unseen(SAMPLES / name)
    assert reading.rejects.height == 0
    [(account, _currency, opening, closing, entries, credits_, debits)] = statements_in(reading)
    assert entries == facts.get("count", facts["rows"]) == reading.accepted
    assert credits_ == facts.get("credits", facts.get("eur_in", "0.00"))
    assert debits == facts.get("debits", facts.get("eur_out", "0.00"))
    if "opening" in facts:
        assert opening == facts["opening"]
    assert closing == facts.get("closing", facts.get("last_balance"))
    if "account" in facts:
        assert account == facts["account"]
    if "seq" in facts:
        assert reading.grains["bank_entries"]["bank_reference"].to_list() == facts["seq"]


RABOBANK = (
    '"IBAN/BBAN","Munt","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn","Tegenrekening IBAN/BBAN",'
    '"Naam tegenpartij","Omschrijving-1","Omschrijving-2"\n'
)


def rabobank(*rows):
    lines = [f'"{IBAN}","EUR",' + ",".join(f'"{cell}"' for cell in row) for row in rows]
    return RABOBANK + "\n".join(lines) + "\n"


def read_text(text, tmp_path, preset="rabobank"):
    path = tmp_path / "export.csv"
    path.write_bytes(text.encode())
    return read_file(path, load_preset(preset))


def notes(reading):
    return [str(note) for note in reading.notes]


def test_a_value_date_that_is_no_day_is_the_day_of_the_entry_and_named(tmp_path):
    reading = read_text(
        rabobank(
            ("1", "2026-02-27", "2026-02-30", "-1,00", "+9,00", "", "A", "x", ""),
            ("2", "2026-02-30", "2026-02-28", "-1,00", "+8,00", "", "A", "x", ""),
        ),
        tmp_path,
    )
    assert [str(day) for day in reading.grains["bank_entries"]["value_date"]] == ["2026-02-27"]
    assert "In 1 rows the value date is no day; the day of the entry stands for it: lines 2." in notes(
        reading
    )
    # A day of booking that is none refuses the row, and the rest goes on.
    assert list(reading.rejects.select("line", "column").iter_rows()) == [(3, "Datum")]


def test_control_characters_and_zeros_behind_the_cents_spoil_no_row(tmp_path):
    reading = read_text(
        rabobank(("1", "2026-02-27", "", "-1,5000", "+9,00", "", "A\x1a", "x\x00y", "z")), tmp_path
    )
    row = reading.grains["bank_entries"].row(0, named=True)
    assert (row["amount"], row["counterparty"], row["description"]) == (D("-1.50"), "A", "x y z")
    refused = read_text(rabobank(("1", "2026-02-27", "", "-1,505", "+9,00", "", "A", "x", "")), tmp_path)
    assert refused.rejects["reason"].to_list() == ["Bedrag '-1,505' has more than 2 decimals"]


def test_equal_entries_of_a_day_are_numbered_and_overlapping_exports_name_them_alike(tmp_path):
    first = "Date;Interest Date;Amount;Account;Counterparty;Name;Description\n"
    coffee = f"2026-10-05;2026-10-05;-4,50;{IBAN};{OTHER};Cafe;Koffie\n"
    later = f"2026-10-06;2026-10-06;-4,50;{IBAN};{OTHER};Cafe;Koffie\n"
    october = read_text(first + coffee + coffee + later, tmp_path, "bunq").grains["bank_entries"]
    again = read_text(first + later + coffee + coffee, tmp_path, "bunq").grains["bank_entries"]
    names = october["entry_id"].to_list()
    assert [name.rpartition("-")[2] for name in names][1:2] == ["2"]
    assert names[0] + "-2" == names[1]
    assert len(set(names)) == 3
    assert set(again["entry_id"]) == set(names)


def test_an_export_of_several_accounts_and_currencies_has_a_statement_of_each(tmp_path):
    head = "TransferWise ID,Date,Amount,Currency,Description,Running Balance\n"
    rows = "A,05-10-2026,-10.00,EUR,x,90.00\nA,05-10-2026,-10.00,USD,x,40.00\nB,06-10-2026,5.00,EUR,y,95.00\n"
    reading = read_text(head + rows, tmp_path, "wise@BE68 5390 0754 7034")
    assert statements_in(reading) == [
        ("BE68539007547034", "EUR", "100.00", "95.00", 2, "5.00", "10.00"),
        ("BE68539007547034", "USD", "50.00", "40.00", 1, "0.00", "10.00"),
    ]
    # Equal but for the currency: an account has one entry of each name.
    assert reading.grains["bank_entries"]["entry_id"].n_unique() == 3


def test_an_export_without_an_account_says_how_to_name_it(tmp_path):
    text = "TransferWise ID,Date,Amount,Currency,Description\nA,05-10-2026,-10.00,EUR,x\n"
    reading = read_text(text, tmp_path, "wise")
    assert set(reading.grains["bank_entries"]["account"]) == {"Wise"}
    assert notes(reading)[-1] == (
        "The file names no account; its entries are read as those of the account Wise. Name it with --preset "
        "wise@ACCOUNT, the same for each file of that account."
    )
    named = read_text(text, tmp_path, "wise@My Wise")
    assert set(named.grains["bank_entries"]["account"]) == {"My Wise"}


def test_a_fee_that_the_balance_shows_within_the_amount_is_no_entry_of_its_own(tmp_path):
    head = "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
    within = "ATM,Current,2026-10-05 1:00:00,2026-10-05 1:00:00,x,-10.00,2.00,EUR,COMPLETED,90.00\n"
    more = "ATM,Current,2026-10-06 1:00:00,2026-10-06 1:00:00,x,-20.00,1.00,EUR,COMPLETED,70.00\n"
    reading = read_text(head + within + more, tmp_path, "revolut")
    assert reading.grains["bank_entries"]["amount"].to_list() == [D("-10.00"), D("-20.00")]
    assert statements_in(reading)[0][2:] == ("100.00", "70.00", 2, "0.00", "30.00")


def test_rows_that_are_missing_leave_a_statement_that_does_not_follow(tmp_path):
    reading = read_text(
        rabobank(
            ("1", "2026-02-26", "", "-1,00", "+9,00", "", "A", "x", ""),
            ("3", "2026-02-28", "", "-1,00", "+5,00", "", "A", "x", ""),
        ),
        tmp_path,
    )
    [statement] = statements_in(reading)
    assert statement[2:] == ("10.00", "5.00", 2, "0.00", "2.00")


def test_an_unknown_export_of_a_bank_is_proposed_as_one_and_no_list_of_invoices_is(tmp_path):
    text = "Transaction Date,Payee,Memo,Money in,Money out,Balance\n2026-01-31,Gym,Fee,,25.00,75.00\n"
    proposal = propose((text + "2026-02-01,Work,Pay,100.00,,175.00\n").encode(), "mybank.csv")
    assert proposal.draft.shape == "bank_entries"
    assert dict(proposal.draft.columns) == {
        "entry_date": "Transaction Date", "counterparty": "Payee", "description": "Memo",
        "credit": "Money in", "debit": "Money out", "balance": "Balance",
    }  # fmt: skip
    reading = read_list((text + "2026-02-01,Work,Pay,100.00,,175.00\n").encode(), "x", proposal.preset())
    assert statements_in(reading) == [("mybank", "EUR", "100.00", "175.00", 2, "100.00", "25.00")]
    invoices = "Invoice number,Customer,Date,Amount,Balance\n1,A,2026-01-31,25.00,25.00\n"
    assert propose(invoices.encode(), "x.csv").draft.shape != "bank_entries"


def test_a_workbook_of_numbers_and_days_is_read_as_its_text_is(tmp_path):
    content = workbook(
        Sheet0=[
            ["accountNumber", "mutationcode", "transactiondate", "valuedate", "startsaldo", "endsaldo",
             "amount", "description"],
            [123456789, "EUR", 20261005, 20261005, 350, 304.9, -45.1, "KPN"],
            [123456789, "EUR", dt.date(2026, 10, 4), dt.date(2026, 10, 4), 100, 350, 250, "Factuur"],
        ]
    )  # fmt: skip
    path = tmp_path / "XLS261005.xlsx"
    path.write_bytes(content)
    reading = read_file(path, recognise(content, path.name, shipped_presets()))
    assert statements_in(reading) == [("123456789", "EUR", "100.00", "304.90", 2, "250.00", "45.10")]
    assert [str(day) for day in reading.grains["bank_entries"]["entry_date"]] == ["2026-10-05", "2026-10-04"]


def test_headings_of_other_languages_are_proposed_and_a_customers_reference_is_no_customer():
    spanish = (
        "Fecha;Concepto;Importe;Moneda;Cuenta;Referencia\n2026-04-22;Alquiler;-1.234,56;EUR;ES91;A1\n"
        "2026-04-25;Pago;3.500,00;EUR;ES91;A2\n"
    )
    proposal = propose(spanish.encode(), "banco.csv")
    assert proposal.draft.shape == "bank_entries"
    assert list(proposal.draft.columns) == [
        "entry_date", "description", "amount", "currency", "account", "bank_reference",
    ]  # fmt: skip
    assert proposal.unsure == []
    german = "Buchungsdatum;Verwendungszweck;Kundenreferenz;Betrag\n2026-04-22;Miete;E1;-1,50\n"
    assert propose(german.encode(), "bank.csv").draft.shape == "bank_entries"
    documents = "Nummer;Datum;Naam;Omschrijving;Bedrag\nF1;2026-04-22;Jansen;Brood;1,50\n"
    assert propose(documents.encode(), "lijst.csv").draft.shape == "invoices"
