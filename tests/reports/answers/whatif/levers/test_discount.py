"""Lever `discount`: what it costs and what it brings forward."""

import numpy as np
import pytest

from tests.reports.answers.whatif.scenarios import column, evaluate_toml

pytestmark = pytest.mark.usefixtures("english")


def test_a_discount_costs_its_share_of_what_takes_it(ground):
    lever = 'kind = "discount"\nsegment = "Klein"\npercent = 2\ndays = 8\nuptake = 0.4'
    found = evaluate_toml(ground, lever)
    flows = ground.flows
    taken = flows.is_coming & ~flows.is_note & (flows.issued + 8 <= flows.origin + flows.horizon)
    klein = np.array(ground.reactions.segments)[flows.customer] == "Klein"
    assert float(found.forgone) == pytest.approx(0.4 * 0.02 * flows.amount[taken & klein].sum(), abs=0.01)
    assert found.forgone > 0
    [one] = found.effects
    # 2% for d days costs 2/98 x 365/d a year.
    assert one.yearly_rate == pytest.approx(0.02 / 0.98 * 365 / one.days_saved)
    assert column(found, "closing")[3] > 0
