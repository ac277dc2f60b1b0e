"""What is new or worse on the list of early warnings since a week ago, and which reason comes first."""

import polars as pl

from forecasting.warnings.rules import BY_NAME

# A value that far beyond that of a week ago is worse; less is the drift of days that pass.
WORSE = 1.25
_COUNTED = [rule.name for rule in BY_NAME.values() if rule.unit == "count"]
# A share below its limit has nowhere to grow to.
_NEVER_WORSE = [rule.name for rule in BY_NAME.values() if rule.is_below]
# The order of reasons that were right equally often, or of which that is not known.
_BY_WEIGHT = (
    "broken_promise", "bounces", "shift", "credit_limit", "level_past", "level_now", "silence",
    "short_payment", "dispute", "share_overdue", "no_order_number", "pay_weekday", "exposure",
    "concentration", "first_time",
)  # fmt: skip
# How large a customer is says nothing about what it did: such a reason is first only where there is no other.
_ABOUT_SIZE = ("exposure", "concentration", "first_time")


def add_change(signals: pl.DataFrame) -> pl.DataFrame:
    """Add `change` to signals: `new`, not raised a week ago; `worse`; or null.

    A count is worse when it rose, another value when it is a quarter or more above that of a week ago.

    Args:
        signals: with `rule`, `value` and `value_before`, null where it was not raised a week ago.
    """
    value, before = pl.col("value"), pl.col("value_before")
    is_worse = (
        pl.when(pl.col("rule").is_in(_NEVER_WORSE))
        .then(pl.lit(value=False))
        .when(pl.col("rule").is_in(_COUNTED))
        .then(value > before)
        .otherwise(value >= WORSE * before)
    )
    return signals.with_columns(
        change=pl.when(before.is_null()).then(pl.lit("new")).when(is_worse).then(pl.lit("worse"))
    )


def customer_change() -> pl.Expr:
    """Return the change of a customer from those of its signals that are listed.

    A customer is new if none of them was raised a week ago; beside one that was, a new signal makes it worse.
    """
    change = pl.col("change")
    return (
        pl.when((change == "new").fill_null(value=False).all())
        .then(pl.lit("new"))
        .when(change.is_not_null().any())
        .then(pl.lit("worse"))
    )


def strongest_order(rules: pl.DataFrame) -> pl.DataFrame:
    """Return per rule its `place` among the reasons of a customer, 0 first.

    The rule that came true most often on this ledger is first, by the lower bound of its hit rate: a few
    lucky flags do not lead. Rules about size come last. Where the ledger cannot tell, the order is fixed.
    """
    bound = {
        row["rule"]: row["least_came_true"] or 0.0 for row in rules.to_dicts() if row["came_true"] is not None
    }
    names = sorted(
        _BY_WEIGHT, key=lambda rule: (rule in _ABOUT_SIZE, -bound.get(rule, 0.0), _BY_WEIGHT.index(rule))
    )
    return pl.DataFrame({"rule": names}).with_row_index("place")
