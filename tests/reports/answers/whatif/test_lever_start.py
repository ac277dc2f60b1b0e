"""A lever with a first day of its own, beside levers that start with the scenario."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from reports.answers.whatif.assumption_text import assumptions
from reports.answers.whatif.evaluate import evaluate
from reports.answers.whatif.json_output import as_json
from reports.answers.whatif.lever import Lever, Scenario
from reports.answers.whatif.outcome_text import outcome_finding
from reports.packs.plain_text import json_text
from tests.reports.answers.whatif.scenarios import START, column, evaluate_levers, flow

pytestmark = pytest.mark.usefixtures("english")

LATER = START + timedelta(days=35)
LEVERS = (
    Lever("terms", {"change": -14}),
    Lever("discount", {"percent": Decimal(2), "days": 8, "uptake": Decimal("0.3")}),
    Lever("instalments", {"parts": 3, "every_days": 30}),
    Lever("effort", {"days": -5}),
    Lever("delay", {"days": 9}),
    Lever("sales", {"percent": Decimal(-10)}),
    Lever("supplier_terms", {"change": 7}),
)


def printed(what_if) -> str:
    return json_text(as_json(what_if))


@pytest.mark.parametrize("lever", LEVERS, ids=[lever.kind for lever in LEVERS])
def test_a_start_equal_to_that_of_the_scenario_changes_no_byte(tight_ground, lever):
    same = evaluate_levers(tight_ground, replace(lever, start=START))
    assert printed(same) == printed(evaluate_levers(tight_ground, lever))


@pytest.mark.parametrize("lever", LEVERS, ids=[lever.kind for lever in LEVERS])
def test_a_later_start_does_what_a_scenario_of_that_day_does(tight_ground, lever):
    own = evaluate_levers(tight_ground, replace(lever, start=LATER))
    whole = evaluate(tight_ground, Scenario("x", LATER, levers=(lever,)))
    assert own.difference.equals(whole.difference)
    assert own.after.weeks.equals(whole.after.weeks)
    assert not own.difference.equals(evaluate_levers(tight_ground, lever).difference)


def test_each_lever_works_from_its_own_day(tight_ground):
    delay = replace(LEVERS[4], start=LATER)
    both = evaluate_levers(tight_ground, flow("500.00"), delay)
    # The first five weeks hold only the 500.00; what would be paid from the sixth on comes nine days later.
    assert column(both, "closing")[:5] == [Decimal("500.00")] * 5
    assert column(both, "closing")[5] < 500


def test_what_a_start_does_is_told_where_it_is_not_expected(tight_ground):
    last = tight_ground.forecast.as_of + timedelta(days=7 * 13)

    def words(lever: Lever) -> str:
        sentences = assumptions(evaluate(tight_ground, Scenario("x", levers=(lever,))))
        return "\n".join(sentences).replace("\xa0", " ")

    delay = Lever("delay", {"days": 9})
    assert "after the last week: it changes nothing" in words(replace(delay, start=last + timedelta(days=1)))
    assert "its start, 1 Jan 2020, is past: it works from 29 Jun 2026." in words(
        replace(delay, start=date(2020, 1, 1))
    )
    assert "has a date of its own: its start, 3 Aug 2026, changes nothing" in words(
        replace(flow("5.00"), start=LATER)
    )
    assert "moves what would be paid on 3 Aug 2026 or later" in words(replace(delay, start=LATER))
    what_if = evaluate_levers(tight_ground, replace(delay, start=LATER))
    assert "+9 days, everybody, from 3 Aug 2026." in outcome_finding(
        what_if, {}, Decimal("0.06")
    ).method.replace("\xa0", " ")
