"""The setting `steps` in a file: which texts and which keys are taken."""

import pytest

from data.importers.steps import are_steps
from tests.data.importers.samples import rejected

GOOD = [
    "none",
    "pre_due:5 friendly:3 formal:14 formal:21 final:30 hand_over:45",
    "friendly:1",
    "hand_over:365",
    "pre_due:30 friendly:3",  # before the due date: no matter how many
    "friendly:3 formal:3 final:3",  # one after the other all the same
]
BAD = [
    "friendly",
    "friendly:3,formal:14",
    "friendly:3  formal:14",
    "friendly:366",
    "friendly:-1",
    "friendly:3.5",
    "call:3",
    "Friendly:3",
    "none friendly:3",
    "formal:3 friendly:14",
    "friendly:14 formal:3",
    "friendly:3 pre_due:5",
    "pre_due:5 pre_due:3",
    "hand_over:45 hand_over:60",
    "hand_over:45 final:60",
    "friendly:0",
    "final:0 hand_over:30",
]


@pytest.mark.parametrize("text", GOOD)
def test_steps_in_order_are_taken(text):
    assert are_steps(text)


@pytest.mark.parametrize("text", BAD)
def test_steps_that_cannot_follow_one_another_are_not(text):
    assert not are_steps(text)


def test_steps_are_of_everybody_an_administration_a_group_or_a_group_at_an_administration(read):
    good = ["steps", "steps@A/S", "steps/retail", "steps/A/B", "steps/retail@North BV"]
    result = read("settings.csv", "key,value", *(f"{key},friendly:3" for key in good))
    assert rejected(result) == []
    assert result.grains["settings"]["key"].to_list() == good


def test_other_keys_and_texts_are_rejected_with_the_form(read):
    result = read(
        "settings.csv", "key,value",
        "steps/,none", "steps/@North BV,none", "steps/retail@,none", "steps/retail @North,none",
        "step_formal_days/retail,3", "steps,soon", "steps/retail@North BV,formal:3 friendly:14",
    )  # fmt: skip
    assert rejected(result) == [*((line, "key") for line in range(2, 7)), (7, "value"), (8, "value")]
    reason = result.rejects["reason"][-1]
    assert reason.startswith("value must be none, or steps in order")
    assert "pre_due:5 friendly:3 formal:14 formal:21 final:30 hand_over:45" in reason


def test_the_name_of_a_group_has_no_at_sign(read):
    header = "customer_id,customer_name,segment,country,payment_terms_days,credit_limit,dunning_group"
    result = read("customers.csv", header, "C1,One,,,,,a@b", "C2,Two,,,,,A/B")
    assert rejected(result) == [(2, "dunning_group")]
