"""What is new or worse since a week ago, by hand."""

import polars as pl

from reports.answers.warnings import weekly_change


def change(rule: str, value: float, before: float | None) -> str | None:
    frame = pl.DataFrame(
        {"rule": [rule], "value": [value], "value_before": [before]},
        schema={"rule": pl.String, "value": pl.Float64, "value_before": pl.Float64},
    )
    return weekly_change.add_change(frame)["change"][0]


def test_a_signal_is_new_that_was_not_raised_and_worse_when_its_number_grew_by_a_quarter():
    assert change("level_now", 20.0, None) == "new"
    assert change("level_now", 25.0, 20.0) == "worse"
    assert change("level_now", 24.9, 20.0) is None
    # A count is worse with every one more.
    assert change("broken_promise", 6.0, 5.0) == "worse"
    assert change("broken_promise", 5.0, 6.0) is None
    # A share of pay days that fell further, or rose, says nothing more.
    assert change("pay_weekday", 0.4, 0.2) is None


def customer(*changes: str | None) -> str | None:
    frame = pl.DataFrame({"change": list(changes)}, schema={"change": pl.String})
    return frame.select(weekly_change.customer_change()).item()


def test_a_customer_is_new_when_all_is_new_and_worse_when_something_is():
    assert customer("new", "new") == "new"
    assert customer("new", None) == "worse"
    assert customer("worse", None) == "worse"
    assert customer(None, None) is None


def test_the_reason_that_came_true_most_often_is_first_and_size_is_last():
    rules = pl.DataFrame(
        {
            "rule": ["level_past", "shift", "concentration", "dispute"],
            "came_true": [0.6, 0.7, 0.9, None],
            "least_came_true": [0.55, 0.65, 0.85, 0.2],
        }
    )
    order = weekly_change.strongest_order(rules).sort("place")["rule"].to_list()
    assert order[:3] == ["shift", "level_past", "broken_promise"]
    assert order[-3:] == ["concentration", "exposure", "first_time"]
