"""The kinds of rows Kasstroom takes in, one declaration each: columns, types, keys, meanings.

Importers parse into these columns. The store's fact tables and their `<table>_at` macros are made from them,
and so is `docs/files.md`. The native CSV file of a grain is named after it (`invoices` -> `invoices.csv`).
"""

from data.grains.choices import (
    CASE_STATES,
    CASH_DECISIONS,
    CASH_DIFFERENCES,
    CASH_SOURCES,
    COMPANY,
    COMPANY_SIZES,
    CONTACT_DETAILS,
    CONTACT_KINDS,
    CONTACT_OUTCOMES,
    FEES,
    LETTER_LANGUAGES,
    LETTERS,
    OF_ENTITY,
    OF_GROUP,
    SET_OFF_RULES,
    SETTINGS,
    STEP_DAYS,
    STEP_KINDS,
    TARGETS,
    VAT_PERIODS,
    WARNING_RULES,
    WARNING_SWITCHES,
)
from data.grains.grain import Column, ColumnType, Grain
from data.grains.journal import JOURNAL
from data.grains.ledger import LEDGER
from data.grains.settlements import DOCUMENT_LINES, SETTLEMENTS, SettlementKind

__all__ = [
    "BY_NAME",
    "CASE_STATES",
    "CASH_DECISIONS",
    "CASH_DIFFERENCES",
    "CASH_SOURCES",
    "COMPANY",
    "COMPANY_SIZES",
    "CONTACT_DETAILS",
    "CONTACT_KINDS",
    "CONTACT_OUTCOMES",
    "DATED_BY",
    "DOCUMENT_LINES",
    "FEES",
    "GRAINS",
    "LETTERS",
    "LETTER_LANGUAGES",
    "OF_ENTITY",
    "OF_GROUP",
    "SETTINGS",
    "SETTLEMENTS",
    "SET_OFF_RULES",
    "STEP_DAYS",
    "STEP_KINDS",
    "TARGETS",
    "VAT_PERIODS",
    "WARNING_RULES",
    "WARNING_SWITCHES",
    "Column",
    "ColumnType",
    "Grain",
    "SettlementKind",
]

GRAINS: tuple[Grain, ...] = (*LEDGER, *JOURNAL)
BY_NAME: dict[str, Grain] = {grain.name: grain for grain in GRAINS}

# Kind of row -> the column with the day it speaks of.
DATED_BY: dict[str, str] = {
    "invoices": "invoice_date",
    "payments": "payment_date",
    "open_items": "list_date",
    "bank_balances": "balance_date",
    "bank_entries": "entry_date",
    "bank_statements": "to_date",
    "provider_payments": "created_date",
    "run_payments": "run_date",
    "ledger_balances": "balance_date",
    "bills": "bill_date",
    "fx_rates": "rate_date",
}
