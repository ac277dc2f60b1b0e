"""Saved scenarios: read by name, replaced, deleted."""

from pathlib import Path

import pytest

from data.errors import ScenarioError
from reports.answers.whatif import saved_scenarios
from reports.answers.whatif.scenario_file import parse
from tests.books import Desk
from tests.reports.answers.whatif.scenarios import HEAD

pytestmark = pytest.mark.usefixtures("english")


def test_a_saved_scenario_is_read_by_name_until_it_is_deleted(tmp_path):
    desk = Desk(tmp_path)
    desk.load(customers=[("C", "Klant", "winkels", "NL", 30, "")])
    first = parse(f'{HEAD}[[lever]]\nkind = "delay"\nsegment = "win\\u0085\\n\\"kels"\ndays = 7\n')
    saved_scenarios.save(desk.store, first)
    assert saved_scenarios.find_scenario(desk.books(), "x") == first
    with pytest.raises(ScenarioError, match="saved are 'x'"):
        saved_scenarios.find_scenario(desk.books(), "y")
    second = parse(HEAD)
    saved_scenarios.save(desk.store, second)
    assert saved_scenarios.find_scenario(desk.books(), "x") == second
    assert Path(tmp_path / "x").exists() is False
    saved_scenarios.delete(desk.store, "x")
    with pytest.raises(ScenarioError, match="none is saved"):
        saved_scenarios.find_scenario(desk.books(), "x")
    desk.close()
