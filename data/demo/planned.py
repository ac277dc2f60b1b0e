"""What the demo company expects: planned payments and a billing plan."""

from pathlib import Path

import numpy as np
import polars as pl

from data.demo import bank_days
from data.demo.bank_days import Calendar, Ints, calendar_day, number
from data.demo.company import Company
from data.demo.costs import (
    BILL_TERMS,
    CATEGORIES,
    HOLIDAY_PAY,
    LABELS,
    MAY,
    PAYROLL,
    REPEATS,
    TAX,
    VAT,
    Costs,
    is_paid_in,
    months,
    pay_day,
)
from data.demo.invoices import billing_rhythm
from data.demo.write import days, money, segment_of

_PLAN_WEEKS = 13
_SUNDAY = 6
_FEBRUARY = 2


def write_planned(folder: Path, costs: Costs, bill_amount: Ints, calendar: Calendar) -> None:
    """Write planned_cash.csv: what each kind of cost takes since a year ago, and purchases not yet billed.

    The year behind is planned too, so that a forecast made afterwards from one of its days knows of wages.
    """
    rows = []
    ahead = [
        month for month in months(calendar, until=calendar.as_of + 400) if number(month) > calendar.as_of - 31
    ]
    for category, label in enumerate(LABELS):
        past = costs.amount[costs.category == category]
        several = past[-4:] if category == VAT else past[-1:]
        if category in (PAYROLL, TAX):
            # May holds the holiday pay: the usual month is the middle one.
            several = np.sort(past[-3:])[[len(past[-3:]) // 2]]
        pays = [pay_day(category, month, calendar) for month in ahead if is_paid_in(category, month.month)]
        first = _year_before(next(day for day in pays if day > calendar.as_of))
        rows.append((label, CATEGORIES[category], int(several.mean()), first, REPEATS[category]))
    may = next(
        month for month in ahead if month.month == MAY and pay_day(PAYROLL, month, calendar) > calendar.as_of
    )
    holiday = int(rows[PAYROLL][2] * HOLIDAY_PAY)
    paid = _year_before(pay_day(PAYROLL, may, calendar))
    rows.append(("Vakantiegeld", "payroll", holiday, paid, "yearly"))
    weekly = int(bill_amount.sum() / ((calendar.as_of - calendar.start + 1) / 7) * 1.08)
    thursday = int(calendar.next_run(bank_days.THURSDAY, np.array(calendar.as_of + BILL_TERMS + 1)))
    rows.append(("Inkoop: nog te ontvangen facturen", "suppliers", weekly, thursday, "weekly"))
    pl.DataFrame(
        {
            "line_id": [f"P{position:02}" for position in range(1, len(rows) + 1)],
            "label": [row[0] for row in rows],
            "category": [row[1] for row in rows],
            "amount": money(-np.array([row[2] // 10_000 * 10_000 for row in rows], dtype=np.int64)),
            "first_date": days(np.array([row[3] for row in rows], dtype=np.int64)),
            "repeat": [row[4] for row in rows],
            "until": pl.Series([None] * len(rows), dtype=pl.Date),
        }
    ).write_csv(folder / "planned_cash.csv")


def _year_before(day: int) -> int:
    on = calendar_day(day)
    return number(on.replace(year=on.year - 1, day=min(on.day, 28 if on.month == _FEBRUARY else on.day)))


def write_billing_plan(folder: Path, company: Company, rng: np.random.Generator) -> None:
    """Write billing_plan.csv: what the coming 13 weeks would bill, per segment, within some 3 percent."""
    invoices, notes, customers, calendar = (
        company.invoices,
        company.notes,
        company.customers,
        company.calendar,
    )
    rhythm = billing_rhythm(calendar)
    today = calendar.as_of - calendar.base
    segments = segment_of(customers).to_list()
    weekday = int(calendar.weekday[today])
    monday = calendar.as_of + (1 if weekday == _SUNDAY else -weekday)
    weeks = monday + 7 * np.arange(_PLAN_WEEKS + (weekday != _SUNDAY))
    level = rhythm[today - 364 : today + 1].sum()
    share = (
        np.array([rhythm[week - calendar.base : week - calendar.base + 7].sum() for week in weeks]) / level
    )
    owner = np.concatenate([invoices.customer, notes.customer])
    day = np.concatenate([invoices.day, notes.day])
    amount = np.concatenate([invoices.amount, notes.amount])
    recent = (day > calendar.as_of - 365) & (day <= calendar.as_of)
    year = np.bincount(owner[recent], weights=amount[recent], minlength=customers.count)
    frames = []
    for segment in sorted(set(segments)):
        billed = year[[position for position, own in enumerate(segments) if own == segment]].sum()
        plan = (
            np.rint(billed * share * (1 + rng.uniform(-0.03, 0.03, len(weeks))) / 10_000).astype(np.int64)
            * 10_000
        )
        frames.append(
            pl.DataFrame(
                {"week_start": days(weeks), "segment": [segment] * len(weeks), "amount": money(plan)}
            )
        )
    pl.concat(frames).sort("week_start", "segment").write_csv(folder / "billing_plan.csv")
