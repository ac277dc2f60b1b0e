"""The billing plan as people type it: what is written, and what is refused."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.forecast.plan import billing_plan_form
from reports.answers.shared import forms
from tests.forecasts import MONDAY, SUNDAY

pytestmark = pytest.mark.usefixtures("english")


def save(desk, changes, kind="billing_plan") -> None:
    forms.save(desk.store, {kind: changes.rows}, desk.moment())


def grid(desk, *segments: str, **known) -> pl.DataFrame:
    planned = desk.books().ask("planned_billings", as_of=SUNDAY)
    return billing_plan_form.plan_rows(planned, segments, billing_plan_form.mondays(SUNDAY, 2), **known)


def test_the_grid_has_a_row_per_week_and_a_column_per_segment(desk):
    desk.load(billing_plan=[(MONDAY, "Klein", "100.00"), (date(2026, 11, 30), "", "900.25")])
    planned = desk.books().ask("planned_billings", as_of=SUNDAY)
    names = billing_plan_form.segments(pl.DataFrame({"kind": ["segment"], "value": ["Groot"]}), planned)
    rows = grid(desk, *names, level=[Decimal("50.00")] * 2, last_year=[None, Decimal("7.00")])
    assert names == ["Groot", "Klein"]
    assert rows.drop("week").rows() == [
        (MONDAY, "", "", "100.00", "50.00", ""),
        (date(2026, 11, 30), "900.25", "", "", "50.00", "7.00"),
    ]
    assert billing_plan_form.finding(planned, billing_plan_form.mondays(SUNDAY, 2), "EUR").title == (
        "2 of 2 weeks planned: €1,000 to be billed"
    )


@pytest.mark.slow
def test_cells_that_were_typed_over_are_written_and_an_empty_one_takes_the_plan_back(desk):
    desk.load(billing_plan=[(MONDAY, "Klein", "100.00"), (MONDAY, "Groot", "200.00")])
    before = grid(desk, "Groot", "Klein")
    first, second = before.to_dicts()
    after = [first | {"segment_0": "250.00", "segment_1": ""}, second | {"all": "1,000"}]
    changes = billing_plan_form.plan_changes(before, after, ["Groot", "Klein"])
    assert billing_plan_form.confirmation(changes) == (
        "Saved: 1 amount changed, 1 amount added, 1 amount taken out."
    )
    save(desk, changes, "billing_plan")
    assert desk.ask("planned_billings", as_of=SUNDAY) == [
        {"week_start": MONDAY, "segment": "Groot", "amount": Decimal("250.00")},
        {"week_start": date(2026, 11, 30), "segment": None, "amount": Decimal("1000.00")},
    ]
    same = [first | {"segment_0": "200"}, second]
    assert billing_plan_form.plan_changes(before, same, ["Groot", "Klein"]).is_nothing


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"all": "10", "segment_0": "5"},
         "All segments: the forecast would count both: fill in all segments together, or each by itself"),
        ({"segment_0": "-5"}, "Groot: what is billed is not below 0"),
        ({"all": "x"}, "All segments: “x” is not an amount; write it like 1,234.56"),
    ],
)  # fmt: skip
def test_a_plan_that_counts_twice_or_is_no_amount_is_refused(desk, cells, said):
    desk.load(billing_plan=[])
    before = grid(desk, "Groot")
    first, second = before.to_dicts()
    changes = billing_plan_form.plan_changes(before, [first | cells, second], ["Groot"])
    assert [str(problem) for problem in changes.problems] == [f"wk\u00a048, {said}"]


def test_a_week_that_files_planned_twice_is_said_to_count_twice(desk):
    desk.load(billing_plan=[(MONDAY, "", "100.00"), (MONDAY, "Groot", "60.00")])
    planned = desk.books().ask("planned_billings", as_of=SUNDAY)
    assert billing_plan_form.double_counting(planned, [MONDAY]).startswith(
        "wk\u00a048: there is an amount for all"
    )
    assert billing_plan_form.double_counting(planned, [date(2026, 11, 30)]) is None


def test_last_year_is_the_same_weeks_52_before_where_the_books_reach_back(desk):
    days = billing_plan_form.mondays(SUNDAY, 2)
    assert billing_plan_form.last_year_period(days) == {"as_of": date(2025, 12, 7), "period": 14}
    documents = pl.DataFrame(
        {"event_date": [date(2025, 11, 24), date(2025, 11, 30), date(2025, 12, 1)],
         "amount": [Decimal("10.00"), Decimal("-2.50"), Decimal("4.00")]},
        schema={"event_date": pl.Date, "amount": pl.Decimal(38, 2)},
    )  # fmt: skip
    assert billing_plan_form.last_year_billings(documents, days, date(2025, 1, 1)) == [
        Decimal("7.50"),
        Decimal("4.00"),
    ]
    assert billing_plan_form.last_year_billings(documents, days, date(2025, 11, 25)) == [
        None,
        Decimal("4.00"),
    ]
