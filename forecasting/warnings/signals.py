"""Early warnings of any past day: which rules speak of which customers, since when, about which documents."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Ints, day_of
from forecasting.payments.documents import FAR
from forecasting.warnings.book import Book
from forecasting.warnings.rule_result import Answer
from forecasting.warnings.rules import RULES, Rule

WEEK = 7
_FOUND = pl.Schema(
    {
        "rule": pl.String(),
        "customer_id": pl.String(),
        "value": pl.Float64(),
        "limit": pl.Float64(),
        "since_date": pl.Date(),
    }
)
_ABOUT = pl.Schema({"rule": pl.String(), "customer_id": pl.String(), "document_id": pl.String()})


@dataclass(frozen=True)
class Signals:
    """What the rules say at the end of a day.

    Attributes:
        found: one row per rule and customer it was raised for: `rule`, `customer_id`, `value`, `limit` and
            `since_date`, the first day of the unbroken stretch on which it is raised.
        about: one row per document a signal is about: `rule`, `customer_id`, `document_id`.
        scores: one row per customer: `customer_id`, and per rule its value, NaN as null.
    """

    found: pl.DataFrame
    about: pl.DataFrame
    scores: pl.DataFrame


def signals_on(book: Book, day: int) -> Signals:
    """Ask every rule about every customer on a day, today or any past one."""
    found, about, scores = [], [], {}
    owes = book.at(day).money() > 0
    for rule in RULES:
        answer = rule.test(book, day)
        # A habit of who owes nothing warns of nothing.
        answer = replace(answer, raised=answer.raised & owes)
        who = np.flatnonzero(answer.raised)
        since = began(book, rule, day, answer)
        scores[rule.name] = pl.Series(answer.value).fill_nan(None)
        found.append(_frame(book, rule, answer, who, since))
        which = answer.documents & answer.raised[book.customer]
        about.append(
            book.frame.filter(pl.Series(which))
            .unique(maintain_order=True)
            .select(pl.lit(rule.name).alias("rule"), "customer_id", "document_id")
        )
    return Signals(
        found=pl.concat(found, how="vertical") if found else pl.DataFrame(schema=_FOUND),
        about=pl.concat(about) if about else pl.DataFrame(schema=_ABOUT),
        scores=pl.DataFrame({"customer_id": book.ids, **scores}),
    )


def _frame(book: Book, rule: Rule, answer: Answer, who: Ints, since: Ints) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "rule": [rule.name] * len(who),
            "customer_id": book.ids.gather(who),
            "value": answer.value[who],
            "limit": answer.limit[who],
            "since_date": pl.Series([day_of(int(one)) for one in since[who]], dtype=pl.Date),
        },
        schema=_FOUND,
    )


def began(book: Book, rule: Rule, day: int, answer: Answer) -> Ints:
    """Return the first day of the unbroken stretch on which a rule is raised; FAR where it is not.

    A thing with a day of its own began on that day. For what lasts, Sundays are looked back at until it was
    not raised, then the days of that one week: a single day off within a week breaks nothing.
    """
    if answer.since is not None:
        return np.where(answer.raised, np.minimum(answer.since, day), FAR)
    since = np.where(answer.raised, day, FAR)
    running = answer.raised.copy()
    small = book.only(running) if rule.is_own else book
    first = int(book.issued.min()) if len(book.issued) else day
    sunday = day - 1 - (day + 3) % WEEK  # 1970-01-01 was a Thursday
    edges = np.where(answer.raised, day, FAR)
    while running.any() and sunday >= first:
        running &= rule.test(small, sunday).raised
        since[running] = sunday
        edges[running] = sunday
        sunday -= WEEK
    for edge in np.unique(edges[answer.raised]).tolist():
        own = answer.raised & (edges == edge)
        for back in range(1, WEEK):
            # Not beyond the Sunday on which it was not raised.
            if (edge - back + 4) % WEEK == 0 or not own.any():
                break
            own &= rule.test(small, edge - back).raised
            since[own] = edge - back
    return since


def history(book: Book, rule: Rule, day: int, customers: list[str], weeks: int) -> pl.DataFrame:
    """Return a rule's value of some customers on the last Sundays and the day itself, the oldest first.

    Returns:
        `customer_id` and `history`, a list of `weeks` values, null where there was nothing to compare.
    """
    who = book.ids.is_in(customers).to_numpy()
    small = book.only(who) if rule.is_own else book
    sunday = day - 1 - (day + 3) % WEEK
    days = [*(sunday - WEEK * back for back in range(weeks - 2, -1, -1)), day]
    values = np.stack([rule.test(small, one).value[who] for one in days], axis=1)
    rows = [[None if np.isnan(one) else float(one) for one in row] for row in values]
    return pl.DataFrame(
        {"customer_id": book.ids.filter(pl.Series(who)), "history": rows},
        schema={"customer_id": pl.String(), "history": pl.List(pl.Float64())},
    )


def raised_on(book: Book, day: int) -> dict[str, Bools]:
    """Return for which customers each rule was raised on a day, without looking back further."""
    return {rule.name: rule.test(book, day).raised for rule in RULES}
