"""Words about the claim on a customer: amounts, interest, notices, assumptions."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from data import law
from queries.claims.claim import with_vat
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.formats import day, in_sentence, money, number
from reports.translation import _, _n, _p

COLUMNS = (
    "invoice_id", "due_date", "days_overdue", "open_amount", "set_off_amount", "principal", "interest",
    "collection_costs", "total",
)  # fmt: skip
# As data/law/statutory_interest.csv names its sources.
_ECB = re.compile(
    r"ECB main refinancing rate (?P<rate>-?\d+(\.\d+)?)% before that half-year \+ (?P<points>\d+) points "
    r"\(art\. 6:119a and 6:119b BW\)"
)
_DECREE = "Decree on the statutory interest (art. 6:119 and 6:120 BW)"
PERIODS = ("from_date", "to_date", "days", "rate_percent", "base", "interest")
PAYMENTS = ("payment_date", "amount", "to_costs", "to_interest", "to_principal")


def rates_notice(as_of: date) -> str | None:
    """Return that the newest rate is too old for a day; None if it is recent enough."""
    if not law.is_stale(as_of):
        return None
    newest = law.newest()
    return _(
        "The newest rate of statutory interest here is of {day}, more than seven months before {as_of}: add "
        "the rates published since to data/law/statutory_interest.csv, or take this interest as provisional.",
        day=in_sentence(newest.valid_from),
        as_of=in_sentence(as_of),
    )


def no_advice() -> str:
    """Return that a claim is no legal advice."""
    return _("No legal advice.")


def interest_method(as_of: date) -> str:
    """Return how interest and collection costs are worked out, and that it is no legal advice."""
    interest = _(
        "Interest from the day after the due date up to and including {day}, actual days of "
        "365, added to the principal after each full year; collection costs by the BIK scale, "
        "without VAT.",
        day=in_sentence(as_of),
    )
    return f"{interest} {no_advice()}"


def claimed(claims: pl.DataFrame, currency: str) -> str:
    """Return the amount that is claimed on invoices that are handed over."""
    return _(
        "{total} can be claimed: {principal} principal, {interest} interest, {costs} collection costs",
        total=money(total(claims["total"]), currency),
        principal=money(total(claims["principal"]), currency),
        interest=money(total(claims["interest"]), currency),
        costs=money(total(claims["collection_costs"]), currency),
    )


def claim(claims: pl.DataFrame, currency: str, as_of: date, at_the_step: Collection[str] = ()) -> Finding:
    """Return what is due of one customer at the step it is up to, and how it is worked out.

    Interest runs from the day after the due date. Collection costs are asked for at the hand-over, so they
    are in the sum of the invoices that are up to it, and named as what is to come on the others.

    Args:
        claims: of `claims`.
        currency: of the amounts.
        as_of: last day of interest.
        at_the_step: invoices that are up to the hand-over.
    """
    method = interest_method(as_of)
    if claims.is_empty():
        return Finding(_("Nothing is overdue, so nothing can be claimed."), method)
    is_ready = pl.col("invoice_id").is_in(list(at_the_step))
    ready, before = claims.filter(is_ready), claims.filter(~is_ready)
    to_come = _before_the_step(before, currency)
    if ready.is_empty():
        title = _(
            "{principal} is overdue and {interest} interest runs on it; nothing is up to the hand-over yet",
            principal=money(total(before["principal"]), currency),
            interest=money(total(before["interest"]), currency),
        )
        return Finding(title, f"{to_come} {method}".strip())
    title = _n(
        "{count} invoice is up to the hand-over, for {total}: {principal} principal, {interest} interest, "
        "{costs} collection costs",
        "{count} invoices are up to the hand-over, for {total}: {principal} principal, {interest} interest, "
        "{costs} collection costs",
        ready.height,
        total=money(total(ready["total"]), currency),
        principal=money(total(ready["principal"]), currency),
        interest=money(total(ready["interest"]), currency),
        costs=money(total(ready["collection_costs"]), currency),
    )
    if before.height:
        to_come = (
            _n(
                "{count} other overdue invoice is at an earlier step: {principal} and {interest} interest.",
                "{count} other overdue invoices are at an earlier step: {principal} and {interest} interest.",
                before.height,
                principal=money(total(before["principal"]), currency),
                interest=money(total(before["interest"]), currency),
            )
            + f" {to_come}"
        )
    return Finding(title, f"{to_come} {method}".strip())


def _before_the_step(claims: pl.DataFrame, currency: str) -> str:
    """Return the collection costs that a later hand-over adds; empty without any."""
    costs = total(claims["collection_costs"])
    if not costs:
        return ""
    return _(
        "Collection costs of {costs} come with the hand-over, after the last letter and its term; no letter "
        "asks for them yet.",
        costs=money(costs, currency),
    )


def principal_note() -> str:
    """Return why the principal differs from the open amount in the books."""
    return _(
        "A payment goes to collection costs first, then to interest, then to principal (art. 6:44 BW): "
        "the principal left can be more than what the books have open. Credit of the customer is set off "
        "(art. 6:127 BW): a note that names the invoice lowers it from the start, other credit counts as a "
        "payment on the later of its own day and the due date. An invoice that was paid in the books is left "
        "out. A write-off in the books waives nothing (art. 6:160 BW): the debt is still owed, and no letter "
        "asks for it."
    )


def costs_with_vat(claims: pl.DataFrame, currency: str) -> str:
    """Return the collection costs with VAT, and who claims them; empty without costs."""
    costs = total(claims["collection_costs"])
    if not costs:
        return ""
    return _(
        "The collection costs of {costs} are without VAT. A creditor who cannot deduct VAT, and says so to "
        "the debtor, asks {more}.",
        costs=money(costs, currency),
        more=money(Decimal(with_vat(int(costs * 100))) / 100, currency),
    )


def limits() -> str:
    """Return the rules of law that are not applied automatically."""
    return _(
        "Not done by itself: the cumulation rule of 2024 for instalments, VAT over collection costs, an "
        "interruption of the limitation period. Amounts in other currencies count as euros in the scale."
    )


def rate(claims: pl.DataFrame) -> str:
    """Return the rate of interest with its source and the day it was checked; empty without claims."""
    if claims.is_empty():
        return ""
    row = claims.row(0, named=True)
    percent = _percent(row["rate_percent"])
    if row["rate_kind"] == "contract":
        return _("Interest agreed by contract: {percent} a year.", percent=percent)
    newest = law.rates("consumer" if row["rate_kind"] == "consumer" else "commercial")[-1]
    values = {"percent": percent, "verified": day(newest.verified_on), "source": source_name(newest.source)}
    if row["rate_kind"] == "consumer":
        return _(
            "Statutory interest (consumer), {percent} a year now; checked on {verified}: {source}.", **values
        )
    return _(
        "Statutory commercial interest, {percent} a year now; checked on {verified}: {source}.", **values
    )


def source_name(written: str) -> str:
    """Return the source of a rate in the language spoken; an unknown source stays as it is."""
    if (ecb := _ECB.fullmatch(written)) is not None:
        return _(
            "ECB main refinancing rate of {rate} before that half-year, plus {points} points "
            "(art. 6:119a and 6:119b BW)",
            rate=_percent(Decimal(ecb["rate"])),
            points=number(Decimal(ecb["points"])),
        )
    if written == _DECREE:
        return _("Decree on the statutory interest (art. 6:119 and 6:120 BW)")
    return written


def notices(claims: pl.DataFrame, as_of: date) -> list[str]:
    """Return the obstacles to a claim: a 14-day notice that is missing or runs, limitation, a dispute."""
    notices = []
    without_costs = claims.filter(pl.col("costs_from").is_null())
    without_notice = without_costs.filter(pl.col("notice_date").is_null()).height
    in_notice = without_costs.height - without_notice
    if without_notice:
        notices.append(
            _n(
                "{count} invoice of this consumer has no 14-day notice since its due date: no costs yet.",
                "{count} invoices of this consumer have no 14-day notice since their due date: no costs yet.",
                without_notice,
            )
        )
    if in_notice:
        notices.append(
            _n(
                "The 14 days of the notice still run for {count} invoice: no collection costs yet.",
                "The 14 days of the notice still run for {count} invoices: no collection costs yet.",
                in_notice,
            )
        )
    if barred := claims.filter("is_time_barred").height:
        notices.append(
            _n(
                "{count} invoice fell due over five years before {day}: time-barred unless interrupted.",
                "{count} invoices fell due over five years before {day}: time-barred unless interrupted.",
                barred,
                day=in_sentence(as_of),
            )
        )
    if disputed := claims.filter("is_disputed").height:
        notices.append(_n("{count} invoice is in dispute.", "{count} invoices are in dispute.", disputed))
    return notices


def invoice(row: Mapping[str, Any], currency: str) -> Finding:
    """Return the claim on one invoice; its number is from data."""
    title = _(
        "{invoice}: {total}, of which {interest} interest and {costs} collection costs",
        invoice=row["invoice_id"],
        total=money(row["total"], currency),
        interest=money(row["interest"], currency),
        costs=money(row["collection_costs"], currency),
    )
    return Finding(title, _("Interest by period and rate, oldest first."))


def facts(row: Mapping[str, Any], currency: str) -> list[tuple[str, str]]:
    """Return the amounts and dates behind the claim on one invoice as words and values."""
    notice = row["notice_date"]
    rows = [
        (_("Amount that fell due"), money(row["amount"], currency)),
        (_("Open in the books"), money(row["open_amount"], currency)),
        *(
            [(_("Written off, still owed"), money(row["written_off_amount"], currency))]
            if row["written_off_amount"]
            else []
        ),
        (_("Set off"), _set_off(row, currency)),
        (_("Discount until"), _discount(row, currency)),
        (_("Interest from"), day(row["interest_from"])),
        (_("Collection costs from"), _day_or(row["costs_from"], _("not yet"))),
        (_("Time-barred after"), day(row["limitation_date"])),
    ]
    # A business owes the costs without a notice, so a missing one is left out.
    if notice is not None or row["customer_type"] == "consumer":
        rows.insert(-2, (_("14-day notice"), _day_or(notice, _p("word", "none"))))
    if notice is not None:
        rows.insert(-2, (_("Notice received"), day(row["notice_received_date"])))
    return [(word, value) for word, value in rows if value]


def _set_off(row: Mapping[str, Any], currency: str) -> str:
    if not row["set_off_with"]:
        return ""
    return f"{money(row['set_off_amount'], currency)}: {row['set_off_with']}"


def _discount(row: Mapping[str, Any], currency: str) -> str:
    if row["discount_until"] is None:
        return ""
    return f"{day(row['discount_until'])}: {money(row['discount_amount'], currency)}"


def payments_method() -> str:
    """Return the order in which payments are applied."""
    return _("What payments paid: collection costs first, then interest, then principal.")


def _percent(value: Decimal) -> str:
    normal = value.normalize()
    places = max(-int(normal.as_tuple().exponent), 2) if normal else 2
    return f"{number(value, places)}%"


def _day_or(value: date | None, otherwise: str) -> str:
    return otherwise if value is None else day(value)
