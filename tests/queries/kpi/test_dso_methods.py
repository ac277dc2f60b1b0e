"""`dso_methods`: each way to count days."""

import pytest

from tests.kpi_ledger import LAST_DAY


def test_each_way_to_count_days_shows_what_it_divides(demo):
    books, _ = demo
    methods = {row["method"]: row for row in books.ask("dso_methods", as_of=LAST_DAY).to_dicts()}
    figures = books.ask("kpi", as_of=LAST_DAY).to_dicts()[0]
    assert list(methods) == [
        "countback", "balance_90", "best_possible", "delinquent", "days_to_pay", "days_to_pay_with_open",
    ]  # fmt: skip
    for row in methods.values():
        assert row["days"] == pytest.approx(figures[row["explanation_key"]], abs=1e-9)
    for name in ("balance_90", "best_possible", "delinquent"):
        row = methods[name]
        assert row["days"] == pytest.approx(float(row["numerator"] / row["denominator"] * 90), abs=1e-9)
    paid = methods["days_to_pay"]
    assert paid["days"] == pytest.approx(float(paid["numerator"] / paid["denominator"]), abs=1e-9)
