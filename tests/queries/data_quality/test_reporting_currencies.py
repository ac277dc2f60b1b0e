"""Changes of the reporting currency."""

import pytest


@pytest.mark.slow
def test_each_change_of_the_reporting_currency_is_a_row_with_its_instant_oldest_first(desk):
    desk.load(
        customers=[("C1", "One", "retail", "NL", 30, "")],
        invoices=[("F1", "C1", "invoice", "2026-01-01", "2026-01-31", "EUR", "100.00")],
    )
    first = desk.moment()
    desk.load(settings=[("reporting_currency", "GBP")])
    rows = desk.ask("reporting_currencies")
    assert [row["currency"] for row in rows] == ["EUR", "GBP"]
    assert rows[0]["recorded_at"] <= first < rows[1]["recorded_at"]
    assert [row["currency"] for row in desk.ask("reporting_currencies", known_on=first)] == ["EUR"]


def test_setting_the_same_reporting_currency_again_is_no_change(desk):
    desk.load(settings=[("reporting_currency", "EUR")])
    desk.load(settings=[("reporting_currency", "EUR"), ("vat_period", "month")])
    assert [row["currency"] for row in desk.ask("reporting_currencies")] == ["EUR"]
