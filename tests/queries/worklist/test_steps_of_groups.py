"""Steps of a group of customers: which step is up, and which of how many it is; worked out by hand."""

from collections.abc import Iterator

import polars as pl
import pytest

from data.store import typed_rows
from tests.books import Desk
from tests.worklist_ledger import DAY, contact, customer, habits, invoice

GROUPS = {
    "two": "friendly:5 formal:20",
    "five": "pre_due:3 friendly:7 formal:21 final:35 hand_over:60",
    "seven": "pre_due:5 friendly:3 friendly:10 formal:17 formal:24 final:31 hand_over:45",
    "quiet": "none",
    "abrupt": "formal:10 hand_over:30",
    "brief": "friendly:3 formal:14 hand_over:30",
    "finals": "formal:10 final:20 final:30 hand_over:40",
    "early": "pre_due:10 friendly:3",
}
FRIENDLY, FORMAL, FINAL, NOTICE = "friendly_reminder", "formal_reminder", "final_demand", "notice_14_days"
# Group, kind of customer, days late, contacts by days ago -> step, its number, steps in all.
CASES = {
    "before the first step": ("two", "", 4, {}, (None, None, 2)),
    "on the day of the first": ("two", "", 5, {}, (FRIENDLY, 1, 2)),
    "after the first": ("two", "", 90, {60: FRIENDLY}, (FORMAL, 2, 2)),
    "nothing after the last": ("two", "", 90, {60: FRIENDLY, 30: FORMAL}, (None, None, 2)),
    "a demand counts as the last lower": ("two", "", 90, {60: FINAL}, (None, None, 2)),
    "later days than usual": ("five", "", 6, {}, (None, None, 5)),
    "a day too early": ("five", "", 20, {12: FRIENDLY}, (None, None, 5)),
    "on the day": ("five", "", 21, {12: FRIENDLY}, (FORMAL, 3, 5)),
    "none passed over": ("seven", "", 60, {}, (FRIENDLY, 2, 7)),
    "second friendly": ("seven", "", 12, {8: FRIENDLY}, (FRIENDLY, 3, 7)),
    "both friendly": ("seven", "", 16, {12: FRIENDLY, 8: FRIENDLY}, (None, None, 7)),
    "after both friendly": ("seven", "", 17, {12: FRIENDLY, 8: FRIENDLY}, (FORMAL, 4, 7)),
    "a third friendly": ("seven", "", 60, {30: FRIENDLY, 20: FRIENDLY, 10: FRIENDLY}, (FORMAL, 4, 7)),
    "formal without friendly": ("seven", "", 60, {30: FORMAL}, (FORMAL, 5, 7)),
    "after both formal": ("seven", "", 60, {30: FORMAL, 20: FORMAL}, (FINAL, 6, 7)),
    "hand-over": ("seven", "", 45, {20: FINAL}, ("hand_over", 7, 7)),
    "handed over": ("seven", "", 90, {40: "hand_over"}, (None, None, 7)),
    "no follow-up": ("quiet", "", 90, {}, (None, None, 0)),
    "a word without a step": ("abrupt", "", 60, {30: FRIENDLY}, (FORMAL, 1, 2)),
    "a demand is the formal one": ("abrupt", "", 60, {30: FINAL}, ("hand_over", 2, 2)),
    "business without final": ("brief", "", 30, {16: FORMAL}, ("hand_over", 3, 3)),
    "consumer, a day too early": ("brief", "consumer", 29, {16: FORMAL}, (None, None, 4)),
    "consumer without final": ("brief", "consumer", 30, {16: FORMAL}, (NOTICE, 3, 4)),
    "consumer with a demand": ("brief", "consumer", 60, {16: FINAL}, (NOTICE, 3, 4)),
    "consumer after its notice": ("brief", "consumer", 60, {20: NOTICE}, ("hand_over", 4, 4)),
    "business, second final": ("finals", "", 35, {20: FINAL}, (FINAL, 3, 4)),
    "public, second final": ("finals", "public", 35, {20: FINAL}, (FINAL, 3, 4)),
    "consumer, first final": ("finals", "consumer", 35, {20: FORMAL}, (NOTICE, 2, 3)),
    "consumer, no second notice": ("finals", "consumer", 39, {19: NOTICE}, (None, None, 3)),
    "consumer, from final to hand-over": ("finals", "consumer", 40, {20: NOTICE}, ("hand_over", 3, 3)),
    "ten days ahead": ("early", "", -10, {}, ("pre_due_reminder", 1, 2)),
    "reminded ahead": ("early", "", 3, {10: "pre_due_reminder"}, (FRIENDLY, 2, 2)),
    "without a group": ("", "", 14, {8: FRIENDLY}, (FORMAL, 3, 5)),
    "a group without steps": ("other", "", 14, {8: FRIENDLY}, (FORMAL, 3, 5)),
}


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict]]:
    """The invoices of one store by the name of their case; each is of a customer of its own."""
    desk = Desk(tmp_path_factory.mktemp("groups"))
    late, late_paid = habits("ten days ahead", 9)
    desk.load(
        customers=[
            customer(name, customer_type=kind, dunning_group=group)
            for name, (group, kind, *_rest) in CASES.items()
        ],
        invoices=[*late, *(invoice(name, name, days) for name, (_, _, days, *_) in CASES.items())],
        payments=late_paid,
        contacts=[
            contact(name, name, ago, kind)
            for name, (_, _, _, contacts, _) in CASES.items()
            for ago, kind in contacts.items()
        ],
        settings=[(f"steps/{group}", words) for group, words in GROUPS.items()],
    )  # fmt: skip
    yield {row["invoice_id"]: row for row in desk.ask("worklist_items", as_of=DAY)}
    desk.close()


