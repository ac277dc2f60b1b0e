"""Which lever and which assumption matters most, as numbers and as the rows of the tornado."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reports import language
from reports.answers.whatif.lever import Lever
from reports.answers.whatif.sensitivity import sensitivity
from reports.answers.whatif.tornado_text import tornado_finding, tornado_rows
from tests.reports.answers.whatif.scenarios import START, evaluate_levers, flow

pytestmark = pytest.mark.usefixtures("english")


def test_what_matters_most_comes_first_and_leaving_a_lever_out_takes_its_effect_away(tight_ground):
    outcomes = sensitivity(
        tight_ground, evaluate_levers(tight_ground, flow("40000.00"), Lever("delay", {"days": 3}))
    )
    assert outcomes.is_lowest
    widths = [swing.width for swing in outcomes.swings]
    assert widths == sorted(widths, reverse=True)
    rows = tornado_rows(outcomes)
    assert (rows["high_effect"] - rows["low_effect"]).to_list() == widths
    [one_off] = rows.filter(assumption="One-off payment or receipt").to_dicts()
    assert (one_off["low_said"], one_off["low_effect"]) == ("without", Decimal("-40000.00"))
    assert (one_off["high_said"], one_off["high_effect"]) == ("€60k", Decimal("20000.00"))
    title = tornado_finding(outcomes, rows, "EUR").title
    assert "matters most: it moves the lowest balance" in title


def test_a_lowest_balance_the_levers_leave_alone_is_not_compared(tight_ground):
    late = START + timedelta(days=85)
    outcomes = sensitivity(tight_ground, evaluate_levers(tight_ground, flow("40000.00", late)))
    assert not outcomes.is_lowest
    [one_off] = tornado_rows(outcomes).filter(assumption="One-off payment or receipt").to_dicts()
    assert one_off["low_effect"] == Decimal("-40000.00")


def test_the_estimate_of_how_customers_follow_is_one_of_the_assumptions(tight_ground):
    outcomes = sensitivity(tight_ground, evaluate_levers(tight_ground, Lever("terms", {"days": 14})))
    rows = tornado_rows(outcomes)
    [follow] = rows.filter(assumption="Customers follow the terms").to_dicts()
    assert (follow["low_said"], follow["high_said"]) == ("30%", "100%")
    assert not outcomes.is_lowest
    assert follow["low_effect"] < 0 < follow["high_effect"]
    [terms] = rows.filter(assumption="Payment term").to_dicts()
    # From 30 to 14 days is 16; half as far again is 24: 6 days.
    assert (terms["low_said"], terms["high_said"]) == ("without", "6 d")
    lever = Lever("terms", {"days": 14, "pass_through": Decimal("0.5")})
    given = tornado_rows(sensitivity(tight_ground, evaluate_levers(tight_ground, lever)))
    assert given.filter(assumption="Customers follow the terms").is_empty()


def test_the_result_holds_no_word_of_a_language(tight_ground):
    what_if = evaluate_levers(tight_ground, flow("40000.00"), Lever("terms", {"days": 14}))
    english = tornado_rows(sensitivity(tight_ground, what_if))
    outcomes = sensitivity(tight_ground, what_if)
    language.use("nl")
    dutch = tornado_rows(outcomes)
    assert dutch["low_effect"].to_list() == english["low_effect"].to_list()
    assert "Betalingstermijn" in dutch["assumption"].to_list()
    assert "Payment term" in english["assumption"].to_list()
