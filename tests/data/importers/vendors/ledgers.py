"""Ledger entries and open items of Twinfield, Business Central, SAP and Odoo's partner ledger."""

from tests.data.importers.vendors.case import USUAL, Case, day, open_only, stored, without_due

OPEN_ITEMS = (
    Case(
        "Twinfield browse, open lines only: nothing is matched",
        "twinfield",
        stored("twinfield-browse-open-lines-only-nothing.sheet"),
        file="debiteurenkaart.xlsx",
    ),
    Case(
        "Business Central, English, Excel: a payment that is applied is no document",
        "business-central",
        stored("business-central-english-excel-a-payment.sheet"),
        file="Customer Ledger Entries.xlsx",
    ),
    Case(
        "Business Central, Dutch, CSV",
        "business-central",
        stored("business-central-dutch-csv.csv"),
    ),
    Case(
        "Business Central, German, Excel; money without an invoice is open too",
        "business-central",
        stored("business-central-german-excel-money-without.sheet"),
        (
            USUAL[0],
            USUAL[0]._replace(number="Z7", day=day("2026-10-20"), due=day("2026-10-20"), amount=0, open=-80),
        ),
        file="Debitorenposten.xlsx",
    ),
    Case(
        "SAP FBL5N, English, Excel: numbers as 1200401780.0, no due dates, totals without text",
        "sap-fbl5n",
        stored("sap-fbl5n-english-long-wording-excel.sheet"),
        (
            *without_due(open_only(USUAL[:2])),
            USUAL[2]._replace(number="1200401782", due=None),
        ),
        currency="EUR USD",
        file="export.xlsx",
    ),
    Case(
        "SAP FBL5N saved as a list: bars, pages, trailing minus, the customer in lines above",
        "sap-fbl5n-local",
        stored("sap-fbl5n-saved-as-a-list.csv"),
        open_only(USUAL),
        known=False,
        file="FBL5N.txt",
    ),
    Case(
        "SAP FBL5N, German CSV",
        "sap-fbl5n-local",
        stored("sap-fbl5n-german-csv.csv"),
        open_only(USUAL),
        known=False,
    ),
    Case(
        "SAP FBL5N, Dutch, Excel",
        "sap-fbl5n-local",
        stored("sap-fbl5n-dutch-excel.sheet"),
        open_only((USUAL[0], USUAL[2])),
        known=False,
        file="export.xlsx",
    ),
    Case(
        "SAP S/4 customer line items: the customer above its rows",
        "sap-s4-line-items",
        stored("sap-s-4-customer-line-items.sheet"),
        open_only((USUAL[0], USUAL[2])),
        known=False,
        file="line items.xlsx",
    ),
)

# The account of two customers, matched: F1 paid on 28 September, 500.00 that names no invoice on 20 October;
# F4 and C3 paid together on 5 November.
TWINFIELD_NL = stored("twinfield-nl.sheet")
TWINFIELD_EN = stored("twinfield-en.csv")
SAP_ALL_ITEMS = stored("sap-all-items.csv")
ODOO_PARTNER_LEDGER = stored("odoo-partner-ledger.sheet")
PLAIN_ENTRIES = stored("plain-entries.csv")
