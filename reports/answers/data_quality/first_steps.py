"""The first hour of new books: what is there, what is still missing, and what it would add."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from reports.answers.shared.finding import Finding
from reports.formats import number
from reports.translation import _, _n, _p

SENDER = "sender"
_CORE = ("invoices", "payments", "bank_balances")
_KINDS = (*_CORE, "bills", "customers")


@dataclass(frozen=True)
class FirstStep:
    """One step.

    Attributes:
        key: kind of data, or `SENDER`.
        name: of it.
        adds: what it adds, as a clause.
        is_done: the books have it.
        state: what they have of it, as a clause; empty if nothing.
    """

    key: str
    name: str
    adds: str
    is_done: bool
    state: str


def first_steps(rows: pl.DataFrame | None, *, has_sender: bool) -> list[FirstStep]:
    """Return the steps of new books.

    Args:
        rows: the query of this name; None where there are no books yet.
        has_sender: the settings say who writes letters.
    """
    held: Mapping[str, dict[str, Any]] = {} if rows is None else {row["kind"]: row for row in rows.to_dicts()}
    return [
        *(_step(kind, held.get(kind, {"row_count": 0, "all_rows": 0})) for kind in _KINDS),
        FirstStep(SENDER, _p("step", "Sender of letters"), _adds(SENDER), has_sender, ""),
    ]


def finding(steps: Sequence[FirstStep]) -> Finding:
    """Return how many of the steps are done, and which comes next."""
    waiting = [step for step in steps if not step.is_done]
    done = len(steps) - len(waiting)
    if not waiting:
        return Finding(_("Everything is there that figures, forecast and letters need"))
    return Finding(
        _(
            "{done} of {count} steps done; next: {name}",
            done=done,
            count=len(steps),
            name=waiting[0].name.lower(),
        ),
        _("In any order, and as many as you want: each adds what it says."),
    )


def is_complete(steps: Sequence[FirstStep]) -> bool:
    """Tell whether no step is left."""
    return all(step.is_done for step in steps)


def has_core(steps: Sequence[FirstStep]) -> bool:
    """Tell whether the books have what ageing, timing and cash rest on."""
    return all(step.is_done for step in steps if step.key in _CORE)


def _step(kind: str, row: Mapping[str, Any]) -> FirstStep:
    count, everything = row["row_count"], row["all_rows"]
    state = ""
    if kind == "customers" and everything:
        state = _(
            "{count} of {all} with a segment, e-mail or address", count=number(count), all=number(everything)
        )
    elif count:
        state = _n("{count} row", "{count} rows", count)
    return FirstStep(kind, _name(kind), _adds(kind), count > 0, state)


def _name(kind: str) -> str:
    return {
        "invoices": _p("step", "Invoices or open items"),
        "payments": _p("step", "Payments"),
        "bank_balances": _p("step", "Bank balance"),
        "bills": _p("step", "Bills of suppliers"),
        "customers": _p("step", "Customers"),
    }[kind]


def _adds(key: str) -> str:
    return {
        "invoices": _("what is owed to you, and how old it is"),
        "payments": _("when each customer pays, and with that the forecast"),
        "bank_balances": _("whether the bank will hold"),
        "bills": _("what goes out, and when"),
        "customers": _("figures per segment, letters and calls"),
        SENDER: _("reminders and claims in your name"),
    }[key]
