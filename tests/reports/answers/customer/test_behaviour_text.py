"""The words about a customer: how late it pays, and what is open longer than it ever took to pay."""

import polars as pl
import pytest

from reports.answers.customer import behaviour_text

pytestmark = pytest.mark.usefixtures("english")
PAID = pl.DataFrame({"days_late": [0, 0, 0, 4]})


def late(*days: int) -> pl.DataFrame:
    return pl.DataFrame({"days_overdue": list(days)}, schema={"days_overdue": pl.Int64})


@pytest.mark.parametrize(
    ("still_open", "title"),
    [
        (late(), "Usually pays on the due date"),
        # As late as the latest payment was: nothing out of the ordinary yet.
        (late(4), "Usually pays on the due date; 1 invoice is open now, 4"),
        (late(4, 2), "Usually pays on the due date; 2 invoices are open now, up to 4"),
        (late(5), "1 invoice is open longer than it ever took to pay: 5"),
        (late(3, 252, 60), "2 invoices are open longer than it ever took to pay: up to 252"),
    ],
)
def test_an_invoice_open_longer_than_any_took_is_said_before_what_is_usual(still_open, title):
    finding = behaviour_text.behaviour(PAID, 31.0, None, (0.0, None), still_open)
    assert finding.title.replace("\u00a0", " ").startswith(title)


def test_median_and_mean_stand_side_by_side_with_what_they_count():
    # 0, 0, 0 and 4 days late: the median is 0, the mean 1.
    method = behaviour_text.behaviour(PAID, 31.0, None, (0.0, None), late(9)).method
    assert "the latest 4" in method
    assert "median 0, mean 1 days late" in method
    assert "hollow: 1 still open" in method
