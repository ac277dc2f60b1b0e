"""Disputes, faults of invoices and collection agencies in words."""

from datetime import date

import polars as pl

from forecasting.statistics.within_customer import FEWEST_CUSTOMERS, FEWEST_INVOICES
from reports.answers.disputes.invoice_faults import Fault
from reports.answers.shared.money import total
from reports.formats import about, days, in_sentence, money, number, percent
from reports.translation import _, _n, marked

PARTS = ("disputes", "quality", "agencies")
REASONS = (
    "reason_said", "blocked_amount", "still_open", "longest_open_days", "disputes", "resolved", "median_days",
    "shortest_days", "longest_days",
)  # fmt: skip
REASONS_SHOWN = (
    "reason_said", "blocked_amount", "still_open", "longest_open_days", "disputes", "median_days",
    "range_days",
)  # fmt: skip
BLOCKED = (
    "customer_name", "invoice_id", "opened_date", "days_open", "days_overdue", "open_amount", "reason_said",
)  # fmt: skip
DISPUTES = (
    "customer_name", "invoice_id", "opened_date", "closed_date", "days_open", "amount", "reason_said",
)  # fmt: skip
FAULT_ROWS = ("customer_name", "invoice_id", "invoice_date", "due_date", "paid_date", "days_late", "amount")
CUSTOMERS = (
    "customer_name", "count_with", "count_others", "days_with", "days_others", "added_days", "weight_share",
)  # fmt: skip
AGENCIES = (
    "agency", "case_count", "running", "claimed", "recovered", "recovered_share", "cost", "cost_share",
    "median_days", "longest_open_days",
)  # fmt: skip
CASES = (
    "customer_name", "case_id", "opened_date", "closed_date", "days_open", "claimed", "recovered", "cost",
    "status",
)  # fmt: skip
_FAULTS = {
    "disputed": marked("In dispute"),
    "no_order_number": marked("No order number"),
    "credited": marked("Credit note"),
}


def part_name(part: str) -> str:
    """Return what a part of the screen is called."""
    return {
        "disputes": _("Disputes"),
        "quality": _("Invoice quality"),
        "agencies": _("Collection agencies"),
    }[part]


def fault_name(code: str) -> str:
    """Return what a fault is called."""
    return _(_FAULTS[code])


def reason_name(reason: str | None) -> str:
    """Return a reason as it is read; text from data is not made plain here."""
    return reason or _("No reason given")


def with_range(reasons: pl.DataFrame) -> pl.DataFrame:
    """Return the reasons in words, with the shortest and longest days to resolve in one column."""
    said = [
        "" if low is None else number(low) if low == high else f"{number(low)}–{number(high)}"
        for low, high in reasons.select("shortest_days", "longest_days").iter_rows()
    ]
    return worded(reasons).with_columns(pl.Series("range_days", said, dtype=pl.String))


