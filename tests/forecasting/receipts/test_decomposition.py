"""Planned billings in the forecast."""

from datetime import timedelta

import pytest

from tests.books import AS_OF, Desk
from tests.ledger_forecasts import forecast, load_regular_ledger


@pytest.mark.slow
def test_a_billing_plan_takes_the_place_of_the_level(book, tmp_path):
    desk = Desk(tmp_path)
    load_regular_ledger(desk)
    usual = forecast(desk)
    folder = tmp_path / "plan"
    folder.mkdir()
    monday = AS_OF + timedelta(days=1)
    lines = [f"{monday + timedelta(days=7 * week)},,0.00" for week in range(13)]
    (folder / "billing_plan.csv").write_text("week_start,segment,amount\n" + "\n".join(lines) + "\n")
    from data.store.load import load  # noqa: PLC0415 - the desk writes no plan

    load(desk.store, [folder])
    planned = forecast(desk)
    assert planned.method["planned"] == [0.0, 0.0, 0.0]
    assert sum(planned.weeks["from_future_invoices"]) == 0
    assert sum(usual.weeks["from_future_invoices"]) > 0
    desk.close()


@pytest.mark.slow
def test_a_plan_of_a_late_week_leaves_the_weeks_before_it_as_they_were(tmp_path):
    desk = Desk(tmp_path)
    load_regular_ledger(desk)
    usual = forecast(desk)
    week = AS_OF + timedelta(days=1 + 7 * 8)
    desk.load(billing_plan=[(week, "", "123456.00")])
    planned = forecast(desk)
    assert planned.weeks["from_open_invoices"].to_list() == usual.weeks["from_open_invoices"].to_list()
    assert planned.weeks["receipts"].head(8).to_list() == usual.weeks["receipts"].head(8).to_list()
    # Invoices at 30 days, paid 3 to 16 days late, come in the fifth to seventh week after.
    assert (planned.weeks["receipts"] - usual.weeks["receipts"]).tail(2).max() > 0
    assert planned.method["planned"][1] == 0.0 < planned.method["planned"][2]
    desk.close()
