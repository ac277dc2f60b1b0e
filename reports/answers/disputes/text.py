"""Words of the Disputes screen: disputes and faults of invoices."""

from datetime import date

import polars as pl

from forecasting.statistics.within_customer import FEWEST_CUSTOMERS, FEWEST_INVOICES
from reports.answers.disputes.invoice_faults import Fault
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.formats import about, days, in_sentence, money, number, percent
from reports.translation import _, _n, _p, mark

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
_FAULTS = {
    "disputed": mark("In dispute"),
    "no_order_number": mark("No order number"),
    "credited": mark("Credit note"),
}


def part_name(part: str) -> str:
    """Return the name of a part of the screen."""
    return {
        "disputes": _p("title", "Disputes"),
        "quality": _("Invoice quality"),
        "agencies": _("Collection agencies"),
    }[part]


def fault_name(code: str) -> str:
    """Return the name of a fault."""
    return _(_FAULTS[code])


def reason_name(reason: str | None) -> str:
    """Return a reason as the reader sees it; text from data is not escaped."""
    return reason or _("No reason given")


def with_range(reasons: pl.DataFrame) -> pl.DataFrame:
    """Return the reasons in words, with the shortest and longest days to resolve in one column."""
    ranges = [
        "" if low is None else number(low) if low == high else f"{number(low)}–{number(high)}"
        for low, high in reasons.select("shortest_days", "longest_days").iter_rows()
    ]
    return with_reason_names(reasons).with_columns(pl.Series("range_days", ranges, dtype=pl.String))


