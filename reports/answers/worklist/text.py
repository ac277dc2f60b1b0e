"""Words of the worklist: steps, reasons, advice, waiting invoices."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from reports.answers.customer.text import contact_event
from reports.answers.shared.finding import Finding
from reports.answers.worklist.worklist import Worklist
from reports.formats import chance, in_sentence, money, number, percent
from reports.translation import _, _n, mark

_STEPS = {
    "pre_due_reminder": mark("Reminder before the due date"),
    "friendly_reminder": mark("Friendly reminder"),
    "call": mark("Call them"),
    "formal_reminder": mark("Formal reminder"),
    "final_demand": mark("Final demand"),
    "notice_14_days": mark("14-day notice"),
    "hand_over": mark("Hand over"),
}
_WAITS = {
    "set_off": mark("Set off, or paid with the agreed discount"),
    "disputed": mark("In dispute: the clock stands still"),
    "promised": mark("Promised: waits for its day"),
    "plan": mark("On a payment plan that is kept"),
    "agency": mark("With the agency"),
    "left_out": mark("Left out of the follow-up"),
    "contacted": mark("Contacted in the last days"),
    "term": mark("The term of the last letter runs"),
    "done": mark("No action needed now"),
}
_ADVICE = {
    "pre_due_reminder": mark("Ask whether the invoice came in well and is planned for its due date."),
    "friendly_reminder": mark("Ask kindly whether it was overlooked and when it will be paid."),
    "call": mark("Ask what is the matter and which day to count on; note the day as a promise."),
    "formal_reminder": mark("Say that the term has passed and ask for payment within seven days."),
    "final_demand": mark("Say that this is the last letter before the claim goes to the agency."),
    "notice_14_days": mark("Send the notice with the costs; after the 14 days in it costs may be charged."),
    "hand_over": mark("Check for disputes and promises once more, then hand the file over."),
}


# From this chance on, that it stays unpaid is worth a word before anything else.
_LIKELY = 0.5


def step_name(step: str) -> str:
    """Return the name of a step."""
    return _(_STEPS[step])


def wait_name(reason: str) -> str:
    """Return the name of a reason for waiting."""
    return _(_WAITS[reason])


def steps_or_waits(items: pl.DataFrame) -> list[str]:
    """Return per row of `worklist_items` the step to take, or the reason for waiting."""
    columns = ("step", "waits", "step_number", "steps_in_all")
    return [
        wait_name(waits) if waits else _step_of(step, number, count) if step else ""
        for step, waits, number, count in items.select(columns).iter_rows()
    ]


def _step_of(step: str, number: int | None, count: int) -> str:
    """Return the name of a step and which of the customer's steps it is; a call is none of them."""
    if number is None:
        return step_name(step)
    return _("{step}, {number} of {count}", step=step_name(step), number=number, count=count)


def advice(line: Mapping[str, Any]) -> str:
    """Return the advice for the contact with the customer of a line."""
    if line["is_promise_broken"]:
        return _("Refer to the promise that was not kept and agree on a new day.")
    if line["step"] == "call" and line["is_good_payer"]:
        return _("A good payer with one slip: ask kindly whether something is wrong with the invoice.")
    return _(_ADVICE[line["step"]])


def reasons(line: Mapping[str, Any], currency: str) -> str:
    """Return why a customer is on the list; holds no text from data."""
    count, days = line["invoices"], line["days_overdue"]
    amount = money(line["amount"], currency)
    if days <= 0:
        first = _n(
            "{count} invoice of {amount} falls due in {days} days; usually pays late",
            "{count} invoices of {amount} fall due in {days} days or sooner; usually pays late",
            count,
            amount=amount,
            days=number(-days),
        )
    else:
        first = _n(
            "{count} invoice, {amount}, {days} days overdue",
            "{count} invoices, {amount}, the oldest {days} days overdue",
            count,
            amount=amount,
            days=number(days),
        )
    parts = [first]
    if line["besides_invoices"]:
        more = money(line["besides_amount"], currency)
        parts.append(
            _n("besides {count} invoice, {amount}", "besides {count} invoices, {amount}",
                line["besides_invoices"], amount=more)
        )  # fmt: skip
    if line["is_promise_broken"]:
        parts.append(_("a promise was broken"))
    if line["is_good_payer"]:
        parts.append(_("a good payer: {share} in time", share=percent(line["on_time_share"], 0)))
    if line["chance"] is not None:
        parts.append(_("chance still unpaid in 14 days {chance}", chance=chance(line["chance"])))
    return "; ".join(parts) + "."


