"""The demo company's other cash: bank accounts, supplier bills, what is planned, and the billing plan."""

from pathlib import Path

import numpy as np
import polars as pl

from data.demo import bank_days, limits, planned
from data.demo.bank.cash_book import AccountBalances, CashBook, CashFlows, SupplierBills
from data.demo.bank_days import NEVER, Calendar, Ints
from data.demo.company import Company
from data.demo.costs import BANK_DAYS, BILL_TERMS, TIGHTEST, make_costs
from data.demo.invoices import Invoices, billing_rhythm
from data.demo.limits import INVESTMENT, SPENDING
from data.demo.lines import PAYMENT, REVERSAL
from data.demo.names import supplier_names
from data.demo.rule_of_thumb import WEEKS, expect_weeks, spend_day
from data.demo.write import days, money, words

# Not valid bank codes or check digits: nobody's accounts.
ACCOUNTS = ("NL00KASS0000000001", "NL00KASS0000000002", "NL00KASS0000000003")

_BILL_SHARE, _BILL_COUNT, _BILL_SPREAD = 0.45, 0.25, 0.9
_INPUT_VAT = 0.21 / 1.21
_SLOW_BILLS = 0.02
_SAVED, _SERVICES = 0.15, 0.15


def cash_flows(company: Company, bills: SupplierBills) -> CashFlows:
    """Return what came in and what the company paid itself, wages being what the rest leaves."""
    invoices, notes, lines, calendar = company.invoices, company.notes, company.lines, company.calendar
    billed = _per_day(invoices.day, invoices.amount, calendar) + _per_day(notes.day, notes.amount, calendar)
    vat = _per_day(invoices.day, invoices.vat, calendar) + _per_day(notes.day, notes.vat, calendar)
    bought = _per_day(bills.day, bills.amount, calendar)
    paid = _per_day(bills.paid, bills.amount, calendar)
    is_cash = np.isin(lines.kind, (PAYMENT, REVERSAL))
    main, services = (
        _per_day(lines.day[own], lines.amount[own], calendar)
        for own in (is_cash & (lines.services == entity) for entity in (0, 1))
    )
    month = float(billed.sum()) / 36
    costs = make_costs(month, main + services - paid, vat - bought * _INPUT_VAT, calendar)
    return CashFlows((main, services), paid, costs, month)


def write_cash(folder: Path, company: Company, rng: np.random.Generator) -> CashBook:
    """Write bank_balances.csv, bills.csv, planned_cash.csv, billing_plan.csv and settings.csv.

    Returns:
        What the statements of the accounts are made of.
    """
    calendar = company.calendar
    bills = write_bills(folder, company.invoices, calendar, rng)
    flows = cash_flows(company, bills)
    received, paid, costs, month = flows.received, flows.paid, flows.costs, flows.month
    other = _per_day(costs.day, costs.amount, calendar)
    lines_planned = planned.planned_lines(costs, bills.amount, calendar)
    plan = planned.billing_plan(company, rng)
    plan.write_csv(folder / "billing_plan.csv")
    unpaid = bills.paid > calendar.as_of
    horizon = calendar.as_of + 7 * WEEKS
    coming_day, coming = planned.coming_payments(lines_planned, calendar, until=horizon)
    out_day = np.concatenate([np.maximum(bills.day[unpaid] + BILL_TERMS, calendar.as_of + 1), coming_day])
    out_amount = np.concatenate([bills.amount[unpaid], coming]).astype(np.float64)
    per_week = plan.group_by("week_start", maintain_order=True).agg(pl.col("amount").sum())["amount"]
    billing = np.array([float(amount) * 100 for amount in per_week[-WEEKS:]])
    weeks = expect_weeks(company, month, billing, out_day, out_amount)
    room = limits.tight_week(weeks, month, _balance(received[0] + received[1] - paid - other, month))
    main, services = received[0] - paid - other, received[1]
    balances = _write_bank(folder, main, services, room.lift + TIGHTEST * month, calendar)
    spend = planned.PlannedLine(SPENDING, INVESTMENT, room.spending, spend_day(calendar, room.week), "none")
    planned.write_planned(folder, [*lines_planned, spend])
    limits.write_settings(folder, room)
    return CashBook(bills, costs, balances)


