"""Settings as typed: rows, problems, the dates below the boxes, and what follows from them."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest

from data.errors import RefusedFileError
from data.grains import SETTINGS
from data.store import typed_rows
from reports import language
from reports.answers.data_quality import findings
from reports.answers.settings import fields, settings_form
from reports.answers.shared import forms

pytestmark = pytest.mark.usefixtures("english")
DAY = date(2026, 11, 20)
EVERY = {setting.key: setting for setting in fields.every()}
NOTHING = pl.DataFrame(schema={"key": pl.String, "value": pl.String})


def changes(stored: dict | None = None, entity: str | None = None, *, group: str = "", **typed_in: str):
    """Type into the part of the screen where the first of the settings stands."""
    first = next(iter(typed_in))
    part = next(
        part
        for part in fields.PARTS
        if first in {setting.key for row in fields.of_part(part, group=group) for setting in row}
    )
    settings = [setting for row in fields.of_part(part, group=group) for setting in row]
    before = settings_form.current_values(settings, stored or {}, entity)
    return settings_form.changes(settings, before, {**before, **typed_in}, stored or {}, entity)


def test_every_setting_of_the_store_stands_on_the_screen_once():
    keys = [setting.key for setting in fields.every()]
    # The demo company is left with a button of its own.
    assert sorted([*keys, "demo_company"]) == sorted(SETTINGS)


def test_what_is_usual_on_the_screen_is_what_holds_in_empty_books(desk):
    desk.load(settings=[("company_name", "Wij")])
    (steps,) = desk.ask("step_days")
    columns = {
        "step_pre_due_days": "pre_due", "step_friendly_days": "friendly", "step_formal_days": "formal",
        "step_final_days": "final", "step_hand_over_days": "hand_over", "contact_gap_days": "gap",
    }  # fmt: skip
    assert {key: int(EVERY[key].usual) for key in columns} == {
        key: steps[column] for key, column in columns.items()
    }


def test_boxes_hold_what_is_set_and_behind_an_empty_one_stands_what_holds():
    stored = {"company_name": "Wij", "step_formal_days": "10", "step_formal_days@North": "12"}
    rows = (EVERY["company_name"], EVERY["step_formal_days"], EVERY["step_final_days"])
    assert settings_form.current_values(rows, stored) == {
        "company_name": "Wij", "step_formal_days": "10", "step_final_days": "",
    }  # fmt: skip
    assert settings_form.current_values(rows, stored, "North") == {
        "company_name": "", "step_formal_days": "12", "step_final_days": "",
    }  # fmt: skip
    assert [settings_form.fallback(row, stored, "North") for row in rows] == ["Wij", "10", "22"]
    assert [settings_form.fallback(row, stored) for row in rows] == ["", "14", "22"]


def test_below_a_box_stands_what_it_is_for_and_since_when_it_holds():
    """Saved at 23:30 UTC, which is the next day in Amsterdam."""
    saved = {"company_name": datetime.fromisoformat("2026-11-12T23:30")}
    stored = {"company_name": "Wij"}
    name, step = EVERY["company_name"], EVERY["step_final_days"]
    assert (
        settings_form.caption(name, stored, saved)
        == "under letters, creditor of a claim · saved 13\u00a0Nov\u00a02026"
    )
    assert settings_form.caption(name, stored, saved, "North").endswith("· as the company")
    assert settings_form.caption(step, {}, {}) == "notice of default · usual"
    assert settings_form.caption(EVERY["company_phone"], {}, {}) == "under letters · not set"


def test_only_what_was_typed_over_is_written_and_an_emptied_one_is_taken_back():
    steps = changes({"step_final_days": "30"}, step_formal_days="10", step_final_days="")
    assert sorted(steps.rows.rows()) == [("step_final_days", None), ("step_formal_days", "10")]
    assert steps.problems == ()
    assert changes(step_formal_days="").is_nothing


def test_numbers_are_taken_as_people_write_them():
    written = changes(
        company_iban="nl91 abna 0417 1643 00", company_vat_id="nl 1234.56.789.b01", company_kvk="12 34 56 78"
    )
    assert written.problems == ()
    assert dict(written.rows.rows()) == {
        "company_iban": "NL91ABNA0417164300", "company_vat_id": "NL123456789B01", "company_kvk": "12345678",
    }  # fmt: skip
    assert changes(company_kvk="BE 0123.456.749").problems == ()


def test_an_administration_types_its_own_and_the_whole_company_what_it_cannot_have():
    own = changes({"company_phone": "030"}, "North", company_phone="040")
    assert own.rows.rows() == [("company_phone@North", "040")]
    assert changes({}, "North", minimum_cash="5").rows.rows() == [("minimum_cash", "5.00")]


@pytest.mark.slow
def test_days_from_a_file_that_pass_a_step_over_are_a_finding(desk):
    desk.load(settings=[("step_formal_days", "10"), ("step_final_days", "10")])
    assert desk.ask("findings", as_of=DAY) == []  # on the same day: one after the other all the same
    # 3, 1, 40, 2: the formal one before the friendly one, the hand-over before the demand.
    desk.load(
        settings=[("step_formal_days", "1"), ("step_hand_over_days", "2"), ("step_final_days", "40")],
    )
    (finding,) = desk.ask("findings", as_of=DAY)
    assert (finding["finding"], finding["count"], finding["example"]) == (
        "step_before_earlier", 2, "step_formal_days",
    )  # fmt: skip
    row = findings.in_words(pl.DataFrame([finding])).row(0, named=True)
    assert row["advice"].startswith("Set the days under “Steps and costs” in Settings")


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("step_formal_days", "soon", "Formal reminder, days late must be a whole number of days"),
        ("step_formal_days", "-1", "must be a whole number of days"),
        (
            "step_formal_days",
            "23",
            "Final demand, days late: comes not before “Formal reminder, days late”: at least 23",
        ),
        ("step_friendly_days", "15", "at least 15 days"),
        ("company_iban", "NL91", "must be an IBAN"),
        ("company_iban", "NL91ABNA0417164301", "the check digits of this number are wrong"),
        ("company_email", "us", "Mail address: Mail address"),
        ("company_kvk", "1234567", "Chamber of commerce number must be eight digits"),
        ("company_vat_id", "NL12345678B01", "VAT number must be a VAT number without spaces"),
        ("payment_link", "http://x.nl/{invoice}", "must be a link that begins with https://"),
        ("payment_link", "https://x.nl/{password}", "must be a link that begins with https://"),
        ("steps", "formal:14 friendly:21", "must be none, or steps in order"),
        ("fee_formal", "-5", "write an amount of 0 or more"),
        ("fee_formal", "five", "“five” is not an amount"),
        ("fee_formal", "1.2345", "is not an amount"),
        ("credit_line", "-1", "Credit line: write an amount of 0 or more"),
        ("time_zone", "Europe/Nowhere", "must be a time zone such as Europe/Amsterdam"),
        ("reporting_currency", "guilders", "Reporting currency"),
        ("target_overdue", "-5", "Overdue at most: write an amount of 0 or more"),
        ("target_dso_countback", "-5", "must be a number of days from 0 to 999"),
        ("target_dso_countback", "1000", "must be a number of days from 0 to 999"),
        ("target_days_late", "-1000", "must be a number of days from -999 to 999"),
        ("target_on_time_share", "101", "must be a percentage from 0 to 100"),
        ("target_on_time_share", "-1", "must be a percentage from 0 to 100"),
        ("target_d90_plus_share", "few", "“few” is not an amount"),
        ("days_in_stock", "-1", "Days in stock (DIO) must be a number of days from 0 to 999"),
        ("cost_of_money", "-1", "must be a percentage from 0 to 100"),
        ("discount_grace_days", "many", "must be a number of days from 0 to 99"),
        ("post_delivery", "tomorrow", "must be a day, a delivery day and weekdays"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(key, value, sentence):
    written = changes(**{key: value})
    assert len(written.problems) == 1
    assert sentence in str(written.problems[0])


def test_a_reporting_currency_is_changed_and_not_emptied():
    (problem,) = changes({"reporting_currency": "EUR"}, reporting_currency="").problems
    assert str(problem) == "Reporting currency: once set, it can be changed but not emptied"
    assert changes({"reporting_currency": "EUR"}, reporting_currency="usd").rows.rows() == [
        ("reporting_currency", "USD")
    ]


@pytest.mark.slow
def test_a_step_that_is_set_moves_the_worklist_and_one_taken_back_moves_it_again(desk):
    due = DAY - timedelta(days=12)
    desk.load(
        customers=[("C1", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C1", "invoice", due - timedelta(days=30), due, "EUR", "100.00")],
        contacts=[("C1", "F1", DAY - timedelta(days=8), "mail", "out", "friendly_reminder")],
    )

    def step() -> str | None:
        return desk.ask("worklist_items", as_of=DAY)[0]["step"]

    assert step() is None  # the friendly word was said
    typed_rows.add(desk.store, {"settings": changes(step_formal_days="12").rows})
    assert step() == "formal_reminder"
    assert [row["key"] for row in desk.ask("setting_dates")] == ["step_formal_days"]
    typed_rows.add(desk.store, {"settings": changes({"step_formal_days": "12"}, step_formal_days="").rows})
    assert step() is None
    assert desk.ask("settings") == []
    assert desk.ask("setting_dates") == []
    empty = pl.DataFrame({"key": ["reporting_currency"], "value": [None]}, schema=NOTHING.schema)
    with pytest.raises(RefusedFileError):
        typed_rows.add(desk.store, {"settings": empty})


def test_steps_in_words_are_typed_for_everybody_an_administration_and_each_group():
    stored = {"steps": "friendly:3", "steps/vip": "final:9", "steps/vip@North": "none"}
    vip = fields.of_part("steps", group="vip")
    assert [setting.key for row in vip for setting in row] == ["steps/vip"]
    assert settings_form.current_values(vip[0], stored, "North") == {"steps/vip": "none"}
    assert settings_form.fallback(vip[0][0], stored, "North") == "final:9"
    typed_in = {"steps/new": "friendly:1  final:2 "}
    new = changes(stored, "North", group="new", **typed_in)
    assert new.rows.rows() == [("steps/new@North", "friendly:1 final:2")]
    assert settings_form.save_notice(new, "EUR") == "Saved: Steps of group new."
    (problem,) = changes(stored, group="vip", **{"steps/vip": "formal:14 friendly:21"}).problems
    assert str(problem).startswith("Steps of group vip: Steps of group vip must be none, or steps in order")


def test_costs_are_typed_as_amounts_and_those_of_an_administration_come_before_the_companys():
    stored = {"fee_formal": "15", "fee_final@North": "1000.50"}
    fees = [EVERY[key] for key in ("fee_friendly", "fee_formal", "fee_final")]
    assert list(settings_form.current_values(fees, stored, "North").values()) == ["", "", "1,000.50"]
    assert [settings_form.fallback(fee, stored, "North") for fee in fees] == ["", "15.00", ""]
    written = changes(stored, "North", fee_friendly="€ 2.50", fee_formal="0", fee_final="")
    assert written.problems == ()
    assert written.rows.rows() == [
        ("fee_friendly@North", "2.50"), ("fee_formal@North", "0.00"), ("fee_final@North", None),
    ]  # fmt: skip


def test_targets_are_typed_as_numbers_and_an_administration_has_no_amount_of_the_company():
    language.use("nl")
    stored = {"target_receivables": "2000000.00", "target_dso_countback": "40", "target_days_late": "4.5"}
    written = changes(stored, target_dso_countback="42,50", target_days_late="-2", target_on_time_share="85")
    assert written.problems == ()
    assert sorted(written.rows.rows()) == [
        ("target_days_late", "-2"), ("target_dso_countback", "42.5"), ("target_on_time_share", "85"),
    ]  # fmt: skip
    rows = [EVERY[key] for key in stored]
    assert list(settings_form.current_values(rows, stored).values()) == ["2.000.000,00", "40", "4,5"]
    assert [settings_form.fallback(row, stored, "North") for row in rows] == ["", "40", "4,5"]
    language.use("en")
    notes = [settings_form.caption(row, stored, {}, "North") for row in rows[:2]]
    assert [note.partition(" · ")[2] for note in notes] == ["not set", "as the company"]
    assert changes(stored, target_days_late="4.50").is_nothing


def test_limits_are_typed_in_the_language_and_only_the_changed_one_is_written(desk):
    language.use("nl")
    desk.load(settings=[("minimum_cash", "1000.00")])
    stored = dict(desk.books().ask("settings").iter_rows())
    written = changes(stored, minimum_cash="1.000", credit_line="250.000,50")
    # 1.000 typed is 1.000,00 stored: the same amount is no change.
    assert written.rows.rows() == [("credit_line", "250000.50")]
    forms.save(desk.store, {"settings": written.rows}, desk.moment())
    assert dict(desk.books().ask("settings").iter_rows())["credit_line"] == "250000.50"
    assert settings_form.save_notice(written, "EUR") == "Opgeslagen: Kredietlijn €\u00a0250.000,50."
