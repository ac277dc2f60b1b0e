"""The Worklist screen."""

from decimal import Decimal
from threading import Event

import pytest

from data import clock
from pages.parts.context import background_runs
from reports.answers.forecast import cash_forecast
from tests.apps import words
from tests.markup import LIVE, MAIL_NAMES
from tests.worklist_ledger import DAY, ago, customer, invoice


def button(page, label):
    named = [one for one in page.button if one.label == label]
    return next((one for one in named if one.key.startswith("contact-worklist")), named[0])


pytestmark = pytest.mark.usefixtures("english")
COMPANY = [("company_name", "Wij"), ("company_iban", "NL91ABNA0417164300"), ("company_phone", "030")]


def test_the_screen_opens_the_first_line_with_its_text_and_notes_what_was_done(desk, open_page):
    desk.load(
        customers=[customer("C1"), customer("C2")],
        invoices=[invoice("F1", "C1", 5, "900.00"), invoice("G1", "C2", 5)],
        settings=COMPANY,
    )
    page = open_page("worklist", as_of=DAY.isoformat())
    assert "2 customers to contact" in words(page)
    assert "Name C1: friendly reminder" in words(page)
    assert "F1" in page.code[0].value
    button(page, "Letter sent").click().run()
    button(page, "Save").click().run()
    assert not page.exception
    # The same customer stays, its form closed; the list is one shorter.
    assert "Noted: letter sent" in words(page)
    assert "1 customer to contact" in words(page)
    assert "Name C1" in words(page)
    assert "No action needed now" in words(page)
    (row,) = desk.ask("contacts", as_of=DAY)
    assert (row["customer_id"], row["kind"], row["channel"]) == ("C1", "friendly_reminder", "e-mail")
    button(page, "Next\\: Name C2").click().run()
    assert "Name C2: friendly reminder" in words(page)
    assert "Noted" not in words(page)


@pytest.mark.slow
def test_a_line_on_a_payment_plan_shows_what_can_be_asked_for_beside_what_is_open(desk, open_page):
    desk.load(
        customers=[customer("C1")],
        invoices=[invoice("F1", "C1", 60, "1000.00")],
        payment_plans=[("F1", ago(30), ago(9), "100.00"), ("F1", ago(30), ago(-90), "900.00")],
    )
    page = open_page("worklist", as_of=DAY.isoformat())
    assert not page.exception
    (table,) = [frame.value for frame in page.dataframe if "asked_amount" in frame.value.columns]
    assert (table["asked_amount"].iloc[0], table["open_amount"].iloc[0]) == (
        Decimal("100.00"),
        Decimal("1000.00"),
    )


@pytest.mark.slow
def test_a_call_noted_makes_no_new_forecast_and_a_promise_does(desk, open_page, monkeypatch):
    forecast_days = []

    def counted(books, **named):
        forecast_days.extend([named["as_of"]] * (named["as_of"] == clock.last_sunday(DAY)))
        return forecast(books, **named)

    forecast = cash_forecast.cash_forecast
    monkeypatch.setattr(cash_forecast, "cash_forecast", counted)
    desk.load(customers=[customer("C1"), customer("C2")], invoices=[invoice("F1", "C1", 5, "900.00")])
    for grain, rows in (
        ("contacts", [("C1", "F1", ago(4), "e-mail", "out", "friendly_reminder")]),
        ("scenarios", [("x", 'name = "x"\n')]),
        ("promises", [("F1", ago(0), ago(-9), "900.00")]),
    ):
        assert not open_page("worklist", as_of=DAY.isoformat()).exception
        assert len(forecast_days) == 1
        desk.load(**{grain: rows})
    page = open_page("worklist", as_of=DAY.isoformat())
    assert len(forecast_days) == 2
    assert "1 customer to contact" not in words(page)


