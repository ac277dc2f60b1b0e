"""Arrangements about an open document, as typed: the rows to write, or the problems."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.arrangements.arrangements import Document, kind_name
from reports.answers.shared.forms import Changes, NotAnAmountError, Problem, amount, text
from reports.formats import in_sentence, money
from reports.sentences import translate
from reports.translation import _, _p

FILES = {"date": "expected_dates", "promise": "promises", "plan": "payment_plans", "dispute": "disputes"}
_DATES = pl.Schema(
    {"invoice_id": pl.String(), "noted_date": pl.Date(), "expected_date": pl.Date(), "reason": pl.String()}
)
# What is noted here is of no contact: it stays when the contact before it is taken back.
_PROMISES = pl.Schema(
    {
        "invoice_id": pl.String(), "made_date": pl.Date(), "promised_date": pl.Date(), "amount": pl.String(),
        "contact_id": pl.String(),
    }
)  # fmt: skip
_PLANS = pl.Schema(
    {"invoice_id": pl.String(), "agreed_date": pl.Date(), "due_date": pl.Date(), "amount": pl.String()}
)
_DISPUTES = pl.Schema(
    {
        "invoice_id": pl.String(), "opened_date": pl.Date(), "closed_date": pl.Date(), "reason": pl.String(),
        "amount": pl.String(), "contact_id": pl.String(),
    }
)  # fmt: skip


def note_date(document: Document, since: date, day: date | None, reason: str | None) -> Changes:
    """Return the row with the expected day of a document; without a day the forecast decides."""
    problems = _date_problems(document, "date", since)
    if day is not None and day < since:
        problems.append(_problem("expected", _before(since)))
    row = {
        "invoice_id": document.invoice_id,
        "noted_date": since,
        "expected_date": day,
        "reason": text(reason) or None,
    }
    return _changes([row], _DATES, problems)


def note_date_on(document: Document, since: date, day: date | None, reason: str | None) -> Changes:
    """Return the row with the expected day of a document, as `note_date`; a day is required."""
    if day is None:
        return _changes([], _DATES, [_problem("expected", _before(since))])
    return note_date(document, since, day, reason)


def note_promise(document: Document, since: date, day: date | None, typed: str | None) -> Changes:
    """Return the row of a promise to pay an amount on a day."""
    problems = _date_problems(document, "promise", since)
    value = _at_most_open(document, typed, "promised_amount", problems)
    _on_or_after(day, since, "promised", problems)
    row = {
        "invoice_id": document.invoice_id, "made_date": since, "promised_date": day, "amount": str(value),
        "contact_id": None,
    }  # fmt: skip
    return _changes([row], _PROMISES, problems)


def note_plan(document: Document, since: date, rows: Sequence[Mapping[str, Any]]) -> Changes:
    """Return the rows of a payment plan: its instalments, and zeros for those an earlier plan of the day had.

    Args:
        document: the document.
        since: day it was agreed.
        rows: `due_date` and `amount` as typed; empty rows are skipped.
    """
    problems = _date_problems(document, "plan", since)
    parts: dict[date, Decimal] = {}
    for place, row in enumerate(rows, start=1):
        day, typed = row.get("due_date"), row.get("amount")
        if day is None and not typed:
            continue
        name = _("Instalment {number}", number=place)
        value = _amount(typed, name, problems)
        if day is None or day < since:
            problems.append(Problem(name, _p("field", "Day"), _before(since)))
        elif day in parts:
            problems.append(Problem(name, _p("field", "Day"), _("another instalment falls on this day")))
        elif value is not None:
            parts[day] = value
    together = sum(parts.values(), Decimal(0))
    if not parts and not problems:
        problems.append(Problem("", kind_name("plan"), _("write at least one instalment")))
    elif together > document.open_amount:
        values = {
            "sum": money(together, document.currency),
            "open": money(document.open_amount, document.currency),
        }
        problems.append(
            Problem("", kind_name("plan"), _("the instalments add up to {sum}; {open} is open", **values))
        )
    return _changes(_plan_rows(document, since, parts), _PLANS, problems)


def end_plan(document: Document, since: date) -> Changes:
    """Return the rows that end the present plan: all amounts 0."""
    days = {max(day, since): Decimal(0) for day in document.plan["pay_date"]}
    return _changes(_plan_rows(document, since, days), _PLANS, _date_problems(document, "plan", since))


def open_dispute(document: Document, since: date, reason: str | None, typed: str | None) -> Changes:
    """Return the row that opens a dispute about an amount of the document."""
    problems: list[Problem] = []
    if since < document.invoice_date:
        problems.append(_problem("since", _before(document.invoice_date)))
    value = _at_most_open(document, typed, "disputed", problems)
    row = {
        "invoice_id": document.invoice_id, "opened_date": since, "closed_date": None,
        "reason": text(reason) or None, "amount": str(value), "contact_id": None,
    }  # fmt: skip
    return _changes([row], _DISPUTES, problems)


def close_dispute(document: Document, since: date) -> Changes:
    """Return the row that closes the open dispute; reason and amount stay."""
    dispute = document.dispute
    if dispute is None:
        return _changes([], _DISPUTES, [])
    problems = [_problem("since", _before(dispute["opened_date"]))] if since < dispute["opened_date"] else []
    row = {
        "invoice_id": document.invoice_id, "opened_date": dispute["opened_date"], "closed_date": since,
        "reason": dispute["reason"], "amount": str(dispute["amount"]), "contact_id": None,
    }  # fmt: skip
    return _changes([row], _DISPUTES, problems)


def field_name(name: str) -> str:
    """Return the label of a field of the forms."""
    return {
        "since": _("Known since"),
        "expected": _("Expected on"),
        "reason": _p("field", "Reason"),
        "promised": _("Promised for"),
        "promised_amount": _("Promised amount"),
        "disputed": _("Disputed amount"),
    }[name]


def save_notice(document: Document, kind: str) -> str:
    """Return what was saved."""
    return _("Saved for {invoice}: {what}.", invoice=document.invoice_id, what=kind_name(kind).lower())


def _changes(rows: list[dict[str, Any]], schema: pl.Schema, problems: list[Problem]) -> Changes:
    if problems:
        return Changes(pl.DataFrame(schema=schema), problems=tuple(problems))
    return Changes(pl.DataFrame(rows, schema=schema), changed=len(rows))


def _plan_rows(document: Document, since: date, parts: Mapping[date, Decimal]) -> list[dict[str, Any]]:
    """Return a plan's rows; days that only an earlier plan of the same day had get an amount of 0."""
    same_day = document.facts.filter((pl.col("kind") == "plan") & (pl.col("made_date") == since))
    whole = {**dict.fromkeys(same_day["pay_date"], Decimal(0)), **parts}
    return [
        {
            "invoice_id": document.invoice_id,
            "agreed_date": since,
            "due_date": day,
            "amount": str(value.quantize(Decimal("0.01"))),
        }
        for day, value in sorted(whole.items())
    ]


