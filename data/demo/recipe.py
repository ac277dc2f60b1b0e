"""Draws the demo company, part by part, each from a random stream of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from data.demo import names, write
from data.demo.bank_days import Ints, make_calendar, random_stream
from data.demo.behaviour import pay_days
from data.demo.company import Company
from data.demo.customers import Customers, make_customers
from data.demo.disputes import make_disputes
from data.demo.invoices import Invoices, make_invoices
from data.demo.long_overdue import with_long_overdue
from data.demo.settlements import Settler

InvoiceChange = Callable[[Invoices, Customers], Invoices]


@dataclass(frozen=True)
class CompanyDraft:
    """A company, the names of its customers, the cents billed to each, and the stream that drew the names."""

    company: Company
    names: list[str]
    total: Ints
    rng: np.random.Generator


def draw_company(
    *,
    invoices: int,
    seed: int,
    as_of: date,
    change: InvoiceChange = lambda billed, _customers: billed,
    progress: Callable[[str, float], None] = lambda _label, _share: None,
) -> CompanyDraft:
    """Draw a company.

    Args:
        invoices: of `write_company`.
        seed: of `write_company`.
        as_of: of `write_company`.
        change: what is to be different about the invoices before they are paid.
        progress: called with what is being done and the share done, 0 to 0.45.
    """
    progress("customers", 0.0)
    calendar = make_calendar(as_of)
    customers = make_customers(invoices, seed, calendar)
    rng = random_stream(seed, "names")
    named = names.customer_names(
        customers.public.tolist(), customers.consumer.tolist(), (customers.size == 1).tolist(), rng
    )
    progress("invoices", 0.05)
    billed = change(make_invoices(invoices, seed, customers, calendar), customers)
    progress("payments", 0.2)
    pay = pay_days(billed, customers, calendar, seed)
    disputes, pay = make_disputes(billed, customers, calendar, pay, seed)
    notes, lines = Settler(billed, customers, calendar, disputes, seed).settle(pay)
    disputes, lines = with_long_overdue(
        billed,
        customers,
        calendar,
        disputes,
        notes=notes,
        lines=lines,
        rng=random_stream(seed, "long overdue"),
    )
    ids = write.document_ids(billed, notes)
    total = np.bincount(billed.customer, weights=billed.amount, minlength=customers.count).astype(np.int64)
    return CompanyDraft(Company(calendar, customers, billed, disputes, notes, lines, ids), named, total, rng)
