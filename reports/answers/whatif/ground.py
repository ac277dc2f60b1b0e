"""The ground of every what-if: the forecast, the money behind it and what no lever changes."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from forecasting.whatif.cash_flows import Flows, flows_of
from queries import Books
from reports.answers.forecast.cash_forecast import Basis, Progress
from reports.answers.forecast.cash_forecast import basis as forecast_basis
from reports.answers.whatif.customer_reactions import CustomerReactions, customer_reactions

_MOST_WEEKS_MOVED = 26  # a change of supplier terms by 180 days


@dataclass(frozen=True)
class Bills:
    """The bills of suppliers: how many there are, and the median of their terms in days, None without any."""

    count: int
    median_days: float | None


@dataclass(frozen=True)
class Ground:
    """All that stays the same when a lever changes; made once per day and state of the books.

    Attributes:
        basis: the forecast and what it was made from.
        flows: money per document and day; None where there is too little history for a payment model.
        reactions: what the ledger shows of its customers; None likewise.
        customers: every `customer_id` of the books with its `segment`.
        payments: rows of `payments_out`, further ahead than the forecast.
        bills: of the suppliers.
    """

    basis: Basis
    flows: Flows | None
    reactions: CustomerReactions | None
    customers: pl.DataFrame
    payments: pl.DataFrame
    bills: Bills


def ground(
    books: Books,
    *,
    as_of: date,
    weeks: int = 13,
    known_on: datetime | None = None,
    progress: Progress = lambda _text, _share: None,
) -> Ground:
    """Forecast as usual, and keep what the levers change.

    Args:
        books: the store.
        as_of: last day known.
        weeks: how many, 1 to 104.
        known_on: only what was recorded by then (UTC).
        progress: receives the stage and the share done, 0-1.
    """
    basis = forecast_basis(
        books,
        as_of=as_of,
        weeks=weeks,
        known_on=known_on,
        progress=lambda text, share: progress(text, 0.8 * share),
    )
    view = {"as_of": as_of, "known_on": known_on}
    customers = books.ask("customers", **view).select("customer_id", "segment")
    bills = books.ask("bill_terms", **view).row(0, named=True)
    progress("forecast", 0.85)
    return Ground(
        basis=basis,
        flows=flows_of(basis.past, basis.by_model) if basis.by_model is not None else None,
        reactions=customer_reactions(basis, customers) if basis.by_model is not None else None,
        customers=customers,
        payments=books.ask("payments_out", weeks=weeks + _MOST_WEEKS_MOVED, **view),
        bills=Bills(int(bills["bills"]), bills["median_days"]),
    )
