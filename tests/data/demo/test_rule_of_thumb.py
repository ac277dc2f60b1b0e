"""What the demo company's treasurer expects: nothing while a customer's office is closed."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.demo import cash, write_company
from data.demo.bank_days import calendar_day, make_calendar, number
from data.demo.behaviour import closures
from data.demo.customers import make_customers
from data.demo.rule_of_thumb import expect_weeks
from tests.data.demo.company_files import AS_OF


@pytest.mark.parametrize(
    ("day", "first", "opens"),
    [
        (date(2026, 7, 18), date(2026, 7, 19), date(2026, 7, 18)),  # the day before
        (date(2026, 7, 19), date(2026, 7, 19), date(2026, 8, 2)),  # day 200 of the year
        (date(2026, 8, 1), date(2026, 7, 19), date(2026, 8, 2)),
        (date(2026, 8, 2), date(2026, 8, 3), date(2026, 8, 2)),
        (date(2026, 12, 22), date(2026, 12, 23), date(2026, 12, 22)),
        (date(2026, 12, 26), date(2026, 12, 23), date(2027, 1, 4)),
        (date(2027, 1, 2), date(2026, 12, 23), date(2027, 1, 3)),
    ],
)
def test_an_office_is_closed_two_weeks_in_summer_and_twelve_days_at_christmas(
    day: date, first: date, opens: date
) -> None:
    calendar = make_calendar(AS_OF)
    customers = make_customers(40, 1, calendar)
    one = replace(
        customers,
        summer=np.full(customers.count, 200),
        christmas=np.ones(customers.count, dtype=np.bool_),
    )
    found = closures(np.array([5]), np.array([number(day)]), one, calendar)
    assert [calendar_day(int(part[0])) for part in found] == [first, opens]


def test_the_week_of_christmas_brings_little_if_every_customer_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def keep(*arguments: Any) -> Any:
        asked.append(arguments)
        return expect_weeks(*arguments)

    monkeypatch.setattr(cash, "expect_weeks", keep)
    write_company(tmp_path, invoices=400, as_of=AS_OF)
    company, *rest = asked[0]
    everyone = np.ones(company.customers.count, dtype=np.bool_)
    received = {
        is_closed: np.diff(
            expect_weeks(
                replace(company, customers=replace(company.customers, christmas=everyone & is_closed)), *rest
            ).received,
            prepend=0.0,
        )
        for is_closed in (False, True)
    }
    # Week 5 is that of 21 December: who is closed from the 23rd pays on two of its days, and the rest later.
    assert 0 < received[True][4] < received[False][4] / 2
    assert received[True][:4] == pytest.approx(received[False][:4])
    assert received[True][5] > received[False][5]
    assert received[True].sum() == pytest.approx(received[False].sum())