def worded(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with a `reason` with that in words, in `reason_said`."""
    said = [reason_name(text.strip() if text else None) for text in rows["reason"]]
    return rows.with_columns(pl.Series("reason_said", said, dtype=pl.String))


def blocked_found(rows: pl.DataFrame, currency: str) -> str:
    """Say how much money waits for disputes; `rows` of `blocked`."""
    if rows.is_empty():
        return _("No money waits for a dispute")
    return _n(
        "{amount} waits for {count} invoice in dispute",
        "{amount} waits for {count} invoices in dispute",
        rows.height,
        amount=money(total(rows["open_amount"]), currency, 0),
    )


def blocked_method(as_of: date) -> str:
    """Say what counts as waiting."""
    return _(
        "What is open on {day} of invoices with a dispute that is opened and not closed by then, the "
        "undisputed part too. Largest first; pick a row for the customer.",
        day=in_sentence(as_of),
    )


def trend_found(trend: pl.DataFrame, currency: str) -> str:
    """Say how the money that waits changed over the weeks of `blocked_trend`."""
    first, last = trend["open_amount"][0], trend["open_amount"][-1]
    weeks = trend.height - 1
    if first == last:
        return _("As much waits as {weeks} weeks ago", weeks=number(weeks))
    said = {"amount": money(abs(last - first), currency, 0), "weeks": number(weeks)}
    if last > first:
        return _("{amount} more waits than {weeks} weeks ago", **said)
    return _("{amount} less waits than {weeks} weeks ago", **said)


def trend_method() -> str:
    """Say what the weekly bars are."""
    return _("Open on invoices in dispute at the end of each week to the day")


def reasons_found(reasons: pl.DataFrame, median: int | None) -> str:
    """Say how many disputes there are and how long they last; holds no text from data."""
    count = int(reasons["disputes"].sum())
    if not count:
        return _("No dispute was opened in 12 months")
    if median is None:
        return _n(
            "{count} dispute in 12 months; more than half are not resolved yet",
            "{count} disputes in 12 months; more than half are not resolved yet",
            count,
        )
    return _n(
        "{count} dispute in 12 months, half resolved within {days}",
        "{count} disputes in 12 months, half resolved within {days}",
        count,
        days=days(median),
    )


def reasons_method() -> str:
    """Say how days to resolve are counted."""
    return _(
        "Per reason, most money waiting first. Opened in the 12 months to the day; those still open count in "
        "the median for as long as they have lasted. Open and waiting: every dispute open on the day."
    )


def disputes_found(rows: pl.DataFrame) -> str:
    """Say how many disputes of 12 months are listed, and how many of them are open."""
    still = rows.filter("is_open").height
    return _n(
        "{count} dispute of 12 months, {open} still open",
        "{count} disputes of 12 months, {open} still open",
        rows.height,
        open=number(still),
    )


def disputes_method() -> str:
    """Say what the list of disputes is."""
    return _("Opened in the 12 months to the day; amounts as disputed. Pick a row for the customer.")


def faults_found(found: list[Fault]) -> str:
    """Say which fault goes with most days, where one surely does."""
    sure = [one for one in found if one.compared.low is not None and one.compared.low > 0]
    if not sure:
        return _("No fault is known to cost days")
    most = max(sure, key=lambda one: one.compared.added_days or 0.0)
    return {
        "disputed": _("Invoices in dispute come {days} days later", days=_later(most)),
        "no_order_number": _("Invoices without an order number come {days} days later", days=_later(most)),
        "credited": _("Invoices with a credit note come {days} days later", days=_later(most)),
    }[most.code]


def _later(one: Fault) -> str:
    return number(one.compared.added_days, 1)


def faults_method(as_of: date) -> str:
    """Say how the days are worked out."""
    return _(
        "Invoices dated in the 12 months to {day}; days late of those that fell due, against the same "
        "customers' other invoices.",
        day=in_sentence(as_of),
    )


def faults_explained() -> str:
    """Say in full how the days are compared."""
    return _(
        "Only what was known by the day counts. Customers weigh by what they have of both kinds, so that who "
        "always pays late explains nothing. Open invoices count with the days they are late so far; what is "
        "not due yet is left out. The interval (95%) leaves out one customer at a time. All this says what "
        "goes together, not what causes it."
    )


def fault_said(one: Fault, currency: str) -> list[str]:
    """Say what there is to say of one fault: how often, how many days and how sure, what it holds up."""
    return [_often(one), *_days_said(one), *_held_said(one, currency)]


def _often(one: Fault) -> str:
    share, count, asked = percent(one.share), number(one.rows.height), number(one.asked)
    if one.code == "no_order_number":
        if not one.asked:
            return _("No invoice of these 12 months names an order number, so that none can be missing.")
        return _(
            "{share} of the invoices to customers who give order numbers name none: {count} of {asked}.",
            share=share, count=count, asked=asked,
        )  # fmt: skip
    if not one.asked:
        return _("There is no invoice in these 12 months.")
    if one.code == "disputed":
        return _("{share} of the invoices were disputed: {count} of {asked}.",
            share=share, count=count, asked=asked)  # fmt: skip
    return _("{share} of the invoices were corrected by a credit note: {count} of {asked}.",
        share=share, count=count, asked=asked)  # fmt: skip


def _days_said(one: Fault) -> list[str]:
    found = one.compared
    if not one.rows.height:
        return []
    if found.low is None or found.high is None:
        return [
            _(
                "Too few to tell what it costs in days: at least {invoices} such invoices that fell due, of "
                "{customers} customers who have others too, are needed; there are {found} of {of}.",
                invoices=number(FEWEST_INVOICES), customers=number(FEWEST_CUSTOMERS),
                found=number(found.invoices), of=number(found.customers.height),
            )
        ]  # fmt: skip
    said = {
        "with": number(found.days_with, 1), "others": number(found.days_others, 1),
        "added": number(found.added_days, 1, sign=True), "low": number(found.low, 1),
        "high": number(found.high, 1), "count": number(found.invoices),
        "customers": number(found.customers.height),
    }  # fmt: skip
    return [
        _(
            "{with} days late against {others} of the same customers' other invoices: {added} days, 95% "
            "{low} to {high} ({count} invoices of {customers} customers).",
            **said,
        ),
        *([] if found.low > 0 or found.high < 0 else [_("That may be chance: the interval holds 0.")]),
    ]


def _held_said(one: Fault, currency: str) -> list[str]:
    if one.held_up is None:
        return []
    return [_("On an average day about {amount} more is open for it.", amount=about(one.held_up, currency))]


def rows_found(one: Fault, currency: str) -> str:
    """Say which invoices are listed under a fault."""
    if one.rows.is_empty():
        return _("No invoice of 12 months has it")
    return _n(
        "{name}: {count} invoice of 12 months, {amount}",
        "{name}: {count} invoices of 12 months, {amount}",
        one.rows.height,
        name=fault_name(one.code),
        amount=money(total(one.rows["amount"]), currency, 0),
    )


def rows_method() -> str:
    """Say what the invoices under a fault are."""
    return _("Largest first. Days late are empty before the due date and where no money came.")


def customers_method() -> str:
    """Say what the customers under a fault are."""
    return _("What the days come from: per customer with both kinds, the heaviest first.")


def agencies_found(agencies: pl.DataFrame, currency: str) -> str:
    """Say what was handed over and what came of it."""
    if agencies.is_empty():
        return _("No case was handed over yet")
    count = int(agencies["case_count"].sum())
    return _n(
        "{count} case handed over, {claimed}: {recovered} recovered, {cost} costs",
        "{count} cases handed over, {claimed}: {recovered} recovered, {cost} costs",
        count,
        claimed=money(total(agencies["claimed"]), currency, 0),
        recovered=money(total(agencies["recovered"]), currency, 0),
        cost=money(total(agencies["cost"]), currency, 0),
    )


def agencies_method(as_of: date) -> str:
    """Say what the shares and days of agencies are."""
    return _(
        "Handed over on or before {day}; recovered and costs as recorded. Shares are of the cases that ended "
        "by then; running ones count in the median for as long as they have lasted. Cases know no entity and "
        "no currency of their own.",
        day=in_sentence(as_of),
    )


def cases_found(agency: str, cases: pl.DataFrame) -> str:
    """Say whose cases are listed; text from data is not made plain here."""
    return _n("{agency}: {count} case", "{agency}: {count} cases", cases.height, agency=agency)
