"""Arrangements about an open document: which hold, what noting one writes, and the forms of the screens."""

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from data.errors import RefusedFileError
from reports import language
from reports.answers.arrangements import arrangement_form, arrangements
from reports.answers.shared import forms
from tests.apps import words

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 11, 22)
HOSTILE = "=1+1 <b>B</b> $x$ [a](http://evil.example)"
BOOK = {
    "customers": [("C1", "Halsema", "Groot", "NL", 30, "")],
    "invoices": [
        ("F1", "C1", "invoice", "2026-10-01", "2026-10-31", "USD", "1210.00"),
        ("F2", "C1", "credit_note", "2026-10-01", "", "USD", "-10.00"),
        ("F3", "C1", "invoice", "2026-10-01", "2026-10-31", "EUR", "1.00"),
    ],
    "payments": [("P1", "C1", "F1", "2026-11-02", "USD", "210.00")],
    "fx_rates": [("2026-01-01", "USD", "0.5")],
    "settings": [("reporting_currency", "EUR")],
}


def found(desk, as_of: date = DAY, invoice: str = "F1") -> arrangements.Document:
    """The document as the screens ask for it: in its own currency, 1,210 - 210 = 1,000 open."""
    values = {"as_of": as_of, "currency": "USD"}
    made = arrangements.document(
        invoice,
        desk.books().ask("open_items", **values),
        desk.books().ask("arrangements", **values),
        desk.books().ask("disputes", **values),
    )
    assert made is not None
    return made


def save(desk, kind: str, changes) -> None:
    assert changes.problems == ()
    forms.save(desk.store, {arrangement_form.FILES[kind]: changes.rows}, desk.moment())


def said(changes) -> list[str]:
    assert changes.rows.is_empty()
    return [str(problem) for problem in changes.problems]


def test_an_expected_day_holds_from_the_day_it_was_noted_until_it_is_left_to_the_forecast(desk):
    desk.load(**BOOK)
    save(
        desk,
        "date",
        arrangement_form.note_date(found(desk), date(2026, 11, 20), date(2026, 12, 4), f" {HOSTILE} "),
    )
    assert found(desk).noted == date(2026, 12, 4)
    assert arrangements.words(found(desk), DAY) == [
        "Noted on 20\u00a0Nov\u00a02026: expected on 4\u00a0Dec\u00a02026."
    ]
    assert arrangements.words(found(desk, date(2026, 11, 19)), DAY) == []
    assert desk.rows("select reason from expected_date_at(null)") == [(HOSTILE,)]
    assert arrangements.words(found(desk, date(2026, 12, 4)), date(2026, 12, 4))[0].endswith(
        "that day has passed."
    )
    save(desk, "date", arrangement_form.note_date(found(desk), DAY, None, ""))
    assert found(desk).noted is None
    assert arrangements.words(found(desk), DAY) == []


def test_a_note_must_be_the_latest_and_its_day_not_before_it(desk):
    desk.load(**BOOK, expected_dates=[("F1", "2026-11-20", "2026-12-04")])
    late = arrangement_form.note_date(found(desk), date(2026, 11, 19), date(2026, 12, 1), "")
    assert said(late) == ["Known since: there is a later one, of 20\u00a0Nov\u00a02026"]
    early = arrangement_form.note_date(found(desk), DAY, date(2026, 11, 21), "")
    assert said(early) == ["Expected on: choose a day on or after 22\u00a0Nov\u00a02026"]
    assert said(arrangement_form.note_date_on(found(desk), DAY, None, ""))[0].startswith(
        "Expected on: choose a day"
    )
    before = arrangement_form.note_date(found(desk), date(2026, 9, 30), date(2026, 12, 1), "")
    assert said(before) == ["Known since: choose a day on or after 1\u00a0Oct\u00a02026"]


def test_a_promise_is_at_most_what_is_open_in_the_currency_of_the_document(desk):
    desk.load(**BOOK)
    assert found(desk).open_amount == Decimal("1000.00")
    save(desk, "promise", arrangement_form.note_promise(found(desk), DAY, date(2026, 12, 1), "400"))
    assert arrangements.words(found(desk), DAY) == [
        "Promised on 22\u00a0Nov\u00a02026: $400.00 on 1\u00a0Dec\u00a02026."
    ]
    more = arrangement_form.note_promise(found(desk), DAY, None, "1,000.01")
    assert said(more) == [
        "Promised amount: that is more than the $1,000.00 that is open",
        "Promised for: choose a day on or after 22\u00a0Nov\u00a02026",
    ]
    assert said(arrangement_form.note_promise(found(desk), DAY, date(2026, 12, 1), "")) == [
        "Promised amount: write an amount above 0"
    ]


def test_a_promise_is_said_to_be_kept_or_broken_once_its_day_has_come(desk):
    desk.load(**BOOK, promises=[("F1", "2026-11-01", "2026-11-10", "210.00")])
    assert arrangements.words(found(desk), DAY)[0].endswith("; kept.")
    desk.load(promises=[("F1", "2026-11-03", "2026-11-10", "210.00")])
    assert arrangements.words(found(desk), DAY)[0].endswith("; broken.")


def parts(*rows: tuple[date | None, str]) -> list[dict]:
    return [{"due_date": day, "amount": value} for day, value in rows]


