"""The columns of lists of other programs: a row per document, per entry of a ledger, per bill.

No cell by itself must be filled: a list may say the same in more than one way, and what a row lacks then is
told by a rule (`rules.py`).
"""

from data.grains import BY_NAME, Column, Grain
from data.grains.grain import optional
from data.importers.bank_grains import BANK_NEEDS

CUSTOMER_COLUMNS = tuple(
    Column(column.name, column.type, needed=False, may_be_empty=True, choices=column.choices)
    for column in BY_NAME["customers"].columns
    if column.name != "customer_id"
)
# What a row says of terms and interest, which an invoice can have of its own, is agreed with the customer.
OF_CUSTOMER = {column.name for column in BY_NAME["invoices"].columns} & {
    column.name for column in CUSTOMER_COLUMNS
}
INVOICE_COLUMNS = tuple(column for column in BY_NAME["invoices"].columns if column.name not in OF_CUSTOMER)

CLEARED_INVOICES = Grain(
    "cleared_invoices",
    "invoice",
    "ledger",
    (*INVOICE_COLUMNS, Column("cleared_date", "date", may_be_empty=True), *CUSTOMER_COLUMNS),
    ("invoice_id",),
    "amount",
    "One row per invoice with its clearing date; only presets read it.",
)

SIDES = ("debit", "credit")
NO_DOCUMENT = ("draft", "void", "pending")
STATES = ("open", "paid", "draft", "void")
DOCUMENT_TYPES = ("invoice", "credit_note", "payment", "discount", "write_off", "correction", "other")
"""What an entry can be. Unlike `invoice_type` it leaves the sign of the amount as it is written."""

# What may stand in place of an amount with a sign. Each is null where the list has no such column.
_WRITTEN = (
    optional("debit", "money"),
    optional("credit", "money"),
    optional("net_amount", "money"),
    optional("side", "choice", SIDES),
    optional("state", "choice", STATES),
    optional("document_type", "choice", DOCUMENT_TYPES),
)
_OPEN = (
    optional("open_amount", "money"),
    optional("open_debit", "money"),
    optional("open_credit", "money"),
    optional("paid_amount", "money"),
    optional("cleared_date", "date"),
    optional("list_date", "date"),
    optional("days_overdue", "number"),
)
# By which an entry is known beside the number of its document.
_ENTRY = (optional("entry_number", "id"),)
_MATCH = (optional("entry_id", "id"), optional("match_code", "id"))
_OPTIONAL_INVOICE_COLUMNS = tuple(
    optional(column.name, column.type, column.choices) for column in INVOICE_COLUMNS
)
INVOICE_LIST = Grain(
    "invoice_list",
    "invoice",
    "ledger",
    (*_OPTIONAL_INVOICE_COLUMNS, *_WRITTEN, optional("cleared_date", "date"), *CUSTOMER_COLUMNS),
    ("invoice_id",),
    "amount",
    "One row per invoice or credit note; only presets read it.",
)
OPEN_ITEMS_LIST = Grain(
    "open_items_list",
    "invoice",
    "ledger",
    (*_OPTIONAL_INVOICE_COLUMNS, *_WRITTEN, *_OPEN, *_ENTRY, *CUSTOMER_COLUMNS),
    ("invoice_id",),
    "open_amount",
    "One row per open document with what is open of it on the day of the list; only presets read it.",
)
ENTRIES = Grain(
    "entries",
    "invoice",
    "ledger",
    (*_OPTIONAL_INVOICE_COLUMNS, *_WRITTEN, *_OPEN, *_ENTRY, *_MATCH, *CUSTOMER_COLUMNS),
    ("entry_id",),
    "amount",
    "One row per entry on a customer's account with the code of what it settles; only presets read it.",
)
PAYABLES = Grain(
    "payables",
    "bill",
    "ledger",
    (
        optional("bill_id", "id"),
        optional("supplier_id", "id"),
        optional("supplier", "text"),
        optional("bill_date", "date"),
        optional("due_date", "date"),
        optional("currency", "currency"),
        optional("amount", "money"),
        *_WRITTEN,
        optional("open_amount", "money"),
        optional("open_debit", "money"),
        optional("open_credit", "money"),
        optional("paid_amount", "money"),
        optional("paid_date", "date"),
        optional("discount_percent", "number"),
        optional("discount_days", "integer"),
    ),
    ("bill_id",),
    "open_amount",
    "One row per bill of a supplier; only presets read it.",
)

_COMPANY = (
    optional("crm", "id"),
    optional("company_id", "id"),
    optional("company_name", "text"),
)
_REACH = (optional("phone", "text"), optional("mobile", "text"), optional("email", "text"))
CRM_COMPANIES = Grain(
    "crm_companies",
    "customer",
    "ledger",
    (
        *_COMPANY,
        optional("customer_id", "id"),
        *_REACH,
        optional("street", "text"),
        optional("postcode", "text"),
        optional("city", "text"),
    ),
    ("company_id",),
    None,
    "One row per company of a CRM; only presets read it.",
)
CRM_PERSONS = Grain(
    "crm_persons",
    "customer",
    "ledger",
    (
        *_COMPANY,
        optional("person_id", "id"),
        optional("first_name", "text"),
        optional("last_name", "text"),
        optional("full_name", "text"),
        optional("contact_function", "text"),
        *_REACH,
    ),
    ("person_id",),
    None,
    "One row per person of a CRM; only presets read it.",
)
CRM_ACTIVITIES = Grain(
    "crm_activities",
    "contact",
    "journal",
    (
        *_COMPANY,
        optional("activity_id", "id"),
        optional("contact_date", "date"),
        optional("channel", "text"),
        optional("direction", "choice", ("out", "in")),
        optional("kind", "text"),
        optional("outcome", "choice", ("no_answer", "other")),
        optional("progress", "choice", ("done", "planned")),
        optional("person", "text"),
        optional("subject", "text"),
        optional("note", "text"),
    ),
    ("activity_id",),
    None,
    "One row per activity of a CRM; only presets read it.",
)
OPPORTUNITIES = Grain(
    "opportunities",
    "customer",
    "ledger",
    (*_COMPANY, optional("amount", "money"), optional("stage", "text")),
    ("company_id",),
    None,
    "Sales that may come: refused.",
)

_CUSTOMER = ("customer_id", "customer_name")
_AMOUNT = ("amount", "debit", "credit", "net_amount")
NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "cleared_invoices": (
        ("invoice_id",),
        ("customer_id",),
        ("invoice_date",),
        ("amount",),
        ("cleared_date",),
    ),
    "invoices": (("invoice_id",), _CUSTOMER, ("invoice_date",), _AMOUNT),
    "open_items": (
        ("invoice_id", "entry_number"),
        _CUSTOMER,
        ("invoice_date",),
        ("open_amount", "open_debit", "open_credit", "state", "paid_amount"),
    ),
    "entries": (("invoice_id", "entry_number"), _CUSTOMER, ("invoice_date",), _AMOUNT),
    "payables": (
        ("bill_id",),
        ("supplier", "supplier_id"),
        ("bill_date",),
        ("due_date",),
        (*_AMOUNT, "open_amount", "open_debit", "open_credit"),
    ),
    "crm_companies": (("company_id",), ("company_name",)),
    "crm_persons": (("last_name", "full_name"), ("company_id", "company_name")),
    "crm_activities": (("contact_date",), ("company_id", "company_name"), ("kind",)),
    "opportunities": (("stage",), ("amount",)),
    **BANK_NEEDS,
}
"""Shape of a list -> of each of these sets of columns it must have one."""