def _date_problems(document: Document, kind: str, since: date) -> list[Problem]:
    """Return why an arrangement cannot be dated on a day: the latest one counts, so it must be the latest."""
    if since < document.invoice_date:
        return [_problem("since", _before(document.invoice_date))]
    rows = document.latest(kind)
    last = rows["made_date"][0] if rows.height else None
    if last is not None and since < last:
        return [_problem("since", _("there is a later one, of {day}", day=in_sentence(last)))]
    return []


def _at_most_open(
    document: Document, typed: str | None, field: str, problems: list[Problem]
) -> Decimal | None:
    start = len(problems)
    value = _amount(typed, "", problems, field_name(field))
    if len(problems) == start and value is not None and value > document.open_amount:
        is_open = money(document.open_amount, document.currency)
        problems.append(_problem(field, _("that is more than the {open} that is open", open=is_open)))
    return value


def _amount(typed: str | None, row: str, problems: list[Problem], field: str | None = None) -> Decimal | None:
    name = field or _p("field", "Amount")
    try:
        value = amount(typed)
    except NotAnAmountError as error:
        problems.append(Problem(row, name, translate(error.message)))
        return None
    if value is None or value <= 0:
        problems.append(Problem(row, name, _("write an amount above 0")))
        return None
    return value


def _on_or_after(day: date | None, since: date, field: str, problems: list[Problem]) -> None:
    if day is None or day < since:
        problems.append(_problem(field, _before(since)))


def _before(since: date) -> str:
    return _("choose a day on or after {day}", day=in_sentence(since))


def _problem(field: str, sentence: str) -> Problem:
    return Problem("", field_name(field), sentence)
