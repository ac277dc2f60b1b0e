"""XML Auditfiles: invoices and payments, where they are all of the receivables to the cent."""

from decimal import Decimal

import pytest

from data.importers.formats import xaf
from tests.data.importers.formats import audit_files as files
from tests.data.importers.formats.audit_files import (
    balances,
    cells,
    entry,
    journal,
    line,
    notes,
    read,
    turnover,
)
from tests.data.importers.formats.xaf_books import BANK, MEMO, NIL, SALES

D = Decimal


def test_documents_are_taken_where_each_line_names_customer_and_invoice() -> None:
    extract, reading = read(xaf, files.xaf(SALES, BANK, MEMO, opening=NIL))
    columns = ("invoice_id", "customer_id", "invoice_type", "invoice_date", "amount", "vat_amount")
    assert cells(extract, "invoices", *columns) == [
        ("F1", "D1", "invoice", "2025-01-31", "1210.00", "210.00"),
        ("F2", "D2", "invoice", "2025-02-01", "605.00", "105.00"),
        ("C1", "D1", "credit_note", "2025-02-10", "-121.00", "-21.00"),
    ]  # fmt: skip
    assert cells(extract, "payments", "payment_id", "invoice_id", "payment_date", "amount", "kind") == [
        ("2025 BNK 1", "F1", "2025-02-20", "1000.00", "payment"),
        ("2025 MEM 1", "F2", "2025-03-31", "96.80", "write_off"),
    ]
    assert reading.sum_accepted == D("1694.00")
    assert "invoices 3 and settlements 2 are taken too" in notes(extract)


def test_a_payment_without_an_invoice_leaves_totals_only_and_the_note_says_why() -> None:
    nameless = journal(
        "BNK", "B", entry("1", "2025-02-20", line("1100", "50.00"), line("1300", "-50.00", custSupID="D1"))
    )
    text = files.xaf(SALES, nameless, opening=NIL)
    extract, _reading = read(xaf, text)
    assert set(extract.rows) == {"customers", "ledger_balances", "turnover"}
    assert "no invoices: 1 of 4 lines on the receivables name no customer or no document." in notes(extract)
    told, _reading = read(xaf, text, rows="open_items")
    assert cells(told, "payments", "invoice_id", "customer_id", "amount") == [("", "D1", "50.00")]
    assert "as told, though 1 of 4 lines" in notes(told)
    check, _reading = read(xaf, files.xaf(SALES, opening=NIL), rows="check")
    assert "invoices" not in check.rows


def test_an_opening_balance_without_open_items_leaves_totals_only() -> None:
    text = files.xaf(SALES, opening=files.opening(("1300", "90.00"), ("0500", "-90.00")))
    extract, _reading = read(xaf, text)
    assert "invoices" not in extract.rows
    assert "the opening balance is 90.00, and its open items come to 0.00" in notes(extract)
    assert balances(extract)["2025-01-31"] == D("1300.00")


ITEMS = (
    "<obSubledgers><obSubledger><sbType>CS</sbType><obSbLine><nr>1</nr><obLineNr>1</obLineNr><amnt>90.00</amnt>"
    "<amntTp>D</amntTp><custSupID>D1</custSupID><invRef>F0</invRef><invDt>2024-11-02</invDt>"
    "<invDueDt>2024-12-02</invDueDt></obSbLine></obSubledger></obSubledgers>"
)


def test_open_items_of_the_year_before_are_invoices_with_their_own_dates() -> None:
    text = files.xaf(SALES, opening=files.opening(("1300", "90.00"), ("0500", "-90.00"), items=ITEMS))
    extract, _reading = read(xaf, text)
    assert ("F0", "2024-11-02", "2024-12-02", "90.00") in cells(
        extract, "invoices", "invoice_id", "invoice_date", "due_date", "amount"
    )


def sub_line(number: str, amount: str, customer: str, document: str) -> str:
    return (
        f"<sbLine><nr>{number}</nr><jrnID>VRK</jrnID><trNr>9</trNr><trLineNr>1</trLineNr><amnt>{amount}</amnt>"
        f"<amntTp>D</amntTp><custSupID>{customer}</custSupID><invRef>{document}</invRef>"
        "<invDt>2025-04-02</invDt><invDueDt>2025-05-02</invDueDt></sbLine>\n"
    )


