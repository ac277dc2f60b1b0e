"""Companies that tests of the key figures only read, and a month whose money rolls on."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from data.demo import write_company
from data.importers import load_preset
from data.store.load import load
from queries import open_books
from tests.kpi_ledger import CUSTOMERS, LAST_DAY, invoice, payment, rows_of
from tests.oracles import plain_kpi
from tests.paths import IBM


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    home = tmp_path_factory.mktemp("kpi_demo")
    # A company with losses, and without a bounce around the days asked for: the plain loops know of none.
    write_company(home / "in", invoices=700, seed=9, as_of=LAST_DAY)
    load(home / "store", [home / "in"])
    books = open_books(home / "store")
    grains = ("customers", "invoices", "payments", "instalments", "promises", "disputes", "bills")
    yield books, plain_kpi.Books(**{grain: rows_of(home / "in", grain) for grain in grains})
    books.close()


@pytest.fixture(scope="session")
def ibm(tmp_path_factory):
    if not IBM.exists():
        pytest.skip("the IBM sample is not beside the checkout")
    home = tmp_path_factory.mktemp("kpi_ibm")
    load(home / "store", [IBM], preset=load_preset("ibm"))

    def day(text: str) -> date:
        month, of_month, year = (int(part) for part in text.split("/"))
        return date(year, month, of_month)

    with IBM.open(encoding="utf-8", newline="") as file:
        raw = list(csv.DictReader(file))
    invoices = [
        {
            "invoice_id": row["invoiceNumber"], "customer_id": row["customerID"], "invoice_type": "invoice",
            "invoice_date": day(row["InvoiceDate"]), "due_date": day(row["DueDate"]),
            "amount": Decimal(row["InvoiceAmount"]), "cancelled_date": None,
        }
        for row in raw
    ]  # fmt: skip
    payments = [
        {
            "payment_id": row["invoiceNumber"], "invoice_id": row["invoiceNumber"], "kind": "payment",
            "payment_date": day(row["SettledDate"]), "amount": Decimal(row["InvoiceAmount"]),
        }
        for row in raw
    ]  # fmt: skip
    books = open_books(home / "store")
    yield books, plain_kpi.Books(invoices=invoices, payments=payments)
    books.close()


@pytest.fixture
def rolling(desk):
    """Open at the end of March: A 100 and B 60 not due, C 80 (1-30), D 40 (90+); credit note, overpaid."""
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-03-10", "2026-04-09", "100.00", vat_amount="17.36"),
            invoice("B", "2026-03-20", "2026-05-20", "60.00"),
            invoice("C", "2026-02-10", "2026-03-12", "80.00", vat_amount="0.00"),
            invoice("D", "2025-11-01", "2025-12-01", "40.00", vat_amount="6.94"),
            invoice("N", "2026-03-01", "2026-03-01", "-25.00"),
            invoice("O", "2026-03-01", "2026-03-31", "10.00"),
        ],
        payments=[
            payment("P1", "O", "2026-03-05", "15.00"),
            payment("P2", "A", "2026-04-20", "70.00"),
            payment("P3", "C", "2026-04-20", "80.00"),
            payment("P4", "D", "2026-04-20", "10.00", kind="write_off", waived="yes"),
            payment("P5", "D", "2026-04-20", "5.00"),
        ],
    )
    return desk
