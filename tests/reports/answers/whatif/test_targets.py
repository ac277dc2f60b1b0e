"""A target: the invoices that have to come in."""

from datetime import timedelta
from decimal import Decimal

import polars as pl
import pytest

from tests.reports.answers.whatif.scenarios import START, column, evaluate_toml

pytestmark = pytest.mark.usefixtures("english")


def test_a_target_names_the_invoices_that_must_come_in_likely_and_large_first(ground):
    day = START + timedelta(days=20)
    found = evaluate_toml(ground, f'kind = "target"\ndate = {day}\nmax_overdue = 20000.00')
    [target] = found.targets
    opened = ground.forecast.invoices.filter(pl.col("due_date") < day)
    assert target.must_come_in == opened["open_amount"].sum() - Decimal("20000.00")
    listed = target.invoices
    assert listed["so_far"].to_list()[-1] >= target.must_come_in > listed["so_far"].to_list()[-2]
    assert (listed["due_date"] < day).all()
    worth = listed["probability_paid_by"] * listed["open_amount"].cast(pl.Float64)
    assert worth.to_list() == sorted(worth, reverse=True)
    assert set(column(found, "closing")) == {Decimal("0.00")}
    [easy] = evaluate_toml(ground, f'kind = "target"\ndate = {day}\nmax_overdue = 99999999').targets
    assert (easy.must_come_in, easy.invoices.height) == (Decimal("0.00"), 0)
