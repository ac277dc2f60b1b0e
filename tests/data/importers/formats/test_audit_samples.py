"""Real and published audit files: their counts and sums are those another reader counted."""

from decimal import Decimal
from types import ModuleType

import pytest

from data.importers.formats import datev, saft, sie, xaf
from tests.data.importers.formats.audit_files import (
    balances,
    cells,
    needs_samples,
    notes,
    read,
    sample_facts,
    turnover,
)
from tests.paths import SAMPLES

pytestmark = [needs_samples, pytest.mark.slow]
D = Decimal


def said(module: ModuleType, file: str, **options: str):
    return read(module, (SAMPLES / file).read_bytes(), **options)


@pytest.mark.parametrize(("file", "facts"), sample_facts("xaf"))
def test_an_xml_auditfile_holds_what_the_manifest_says(file: str, facts: dict) -> None:
    extract, reading = said(xaf, file)
    assert (
        f"transactions {facts['transactions']:,}, lines {facts['lines']:,}, debit {facts['debit']}, "
        f"credit {facts['credit']}."
    ) in notes(extract)
    declared = {"lines": str(facts["lines"]), "debit": facts["debit"], "credit": facts["credit"]}
    assert ("It declares the same." in notes(extract)) == (facts["declared"] == declared)
    assert ("out of balance" in notes(extract)) == (facts["unbalanced_transactions"] > 0)
    assert len(extract.rows["customers"]) == facts["customers_suppliers"] - 1  # one is a supplier
    days = balances(extract)
    assert days["2023-12-31"] == D(facts["opening_1300"])
    assert days["2024-12-31"] - days["2023-12-31"] == D(facts["movement_1300"])
    assert len(days) == 13
    invoices = {
        f"{customer}|{document}": amount
        for customer, document, amount in cells(extract, "invoices", "customer_id", "invoice_id", "amount")
    }
    assert invoices == facts["open_by_ref"]
    assert sum(turnover(extract).values()) == D(facts["movement_1300"])
    assert reading.rejected == 0


def test_the_official_file_of_4_0_has_no_account_of_debtors_and_a_customer_with_balances() -> None:
    extract, reading = said(xaf, "xaf/XAF_4_0_Test_100425.XAF")
    assert "transactions 1, lines 2, debit 11111.11, credit 11111.11." in notes(extract)
    assert "No account is known to be that of the receivables" in notes(extract)
    assert balances(extract) == {"2023-12-31": D("333.33"), "2024-12-31": D("444.44")}
    assert cells(extract, "customers", "customer_id", "street", "email") == [
        ("custSup01", "csStraat 123 B", "abc@def.nl")
    ]
    assert reading.rejected == 0


@pytest.mark.parametrize(("file", "facts"), sample_facts("saft"))
def test_a_saf_t_file_holds_what_the_manifest_says(file: str, facts: dict) -> None:
    extract, reading = said(saft, file)
    count = f"transactions {facts['transactions']}, lines {facts['lines']}"
    assert f"{count}, debit {facts['debit']}.00, credit {facts['credit']}.00." in notes(extract)
    assert "It declares the same." in notes(extract)
    assert len(extract.rows["customers"]) == facts["customers"]
    opening = D(facts["customers_open_debit"]) - D(facts["customers_open_credit"])
    closing = D(facts["customers_close_debit"]) - D(facts["customers_close_credit"])
    assert balances(extract) == {"2014-12-31": opening, "2015-12-31": closing}
    assert cells(extract, "customers", "customer_id", "payment_terms") == [("12000", "eom+30")]
    assert reading.rejected == 0


@pytest.mark.parametrize(("file", "facts"), sample_facts("sie"))
def test_a_sie_file_holds_what_the_manifest_says(file: str, facts: dict) -> None:
    extract, reading = said(sie, file)
    assert (
        f"transactions {facts['vouchers']:,}, lines {facts['trans']:,}, debit {D(facts['sum_of_debits']):.2f}"
        in (notes(extract))
    )
    assert "out of balance" not in notes(extract)
    days = balances(extract)
    opening = sum(D(amount) for year, _account, amount in facts["opening_151x"] if year == "0")
    closing = sum(D(amount) for year, _account, amount in facts["closing_151x"] if year == "0")
    if facts["opening_151x"]:
        first, last = f"{int(facts['year'].split()[1][:4]) - 1}-12-31", max(days)
        assert (days[first], days[last]) == (opening, closing)
        assert days[last] - days[first] == D(facts["sum_151x"])
    else:
        assert days == {}
        assert sum(turnover(extract).values()) == D(facts["sum_151x"])
    currency = facts["currency"] or "SEK"
    assert set(cells(extract, "turnover", "currency")) == {(currency,)}
    assert reading.rejected == 0


# Sums of the postings on 1510 to 1519 in the vouchers that book on 3000 to 3699 too, by hand.
MONTHS = {
    "2011-01-31": "84841.00", "2011-02-28": "284897.40", "2011-03-31": "127453.40", "2011-04-30": "598450.07",
    "2011-05-31": "92375.00", "2011-06-30": "18283.00", "2011-07-31": "63491.33",
}  # fmt: skip


@pytest.mark.parametrize("facts", sample_facts("sie")[2:3])
def test_turnover_of_a_sie_file_is_what_its_invoice_journals_book(facts: tuple) -> None:
    extract, _reading = said(sie, facts[0])
    assert turnover(extract) == {day: D(amount) for day, amount in MONTHS.items()}


def test_documents_of_a_sie_file_with_dimensions_come_to_the_movement_of_its_account() -> None:
    extract, reading = said(sie, "sie/mamut_sie4.SE", rows="open_items")
    invoices = reading.grains["invoices"]["amount"].sum()
    settled = reading.grains["payments"]["amount"].sum()
    assert invoices - settled == D("1810637.54")
    assert "though the opening balance is 499499.43" in notes(extract)
    assert reading.rejected == 0


@pytest.mark.parametrize(("file", "facts"), sample_facts("datev")[:1])
def test_a_batch_of_datev_holds_what_the_manifest_says(file: str, facts: dict) -> None:
    extract, reading = said(datev, file)
    assert f"lines {facts['rows']}, debit {facts['sum_S']}, credit {facts['sum_H']}." in notes(extract)
    assert cells(extract, "invoices", "customer_id", "invoice_id", "amount", "invoice_date") == [
        ("10000", "RE201802-135", "5950.00", "2018-02-22")
    ]
    assert reading.rejected == 0


@pytest.mark.parametrize(("file", "facts"), sample_facts("datev")[1:])
def test_master_data_of_datev_hold_what_the_manifest_says(file: str, facts: dict) -> None:
    extract, reading = said(datev, file)
    assert cells(extract, "customers", "customer_id", "customer_name", "city") == [
        ("10000", "Sabine Mustermann", "Köln")
    ]
    assert f"Suppliers and others left out: {facts['rows'] - 1}." in notes(extract)
    assert reading.rejected == 0