def with_reason_names(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with a `reason` with its name in `reason_said`."""
    names = [reason_name(text.strip() if text else None) for text in rows["reason"]]
    return rows.with_columns(pl.Series("reason_said", names, dtype=pl.String))


def blocked(rows: pl.DataFrame, currency: str, as_of: date) -> Finding:
    """Return how much money waits for disputes; `rows` of `blocked`."""
    title = _("No money is in dispute")
    if rows.height:
        title = _n(
            "{amount} is in dispute on {count} invoice",
            "{amount} is in dispute on {count} invoices",
            rows.height,
            amount=money(total(rows["open_amount"]), currency, 0),
        )
    method = _(
        "What is open on {day} of invoices with a dispute that is opened and not closed by then, the "
        "undisputed part too. Largest first; pick a row for the customer.",
        day=in_sentence(as_of),
    )
    return Finding(title, method)


def blocked_trend(trend: pl.DataFrame, currency: str) -> Finding:
    """Return how the money that waits changed over the weeks of `blocked_trend`."""
    method = _("Open on invoices in dispute at the end of each week to the day")
    first, last = trend["open_amount"][0], trend["open_amount"][-1]
    weeks = number(trend.height - 1)
    change = money(abs(last - first), currency, 0)
    if first == last:
        title = _("As much in dispute as {weeks} weeks ago", weeks=weeks)
    elif last > first:
        title = _("{amount} more in dispute than {weeks} weeks ago", amount=change, weeks=weeks)
    else:
        title = _("{amount} less in dispute than {weeks} weeks ago", amount=change, weeks=weeks)
    return Finding(title, method)


def reasons(rows: pl.DataFrame, median: int | None) -> Finding:
    """Return how many disputes there are and how long they last; holds no text from data.

    Args:
        rows: of `disputes.reasons`.
        median: days to resolve a dispute of the year; None where more than half are open.
    """
    method = _(
        "Per reason, most money in dispute first. Opened in the 12 months to the day; those still open count "
        "in the median for as long as they have lasted. Open and waiting: every dispute open on the day."
    )
    count = int(rows["disputes"].sum())
    if not count:
        title = _("No dispute was opened in 12 months")
    elif median is None:
        title = _n(
            "{count} dispute in 12 months; more than half are not resolved yet",
            "{count} disputes in 12 months; more than half are not resolved yet",
            count,
        )
    else:
        title = _n(
            "{count} dispute in 12 months, half resolved within {days}",
            "{count} disputes in 12 months, half resolved within {days}",
            count,
            days=days(median),
        )
    return Finding(title, method)


def recent_disputes(rows: pl.DataFrame) -> Finding:
    """Return how many disputes of 12 months are listed, and how many of them are open."""
    title = _n(
        "{count} dispute of 12 months, {open} still open",
        "{count} disputes of 12 months, {open} still open",
        rows.height,
        open=number(rows.filter("is_open").height),
    )
    return Finding(
        title, _("Opened in the 12 months to the day; amounts as disputed. Pick a row for the customer.")
    )


def faults(all_faults: list[Fault], as_of: date) -> Finding:
    """Return which fault adds most days, among those whose interval lies above 0."""
    method = _(
        "Invoices dated in the 12 months to {day}; days late of those that fell due, against the same "
        "customers' other invoices.",
        day=in_sentence(as_of),
    )
    costly = [fault for fault in all_faults if fault.comparison.low is not None and fault.comparison.low > 0]
    if not costly:
        return Finding(_("No fault is known to cost days"), method)
    worst = max(costly, key=lambda fault: fault.comparison.added_days or 0.0)
    added = number(worst.comparison.added_days, 1)
    title = {
        "disputed": _("Invoices in dispute come {days} days later", days=added),
        "no_order_number": _("Invoices without an order number come {days} days later", days=added),
        "credited": _("Invoices with a credit note come {days} days later", days=added),
    }[worst.code]
    return Finding(title, method)


def faults_explanation() -> str:
    """Return in full how the days are compared."""
    return _(
        "Only what was known by the day counts. Customers weigh by what they have of both kinds, so that who "
        "always pays late explains nothing. Open invoices count with the days they are late so far; what is "
        "not due yet is left out. The interval (95%) leaves out one customer at a time. All this says what "
        "goes together, not what causes it."
    )


def added_days() -> Finding:
    """Return the words of the chart of added days."""
    return Finding(
        _("Days later than the same customers' other invoices"), _("A dot per fault with its 95% interval")
    )


def fault_sentences(fault: Fault, currency: str) -> list[str]:
    """Return how often a fault occurs, how many days it adds with the interval, and the money it holds up."""
    return [_frequency(fault), *_added_days_sentences(fault), *_held_up_sentences(fault, currency)]


def _frequency(fault: Fault) -> str:
    share, count, eligible = percent(fault.share), number(fault.rows.height), number(fault.eligible)
    if fault.code == "no_order_number":
        if not fault.eligible:
            return _("No invoice of these 12 months names an order number, so that none can be missing.")
        return _(
            "{share} of the invoices to customers who give order numbers name none: {count} of {asked}.",
            share=share, count=count, asked=eligible,
        )  # fmt: skip
    if not fault.eligible:
        return _("There is no invoice in these 12 months.")
    if fault.code == "disputed":
        return _("{share} of the invoices were disputed: {count} of {asked}.",
            share=share, count=count, asked=eligible)  # fmt: skip
    return _("{share} of the invoices were corrected by a credit note: {count} of {asked}.",
        share=share, count=count, asked=eligible)  # fmt: skip


def _added_days_sentences(fault: Fault) -> list[str]:
    comparison = fault.comparison
    if not fault.rows.height:
        return []
    if comparison.low is None or comparison.high is None:
        return [
            _(
                "Too few to tell what it costs in days: at least {invoices} such invoices that fell due, of "
                "{customers} customers who have others too, are needed; there are {found} of {of}.",
                invoices=number(FEWEST_INVOICES), customers=number(FEWEST_CUSTOMERS),
                found=number(comparison.invoices), of=number(comparison.customers.height),
            )
        ]  # fmt: skip
    values = {
        "with": number(comparison.days_with, 1), "others": number(comparison.days_others, 1),
        "added": number(comparison.added_days, 1, sign=True), "low": number(comparison.low, 1),
        "high": number(comparison.high, 1), "count": number(comparison.invoices),
        "customers": number(comparison.customers.height),
    }  # fmt: skip
    sentences = [
        _(
            "{with} days late against {others} of the same customers' other invoices: {added} days, 95% "
            "{low} to {high} ({count} invoices of {customers} customers).",
            **values,
        )
    ]
    if comparison.low <= 0 <= comparison.high:
        sentences.append(_("That may be chance: the interval holds 0."))
    return sentences


def _held_up_sentences(fault: Fault, currency: str) -> list[str]:
    if fault.held_up is None:
        return []
    return [_("On an average day about {amount} more is open for it.", amount=about(fault.held_up, currency))]


def fault_invoices(fault: Fault, currency: str) -> Finding:
    """Return which invoices are listed under a fault."""
    title = _("No invoice of 12 months has it")
    if fault.rows.height:
        title = _n(
            "{name}: {count} invoice of 12 months, {amount}",
            "{name}: {count} invoices of 12 months, {amount}",
            fault.rows.height,
            name=fault_name(fault.code),
            amount=money(total(fault.rows["amount"]), currency, 0),
        )
    return Finding(
        title, _("Largest first. Days late are empty before the due date and where no money came.")
    )


def fault_customers() -> str:
    """Return the title of the customers that the added days are measured on."""
    return _("What the days come from: per customer with both kinds, the heaviest first.")
