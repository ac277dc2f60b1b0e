"""Muting a signal for a while, as typed: the row to write, or the problems."""

from datetime import date
from typing import Any

import polars as pl

from reports.answers.shared.forms import Changes, Problem, text
from reports.formats import in_sentence
from reports.translation import _, _p

_MUTES = pl.Schema(
    {
        "rule": pl.String(),
        "customer_id": pl.String(),
        "muted_date": pl.Date(),
        "until": pl.Date(),
        "reason": pl.String(),
    }
)


def mute(customer: str, rule: str | None, since: date, until: date | None, reason: str | None) -> Changes:
    """Return the row that mutes one rule, or all rules, for a customer until a day.

    Args:
        customer: its number.
        rule: code; None: every rule.
        since: first day of the mute.
        until: last day of the mute.
        reason: required, because the next reader needs it.
    """
    problems = []
    if until is None or until < since:
        problems.append(
            Problem(
                "",
                _("Do not warn until and including"),
                _("choose a day on or after {day}", day=in_sentence(since)),
            )
        )
    if not text(reason):
        problems.append(Problem("", _p("field", "Reason"), _("say why")))
    row = {
        "rule": rule, "customer_id": customer, "muted_date": since, "until": until, "reason": text(reason),
    }  # fmt: skip
    return _changes([row], _MUTES, problems)


def _changes(rows: list[dict[str, Any]], schema: pl.Schema, problems: list[Problem]) -> Changes:
    if problems:
        return Changes(pl.DataFrame(schema=schema), problems=tuple(problems))
    return Changes(pl.DataFrame(rows, schema=schema), changed=len(rows))
