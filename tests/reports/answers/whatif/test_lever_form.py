"""The boxes of the levers: what they make, what they give back, and the sentence at the box that is wrong."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data.errors import ScenarioError
from reports import language
from reports.answers.whatif import lever_form as fields
from reports.answers.whatif.scenario_file import KINDS, parse, to_toml

pytestmark = pytest.mark.usefixtures("english")

AS_OF = date(2026, 11, 22)
EVERYTHING = """
name = "all"
start = 2026-12-01
minimum_cash = -1250.50
credit_line = 1000.00
[[lever]]
kind = "terms"
segment = "Groot"
days = 14
pass_through = 0.62
[[lever]]
kind = "terms"
change = -16
[[lever]]
kind = "discount"
percent = 2.5
days = 8
uptake = 0.375
[[lever]]
kind = "instalments"
customers = ["C1", "C2"]
parts = 3
every_days = 30
[[lever]]
kind = "effort"
days = -5
[[lever]]
kind = "delay"
customers = ["C1"]
days = 14
[[lever]]
kind = "default"
date = 2026-12-15
recovery = 0.25
[[lever]]
kind = "sales"
percent = -12.5
[[lever]]
kind = "supplier_terms"
days = 45
[[lever]]
kind = "flow"
date = 2027-01-15
amount = -25000.00
[[lever]]
kind = "target"
segment = "Klein"
date = 2026-12-31
max_overdue = 1234.56
"""


def refused(kind: str, **typed: object) -> tuple[str, str]:
    """The box and the sentence of the one thing that is wrong."""
    lever = {**fields.fresh(kind, as_of=AS_OF, largest="C1"), **typed}
    scenario, [refusal] = fields.scenario_of(fields.Draft(levers=(lever,)))
    assert scenario is None
    assert refusal.lever == 0
    return refusal.field, refusal.sentence


@pytest.mark.parametrize("spoken", ["nl", "en"])
def test_what_a_file_says_goes_into_the_boxes_and_comes_out_the_same(spoken):
    language.use(spoken)
    scenario = parse(EVERYTHING)
    read, refusals = fields.scenario_of(fields.typed_of(scenario), "all")
    assert refusals == []
    assert read == scenario
    assert parse(to_toml(read)) == scenario


def test_amounts_and_shares_stand_in_the_boxes_as_people_write_them():
    typed = fields.typed_of(parse(EVERYTHING))
    assert typed.minimum_cash == "-1,250.50"
    assert typed.levers[0]["pass_through"] == 62
    assert typed.levers[2]["uptake"] == 37.5
    assert typed.levers[9]["amount"] == "-25,000.00"
    assert [lever["scope"] for lever in typed.levers[:4]] == ["segment", "all", "all", "customers"]


def test_every_lever_is_offered_and_every_key_has_a_box():
    assert set(fields.OFFERED) == set(KINDS)
    for kind, keys in KINDS.items():
        boxes = {box.name for mode in fields.TERMS for box in fields.fields(kind, mode)}
        assert boxes | {"pass_through"} >= {key.name for key in keys}
        assert fields.kind_name(kind)
        assert fields.kind_help(kind)


@pytest.mark.parametrize("kind", fields.OFFERED)
def test_a_lever_as_it_is_added_is_a_scenario(kind):
    lever = fields.fresh(kind, as_of=AS_OF, largest="C1")
    scenario, refusals = fields.scenario_of(fields.Draft(levers=(lever,)))
    assert refusals == []
    assert [one.kind for one in scenario.levers] == [kind]
    assert fields.typed_of(scenario).levers[0]["kind"] == kind


@pytest.mark.parametrize(
    ("kind", "typed", "field", "sentence"),
    [
        ("terms", {"days": -400}, "days", "Write a whole number from 0 to 365."),
        ("terms", {"mode": "change", "change": 181}, "change", "Write a whole number from -180 to 180."),
        ("terms", {"days": None}, "days", "Write a whole number from 0 to 365."),
        ("terms", {"pass_through": 151.0}, "pass_through", "Write a percentage from 0 to 150."),
        ("terms", {"scope": "segment"}, "segment", "Choose a segment."),
        ("terms", {"scope": "customers"}, "customers", "Choose at least one customer."),
        ("discount", {"uptake": 130.0}, "uptake", "Write a percentage from 0 to 100."),
        ("discount", {"percent": 100.5}, "percent", "Write a percentage from 0 to 100."),
        ("instalments", {"parts": 1}, "parts", "Write a whole number from 2 to 36."),
        ("effort", {"days": -61}, "days", "Write a whole number from -60 to 60."),
        ("default", {"date": None}, "date", "Choose a day."),
        ("sales", {"percent": 501.0}, "percent", "Write a percentage from -100 to 500."),
        ("flow", {"amount": ""}, "amount", "Write an amount."),
        ("flow", {"amount": "25.000,00"}, "amount", "“25.000,00” is not an amount; write it like 1,234.56."),
        ("target", {"max_overdue": "-1"}, "max_overdue", "Write an amount from 0.00."),
    ],
)  # fmt: skip
def test_what_is_not_sensible_is_refused_at_its_box(kind, typed, field, sentence):
    assert refused(kind, **typed) == (field, sentence)


def test_all_that_is_wrong_is_said_at_once():
    lever = {**fields.fresh("discount", as_of=AS_OF, largest=None), "uptake": 130.0, "days": 366}
    draft = fields.Draft(credit_line="-5", minimum_cash="x", levers=(lever,))
    scenario, refusals = fields.scenario_of(draft)
    assert scenario is None
    assert {(one.lever, one.field) for one in refusals} == {
        (0, "uptake"), (0, "days"), (None, "credit_line"), (None, "minimum_cash"),
    }  # fmt: skip


def test_a_name_no_file_can_have_is_refused():
    scenario, [refusal] = fields.scenario_of(fields.Draft(), "x" * 101)
    assert scenario is None
    assert (refusal.lever, refusal.field) == (None, "name")


def test_what_the_books_refuse_stands_at_its_box_without_the_number_of_the_lever():
    error = ScenarioError(
        "Lever 2 (terms): there is no x.", lever=2, field="segment", reason="there is no x."
    )
    assert fields.refusal_of(error) == fields.Refusal(1, "segment", "There is no x.")
    assert fields.refusal_of(ScenarioError("Whole.")).sentence == "Whole."


def test_levers_are_told_in_a_few_words():
    scenario = parse(EVERYTHING)
    said = [fields.lever_said(lever, {"C1": "Jansen"}) for lever in scenario.levers]
    assert said == [
        "Payment term 14 days, Groot",
        "Payment term -16 days, everybody",
        "Early-payment discount 2.5% within 8 days, everybody",
        "Payment in instalments 3 parts, Jansen and 1 more",
        "Reminder effort -5 days, everybody",
        "Customers pay later +14 days, Jansen",
        "A customer fails, everybody",
        "Sales -12.5%, everybody",
        "Supplier terms 45 days",
        "One-off payment or receipt -25,000",
        "Target for overdue 1,235, Klein",
    ]
    unchanged = replace(scenario.levers[1], change=0)
    assert fields.lever_said(unchanged, {}) == "Payment term: unchanged"
    assert Decimal(0) == unchanged.change