@pytest.mark.parametrize("name", CASES)
def test_the_step_of_a_customer_is_that_of_its_group(listed, name):
    row = listed[name]
    assert (row["step"], row["step_number"], row["steps_in_all"]) == CASES[name][-1]


def test_a_customer_without_follow_up_waits_for_nothing(listed):
    assert listed["no follow-up"]["waits"] == "left_out"
    assert listed["nothing after the last"]["waits"] == "done"


@pytest.mark.slow
def test_two_letters_of_one_day_are_one_step_and_a_broken_promise_calls_nobody_left_out(desk):
    desk.load(
        customers=[customer("C1", dunning_group="seven"), customer("C2", dunning_group="quiet")],
        invoices=[invoice("F1", "C1", 12), invoice("F2", "C2", 12)],
        contacts=[contact("F1", "C1", 8, FRIENDLY), contact("F1", "C1", 8, FRIENDLY, channel="letter")],
        promises=[("F2", "2026-11-12", "2026-11-14", "100.00")],
        settings=[(f"steps/{group}", GROUPS[group]) for group in ("seven", "quiet")],
    )
    rows = {row["invoice_id"]: row for row in desk.ask("worklist_items", as_of=DAY)}
    assert (rows["F1"]["step"], rows["F1"]["step_number"]) == (FRIENDLY, 3)
    assert (rows["F2"]["is_promise_broken"], rows["F2"]["step"]) == (True, None)


@pytest.mark.slow
def test_steps_of_a_group_at_an_administration_come_first_then_the_group_then_the_administration(desk):
    def bill(number: str, who: str, entity: str) -> dict:
        return {
            "invoice_id": number, "customer_id": who, "invoice_type": "invoice", "entity": entity,
            "invoice_date": "2026-10-21", "due_date": "2026-11-20", "currency": "EUR", "amount": "100.00",
        }  # fmt: skip

    desk.load(
        customers=[customer("C1"), customer("C2", dunning_group=" A/B ")],
        invoices=[
            bill(f"{who}-{entity}", who, entity)
            for who in ("C1", "C2")
            for entity in ("", "N.V. A/S", "South")
        ],
        settings=[
            ("steps", "friendly:2"), ("steps@N.V. A/S", "formal:2"), ("steps/A/B", "final:2"),
            ("steps/A/B@N.V. A/S", "hand_over:2"),
        ],
    )  # fmt: skip

    def steps() -> dict[str, str]:
        return {row["invoice_id"]: row["step"] for row in desk.ask("worklist_items", as_of=DAY)}

    assert steps() == {
        "C1-": FRIENDLY, "C1-N.V. A/S": FORMAL, "C1-South": FRIENDLY,
        "C2-": FINAL, "C2-N.V. A/S": "hand_over", "C2-South": FINAL,
    }  # fmt: skip
    gone = pl.DataFrame(
        {"key": ["steps/A/B@N.V. A/S", "steps"], "value": [None, None]},
        schema={"key": pl.String, "value": pl.String},
    )
    typed_rows.add(desk.store, {"settings": gone})
    # Two days late is too early for the usual friendly reminder.
    assert steps() == {
        "C1-": None, "C1-N.V. A/S": FORMAL, "C1-South": None,
        "C2-": FINAL, "C2-N.V. A/S": FINAL, "C2-South": FINAL,
    }  # fmt: skip