def test_a_payment_plan_is_its_instalments_and_typing_it_over_takes_the_old_ones_out(desk):
    desk.load(**BOOK)
    first, second, third = date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)
    save(
        desk,
        "plan",
        arrangement_form.note_plan(found(desk), DAY, parts((first, "600"), (second, "400.00"), (None, ""))),
    )
    [words_of_plan] = arrangements.words(found(desk), DAY)
    assert words_of_plan.replace("\u00a0", " ") == (
        "Payment plan of 22 Nov 2026: $600.00 on 1 Dec 2026, $400.00 on 1 Jan 2027."
    )
    save(desk, "plan", arrangement_form.note_plan(found(desk), DAY, parts((first, "500"), (third, "500"))))
    assert found(desk).plan.select("pay_date", "amount").rows() == [
        (first, Decimal("500.00")), (third, Decimal("500.00")),
    ]  # fmt: skip
    later = date(2026, 12, 15)
    save(desk, "plan", arrangement_form.end_plan(found(desk, later), later))
    assert found(desk, later).plan.is_empty()
    assert found(desk).plan.height == 2


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([(date(2026, 12, 1), "600"), (date(2027, 1, 1), "400.01")],
         "Payment plan: the instalments add up to $1,000.01; $1,000.00 is open"),
        ([(date(2026, 11, 21), "600")], "Instalment 1, Day: choose a day on or after 22\u00a0Nov\u00a02026"),
        ([(None, "600")], "Instalment 1, Day: choose a day on or after 22\u00a0Nov\u00a02026"),
        ([(date(2026, 12, 1), "x")], "Instalment 1, Amount: “x” is not an amount; write it like 1,234.56"),
        ([(date(2026, 12, 1), "0")], "Instalment 1, Amount: write an amount above 0"),
        ([(date(2026, 12, 1), "1"), (date(2026, 12, 1), "2")],
         "Instalment 2, Day: another instalment falls on this day"),
        ([], "Payment plan: write at least one instalment"),
    ],
)  # fmt: skip
def test_a_payment_plan_that_cannot_be_is_refused(desk, rows, problem):
    desk.load(**BOOK)
    assert said(arrangement_form.note_plan(found(desk), DAY, parts(*rows))) == [problem]


def test_a_dispute_is_opened_and_closed_with_its_reason_and_amount_kept(desk):
    desk.load(**BOOK)
    save(desk, "dispute", arrangement_form.open_dispute(found(desk), DAY, HOSTILE, "250"))
    assert arrangements.words(found(desk), DAY) == [
        f"In dispute since 22\u00a0Nov\u00a02026: $250.00, {HOSTILE}."
    ]
    later = date(2026, 12, 1)
    assert said(arrangement_form.close_dispute(found(desk), date(2026, 11, 21)))[0].startswith(
        "Known since: choose"
    )
    save(desk, "dispute", arrangement_form.close_dispute(found(desk, later), later))
    assert arrangements.words(found(desk, later), later) == []
    assert desk.rows("select closed_date, reason, amount from dispute_at(null)") == [
        (later, HOSTILE, Decimal("250.00"))
    ]
    assert said(arrangement_form.open_dispute(found(desk), DAY, "", "2000")) == [
        "Disputed amount: that is more than the $1,000.00 that is open"
    ]


def test_on_a_credit_note_or_a_paid_document_nothing_is_agreed(desk):
    desk.load(**BOOK)
    values = {"as_of": DAY, "currency": "USD"}
    asked = [desk.books().ask(name, **values) for name in ("open_items", "arrangements", "disputes")]
    assert arrangements.document("F2", *asked) is None
    assert arrangements.document("gone", *asked) is None


def test_the_words_are_dutch_as_well(desk):
    desk.load(**BOOK, disputes=[("F1", "2026-11-20", "", "prijs", "10.00")])
    language.use("nl")
    assert arrangements.words(found(desk), DAY) == [
        "In dispuut sinds 20\u201111\u20112026: US$\u00a010,00, prijs."
    ]


def test_a_row_that_breaks_a_rule_of_the_files_is_refused_as_well(desk):
    desk.load(**BOOK)
    changes = arrangement_form.note_date(found(desk), DAY, date(2026, 12, 1), "")
    broken = changes.rows.with_columns(expected_date=date(2026, 1, 1))
    with pytest.raises(RefusedFileError):
        forms.save(desk.store, {"expected_dates": broken}, None)


def draw_panel() -> None:
    """What a screen does, without one: AppTest cannot pick the row of a table."""
    from datetime import date  # noqa: PLC0415

    from pages.parts.arrangements import arrangement_form as arrangement_form_blocks  # noqa: PLC0415
    from pages.parts.context.view import View  # noqa: PLC0415
    from reports import language  # noqa: PLC0415

    language.use("en")
    arrangement_form_blocks.said()
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
    return next(one for one in app.button if one.label == label)


def test_a_day_is_noted_on_the_screen_dated_on_the_day_looked_at_and_left_to_the_forecast_again(form, desk):
    pick(form, "date")
    assert [one.label for one in form.button] == ["Save"]
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


def test_what_is_wrong_with_a_promise_is_said_and_nothing_is_written(form, desk):
    pick(form, "promise")
    form.text_input[0].set_value("1000,01")
    button(form, "Save").click().run()
    said = words(form)
    assert "Nothing was saved yet." in said
    assert "that is more than the $1,000.00 that is open" in said
    assert desk.rows("select * from promise_at(null)") == []
    form.text_input[0].set_value("400.00")
    form.date_input[1].set_value(date(2026, 12, 4))
    button(form, "Save").click().run()
    assert desk.rows("select made_date, promised_date, amount from promise_at(null)") == [
        (DAY, date(2026, 12, 4), Decimal("400.00"))
    ]


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
