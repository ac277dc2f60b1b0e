"""The demo company as a whole, as the writers take it."""

from dataclasses import dataclass

import polars as pl

from data.demo.bank_days import Calendar
from data.demo.credit_notes import CreditNotes
from data.demo.customers import Customers
from data.demo.disputes import Disputes
from data.demo.invoices import Invoices
from data.demo.lines import Settlements


@dataclass(frozen=True)
class Company:
    """Everything that was drawn; `ids` are those of the invoices, then of the credit notes."""

    calendar: Calendar
    customers: Customers
    invoices: Invoices
    disputes: Disputes
    notes: CreditNotes
    lines: Settlements
    ids: pl.Series
