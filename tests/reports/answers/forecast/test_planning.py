"""Planned lines, billing plan and settings as people type them: what is written, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from data.errors import KasstroomError, StoreBusyError
from reports import language
from reports.answers.forecast import text as forecast_text
from reports.answers.forecast.cash_forecast import cash_forecast, history
from reports.answers.forecast.plan import billing_plan_form, planned_lines_form
from reports.answers.forecast.plan import limits_form as company
from reports.answers.forecast.plan.planned_billings import planned_billings
from reports.answers.shared import forms
from tests.apps import words
from tests.books import AS_OF
from tests.reports.answers.forecast.test_liquidity import book  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("english")


SUNDAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 23)
HOSTILE = "=1+1 <b>B</b> $x$ [a](http://evil.example)"
RENT = ("L1", "Rent", "rent", "-500.00", date(2026, 12, 1), "monthly", "")
LOAN = ("L2", "Loan", "loan", "250.50", date(2026, 12, 15), "none", "")


@pytest.fixture
def planned(desk):
    desk.load(
        planned_cash=[RENT, LOAN],
        bills=[("B9", "Rent", "2026-11-20", "2026-12-28", "EUR", "510.00", "")],
    )
    return desk


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
    found = planned_lines_form.lines_found(books.ask("planned_lines"), occurrences, 13, "EUR")
    assert found == "2 planned lines: €1,000 out and €251 in over 13 weeks"


def test_only_what_was_typed_is_written(planned):
    before = shown(planned)
    changes = planned_lines_form.line_changes(
        before, [*typed(before, amount="750", until=date(2027, 6, 30)), NEW]
    )
    assert (changes.changed, changes.added, changes.removed, changes.problems) == (1, 1, 0, ())
    assert planned_lines_form.lines_saved(changes) == "Saved: 1 line changed, 1 line added."
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
    own = NEW | {"category": HOSTILE, "label": HOSTILE}
    save(planned, planned_lines_form.line_changes(shown(planned), [*shown(planned).to_dicts(), own]))
    rows = planned.books().ask("planned_lines")
    assert planned_lines_form.categories(rows)[-1] == HOSTILE == rows["label"][0]
    language.use("nl")
    assert planned_lines_form.category_code("salarissen") == "payroll"
    assert planned_lines_form.category_name("payroll") == "Salarissen"


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("nl", "1.234,56", "1234.56"), ("nl", "1234,5", "1234.50"), ("nl", "1.234", "1234.00"),
        ("nl", "12.50", "12.50"), ("nl", "€ -1.234.567", "-1234567.00"), ("nl", "−5", "-5.00"),
        ("en", "1,234.56", "1234.56"), ("en", "1,234", "1234.00"), ("en", "12,50", "12.50"),
        ("en", "7.", "7.00"),
        ("nl", "", None), ("en", None, None),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_the_language_writes_it(lang, text, value):
    language.use(lang)
    assert forms.amount(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "1,234"), ("en", "1.234"), ("nl", "1.23.456"), ("nl", "1.234.56"), ("en", "1,234,5"),
        ("nl", "1,2,3"),
        ("nl", "12.5,0"), ("nl", "abc"), ("nl", "1e5"), ("nl", "--5"), ("nl", "٣"), ("nl", "9" * 16),
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_or_none_is_no_amount(lang, text):
    language.use(lang)
    with pytest.raises(forms.NotAnAmountError):
        forms.amount(text)


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from(["nl", "en"]))
def test_a_written_amount_reads_back_to_the_cent(value, lang):
    language.use(lang)
    assert forms.amount(forms.written(value)) == value


def grid(desk, *segments: str, **known) -> pl.DataFrame:
    planned = desk.books().ask("planned_billings", as_of=SUNDAY)
    return billing_plan_form.plan_rows(planned, segments, billing_plan_form.mondays(SUNDAY, 2), **known)


def test_the_grid_has_a_row_per_week_and_a_column_per_segment(desk):
    desk.load(billing_plan=[(MONDAY, "Klein", "100.00"), (date(2026, 11, 30), "", "900.25")])
    planned = desk.books().ask("planned_billings", as_of=SUNDAY)
    names = billing_plan_form.segments(pl.DataFrame({"kind": ["segment"], "value": ["Groot"]}), planned)
    rows = grid(desk, *names, level=[Decimal("50.00")] * 2, billed=[None, Decimal("7.00")])
    assert names == ["Groot", "Klein"]
    assert rows.drop("week").rows() == [
        (MONDAY, "", "", "100.00", "50.00", ""),
        (date(2026, 11, 30), "900.25", "", "", "50.00", "7.00"),
    ]
    assert billing_plan_form.plan_found(planned, billing_plan_form.mondays(SUNDAY, 2), "EUR") == (
        "2 of 2 weeks planned: €1,000 to be billed"
    )


def test_cells_that_were_typed_over_are_written_and_an_empty_one_takes_the_plan_back(desk):
    desk.load(billing_plan=[(MONDAY, "Klein", "100.00"), (MONDAY, "Groot", "200.00")])
    before = grid(desk, "Groot", "Klein")
    first, second = before.to_dicts()
    after = [first | {"segment_0": "250.00", "segment_1": ""}, second | {"all": "1,000"}]
    changes = billing_plan_form.plan_changes(before, after, ["Groot", "Klein"])
    assert billing_plan_form.plan_saved(changes) == (
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
    assert billing_plan_form.counted_twice(planned, [MONDAY]).startswith(
        "wk\u00a048: there is an amount for all"
    )
    assert billing_plan_form.counted_twice(planned, [date(2026, 11, 30)]) is None


def test_last_year_is_the_same_weeks_52_before_where_the_books_reach_back(desk):
    days = billing_plan_form.mondays(SUNDAY, 2)
    assert billing_plan_form.last_year_asked(days) == {"as_of": date(2025, 12, 7), "period": 14}
    documents = pl.DataFrame(
        {"event_date": [date(2025, 11, 24), date(2025, 11, 30), date(2025, 12, 1)],
         "amount": [Decimal("10.00"), Decimal("-2.50"), Decimal("4.00")]},
        schema={"event_date": pl.Date, "amount": pl.Decimal(38, 2)},
    )  # fmt: skip
    assert billing_plan_form.billed_last_year(documents, days, date(2025, 1, 1)) == [
        Decimal("7.50"),
        Decimal("4.00"),
    ]
    assert billing_plan_form.billed_last_year(documents, days, date(2025, 11, 25)) == [None, Decimal("4.00")]


def test_settings_are_typed_in_the_language_and_only_the_changed_one_is_written(desk):
    language.use("nl")
    desk.load(settings=[("minimum_cash", "1000.00")])
    before = company.setting_rows(desk.books().ask("settings"))
    assert before == {"minimum_cash": "1.000,00", "credit_line": "0,00"}
    after = {"minimum_cash": "1.000", "credit_line": "250.000,50"}
    changes = company.setting_changes(before, after)
    assert changes.rows.rows() == [("credit_line", "250000.50")]
    save(desk, changes, "settings")
    assert dict(desk.books().ask("settings").rows())["credit_line"] == "250000.50"
    assert company.settings_saved(changes, after, "EUR") == "Opgeslagen: Kredietlijn €\u00a0250.000,50."
    wrong = company.setting_changes(before, {"minimum_cash": "veel", "credit_line": "-1"})
    assert [str(problem) for problem in wrong.problems] == [
        "Minimum saldo: ‘veel’ is geen bedrag; schrijf het als 1.234,56",
        "Kredietlijn: een kredietlijn is niet lager dan 0",
    ]


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


def test_the_forecast_follows_the_plan_and_gives_the_level_without_one(book):  # noqa: F811
    made = cash_forecast(book.books(), as_of=AS_OF)
    assert len(made.billings) == 13
    assert all(level > 0 for level in made.billings)


def test_a_plan_of_one_segment_takes_the_place_of_its_share_alone(desk):
    # Every week "Groot" bills 300.00 and "Klein" 100.00: a quarter.
    customers = [("A", "A", "Groot", "NL", 30, ""), ("B", "B", "Klein", "NL", 30, "")]
    invoices = [
        (f"{who}{week}", who, "invoice", AS_OF - timedelta(days=7 * week + 3), "", "EUR", amount)
        for who, amount in (("A", "300.00"), ("B", "100.00"))
        for week in range(26)
    ]
    week = AS_OF + timedelta(days=1)
    desk.load(customers=customers, invoices=invoices, billing_plan=[(week, "Klein", "50.00")])

    def planned(as_of: date = AS_OF) -> tuple[list[float], list[float], tuple[str, ...]]:
        past = history(desk.books(), as_of=as_of, weeks=13)
        plan, unknown = planned_billings(desk.books(), past, as_of=as_of, known_on=None)
        return plan.amount.round(6).tolist()[:2], plan.share.round(6).tolist()[:2], unknown

    assert planned() == ([50.0, 0.0], [0.25, 0.0], ())
    # From a Wednesday the plan's last four days are in the first week.
    assert planned(AS_OF + timedelta(days=3)) == (
        [round(50 * 4 / 7, 6), 0.0],
        [round(0.25 * 4 / 7, 6), 0.0],
        (),
    )
    desk.load(billing_plan=[(week, "Klein", "50.00"), (week, "Grooot", "9.00"), (week, "", "")])
    assert planned() == ([59.0, 0.0], [0.25, 0.0], ("Grooot",))
    said = forecast_text.notes(cash_forecast(desk.books(), as_of=AS_OF), is_filtered=False)
    assert any("a segment no document is of: Grooot." in sentence for sentence in said)


def test_the_part_plan_shows_lines_grid_and_settings_and_runs_no_name(planned, open_page):
    planned.load(
        planned_cash=[("L3", HOSTILE, HOSTILE, "-1.00", MONDAY, "none", "")],
        settings=[("credit_line", "5.00")],
    )
    from tests.books import BOOKS  # noqa: PLC0415

    planned.load(**BOOKS)
    app = open_page("liquidity_forecast", part="plan")
    assert not app.error
    said = words(app)
    assert "3 planned lines: " in said
    assert "No billing plan" in said
    assert [box.value for box in app.text_input if "EUR" in box.label] == ["0.00", "5.00"]


def test_settings_are_saved_on_the_page_and_said(planned, open_page):
    from tests.books import BOOKS  # noqa: PLC0415

    planned.load(**BOOKS)
    app = open_page("liquidity_forecast", part="plan")
    minimum, line = (box for box in app.text_input if "EUR" in box.label)
    line.set_value("lots")
    button = next(one for one in app.button if str(one.key).startswith("plan-settings"))
    button.click().run()
    assert "Credit line: “lots” is not an amount" in words(app)
    minimum, line = (box for box in app.text_input if "EUR" in box.label)
    minimum.set_value("1,500")
    line.set_value("2500.50")
    next(one for one in app.button if str(one.key).startswith("plan-settings")).click().run()
    assert [note.value.replace("\\", "") for note in app.success] == [
        "Saved: Minimum cash €1,500.00, Credit line €2,500.50."
    ]
    assert dict(planned.books().ask("settings").rows()) == {
        "minimum_cash": "1500.00", "credit_line": "2500.50",
    }  # fmt: skip


def test_of_an_earlier_moment_nothing_can_be_changed(planned, open_page):
    from tests.books import BOOKS  # noqa: PLC0415

    planned.load(**BOOKS)
    app = open_page("liquidity_forecast", part="plan", known_on="2030-01-01")
    assert "This is how it was known on an earlier day" in words(app)
    assert not [one for one in app.button if str(one.key).endswith("-save")]
