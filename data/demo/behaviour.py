"""When each invoice of the demo company would be paid, were nothing the matter with it."""

import numpy as np

from data.demo.bank_days import NEVER, Bools, Calendar, Floats, Ints, random_stream
from data.demo.customers import (
    HANDED_OVER,
    LAST_NAMED,
    RECOVERED_SINCE,
    RECOVERING,
    SLIDE_DAYS,
    SLIDE_SINCE,
    SLIDING,
    Customers,
)
from data.demo.invoices import Invoices

_MOOD_SPREAD, _MOOD_MEMORY, _MOOD_ON_LATENESS = 0.45, 0.6, 0.4
_LATE_SPREAD = 0.7
_EARLY_SHARE, _EARLY_DAYS = 0.45, 3.5
_NEVER_SHARE = 0.0025
_MONTH_DAYS = 31
_SUMMER_DAYS = 14
_CHRISTMAS_FROM, _CHRISTMAS_DAYS, _NEW_YEAR = 357, 12, 3
_BAD_ON_TIME, _BAD_LATE_DAYS, _GOOD_ON_TIME = 0.07, 30.0, 0.96
_DECLINE_DAYS, _DECLINE = 90, 15
_LAST_BILLS = 2
_WARNING_DAYS, _LATER_EVERY, _LATEST = 170, 5, 24