def summary(line: Mapping[str, Any]) -> str:
    """Return why a customer is on the list, in a few words: the most remarkable first."""
    if line["is_promise_broken"]:
        return _("a promise was broken")
    if line["is_good_payer"]:
        return _("a good payer, late with one")
    if line["days_overdue"] <= 0:
        return _("usually pays late, due soon")
    if line["chance"] is not None and line["chance"] >= _LIKELY:
        return _("{chance} chance unpaid in 2 weeks", chance=chance(line["chance"]))
    return _n("{count} invoice past its day", "{count} invoices past their day", line["invoices"])


def last_contact(line: Mapping[str, Any]) -> str:
    """Return day and kind of the last contact; holds text from data."""
    if line["last_contact_date"] is None:
        return _("No contact before.")
    return _(
        "Last contact {day}: {what}.",
        day=in_sentence(line["last_contact_date"]),
        what=contact_event(line["last_contact"]),
    )


def lines(day_list: Worklist, rows: pl.DataFrame, currency: str) -> Finding:
    """Return how many customers to contact, their overdue amount, and the order of the lines.

    Args:
        day_list: the worklist of the day.
        rows: those of its lines that are listed.
        currency: of the amounts.
    """
    if day_list.chances_of is None:
        method = _(
            "Largest overdue amount its letter asks for first: no forecast of this week is there to say what "
            "comes by itself. What is in dispute, promised or on a plan is left out."
        )
    else:
        method = _(
            "Worth most first: the overdue amount its letter asks for, times the chance that it is still "
            "unpaid in two weeks without acting, from the forecast of {day}. What is in dispute, promised or "
            "on a plan is left out.",
            day=in_sentence(day_list.chances_of),
        )
    if rows.is_empty():
        return Finding(_("Nobody to contact on {day}", day=in_sentence(day_list.as_of)), method)
    overdue = sum(rows["overdue_amount"].to_list(), start=0 * day_list.amount)
    title = _n(
        "{count} customer to contact, {amount} overdue",
        "{count} customers to contact, {amount} overdue",
        rows["customer_id"].n_unique(),
        amount=money(overdue, currency, 0),
    )
    return Finding(title, method)


def one_line(line: Mapping[str, Any], currency: str) -> Finding:
    """Return customer, step and reasons of a line; the customer's name is from data."""
    return Finding(f"{line['customer_name']}: {step_name(line['step']).lower()}", reasons(line, currency))


def no_line(customer: str) -> Finding:
    """Return the words above a customer that is not on the list; its name is from data."""
    return Finding(customer, _("No action needed now: it was contacted, or nothing of it is up to a step."))


def letter() -> Finding:
    """Return the words above the text of a reminder."""
    return Finding(_("What to write"), _("To copy, or as a draft for your mail program. Nothing is sent."))


def waits() -> Finding:
    """Return the words above the invoices that wait."""
    return Finding(_("What waits"), _("Open invoices that are late or soon due, and are left alone."))


def wait_facts(rows: pl.DataFrame, currency: str) -> list[tuple[str, str]]:
    """Return per reason for waiting the number of invoices and their amount; `rows` of `Worklist.waits`."""
    return [
        (
            wait_name(row["waits"]),
            _n("{count} invoice, {amount}", "{count} invoices, {amount}", row["invoices"],
                amount=money(row["amount"], currency)),
        )
        for row in rows.to_dicts()
    ]  # fmt: skip


def text_column(name: str, values: list[str]) -> pl.Series:
    """Return a column of texts; not made inside polars, because its threads do not know the language."""
    return pl.Series(name, values, dtype=pl.String)


def line_rows(rows: pl.DataFrame, currency: str) -> pl.DataFrame:
    """Return lines with step, reasons and advice in words, to export."""
    dicts = rows.to_dicts()
    return rows.select(
        "customer_name", "customer_id", "entity", "account_manager",
        text_column("step_name", [step_name(row["step"]) for row in dicts]),
        "amount", "fee_amount", "overdue_amount", pl.col("value").alias("worth"), "days_overdue", "invoices",
        text_column("why_said", [reasons(row, currency) for row in dicts]),
        text_column("contact_said", [last_contact(row) for row in dicts]),
        text_column("advice", [advice(row) for row in dicts]),
        "email", "language",
    )  # fmt: skip
