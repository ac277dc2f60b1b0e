"""The billing plan in the forecast: the share of expected billings it replaces."""

from datetime import date, timedelta

import pytest

from reports.answers.forecast import notes
from reports.answers.forecast.cash_forecast import cash_forecast, history
from reports.answers.forecast.plan.planned_billings import planned_billings
from tests.books import AS_OF

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.slow
def test_a_plan_of_one_segment_takes_the_place_of_its_share_alone(desk):
    # Every week "Groot" bills 300.00 and "Klein" 100.00: a quarter.
    customers = [("A", "A", "Groot", "NL", 30, ""), ("B", "B", "Klein", "NL", 30, "")]
    invoices = [
        (f"{who}{week}", who, "invoice", AS_OF - timedelta(days=7 * week + 3), "", "EUR", amount)
        for who, amount in (("A", "300.00"), ("B", "100.00"))
        for week in range(26)
    ]
    week = AS_OF + timedelta(days=1)
    desk.load(customers=customers, invoices=invoices, billing_plan=[(week, "Klein", "50.00")])

    def planned(as_of: date = AS_OF) -> tuple[list[float], list[float], tuple[str, ...]]:
        past = history(desk.books(), as_of=as_of, weeks=13)
        plan, unknown = planned_billings(desk.books(), past, as_of=as_of, known_on=None)
        return plan.amount.round(6).tolist()[:2], plan.share.round(6).tolist()[:2], unknown

    assert planned() == ([50.0, 0.0], [0.25, 0.0], ())
    # From a Wednesday the plan's last four days are in the first week.
    assert planned(AS_OF + timedelta(days=3)) == (
        [round(50 * 4 / 7, 6), 0.0],
        [round(0.25 * 4 / 7, 6), 0.0],
        (),
    )
    desk.load(billing_plan=[(week, "Klein", "50.00"), (week, "Grooot", "9.00"), (week, "", "")])
    assert planned() == ([59.0, 0.0], [0.25, 0.0], ("Grooot",))
    said = notes.notes(cash_forecast(desk.books(), as_of=AS_OF), is_filtered=False)
    assert any("a segment no document is of: Grooot." in sentence for sentence in said)
