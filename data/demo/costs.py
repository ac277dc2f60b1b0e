"""What the demo company pays to others than its suppliers: wages, taxes, rent and a loan."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.demo import bank_days
from data.demo.bank_days import Calendar, Floats, Ints, calendar_day, number

CATEGORIES = ("payroll", "tax", "vat", "rent", "loan")


LABELS = ("Salarissen", "Loonheffing en pensioen", "Btw-aangifte", "Huur", "Lening: aflossing en rente")
PAYROLL, TAX, VAT, RENT, LOAN = range(5)
REPEATS = ("monthly", "monthly", "quarterly", "monthly", "quarterly")

BANK_DAYS = 730
TIGHTEST = 0.05
BILL_TERMS = 30
HOLIDAY_PAY, _LEAST_LABOUR = 0.9, 0.02
MAY, _PAYDAY = 5, 25
_RENT_SHARE, _LOAN_SHARE, _TAX_SHARE = 0.03, 0.05, 0.3
_QUARTER_PAID = (1, 4, 7, 10)
_LOAN_PAID = (3, 6, 9, 12)


@dataclass(frozen=True)
class Costs:
    """One entry per payment other than to suppliers: day, cents (positive), category."""

    day: Ints
    amount: Ints
    category: Ints


def months(calendar: Calendar, *, until: int) -> list[date]:
    """Return the first day of every month of the history, up to a day."""
    first = calendar_day(calendar.start).replace(day=1)
    first_days = []
    while number(first) <= until:
        first_days.append(first)
        first = (first + timedelta(days=32)).replace(day=1)
    return first_days


def pay_day(category: int, month: date, calendar: Calendar) -> int:
    """Return the bank day in a month on which a kind of cost is paid."""
    last = number((month + timedelta(days=32)).replace(day=1)) - 1
    if category == PAYROLL:
        return int(calendar.previous_run(bank_days.DAILY, np.array(number(month.replace(day=_PAYDAY)))))
    if category == RENT:
        return int(calendar.next_bank_day(np.array(number(month))))
    return int(calendar.previous_run(bank_days.DAILY, np.array(last)))


def is_paid_in(category: int, month: int) -> bool:
    return month in {VAT: _QUARTER_PAID, LOAN: _LOAN_PAID}.get(category, range(1, 13))


def make_costs(month_billing: float, left: Ints, vat: Floats, calendar: Calendar) -> Costs:
    """Return payroll, wage tax, VAT, rent and loan over the history.

    Args:
        month_billing: mean billing of a month, cents.
        left: receipts less bills paid, per day of the history, cents.
        vat: VAT billed less VAT on bills, per day of the history.
        calendar: the calendar.
    """
    all_months = months(calendar, until=calendar.as_of)
    years = np.arange(len(all_months)) / 12
    growth = 1.04**years
    rows: list[tuple[int, float, int]] = []
    for position, month in enumerate(all_months):
        quarter = [number(month) - 92 + offset - calendar.start for offset in (0, 92)]
        due = {RENT: month_billing * _RENT_SHARE, LOAN: month_billing * _LOAN_SHARE}
        due[VAT] = max(float(vat[max(quarter[0], 0) : max(quarter[1], 0)].sum()), 0.0)
        due[PAYROLL] = growth[position] * (1 + HOLIDAY_PAY * (month.month == MAY))
        due[TAX] = growth[position] * _TAX_SHARE
        rows.extend(
            (pay_day(category, month, calendar), amount, category)
            for category, amount in due.items()
            if is_paid_in(category, month.month)
        )
    rows = sorted(row for row in rows if calendar.start <= row[0] <= calendar.as_of)
    day = np.array([row[0] for row in rows], dtype=np.int64)
    amount = np.array([row[1] for row in rows])
    category = np.array([row[2] for row in rows], dtype=np.int64)
    # Wages take what the rest leaves over the days shown, so that the balance neither soars nor sinks.
    labour, shown = np.isin(category, (PAYROLL, TAX)), day > calendar.as_of - BANK_DAYS
    available = float(left[-BANK_DAYS:].sum()) - amount[shown & ~labour].sum() - TIGHTEST * month_billing
    scale = max(available / amount[shown & labour].sum(), month_billing * _LEAST_LABOUR)
    amount = np.where(labour, amount * scale, amount)
    return Costs(day=day, amount=np.rint(amount / 100).astype(np.int64) * 100, category=category)