def pay_days(invoices: Invoices, customers: Customers, calendar: Calendar, seed: int) -> Ints:
    """Return the day each invoice is paid; NEVER if cancelled or left open for good.

    Customers pay in runs: a payment meant to be in time leaves with the last run before the due date, a
    late one with the first run after. Months differ per customer, so that lateness comes in spells.
    """
    rng = random_stream(seed, "behaviour")
    customer = invoices.customer
    mood = _moods(customers.count, calendar, rng)[customer, (invoices.day - calendar.start) // _MONTH_DAYS]
    in_time = _run_in_time(invoices, customers, calendar, rng)
    late = _run_when_late(invoices, customers, calendar, mood, rng=rng)
    meant = _means_to_pay_in_time(invoices, customers, calendar, mood, rng)
    pay = _after_closure(np.where(meant, in_time, late), customer, customers, calendar)
    pay = _stories(pay, in_time, invoices, customers, calendar, rng=rng)
    failing = customers.fails[customer]
    pay = np.where(pay >= failing - _DECLINE_DAYS, pay + _DECLINE, pay)
    bad_faith = (rng.random(invoices.count) < _NEVER_SHARE) & (customer > LAST_NAMED)
    lost = (pay >= failing) | _last_bills(invoices, customers) | bad_faith | (invoices.cancelled < NEVER)
    return np.where(lost, NEVER, calendar.next_run(customers.run[customer], pay))


def _last_bills(invoices: Invoices, customers: Customers) -> Bools:
    """Tell which invoices a customer that fails left unpaid: its last two, or more by the day it failed."""
    last = np.zeros(invoices.count, dtype=np.bool_)
    stands = invoices.cancelled == NEVER
    for customer in np.flatnonzero(customers.fails < NEVER).tolist():
        last[np.flatnonzero((invoices.customer == customer) & stands)[-_LAST_BILLS:]] = True
    return last


def _moods(count: int, calendar: Calendar, rng: np.random.Generator) -> Floats:
    """Return how well each customer is paying in each month, 0 = as usual, with some memory."""
    months = (calendar.as_of - calendar.start) // _MONTH_DAYS + 1
    moods = rng.normal(0.0, _MOOD_SPREAD, (count, months))
    for month in range(1, months):
        fresh = np.sqrt(1 - _MOOD_MEMORY**2) * moods[:, month]
        moods[:, month] = _MOOD_MEMORY * moods[:, month - 1] + fresh
    moods[: LAST_NAMED + 1] = 0.0  # their stories are told without spells of other causes
    return moods


def _means_to_pay_in_time(
    invoices: Invoices, customers: Customers, calendar: Calendar, mood: Floats, rng: np.random.Generator
) -> Bools:
    share = customers.on_time[invoices.customer]
    bad = invoices.day < calendar.as_of - RECOVERED_SINCE
    share = np.where(invoices.customer == RECOVERING, np.where(bad, _BAD_ON_TIME, _GOOD_ON_TIME), share)
    odds = np.log(share / (1 - share)) + mood
    return rng.random(invoices.count) < 1 / (1 + np.exp(-odds))


def _run_in_time(
    invoices: Invoices, customers: Customers, calendar: Calendar, rng: np.random.Generator
) -> Ints:
    run = customers.run[invoices.customer]
    early = np.floor(rng.exponential(_EARLY_DAYS, invoices.count)).astype(np.int64)
    early = np.where(rng.random(invoices.count) < _EARLY_SHARE, np.minimum(early, invoices.terms - 3), 0)
    early[customers.direct_debit[invoices.customer]] = 0
    chosen = calendar.previous_run(run, invoices.habit_due - early)
    return np.where(chosen > invoices.day, chosen, calendar.next_run(run, invoices.day + 1))


def _run_when_late(
    invoices: Invoices,
    customers: Customers,
    calendar: Calendar,
    mood: Floats,
    *,
    rng: np.random.Generator,
) -> Ints:
    recovering = (invoices.customer == RECOVERING) & (invoices.day < calendar.as_of - RECOVERED_SINCE)
    middle = np.where(recovering, _BAD_LATE_DAYS, customers.late_days[invoices.customer])
    spread = rng.normal(0.0, _LATE_SPREAD, invoices.count) * np.where(recovering, 0.5, 1.0)
    days = 1 + np.floor(middle * np.exp(spread - _MOOD_ON_LATENESS * mood)).astype(np.int64)
    trouble = rng.random(invoices.count) < customers.trouble[invoices.customer]
    days = np.where(trouble, rng.integers(45, 135, invoices.count), np.minimum(days, 120))
    return calendar.next_run(customers.run[invoices.customer], invoices.habit_due + days)


def closures(customer: Ints, day: Ints, customers: Customers, calendar: Calendar) -> tuple[Ints, Ints]:
    """Return the first day of the closure a day falls in, and the day the customer's office opens again.

    Where the office is open, that are the next day and the day itself. Shapes are those of both together.
    """
    on = calendar.day_of_year[calendar.position(day)]
    summer = customers.summer[customer]
    into = on - summer
    in_summer = (summer > 0) & (into >= 0) & (into < _SUMMER_DAYS)
    is_new = on < _NEW_YEAR
    since = np.where(is_new, on + _CHRISTMAS_DAYS - _NEW_YEAR - 1, on - _CHRISTMAS_FROM)
    away = customers.christmas[customer] & ((on >= _CHRISTMAS_FROM) | is_new)
    first = np.where(in_summer, day - into, np.where(away, day - since, day + 1))
    # What was meant for the first days of January goes out on the first day back, the rest a day later.
    length = np.where(in_summer, _SUMMER_DAYS, np.where(away, _CHRISTMAS_DAYS - is_new, -1))
    return first, first + length


def _after_closure(pay: Ints, customer: Ints, customers: Customers, calendar: Calendar) -> Ints:
    """Move payments out of the weeks in which the customer's office is closed."""
    _first, opens = closures(customer, pay, customers, calendar)
    return np.where(opens > pay, calendar.next_run(customers.run[customer], opens), pay)


def _stories(
    pay: Ints,
    in_time: Ints,
    invoices: Invoices,
    customers: Customers,
    calendar: Calendar,
    *,
    rng: np.random.Generator,
) -> Ints:
    """Let one customer slide, one recover, and one pay later and later until it fails.

    The one that recovers clears its arrears within two weeks.
    """
    run = customers.run[invoices.customer]
    slides = (invoices.customer == SLIDING) & (pay >= calendar.as_of - SLIDE_SINCE)
    pay = np.where(slides, calendar.next_run(run, pay + SLIDE_DAYS), pay)
    since = pay - (customers.fails[HANDED_OVER] - _WARNING_DAYS)
    worse = (invoices.customer == HANDED_OVER) & (since >= 0)
    pay = np.where(worse, calendar.next_run(run, pay + np.minimum(since // _LATER_EVERY, _LATEST)), pay)
    turn = calendar.as_of - RECOVERED_SINCE
    cleared = calendar.next_run(run, turn + rng.integers(0, 14, invoices.count))
    clears = (invoices.customer == RECOVERING) & (invoices.day < turn)
    return np.where(clears, np.minimum(pay, np.maximum(in_time, cleared)), pay)
