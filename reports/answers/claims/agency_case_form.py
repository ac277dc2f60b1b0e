"""Cases at a collection agency: the rows that open and update one, and their words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from data.grains import CASE_STATES
from reports.answers.shared.finding import Finding
from reports.answers.shared.forms import Changes, NotAnAmountError, Problem, amount, text
from reports.answers.shared.money import total
from reports.formats import in_sentence, money
from reports.sentences import translate
from reports.translation import _, _n, _p

FILE = "collection_cases"
STATES = CASE_STATES
COLUMNS = (
    "case_id", "entity", "agency", "opened_date", "status", "closed_date", "claimed", "recovered", "cost",
)  # fmt: skip
_SCHEMA = pl.Schema(
    {
        "case_id": pl.String(), "customer_id": pl.String(), "agency": pl.String(), "opened_date": pl.Date(),
        "status": pl.String(), "closed_date": pl.Date(), "claimed": pl.String(), "recovered": pl.String(),
        "cost": pl.String(), "entity": pl.String(),
    }
)  # fmt: skip


def field_name(name: str) -> str:
    """Return the label of a field of the forms."""
    return {
        "agency": _("Collection agency"),
        "opened": _("Handed over on"),
        "claimed": _p("field", "Claimed"),
        "status": _p("field", "Status"),
        "closed": _("Closed on"),
        "recovered": _p("field", "Recovered"),
        "cost": _("Agency's costs"),
    }[name]


def open_case(
    customer: str,
    cases: pl.DataFrame,
    opened: date,
    agency: str | None,
    claimed: str | None,
    *,
    entity: str | None = None,
) -> Changes:
    """Return the row that opens a case.

    Args:
        customer: number of the debtor.
        cases: the cases of the customer so far.
        opened: day of the hand-over.
        agency: its name.
        claimed: amount as typed; empty is none.
        entity: the administration whose claim it is; None: of all.
    """
    problems: list[Problem] = []
    # The number holds customer, administration and day, so two cases of one day would be the same case.
    number = "-".join([customer, *([entity] if entity else []), f"{opened:%Y%m%d}"])
    if number in cases["case_id"]:
        problems.append(_problem("opened", _("there is a case of {day} already", day=in_sentence(opened))))
    name = text(agency)
    if not name:
        problems.append(_problem("agency", _("write who collects")))
    row = {
        "case_id": number, "customer_id": customer, "agency": name, "opened_date": opened, "status": "open",
        "closed_date": None, "claimed": _amount(claimed, "claimed", problems), "recovered": None,
        "cost": None, "entity": entity,
    }  # fmt: skip
    return _changes(row, problems)


def update_case(
    case: Mapping[str, Any], status: str, closed: date | None, recovered: str | None, cost: str | None
) -> Changes:
    """Return the row with the new state of a case; agency and claimed amount stay.

    Args:
        case: its row of `collection_cases`.
        status: one of `STATES`.
        closed: day it ended; None exactly if it is open.
        recovered: amount as typed; empty is none.
        cost: amount as typed; empty is none.
    """
    problems: list[Problem] = []
    if status != "open" and closed is None:
        problems.append(_problem("closed", _("choose the day it ended")))
    if status == "open" and closed is not None:
        problems.append(_problem("closed", _("a case that runs has no last day")))
    if closed is not None and closed < case["opened_date"]:
        day = in_sentence(case["opened_date"])
        problems.append(_problem("closed", _("choose a day on or after {day}", day=day)))
    row = {
        "case_id": case["case_id"], "customer_id": case["customer_id"], "agency": case["agency"],
        "opened_date": case["opened_date"], "status": status, "closed_date": closed,
        "claimed": None if case["claimed"] is None else str(case["claimed"]),
        "recovered": _amount(recovered, "recovered", problems), "cost": _amount(cost, "cost", problems),
        "entity": case["entity"] or None,
    }  # fmt: skip
    return _changes(row, problems)


def opening_notice(agency: str) -> str:
    """Return that a case was opened; text from data is not escaped."""
    return _("Case opened at {agency}.", agency=text(agency))


def update_notice(case: str) -> str:
    """Return that the update of a case was saved; text from data is not escaped."""
    return _("Saved for case {case}.", case=case)


def cases(rows: pl.DataFrame, currency: str) -> Finding:
    """Return the recovered, claimed and cost amounts of a customer's cases."""
    method = _("Handed over for collection, the latest first.")
    if rows.is_empty():
        return Finding(_("No case at a collection agency"), method)
    title = _n(
        "{count} case at a collection agency: {recovered} recovered of {claimed}, costs {cost}",
        "{count} cases at a collection agency: {recovered} recovered of {claimed}, costs {cost}",
        rows.height,
        recovered=money(total(rows["recovered"].drop_nulls()), currency),
        claimed=money(total(rows["claimed"].drop_nulls()), currency),
        cost=money(total(rows["cost"].drop_nulls()), currency),
    )
    return Finding(title, method)


def cases_export(rows: pl.DataFrame, currency: str) -> Finding:
    """Return title and method of the exported cases."""
    return Finding(cases(rows, currency).title, _("As recorded, as of the day."))


def _amount(typed: str | None, field: str, problems: list[Problem]) -> str | None:
    try:
        value = amount(typed)
    except NotAnAmountError as error:
        problems.append(_problem(field, translate(error.message)))
        return None
    if value is not None and value < Decimal(0):
        problems.append(_problem(field, _("write an amount of 0 or more")))
    return None if value is None else str(value)


def _changes(row: dict[str, Any], problems: list[Problem]) -> Changes:
    if problems:
        return Changes(pl.DataFrame(schema=_SCHEMA), problems=tuple(problems))
    return Changes(pl.DataFrame([row], schema=_SCHEMA), changed=1)


def _problem(field: str, sentence: str) -> Problem:
    return Problem("", field_name(field), sentence)
