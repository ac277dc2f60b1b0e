"""Levers of one kind for the same customers are warned of, in whatever way the customers are chosen."""

from decimal import Decimal

import polars as pl
import pytest

from reports.answers.whatif.assumption_text import assumptions
from reports.answers.whatif.lever import Lever, Scenario
from reports.answers.whatif.overlaps import overlapping_levers
from tests.reports.answers.whatif.scenarios import evaluate_levers, flow

pytestmark = pytest.mark.usefixtures("english")

CUSTOMERS = pl.DataFrame({"customer_id": ["C1", "C2", "C3"], "segment": ["Groot", "Klein", None]})
EVERYBODY = Lever("delay", {"days": 3})
LARGE = Lever("delay", {"days": 4}, segment="Groot")
SMALL = Lever("delay", {"days": 4}, segment="Klein")
FIRST = Lever("delay", {"days": 5}, customers=("C1", "C3"))
LAST = Lever("delay", {"days": 5}, customers=("C3",))


@pytest.mark.parametrize(
    ("lever", "other", "is_pair"),
    [
        (EVERYBODY, EVERYBODY, True),
        (EVERYBODY, LARGE, True),
        (LAST, EVERYBODY, True),
        (LARGE, LARGE, True),
        (LARGE, SMALL, False),
        (LARGE, FIRST, True),
        (SMALL, FIRST, False),
        (LAST, LARGE, False),
        (FIRST, LAST, True),
        (LARGE, Lever("effort", {"days": -4}, segment="Groot"), False),
        (Lever("supplier_terms", {"change": 7}), Lever("supplier_terms", {"days": 30}), True),
        # Unchanged terms change nothing.
        (Lever("terms", {"change": 0}), Lever("terms", {"days": 14}), False),
        # Two payments are usual, the same payment twice is not.
        (flow("-5.00"), flow("-6.00"), False),
        (flow("-5.00"), flow("-5.00"), True),
    ],
)
def test_levers_of_one_kind_and_the_same_customers_are_a_pair(lever, other, is_pair):
    pairs = overlapping_levers(Scenario("x", levers=(lever, other)), CUSTOMERS)
    assert pairs == ([(1, 2)] if is_pair else [])


def test_the_assumptions_begin_with_the_warning(tight_ground):
    discount = Lever("discount", {"percent": Decimal(2), "days": 8, "uptake": Decimal("0.3")})
    what_if = evaluate_levers(tight_ground, EVERYBODY, discount, discount)
    assert assumptions(what_if)[0] == (
        "Levers 2 and 3 are both Early-payment discount for the same customers: both count. Remove one if "
        "that is not meant."
    )
    assert "both count" not in "".join(assumptions(evaluate_levers(tight_ground, EVERYBODY, discount)))
