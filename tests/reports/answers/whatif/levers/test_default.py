"""Lever `default`: who fails pays what is recovered."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reports.answers.whatif.assumption_text import assumptions
from tests.books import AS_OF
from tests.reports.answers.whatif.scenarios import START, column, evaluate_toml

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.slow
def test_who_all_fail_pay_nothing_and_no_course_owes(ground):
    lever = f'kind = "default"\ndate = {START}\nrecovery = 0'
    weeks = evaluate_toml(ground, lever).after.weeks
    assert set(weeks["from_open_invoices"]) == {Decimal("0.00")}
    assert all(value >= 0 for name in ("receipts", "receipts_p2_5") for value in weeks[name])


def test_a_default_takes_only_these_customers_receipts(ground):
    found = evaluate_toml(ground, f'kind = "default"\ncustomers = ["C0"]\ndate = {START}\nrecovery = 0.25')
    assert found.customers["customer_id"].to_list() == ["C0"]
    whole = evaluate_toml(ground, f'kind = "default"\ncustomers = ["C0"]\ndate = {START}\nrecovery = 0')
    assert float(sum(column(found, "receipts"))) == pytest.approx(
        0.75 * float(sum(column(whole, "receipts")))
    )


def test_a_default_after_the_last_week_is_said_to_change_nothing(ground):
    last = AS_OF + timedelta(days=91)
    for day, is_said in ((last, False), (last + timedelta(days=1), True)):
        found = evaluate_toml(ground, f'kind = "default"\ncustomers = ["C1"]\ndate = {day}\nrecovery = 0')
        assert (
            any("is in none of the weeks: it changes nothing" in one for one in assumptions(found)) is is_said
        )
    assert set(column(found, "closing")) == {Decimal(0)}
