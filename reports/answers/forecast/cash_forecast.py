"""The liquidity forecast: expected receipts, the bank balance and the payments to make."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from threading import Lock
from typing import Any

import numpy as np
import polars as pl

from data.errors import NotEnoughHistoryError
from data.message_templates import Message
from forecasting.arrays import Floats
from forecasting.receipts import forecast as receipts
from forecasting.receipts.billings import WEEKS_AHEAD
from forecasting.receipts.decomposition import BillingPlan
from forecasting.receipts.fallback import SimpleReceipts, simple_receipts
from forecasting.receipts.history import LOOK_BACK, LedgerHistory, ledger_history
from queries import Books
from reports.answers.forecast.invoice_rows import with_set_off, with_weeks
from reports.answers.forecast.plan.planned_billings import planned_billings
from reports.answers.shared.money import CENT, cents, total

Progress = Callable[[str, float], None]

_WEEK = 7
_LEVELS = tuple(receipts.LEVELS.items())
# A larger history is not cached: its outlooks would take gigabytes.
_MOST_DOCUMENTS = 200_000
_MOST_HISTORIES = 2  # a screen needs today and the Sunday before
_HISTORIES: dict[tuple[object, ...], LedgerHistory] = {}
_HISTORIES_LOCK = Lock()


@dataclass(frozen=True)
class CashForecast:
    """One run of the forecast; amounts are Decimal to the cent in the reporting currency.

    Attributes:
        as_of: last day known; week one starts the day after.
        currency: reporting currency.
        opening_balance: of the bank at the end of `as_of`.
        opening_known: False if no bank balance is known; the opening balance is then 0.00.
        method: how the receipts were forecast. `name` mixture: per group of weeks (1-4, 5-8, 9 and on) the
            `shares` of the methods and `planned`, the share of receipts that comes from planned billings;
            simple, if the history is too short for that: `paid`, the number of payments it learned from.
        weeks: one row per week: week_start; receipts, from_open_invoices, from_future_invoices, payments,
            closing;
            receipts_ and closing_ with each of p2_5 to p97_5; probability_below_minimum.
        invoices: one row per document open in the books, see `forecasting.receipts.forecast.Receipts`, with
            `expected_amount`, owed of it after set-off, and `week_1` to `week_n`: receipts expected from it
            in that week; they add up to from_open_invoices of the week.
        payments: the rows of `payments_out`.
        minimum: balance that the bank account should not fall below.
        short_of: why a simpler method is used; None for the payment model.
        holes: first days of past weeks without receipts in the data.
        left_out: rows of `unrated_open`: documents without an exchange rate, in no amount.
        credit_line: credit of the bank beyond the balance; only the headroom includes it.
        billings: billings expected per week without a plan; empty without the payment model.
        unrated_accounts: rows of `bank_position` without an exchange rate, in no amount.
        unknown_segments: segments of the billing plan that no document has.
        on_account: receipts not applied to any document; see `set_off`.
        set_off: which credit of a customer lowers what it owes: all, named or none.
        listed: number of documents of which only a list of open items says that they are settled.
    """

    as_of: date
    currency: str
    opening_balance: Decimal
    opening_known: bool
    method: dict[str, Any]
    weeks: pl.DataFrame
    invoices: pl.DataFrame
    payments: pl.DataFrame
    minimum: Decimal
    short_of: Message | None
    holes: tuple[date, ...]
    left_out: pl.DataFrame
    credit_line: Decimal = Decimal("0.00")
    billings: tuple[Decimal, ...] = ()
    on_account: Decimal = Decimal("0.00")
    set_off: str = "all"
    unrated_accounts: pl.DataFrame = field(default_factory=pl.DataFrame)
    unknown_segments: tuple[str, ...] = ()
    listed: int = 0

    @property
    def lowest(self) -> dict[str, Any]:
        """Return the week with the lowest expected closing balance."""
        return self.weeks.sort("closing", "week_start").row(0, named=True)

    @property
    def is_empty(self) -> bool:
        """Return whether there are no bank balance, no receipts and no payments."""
        nothing = self.invoices.is_empty() and self.payments.is_empty() and not self.opening_known
        return nothing and not (self.weeks["receipts"] != 0).any()


@dataclass(frozen=True)
class Basis:
    """A forecast with its inputs, from which a what-if starts.

    Attributes:
        forecast: the result.
        past: history of the ledger.
        by_model: expected receipts of the payment model; None if a simpler method was used.
        frame: receipts per week: week_start, expected, from_open_invoices, from_future_invoices, LEVELS.
        courses: a thousand simulated courses of the weekly receipts, shape (1000, w).
        payments: per week.
    """

    forecast: CashForecast
    past: LedgerHistory
    by_model: receipts.Receipts | None
    frame: pl.DataFrame
    courses: Floats
    payments: list[Decimal]


def history(
    books: Books,
    *,
    as_of: date,
    weeks: int,
    known_on: datetime | None = None,
    look_back: int = LOOK_BACK,
) -> LedgerHistory:
    """Read the history the payment model learns from: everything dated by a day.

    The last two small histories are cached. Edits of the plan do not change them, so a forecast after an
    edit, or a backtest after a forecast, does not fit the model again.
    """
    view = {"as_of": as_of, "known_on": known_on}
    arrangements = books.ask("arrangements", **view)
    ledger = books.snapshot.ledger_version
    set_off = _settings(books, known_on).get("set_off")
    key = (ledger, as_of, known_on, weeks, look_back, _digest(arrangements), set_off)
    with _HISTORIES_LOCK:
        cached = _HISTORIES.get(key)
    if cached is not None:
        return cached
    past = ledger_history(
        books.ask("timing_documents", **view),
        books.ask("settled_in_parts", **view),
        books.ask("receipt_days", **view),
        arrangements,
        as_of=as_of,
        weeks=weeks,
        look_back=look_back,
    )
    if past.documents.count <= _MOST_DOCUMENTS:
        with _HISTORIES_LOCK:
            while len(_HISTORIES) >= _MOST_HISTORIES:
                del _HISTORIES[next(iter(_HISTORIES))]
            _HISTORIES[key] = past
    return past


def _digest(frame: pl.DataFrame) -> str:
    return sha256(frame.write_csv().encode()).hexdigest()


def cash_forecast(
    books: Books,
    *,
    as_of: date,
    weeks: int = 13,
    known_on: datetime | None = None,
    look_back: int = LOOK_BACK,
    progress: Progress = lambda _text, _share: None,
) -> CashForecast:
    """Forecast receipts, payments and the closing balance of the coming weeks; see `basis`."""
    return basis(
        books, as_of=as_of, weeks=weeks, known_on=known_on, look_back=look_back, progress=progress
    ).forecast


def basis(
    books: Books,
    *,
    as_of: date,
    weeks: int = 13,
    known_on: datetime | None = None,
    look_back: int = LOOK_BACK,
    progress: Progress = lambda _text, _share: None,
) -> Basis:
    """Forecast receipts, payments and the closing balance of the coming weeks, with their inputs.

    Only what is dated by `as_of` is used, so that a later load does not change the forecast of a day.

    Args:
        books: the store.
        as_of: last day known.
        weeks: number of weeks, 1 to 104.
        known_on: only what was recorded by then (UTC).
        look_back: how many past weeks choose the mixture of methods, see `LedgerHistory`.
        progress: called with the current stage and the share done, 0-1.
    """
    progress("history", 0.0)
    past = history(books, as_of=as_of, weeks=max(weeks, WEEKS_AHEAD), known_on=known_on, look_back=look_back)
    view = {"as_of": as_of, "known_on": known_on}
    plan, unknown = planned_billings(books, past, as_of=as_of, known_on=known_on)
    expected = _expected_receipts(past, plan, weeks, progress)
    by_method, courses = expected.by_method, expected.by_method.courses
    frame = receipts.weeks_frame(as_of, by_method.from_open, by_method.from_future, courses)
    progress("balance", 0.95)
    payments = books.ask("payments_out", weeks=weeks, **view)
    out = weekly_payments(payments, as_of, weeks)
    accounts = books.ask("bank_position", **view)
    opening = sum((value for value in accounts["reporting_balance"] if value is not None), Decimal("0.00"))
    settings = _settings(books, known_on)
    minimum = _amount(settings, "minimum_cash")
    forecast = CashForecast(
        as_of=as_of,
        currency=_currency(books, known_on),
        opening_balance=opening.quantize(CENT),
        opening_known=not accounts.is_empty(),
        method=expected.method,
        weeks=balances(frame, courses, out, opening, minimum),
        invoices=with_set_off(
            with_weeks(by_method, expected.open_amounts), books.ask("set_off_documents", **view)
        ),
        payments=payments,
        minimum=minimum,
        short_of=expected.short_of,
        holes=tuple(past.holes()) if past.documents.count else (),
        left_out=books.ask("unrated_open", weeks=weeks, **view),
        credit_line=_amount(settings, "credit_line"),
        billings=expected.billings,
        on_account=_on_account(books, as_of, known_on),
        set_off=settings.get("set_off") or "all",
        unrated_accounts=accounts.filter(pl.col("reporting_balance").is_null()),
        unknown_segments=unknown,
        listed=past.listed.height,
    )
    return Basis(forecast, past, expected.by_model, frame, courses, out)


@dataclass(frozen=True)
class _ExpectedReceipts:
    """Receipts of the payment model, or of a simpler method if the history is too short.

    Attributes:
        by_method: receipts of the method used.
        by_model: the same of the payment model; None if a simpler method was used.
        open_amounts: per open document.
        method: `CashForecast.method`.
        billings: `CashForecast.billings`.
        short_of: `CashForecast.short_of`.
    """

    by_method: receipts.Receipts | SimpleReceipts
    by_model: receipts.Receipts | None
    open_amounts: Floats
    method: dict[str, Any]
    billings: tuple[Decimal, ...] = ()
    short_of: Message | None = None


def _expected_receipts(
    past: LedgerHistory, plan: BillingPlan | None, weeks: int, progress: Progress
) -> _ExpectedReceipts:
    try:
        by_model = receipts.expected_receipts(
            past,
            plan=plan,
            weeks=weeks,
            progress=lambda share: progress("forecast", 0.2 + 0.7 * share),
        )
    except NotEnoughHistoryError as error:
        simple = simple_receipts(past, plan=plan, weeks=weeks)
        method: dict[str, Any] = {"name": "simple", "paid": simple.paid}
        return _ExpectedReceipts(simple, None, simple.open_amounts, method, short_of=error.message)
    method = {
        "name": "mixture",
        "shares": receipts.method_shares(by_model.mixture),
        "planned": receipts.planned_share(by_model),
    }
    billings = tuple(cents(value) for value in by_model.outlook.billings[:weeks])
    return _ExpectedReceipts(by_model, by_model, by_model.outlook.open_amounts, method, billings)


def _currency(books: Books, known_on: datetime | None) -> str:
    row = books.ask("as_of_range", **({"known_on": known_on} if known_on else {})).row(0, named=True)
    return str(row["reporting_currency"] or "EUR")


def _on_account(books: Books, as_of: date, known_on: datetime | None) -> Decimal:
    rows = books.ask("ageing", as_of=as_of, known_on=known_on)
    return -total(rows["unapplied"]).quantize(CENT)


def _settings(books: Books, known_on: datetime | None) -> dict[str, str]:
    return dict(books.ask("settings", known_on=known_on).rows())


def _amount(settings: Mapping[str, str], key: str) -> Decimal:
    """Return an amount from the settings of the company; 0.00 if it is not set."""
    return Decimal(settings.get(key) or "0").quantize(CENT)


def weekly_payments(payments: pl.DataFrame, as_of: date, weeks: int) -> list[Decimal]:
    """Return the payments per week, of rows with `pay_date` and `amount`; a null amount counts as none."""
    out = [Decimal("0.00")] * weeks
    for day, amount in payments.select("pay_date", "amount").iter_rows():
        if amount is not None:
            out[((day - as_of).days - 1) // _WEEK] += amount
    return out


def balances(
    frame: pl.DataFrame, courses: Floats, out: list[Decimal], opening: Decimal, minimum: Decimal
) -> pl.DataFrame:
    """Return the week table: closing = closing of the week before + receipts − payments, to the cent."""
    closings = float(opening) + np.cumsum(courses - np.array([float(value) for value in out]), axis=1)
    bands = np.quantile(closings, [level for _name, level in _LEVELS], axis=0)
    below = (closings < float(minimum)).mean(axis=0)
    rows, balance = [], opening
    for week, row in enumerate(frame.iter_rows(named=True)):
        from_open, from_future = cents(row["from_open_invoices"]), cents(row["from_future_invoices"])
        balance = balance + from_open + from_future - out[week]
        rows.append(
            {
                "week_start": row["week_start"],
                "week_end": row["week_start"] + timedelta(days=_WEEK - 1),
                "receipts": from_open + from_future,
                "from_open_invoices": from_open,
                "from_future_invoices": from_future,
                **{f"receipts_{name}": cents(row[name]) for name, _level in _LEVELS},
                "payments": out[week].quantize(CENT),
                "closing": balance.quantize(CENT),
                **{f"closing_{name}": cents(bands[place, week]) for place, (name, _l) in enumerate(_LEVELS)},
                "probability_below_minimum": float(below[week]),
            }
        )
    return pl.DataFrame(rows)


def as_json(forecast: CashForecast) -> dict[str, Any]:
    """Return the forecast in the form the command line prints."""
    weeks = [
        {
            "week_start": row["week_start"],
            "receipts": {
                "expected": row["receipts"],
                **{name: row[f"receipts_{name}"] for name, _level in _LEVELS},
                "from_open_invoices": row["from_open_invoices"],
                "from_future_invoices": row["from_future_invoices"],
            },
            "payments": row["payments"],
            "closing": {
                "expected": row["closing"], **{name: row[f"closing_{name}"] for name, _level in _LEVELS},
            },
            "probability_below_minimum": row["probability_below_minimum"],
        }
        for row in forecast.weeks.iter_rows(named=True)
    ]  # fmt: skip
    invoices = forecast.invoices.select(
        pl.col("document_id").alias("invoice_id"),
        "customer_id",
        pl.col("open_amount", "expected_amount").cast(pl.Decimal(38, 2)),
        "instalment",
        "expected_date",
        "probability_paid_by_due",
        "probability_30_days_late",
        "probability_never",
        pl.col("after_horizon").alias("probability_after_horizon"),
    )
    return {
        "as_of": forecast.as_of,
        "currency": forecast.currency,
        "opening_balance": forecast.opening_balance,
        "opening_known": forecast.opening_known,
        "method": forecast.method,
        "short_of": None if forecast.short_of is None else str(forecast.short_of),
        "minimum_cash": forecast.minimum,
        "credit_line": forecast.credit_line,
        "holes": list(forecast.holes),
        "left_out": forecast.left_out.to_dicts(),
        "unrated_accounts": forecast.unrated_accounts.to_dicts(),
        "unknown_segments": list(forecast.unknown_segments),
        "payments_without_rate": int(forecast.payments["amount"].null_count()),
        "weeks": weeks,
        "invoices": invoices.to_dicts(),
    }
