"""The Early warning screen."""

from datetime import timedelta

import pytest

from tests.apps import words
from tests.worklist_ledger import DAY, customer, invoice

pytestmark = pytest.mark.usefixtures("english")


def test_the_early_warning_screen_opens_a_customer_filters_and_mutes(desk, open_page):
    desk.load(
        customers=[customer("C1", account_manager="Anna"), customer("C2", account_manager="Bas")],
        invoices=[invoice("F1", "C1", 40, "900.00"), invoice("G1", "C2", 40)],
    )
    page = open_page("early_warning", as_of=DAY.isoformat())
    assert "2 customers give a warning: €1,000 at risk" in words(page)
    assert "100% of what is open is overdue, above 50%: €900. · since" in words(page)
    assert "1 customer gives a warning: €100 at risk" in words(
        open_page("early_warning", as_of=DAY.isoformat(), manager="Bas")
    )
    page = open_page("early_warning", as_of=DAY.isoformat(), customer="C1")
    assert page.dataframe[0].value["invoice_id"].to_list() == ["F1"]
    next(one for one in page.text_input if one.label == "Reason").set_value("agreed by phone")
    next(one for one in page.button if one.label == "Mute").click().run()
    assert not page.exception
    assert "1 customer gives a warning: €100 at risk" in words(page)
    assert desk.ask("mutes", as_of=DAY)[0]["reason"] == "agreed by phone"
    assert desk.ask("mutes", as_of=DAY)[0]["until"] == DAY + timedelta(days=30)
