"""Working capital worked out by hand: what a day ties up, split into late and not yet due."""

from decimal import Decimal

import pytest

from reports.answers.kpi import working_capital

pytestmark = pytest.mark.usefixtures("english")

# 90,000 billed in 90 days is 1,000 a day; 40 days open, of which 10 late.
NOW = {
    "billings_90": Decimal("90000.00"),
    "dso_balance_90": 40.0,
    "best_possible_dso": 30.0,
    "average_days_delinquent": 10.0,
    "dpo": 25.0,
    "dio": 12.0,
    "cash_conversion_cycle": 27.0,
}
UNKNOWN = dict.fromkeys(NOW)


def test_a_day_of_dso_is_a_day_of_billings():
    assert working_capital.per_day(NOW) == Decimal("1000.00")
    assert working_capital.day_finding(NOW, "EUR").title.startswith("A day of DSO ties up €1,000")
    for nothing in (None, Decimal("0.00"), Decimal("-5.00")):
        assert working_capital.per_day({**NOW, "billings_90": nothing}) is None


def test_collection_frees_what_is_late_and_terms_the_rest():
    rows = working_capital.ceiling_rows(NOW)
    assert rows["days"].to_list() == [10.0, 30.0, 40.0]
    assert rows["amount"].to_list() == [Decimal("10000.00"), Decimal("30000.00"), Decimal("40000.00")]
    finding = working_capital.ceiling_finding(rows, NOW, "EUR")
    assert finding.title == "Collection can free €10,000 at most; the other €30,000 is terms"


def test_what_is_not_known_is_said():
    assert working_capital.day_finding(UNKNOWN, "EUR").title.startswith("No more was billed")
    assert working_capital.ceiling_rows(UNKNOWN)["amount"].to_list() == [None] * 3
    assert (
        working_capital.ceiling_finding(working_capital.ceiling_rows(UNKNOWN), UNKNOWN, "EUR").title
        == "What can be freed is not known"
    )
    assert [value for _key, _label, value in working_capital.figures(UNKNOWN)] == ["–"] * 4
    assert working_capital.figures_method(UNKNOWN).endswith("bills to suppliers, days in stock.")
    assert [value for _key, _label, value in working_capital.figures(NOW)] == ["40.0", "12.0", "25.0", "27.0"]
