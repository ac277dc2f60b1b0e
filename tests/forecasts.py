"""Forecasts, backtests and forecast runs made by hand, and the books some of them are compared with."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl

from forecasting.receipts.backtest import KNOWN, OURS, Origin
from queries import Books
from reports.answers.forecast.backtest import Accuracy
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.variance import frozen_runs
from reports.answers.forecast.variance.frozen_runs import MONEY, ForecastRun
from tests.books import Desk

NBSP = "\u00a0"
HOSTILE = '<a href="https://evil.example">Pay</a> %{x} <b>B</b>'
PLAN_NAME = "=1+1 <b>B</b> $x$ [a](http://evil.example)"
RUN_NAME = "<b>$x$</b> [a](http://e.vil) `c`"
SUNDAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 23)
RUN_DAY = date(2026, 11, 1)  # a Sunday
RENT = ("L1", "Rent", "rent", "-500.00", date(2026, 12, 1), "monthly", "")
LOAN = ("L2", "Loan", "loan", "250.50", date(2026, 12, 15), "none", "")


def forecast(*closings: int, opening: int = 1_000, risks: tuple[float, ...] = (), **changed) -> CashForecast:
    """A forecast with these closings; receipts of 100 a week from an invoice, the rest is paid out."""
    rows, before = [], opening
    for place, closing in enumerate(closings):
        start = SUNDAY + timedelta(days=7 * place + 1)
        levels = {
            name: Decimal(closing + gap)
            for name, gap in zip(
                ("p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5"), range(-300, 400, 100), strict=True
            )
        }
        rows.append(
            {
                "week_start": start,
                "week_end": start + timedelta(days=6),
                "receipts": Decimal(100),
                "from_open_invoices": Decimal(60),
                "from_future_invoices": Decimal(40),
                **{f"receipts_{name}": Decimal(100) for name in levels},
                "payments": Decimal(100 - closing + before),
                "closing": Decimal(closing),
                **{f"closing_{name}": value for name, value in levels.items()},
                "probability_below_minimum": risks[place] if risks else 0.0,
            }
        )
        before = closing
    payments = pl.DataFrame(
        {
            "pay_date": [row["week_start"] for row in rows],
            "source": ["planned"] * len(rows),
            "line_id": [f"L{place}" for place in range(len(rows))],
            "label": [HOSTILE] * len(rows),
            "category": ["payroll"] * len(rows),
            "amount": pl.Series([row["payments"] for row in rows], dtype=pl.Decimal(38, 2)),
            "discount_until": pl.Series([None] * len(rows), dtype=pl.Date),
            "discount_amount": pl.Series([None] * len(rows), dtype=pl.Decimal(38, 2)),
        }
    )
    invoices = pl.DataFrame(
        {
            "segment": ["Groot", "Groot", None],
            "customer_id": ["A", "B", "C"],
            **{
                f"week_{place + 1}": [Decimal("30.00"), Decimal("20.00"), Decimal("10.00")]
                for place in range(len(rows))
            },
        }
    )
    values = {
        "as_of": SUNDAY,
        "currency": "EUR",
        "opening_balance": Decimal(opening),
        "opening_known": True,
        "method": {
            "name": "mixture",
            "shares": {"model": [1.0, 0.8, 0.8], "mean_13": [0.0, 0.2, 0.2]},
            "planned": [0.0, 0.0, 0.0],
        },
        "weeks": pl.DataFrame(rows),
        "invoices": invoices,
        "payments": payments,
        "minimum": Decimal(0),
        "short_of": None,
        "holes": (),
        "left_out": pl.DataFrame(),
    }
    return CashForecast(**{**values, **changed})


CUSTOMERS = pl.DataFrame({"customer_id": ["A", "B", "C"], "customer_name": [HOSTILE, "De Linde", "Bakker"]})


def accuracy() -> Accuracy:
    nan = float("nan")
    origins = [
        Origin(
            SUNDAY - timedelta(days=7 * back),
            np.array([100.0, nan if back == 1 else 200.0]),
            {OURS: np.array([110.0, 180.0]), "mean_13": np.array([130.0, 150.0])},
            {"coverage_80": np.array([1.0, nan if back == 1 else 0.0]),
             "coverage_95": np.array([1.0, nan if back == 1 else 1.0])},
        )
        for back in (1, 2)
    ]  # fmt: skip
    scores = {"wape_1_4": 0.1, "wape_1": 0.1, "wape_5_8": None, "wape_9_13": None, "cumulative_13": None}
    scores |= {"bias": -0.02, "coverage_80": 2 / 3, "coverage_95": 1.0}
    simple = scores | {"wape_1_4": 0.25, "coverage_80": None, "coverage_95": None}
    chances = pl.DataFrame(
        {
            "question": ["paid_by_due", "paid_by_due", "late_30"],
            "said": [0.2, 0.8, 0.1],
            "came": [0.25, 0.7, 0.1],
            "count": [100, 50, 80],
        }
    )
    gaps = {"paid_by_due": 0.067, "late_30": 0.0}
    model = scores | {"wape_1_4": 0.12, "wape_5_8": 0.14}
    known = model | {"wape_1_4": 0.11, "wape_5_8": 0.05}
    methods = {"mean_13": simple, "model": model, KNOWN: known, OURS: scores | {"wape_5_8": 0.14}}
    return Accuracy(SUNDAY, methods, origins, (), chances, gaps)


def cents(*values: str) -> pl.Series:
    return pl.Series([Decimal(value) for value in values], dtype=MONEY)


def run_of(
    day: date, documents: dict[str, tuple], *, from_open: list[str], future: list[str], out: list[str],
    opening: str = "1000.00", known: bool = True,
) -> ForecastRun:  # fmt: skip
    """A run made by hand: per document customer, date, open amount and what is expected per week."""
    rest = ["0.00"] * (13 - len(from_open))
    weeks = pl.DataFrame(
        {
            "week_start": [day + timedelta(days=1 + 7 * place) for place in range(13)],
            "from_open_invoices": cents(*from_open, *rest),
            "from_future_invoices": cents(*future, *rest),
            "payments": cents(*out, *rest),
        }
    ).with_columns(receipts=pl.col("from_open_invoices") + pl.col("from_future_invoices"))
    moved = (weeks["receipts"] - weeks["payments"]).to_list()
    closing = [Decimal(opening) + sum(moved[: place + 1], Decimal(0)) for place in range(13)]
    invoices = pl.DataFrame(
        [
            {"document_id": number, "instalment": 0, "customer_id": who, "segment": "Groot",
             "invoice_date": issued, "due_date": issued + timedelta(days=30), "open_amount": Decimal(amount),
             **{f"week_{n + 1}": Decimal(each[n]) if n < len(each) else Decimal(0) for n in range(13)}}
            for number, (who, issued, amount, *each) in documents.items()
        ],
        schema_overrides={"instalment": pl.Int16, "open_amount": MONEY}
        | {f"week_{n + 1}": MONEY for n in range(13)},
    )  # fmt: skip
    payments = pl.DataFrame(schema=frozen_runs._PAYMENTS)
    return ForecastRun(
        as_of=day, currency="EUR", opening_balance=Decimal(opening), opening_known=known,
        minimum=Decimal("0.00"), method="mixture",
        weeks=weeks.with_columns(closing=cents(*map(str, closing))),
        invoices=invoices, payments=payments,
    )  # fmt: skip


OLD = date(2026, 10, 1)


# A is paid in full though 80 was expected; of B 30 is credited and 20 still open; C, a credit note, is set
# off in full though 10 was expected; D is cancelled, and so is K, a credit note. D's week 1 is a cent more
# than the week itself has.
DOCUMENTS = {
    "A": ("C1", OLD, "100.00", "60.00", "20.00"),
    "B": ("C2", OLD, "50.00", "30.00", "20.00"),
    "C": ("C3", OLD, "-20.00", "-5.00", "-5.00"),
    "D": ("C1", OLD, "40.00", "15.01", "15.00"),
    "K": ("C3", OLD, "-15.00", "-9.00", "0.00"),
}


BOOK = {
    "customers": [
        (f"C{n}", RUN_NAME if n == 2 else f"Klant {n}", "Groot", "NL", 30, "") for n in range(1, 6)
    ],
    "invoices": [
        {"invoice_id": "A", "customer_id": "C1", "amount": "100.00"},
        {"invoice_id": "B", "customer_id": "C2", "amount": "50.00"},
        {"invoice_id": "C", "customer_id": "C3", "amount": "-20.00", "invoice_type": "credit_note"},
        {"invoice_id": "D", "customer_id": "C1", "amount": "40.00", "cancelled_date": "2026-11-05"},
        {"invoice_id": "E", "customer_id": "C4", "amount": "60.00", "invoice_date": "2026-11-04"},
        {"invoice_id": "G", "customer_id": "C4", "amount": "9.00"},
        {"invoice_id": "H", "customer_id": "C5", "amount": "12.00", "invoice_date": "2026-11-05"},
        {"invoice_id": "K", "customer_id": "C3", "amount": "-15.00", "invoice_type": "credit_note",
         "cancelled_date": "2026-11-06"},
    ],
    "payments": [
        ("P1", "C1", "A", "2026-11-03", "EUR", "100.00"),
        {"payment_id": "P2", "customer_id": "C2", "invoice_id": "B", "payment_date": "2026-11-04",
         "currency": "EUR", "amount": "30.00", "kind": "credit"},
        ("P3", "C3", "C", "2026-11-15", "EUR", "-20.00"),
        ("P4", "C4", "E", "2026-11-09", "EUR", "25.00"),
        ("P5", "C5", "", "2026-11-10", "EUR", "7.50"),
        ("P6", "C4", "G", "2026-10-20", "EUR", "9.00"),
        ("P7", "C4", "G", "2026-11-10", "EUR", "-3.00"),
        ("P9", "C5", "H", "2026-10-30", "EUR", "12.00"),  # cash from before, whatever the invoice says
        ("P8", "C2", "B", "2026-11-16", "EUR", "20.00"),  # a day late: not in the two weeks
    ],
    "bank_balances": [("N", "EUR", day, amount) for day, amount in
                      (("2026-11-01", "1000.00"), ("2026-11-08", "1050.00"), ("2026-11-15", "1000.00"))],
}  # fmt: skip


def variance_book(desk: Desk, **changed: list) -> Books:
    basic = {"invoice_type": "invoice", "invoice_date": OLD, "due_date": "", "currency": "EUR"}
    invoices = [basic | row for row in BOOK["invoices"]]
    desk.load(**{**BOOK, "invoices": invoices, **changed})
    return desk.books()


def earlier() -> ForecastRun:
    return run_of(
        RUN_DAY, DOCUMENTS, from_open=["91.00", "50.00"], future=["10.00", "20.00"], out=["30.00", "40.00"]
    )


def load_planned_lines(desk: Desk, planned_cash: Sequence[tuple] = (), **more: Sequence[tuple]) -> Desk:
    """Load a monthly rent, a loan paid once, the bill that replaces a rent, and more in the same files."""
    desk.load(
        **more,
        planned_cash=[RENT, LOAN, *planned_cash],
        bills=[("B9", "Rent", "2026-11-20", "2026-12-28", "EUR", "510.00", "")],
    )
    return desk
