"""The amounts a company chose for its forecast, as people edit them: minimum cash and credit line."""

from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from reports.answers.shared.forms import Changes, NotAnAmountError, Problem, amount, written
from reports.formats import money
from reports.translation import _

_SETTINGS = ("minimum_cash", "credit_line")


def setting_rows(settings: pl.DataFrame) -> dict[str, str]:
    """Return the amounts the company chose, as they can be typed over; the rows are of `settings`."""
    chosen = dict(settings.rows())
    return {name: written(Decimal(chosen.get(name) or "0")) for name in _SETTINGS}


def setting_changes(before: Mapping[str, str], after: Mapping[str, str | None]) -> Changes:
    """Return what has to be written so that the settings become what was typed; an empty one is 0.

    Args:
        before: of `setting_rows`.
        after: the same, as typed.
    """
    rows: list[dict[str, str]] = []
    problems: list[Problem] = []
    for name, was in before.items():
        try:
            new = amount(after[name]) or Decimal("0.00")
        except NotAnAmountError as error:
            problems.append(Problem("", setting_name(name), str(error)))
            continue
        if name == "credit_line" and new < 0:
            problems.append(Problem("", setting_name(name), _("a credit line is not below 0")))
        elif new != amount(was):
            rows.append({"key": name, "value": str(new)})
    frame = pl.DataFrame(rows, schema={"key": pl.String(), "value": pl.String()})
    return Changes(frame, changed=len(rows), problems=tuple(problems))


def setting_name(name: str) -> str:
    """Return what a setting is called."""
    return {"minimum_cash": _("Minimum cash"), "credit_line": _("Credit line")}[name]


def settings_saved(changes: Changes, after: Mapping[str, str | None], currency: str) -> str:
    """Say what the changed settings are now."""
    parts = [
        f"{setting_name(key)} {money(amount(after[key]) or Decimal(0), currency)}"
        for key in changes.rows["key"]
    ]
    return _("Saved: {what}.", what=", ".join(parts))
