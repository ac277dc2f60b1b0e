"""The currencies in use today."""

from data.importers.currencies import active_currencies


def test_active_currencies_are_money_of_today():
    assert {"EUR", "USD", "GBP", "CHF", "JPY", "PLN"} <= active_currencies()
    assert not {"NLG", "DEM", "XXX", "XTS", "XAU", "HRK"} & active_currencies()
