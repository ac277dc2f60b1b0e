"""The forms of arrangements as the screens draw them."""

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from tests.apps import words
from tests.arrangement_ledger import BOOK, DAY, HOSTILE

pytestmark = pytest.mark.usefixtures("english")


def draw_panel() -> None:
    """What a screen does, without one: AppTest cannot pick the row of a table."""
    from datetime import date  # noqa: PLC0415

    from pages.parts.arrangements import arrangement_form as arrangement_form_blocks  # noqa: PLC0415
    from pages.parts.context.view import View  # noqa: PLC0415
    from reports import language  # noqa: PLC0415

    language.use("en")
    arrangement_form_blocks.show_notice()
    arrangement_form_blocks.panel(View(date(2026, 11, 22)), "F1", "C1")


@pytest.fixture
def form(desk, monkeypatch):
    monkeypatch.setenv("KASSTROOM_STORE", str(desk.store))
    monkeypatch.setenv("KASSTROOM_TODAY", "2026-11-24")
    desk.load(**BOOK)
    return AppTest.from_function(draw_panel, default_timeout=60).run()


def pick(app: AppTest, kind: str) -> None:
    app.segmented_control(key="arrange-kind").set_value(kind).run()


def button(app: AppTest, label: str):
    return next(button for button in app.button if button.label == label)


@pytest.mark.slow
def test_a_day_is_noted_on_the_screen_dated_on_the_day_looked_at_and_left_to_the_forecast_again(form, desk):
    pick(form, "date")
    assert [shown.label for shown in form.button] == ["Save"]
    form.date_input[1].set_value(date(2026, 12, 4))
    form.text_input[0].set_value("called")
    button(form, "Save").click().run()
    assert not form.exception
    assert [note.value.replace("\\", "") for note in form.success] == ["Saved for F1: expected day."]
    assert desk.rows("select noted_date, expected_date, reason from expected_date_at(null)") == [
        (DAY, date(2026, 12, 4), "called")
    ]
    assert "expected on 4" in words(form)
    button(form, "Leave it to the forecast").click().run()
    assert "expected on 4" not in words(form)


@pytest.mark.slow
def test_what_is_wrong_with_a_promise_is_said_and_nothing_is_written(form, desk):
    pick(form, "promise")
    form.text_input[0].set_value("1000,01")
    button(form, "Save").click().run()
    shown = words(form)
    assert "Nothing was saved yet." in shown
    assert "that is more than the $1,000.00 that is open" in shown
    assert desk.rows("select * from promise_at(null)") == []
    form.text_input[0].set_value("400.00")
    form.date_input[1].set_value(date(2026, 12, 4))
    button(form, "Save").click().run()
    assert desk.rows("select made_date, promised_date, amount from promise_at(null)") == [
        (DAY, date(2026, 12, 4), Decimal("400.00"))
    ]


@pytest.mark.slow
def test_a_dispute_is_opened_and_closed_on_the_screen(form, desk):
    pick(form, "dispute")
    form.text_input[0].set_value(HOSTILE)
    button(form, "Save").click().run()
    assert HOSTILE in words(form)
    assert "<b>" not in "".join(part.value for part in form.markdown)
    button(form, "Close this dispute").click().run()
    assert desk.rows("select opened_date, closed_date, reason from dispute_at(null)") == [(DAY, DAY, HOSTILE)]


def test_a_note_somebody_else_made_meanwhile_is_not_written_over(form, desk):
    pick(form, "date")
    desk.load(expected_dates=[("F1", DAY, date(2026, 12, 24))])
    form.date_input[1].set_value(date(2026, 12, 4))
    button(form, "Save").click().run()
    assert "somebody else changed 1 of these rows" in words(form)
    button(form, "Show what is there now").click().run()
    assert form.date_input[1].value == date(2026, 12, 24)
