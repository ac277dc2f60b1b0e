"""The Early warning screen."""

from datetime import timedelta

import pytest

from tests.apps import words
from tests.worklist_ledger import DAY, customer, invoice

pytestmark = pytest.mark.usefixtures("english")


def press(page, key):
    """Press the button of a row: open, call or mute, and the customer."""
    what, who = key
    next(
        one
        for one in page.button
        if one.key and one.key.startswith(f"warned-{what}-") and one.key.endswith(who)
    ).click().run()
    assert not page.exception


@pytest.mark.slow
def test_the_early_warning_screen_opens_a_customer_filters_and_mutes(desk, open_page):
    desk.load(
        customers=[customer("C1", account_manager="Anna"), customer("C2", account_manager="Bas")],
        invoices=[invoice("F1", "C1", 40, "900.00"), invoice("G1", "C2", 40)],
    )
    page = open_page("early_warning", as_of=DAY.isoformat())
    assert "2 customers give a warning: €1,000 at risk" in words(page)
    assert "2 of 2 customers with something open, 100%. Too early to tell" in words(page)
    # Both were 33 days late a week ago, which is not much less: nothing is new or worse, so all are shown.
    assert "0 new, 0 worse" in words(page)
    assert "40 days late on average by amount (limit 15): €900 is late." in words(page)
    assert "1 customer gives a warning: €100 at risk" in words(
        open_page("early_warning", as_of=DAY.isoformat(), manager="Bas")
    )
    page = open_page("early_warning", as_of=DAY.isoformat(), customer="C1")
    assert page.dataframe[0].value["invoice_id"].to_list() == ["F1"]
    press(page, ("open", "C1"))
    assert not page.dataframe
    press(page, ("mute", "C1"))
    next(one for one in page.text_input if one.label == "Reason").set_value("agreed by phone")
    next(one for one in page.button if one.key and one.key.startswith("mute-0")).click().run()
    assert not page.exception
    assert "1 customer gives a warning: €100 at risk" in words(page)
    assert desk.ask("mutes", as_of=DAY)[0]["reason"] == "agreed by phone"
    assert desk.ask("mutes", as_of=DAY)[0]["until"] == DAY + timedelta(days=30)


@pytest.mark.slow
def test_a_call_is_noted_in_the_row_and_the_customer_stays_open(desk, open_page):
    desk.load(
        customers=[customer("C1"), customer("C2")],
        invoices=[invoice("F1", "C1", 40), invoice("G1", "C2", 41)],
    )
    page = open_page("early_warning", as_of=DAY.isoformat())
    press(page, ("call", "C2"))
    # The form is open on a call at once.
    next(choice for choice in page.button_group if choice.label == "Outcome").set_value("no_answer").run()
    save = [button for button in page.button if str(button.key).startswith("contact-warning")]
    next(button for button in save if button.label == "Save").click().run()
    assert not page.exception
    (contact,) = desk.ask("contacts", as_of=DAY)
    assert (contact["customer_id"], contact["channel"], contact["direction"]) == ("C2", "phone", "out")
    assert page.query_params["customer"] in ("C2", ["C2"])


def test_the_address_opens_a_row_in_place_and_one_that_is_unknown_is_said(desk, open_page):
    desk.load(
        customers=[customer("C1"), customer("C2")],
        invoices=[invoice("F1", "C1", 40), invoice("G1", "C2", 41)],
    )
    page = open_page("early_warning", as_of=DAY.isoformat(), customer="C2")
    assert page.dataframe[0].value["invoice_id"].to_list() == ["G1"]
    assert "that part is left out" in words(open_page("early_warning", as_of=DAY.isoformat(), customer="C9"))


@pytest.mark.slow
def test_a_rule_is_switched_on_beside_the_hit_rates(desk, open_page):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 5)])
    page = open_page("early_warning", as_of=DAY.isoformat())
    # Five days late is below every limit but that of the share overdue, which such young books do not show.
    assert "No customer gives a warning" in words(page)
    next(choice for choice in page.selectbox if choice.label == "Mostly overdue").set_value("on")
    next(
        button for button in page.button if button.key and button.key.startswith("warning-rules")
    ).click().run()
    assert not page.exception
    assert desk.ask("settings") == [{"key": "warning_rule_share_overdue", "value": "on"}]
    assert "100% of what is open is overdue (limit 50%): €100." in words(page)
