"""Small files that other readers get silently wrong, each with what must come of it.

A file is either refused with a sentence, or read: then the ids that go in and the rejects are listed in
full, and what went in must be, cell by cell, what the file says.
"""

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.grains import BY_NAME
from data.importers import load_preset, read_file

INVOICES = b"invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount\n"
CUSTOMERS = b"customer_id,customer_name,segment,country,payment_terms_days,credit_limit\n"
PAYMENTS = b"payment_id,customer_id,invoice_id,payment_date,currency,amount\n"
NL = b"factuurnummer;klantnummer;klantnaam;factuurdatum;vervaldatum;bedrag;betaald_op\n"
GOOD = b"F1,C1,invoice,2026-01-05,2026-02-04,EUR,100.00\n"


def invoice(  # noqa: PLR0917 - the columns of the file, in its order
    number: str = "F1",
    customer: str = "C1",
    kind: str = "invoice",
    date: str = "2026-01-05",
    due: str = "2026-02-04",
    currency: str = "EUR",
    amount: str = "100.00",
) -> bytes:
    return f"{number},{customer},{kind},{date},{due},{currency},{amount}\n".encode()


@dataclass(frozen=True)
class Nasty:
    """A file and what must come of it: `refused`, or `ids` and `rejects` (line, column, part of reason)."""

    title: str
    file: str
    content: bytes
    refused: str | None = None
    ids: tuple[str, ...] = ()
    rejects: tuple[tuple[int, str | None, str], ...] = ()
    duplicate: int = 0
    preset: str | None = None
    cells: dict[str, object] = field(default_factory=dict)  # of the first accepted row


def bad_cell(title: str, column: str, reason: str, **cell: str) -> Nasty:
    """One good invoice, and one with a cell that must be rejected."""
    return Nasty(
        title,
        "invoices.csv",
        INVOICES + GOOD + invoice(**{"number": "F2", **cell}),
        ids=("F1",),
        rejects=((3, column, reason),),
    )


def good_cell(title: str, column: str, value: object, **cell: str) -> Nasty:
    """One invoice with a cell that looks odd and must go in as it is."""
    content = INVOICES + invoice(**cell)
    return Nasty(title, "invoices.csv", content, ids=(cell.get("number", "F1"),), cells={column: value})


BAD_AMOUNTS = [
    ("a Dutch amount", '"1.234,56"', "'1.234,56' is not a number written like 1234.56"),
    ("an English amount", '"1,234.56"', "'1,234.56' is not a number"),
    ("a decimal comma", '"100,00"', "is not a number"),
    ("an exponent", "1e5", "is not a number"),
    ("three decimals", "10.005", "more than 2 decimals"),
    ("three decimals that end in zero", "10.000", "more than 2 decimals"),
    ("not a number", "NaN", "is not a number"),
    ("infinity", "inf", "is not a number"),
    ("a plus sign", "+5.00", "is not a number"),
    ("parentheses", "(5.00)", "is not a number"),
    ("a euro sign", "€ 5", "is not a number"),
    ("a trailing minus", "5-", "is not a number"),
    ("a minus and a space", "- 5", "is not a number"),
    ("two minuses", "--5", "is not a number"),
    ("a point without decimals", "5.", "is not a number"),
    ("decimals without a whole", ".50", "is not a number"),
    ("an underscore", "1_000", "is not a number"),
    ("hexadecimal", "0x10", "is not a number"),
    ("full-width digits", "１００", "is not a number"),
    ("Arabic digits", "١٠٠", "is not a number"),
    ("seventeen digits", "12345678901234567", "more than 16 digits"),
    ("a huge number", "9" * 400, "more than 16 digits"),
    ("a space before", " 100.00", "has a space before or after it"),
    ("a no-break space after", "100.00\u00a0", "has a space before or after it"),
    ("only a space", " ", "has only spaces in it"),
    ("nothing", "", "amount is empty"),
    ("zero", "0.00", "of an invoice must be above 0"),
    ("negative zero", "-0.00", "of an invoice must be above 0"),
    ("the sign of a credit note", "-5.00", "of an invoice must be above 0"),
]

