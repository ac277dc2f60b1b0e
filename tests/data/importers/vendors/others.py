"""QuickBooks, Xero, Odoo, ERPNext, Tally, Sage, Fortnox, Visma, DATEV, sevDesk, Zoho, FreshBooks."""

from tests.data.importers.vendors.case import USUAL, Case, by_name, document, open_only, stored, without_due

USUAL_BY_NAME = by_name(USUAL)

QUICKBOOKS = (
    Case(
        "QuickBooks ageing detail, newer wording: buckets above the rows, a time below them",
        "quickbooks",
        stored("quickbooks-ageing-detail-newer-wording-buckets.csv"),
        USUAL_BY_NAME,
        given_day=None,
        currency="USD",
    ),
    Case(
        "QuickBooks ageing detail of a company that writes the day first",
        "quickbooks",
        stored("quickbooks-ageing-detail-of-a-company.csv"),
        USUAL_BY_NAME[:2],
        given_day=None,
        currency="USD",
    ),
    Case(
        "QuickBooks open invoices: the customer above its rows",
        "quickbooks-open-invoices",
        stored("quickbooks-open-invoices-the-customer-above.csv"),
        open_only(USUAL_BY_NAME),
        given_day=None,
        currency="USD",
    ),
    Case(
        "QuickBooks invoice list: the open balance again on each line of an invoice",
        "quickbooks-invoice-list",
        stored("quickbooks-invoice-list-the-open-balance.csv"),
        tuple(each for each in USUAL_BY_NAME if each.number != "C3"),
    ),
    Case(
        "QuickBooks Desktop open invoices, Excel with empty columns between",
        "quickbooks-open-invoices",
        stored("quickbooks-desktop-open-invoices-excel-with.sheet"),
        open_only(USUAL_BY_NAME[:1]),
        known=False,
        currency="USD",
        file="open.xlsx",
    ),
)

XERO = (
    Case(
        "Xero aged receivables with eleven columns: the number comes first, as the customer's name does",
        "xero",
        stored("xero-aged-receivables-with-eleven-columns.sheet"),
        open_only(USUAL_BY_NAME),
        given_day=None,
        file="aged.xlsx",
    ),
    Case(
        "Xero invoices: the totals of an invoice again on each of its lines; drafts are none",
        "xero-invoices",
        stored("xero-invoices-the-totals-of-an.csv"),
        USUAL_BY_NAME[:3],
    ),
)

ODOO = (
    Case(
        "Odoo invoices list, English",
        "odoo-list",
        stored("odoo-invoices-list-english.csv"),
        USUAL_BY_NAME,
    ),
    Case(
        "Odoo invoices list, Dutch, Excel",
        "odoo-list",
        stored("odoo-invoices-list-dutch-excel.sheet"),
        USUAL_BY_NAME[:2],
        known=False,
        file="account.move.xlsx",
    ),
    Case(
        "Odoo aged receivable: the number in a column without a heading",
        "odoo-aged",
        stored("odoo-aged-receivable-the-number-in.sheet"),
        without_due(open_only(USUAL_BY_NAME)),
        known=False,
        given_day=None,
        file="aged_receivable.xlsx",
    ),
)

ERP = (
    Case(
        "ERPNext accounts receivable: Total last",
        "erpnext",
        stored("erpnext-accounts-receivable-total-last.csv"),
        USUAL_BY_NAME,
    ),
    Case(
        "Tally pending bills: two lines of headings, the party above its rows",
        "tally",
        stored("tally-pending-bills-two-lines-of.sheet"),
        tuple(each for each in USUAL_BY_NAME if each.number != "C3"),
        known=False,
        currency="INR",
        file="bills.xlsx",
    ),
    Case(
        "Sage 50 aged debtors, detailed: a block per account",
        "sage-50",
        stored("sage-50-aged-debtors-detailed-a.csv"),
        without_due(open_only(USUAL)),
        known=False,
        given_day=None,
        currency="GBP",
    ),
    Case(
        "Sage Accounting, aged debtors detailed, parentheses",
        "sage-accounting",
        stored("sage-accounting-aged-debtors-detailed-parentheses.sheet"),
        USUAL_BY_NAME,
        known=False,
        currency="GBP",
        file="aged.xlsx",
    ),
)

GERMAN_AND_NORDIC = (
    Case(
        "DATEV open items: debit and credit columns, the account above its rows in words",
        "datev-opos",
        stored("datev-open-items-debit-and-credit.csv"),
        open_only(USUAL),
        known=False,
        given_day=None,
    ),
    Case(
        "sevDesk invoices; one is cancelled",
        "sevdesk",
        stored("sevdesk-invoices-one-is-cancelled.csv"),
        by_name(
            (
                USUAL[0],
                document("F0", "1001", "2026-08-09", "2026-09-08", amount="300.00", open_amount="0.00"),
            )
        ),
        known=False,
    ),
    Case(
        "Fortnox unpaid invoices: a blank between thousands",
        "fortnox",
        stored("fortnox-unpaid-invoices-a-blank-between.csv"),
        known=False,
        currency="SEK",
    ),
    Case(
        "Fortnox invoices, field names of the interface",
        "fortnox-invoices",
        stored("fortnox-invoices-field-names-of-the.csv"),
        (document("F0", "1001", "2026-08-09", "2026-09-08", amount="300.00", open_amount="0.00"), USUAL[0]),
        currency="SEK",
    ),
)

ONLINE = (
    Case(
        "Zoho invoices: a row per item; one is void",
        "zoho-books",
        stored("zoho-invoices-a-row-per-item.csv"),
        (USUAL[0], document("F0", "1001", "2026-08-09", "2026-09-08", amount="300.00", open_amount="0.00")),
    ),
    Case(
        "FreshBooks invoice details: the lines add up to the invoice",
        "freshbooks",
        stored("freshbooks-invoice-details-the-lines-add.csv"),
        by_name(
            (
                document("F0", "1001", "2026-08-09", "2026-09-08", amount="300.00"),
                USUAL[0]._replace(open=None),
            )
        ),
        given_day=None,
        list_day=None,
    ),
)
