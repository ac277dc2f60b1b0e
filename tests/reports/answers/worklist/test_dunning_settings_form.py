"""Dunning settings as typed: rows, problems, and the steps that follow from them."""

from datetime import date, timedelta

import polars as pl
import pytest

from data.errors import RefusedFileError
from data.store import typed_rows
from reports.answers.data_quality import findings
from reports.answers.worklist import dunning_settings_form

pytestmark = pytest.mark.usefixtures("english")
DAY = date(2026, 11, 20)
STEPS = pl.DataFrame(
    {"pre_due": [5], "friendly": [3], "formal": [14], "final": [22], "hand_over": [45], "gap": [5]}
)
NOTHING = pl.DataFrame(schema={"key": pl.String, "value": pl.String})


def changes(**typed_in: str):
    before = dunning_settings_form.current_values(NOTHING, STEPS)
    return dunning_settings_form.changes(before, {**before, **typed_in})


def test_what_is_usual_stands_there_until_it_is_set():
    settings = pl.DataFrame({"key": ["company_name"], "value": ["Wij"]})
    values = dunning_settings_form.current_values(settings, STEPS)
    assert (values["step_formal_days"], values["company_name"], values["payment_link"]) == ("14", "Wij", "")
    assert changes().is_nothing


def test_only_what_was_typed_over_is_written_and_an_emptied_one_is_taken_back():
    settings = changes(step_formal_days="10", company_iban="nl91 abna 0417 1643 00", step_final_days="")
    assert sorted(settings.rows.rows()) == [
        ("company_iban", "NL91ABNA0417164300"),
        ("step_final_days", None),
        ("step_formal_days", "10"),
    ]
    assert settings.problems == ()


def test_days_from_a_file_that_pass_a_step_over_are_a_finding(desk):
    desk.load(settings=[("step_formal_days", "10"), ("step_final_days", "10")])
    assert desk.ask("findings", as_of=DAY) == []  # on the same day: one after the other all the same
    # 3, 1, 40, 2: the formal one before the friendly one, the hand-over before the demand.
    desk.load(
        settings=[("step_formal_days", "1"), ("step_hand_over_days", "2"), ("step_final_days", "40")],
    )
    (found,) = desk.ask("findings", as_of=DAY)
    assert (found["finding"], found["count"], found["example"]) == (
        "step_before_earlier", 2, "step_formal_days",
    )  # fmt: skip
    row = findings.in_words(pl.DataFrame([found])).row(0, named=True)
    assert row["advice"].startswith("Set the days under “Steps, sender and company”")


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
        ("company_email", "us", "Mail address: Mail address"),
        ("payment_link", "http://x.nl/{invoice}", "must be a link that begins with https://"),
        ("payment_link", "https://x.nl/{password}", "must be a link that begins with https://"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(key, value, sentence):
    settings = changes(**{key: value})
    assert len(settings.problems) == 1
    assert sentence in str(settings.problems[0])


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
    typed_rows.add(desk.store, {"settings": pl.DataFrame({"key": ["step_formal_days"], "value": ["12"]})})
    assert step() == "formal_reminder"
    typed_rows.add(
        desk.store,
        {"settings": pl.DataFrame({"key": ["step_formal_days"], "value": [None]}, schema=NOTHING.schema)},
    )
    assert step() is None
    assert desk.ask("settings") == []
    with pytest.raises(RefusedFileError):
        typed_rows.add(
            desk.store,
            {
                "settings": pl.DataFrame(
                    {"key": ["reporting_currency"], "value": [None]}, schema=NOTHING.schema
                )
            },
        )


def test_what_the_law_asks_of_the_company_is_chosen_and_taken_back():
    settings = pl.DataFrame({"key": ["company_size"], "value": ["small"]})
    before = dunning_settings_form.current_values(settings, STEPS)
    assert (before["company_size"], before["vat_period"]) == ("small", "")
    after = {**before, "company_size": "", "vat_period": "month"}
    assert dunning_settings_form.changes(before, after).rows.rows() == [
        ("company_size", None),
        ("vat_period", "month"),
    ]


def test_steps_in_words_are_typed_for_everybody_an_administration_and_each_group():
    settings = pl.DataFrame(
        {"key": ["steps", "steps/vip", "steps/vip@North"], "value": ["friendly:3", "final:9", "none"]}
    )
    general = dunning_settings_form.current_values(settings, STEPS, groups=["new", "vip"])
    assert dunning_settings_form.ladders(general) == ["steps", "steps/new", "steps/vip"]
    assert [general[key] for key in ("steps", "steps/new", "steps/vip")] == ["friendly:3", "", "final:9"]
    north = dunning_settings_form.current_values(settings, STEPS, "North", ["new", "vip"])
    assert [north[key] for key in ("steps", "steps/new", "steps/vip")] == ["friendly:3", "", "none"]
    after = {**north, "steps": "formal:5", "steps/new": "friendly:1  final:2 ", "steps/vip": ""}
    written = dunning_settings_form.changes(north, after, "North")
    assert written.problems == ()
    assert written.rows.rows() == [
        ("steps@North", "formal:5"), ("steps/new@North", "friendly:1 final:2"), ("steps/vip@North", None),
    ]  # fmt: skip
    saved = dunning_settings_form.save_notice(written)
    assert saved == "Saved: steps, in place of these five, Steps of group new, Steps of group vip."


def test_steps_out_of_order_are_refused_with_their_form():
    general = dunning_settings_form.current_values(NOTHING, STEPS, groups=["vip"])
    refused = dunning_settings_form.changes(general, {**general, "steps/vip": "formal:14 friendly:21"})
    (problem,) = refused.problems
    assert str(problem).startswith("Steps of group vip: Steps of group vip must be none, or steps in order")


def test_costs_are_typed_as_amounts_and_those_of_an_administration_come_before_the_companys():
    settings = pl.DataFrame({"key": ["fee_formal", "fee_final@North"], "value": ["15", "1000.50"]})
    before = dunning_settings_form.current_values(settings, STEPS, "North")
    fees = ("fee_friendly", "fee_formal", "fee_final")
    assert [before[key] for key in fees] == ["", "15.00", "1,000.50"]
    after = {**before, "fee_friendly": "€ 2.50", "fee_formal": "0", "fee_final": ""}
    written = dunning_settings_form.changes(before, after, "North")
    assert written.problems == ()
    assert written.rows.rows() == [
        ("fee_friendly@North", "2.50"), ("fee_formal@North", "0.00"), ("fee_final@North", None),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["-5", "five", "1.2345"])
def test_costs_that_are_no_amount_are_refused(typed):
    (problem,) = changes(fee_formal=typed).problems
    assert str(problem).startswith("Costs in the formal reminder: ")