BAD_DATES = [
    ("a day that does not exist", "2023-02-30", "is not a day of the calendar"),
    ("29 February of a common year", "2023-02-29", "is not a day of the calendar"),
    ("month 13", "2023-13-01", "is not a day of the calendar"),
    ("a Dutch date", "31-12-2023", "is not a date written as YYYY-MM-DD"),
    ("a date that could be two days", "03/04/2023", "is not a date written as YYYY-MM-DD"),
    ("a date without zeros", "2023-1-5", "is not a date written as YYYY-MM-DD"),
    ("a month without its zero", "2023-1-05", "is not a date written as YYYY-MM-DD"),
    ("a day without its zero", "2023-01-5", "is not a date written as YYYY-MM-DD"),
    ("a compact date", "20230105", "is not a date written as YYYY-MM-DD"),
    ("a date with a time", "2023-01-05T00:00:00", "is not a date written as YYYY-MM-DD"),
    ("a serial number of Excel", "45000", "is not a date written as YYYY-MM-DD"),
    ("full-width digits in a date", "２０２３-01-05", "is not a date written as YYYY-MM-DD"),
    ("a year too early", "1899-12-31", "is not in the years 1900 to 2199"),
    ("a year too late", "2200-01-01", "is not in the years 1900 to 2199"),
    ("year 9999 for never", "9999-12-31", "is not in the years 1900 to 2199"),
    ("a space after a date", "2023-01-05 ", "has a space before or after it"),
    ("no date", "", "invoice_date is empty"),
]

