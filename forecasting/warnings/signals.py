"""The signals of any past day: for which customers a rule is raised, since when and on which documents."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Ints, day_of
from forecasting.payments.documents import FAR
from forecasting.warnings.book import Book
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
    }
)
_DOCUMENTS = pl.Schema({"rule": pl.String(), "customer_id": pl.String(), "document_id": pl.String()})


@dataclass(frozen=True)
class Signals:
    """The results of the rules at the end of a day.

    Attributes:
        rows: one per rule and customer it is raised for: `rule`, `customer_id`, `value`, `limit` and
            `since_date`, the first day of the unbroken period on which it is raised.
        documents: one row per document behind a signal: `rule`, `customer_id`, `document_id`.
        scores: one row per customer: `customer_id`, and per rule its value, NaN as null.
    """

    rows: pl.DataFrame
    documents: pl.DataFrame
    scores: pl.DataFrame


def signals_on(book: Book, day: int) -> Signals:
    """Apply every rule to every customer on a day, today or any past day."""
    rows, documents, scores = [], [], {}
    owes = book.at(day).open_amounts() > 0
    for rule in RULES:
        result = rule.test(book, day)
        # A customer that owes nothing gives no signal.
        result = replace(result, raised=result.raised & owes)
        customers = np.flatnonzero(result.raised)
        since = signal_start(book, rule, day, result)
        scores[rule.name] = pl.Series(result.value).fill_nan(None)
        rows.append(_frame(book, rule, result, customers, since))
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


def _frame(book: Book, rule: WarningRule, result: RuleResult, customers: Ints, since: Ints) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "rule": [rule.name] * len(customers),
            "customer_id": book.ids.gather(customers),
            "value": result.value[customers],
            "limit": result.limit[customers],
            "since_date": pl.Series([day_of(int(start)) for start in since[customers]], dtype=pl.Date),
        },
        schema=_ROWS,
    )


def signal_start(book: Book, rule: WarningRule, day: int, result: RuleResult) -> Ints:
    """Return the first day of the unbroken period on which a rule is raised; FAR where it is not.

    An event with a day of its own starts the signal on that day. Otherwise the rule is applied to earlier
    Sundays until it is not raised, then to the days of that week: a single day without the signal between two
    Sundays does not end the period.
    """
    if result.since is not None:
        return np.where(result.raised, np.minimum(result.since, day), FAR)
    since = np.where(result.raised, day, FAR)
    is_running = result.raised.copy()
    customers_book = book.only(is_running) if rule.is_own else book
    first = int(book.issued.min()) if len(book.issued) else day
    sunday = day - 1 - (day + 3) % WEEK  # 1970-01-01 was a Thursday
    edges = np.where(result.raised, day, FAR)
    while is_running.any() and sunday >= first:
        is_running &= rule.test(customers_book, sunday).raised
        since[is_running] = sunday
        edges[is_running] = sunday
        sunday -= WEEK
    for edge in np.unique(edges[result.raised]).tolist():
        is_raised = result.raised & (edges == edge)
        for back in range(1, WEEK):
            # Stop at the Sunday on which it was not raised.
            if (edge - back + 4) % WEEK == 0 or not is_raised.any():
                break
            is_raised &= rule.test(customers_book, edge - back).raised
            since[is_raised] = edge - back
    return since


def history(book: Book, rule: WarningRule, day: int, customers: list[str], weeks: int) -> pl.DataFrame:
    """Return a rule's value for some customers on the last Sundays and the day itself, the oldest first.

    Returns:
        `customer_id` and `history`, a list of `weeks` values, null where there was nothing to compare.
    """
    is_chosen = book.ids.is_in(customers).to_numpy()
    customers_book = book.only(is_chosen) if rule.is_own else book
    sunday = day - 1 - (day + 3) % WEEK
    days = [*(sunday - WEEK * back for back in range(weeks - 2, -1, -1)), day]
    values = np.stack([rule.test(customers_book, date).value[is_chosen] for date in days], axis=1)
    rows = [[None if np.isnan(date) else float(date) for date in row] for row in values]
    return pl.DataFrame(
        {"customer_id": book.ids.filter(pl.Series(is_chosen)), "history": rows},
        schema={"customer_id": pl.String(), "history": pl.List(pl.Float64())},
    )


def customers_by_rule(book: Book, day: int) -> dict[str, Bools]:
    """Return per rule the customers for which it is raised on a day, shape (C,)."""
    return {rule.name: rule.test(book, day).raised for rule in RULES}
