"""The estimate of how far customers follow other terms."""

from datetime import timedelta

import pytest

from reports.answers.whatif.lever import Lever
from reports.answers.whatif.pass_through_estimate import pass_through_estimate, pass_through_text
from tests.reports.answers.whatif.scenarios import START

pytestmark = pytest.mark.usefixtures("english")


def test_the_estimate_is_shown_before_any_terms_are_set(tight_ground):
    effect = pass_through_estimate(tight_ground, Lever("terms", segment="Groot"), START)
    assert effect.pass_through == pytest.approx((0.6, 0.3, 1.0))
    assert pass_through_text(effect).startswith(
        "Estimated 60%, between 30% and 100%: what other ledgers show"
    )
    late = pass_through_estimate(tight_ground, Lever("terms"), START + timedelta(days=900))
    assert "no invoice" in pass_through_text(late)
