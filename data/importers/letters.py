"""What contacts are called elsewhere, in our codes."""

import polars as pl

from data.grains import CONTACT_KINDS

# What letters are called elsewhere: a notice that is not known for one holds back costs and the next step.
_LETTERS = {
    "reminder": "friendly_reminder",
    "herinnering": "friendly_reminder",
    "betalingsherinnering": "friendly_reminder",
    "aanmaning": "formal_reminder",
    "ingebrekestelling": "final_demand",
    "notice_of_default": "final_demand",
    "sommatie": "final_demand",
    "wik_brief": "notice_14_days",
    "phone_call": "call",
}
_NOTICE = "^(notice|letter|brief)?_?(of)?_?(14|fourteen|veertien)_?(days?|dag|dagen|daagse|d)?"
_NOTICE += "_?(notice|letter|brief|demand|reminder|aanmaning)?$"


def contact_kind(kind: pl.Expr) -> pl.Expr:
    """Return our code of what a contact was, where it is a well-known letter; else what was said."""
    plain = kind.str.to_lowercase().str.replace_all("[^a-z0-9]+", "_").str.strip_chars("_")
    ours = plain.replace_strict(_LETTERS, default=None, return_dtype=pl.String)
    is_notice = plain.str.contains(_NOTICE) & plain.str.contains("[a-z]")
    is_code = plain.is_in(CONTACT_KINDS)
    return (
        pl.when(is_notice)
        .then(pl.lit("notice_14_days"))
        .when(is_code)
        .then(plain)
        .otherwise(pl.coalesce(ours, kind))
    )