TABLE = [
    # What the file is.
    Nasty("an empty file", "invoices.csv", b"", refused="is empty (0 bytes)"),
    Nasty("only a byte order mark", "invoices.csv", b"\xef\xbb\xbf", refused="has no header and no rows"),
    Nasty("only blank lines", "invoices.csv", b"\n\r\n\n", refused="has no header and no rows"),
    Nasty(
        "an Excel workbook", "invoices.csv", b"PK\x03\x04\x14\x00" + b"x" * 90, refused="save it as CSV UTF-8"
    ),
    Nasty("an old Excel workbook", "invoices.csv", b"\xd0\xcf\x11\xe0\xa1\xb1", refused="an old Excel"),
    Nasty("a picture", "invoices.csv", b"\x89PNG\r\n\x1a\n\x00\x00", refused="is a PNG picture"),
    Nasty("a PDF", "invoices.csv", b"%PDF-1.7\n%\xe2\xe3", refused="is a PDF, not CSV"),
    Nasty("a picture by its name", "picture.png", INVOICES + GOOD, refused="is no CSV file"),
    Nasty(
        "UTF-16 with a mark", "invoices.csv", (INVOICES + GOOD).decode().encode("utf-16"), refused="UTF-16"
    ),
    Nasty(
        "UTF-16 without a mark",
        "invoices.csv",
        (INVOICES + GOOD).decode().encode("utf-16-le"),
        refused="save it as CSV UTF-8",
    ),
    Nasty("UTF-32", "invoices.csv", (INVOICES + GOOD).decode().encode("utf-32"), refused="UTF-32"),
    Nasty("a web page", "invoices.csv", b"<html><body>Session expired</body></html>", refused="is unknown"),
    Nasty(
        "a name that tells no kind",
        "export.csv",
        b"number,total\n1,2\n",
        refused="cannot tell what it holds; name it after its kind (customers.csv, invoices.csv",
    ),
    # The header.
    Nasty("header only", "invoices.csv", INVOICES),
    Nasty("header only, no newline", "invoices.csv", INVOICES.rstrip()),
    Nasty(
        "a column twice",
        "invoices.csv",
        INVOICES.replace(b"due_date", b"invoice_date") + GOOD,
        refused="column 'invoice_date' is there more than once; column 'due_date' is missing",
    ),
    Nasty(
        "columns missing",
        "invoices.csv",
        b"invoice_id,customer_id,amount\nF1,C1,1\n",
        refused="columns 'invoice_type', 'invoice_date', 'due_date', 'currency' are missing",
    ),
    Nasty(
        "an unknown column",
        "invoices.csv",
        INVOICES.replace(b"amount", b"amount,colour") + GOOD.replace(b"\n", b",red\n"),
        refused="column 'colour' is unknown",
    ),
    Nasty(
        "a column with a space before it",
        "invoices.csv",
        INVOICES.replace(b",amount", b", amount") + GOOD,
        refused="column ' amount' is unknown; column 'amount' is missing",
    ),
    Nasty(
        "a column without a name",
        "invoices.csv",
        INVOICES.replace(b"\n", b",\n") + GOOD.replace(b"\n", b",\n"),
        refused="column 8 has no name",
    ),
    Nasty("no header", "invoices.csv", GOOD, refused="columns 'F1', 'C1', 'invoice'"),
    Nasty(
        "semicolons",
        "invoices.csv",
        (INVOICES + GOOD).replace(b",", b";"),
        refused="is separated by semicolons; save it with commas",
    ),
    Nasty("tabs", "export.csv", (INVOICES + GOOD).replace(b",", b"\t"), refused="is separated by tabs"),
    Nasty(
        "semicolons and decimal commas",
        "invoices.csv",
        INVOICES.replace(b",", b";") + b"F1;C1;invoice;2026-01-05;2026-02-04;EUR;100,00\n",
        refused="is separated by semicolons",
    ),
    # Line ends, quotes, encodings.
    Nasty("a byte order mark", "invoices.csv", b"\xef\xbb\xbf" + INVOICES + GOOD, ids=("F1",)),
    Nasty("Windows line ends", "invoices.csv", (INVOICES + GOOD).replace(b"\n", b"\r\n"), ids=("F1",)),
    Nasty("no newline at the end", "invoices.csv", INVOICES + GOOD.rstrip(), ids=("F1",)),
    Nasty(
        "blank lines between rows",
        "invoices.csv",
        INVOICES + b"\n\r\n" + GOOD + b"\n" + invoice("F2", amount="x") + b"\n\n",
        ids=("F1",),
        rejects=((6, "amount", "is not a number"),),
    ),
    Nasty(
        "lone carriage returns as line ends",
        "invoices.csv",
        (INVOICES + GOOD).replace(b"\n", b"\r"),
        refused="lone carriage return",
    ),
    Nasty(
        "a lone carriage return in one row",
        "invoices.csv",
        INVOICES + GOOD + invoice("F2").replace(b"EUR,", b"EUR,\r") + invoice("F3"),
        ids=("F1", "F3"),
        rejects=((3, None, "lone carriage return"),),
    ),
    Nasty(
        "a quote that is never closed",
        "customers.csv",
        CUSTOMERS + b"C1,Jansen,,,,\n" + b'C2,"Pieters,,,,\n' + b"C3,Klaassen,,,,\n",
        refused="a quote opened in the row on line 3 is never closed",
    ),
    Nasty(
        "text after a closing quote",
        "customers.csv",
        CUSTOMERS + b'C1,"De Boer" BV,,,,\n' + b"C2,Klaassen,,,,\n",
        ids=("C2",),
        rejects=((2, None, "text after a closing quote"),),
    ),
    Nasty(
        "a newline in quotes, and the line numbers after it",
        "customers.csv",
        CUSTOMERS + b'C1,"Jansen\nen Zonen",,,,\n' + b"C2,Klaassen,,,x,\n",
        ids=("C1",),
        rejects=((4, "payment_terms_days", "is not a whole number"),),
        cells={"customer_name": "Jansen\nen Zonen"},
    ),
    Nasty(
        "a quote that swallows rows until the next quote",
        "customers.csv",
        CUSTOMERS + b'C1,"Jansen,,,,\n' + b"C2,x,,,,\n" + b'C3,"Klaassen, Delft",,,,\n' + b"C4,ok,,,,\n",
        ids=("C4",),
        rejects=((2, None, "a quote runs from line 2 to line 4, and there is text after it"),),
    ),
    Nasty(
        "a Windows newline in quotes",
        "customers.csv",
        CUSTOMERS + b'C1,"Jansen\r\nen Zonen",,,,\r\n' + b'C2,"Pie\rters",,,,\r\n',
        ids=("C1",),
        cells={"customer_name": "Jansen\r\nen Zonen"},
        rejects=((4, "customer_name", "control character"),),
    ),
    Nasty(
        "rejects of several sorts, by line",
        "invoices.csv",
        INVOICES
        + GOOD
        + invoice("F2", amount="x")
        + b"short\n"
        + invoice("F1", amount="7")
        + invoice("F3", due="x"),
        rejects=(
            (2, "invoice_id", "with other content on line 5"),
            (3, "amount", "is not a number"),
            (4, None, "1 cell where"),
            (5, "invoice_id", "with other content on line 2"),
            (6, "due_date", "is not a date"),
        ),
    ),
    Nasty(
        "a newline in an id",
        "invoices.csv",
        INVOICES + invoice('"F\n1"') + invoice("F2"),
        ids=("F2",),
        rejects=((2, "invoice_id", "has a control character in it"),),
    ),
    Nasty(
        "quotes and commas in a name",
        "customers.csv",
        CUSTOMERS + b'C1,"Bakkerij ""De Hoek"", Delft",,,,\n',
        ids=("C1",),
        cells={"customer_name": 'Bakkerij "De Hoek", Delft'},
    ),
    Nasty(
        "a quote inside a name without quotes",
        "customers.csv",
        CUSTOMERS + b'C1,Kees 5" Pijpen,,,,\n',
        ids=("C1",),
        cells={"customer_name": 'Kees 5" Pijpen'},
    ),
    Nasty(
        "cp1252 in the native form: only the rows with an accent",
        "customers.csv",
        CUSTOMERS + b"C1,Jansen,,,,\n" + "C2,Café,,,,\n".encode("cp1252") + "C3,Café,,,,\n".encode(),
        ids=("C1", "C3"),
        rejects=((3, "customer_name", "has bytes that do not fit the file's encoding"),),
    ),
    Nasty(
        "cp1252 in the header",
        "customers.csv",
        CUSTOMERS.replace(b"segment", "segmënt".encode("cp1252")),
        refused="its header has bytes that do not fit",
    ),
    Nasty(
        "bytes of a lone surrogate",
        "customers.csv",
        CUSTOMERS + b"C1,\xed\xa0\x80,,,,\n" + b"C2,Klaassen,,,,\n",
        ids=("C2",),
        rejects=((2, "customer_name", "has bytes that do not fit"),),
    ),
    Nasty(
        "a NUL in a name",
        "customers.csv",
        CUSTOMERS + b"C1,Jan\x00sen,,,,\n" + b"C2,Klaassen,,,,\n",
        ids=("C2",),
        rejects=((2, "customer_name", "has a control character in it"),),
    ),
    Nasty(
        "other control characters",
        "customers.csv",
        CUSTOMERS
        + b"C1,Jan\x07sen,,,,\n"
        + b"C2,\x1b[31mred,,,,\n"
        + "C3,Jan\u0085sen,,,,\n".encode()
        + b"C4,ok,,,,\n",
        ids=("C4",),
        rejects=tuple((line, "customer_name", "control character") for line in (2, 3, 4)),
    ),
    Nasty(
        "a NUL in an amount",
        "invoices.csv",
        INVOICES + GOOD + invoice("F2", amount="1\x0000"),
        ids=("F1",),
        rejects=((3, "amount", "control character"),),
    ),
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
        "one payment over three invoices, on account, and the same line on account again",
        "payments.csv",
        PAYMENTS + b"P1,C1,F1,2026-02-01,EUR,10.00\n" + b"P1,C1,F2,2026-02-01,EUR,20.00\n"
        b"P1,C1,,2026-02-01,EUR,5.00\n" + b"P1,C1,,2026-02-01,EUR,5.00\n",
        ids=("P1", "P1", "P1"),
        duplicate=1,
    ),
    Nasty(
        "two different lines on account under one payment",
        "payments.csv",
        PAYMENTS + b"P1,C1,,2026-02-01,EUR,5.00\n" + b"P1,C1,,2026-02-01,EUR,6.00\n",
        rejects=(
            (2, "payment_id", "the same payment_id and invoice_id stands with other content on line 3"),
            (3, "payment_id", "the same payment_id and invoice_id stands with other content on line 2"),
        ),
    ),
    Nasty(
        "a refund, and a payment of nothing known",
        "payments.csv",
        PAYMENTS + b"P1,C9,F404,1999-01-01,EUR,-12.50\n",
        ids=("P1",),
        cells={"amount": Decimal("-12.50"), "invoice_id": "F404"},
    ),
    # Ids, names, words.
    good_cell("leading zeros of an id", "invoice_id", "007", number="007"),
    good_cell("an id like a number with an exponent", "invoice_id", "1E05", number="1E05"),
    good_cell("an id like a word for nothing", "invoice_id", "NULL", number="NULL"),
    good_cell("an id like a date", "invoice_id", "2026-01-05", number="2026-01-05"),
    good_cell("an id with a space inside", "invoice_id", "F 1/2026", number="F 1/2026"),
    good_cell("an id of twenty digits", "invoice_id", "1" * 20, number="1" * 20),
    good_cell("customer Yes", "customer_id", "Yes", customer="Yes"),
    good_cell("customer No", "customer_id", "No", customer="No"),
    good_cell("customer NaN", "customer_id", "NaN", customer="NaN"),
    good_cell("customer Total with a good row", "customer_id", "Total", customer="Total"),
    good_cell("a due date before the invoice date", "due_date", dt.date(2025, 1, 1), due="2025-01-01"),
    good_cell("no due date", "due_date", None, due=""),
    good_cell("29 February of a leap year", "invoice_date", dt.date(2024, 2, 29), date="2024-02-29"),
    good_cell("no decimals", "amount", Decimal("100.00"), amount="100"),
    good_cell("one decimal", "amount", Decimal("100.50"), amount="100.5"),
    good_cell("leading zeros of an amount", "amount", Decimal("7.00"), amount="0007"),
    good_cell("the largest amount", "amount", Decimal("9999999999999999.99"), amount="9999999999999999.99"),
    good_cell("a large credit note", "amount", Decimal("-99999.00"), kind="credit_note", amount="-99999"),
    bad_cell("a space before an id", "invoice_id", "has a space before or after it", number=" F2"),
    bad_cell("an invisible space in front of an id", "invoice_id", "has a space", number="\u200bF2"),
    bad_cell("an unknown currency", "currency", "is not a current ISO 4217 currency", currency="EURO"),
    bad_cell("a currency of the past", "currency", "'NLG' is not a current ISO 4217", currency="NLG"),
    bad_cell("a currency in lower case", "currency", "is not a current ISO 4217", currency="eur"),
    bad_cell("a currency sign", "currency", "is not a current ISO 4217", currency="€"),
    bad_cell("gold", "currency", "is not a current ISO 4217", currency="XAU"),
    bad_cell("an unknown type", "invoice_type", "is not one of invoice, credit_note", kind="Invoice"),
    bad_cell("a credit note with the sign of an invoice", "amount", "must be below 0", kind="credit_note"),
    Nasty(
        "more VAT than the amount it is in",
        "invoices.csv",
        INVOICES.rstrip()
        + b",vat_amount\nF1,C1,invoice,2026-01-05,2026-02-04,EUR,121.00,121.00\n"
        + b"F2,C1,invoice,2026-01-05,2026-02-04,EUR,121.00,121.01\n"
        + b"F3,C1,credit_note,2026-01-05,2026-02-04,EUR,-121.00,-210.00\n",
        ids=("F1",),
        rejects=(
            (3, "vat_amount", "must not be more than amount"),
            (4, "vat_amount", "must not be more than"),
        ),
    ),
    Nasty(
        "names that are formulas, markup and emoji",
        "customers.csv",
        CUSTOMERS
        + b"=cmd(),=cmd|' /C calc'!A0,,,,\n"
        + b"+1,@SUM(A1),,,,\n"
        + "C3,<b>Bold</b> **x** 🚀 ﷽,,,,\n".encode()
        + b"C4,  spaces kept  ,,,,\n",
        ids=("=cmd()", "+1", "C3", "C4"),
        cells={"customer_name": "=cmd|' /C calc'!A0"},
    ),
    Nasty("a very long name", "customers.csv", CUSTOMERS + b"C1," + b"x" * 100_000 + b",,,,\n", ids=("C1",)),
    Nasty(
        "a name too long for anything",
        "customers.csv",
        CUSTOMERS + b"C1," + b"x" * 200_000 + b",,,,\n" + b"C2,ok,,,,\n",
        ids=("C2",),
        rejects=((2, None, "a cell is longer than 131,072 characters"),),
    ),
    Nasty(
        "a name of spaces",
        "customers.csv",
        CUSTOMERS + b"C1,   ,,,,\n",
        rejects=((2, "customer_name", "has only spaces in it"),),
    ),
    Nasty(
        "terms that cannot be",
        "customers.csv",
        CUSTOMERS
        + b"C1,a,,,-1,\n"
        + b"C2,a,,,3651,\n"
        + b"C3,a,,,30.0,\n"
        + b"C4,a,,,3650,\n"
        + b"C5,a,,,0,-1\n",
        ids=("C4",),
        rejects=(
            (2, "payment_terms_days", "whole number of days from 0 to 3650"),
            (3, "payment_terms_days", "whole number of days from 0 to 3650"),
            (4, "payment_terms_days", "whole number of days from 0 to 3650"),
            (6, "credit_limit", "must not be negative"),
        ),
    ),
    # Files of a preset.
    Nasty(
        "a Dutch file",
        "export.csv",
        NL
        + "007;K1;Café;05-01-2026;04-02-2026;1.234,56;31-12-2026\n".encode("cp1252")
        + b"8;K1;x;05-01-2026;04-02-2026;1,234.56;\n"
        + b"9;K1;x;2026-01-05;04-02-2026;5,00;\n"
        + b"10;K1;x;5-1-2026;04-02-2026;5,00;\n"
        + b"11;K1;x;31-02-2026;04-02-2026;12.34,00;\n",
        preset="cleared-nl",
        ids=("007",),
        cells={"amount": Decimal("1234.56"), "invoice_date": dt.date(2026, 1, 5), "invoice_type": "invoice"},
        rejects=(
            (3, "bedrag", "is not a number written like 1.234,56"),
            (4, "factuurdatum", "is not a date written as DD-MM-YYYY"),
            (5, "factuurdatum", "is not a date written as DD-MM-YYYY"),
            (6, "factuurdatum", "is not a day of the calendar (also wrong: bedrag)"),
        ),
    ),
    Nasty(
        "a Dutch file that is UTF-8",
        "export.csv",
        NL + "1;K1;Café;05-01-2026;04-02-2026;5,00;\n".encode(),
        preset="cleared-nl",
        refused="is UTF-8, but the preset reads cp1252",
    ),
    Nasty(
        "a native file through a preset",
        "invoices.csv",
        INVOICES + GOOD,
        preset="cleared-nl",
        refused="preset cleared-nl reads columns separated by ';'",
    ),
    *(bad_cell(f"amount: {title}", "amount", text, amount=cell) for title, cell, text in BAD_AMOUNTS),
    *(bad_cell(f"date: {title}", "invoice_date", text, date=cell) for title, cell, text in BAD_DATES),
]


