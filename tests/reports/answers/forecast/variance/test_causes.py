"""The bridge of causes: it adds up and runs no name as markup."""

from datetime import date
from decimal import Decimal

import pytest

from reports import figures
from reports.answers.forecast.variance import causes, variance, variance_text
from reports.colours import LIGHT
from tests.forecasts import RUN_NAME, earlier, variance_book

pytestmark = pytest.mark.usefixtures("english")


def test_the_bridge_adds_up_names_customers_and_runs_no_name(desk):
    books = variance_book(desk)
    found = variance.variance(books, earlier(), as_of=date(2026, 11, 15))
    names = dict(books.ask("customers", as_of=found.until).select("customer_id", "customer_name").iter_rows())
    rows = causes.bridge(found.amounts, variance_text.details(found, names))
    assert sum(rows["amount"][:-1], Decimal(0)) == rows["amount"][-1] == Decimal("-101.00")
    assert rows["detail"][0] == f"Klant 1 +€20, {RUN_NAME} -€20, Klant 3 -€10"
    assert rows["detail"][2] == "Still to be billed -€30, Klant 4 +€25"
    figure = figures.cash_changes(rows, theme=LIGHT)
    drawn = figure.to_json().replace("\\u003c", "<")
    assert "<b>$x$" not in drawn
    assert "Rounding" not in figures.alt(figure)  # a cent is not drawn
    assert "Total -€101" in figures.alt(figure)
