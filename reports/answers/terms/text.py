"""Words of the Payment terms screen: amounts beyond the terms, customers outside them, legal terms."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.answers.terms.terms import Terms
from reports.codes import segment
from reports.formats import UNDEFINED, days, in_sentence, money, number, percent
from reports.translation import _, _n, _p, mark, mark_p

GROUPS = ("all", "agreed", "legal")
_GROUPS = {
    "all": mark_p("choice", "Everybody"),
    "agreed": mark_p("choice", "Outside the agreed term"),
    "legal": mark_p("choice", "Outside the legal term"),
}
_LEGAL_BASES = {
    "public": mark("public body"),
    "large_debtor": mark("large customer of a small or medium company"),
    "business": mark("between businesses"),
    "consumer": mark("the law has no longest term for consumers"),
    "kind_unknown": mark("kind of customer not recorded: taken as a business"),
    "size_unknown": mark("size not recorded: 30 days if it is large"),
    "company_unknown": mark("own size not set: 30 days if the company is small or medium"),
}


def overview(terms: Terms, currency: str) -> Finding:
    """Return the amount beyond the agreed terms and its interest, with the rate of today."""
    method = _(
        "Amount × days beyond the term in the 365 days to {day}, over 365; interest on the same days at "
        "the statutory commercial rate of each period.",
        day=in_sentence(terms.as_of),
    )
    if (rate := terms.rate) is not None:
        method += " " + _("Now {percent} a year.", percent=percent(rate.percent / 100, 2))
    if terms.whole.is_empty():
        return Finding(_("Nothing was billed or paid in these 365 days"), method)
    row = terms.whole.row(0, named=True)
    if not row["standing_beyond_agreed"]:
        return Finding(_("Nothing stood beyond the agreed terms in these 365 days"), method)
    title = _(
        "On average {amount} stands beyond the agreed terms; that costs {interest} a year",
        amount=money(row["standing_beyond_agreed"], currency, 0),
        interest=money(row["interest_beyond_agreed"], currency, 0),
    )
    return Finding(title, method)


def facts(terms: Terms, currency: str) -> list[tuple[str, str]]:
    """Return the figures of all customers as words and values."""
    if terms.whole.is_empty():
        return []
    row = terms.whole.row(0, named=True)
    return [
        (_("Agreed, by amount billed"), _days(row["agreed_days"])),
        (_("Applied: invoice to due date"), spread(row)),
        (_("Taken: invoice to payment"), _days(row["taken_days"])),
        (_("Paid after the agreed term"), percent(row["share_outside_agreed"])),
        (_("Paid after the legal term"), percent(row["share_outside_legal"])),
        (_("Beyond the legal term, on average"), money(row["standing_beyond_legal"], currency, 0)),
        (_("Interest on that"), money(row["interest_beyond_legal"], currency, 0)),
    ]


def spread(row: Mapping[str, Any]) -> str:
    """Return the term applied with its spread."""
    if row["applied_days"] is None:
        return UNDEFINED
    return _(
        "{days}, spread {spread}", days=_days(row["applied_days"]), spread=number(row["applied_spread"], 1)
    )


def segments(terms: Terms) -> Finding:
    """Return the segment that pays furthest beyond its terms; its name is from data."""
    method = _(
        "Days from the invoice date, by amount: agreed (grey dot), applied (ring: invoice to due date), "
        "taken (invoice to payment; orange beyond what was agreed) and the longest the law allows (bar). "
        "Pick a row for its customers and its terms sheet."
    )
    rows = terms.segments.drop_nulls(["agreed_days", "taken_days"]).with_columns(
        beyond=pl.col("taken_days") - pl.col("agreed_days")
    )
    worst = rows.sort("beyond", descending=True).head(1)
    if worst.is_empty():
        return Finding(_("Agreed, applied and taken days per segment"), method)
    row = worst.row(0, named=True)
    if row["beyond"] <= 0:
        return Finding(_("Every segment pays within its terms on average"), method)
    title = _(
        "{segment} goes furthest beyond its terms: {taken} days, {agreed} agreed",
        segment=segment(row["segment"]),
        taken=number(row["taken_days"], 1),
        agreed=number(row["agreed_days"], 1),
    )
    return Finding(title, method)


def segment_rows(terms: Terms) -> pl.DataFrame:
    """Return the segments with the legal term in words."""
    rows = terms.segments
    legal = [_range(row["legal_least"], row["legal_most"]) for row in rows.iter_rows(named=True)]
    return rows.with_columns(pl.Series("legal_said", legal, dtype=pl.String))


def customers(terms: Terms, name: str | None) -> Finding:
    """Return how many customers pay outside their terms; `name` is a picked segment, from data."""
    rows = terms.customers if name is None else terms.customers.filter(segment=name)
    agreed, legal = (rows["outside"] != "").sum(), (rows["outside"] == "legal").sum()
    title = _(
        "{agreed} of {all} customers pay outside the agreed term on average, {legal} outside the "
        "legal one",
        agreed=number(agreed), legal=number(legal), all=number(rows.height),
    )  # fmt: skip
    method = _(
        "365 days to {day}. Most beyond the agreed term first; without an agreed term 30 days count. "
        "Pick a row for its invoices and its terms sheet.",
        day=in_sentence(terms.as_of),
    )
    return Finding(title if name is None else f"{segment(name)}: {title}", method)


def group_name(code: str) -> str:
    """Return the name of one of `GROUPS`."""
    return _p("choice", _GROUPS[code])


def group_rows(rows: pl.DataFrame, code: str) -> pl.DataFrame:
    """Return the customers of one of `GROUPS`."""
    if code == "all":
        return rows
    return rows.filter(pl.col("outside") == "legal" if code == "legal" else pl.col("outside") != "")


def customers_footer(rows: pl.DataFrame, currency: str) -> str:
    """Return the total of the rows."""
    return _(
        "{amount} beyond the agreed term, {interest} interest",
        amount=money(total(rows["standing_beyond_agreed"]), currency),
        interest=money(total(rows["interest_beyond_agreed"]), currency),
    )


def legal_term(row: Mapping[str, Any]) -> str:
    """Return the legal term of a customer with its basis."""
    basis = legal_basis(row["legal_basis"])
    return basis if row["legal_days"] is None else f"{days(row['legal_days'])} ({basis})"


def legal_basis(code: str) -> str:
    """Return the rule that a legal term follows from, or the fact that is missing."""
    return _(_LEGAL_BASES[code])


def gaps(terms: Terms) -> list[str]:
    """Return which facts that the legal terms depend on are not recorded, and how to record them."""
    rows = terms.customers
    count = {code: rows.filter(legal_basis=code).height for code in _LEGAL_BASES}
    sentences = []
    if count["company_unknown"]:
        sentences.append(_n(
            "How large the company itself is has not been set (Settings). {count} large "
            "customer is taken to have 60 days; 30 hold if the company is small or medium.",
            "How large the company itself is has not been set (Settings). {count} large "
            "customers are taken to have 60 days; 30 hold if the company is small or medium.",
            count["company_unknown"],
        ))  # fmt: skip
    if count["size_unknown"]:
        sentences.append(_n(
            "The size of {count} business is not recorded (`size_class` in customers.csv): taken to "
            "have 60 days; 30 can hold if it is large.",
            "The size of {count} businesses is not recorded (`size_class` in customers.csv): taken to "
            "have 60 days; 30 can hold where they are large.",
            count["size_unknown"],
        ))  # fmt: skip
    if count["kind_unknown"]:
        sentences.append(_n(
            "The kind of {count} customer is not recorded (`customer_type` in customers.csv): taken as a "
            "business with 60 days; a public body has 30.",
            "The kind of {count} customers is not recorded (`customer_type` in customers.csv): taken as "
            "businesses with 60 days; a public body has 30.",
            count["kind_unknown"],
        ))  # fmt: skip
    if count["consumer"]:
        sentences.append(_n(
            "{count} consumer is not measured against a legal term: the law has no longest one.",
            "{count} consumers are not measured against a legal term: the law has no longest one.",
            count["consumer"],
        ))  # fmt: skip
    return [*sentences, *_agreements(rows)]


def _agreements(rows: pl.DataFrame) -> list[str]:
    sentences = []
    if none := rows.filter(pl.col("agreed_days").is_null()).height:
        sentences.append(_n(
            "{count} customer has no agreed term: 30 days count, as the law says.",
            "{count} customers have no agreed term: 30 days count, as the law says.",
            none,
        ))  # fmt: skip
    if longer := rows.filter(pl.col("agreed_days") > pl.col("legal_days")).height:
        sentences.append(_n(
            "{count} customer has an agreed term longer than the law allows.",
            "{count} customers have an agreed term longer than the law allows.",
            longer,
        ))  # fmt: skip
    return sentences


def no_advice() -> str:
    """Return the rules of law that are applied, and that this is no legal advice."""
    return _(
        "Legal terms by art. 6:119a and 6:119b BW: 60 days between businesses, 30 for public bodies and "
        "for large customers of a small or medium company. No legal advice."
    )


def late_invoices(row: Mapping[str, Any], currency: str) -> Finding:
    """Return what one customer leaves unpaid beyond its terms; its name is from data."""
    title = _(
        "{name}: on average {amount} beyond the agreed term, {interest} interest",
        name=row["customer_name"],
        amount=money(row["standing_beyond_agreed"], currency),
        interest=money(row["interest_beyond_agreed"], currency),
    )
    agreed = row["agreed_days"]
    method = _(
        "Agreed {agreed}, applied {applied}, taken {taken}; legal term: {legal}. Its invoices that "
        "stood beyond a term:",
        agreed=_("none: 30 days count") if agreed is None else days(agreed),
        applied=spread(row),
        taken=_days(row["taken_days"]),
        legal=legal_term(row),
    )
    return Finding(title, method)


def _days(value: float | None) -> str:
    return UNDEFINED if value is None else days(value, 1)


def _range(least: int | None, most: int | None) -> str:
    if least is None or most is None:
        return UNDEFINED
    return number(least) if least == most else f"{number(least)}–{number(most)}"
