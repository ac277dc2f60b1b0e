"""What the demo company expects: planned payments and a billing plan."""

from dataclasses import dataclass, replace
from datetime import timedelta
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


@dataclass(frozen=True)
class PlannedLine:
    """A line of planned_cash.csv: cents to pay, first day, and how often."""

    label: str
    category: str
    amount: int
    first: int
    repeat: str


def planned_lines(costs: Costs, bill_amount: Ints, calendar: Calendar) -> list[PlannedLine]:
    """Return what each kind of cost takes since a year ago, and purchases not yet billed.

    The year behind is planned too, so that a forecast made afterwards from one of its days knows of wages.
    """
    lines: list[PlannedLine] = []
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
        lines.append(PlannedLine(label, CATEGORIES[category], int(several.mean()), first, REPEATS[category]))
    may = next(
        month for month in ahead if month.month == MAY and pay_day(PAYROLL, month, calendar) > calendar.as_of
    )
    holiday = int(lines[PAYROLL].amount * HOLIDAY_PAY)
    paid = _year_before(pay_day(PAYROLL, may, calendar))
    lines.append(PlannedLine("Vakantiegeld", "payroll", holiday, paid, "yearly"))
    weekly = int(bill_amount.sum() / ((calendar.as_of - calendar.start + 1) / 7) * 1.08)
    thursday = int(calendar.next_run(bank_days.THURSDAY, np.array(calendar.as_of + BILL_TERMS + 1)))
    lines.append(PlannedLine("Inkoop: nog te ontvangen facturen", "suppliers", weekly, thursday, "weekly"))
    return [replace(line, amount=line.amount // 10_000 * 10_000) for line in lines]


def write_planned(folder: Path, lines: list[PlannedLine]) -> None:
    """Write planned_cash.csv."""
    pl.DataFrame(
        {
            "line_id": [f"P{position:02}" for position in range(1, len(lines) + 1)],
            "label": [line.label for line in lines],
            "category": [line.category for line in lines],
            "amount": money(-np.array([line.amount for line in lines], dtype=np.int64)),
            "first_date": days(np.array([line.first for line in lines], dtype=np.int64)),
            "repeat": [line.repeat for line in lines],
            "until": pl.Series([None] * len(lines), dtype=pl.Date),
        }
    ).write_csv(folder / "planned_cash.csv")


def coming_payments(lines: list[PlannedLine], calendar: Calendar, *, until: int) -> tuple[Ints, Ints]:
    """Return day and cents of each payment that the lines plan after the history, up to a day."""
    payments = [
        (day, line.amount) for line in lines for day in _days_of(line, until) if calendar.as_of < day <= until
    ]
    rows = np.array(payments, dtype=np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def _days_of(line: PlannedLine, until: int) -> list[int]:
    """Return the days of a line up to a day, the first included."""
    if line.repeat == "weekly":
        return list(range(line.first, until + 1, 7))
    step = {"monthly": 1, "quarterly": 3, "yearly": 12}.get(line.repeat)
    first = calendar_day(line.first)
    month, result = first.replace(day=1), []
    while number(month) <= until:
        last = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        result.append(number(month.replace(day=min(first.day, last.day))))
        if step is None:
            break
        for _ in range(step):
            month = (month + timedelta(days=32)).replace(day=1)
    return result


def _year_before(day: int) -> int:
    on = calendar_day(day)
    return number(on.replace(year=on.year - 1, day=min(on.day, 28 if on.month == _FEBRUARY else on.day)))


def billing_plan(company: Company, rng: np.random.Generator) -> pl.DataFrame:
    """Return the rows of billing_plan.csv: what the coming 13 weeks would bill, per segment, within 3%."""
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
    return pl.concat(frames).sort("week_start", "segment")
