"""The outcome in words: what becomes of the lowest balance, four tiles, the levers."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reports.answers.whatif.evaluate import WhatIf, evaluate
from reports.answers.whatif.lever import Lever
from reports.answers.whatif.outcome_text import outcome_finding, outcome_tiles
from reports.answers.whatif.scenario_file import parse
from tests.reports.answers.whatif.scenarios import START, evaluate_levers, flow

pytestmark = pytest.mark.usefixtures("english")


def title(what_if: WhatIf) -> str:
    return outcome_finding(what_if, {}, Decimal("0.06")).title.replace("\xa0", " ").replace("\u202f", " ")


def test_the_title_gives_what_the_lever_brings_and_the_lowest_balance_only_where_it_moves(tight_ground):
    low = tight_ground.forecast.lowest["closing"]
    assert title(evaluate_levers(tight_ground)).startswith("No difference: the lowest balance stays ")
    better = title(evaluate_levers(tight_ground, flow("50000.00")))
    assert better.startswith("€50,000 in on 29 Jun 2026; the lowest balance rises from ")
    worse = title(evaluate_levers(tight_ground, flow("-50000.00")))
    assert "€50,000 out on 29 Jun 2026; " in worse
    assert "the lowest balance falls from " in worse
    # The lowest balance is in the sixth week: what happens in the last one leaves it alone.
    assert title(evaluate_levers(tight_ground, flow("1000.00", START + timedelta(days=90)))) == (
        "€1,000 in on 27 Sep 2026"
    )
    # Half a percent of the lowest balance is no news; its minimum is.
    little = evaluate_levers(tight_ground, flow(f"{low / 200:.2f}"))
    assert ";" not in title(little)
    crossed = evaluate_levers(tight_ground, flow("1.00"), minimum_cash=low + 10)
    assert "; 1 week below the minimum instead of 0" in title(crossed)


def test_tiles_give_the_figure_before_and_its_change(tight_ground):
    unchanged = outcome_tiles(evaluate_levers(tight_ground))
    assert [tile.change for tile in unchanged] == ["no change"] * 4
    better = {tile.key: tile for tile in outcome_tiles(evaluate_levers(tight_ground, flow("10000.00")))}
    assert (better["last"].change, better["last"].tone) == ("+€10,000", "cash")
    late = evaluate_levers(tight_ground, Lever("delay", {"days": 9}))
    worse = {tile.key: tile for tile in outcome_tiles(late)}
    assert worse["dso"].tone == "out"
    assert worse["dso"].change.startswith("+")


def test_the_method_names_the_levers_and_their_first_day(tight_ground):
    scenario = parse('name = "x"\n[[lever]]\nkind = "terms"\nsegment = "Groot"\ndays = 14\n')
    method = outcome_finding(evaluate(tight_ground, scenario), {}, Decimal("0.06")).method.replace(
        "\xa0", " "
    )
    assert method.startswith(
        "Payment term 14 days, Groot. From 29 Jun 2026, on the forecast as of 28 Jun 2026"
    )
    unchanged = outcome_finding(evaluate_levers(tight_ground), {}, Decimal("0.06")).method
    assert unchanged.startswith("No levers: the scenario is the forecast")
