"""What the demo company handed over to collection agencies, and how it ended."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from data.demo import bank_days
from data.demo.bank_days import NEVER, Ints
from data.demo.company import Company
from data.demo.customers import FAILED_SINCE, HANDED_OVER, LAST_NAMED
from data.demo.lines import WRITE_OFF
from data.demo.long_overdue import LONG_DAYS, open_amounts
from data.demo.write import customer_ids, days, money

_AGENCIES = ("Noordster Incasso", "Kadewal Gerechtsdeurwaarders")
_HANDED_OVER_AFTER, _LATE_AFTER, _LONGEST = 45, 60, 400
_LATE_AFTER_DEMAND, _BEFORE_PAID = 40, 10
_FEE_PERCENT, _COURT_COSTS = 15, 9_500


@dataclass(frozen=True)
class AgencyCase:
    """A case: customer position, agency, days, state, cents. `closed` is NEVER while it runs."""

    customer: int
    agency: int
    opened: int
    status: str
    closed: int
    claimed: int
    recovered: int = 0
    cost: int = 0


def write_cases(folder: Path, company: Company) -> None:
    """Write collection_cases.csv: two that run, and one each that was paid, withdrawn and uncollectable.

    A small company has fewer: only what its books bear out.
    """
    cases = sorted(
        [*_running(company), *_given_up(company), *_paid_late(company)],
        key=lambda case: (case.opened, case.customer),
    )
    customer = np.array([case.customer for case in cases], dtype=np.int64)
    cents = {
        name: np.array([getattr(case, name) for case in cases], dtype=np.int64)
        for name in ("claimed", "recovered", "cost")
    }
    pl.DataFrame(
        {
            "case_id": [f"INC-{position:03}" for position in range(1, len(cases) + 1)],
            "customer_id": customer_ids(company.customers).gather(customer),
            "agency": [_AGENCIES[case.agency] for case in cases],
            "opened_date": days(np.array([case.opened for case in cases], dtype=np.int64)),
            "status": [case.status for case in cases],
            "closed_date": days(np.array([case.closed for case in cases], dtype=np.int64)),
            **{name: money(values) for name, values in cents.items()},
        },
        schema_overrides={"agency": pl.String, "status": pl.String, "case_id": pl.String},
    ).write_csv(folder / "collection_cases.csv")


def _running(company: Company) -> list[AgencyCase]:
    """The customer that failed after a warning, and the largest of those that left without paying.

    Where nobody left, whoever is late with most.
    """
    invoices, customers, calendar = company.invoices, company.customers, company.calendar
    rest = np.maximum(open_amounts(invoices, company.lines, calendar), 0)
    rest[np.isin(invoices.customer, invoices.customer[company.disputes.invoice[_open(company)]])] = 0
    old, late, whole = (
        _by_customer(company, np.where(invoices.due < calendar.as_of - after, rest, 0))
        for after in (LONG_DAYS, _LATE_AFTER, -NEVER)
    )
    left = (customers.ends < calendar.as_of - LONG_DAYS) & (customers.fails == NEVER) & (old == whole)
    named = np.arange(customers.count) <= LAST_NAMED
    opened = _bank_day(company, calendar.as_of - FAILED_SINCE + 2 * _HANDED_OVER_AFTER)
    chosen = [(HANDED_OVER, int(old[HANDED_OVER]))]
    for owed in (old * (left & ~named), late * ~named):
        if owed.max() > 0:
            chosen.append((int(np.argmax(owed)), int(owed.max())))
            break
    return [
        AgencyCase(customer, number, opened + 7 * number, "open", NEVER, claimed)
        for number, (customer, claimed) in enumerate(chosen)
        if claimed > 0
    ]


def _by_customer(company: Company, cents: Ints) -> Ints:
    """Return the sum per customer of cents per invoice."""
    count = company.customers.count
    return np.rint(np.bincount(company.invoices.customer, weights=cents, minlength=count)).astype(np.int64)


def _open(company: Company) -> Ints:
    return np.flatnonzero(company.disputes.closed > company.calendar.as_of)


def _given_up(company: Company) -> list[AgencyCase]:
    """The latest failed customer that was written off after an agency had tried."""
    lines, fails = company.lines, company.customers.fails
    failed = np.flatnonzero(fails < NEVER)
    for customer in failed[np.argsort(-fails[failed], kind="stable")].tolist():
        own = (lines.kind == WRITE_OFF) & (lines.customer == customer)
        opened = _bank_day(company, int(fails[customer]) + _HANDED_OVER_AFTER)
        claimed, closed = int(lines.amount[own].sum()), int(lines.day[own].max(initial=0))
        if customer != HANDED_OVER and claimed > 0 and opened < closed:
            return [AgencyCase(customer, 0, opened, "uncollectable", closed, claimed, cost=_COURT_COSTS)]
    return []


def _paid_late(company: Company) -> list[AgencyCase]:
    """Of the largest invoices paid long after they were due one that an agency brought in, one withdrawn."""
    invoices, lines, calendar = company.invoices, company.lines, company.calendar
    late = lines.cleared - invoices.due
    fits = lines.single & (lines.cleared <= calendar.as_of) & (late >= _LATE_AFTER_DEMAND)
    fits &= invoices.customer > LAST_NAMED
    fits[company.disputes.invoice] = False
    which = np.flatnonzero(fits)
    # A small company has few such invoices: the older and the less late ones stand behind.
    suits = (late[which] >= _LATE_AFTER) & (invoices.due[which] > calendar.as_of - _LONGEST)
    order = which[np.lexsort((which, -invoices.amount[which], ~suits))]
    _, first = np.unique(invoices.customer[order], return_index=True)
    first = np.sort(first)
    # Of two customers, if there are two.
    order = np.concatenate([order[first], np.delete(order, first)])
    cases = []
    for invoice, status in zip(order[:2].tolist(), ("paid", "withdrawn"), strict=False):
        amount, is_paid = int(invoices.amount[invoice]), status == "paid"
        wait = min(_HANDED_OVER_AFTER, int(late[invoice]) - _BEFORE_PAID)
        opened = _bank_day(company, int(invoices.due[invoice]) + wait)
        closed = int(lines.cleared[invoice]) if is_paid else min(opened + 7, int(lines.cleared[invoice]))
        recovered, cost = (amount, amount * _FEE_PERCENT // 100) if is_paid else (0, 0)
        cases.append(
            AgencyCase(int(invoices.customer[invoice]), 1, opened, status, closed, amount, recovered, cost)
        )
    return cases


def _bank_day(company: Company, day: int) -> int:
    """Return the last bank day on or before a day of the history."""
    last = np.array(min(day, company.calendar.as_of))
    return int(company.calendar.previous_run(bank_days.DAILY, last))