@pytest.mark.slow
def test_while_a_forecast_is_made_again_the_one_before_the_last_note_stands_in(desk, open_page, monkeypatch):
    desk.load(customers=[customer("C1"), customer("C2")], invoices=[invoice("F1", "C1", 5, "900.00")])
    assert "not in these figures yet" not in words(open_page("worklist", as_of=DAY.isoformat()))
    released = Event()

    def slow(books, **named):
        released.wait(30)
        return forecast(books, **named)

    forecast = cash_forecast.cash_forecast
    monkeypatch.setattr(cash_forecast, "cash_forecast", slow)
    monkeypatch.setattr(background_runs, "_PATIENCE", 0.0)
    desk.load(disputes=[("F1", ago(1), None, "price", "900.00")])
    try:
        page = open_page("worklist", as_of=DAY.isoformat())
        assert not page.exception
        assert "What was noted last is not in these figures yet" in words(page)
        assert "in dispute" in words(page).lower()
    finally:
        released.set()
    monkeypatch.setattr(background_runs, "_PATIENCE", 60.0)  # the run is released: wait until it is over
    again = open_page("worklist", as_of=DAY.isoformat())
    assert "not in these figures yet" not in words(again)


@pytest.mark.slow  # in a real browser too, with what is exported
@pytest.mark.parametrize("name", ["worklist", "early_warning"])
def test_no_name_becomes_markup_on_the_screens(desk, open_page, name):
    desk.load(
        customers=[
            customer(f"C{n:02}", customer_name=one, account_manager=one) for n, one in enumerate(MAIL_NAMES)
        ],
        invoices=[invoice(f"F{n}", f"C{n:02}", 20, f"{100 + n}.00") for n in range(len(MAIL_NAMES))],
    )
    for number in range(len(MAIL_NAMES)):
        page = open_page(name, as_of=DAY.isoformat(), customer=f"C{number:02}")
        assert not page.error
        drawn = [*page.header, *page.caption, *page.markdown, *page.warning]
        texts = [str(part.value) for part in drawn] + [str(link.label) for link in page.get("page_link")]
        for text in texts:
            assert not LIVE.search(text), text
            assert "www.evil" not in text


def saved_letters(page) -> dict[str, bool]:
    """Return whether each button that saves letters can be pressed."""
    return {
        button.proto.label: not button.proto.disabled
        for button in page.get("download_button")
        if button.proto.label in {"All reminders (ZIP)", "Mail draft"}
    }


@pytest.mark.slow
def test_without_a_sender_a_letter_is_read_only_and_the_way_to_the_settings_is_there(desk, open_page):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 5)])
    page = open_page("worklist", as_of=DAY.isoformat())
    assert not page.code
    assert any("F1" in letter.value for letter in page.text)
    refusal = "The sender is not complete yet: company name, bank account, mail address or telephone missing."
    assert refusal in words(page)
    assert saved_letters(page) == {"All reminders (ZIP)": False}  # the draft of the letter is not there
    (link,) = [link for link in page.get("page_link") if link.proto.label == "Fill in the sender"]
    assert (link.proto.page, "part=sender" in link.proto.query_string) == ("settings", True)
    desk.load(settings=COMPANY)
    page = open_page("worklist", as_of=DAY.isoformat())
    assert "F1" in page.code[0].value
    assert saved_letters(page) == {"All reminders (ZIP)": True, "Mail draft": True}


@pytest.mark.slow
def test_letters_are_of_today_and_of_figures_of_seven_days_ago_at_most(desk, open_page, monkeypatch):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 5)], settings=COMPANY)
    for today, is_written in (("2026-11-29", True), ("2026-11-30", False)):
        monkeypatch.setenv("KASSTROOM_TODAY", today)
        page = open_page("worklist", as_of=DAY.isoformat())
        letters = [letter.value for letter in page.code]
        assert any("Datum: 29-11-2026" in letter for letter in letters) == is_written
        assert ("The figures are of 22" in words(page)) != is_written
        assert saved_letters(page)["All reminders (ZIP)"] == is_written
