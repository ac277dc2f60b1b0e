"""Arrangements about an open document: the rows a form writes, and the sentences about them."""

from datetime import date
from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from reports import language
from reports.answers.arrangements import arrangement_form, arrangements
from reports.answers.shared import forms
from tests.arrangement_ledger import BOOK, DAY, HOSTILE

pytestmark = pytest.mark.usefixtures("english")


def document(desk, as_of: date = DAY, invoice: str = "F1") -> arrangements.Document:
    """The document as the screens ask for it: in its own currency, 1,210 - 210 = 1,000 open."""
    values = {"as_of": as_of, "currency": "USD"}
    document = arrangements.open_document(
        invoice,
        desk.books().ask("open_items", **values),
        desk.books().ask("arrangements", **values),
        desk.books().ask("disputes", **values),
    )
    assert document is not None
    return document


def save(desk, kind: str, changes) -> None:
    assert changes.problems == ()
    forms.save(desk.store, {arrangement_form.FILES[kind]: changes.rows}, desk.moment())


def problems(changes) -> list[str]:
    assert changes.rows.is_empty()
    return [str(problem) for problem in changes.problems]


@pytest.mark.slow
def test_an_expected_day_holds_from_the_day_it_was_noted_until_it_is_left_to_the_forecast(desk):
    desk.load(**BOOK)
    save(
        desk,
        "date",
        arrangement_form.note_date(document(desk), date(2026, 11, 20), date(2026, 12, 4), f" {HOSTILE} "),
    )
    assert document(desk).expected_date == date(2026, 12, 4)
    assert arrangements.sentences(document(desk), DAY) == [
        "Noted on 20\u00a0Nov\u00a02026: expected on 4\u00a0Dec\u00a02026."
    ]
    assert arrangements.sentences(document(desk, date(2026, 11, 19)), DAY) == []
    assert desk.rows("select reason from expected_date_at(null)") == [(HOSTILE,)]
    assert arrangements.sentences(document(desk, date(2026, 12, 4)), date(2026, 12, 4))[0].endswith(
        "that day has passed."
    )
    save(desk, "date", arrangement_form.note_date(document(desk), DAY, None, ""))
    assert document(desk).expected_date is None
    assert arrangements.sentences(document(desk), DAY) == []


def test_a_note_must_be_the_latest_and_its_day_not_before_it(shared_desk):
    shared_desk.load(**BOOK, expected_dates=[("F1", "2026-11-20", "2026-12-04")])
    late = arrangement_form.note_date(document(shared_desk), date(2026, 11, 19), date(2026, 12, 1), "")
    assert problems(late) == ["Known since: there is a later one, of 20\u00a0Nov\u00a02026"]
    early = arrangement_form.note_date(document(shared_desk), DAY, date(2026, 11, 21), "")
    assert problems(early) == ["Expected on: choose a day on or after 22\u00a0Nov\u00a02026"]
    assert problems(arrangement_form.note_date_on(document(shared_desk), DAY, None, ""))[0].startswith(
        "Expected on: choose a day"
    )
    before = arrangement_form.note_date(document(shared_desk), date(2026, 9, 30), date(2026, 12, 1), "")
    assert problems(before) == ["Known since: choose a day on or after 1\u00a0Oct\u00a02026"]


@pytest.mark.slow
def test_a_promise_is_at_most_what_is_open_in_the_currency_of_the_document(desk):
    desk.load(**BOOK)
    assert document(desk).open_amount == Decimal("1000.00")
    save(desk, "promise", arrangement_form.note_promise(document(desk), DAY, date(2026, 12, 1), "400"))
    assert arrangements.sentences(document(desk), DAY) == [
        "Promised on 22\u00a0Nov\u00a02026: $400.00 on 1\u00a0Dec\u00a02026."
    ]
    more = arrangement_form.note_promise(document(desk), DAY, None, "1,000.01")
    assert problems(more) == [
        "Promised amount: that is more than the $1,000.00 that is open",
        "Promised for: choose a day on or after 22\u00a0Nov\u00a02026",
    ]
    assert problems(arrangement_form.note_promise(document(desk), DAY, date(2026, 12, 1), "")) == [
        "Promised amount: write an amount above 0"
    ]


