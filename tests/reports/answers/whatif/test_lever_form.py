"""The boxes of the levers: what they make, what they give back, and the sentence at the box that is wrong."""

from datetime import date

import pytest

from data.errors import ScenarioError
from reports import language
from reports.answers import sentences
from reports.answers.whatif import lever_form
from reports.answers.whatif.levers import KINDS
from reports.answers.whatif.refusals import lever_refusal
from reports.answers.whatif.scenario_file import parse, to_toml
from tests.reports.answers.whatif.scenarios import EVERYTHING

pytestmark = pytest.mark.usefixtures("english")

AS_OF = date(2026, 11, 22)


def refused(kind: str, **typed: object) -> tuple[str, str]:
    """The box and the sentence of the one thing that is wrong."""
    lever = {**lever_form.new_lever(KINDS[kind], as_of=AS_OF, largest="C1"), **typed}
    scenario, [refusal] = lever_form.scenario_of(lever_form.Draft(levers=(lever,)))
    assert scenario is None
    assert refusal.lever == 0
    return refusal.field, refusal.sentence


@pytest.mark.parametrize("spoken", ["nl", "en"])
def test_what_a_file_says_goes_into_the_boxes_and_comes_out_the_same(spoken):
    language.use(spoken)
    scenario = parse(EVERYTHING)
    read, refusals = lever_form.scenario_of(lever_form.draft_of(scenario), "all")
    assert refusals == []
    assert read == scenario
    assert parse(to_toml(read)) == scenario


def test_amounts_and_shares_stand_in_the_boxes_as_people_write_them():
    typed = lever_form.draft_of(parse(EVERYTHING))
    assert typed.minimum_cash == "-1,250.50"
    assert typed.levers[0]["pass_through"] == 62
    assert typed.levers[2]["uptake"] == 37.5
    assert typed.levers[9]["amount"] == "-25,000.00"
    assert [lever["scope"] for lever in typed.levers[:4]] == ["segment", "all", "all", "customers"]


def test_every_key_has_a_box_and_every_kind_its_words():
    for kind in KINDS.values():
        boxes = {key.name for mode in ("days", "change") for key in lever_form.boxes(kind, mode)}
        assert boxes | {"pass_through"} >= {key.name for key in kind.keys}
        assert kind.label()
        assert kind.help()


@pytest.mark.parametrize("kind", KINDS)
def test_a_lever_as_it_is_added_is_a_scenario(kind):
    lever = lever_form.new_lever(KINDS[kind], as_of=AS_OF, largest="C1")
    scenario, refusals = lever_form.scenario_of(lever_form.Draft(levers=(lever,)))
    assert refusals == []
    assert [lever.kind for lever in scenario.levers] == [kind]
    assert lever_form.draft_of(scenario).levers[0]["kind"] == kind


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
    lever = {
        **lever_form.new_lever(KINDS["discount"], as_of=AS_OF, largest=None),
        "uptake": 130.0,
        "days": 366,
    }
    draft = lever_form.Draft(credit_line="-5", minimum_cash="x", levers=(lever,))
    scenario, refusals = lever_form.scenario_of(draft)
    assert scenario is None
    assert {(refusal.lever, refusal.field) for refusal in refusals} == {
        (0, "uptake"), (0, "days"), (None, "credit_line"), (None, "minimum_cash"),
    }  # fmt: skip


def test_a_name_no_file_can_have_is_refused():
    scenario, [refusal] = lever_form.scenario_of(lever_form.Draft(), "x" * 101)
    assert scenario is None
    assert (refusal.lever, refusal.field) == (None, "name")


def test_what_the_books_refuse_stands_at_its_box_without_the_number_of_the_lever():
    reason = sentences.NO_SUCH_CUSTOMER(name="'x'")
    error = lever_refusal(2, "terms", reason, "customers")
    assert str(error) == "Lever 2 (terms): there is no customer 'x'."
    assert lever_form.refusal_of(error) == lever_form.Refusal(1, "customers", "There is no customer 'x'.")
    whole = ScenarioError(sentences.SCENARIO_NOT_UTF_8(file="a.toml"))
    assert lever_form.refusal_of(whole).sentence == "A.toml is no UTF-8 text: save it as UTF-8."
    language.use("nl")
    assert lever_form.refusal_of(error).sentence == "Klant 'x' bestaat niet."
