"""The Settings screen: what is typed is saved, moves letters and lists, and is shown with its day."""

from datetime import date, timedelta

import pytest

from tests.apps import words

pytestmark = pytest.mark.usefixtures("english")
DAY = date(2026, 11, 20)
CUSTOMER = ("C1", "Klant", "", "NL", 30, "")


def box(app, label: str):
    return next(box for box in (*app.text_input, *app.text_area) if box.label == label)


def save(app):
    next(button for button in app.button if "settings" in str(button.key)).click()
    app.run()
    assert not app.exception
    return app


@pytest.mark.slow
def test_the_sender_is_saved_in_one_publication_with_its_day_and_bad_numbers_are_refused(desk, open_page):
    desk.load(customers=[CUSTOMER])
    app = open_page("settings")
    box(app, "Company name").set_value("Wij & Co")
    box(app, "IBAN").set_value("NL91ABNA0417164301")
    save(app)
    assert any("check digits" in error.value for error in app.error)
    assert desk.ask("settings") == []
    box(app, "IBAN").set_value("NL91 ABNA 0417 1643 00")
    save(app)
    assert [note.value for note in app.success] == [r"Saved\: Company name, IBAN\."]
    assert desk.ask("settings") == [
        {"key": "company_iban", "value": "NL91ABNA0417164300"}, {"key": "company_name", "value": "Wij & Co"},
    ]  # fmt: skip
    assert len({row["recorded_at"] for row in desk.ask("setting_dates")}) == 1
    assert "Where customers pay to · saved" in words(app)


@pytest.mark.slow
def test_under_the_filter_of_an_administration_the_form_is_its_own(desk, open_page):
    """South has a name of its own, and the company's telephone until it types another."""
    row = {
        "invoice_id": "F1", "customer_id": "C1", "invoice_type": "invoice", "entity": "South",
        "invoice_date": DAY - timedelta(days=50), "due_date": DAY, "currency": "EUR", "amount": "100.00",
    }  # fmt: skip
    desk.load(
        customers=[CUSTOMER],
        invoices=[row],
        settings=[("company_name", "Group"), ("company_name@South", "South BV"), ("company_phone", "030")],
    )  # fmt: skip
    app = open_page("settings", entity="South")
    assert (box(app, "Company name").value, box(app, "Telephone").value) == ("South BV", "")
    assert (box(app, "Telephone").placeholder, box(app, "IBAN").placeholder) == ("030", "")
    box(app, "Telephone").set_value("040")
    save(app)
    assert {row["key"]: row["value"] for row in desk.ask("settings")} == {
        "company_name": "Group", "company_name@South": "South BV", "company_phone": "030",
        "company_phone@South": "040",
    }  # fmt: skip


@pytest.mark.slow
def test_a_group_is_chosen_before_its_steps_are_typed_and_its_name_is_shown_letter_by_letter(desk, open_page):
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
    app = open_page("settings", part="steps")
    assert not any(box.label.startswith("Steps of group") for box in app.text_input)
    choice = next(box for box in app.selectbox if box.label == "Group")
    choice.set_value(group).run()

    def type_steps(text: str) -> None:
        steps = next(box for box in app.text_input if box.label.startswith("Steps of group"))
        assert "](http" not in steps.label
        steps.set_value(text)
        save(app)

    type_steps("formal:14 friendly:3")
    assert any("steps in order" in error.value for error in app.error)
    assert desk.ask("settings") == []
    type_steps("friendly:2 final:9")
    assert desk.ask("settings") == [{"key": f"steps/{group}", "value": "friendly:2 final:9"}]
    assert desk.ask("worklist_items", as_of=DAY)[0]["step"] == "friendly_reminder"
    type_steps("")
    assert desk.ask("settings") == []
    assert desk.ask("worklist_items", as_of=DAY)[0]["step"] is None


def test_words_of_a_letter_are_typed_per_language(desk, open_page):
    desk.load(customers=[CUSTOMER])
    app = open_page("settings", part="letters", letter="formal_reminder")
    assert [box.label for box in app.text_area] == ["Formal reminder, Dutch", "Formal reminder, English"]
    box(app, "Formal reminder, English").set_value("We wait.")
    save(app)
    assert desk.ask("settings") == [{"key": "words_formal_reminder_en", "value": "We wait."}]


def test_limits_are_saved_on_the_page_and_said(desk, open_page):
    desk.load(customers=[CUSTOMER])
    app = open_page("settings", part="cash")
    box(app, "Credit line, EUR").set_value("lots")
    save(app)
    assert "Credit line: “lots” is not an amount" in words(app)
    box(app, "Minimum cash, EUR").set_value("1,500")
    box(app, "Credit line, EUR").set_value("2500.50")
    save(app)
    assert [note.value.replace("\\", "") for note in app.success] == [
        "Saved: Minimum cash €1,500.00, Credit line €2,500.50."
    ]
    assert dict(desk.books().ask("settings").iter_rows()) == {
        "minimum_cash": "1500.00", "credit_line": "2500.50",
    }  # fmt: skip


def test_the_language_of_the_company_is_that_of_the_first_screen(desk, open_page):
    desk.load(customers=[CUSTOMER], settings=[("language", "nl")])
    app = open_page("settings", part="books")
    assert app.title[0].value == "Settings"  # the address says so
    del app.query_params["lang"]
    app.session_state["language"] = None
    app.run()
    assert app.title[0].value == "Instellingen"


def test_of_an_earlier_moment_no_setting_can_be_changed(desk, open_page):
    desk.load(customers=[CUSTOMER])
    app = open_page("settings", known_on="2026-11-21")
    assert not app.text_input or all(box.label != "Company name" for box in app.text_input)
    assert "known on an earlier day" in words(app)


def test_the_rules_of_early_warning_and_their_share_are_typed_here(desk, open_page):
    desk.load(customers=[CUSTOMER])
    app = open_page("settings", part="warnings")
    shift = next(choice for choice in app.selectbox if choice.label == "Pays later than before")
    assert shift.value == "auto"
    shift.set_value("off")
    box(app, "Customers to flag at most, %").set_value("5")
    save(app)
    assert desk.ask("settings") == [
        {"key": "warning_rule_shift", "value": "off"}, {"key": "warning_share", "value": "5"},
    ]  # fmt: skip


def test_targets_are_typed_as_their_figures_are_written(desk, open_page):
    desk.load(customers=[CUSTOMER])
    app = open_page("settings", part="targets")
    box(app, "Receivables at most, EUR").set_value("2,000,000")
    box(app, "DSO by countback at most, days").set_value("42.5")
    save(app)
    assert dict(desk.books().ask("settings").iter_rows()) == {
        "target_receivables": "2000000.00", "target_dso_countback": "42.5",
    }  # fmt: skip
    assert [note.value.replace("\\", "") for note in app.success] == [
        "Saved: Receivables at most €2,000,000.00, DSO by countback at most, days."
    ]
