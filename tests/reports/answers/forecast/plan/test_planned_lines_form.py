"""Planned lines as people type them: what is written, and what is refused."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from filelock import FileLock

from data.errors import KasstroomError, StoreBusyError
from reports import language
from reports.answers.forecast.plan import planned_lines_form
from reports.answers.shared import forms
from tests.forecasts import MONDAY, PLAN_NAME, RENT, SUNDAY, load_planned_lines

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def planned(desk):
    return load_planned_lines(desk)


def shown(desk) -> pl.DataFrame:
    books = desk.books()
    return planned_lines_form.line_rows(
        books.ask("planned_lines"), books.ask("planned_occurrences", as_of=SUNDAY, weeks=13)
    )


def typed(rows: pl.DataFrame, **changed) -> list[dict]:
    """The rows with the first one typed over."""
    first, *rest = rows.to_dicts()
    return [{**first, **changed}, *rest]


NEW = {
    "line_id": None,
    "label": " Payroll  tax ",
    "direction": "out",
    "amount": "1,234.50",
    "category": "Payroll tax",
    "first_date": MONDAY,
    "repeat": "monthly",
    "until": None,
}


def save(desk, changes, kind="planned_cash") -> None:
    forms.save(desk.store, {kind: changes.rows}, desk.moment())


def test_a_line_is_shown_with_its_direction_its_next_day_its_sum_and_the_bill_in_its_place(planned):
    # Rent falls on 1 Dec, 1 Jan and 1 Feb; the bill of 28 Dec is within ten days of 1 Jan.
    rent, loan = shown(planned).to_dicts()
    assert (rent["direction"], rent["amount"], rent["next_date"]) == ("out", "500.00", date(2026, 12, 1))
    assert (rent["ahead"], rent["gives_way"]) == ("-1,000.00", "1 Jan 2027: bill B9")
    assert (loan["direction"], loan["amount"], loan["ahead"]) == ("in", "250.50", "250.50")
    books = planned.books()
    occurrences = books.ask("planned_occurrences", as_of=SUNDAY)
    counted = books.ask("payments_out", as_of=SUNDAY).filter(source="planned")
    assert counted["pay_date"].to_list() == [date(2026, 12, 1), date(2026, 12, 15), date(2027, 2, 1)]
    found = planned_lines_form.finding(books.ask("planned_lines"), occurrences, 13, "EUR")
    assert found.title == "2 planned lines: €1,000 out and €251 in over 13 weeks"


def test_only_what_was_typed_is_written(planned):
    before = shown(planned)
    changes = planned_lines_form.line_changes(
        before, [*typed(before, amount="750", until=date(2027, 6, 30)), NEW]
    )
    assert (changes.changed, changes.added, changes.removed, changes.problems) == (1, 1, 0, ())
    assert planned_lines_form.confirmation(changes) == "Saved: 1 line changed, 1 line added."
    save(planned, changes)
    added, rent, loan = planned.ask("planned_lines")
    assert (rent["line_id"], rent["amount"], rent["until"]) == ("L1", Decimal("-750.00"), date(2027, 6, 30))
    assert loan["amount"] == Decimal("250.50")
    assert (added["label"], added["category"], added["amount"]) == ("Payroll tax", "tax", Decimal("-1234.50"))
    assert added["line_id"].startswith("plan-")
    assert planned_lines_form.line_changes(shown(planned), shown(planned).to_dicts()).is_nothing


def test_a_row_that_is_left_out_is_taken_out_of_the_plan(planned):
    before = shown(planned)
    changes = planned_lines_form.line_changes(before, before.to_dicts()[1:])
    assert (changes.removed, changes.rows["amount"].to_list()) == (1, ["0.00"])
    save(planned, changes)
    assert [row["line_id"] for row in planned.ask("planned_lines")] == ["L2"]
    assert planned.ask("payments_out", as_of=SUNDAY)[-1]["line_id"] != "L1"


def test_the_direction_decides_the_sign(planned):
    before = shown(planned)
    changes = planned_lines_form.line_changes(before, typed(before, direction="in"))
    assert changes.rows["amount"].to_list() == ["500.00"]


def test_new_lines_have_numbers_of_their_own(planned):
    changes = planned_lines_form.line_changes(shown(planned), [*shown(planned).to_dicts(), NEW, NEW])
    assert changes.rows["line_id"].n_unique() == 2


NOT_ABOVE_0 = "Rent, Amount: write an amount above 0; the direction says whether it goes out or in"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"label": "  "}, "Row 1, Description: write what the line is for"),
        ({"amount": "much"}, "Rent, Amount: “much” is not an amount; write it like 1,234.56"),
        ({"amount": ""}, NOT_ABOVE_0),
        ({"amount": "-5"}, NOT_ABOVE_0),
        ({"category": None}, "Rent, What for: choose what it is for"),
        ({"first_date": None}, "Rent, First day: choose the first day"),
        ({"repeat": None}, "Rent, Comes back: choose how often it comes back"),
        ({"direction": None}, "Rent, Out/in: choose out or in"),
        ({"until": date(2026, 11, 30)},
         "Rent, Last day: the last day, 30 Nov 2026, is before the first, 1 Dec 2026"),
    ],
)  # fmt: skip
def test_what_cannot_be_saved_is_said_at_its_field_and_nothing_is_written(planned, changed, said):
    before = shown(planned)
    changes = planned_lines_form.line_changes(before, typed(before, **changed))
    assert [str(problem) for problem in changes.problems] == [said]


def test_an_empty_new_row_is_no_row(planned):
    empty = dict.fromkeys(NEW) | {"direction": "out", "repeat": "none"}
    assert planned_lines_form.line_changes(shown(planned), [*shown(planned).to_dicts(), empty]).is_nothing


def test_a_category_of_ones_own_is_kept_as_it_was_typed(planned):
    own = NEW | {"category": PLAN_NAME, "label": PLAN_NAME}
    save(planned, planned_lines_form.line_changes(shown(planned), [*shown(planned).to_dicts(), own]))
    rows = planned.books().ask("planned_lines")
    assert planned_lines_form.categories(rows)[-1] == PLAN_NAME == rows["label"][0]
    language.use("nl")
    assert planned_lines_form.category_code("salarissen") == "payroll"
    assert planned_lines_form.category_name("payroll") == "Salarissen"


def test_who_comes_second_is_told_to_wait_and_nothing_is_written(planned, monkeypatch):
    monkeypatch.setattr(forms, "PATIENCE", 0.0)
    changes = planned_lines_form.line_changes(shown(planned), [])
    with FileLock(planned.store / ".lock"), pytest.raises(StoreBusyError, match="Somebody else is saving"):
        save(planned, changes)
    assert len(planned.ask("planned_lines")) == 2


def test_a_line_somebody_else_changed_is_not_written_over(planned):
    before, seen = shown(planned), planned.moment()
    planned.load(planned_cash=[(*RENT[:3], "-600.00", *RENT[4:])])
    changes = planned_lines_form.line_changes(before, typed(before, amount="700"))
    with pytest.raises(KasstroomError, match="somebody else changed 1 of these rows"):
        forms.save(planned.store, {"planned_cash": changes.rows}, seen)
    assert planned.ask("planned_lines")[0]["amount"] == Decimal("-600.00")