@pytest.fixture(params=TABLE, ids=lambda nasty: nasty.title)
def nasty(request):
    return request.param


def read(nasty, tmp_path):
    path = tmp_path / nasty.file
    path.write_bytes(nasty.content)
    return read_file(path, load_preset(nasty.preset) if nasty.preset else None)


def test_a_nasty_file_is_refused_or_read_exactly_as_listed(nasty, tmp_path):
    if nasty.refused is not None:
        with pytest.raises(RefusedFileError, match=re.escape(nasty.refused)) as refusal:
            read(nasty, tmp_path)
        assert str(refusal.value).startswith(nasty.file)
        assert str(refusal.value).endswith(".")
        assert "\n" not in str(refusal.value)
        return
    reading = read(nasty, tmp_path)
    rows = reading.grains[reading.kind]
    assert tuple(rows[BY_NAME[reading.kind].key[0]]) == nasty.ids
    assert [(row["line"], row["column"]) for row in reading.rejects.iter_rows(named=True)] == [
        (line, column) for line, column, _reason in nasty.rejects
    ]
    for reason, (_line, _column, expected) in zip(reading.rejects["reason"], nasty.rejects, strict=True):
        assert expected in reason
    assert reading.duplicate == nasty.duplicate
    assert reading.rows_read == len(nasty.ids) + len(nasty.rejects) + nasty.duplicate
    first = rows.row(0, named=True) if nasty.cells else {}
    assert {column: first[column] for column in nasty.cells} == nasty.cells


