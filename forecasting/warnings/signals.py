"""The signals of any past day: for which customers a rule is raised, since when and on which documents."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Floats, Ints, day_of
from forecasting.payments.documents import FAR
from forecasting.warnings.book import Book
from forecasting.warnings.ledger_limits import LedgerLimits
from forecasting.warnings.rule_result import RuleResult
from forecasting.warnings.rules import RULES, WarningRule

WEEK = 7
_ROWS = pl.Schema(
    {
        "rule": pl.String(),
        "customer_id": pl.String(),
        "value": pl.Float64(),
        "limit": pl.Float64(),
        "since_date": pl.Date(),
        "value_before": pl.Float64(),
    }
)
_DOCUMENTS = pl.Schema({"rule": pl.String(), "customer_id": pl.String(), "document_id": pl.String()})


@dataclass(frozen=True)
class Signals:
    """The results of the rules at the end of a day.

    Attributes:
        rows: one per rule and customer it is raised for: `rule`, `customer_id`, `value`, `limit`,
            `since_date`, the first day of the unbroken period on which it is raised, and `value_before`, the
            value a week earlier if it was raised then, else null.
        documents: one row per document behind a signal: `rule`, `customer_id`, `document_id`.
        scores: one row per customer: `customer_id`, and per rule its value, NaN as null.
    """

    rows: pl.DataFrame
    documents: pl.DataFrame
    scores: pl.DataFrame


def signals_on(book: Book, day: int, limits: LedgerLimits) -> Signals:
    """Apply every rule to every customer on a day, today or any past day."""
    rows, documents, scores = [], [], {}
    owes, owed = book.at(day).open_amounts() > 0, book.at(day - WEEK).open_amounts() > 0
    for rule in RULES:
        result = limits.apply(rule, rule.test(book, day), day)
        # A customer that owes nothing gives no signal.
        result = replace(result, raised=result.raised & owes)
        since = signal_start(book, rule, day, result, limits.applied_factors(rule, day))
        week_before = limits.apply(rule, rule.test(book, day - WEEK), day - WEEK)
        before = np.where(week_before.raised & owed, week_before.value, np.nan)
        scores[rule.name] = pl.Series(result.value).fill_nan(None)
        rows.append(_frame(book, rule.name, result, since, before))
        which = result.documents & result.raised[book.customer]
        documents.append(
            book.frame.filter(pl.Series(which))
            .unique(maintain_order=True)
            .select(pl.lit(rule.name).alias("rule"), "customer_id", "document_id")
        )
    return Signals(
        rows=pl.concat(rows, how="vertical") if rows else pl.DataFrame(schema=_ROWS),
        documents=pl.concat(documents) if documents else pl.DataFrame(schema=_DOCUMENTS),
        scores=pl.DataFrame({"customer_id": book.ids, **scores}),
    )


def _frame(book: Book, rule: str, result: RuleResult, since: Ints, before: Floats) -> pl.DataFrame:
    customers = np.flatnonzero(result.raised)
    return pl.DataFrame(
        {
            "rule": [rule] * len(customers),
            "customer_id": book.ids.gather(customers),
            "value": result.value[customers],
            "limit": result.limit[customers],
            "since_date": pl.Series([day_of(int(start)) for start in since[customers]], dtype=pl.Date),
            "value_before": pl.Series(before[customers], dtype=pl.Float64).fill_nan(None),
        },
        schema=_ROWS,
    )


def signal_start(
    book: Book, rule: WarningRule, day: int, result: RuleResult, factors: Floats | None = None
) -> Ints:
    """Return the first day of the unbroken period on which a rule is raised; FAR where it is not.

    An event with a day of its own starts the signal on that day. Otherwise the rule is applied to earlier
    Sundays until it is not raised, then to the days of that week: a single day without the signal between two
    Sundays does not end the period. Earlier days are compared with the limits of `day`.

    Args:
        book: the ledger.
        rule: the rule.
        day: on which it is raised.
        result: of that day.
        factors: by how much each customer's constant is multiplied on `day`; None: it stands as it is.
    """
    if result.since is not None and factors is None:
        return np.where(result.raised, np.minimum(result.since, day), FAR)
    since = np.where(result.raised, day, FAR)
    is_running = result.raised.copy()
    customers_book = book.only(is_running) if rule.is_own else book
    first = int(book.issued.min()) if len(book.issued) else day
    sunday = day - 1 - (day + 3) % WEEK  # 1970-01-01 was a Thursday
    edges = np.where(result.raised, day, FAR)

    def is_raised_on(earlier: int) -> Bools:
        past = rule.test(customers_book, earlier)
        if factors is None:
            return past.raised
        return np.asarray(past.raised & (rule.strength(past) > factors))

    while is_running.any() and sunday >= first:
        is_running &= is_raised_on(sunday)
        since[is_running] = sunday
        edges[is_running] = sunday
        sunday -= WEEK
    for edge in np.unique(edges[result.raised]).tolist():
        is_raised = result.raised & (edges == edge)
        for back in range(1, WEEK):
            # Stop at the Sunday on which it was not raised.
            if (edge - back + 4) % WEEK == 0 or not is_raised.any():
                break
            is_raised &= is_raised_on(edge - back)
            since[is_raised] = edge - back
    return since


def customers_by_rule(book: Book, day: int, limits: LedgerLimits) -> dict[str, Bools]:
    """Return per rule the customers for which it is raised on a day, shape (C,)."""
    return {rule.name: limits.apply(rule, rule.test(book, day), day).raised for rule in RULES}
