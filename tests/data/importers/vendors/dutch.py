"""Exact, Moneybird, Twinfield, AFAS, SnelStart, e-Boekhouden, Yuki."""

from tests.data.importers.vendors.case import USUAL, Case, document, open_only, stored, without_due

EXACT = (
    Case(
        "Exact open items, Dutch, Excel with titles and a total",
        "exact-open-items",
        stored("exact-open-items-dutch-excel-with.sheet"),
        known=False,
        given_day=None,
        file="Openstaande posten.xlsx",
    ),
    Case(
        "Exact open items, English, CSV",
        "exact-open-items",
        stored("exact-open-items-english-csv.csv"),
        known=False,
        given_day=None,
    ),
    Case(
        "Exact ReceivablesList, field names of the interface, codes padded with blanks",
        "exact-receivables-list",
        stored("exact-receivableslist-field-names-of-the.csv"),
        open_only([each._replace(number="26700103") if each.number == "C3" else each for each in USUAL]),
    ),
    Case(
        "Exact cashflow/Receivables: below zero is what a customer owes; one is fully paid",
        "exact-receivables",
        stored("exact-cashflow-receivables-below-zero-is.csv"),
        (
            USUAL[0],
            document("F0", "1001", "2026-08-09", "2026-09-08", amount="300.00", open_amount="0.00"),
            USUAL[2],
            USUAL[3],
        ),
    ),
    Case(
        "Exact Verkoopboekingen: a row per line of the entry, which adds up to the invoice",
        "exact-sales-entries",
        stored("exact-verkoopboekingen-a-row-per-line.csv"),
        tuple(each._replace(open=None) for each in USUAL[:3]),
        known=False,
        given_day=None,
        list_day=None,
    ),
    Case(
        "Exact Globe: the debtor above its rows, its total below them",
        "exact-globe",
        stored("exact-globe-the-debtor-above-its.sheet"),
        open_only(USUAL),
        given_day=None,
        file="debiteuren.xlsx",
    ),
)

MONEYBIRD = (
    Case(
        "Moneybird sales invoices, field names of the interface; drafts are no invoices",
        "moneybird-invoices",
        stored("moneybird-sales-invoices-field-names-of.csv"),
        tuple(each._replace(name=each.customer) for each in USUAL),
    ),
    Case(
        "Moneybird invoices screen, Dutch, Excel",
        "moneybird",
        stored("moneybird-invoices-screen-dutch-excel.sheet"),
        (
            document("F0", "1001", "2026-08-09", "2026-09-08", amount="300.00"),
            USUAL[0]._replace(open=None),
            USUAL[2]._replace(open=None),
        ),
        known=False,
        given_day=None,
        list_day=None,
        file="facturen.xlsx",
    ),
    Case(
        "Moneybird invoices screen, English, CSV",
        "moneybird",
        stored("moneybird-invoices-screen-english-csv.csv"),
        (document("F0", "1001", "2026-08-09", "2026-09-08", amount="300.00"), USUAL[0]._replace(open=None)),
        known=False,
        given_day=None,
        list_day=None,
    ),
)

AFAS = (
    Case(
        "AFAS view, CSV for Dutch Excel",
        "afas",
        stored("afas-view-csv-for-dutch-excel.csv"),
        given_day=None,
    ),
    Case(
        "AFAS view with its long headings, Excel",
        "afas-view",
        stored("afas-view-with-its-long-headings.sheet"),
        known=False,
        given_day=None,
        file="Openstaande posten.xlsx",
    ),
)

OTHERS = (
    Case(
        "SnelStart interface",
        "snelstart-invoices",
        stored("snelstart-interface.csv"),
    ),
    Case(
        "SnelStart report, Excel with titles",
        "snelstart",
        stored("snelstart-report-excel-with-titles.sheet"),
        known=False,
        given_day=None,
        file="rapport.xlsx",
    ),
    Case(
        "SnelStart, the heading a third party claims",
        "snelstart",
        stored("snelstart-the-heading-a-third-party.csv"),
        known=False,
    ),
    Case(
        "e-Boekhouden GetOpenPosten: no due dates",
        "e-boekhouden-interface",
        stored("e-boekhouden-getopenposten-no-due-dates.csv"),
        without_due(USUAL),
    ),
    Case(
        "e-Boekhouden open items, cp1252",
        "e-boekhouden",
        stored("e-boekhouden-open-items-cp1252.csv"),
    ),
    Case(
        "Yuki OutstandingDebtorItems; a reference may be empty",
        "yuki",
        stored("yuki-outstandingdebtoritems-a-reference-may-be.csv"),
        (*USUAL[:3], USUAL[3]._replace(number="4", due=None)),
    ),
)