def _balance(moved: Ints, month: float) -> float:
    """Return the balance at the end of the history if the tightest day just stays above zero, cents."""
    total = np.cumsum(moved[-BANK_DAYS:])
    return float(total[-1] - total.min() + round(TIGHTEST * month))


def _per_day(day: Ints, amount: Ints, calendar: Calendar) -> Ints:
    """Return the sum of cents per day of the history."""
    span = calendar.as_of - calendar.start + 1
    inside = day <= calendar.as_of
    summed = np.bincount(day[inside] - calendar.start, weights=amount[inside], minlength=span)
    return np.rint(summed).astype(np.int64)


def write_bills(
    folder: Path, invoices: Invoices, calendar: Calendar, rng: np.random.Generator
) -> SupplierBills:
    """Write bills.csv. Bills are paid on the Thursday after they are due."""
    count = max(30, round(invoices.count * _BILL_COUNT))
    rhythm = np.cumsum(
        billing_rhythm(calendar)[calendar.start - calendar.base : calendar.as_of - calendar.base + 1]
    )
    day = calendar.start + np.searchsorted(rhythm, np.sort(rng.random(count)) * rhythm[-1], side="right")
    share = np.exp(rng.normal(0.0, _BILL_SPREAD, count))
    amount = np.maximum(np.rint(share / share.sum() * _BILL_SHARE * invoices.amount.sum()), 100).astype(
        np.int64
    )
    due = day + BILL_TERMS
    slow = np.where(rng.random(count) < _SLOW_BILLS, rng.integers(7, 40, count), 0)
    paid = calendar.next_run(bank_days.THURSDAY, due + slow)
    suppliers = supplier_names(max(8, round(4 * count**0.4)), rng)
    frame = pl.DataFrame(
        {
            "bill_id": "I" + pl.Series(np.arange(1, count + 1)).cast(pl.String).str.zfill(6),
            "supplier": words(suppliers, (len(suppliers) * rng.random(count) ** 2).astype(np.int64)),
            "bill_date": days(day),
            "due_date": days(due),
            "currency": pl.repeat("EUR", count, eager=True),
            "amount": money(amount),
            "paid_date": days(np.where(paid <= calendar.as_of, paid, NEVER)),
        }
    )
    frame.write_csv(folder / "bills.csv")
    return SupplierBills(frame, day, paid, amount)


def _write_bank(
    folder: Path, main: Ints, services: Ints, lowest: float, calendar: Calendar
) -> AccountBalances:
    """Write bank_balances.csv: main, services and savings account; every Monday the shares are restored.

    `lowest` is the balance of the tightest day, cents: the opening balance follows from it.
    """
    shown = slice(-BANK_DAYS, None)
    main, services = main[shown], services[shown]
    day = np.arange(calendar.as_of - len(main) + 1, calendar.as_of + 1)
    total = np.cumsum(main + services)
    total = total - total.min() + round(lowest)
    monday = np.maximum.accumulate(
        np.where(calendar.weekday[calendar.position(day)] == 0, np.arange(len(day)), 0)
    )
    base = (total - main - services)[monday]
    saved = np.rint(base * _SAVED / 100_000).astype(np.int64) * 100_000
    own = np.cumsum(services)
    current = np.rint(base * _SERVICES / 100).astype(np.int64) * 100 + own - (own - services)[monday]
    balances = (total - saved - current, current, saved)
    bank_day = calendar.bank_day[calendar.position(day)].copy()
    bank_day[-1] = True  # the statement at hand runs to the as-of day, also on a Sunday
    frames = [
        pl.DataFrame(
            {
                "account": [account] * int(bank_day.sum()),
                "currency": "EUR",
                "balance_date": days(day[bank_day]),
                "balance": money(balance[bank_day]),
            }
        )
        for account, balance in zip(ACCOUNTS, balances, strict=True)
    ]
    pl.concat(frames).sort("balance_date", "account").write_csv(folder / "bank_balances.csv")
    return AccountBalances(ACCOUNTS, day, balances, (main, services, np.zeros_like(main)), bank_day)
