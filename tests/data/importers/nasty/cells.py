"""Cells that look odd, good and bad, native and by a preset."""

import datetime as dt
from decimal import Decimal

from tests.data.importers.nasty.nasty_file import (
    CUSTOMERS,
    GOOD,
    INVOICES,
    NL,
    Nasty,
    bad_cell,
    good_cell,
)

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

CELLS = [
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