@pytest.mark.slow
def test_a_promise_is_said_to_be_kept_or_broken_once_its_day_has_come(desk):
    desk.load(**BOOK, promises=[("F1", "2026-11-01", "2026-11-10", "210.00")])
    assert arrangements.sentences(document(desk), DAY)[0].endswith("; kept.")
    desk.load(promises=[("F1", "2026-11-03", "2026-11-10", "210.00")])
    assert arrangements.sentences(document(desk), DAY)[0].endswith("; broken.")


def parts(*rows: tuple[date | None, str]) -> list[dict]:
    return [{"due_date": day, "amount": value} for day, value in rows]


@pytest.mark.slow
def test_a_payment_plan_is_its_instalments_and_typing_it_over_takes_the_old_ones_out(desk):
    desk.load(**BOOK)
    first, second, third = date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)
    save(
        desk,
        "plan",
        arrangement_form.note_plan(
            document(desk), DAY, parts((first, "600"), (second, "400.00"), (None, ""))
        ),
    )
    [words_of_plan] = arrangements.sentences(document(desk), DAY)
    assert words_of_plan.replace("\u00a0", " ") == (
        "Payment plan of 22 Nov 2026: $600.00 on 1 Dec 2026, $400.00 on 1 Jan 2027."
    )
    save(desk, "plan", arrangement_form.note_plan(document(desk), DAY, parts((first, "500"), (third, "500"))))
    assert document(desk).plan.select("pay_date", "amount").rows() == [
        (first, Decimal("500.00")), (third, Decimal("500.00")),
    ]  # fmt: skip
    later = date(2026, 12, 15)
    save(desk, "plan", arrangement_form.end_plan(document(desk, later), later))
    assert document(desk, later).plan.is_empty()
    assert document(desk).plan.height == 2


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
def test_a_payment_plan_that_cannot_be_is_refused(shared_desk, rows, problem):
    shared_desk.load(**BOOK)
    assert problems(arrangement_form.note_plan(document(shared_desk), DAY, parts(*rows))) == [problem]


@pytest.mark.slow
def test_a_dispute_is_opened_and_closed_with_its_reason_and_amount_kept(desk):
    desk.load(**BOOK)
    save(desk, "dispute", arrangement_form.open_dispute(document(desk), DAY, HOSTILE, "250"))
    assert arrangements.sentences(document(desk), DAY) == [
        f"In dispute since 22\u00a0Nov\u00a02026: $250.00, {HOSTILE}."
    ]
    later = date(2026, 12, 1)
    assert problems(arrangement_form.close_dispute(document(desk), date(2026, 11, 21)))[0].startswith(
        "Known since: choose"
    )
    save(desk, "dispute", arrangement_form.close_dispute(document(desk, later), later))
    assert arrangements.sentences(document(desk, later), later) == []
    assert desk.rows("select closed_date, reason, amount from dispute_at(null)") == [
        (later, HOSTILE, Decimal("250.00"))
    ]
    assert problems(arrangement_form.open_dispute(document(desk), DAY, "", "2000")) == [
        "Disputed amount: that is more than the $1,000.00 that is open"
    ]


def test_on_a_credit_note_or_a_paid_document_nothing_is_agreed(shared_desk):
    shared_desk.load(**BOOK)
    values = {"as_of": DAY, "currency": "USD"}
    rows = [shared_desk.books().ask(name, **values) for name in ("open_items", "arrangements", "disputes")]
    assert arrangements.open_document("F2", *rows) is None
    assert arrangements.open_document("gone", *rows) is None


def test_the_words_are_dutch_as_well(shared_desk):
    shared_desk.load(**BOOK, disputes=[("F1", "2026-11-20", "", "prijs", "10.00")])
    language.use("nl")
    assert arrangements.sentences(document(shared_desk), DAY) == [
        "In dispuut sinds 20\u201111\u20112026: US$\u00a010,00, prijs."
    ]


def test_a_row_that_breaks_a_rule_of_the_files_is_refused_as_well(desk):
    desk.load(**BOOK)
    changes = arrangement_form.note_date(document(desk), DAY, date(2026, 12, 1), "")
    broken = changes.rows.with_columns(expected_date=date(2026, 1, 1))
    with pytest.raises(RefusedFileError):
        forms.save(desk.store, {"expected_dates": broken}, None)
