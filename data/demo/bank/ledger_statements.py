"""The statements of the demo company's own accounts: the money behind its bookkeeping, to the cent."""

from pathlib import Path

import numpy as np

from data.demo import write
from data.demo.bank.cash_book import CashBook
from data.demo.bank.events import bookkept_events, settled_by_others
from data.demo.bank.others import payment_lines, transfer_lines
from data.demo.bank.payers import make_payers
from data.demo.bank.receipts import LineSource, Teller
from data.demo.bank.statements import make_statements, write_native
from data.demo.company import Company
from data.demo.lines import CREDIT, DISCOUNT, WRITE_OFF

WEEKS = 13
"""Statements go back a quarter: three years of them would double the time of building large companies."""


def write_statements(folder: Path, company: Company, names: list[str], book: CashBook, seed: int) -> None:
    """Write bank_entries.csv and bank_statements.csv of the last weeks of the history.

    Args:
        folder: where to.
        company: the demo company.
        names: of its customers.
        book: what it paid itself, and the balances.
        seed: of the company.
    """
    since = company.calendar.as_of - 7 * WEEKS
    books = LineSource(
        company=company,
        numbers=company.ids.to_list(),
        orders=[order or "" for order in write.order_numbers(company).to_list()],
        names=names,
        customer_ids=write.customer_ids(company.customers).to_list(),
        payers=make_payers(company, names, {}, seed),
    )
    settled = settled_by_others(company, (CREDIT, WRITE_OFF, DISCOUNT))
    events = bookkept_events(company, unnamed=True, since=since)
    lines = [
        *Teller(books, settled, seed, noisy=False).lines(events),
        *payment_lines(book.bills, book.costs, seed),
        *transfer_lines(book.balances),
    ]
    balances = book.balances
    shown = np.flatnonzero(balances.is_shown & (balances.day > since))
    first = int(shown[0]) - 1
    statements = make_statements(
        [line for line in lines if line.day > int(balances.day[first])],
        balances.accounts,
        [int(balances.day[first]), *balances.day[shown].tolist()],
        [int(balance[first]) for balance in balances.balances],
    )
    write_native(folder, statements)
