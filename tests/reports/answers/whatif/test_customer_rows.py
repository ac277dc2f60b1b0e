"""The customers whose payments a scenario changes most."""

import pytest

from reports.answers.whatif.customer_rows import customer_rows, customers_finding
from reports.answers.whatif.lever import Lever
from tests.reports.answers.whatif.scenarios import evaluate_levers

pytestmark = pytest.mark.usefixtures("english")


def test_the_ten_customers_that_matter_most_have_their_names(tight_ground, customers):
    what_if = evaluate_levers(tight_ground, Lever("delay", {"days": 9}))
    rows = customer_rows(what_if, customers)
    assert rows.height == min(10, what_if.customers.height)
    assert rows["most_change"].abs().to_list() == sorted(rows["most_change"].abs(), reverse=True)
    assert set(rows["customer_name"]) <= set(customers["customer_name"])
    nobody = customer_rows(evaluate_levers(tight_ground), customers)
    assert customers_finding(nobody, what_if).title == "No customer's payments change"