@pytest.mark.parametrize(("second", "is_exact"), [("121.00", True), ("120.00", False)])
def test_a_line_of_the_ledger_is_split_as_its_subledger_details_it(second: str, *, is_exact: bool) -> None:
    total = entry(
        "9", "2025-04-05", line("1300", "363.00", nr="1"), line("8000", "-300.00"), line("1800", "-63.00")
    )
    details = sub_line("1", "242.00", "D1", "F8") + sub_line("2", second, "D2", "F9")
    more = f"<subledgers><subledger><sbType>CS</sbType>{details}</subledger></subledgers>"
    extract, _reading = read(xaf, files.xaf(journal("VRK", "S", total), opening=NIL, more=more))
    if is_exact:
        assert cells(extract, "invoices", "invoice_id", "invoice_date", "due_date", "amount") == [
            ("F8", "2025-04-02", "2025-05-02", "242.00"),
            ("F9", "2025-04-02", "2025-05-02", "121.00"),
        ]
    else:
        assert "invoices" not in extract.rows
        assert "the subledger comes to 362.00, and they to 363.00" in notes(extract)
    assert balances(extract)["2025-04-30"] == D("363.00")
    assert turnover(extract)["2025-04-30"] == D("363.00")


def test_without_references_of_invoices_a_voucher_is_one_unless_payments_name_others() -> None:
    sales = journal(
        "VRK",
        "S",
        files.sale("1", "2025-01-31", "121.00", net="100.00", vat="21.00", custSupID="D1", docRef="F1"),
    )
    extract, _reading = read(xaf, files.xaf(sales, opening=NIL))
    assert cells(extract, "invoices", "invoice_id") == [("F1",)]
    bank = journal(
        "BNK",
        "B",
        entry(
            "7",
            "2025-03-01",
            line("1100", "121.00"),
            line("1300", "-121.00", custSupID="D1", docRef="AFSCHRIFT 7"),
        ),
    )
    paid, _reading = read(xaf, files.xaf(sales, bank, opening=NIL))
    assert "invoices" not in paid.rows
    assert "1 payments name a voucher that is no invoice of the file" in notes(paid)


def test_a_file_on_one_line_keeps_every_document_apart() -> None:
    text = files.xaf(SALES, BANK, MEMO, opening=NIL).replace("\n", "")
    extract, reading = read(xaf, text)
    assert len(extract.rows["invoices"]) == 3
    # 2 customers, 13 balances, 12 months, 3 invoices, 2 settlements.
    assert (reading.rows_read, reading.accepted) == (32, 32)


def test_an_amount_of_more_than_two_decimals_is_never_rounded() -> None:
    split = journal(
        "VRK",
        "S",
        files.sale("1", "2025-01-31", "10.005", net="10.005", vat="0.00", custSupID="D1", invRef="F1"),
    )
    extract, reading = read(xaf, files.xaf(split, opening=NIL))
    assert "1 lines on the receivables have amounts of more than two decimals" in notes(extract)
    assert reading.grains["ledger_balances"]["balance"].to_list() == [D("0.00")]
    assert all("more than 2 decimals" in reason for reason in reading.rejects["reason"])
    whole, reading = read(xaf, files.xaf(split, opening=NIL).replace("10.005", "10.0500"))
    assert reading.rejected == 0
    assert balances(whole)["2025-12-31"] == D("10.05")


@pytest.mark.parametrize(
    ("own", "end", "invoiced"),
    [
        ("2025-04-02", "2025-06-30", "2025-04-02"),
        ("2025-03-31", "2025-06-30", "2025-04-20"),
        ("2025-04-14", "2025-04-15", "2025-04-20"),
    ],
)
def test_an_invoice_has_its_own_date_within_the_month_and_period_of_its_entry(own, end, invoiced) -> None:
    period = f"<period><periodNumber>1</periodNumber><endDatePeriod>{end}</endDatePeriod></period>"
    names = {"custSupID": "D1", "invRef": "F1", "effDate": own}
    sales = journal("VRK", "S", files.sale("1", "2025-04-20", "12.10", net="10.00", vat="2.10", **names))
    extract, _reading = read(xaf, files.xaf(sales, opening=f"<periods>{period}</periods>{NIL}"))
    assert cells(extract, "invoices", "invoice_date") == [(invoiced,)]


def test_one_number_of_two_customers_leaves_totals_only() -> None:
    twice = journal(
        "VRK", "S",
        files.sale("1", "2025-01-31", "121.00", net="100.00", vat="21.00", custSupID="D1", invRef="7"),
        files.sale("2", "2025-01-31", "121.00", net="100.00", vat="21.00", custSupID="D2", invRef="7"),
    )  # fmt: skip
    extract, _reading = read(xaf, files.xaf(twice, opening=NIL))
    assert "invoices" not in extract.rows
    assert "number 7 is a document of several customers" in notes(extract)
