"""The form of the dunning settings on the Worklist screen."""

from datetime import date, timedelta

import pytest

pytestmark = pytest.mark.usefixtures("english")
DAY = date(2026, 11, 20)


def test_the_form_saves_what_is_typed_and_says_so(desk, open_page):
    desk.load(customers=[("C1", "Klant", "", "NL", 30, "")],
              invoices=[("F1", "C1", "invoice", DAY - timedelta(days=50), DAY, "EUR", "100.00")])  # fmt: skip
    app = open_page("worklist", as_of=DAY.isoformat())
    next(box for box in app.text_input if box.label == "Company name").set_value("Wij & Co")
    next(button for button in app.button if button.label == "Save" and "house" in button.key).click()
    app.run()
    assert not app.exception
    assert any("company name" in box.value for box in app.success)
    assert desk.ask("settings") == [{"key": "company_name", "value": "Wij & Co"}]
