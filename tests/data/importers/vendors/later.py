"""Lists made after the presets were: what they had not been tried on."""

from tests.data.importers.vendors.case import (
    USUAL,
    Case,
    by_name,
    day,
    document,
    open_only,
    stored,
)

PAID = document("F0", "1001", "2026-08-09", "2026-09-08", amount="300.00", open_amount="0.00")
MONEY = by_name(USUAL)[0]._replace(number="PE-1", day=day("2026-10-05"), due=None, amount=-80, open=-80)

CASES = (
    Case(
        "Business Central, Dutch, with the days on which entries were closed",
        "business-central",
        stored("business-central-dutch-closed.sheet"),
        (PAID, USUAL[0]),
        file="Klantposten.xlsx",
    ),
    Case(
        "Odoo invoices grouped by customer: the sum above the rows",
        "odoo-list",
        stored("odoo-list-grouped.sheet"),
        by_name(USUAL[:3]),
        file="account.move.xlsx",
    ),
    Case(
        "ERPNext below its filters, with subtotals and money that no invoice took",
        "erpnext",
        stored("erpnext-grouped-with-filters.sheet"),
        (by_name(USUAL)[0], MONEY),
        given_day=None,
        file="Accounts Receivable.xlsx",
    ),
    Case(
        "QuickBooks ageing detail with the currency in its headings, the day first",
        "quickbooks",
        stored("quickbooks-ageing-rupiah.csv"),
        by_name(USUAL[1:2]),
        given_day=None,
        currency="IDR",
    ),
    Case(
        "SAP FBL5N saved as text with tabs, UTF-16",
        "sap-fbl5n-local",
        stored("sap-fbl5n-tabs.txt"),
        tuple(each._replace(name=each.customer) for each in open_only((USUAL[0], USUAL[2]))),
        file="FBL5N.txt",
    ),
)
