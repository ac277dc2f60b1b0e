"""The limits of the forecast as people edit them: minimum cash and credit line."""

from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.forms import Changes, NotAnAmountError, Problem, amount, amount_text
from reports.formats import money
from reports.sentences import translate
from reports.translation import _

_LIMITS = ("minimum_cash", "credit_line")


def finding() -> Finding:
    """Return the finding of the limits."""
    return Finding(
        _("What the balance is compared with"),
        _(
            "Headroom is the closing balance plus the credit line, less the minimum. "
            "The chance of less than the minimum leaves the credit line out."
        ),
    )


def amounts(settings: pl.DataFrame) -> dict[str, str]:
    """Return the amount of each limit as editable text; the rows are of `settings`."""
    values = dict(settings.rows())
    return {name: amount_text(Decimal(values.get(name) or "0")) for name in _LIMITS}


def changes(before: Mapping[str, str], after: Mapping[str, str | None]) -> Changes:
    """Return the settings to write for the limits typed; an empty one is 0.

    Args:
        before: of `amounts`.
        after: the same, as typed.
    """
    rows: list[dict[str, str]] = []
    problems: list[Problem] = []
    for name, was in before.items():
        try:
            new = amount(after[name]) or Decimal("0.00")
        except NotAnAmountError as error:
            problems.append(Problem("", limit_name(name), translate(error.message)))
            continue
        if name == "credit_line" and new < 0:
            problems.append(Problem("", limit_name(name), _("a credit line is not below 0")))
        elif new != amount(was):
            rows.append({"key": name, "value": str(new)})
    frame = pl.DataFrame(rows, schema={"key": pl.String(), "value": pl.String()})
    return Changes(frame, changed=len(rows), problems=tuple(problems))


def limit_name(name: str) -> str:
    """Return the name of a limit."""
    return {"minimum_cash": _("Minimum cash"), "credit_line": _("Credit line")}[name]


def confirmation(changes: Changes, after: Mapping[str, str | None], currency: str) -> str:
    """Return the sentence that confirms the limits saved."""
    parts = [
        f"{limit_name(key)} {money(amount(after[key]) or Decimal(0), currency)}"
        for key in changes.rows["key"]
    ]
    return _("Saved: {what}.", what=", ".join(parts))
