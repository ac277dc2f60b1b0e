"""Payment terms in words: what stands beyond them, who pays outside, what the legal term rests on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from reports.answers.shared.money import total
from reports.answers.terms.terms import Terms
from reports.formats import UNDEFINED, days, in_sentence, money, number, percent
from reports.labels import segment
from reports.translation import _, _n, _p, marked, marked_p

WHO = ("all", "agreed", "legal")
_WHO = {
    "all": marked_p("choice", "Everybody"),
    "agreed": marked_p("choice", "Outside the agreed term"),
    "legal": marked_p("choice", "Outside the legal term"),
}
_WHY = {
    "public": marked("public body"),
    "large_debtor": marked("large customer of a small or medium company"),
    "business": marked("between businesses"),
    "consumer": marked("the law has no longest term for consumers"),
    "kind_unknown": marked("kind of customer not recorded: taken as a business"),
    "size_unknown": marked("size not recorded: 30 days if it is large"),
    "company_unknown": marked("own size not set: 30 days if the company is small or medium"),
}


def found(terms: Terms, currency: str) -> str:
    """Say what stands beyond the agreed terms and what that costs."""
    if terms.whole.is_empty():
        return _("Nothing was billed or paid in these 365 days")
    row = terms.whole.row(0, named=True)
    if not row["standing_beyond_agreed"]:
        return _("Nothing stood beyond the agreed terms in these 365 days")
    return _(
        "On average {amount} stands beyond the agreed terms; that costs {interest} a year",
        amount=money(row["standing_beyond_agreed"], currency, 0),
        interest=money(row["interest_beyond_agreed"], currency, 0),
    )


def method(terms: Terms) -> str:
    """Say how that is worked out."""
    rate = terms.rate
    said = _(
        "Amount × days beyond the term in the 365 days to {day}, over 365; interest on the same days at "
        "the "
        "statutory commercial rate of each period.",
        day=in_sentence(terms.as_of),
    )
    if rate is None:
        return said
    return f"{said} " + _("Now {percent} a year.", percent=percent(rate.percent / 100, 2))


def facts(terms: Terms, currency: str) -> list[tuple[str, str]]:
    """Return the figures of everybody as words and values."""
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
    """Write the term applied with its spread."""
    if row["applied_days"] is None:
        return UNDEFINED
    return _(
        "{days}, spread {spread}", days=_days(row["applied_days"]), spread=number(row["applied_spread"], 1)
    )


def segments_found(terms: Terms) -> str:
    """Say which segment goes furthest beyond its terms; text from data is not made plain."""
    rows = terms.segments.drop_nulls(["agreed_days", "taken_days"]).with_columns(
        beyond=pl.col("taken_days") - pl.col("agreed_days")
    )
    worst = rows.sort("beyond", descending=True).head(1)
    if worst.is_empty():
        return _("Agreed, applied and taken days per segment")
    row = worst.row(0, named=True)
    names = {
        "segment": segment(row["segment"]),
        "taken": number(row["taken_days"], 1),
        "agreed": number(row["agreed_days"], 1),
    }
    if row["beyond"] <= 0:
        return _("Every segment pays within its terms on average")
    return _("{segment} goes furthest beyond its terms: {taken} days, {agreed} agreed", **names)


def segments_method() -> str:
    """Say what is drawn per segment."""
    return _(
        "Days from the invoice date, by amount: agreed (grey dot), applied (ring: invoice to due date), "
        "taken (invoice to payment; orange beyond what was agreed) and the longest the law allows (bar). "
        "Pick a row for its customers and its terms sheet."
    )


def segment_rows(terms: Terms) -> pl.DataFrame:
    """Return the segments with the legal term in words."""
    rows = terms.segments
    legal = [_range(row["legal_least"], row["legal_most"]) for row in rows.iter_rows(named=True)]
    return rows.with_columns(pl.Series("legal_said", legal, dtype=pl.String))


def customers_found(terms: Terms, name: str | None) -> str:
    """Say how many customers pay outside their terms; `name` is a picked segment, not made plain."""
    rows = terms.customers if name is None else terms.customers.filter(segment=name)
    agreed, legal = (rows["outside"] != "").sum(), (rows["outside"] == "legal").sum()
    said = _(
        "{agreed} of {all} customers pay outside the agreed term on average, {legal} outside the "
        "legal one",
        agreed=number(agreed), legal=number(legal), all=number(rows.height),
    )  # fmt: skip
    return said if name is None else f"{segment(name)}: {said}"


def customers_method(as_of: date) -> str:
    """Say how the customers stand and what a row opens."""
    return _(
        "365 days to {day}. Most beyond the agreed term first; without an agreed term 30 days count. "
        "Pick a row "
        "for its invoices and its terms sheet.",
        day=in_sentence(as_of),
    )


def who(code: str) -> str:
    """Return what a choice of customers is called."""
    return _p("choice", _WHO[code])


def chosen(rows: pl.DataFrame, code: str) -> pl.DataFrame:
    """Return the customers of a choice."""
    if code == "all":
        return rows
    return rows.filter(pl.col("outside") == "legal" if code == "legal" else pl.col("outside") != "")


def customers_footer(rows: pl.DataFrame, currency: str) -> str:
    """Say what the rows come to."""
    return _(
        "{amount} beyond the agreed term, {interest} interest",
        amount=money(total(rows["standing_beyond_agreed"]), currency),
        interest=money(total(rows["interest_beyond_agreed"]), currency),
    )


def why_legal(row: Mapping[str, Any]) -> str:
    """Say how long the legal term of a customer is and what that rests on."""
    why = basis(row["legal_basis"])
    return why if row["legal_days"] is None else f"{days(row['legal_days'])} ({why})"


def basis(code: str) -> str:
    """Return what a legal term rests on."""
    return _(_WHY[code])


def not_known(terms: Terms) -> list[str]:
    """Say what is not known of customers or company that the legal term rests on, and how to record it."""
    rows = terms.customers
    count = {basis: rows.filter(legal_basis=basis).height for basis in _WHY}
    said = []
    if count["company_unknown"]:
        said.append(_n(
            "How large the company itself is has not been set (Worklist, at the foot). {count} large "
            "customer is taken to have 60 days; 30 hold if the company is small or medium.",
            "How large the company itself is has not been set (Worklist, at the foot). {count} large "
            "customers are taken to have 60 days; 30 hold if the company is small or medium.",
            count["company_unknown"],
        ))  # fmt: skip
    if count["size_unknown"]:
        said.append(_n(
            "The size of {count} business is not recorded (`size_class` in customers.csv): taken to "
            "have 60 days; 30 can hold if it is large.",
            "The size of {count} businesses is not recorded (`size_class` in customers.csv): taken to "
            "have 60 days; 30 can hold where they are large.",
            count["size_unknown"],
        ))  # fmt: skip
    if count["kind_unknown"]:
        said.append(_n(
            "The kind of {count} customer is not recorded (`customer_type` in customers.csv): taken as a "
            "business with 60 days; a public body has 30.",
            "The kind of {count} customers is not recorded (`customer_type` in customers.csv): taken as "
            "businesses with 60 days; a public body has 30.",
            count["kind_unknown"],
        ))  # fmt: skip
    if count["consumer"]:
        said.append(_n(
            "{count} consumer is not measured against a legal term: the law has no longest one.",
            "{count} consumers are not measured against a legal term: the law has no longest one.",
            count["consumer"],
        ))  # fmt: skip
    return [*said, *_agreements(rows)]


def _agreements(rows: pl.DataFrame) -> list[str]:
    said = []
    if none := rows.filter(pl.col("agreed_days").is_null()).height:
        said.append(_n(
            "{count} customer has no agreed term: 30 days count, as the law says.",
            "{count} customers have no agreed term: 30 days count, as the law says.",
            none,
        ))  # fmt: skip
    if longer := rows.filter(pl.col("agreed_days") > pl.col("legal_days")).height:
        said.append(_n(
            "{count} customer has an agreed term longer than the law allows.",
            "{count} customers have an agreed term longer than the law allows.",
            longer,
        ))  # fmt: skip
    return said


def no_advice() -> str:
    """Say what this is not, and what it looks at."""
    return _(
        "Legal terms by art. 6:119a and 6:119b BW: 60 days between businesses, 30 for public bodies and "
        "for large "
        "customers of a small or medium company. No legal advice."
    )


def late_found(row: Mapping[str, Any], currency: str) -> str:
    """Say what one customer leaves standing; text from data is not made plain."""
    return _(
        "{name}: on average {amount} beyond the agreed term, {interest} interest",
        name=row["customer_name"],
        amount=money(row["standing_beyond_agreed"], currency),
        interest=money(row["interest_beyond_agreed"], currency),
    )


def late_method(row: Mapping[str, Any]) -> str:
    """Say what one customer's terms are."""
    agreed = row["agreed_days"]
    return _(
        "Agreed {agreed}, applied {applied}, taken {taken}; legal term: {legal}. Its invoices that "
        "stood beyond a "
        "term:",
        agreed=_("none: 30 days count") if agreed is None else days(agreed),
        applied=spread(row),
        taken=_days(row["taken_days"]),
        legal=why_legal(row),
    )


def _days(value: float | None) -> str:
    return UNDEFINED if value is None else days(value, 1)


def _range(least: int | None, most: int | None) -> str:
    if least is None or most is None:
        return UNDEFINED
    return number(least) if least == most else f"{number(least)}–{number(most)}"
