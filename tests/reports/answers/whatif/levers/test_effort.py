"""Lever `effort`: no customer moves further than the ledger has shown."""

import pytest

from reports.answers.whatif.assumption_text import assumptions
from tests.reports.answers.whatif.scenarios import evaluate_toml

pytestmark = pytest.mark.usefixtures("english")


def test_effort_goes_no_further_than_this_ledgers_better_quarter(ground):
    found = evaluate_toml(ground, 'kind = "effort"\ndays = -60')
    assert found.effects[0].mean_days == pytest.approx(-ground.reactions.days_earlier.mean(), abs=2)
    assert -10 < found.effects[0].mean_days < 0
    assert "no customer is moved further than" in " ".join(assumptions(found))
