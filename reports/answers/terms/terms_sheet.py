"""The terms sheet of a customer or a segment, for sales and service: promises and refusals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl

from queries import Books
from reports.answers.shared.money import total
from reports.answers.terms import terms
from reports.answers.terms import text as terms_text
from reports.codes import label, segment
from reports.formats import UNDEFINED, day, days, in_sentence, money, number, percent
from reports.translation import _, _n, _p

_WORST = 5
_LONGEST_NAME = 90
FactRows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sheet:
    """The content of the sheet; text from data is not escaped.

    Attributes:
        title: with the name of the customer or segment in it.
        about: day, administration and currency.
        blocks: headings, each with its words and values.
        worst: customers furthest beyond their terms, after a row of headings; empty for one customer.
        promise: promises that sales may make.
        refuse: requests that sales must refuse.
        methods: how the figures are worked out, and that it is no legal advice.
    """

    title: str
    about: str
    blocks: tuple[tuple[str, FactRows], ...]
    worst: tuple[tuple[str, ...], ...]
    promise: tuple[str, ...]
    refuse: tuple[str, ...]
    methods: tuple[str, ...]


class NoTermsError(LookupError):
    """A sheet would be empty: nothing was billed or paid in the year, and nothing is open."""


def gather(
    books: Books,
    as_of: date,
    *,
    customer: str | None = None,
    of_segment: str | None = None,
    known_on: datetime | None = None,
    currency: str | None = None,
    entity: str | None = None,
    display_currency: str,
) -> Sheet:
    """Return the sheet of a customer, else of a segment, else of all customers.

    Args:
        books: open for questions.
        as_of: day the figures are taken.
        customer: number of the customer; None: of a segment.
        of_segment: name of the segment; empty: customers without one; None: all customers.
        known_on: only what was recorded by then; None: everything known now.
        currency: only documents in this currency; None: all, in the reporting currency.
        entity: only this administration; None: all.
        display_currency: what the amounts are in.

    Raises:
        NoTermsError: the books hold nothing about it in this view.
    """
    values: dict[str, Any] = {"as_of": as_of, "known_on": known_on, "currency": currency, "entity": entity}
    subject = {"customer": customer} if customer is not None else {"segment": of_segment}
    subject_terms = terms.of_rows(
        books.ask("payment_terms", **values, **subject),
        books.ask("payment_terms_late", **values, **subject),
        as_of,
    )
    if subject_terms.customers.is_empty():
        raise NoTermsError
    about = [_("As of {day}", day=in_sentence(as_of)), entity or _("all entities"), display_currency]
    if customer is None:
        return _of_segment(subject_terms, of_segment, " · ".join(about), display_currency)
    customer_row = books.ask("customer", **values, customer=customer).row(0, named=True)
    row = {**customer_row, **subject_terms.customers.row(0, named=True)}
    return _of_customer(row, as_of, " · ".join([*about, row["customer_id"]]), display_currency)


def _of_customer(row: Mapping[str, Any], as_of: date, about: str, currency: str) -> Sheet:
    left = None if row["credit_limit"] is None else row["credit_limit"] - row["owed_amount"]
    return Sheet(
        _("Terms sheet: {name}", name=_short(row["customer_name"])),
        about,
        (
            (_p("fact", "Agreed"), _agreed(row, currency)),
            (_("How it pays"), _behaviour(row)),
            (_("Stands now"), _stands(row, left, currency)),
        ),
        (),
        tuple(_promises(row, left, currency)),
        tuple(_refusals(row, left, currency)),
        _methods(as_of),
    )


def _agreed(row: Mapping[str, Any], currency: str) -> FactRows:
    agreed, limit = row["agreed_days"], row["credit_limit"]
    facts = (
        (_("Agreed term"), _("none: 30 days count") if agreed is None else days(agreed)),
        (_("Applied on invoices"), terms_text.spread(row)),
        (_("Longest by law"), terms_text.legal_term(row)),
        (_("Credit limit"), _p("word", "none") if limit is None else money(limit, currency, 0)),
        (
            _p("fact", "Kind"),
            label("kind", row["customer_type"]) if row["customer_type"] else _("not recorded"),
        ),
        (_p("fact", "Size"), row["size_class"] or _("not recorded")),
        (_("Account manager"), _short(row["account_manager"] or "")),
        (_("Preferred payment method"), _short(row["preferred_method"] or "")),
    )
    return tuple((word, value) for word, value in facts if value)


def _behaviour(row: Mapping[str, Any]) -> FactRows:
    on_time = row["parts_on_time"] / row["parts_due"] if row["parts_due"] else None
    return (
        (_("Days from invoice to payment"), _days(row["taken_days"])),
        (_("Days late, usually"), _days(row["days_late"])),
        (_("Days late, last 90 days"), _days(row["recent_days_late"])),
        (_("Invoices paid on time"), percent(on_time, 0)),
        (_("Paid after the agreed term"), percent(row["share_outside_agreed"], 0)),
        (_("Paid after the legal term"), percent(row["share_outside_legal"], 0)),
    )


def _stands(row: Mapping[str, Any], left: Decimal | None, currency: str) -> FactRows:
    oldest = row["oldest_days_overdue"]
    return (
        (_p("fact", "Open"), money(row["open_amount"], currency, 0)),
        (_p("fact", "Overdue"), money(row["overdue_amount"], currency, 0)),
        (_("Oldest overdue"), UNDEFINED if oldest is None else days(oldest)),
        (_("Credit left"), money(left, currency, 0)),
        (_p("fact", "Disputed"), money(row["disputed_amount"], currency, 0)),
        (_("Beyond the agreed term, on average"), money(row["standing_beyond_agreed"], currency, 0)),
        (_("Interest on that in a year"), money(row["interest_beyond_agreed"], currency, 0)),
    )


def _promises(row: Mapping[str, Any], left: Decimal | None, currency: str) -> list[str]:
    legal, term = row["legal_days"], row["term_days"]
    if row["agreed_days"] is None:
        sentences = [_("No term is recorded: payment within 30 days of the invoice date, as the law says.")]
    elif legal is not None and term > legal:
        sentences = [
            _("Payment within {days} of the invoice date: the law allows no more.", days=days(legal))
        ]
    else:
        sentences = [_("Payment within {days} of the invoice date, as agreed.", days=days(term))]
    if left is None:
        sentences.append(_("No credit limit is recorded: ask credit control before a large order."))
    elif left > 0:
        sentences.append(_("Delivery on account up to {amount} more.", amount=money(left, currency, 0)))
    sentences.append(_("An answer about a disputed invoice; note the dispute, so that reminders stop."))
    return sentences


def _refusals(row: Mapping[str, Any], left: Decimal | None, currency: str) -> list[str]:
    sentences = []
    legal, agreed = row["legal_days"], row["agreed_days"]
    if legal is not None and agreed is not None and agreed > legal:
        sentences.append(
            _("The agreed {agreed} are longer than the law allows: have credit control correct them.",
                agreed=days(agreed))
        )  # fmt: skip
    if legal is None:
        sentences.append(_("No longer term than agreed without asking credit control."))
    else:
        sentences.append(_("No term longer than {days}: {why}.", days=days(legal), why=_why(row)))
    if left is not None and left <= 0:
        sentences.append(
            _(
                "No delivery on account: the credit limit is used up, {over} over it.",
                over=money(-left, currency, 0),
            )
        )
    if row["overdue_amount"] > 0:
        sentences.append(
            _("No longer term and no larger order on account while {amount} is overdue.",
                amount=money(row["overdue_amount"], currency, 0))
        )  # fmt: skip
    sentences.append(_("No discount, payment plan or waiving of interest: credit control decides on those."))
    return sentences


def _why(row: Mapping[str, Any]) -> str:
    return terms_text.legal_basis(row["legal_basis"])


def _of_segment(segment_terms: terms.Terms, name: str | None, about: str, currency: str) -> Sheet:
    customers = segment_terms.customers
    row = segment_terms.whole.row(0, named=True)
    outside = (
        (_("Customers outside the agreed term"), number(row["outside_agreed"])),
        (_("Customers outside the legal term"), number(row["outside_legal"])),
    )
    return Sheet(
        _("Terms sheet: {name}", name=_("All segments") if name is None else _short(segment(name))),
        " · ".join([about, _n("{count} customer", "{count} customers", customers.height)]),
        (
            (_p("fact", "Agreed"), _segment_agreed(segment_terms, currency)),
            (_("How they pay"), (*_behaviour(row), *outside)),
            (_("Stands now"), _segment_stands(row, currency)),
        ),
        _worst(customers, currency),
        (
            _segment_term(row),
            _("Delivery on account within the credit limit of the customer: see its own sheet."),
        ),
        (
            *(
                _("No term longer than {days}: {why}.", days=days(basis["legal_days"]), why=_why(basis))
                for basis in _bases(customers)
            ),
            _("No discount, payment plan or waiving of interest: credit control decides on those."),
        ),
        _methods(segment_terms.as_of),
    )


def _segment_term(row: Mapping[str, Any]) -> str:
    least, most = row["agreed_least"], row["agreed_most"]
    if least == most:
        return _("Payment within {days} of the invoice date, as agreed.", days=days(most))
    return _(
        "Agreed terms run from {least} to {most}: look up the customer's own before promising one.",
        least=days(least),
        most=days(most),
    )


def _segment_stands(row: Mapping[str, Any], currency: str) -> FactRows:
    return (
        (_p("fact", "Open"), money(row["open_amount"], currency, 0)),
        (_p("fact", "Overdue"), money(row["overdue_amount"], currency, 0)),
        (_("Beyond the agreed term, on average"), money(row["standing_beyond_agreed"], currency, 0)),
        (_("Interest on that in a year"), money(row["interest_beyond_agreed"], currency, 0)),
    )


def _segment_agreed(segment_terms: terms.Terms, currency: str) -> FactRows:
    row, customers = segment_terms.whole.row(0, named=True), segment_terms.customers
    limited = customers.drop_nulls("credit_limit")
    limits = money(total(limited["credit_limit"]), currency, 0) if limited.height else _p("word", "none")
    over = limited.filter(pl.col("owed_amount") > pl.col("credit_limit")).height
    bases = [
        (
            _("By law at most {term}", term=terms_text.legal_term(basis))
            if basis["legal_days"] is not None
            else _("No longest term by law (consumers)"),
            _n("{count} customer", "{count} customers", basis["len"]),
        )
        for basis in _bases(customers, known=False)
    ]
    return (
        (_("Agreed, by amount billed"), _days(row["agreed_days"])),
        (_("Applied on invoices"), terms_text.spread(row)),
        (_("Credit limits together"), limits),
        (_("Customers above their limit"), number(over)),
        *bases,
    )


def _bases(customers: pl.DataFrame, *, known: bool = True) -> list[dict[str, Any]]:
    """Return the legal terms of customers with their basis and number of customers, the commonest first."""
    rows = customers.group_by("legal_basis", "legal_days").len()
    rows = rows.drop_nulls("legal_days") if known else rows
    return rows.sort("len", "legal_basis", descending=[True, False]).to_dicts()


def _worst(customers: pl.DataFrame, currency: str) -> tuple[tuple[str, ...], ...]:
    rows = customers.filter(pl.col("standing_beyond_agreed") > 0).head(_WORST)
    if rows.is_empty():
        return ()
    head = (
        _("Most beyond their terms"),
        _p("fact", "Agreed"),
        _p("fact", "Taken"),
        _p("fact", "Overdue"),
        _("Beyond the term"),
    )
    return (head, *(_line(row, currency) for row in rows.iter_rows(named=True)))


def _line(row: Mapping[str, Any], currency: str) -> tuple[str, ...]:
    return (
        _short(row["customer_name"]), number(row["agreed_days"]), _days(row["taken_days"]),
        money(row["overdue_amount"], currency, 0), money(row["standing_beyond_agreed"], currency, 0),
    )  # fmt: skip


def _methods(as_of: date) -> tuple[str, ...]:
    return (
        _(
            "Behaviour over the 365 days to {day}, by amount; on time by number of invoices. The average "
            "beyond the term is amount × days beyond it / 365; interest at the statutory commercial rate.",
            day=day(as_of),
        ),
        terms_text.no_advice(),
    )


def _days(value: float | None) -> str:
    return number(value, 1)


def _short(text: str, most: int = _LONGEST_NAME) -> str:
    words: Sequence[str] = text.split()
    line = " ".join(words)
    return line if len(line) <= most else f"{line[: most - 1]}…"
