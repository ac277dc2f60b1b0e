"""What money costs: 6% a year until it is set, then the same for screen and command line."""

from decimal import Decimal

import pytest

from reports.answers.whatif.cost_of_money import cost_of_money
from reports.answers.whatif.lever import Lever
from reports.answers.whatif.outcome_sentences import outcome_sentences
from tests.reports.answers.whatif.scenarios import evaluate_levers


@pytest.mark.slow
def test_money_costs_six_percent_until_another_rate_is_set(desk):
    desk.load(settings=[("credit_line", "100.00")])
    assert cost_of_money(desk.books().ask("settings")) == Decimal("0.06")
    desk.load(settings=[("cost_of_money", "8.25")])
    assert cost_of_money(desk.books().ask("settings")) == Decimal("0.0825")


@pytest.mark.parametrize("value", ["100.01", "-1", "6,5", "1000"])
def test_a_rate_that_cannot_be_is_refused(desk, value):
    desk.load(settings=[("cost_of_money", value)])
    assert desk.ask("settings") == []
    assert len(desk.ask("rejects")) == 1


@pytest.mark.usefixtures("english")
def test_the_command_line_values_cash_at_the_rate_that_is_set(tight_ground):
    what_if = evaluate_levers(tight_ground, Lever("terms", {"days": 14}))
    first, dearer = (outcome_sentences(what_if, Decimal(rate))[0] for rate in ("0.06", "0.12"))
    assert "at 6%" in first
    assert "at 12%" in dearer
