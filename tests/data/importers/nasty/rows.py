"""Rows that are bad as a whole."""

from decimal import Decimal

from tests.data.importers.nasty.nasty_file import GOOD, INVOICES, PAYMENTS, Nasty, invoice

ROWS = [
    # Rows as a whole.
    Nasty(
        "ragged rows",
        "invoices.csv",
        INVOICES + b"F2,C1,invoice\n" + GOOD + GOOD.replace(b"\n", b",\n") + b"F9\n",
        ids=("F1",),
        rejects=(
            (2, None, "3 cells where the header has 7"),
            (4, None, "8 cells where the header has 7"),
            (5, None, "1 cell where the header has 7"),
        ),
    ),
    Nasty(
        "an amount with a comma outside quotes",
        "invoices.csv",
        INVOICES + GOOD + invoice("F2", amount="1234,56"),
        ids=("F1",),
        rejects=((3, None, "8 cells where the header has 7"),),
    ),
    Nasty(
        "the header again in the middle",
        "invoices.csv",
        INVOICES + GOOD + INVOICES + invoice("F2"),
        ids=("F1", "F2"),
        rejects=((3, None, "the header is repeated here"),),
    ),
    Nasty(
        "total rows",
        "invoices.csv",
        INVOICES + GOOD + b"Totaal,,,,,,100.00\n" + b",,,,,Total:,100.00\n",
        ids=("F1",),
        rejects=((3, None, "this is a total row"), (4, None, "this is a total row")),
    ),
    Nasty(
        "a row of empty cells",
        "invoices.csv",
        INVOICES + GOOD + b",,,,,,\n",
        ids=("F1",),
        rejects=((3, None, "every cell of the row is empty"),),
    ),
    Nasty(
        "an empty key",
        "invoices.csv",
        INVOICES + GOOD + invoice(number=""),
        ids=("F1",),
        rejects=((3, "invoice_id", "invoice_id is empty"),),
    ),
    Nasty(
        "several bad cells in one row",
        "invoices.csv",
        INVOICES + invoice(date="5-1-2026", currency="euro", amount="x"),
        rejects=((2, "invoice_date", "written as YYYY-MM-DD (also wrong: currency, amount)"),),
    ),
    Nasty(
        "the same id with other content, and a good row between",
        "invoices.csv",
        INVOICES + GOOD + invoice("F2") + invoice("F1", amount="100.01"),
        ids=("F2",),
        rejects=(
            (2, "invoice_id", "the same invoice_id stands with other content on line 4"),
            (4, "invoice_id", "the same invoice_id stands with other content on line 2"),
        ),
    ),
    Nasty(
        "two identical rows and one that contradicts them",
        "invoices.csv",
        INVOICES + GOOD + GOOD + invoice("F1", currency="USD"),
        rejects=(
            (2, "invoice_id", "on line 3, 4"),
            (3, "invoice_id", "on line 2, 4"),
            (4, "invoice_id", "on line 2, 3"),
        ),
    ),
    Nasty(
        "an identical repeat, written another way",
        "invoices.csv",
        INVOICES + GOOD + GOOD + invoice("F1", amount="100") + invoice("F2"),
        ids=("F1", "F2"),
        duplicate=2,
    ),
    Nasty(
        "one payment over two invoices, on account, and the same line on account again: both count",
        "payments.csv",
        PAYMENTS + b"P1,C1,F1,2026-02-01,EUR,10.00\n" + b"P1,C1,F2,2026-02-01,EUR,20.00\n"
        b"P1,C1,,2026-02-01,EUR,5.00\n" + b"P1,C1,,2026-02-01,EUR,5.00\n",
        ids=("P1", "P1", "P1", "P1"),
    ),
    Nasty(
        "two different lines on account under one payment",
        "payments.csv",
        PAYMENTS + b"P1,C1,,2026-02-01,EUR,5.00\n" + b"P1,C1,,2026-02-01,EUR,6.00\n",
        rejects=(
            (
                2,
                "payment_id",
                "the same payment_id and invoice_id stands with other content on line 3: if both",
            ),
            (3, "payment_id", "tell them apart by a column part"),
        ),
    ),
    Nasty(
        "a refund, and a payment of nothing known",
        "payments.csv",
        PAYMENTS + b"P1,C9,F404,1999-01-01,EUR,-12.50\n",
        ids=("P1",),
        cells={"amount": Decimal("-12.50"), "invoice_id": "F404"},
    ),
]
