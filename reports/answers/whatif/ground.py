"""The ground of every what-if: the forecast, the money behind it and what no lever changes."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from forecasting.arrays import Floats
from forecasting.whatif.cash_flows import Flows, flows_of
from queries import Books
from reports.answers.forecast.cash_forecast import Basis, CashForecast, Progress
from reports.answers.forecast.cash_forecast import basis as forecast_basis
from reports.answers.whatif.customer_reactions import CustomerReactions, customer_reactions

_MOST_WEEKS_MOVED = 26  # a change of supplier terms by 180 days


@dataclass(frozen=True)
class Bills:
    """The bills of suppliers: how many there are, and the median of their terms in days, None without any."""

    count: int
    median_days: float | None


@dataclass(frozen=True)
class DsoGround:
    """What DSO at the end of the forecast starts from, by the payment model.

    Attributes:
        first: day number of the first billings.
        billings: per day from then up to the day of the forecast.
        open_amount: on the day of the forecast.
        receipts: expected over all weeks.
    """

    first: int
    billings: Floats
    open_amount: float
    receipts: float


@dataclass(frozen=True)
class Ground:
    """All that stays the same when a lever changes; made once per day and state of the books.

    It holds nothing of the ledger's history, which is many times larger.

    Attributes:
        forecast: without any lever.
        receipts: per week: week_start, expected, from_open_invoices, from_future_invoices, LEVELS.
        courses: a thousand simulated courses of the weekly receipts, shape (1000, w).
        weekly_payments: per week of the forecast.
        flows: money per document and day; None where there is too little history for a payment model.
        reactions: what the ledger shows of its customers; None likewise.
        dso: what DSO starts from; None likewise.
        customers: every `customer_id` of the books with its `segment`.
        payments: rows of `payments_out`, further ahead than the forecast.
        bills: of the suppliers.
    """

    forecast: CashForecast
    receipts: pl.DataFrame
    courses: Floats
    weekly_payments: list[Decimal]
    flows: Flows | None
    reactions: CustomerReactions | None
    dso: DsoGround | None
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
        forecast=basis.forecast,
        receipts=basis.frame,
        courses=basis.courses,
        weekly_payments=basis.payments,
        flows=flows_of(basis.past, basis.by_model) if basis.by_model is not None else None,
        reactions=customer_reactions(basis, customers) if basis.by_model is not None else None,
        dso=_dso_ground(basis),
        customers=customers,
        payments=books.ask("payments_out", weeks=weeks + _MOST_WEEKS_MOVED, **view),
        bills=Bills(int(bills["bills"]), bills["median_days"]),
    )


def _dso_ground(basis: Basis) -> DsoGround | None:
    if basis.by_model is None:
        return None
    billings, days = basis.past.billings, basis.past.as_of - basis.past.billings.first + 1
    return DsoGround(
        first=billings.first,
        billings=billings.daily[:days],
        open_amount=float(basis.by_model.outlook.open_amounts.sum()),
        receipts=float(basis.by_model.expected.sum()),
    )
