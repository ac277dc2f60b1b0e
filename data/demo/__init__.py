"""The demo company: invented, the same for the same numbers, and with a story in it.

It is drawn by a recipe of its own and shares no code or parameter with any forecasting model.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from data import sentences
from data.demo import agency_cases, cash, follow_up, scenarios, write
from data.demo.bank import ledger_statements
from data.demo.bank_days import NEVER, make_calendar, random_stream
from data.demo.customers import HANDED_OVER, LARGEST, RECOVERING, SLIDING, make_customers
from data.demo.recipe import draw_company
from data.errors import KasstroomError


@dataclass(frozen=True)
class Facts:
    """Ids of the customers with a story."""

    largest: str
    sliding: str
    recovering: str
    failed: tuple[str, ...]
    handed_over: str


def demo_facts(*, invoices: int = 20_000, seed: int = 1, as_of: date) -> Facts:
    """Return who plays which part in the company of the same arguments."""
    customers = make_customers(invoices, seed, make_calendar(as_of))
    ids = write.customer_ids(customers).to_list()
    failed = tuple(ids[position] for position in np.flatnonzero(customers.fails < NEVER).tolist())
    return Facts(ids[LARGEST], ids[SLIDING], ids[RECOVERING], failed, ids[HANDED_OVER])


def write_company(
    folder: Path,
    *,
    invoices: int = 20_000,
    seed: int = 1,
    as_of: date,
    progress: Callable[[str, float], None] | None = None,
) -> None:
    """Write the demo company as native CSV files, one per grain but fx_rates (it bills in euros only).

    The same arguments give the same bytes. The history is the three years to `as_of`; only due dates, planned
    cash, the billing plan and promised dates lie beyond.

    Args:
        folder: where to; made if it is not there.
        invoices: number of invoices; credit notes come on top. At least 1.
        seed: another seed, another company.
        as_of: last day of the history.
        progress: called with what is being done and the share done, 0 to 1.

    Raises:
        KasstroomError: fewer than one invoice was asked for.
    """
    if invoices < 1:
        raise KasstroomError(sentences.TOO_FEW_INVOICES(count=invoices))
    tell = progress or (lambda _label, _share: None)
    folder.mkdir(parents=True, exist_ok=True)
    drawn = draw_company(invoices=invoices, seed=seed, as_of=as_of, progress=tell)
    company = drawn.company
    write.write_customers(folder, company.customers, drawn.names, drawn.total, drawn.rng)
    tell("invoices.csv", 0.45)
    write.write_invoices(folder, company)
    write.write_instalments(folder, company)
    tell("payments.csv", 0.65)
    write.write_payments(folder, company)
    write.write_ledger_balances(folder, company)
    tell("contacts", 0.8)
    write.write_disputes(folder, company)
    follow_up.write_follow_up(folder, company, random_stream(seed, "follow up"))
    agency_cases.write_cases(folder, company)
    scenarios.write_scenarios(folder, company)
    tell("bank", 0.9)
    book = cash.write_cash(folder, company, random_stream(seed, "cash"))
    ledger_statements.write_statements(folder, company, drawn.names, book, seed)
    tell("demo company", 1.0)
