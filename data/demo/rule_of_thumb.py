"""What the demo company's treasurer expects of the coming weeks, by a rule of thumb of its own.

Open invoices and planned billings come in as late as those of the last year did: per size of customer the
share of the money that came so many days after the due date, and nothing while a customer's office is closed.
It knows no forecasting model, nor any model it.
"""

from dataclasses import dataclass

import numpy as np

from data.demo.bank_days import Bools, Calendar, Floats, Ints
from data.demo.behaviour import closures
from data.demo.company import Company
from data.demo.customers import SIZE_CLASSES
from data.demo.long_overdue import LONG_DAYS, open_amounts

WEEKS = 13
_YEAR = 365
_EARLIEST, _LATEST = -45, 200
_TOGETHER, _SLIP = 0.04, 0.08
"""Spread that all receipts share: of what is received, and for what slips a few days, of a month's billing.
That of each invoice comes on top."""


@dataclass(frozen=True)
class Weeks:
    """Cents per coming week, shape (13,): received and paid so far, and the spread of what is received."""

    received: Floats
    paid: Floats
    spread: Floats

    def balance(self, opening: float) -> Floats:
        """Return the balance expected at the end of each week."""
        return opening + self.received - self.paid


def expect_weeks(
    company: Company, month_billing: float, planned_billing: Floats, out_day: Ints, out_amount: Floats
) -> Weeks:
    """Return what the treasurer expects.

    Args:
        company: what was drawn, up to the end of the history.
        month_billing: mean billing of a month, cents.
        planned_billing: cents to be billed per week.
        out_day: days of payments to come.
        out_amount: their cents.
    """
    calendar = company.calendar
    open_share, amount = _open_shares(company)
    of_size, squared = _amount_size(company)
    billed_share = _billed_shares(company)
    new = np.array([np.dot(planned_billing[: week + 1], billed_share[week::-1]) for week in range(WEEKS)])
    new = _before_closures(company, new)
    received = amount @ open_share + new
    single = (amount**2) @ (open_share * (1 - open_share)) + new * squared / of_size
    paid = np.array([out_amount[out_day <= calendar.as_of + 7 * (week + 1)].sum() for week in range(WEEKS)])
    shared = (_TOGETHER * received) ** 2 + (_SLIP * month_billing) ** 2
    return Weeks(received, paid, np.sqrt(single + shared))


def _recent(company: Company, since: Ints) -> Bools:
    """Tell which invoices fell in the last year by a day of theirs, and stand."""
    calendar, invoices = company.calendar, company.invoices
    return (
        (since > calendar.as_of - _YEAR - _LATEST)
        & (since <= calendar.as_of - _LATEST // 2)
        & (invoices.cancelled > calendar.as_of)
    )


def _open_shares(company: Company) -> tuple[Floats, Floats]:
    """Return per open invoice the share received by the end of each week, shape (n, 13), and its cents."""
    invoices, lines, calendar = company.invoices, company.lines, company.calendar
    size = company.customers.size[invoices.customer]
    late = np.clip(lines.cleared - invoices.due, _EARLIEST, _LATEST) - _EARLIEST
    span = _LATEST - _EARLIEST + 1
    recent = _recent(company, invoices.due)
    left = np.zeros((len(SIZE_CLASSES), span))
    for number in range(len(SIZE_CLASSES)):
        own = recent & (size == number)
        came = np.bincount(late[own], weights=invoices.amount[own], minlength=span) + 1e-6
        left[number] = 1 - np.cumsum(came) / came.sum()
    left = np.maximum(left, 1e-9)
    rest = open_amounts(invoices, lines, calendar)
    # Nobody counts on what is long overdue.
    which = np.flatnonzero((rest > 0) & (invoices.due >= calendar.as_of - LONG_DAYS))
    now = np.clip(calendar.as_of - invoices.due[which], _EARLIEST, _LATEST) - _EARLIEST
    ahead = np.minimum(now[:, None] + _days_to_last_open(company, invoices.customer[which]), span - 1)
    whose = size[which]
    return 1 - left[whose[:, None], ahead] / left[whose, now][:, None], rest[which].astype(np.float64)


def _billed_shares(company: Company) -> Floats:
    """Return the share of a week's billing that has come by the end of that week and the weeks after it."""
    invoices, lines = company.invoices, company.lines
    recent = _recent(company, invoices.due)
    wait = (lines.cleared - invoices.day)[recent]
    amount = invoices.amount[recent].astype(np.float64)
    total = max(amount.sum(), 1.0)
    return np.array([amount[wait <= 7 * week + 3].sum() / total for week in range(WEEKS)])


def _days_to_last_open(company: Company, customer: Ints) -> Ints:
    """Return the days until each customer's last open day by the end of each coming week, shape (n, 13)."""
    as_of = company.calendar.as_of
    ends = as_of + 7 * np.arange(1, WEEKS + 1)[None, :]
    first, _opens = closures(customer[:, None], ends, company.customers, company.calendar)
    return np.maximum(first - 1 - as_of, 0)


def _before_closures(company: Company, received: Floats) -> Floats:
    """Return what is received by the end of each week if who is closed then has paid as the day before."""
    invoices, count = company.invoices, company.customers.count
    billed = np.bincount(
        invoices.customer, weights=_recent(company, invoices.due) * invoices.amount, minlength=count
    )
    own = np.flatnonzero(billed)
    if not len(own):
        return received
    day = _days_to_last_open(company, own)
    until = np.interp(day, 7 * np.arange(WEEKS + 1), np.concatenate([[0.0], received]))
    return np.asarray(billed[own] @ until / billed.sum())


def _amount_size(company: Company) -> tuple[float, float]:
    """Return the mean of an invoice's cents and of their square."""
    amount = company.invoices.amount.astype(np.float64)
    return max(float(amount.mean()), 1.0), float((amount**2).mean())


def spend_day(calendar: Calendar, week: int) -> int:
    """Return the Thursday, or the bank day after it, of a coming week counted from 1."""
    return int(calendar.next_bank_day(np.array(calendar.as_of + 7 * (week - 1) + 4)))