NATIVE_AND_READ = [nasty for nasty in TABLE if nasty.refused is None and nasty.preset is None]


@pytest.mark.parametrize("nasty", NATIVE_AND_READ, ids=lambda nasty: nasty.title)
def test_every_kept_row_says_exactly_what_the_file_says_on_its_line(nasty, tmp_path):
    reading = read(nasty, tmp_path)
    lines = nasty.content.decode("utf-8-sig", "replace").split("\n")
    header = next(csv.reader(lines))
    for row in reading.grains[reading.kind].iter_rows(named=True):
        written = next(csv.reader(io.StringIO("\n".join(lines[row["line"] - 1 :]), newline="")))
        for name, text in zip(header, written, strict=True):
            value = row[name]
            assert same(value, text), f"{name}: {text!r} came in as {value!r}"


def same(value, text):
    """Compare a typed value with its text, without the importer's own parsing."""
    if text == "":
        return value is None
    if isinstance(value, dt.date):
        return value == dt.date.fromisoformat(text)
    if isinstance(value, Decimal):
        return value == Decimal(text)
    return value == (int(text) if isinstance(value, int) else text)


def test_the_table_has_at_least_45_files_with_titles_of_their_own():
    titles = [nasty.title for nasty in TABLE]
    assert len(titles) == len(set(titles)) >= 45
