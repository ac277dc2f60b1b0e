"""Files of invoices with their payments, and a real one: the IBM ledger."""

import csv
import datetime as dt
from collections import defaultdict
from decimal import Decimal

import pytest

from data.grains import BY_NAME
from data.importers import load_preset, read_file
from tests.data.importers.samples import NL, rejected
from tests.paths import IBM


def test_a_cleared_invoice_gives_its_customer_and_its_payment(read):
    result = read(
        "export.csv",
        NL,
        "1;K1;Jansen;05-01-2026;04-02-2026;1.234,56;10-02-2026",
        "2;K1;Jansen;06-01-2026;05-02-2026;100,5;",
        "3;K2;Pieters;07-01-2026;;50,00-;08-01-2026",
        preset="cleared-nl",
    )
    assert result.kind == "invoices"
    assert (result.rows_read, result.accepted, result.sum_read) == (3, 3, Decimal("1285.06"))
    invoices = result.grains["invoices"].select(
        "invoice_id", "invoice_type", "due_date", "currency", "amount"
    )
    assert invoices.rows() == [
        ("1", "invoice", dt.date(2026, 2, 4), "EUR", Decimal("1234.56")),
        ("2", "invoice", dt.date(2026, 2, 5), "EUR", Decimal("100.50")),
        ("3", "credit_note", None, "EUR", Decimal("-50.00")),
    ]
    payments = result.grains["payments"].select(
        "payment_id", "customer_id", "invoice_id", "payment_date", "amount", "kind", "line"
    )
    assert payments.rows() == [
        ("1", "K1", "1", dt.date(2026, 2, 10), Decimal("1234.56"), "payment", 2),
        ("2", "K1", "2", dt.date(2026, 1, 6), Decimal("0.00"), "payment", 3),  # none (any more)
        ("3", "K2", "3", dt.date(2026, 1, 8), Decimal("-50.00"), "payment", 4),
    ]
    customers = result.grains["customers"].select("customer_id", "customer_name", "country")
    assert customers.rows() == [("K1", "Jansen", "NL"), ("K2", "Pieters", "NL")]
    for name, rows in result.grains.items():
        assert rows.columns == [*(column.name for column in BY_NAME[name].columns), "line"]


def test_a_customer_is_described_by_its_newest_invoice_whatever_the_order_of_rows(read):
    rows = [
        "10;K1;Oud;01-01-2026;;1;",
        "12;K1;Nieuw;02-01-2026;;1;",
        "11;K1;Ook oud;02-01-2026;;1;",
        "9;K1;Later geladen;01-01-2026;;1;",
    ]
    for order in (rows, rows[::-1]):
        result = read("export.csv", NL, *order, preset="cleared-nl")
        assert result.grains["customers"]["customer_name"].to_list() == ["Nieuw"]


def test_a_total_row_that_agrees_is_no_data_and_one_that_does_not_is_rejected(read):
    rows = ["1;K1;x;05-01-2026;;1.000,00;", "2;K1;x;05-01-2026;;0,50;"]
    agreed = read("export.csv", NL, *rows, "Totaal;;;;;1.000,50;", preset="cleared-nl")
    assert (agreed.rows_read, agreed.rejected, agreed.sum_read) == (2, 0, Decimal("1000.50"))
    for total in ("1.000,51", "", "x"):
        wrong = read("export.csv", NL, *rows, f"Totaal;;;;;{total};", preset="cleared-nl")
        assert (wrong.rows_read, wrong.accepted, rejected(wrong)) == (3, 2, [(4, None)])
        assert (
            "does not agree with the rows of the file, which add up to 1000.50" in wrong.rejects["reason"][0]
        )


@pytest.fixture(scope="module")
def ibm():
    if not IBM.exists():
        pytest.skip("the IBM sample is not here: shared/samples/ibm/accounts_receivable.csv")
    return read_file(IBM, load_preset("ibm"))


def test_the_ibm_file_goes_in_whole(ibm):
    assert (ibm.rows_read, ibm.accepted, ibm.rejected, ibm.duplicate) == (2466, 2466, 0, 0)
    assert {name: rows.height for name, rows in ibm.grains.items()} == {
        "customers": 100,
        "invoices": 2466,
        "payments": 2466,
    }
    with IBM.open(newline="") as file:
        written = {row["invoiceNumber"]: row for row in csv.DictReader(file)}
    assert ibm.sum_read == ibm.sum_accepted == sum(Decimal(row["InvoiceAmount"]) for row in written.values())
    for row in ibm.grains["invoices"].iter_rows(named=True):
        source = written[row["invoice_id"]]
        day = row["invoice_date"]
        assert f"{day.month}/{day.day}/{day.year}" == source["InvoiceDate"]
        assert (row["customer_id"], row["amount"]) == (source["customerID"], Decimal(source["InvoiceAmount"]))


@pytest.mark.parametrize(
    ("as_of", "invoices", "customers", "total", "buckets"),
    [
        (dt.date(2013, 6, 30), 84, 52, "5119.85", {"not due": "4284.29", "1-30": "835.56"}),
        (dt.date(2013, 3, 31), 94, None, "5903.74", None),
    ],
)
def test_the_ibm_ledger_is_open_to_the_cent_by_plain_loops(  # noqa: PLR0917 - the worked answers, in their order
    ibm, as_of, invoices, customers, total, buckets
):
    paid = {row["invoice_id"]: row for row in ibm.grains["payments"].iter_rows(named=True)}
    open_rows, aged = [], defaultdict(Decimal)
    for row in ibm.grains["invoices"].iter_rows(named=True):
        payment = paid.get(row["invoice_id"])
        if row["invoice_date"] > as_of or (payment and payment["payment_date"] <= as_of):
            continue
        days = (as_of - row["due_date"]).days
        open_rows.append(row)
        aged["not due" if days <= 0 else "1-30" if days <= 30 else "older"] += row["amount"]
    assert len(open_rows) == invoices
    assert sum(row["amount"] for row in open_rows) == Decimal(total)
    if customers:
        assert len({row["customer_id"] for row in open_rows}) == customers
        assert aged == {bucket: Decimal(amount) for bucket, amount in buckets.items()}
