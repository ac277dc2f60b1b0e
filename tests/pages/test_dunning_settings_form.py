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


def test_under_the_filter_of_an_administration_the_form_is_its_own(desk, open_page):
    """South has a name of its own, and the company's telephone until it types another."""
    row = {
        "invoice_id": "F1", "customer_id": "C1", "invoice_type": "invoice", "entity": "South",
        "invoice_date": DAY - timedelta(days=50), "due_date": DAY, "currency": "EUR", "amount": "100.00",
    }  # fmt: skip
    desk.load(
        customers=[("C1", "Klant", "", "NL", 30, "")],
        invoices=[row],
        settings=[
            ("company_name", "Group"), ("company_name@South", "South BV"), ("company_phone", "030"),
            ("step_friendly_days@South", "9"),
        ],
    )  # fmt: skip
    app = open_page("worklist", as_of=DAY.isoformat(), entity="South")
    boxes = {box.label: box for box in app.text_input}
    shown = [boxes[name].value for name in ("Company name", "Telephone", "Friendly reminder, days late")]
    assert shown == ["South BV", "030", "9"]
    assert "Size of the company" not in {box.label for box in app.selectbox}
    boxes["Telephone"].set_value("040")
    boxes["Friendly reminder, days late"].set_value("")
    next(button for button in app.button if button.label == "Save" and "house" in button.key).click()
    app.run()
    assert not app.exception
    saved = {row["key"]: row["value"] for row in desk.ask("settings")}
    assert saved == {
        "company_name": "Group", "company_name@South": "South BV", "company_phone": "030",
        "company_phone@South": "040",
    }  # fmt: skip


def test_each_group_has_its_steps_in_the_form_and_its_name_is_shown_letter_by_letter(desk, open_page):
    group = "[vip](http://x.example)"
    desk.load(
        customers=[{
            "customer_id": "C1", "customer_name": "Klant", "segment": "", "country": "NL",
            "payment_terms_days": 30, "credit_limit": "", "dunning_group": group,
        }],
        invoices=[
            ("F1", "C1", "invoice", DAY - timedelta(days=50), DAY - timedelta(days=2), "EUR", "100.00")
        ],
    )  # fmt: skip
    app = open_page("worklist", as_of=DAY.isoformat())

    def type_steps(words: str) -> None:
        box = next(box for box in app.text_input if box.label.startswith("Steps of group"))
        assert "](http" not in box.label
        box.set_value(words)
        next(button for button in app.button if button.label == "Save" and "house" in button.key).click()
        app.run()
        assert not app.exception

    type_steps("formal:14 friendly:3")
    assert any("steps in order" in box.value for box in app.error)
    assert desk.ask("settings") == []
    type_steps("friendly:2 final:9")
    assert desk.ask("settings") == [{"key": f"steps/{group}", "value": "friendly:2 final:9"}]
    assert desk.ask("worklist_items", as_of=DAY)[0]["step"] == "friendly_reminder"
    type_steps("")
    assert desk.ask("settings") == []
    assert desk.ask("worklist_items", as_of=DAY)[0]["step"] is None


def test_costs_typed_in_the_form_stand_in_the_letter_and_in_the_list(desk, open_page):
    due = DAY - timedelta(days=9)
    desk.load(customers=[("C1", "Klant", "", "NL", 30, "")],
              invoices=[("F1", "C1", "invoice", due - timedelta(days=30), due, "EUR", "100.00")])  # fmt: skip
    app = open_page("worklist", as_of=DAY.isoformat())
    assert not any("Administratiekosten" in box.value for box in app.code)
    next(box for box in app.text_input if box.label == "Costs in the friendly reminder").set_value("7.5")
    next(button for button in app.button if button.label == "Save" and "house" in button.key).click()
    app.run()
    assert not app.exception
    assert desk.ask("settings") == [{"key": "fee_friendly", "value": "7.50"}]
    (letter,) = [box.value.replace("\u00a0", " ") for box in app.code if "Geachte" in box.value]
    assert "Administratiekosten van deze aanmaning: € 7,50\nTe betalen met deze kosten: € 107,50" in letter
    assert "fee_amount" in app.dataframe[0].value.columns
