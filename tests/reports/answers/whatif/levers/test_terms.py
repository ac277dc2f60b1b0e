"""Lever `terms`: bounds, the estimate it rests on, and the sentences about it."""

from dataclasses import replace

import numpy as np
import pytest

from data.errors import ScenarioError
from reports.answers.whatif.assumption_text import assumptions
from tests.reports.answers.whatif.scenarios import column, evaluate_toml

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize("terms", [-5, 400])
def test_terms_outside_a_year_stay_as_they_are_until_they_are_changed(ground, terms):
    # Files bring due dates before the invoice date, and more than a year after it.
    coming = ground.flows.is_coming
    odd = replace(
        ground,
        flows=replace(ground.flows, due=np.where(coming, ground.flows.issued + terms, ground.flows.due)),
    )

    unchanged = evaluate_toml(odd, 'kind = "terms"\nchange = 0\npass_through = 1')
    assert column(unchanged, "receipts") == [0] * 13
    assert not unchanged.effects[0].is_clipped
    back = 10 if terms < 0 else -10
    inwards = column(evaluate_toml(odd, f'kind = "terms"\nchange = {back}\npass_through = 1'), "closing")
    assert any(inwards)
    assert all(value * back <= 0 for value in inwards)
    with pytest.raises(ScenarioError, match=f"makes terms of {terms - back} days"):
        evaluate_toml(odd, f'kind = "terms"\nchange = {-back}\npass_through = 1')


def test_the_assumption_behind_terms_is_in_sight(ground):
    found = evaluate_toml(ground, 'kind = "terms"\ndays = 14')
    said = " ".join(assumptions(found))
    assert "only invoices issued from 29 Jun 2026" in said.replace("\xa0", " ")
    assert "0.60 days later or earlier, between 0.30 and 1.00" in said
    for low, value, high in found.difference.select("receipts_low", "receipts", "receipts_high").iter_rows():
        assert low <= value <= high
    assert found.difference["receipts_low"].to_list() != found.difference["receipts_high"].to_list()
    as_given = evaluate_toml(ground, 'kind = "terms"\ndays = 14\npass_through = 0.25')
    assert "0.25 days later or earlier, as given" in " ".join(assumptions(as_given))
