"""The rows that every point of a figure opens give the figure of its own day, worked out from them anew."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from reports import figures
from reports.answers.kpi import dso_text, kpi_rows
from reports.answers.shared.money import total
from reports.answers.shared.rows_behind import RowSource
from reports.colours import LIGHT
from reports.columns import KPIS
from tests.books import Desk, weekly_book

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 6, 24)
TYPED_IN = {"dio", "cash_conversion_cycle"}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A drawn ledger with late payers, credits, money on account, promises, disputes and bills."""
    desk = Desk(tmp_path_factory.mktemp("drawn"))
    book = weekly_book(until=DAY, seed=4, customers=12)
    book["payments"] = [payment for place, payment in enumerate(book["payments"]) if place % 9]
    documents = [row for row in book["invoices"] if row[3] >= date(2026, 1, 1)]
    number, customer, _kind, day, *_rest = documents[20]
    book["invoices"].append(("CN1", customer, "credit_note", day, day, "EUR", "-250.00"))
    book["payments"] += [
        ("OVER", customer, number, day, "EUR", "9000.00"), ("FREE", customer, "", day, "EUR", "75.00"),
    ]  # fmt: skip
    book["promises"] = [
        (row[0], row[3], row[3] + timedelta(days=20 + place), "100.00")
        for place, row in enumerate(documents[:12])
    ]
    book["disputes"] = [
        (row[0], row[3], row[3] + timedelta(days=30) if place % 2 else "", "price", "80.00")
        for place, row in enumerate(documents[::140])
    ]
    book["bills"] = [
        (f"B{place}", f"S{place % 2}", date(2026, place, 3), date(2026, place, 28), "EUR", "700.00", "")
        for place in range(1, 6)
    ]
    desk.load(**book)
    return desk


@pytest.fixture(scope="module")
def source(drawn: Desk) -> RowSource:
    books = drawn.books()

    def ask(name, **own):
        apart = {"credits": "apart"} if name == "open_items" else {}
        return books.ask(name, **({"as_of": DAY} | apart | own))

    return RowSource(ask=ask, as_of=DAY, currency="EUR")


@pytest.fixture(scope="module")
def trend(source: RowSource) -> pl.DataFrame:
    return source.ask("kpi_trend", **{"from": date(2026, 2, 1)})


def mean(values: pl.Series, weights: pl.Series) -> float:
    return float((values * weights.cast(pl.Float64)).sum()) / float(weights.cast(pl.Float64).sum())


def part(rows: pl.DataFrame, kept: pl.Expr, column: str) -> float:
    return float(total(rows.filter(kept)[column]) / total(rows[column]))


def countback(rows: pl.DataFrame, on: date, source: RowSource) -> float:
    """Walk back the calendar months of billings until they add up to what is open."""
    rest, days, end = total(rows["open_amount"]), Decimal(0), on
    while rest > 0:
        start = end.replace(day=1)
        billed = total(source.ask("billed", as_of=end, period=end.day)["amount"])
        share = min(rest / billed, Decimal(1)) if billed > 0 else Decimal(1)
        days += share * end.day
        rest, end = rest - billed, start - timedelta(days=1)
    return float(days)


def median(rows: pl.DataFrame, first: str, on: date) -> float | None:
    """Kaplan and Meier: the first day by which half of the invoices at risk are closed."""
    ends = [closed or on for closed in rows["closed_date"]]
    spans = [(end - start).days for end, start in zip(ends, rows[first], strict=True)]
    open_ones, survival = rows["is_open"].to_list(), 1.0
    for day in sorted(set(spans)):
        risk = sum(span >= day for span in spans)
        closed = sum(s == day and not is_open for s, is_open in zip(spans, open_ones, strict=True))
        survival *= 1 - closed / risk
        if survival <= 0.5:
            return float(day)
    return None


def over_billed(rows: pl.DataFrame, on: date, source: RowSource) -> float:
    return (
        float(total(rows["open_amount"]))
        / float(total(source.ask("billed", as_of=on, period=90)["amount"]))
        * 90
    )


def turnover(rows: pl.DataFrame, on: date, source: RowSource) -> float:
    ends = [source.ask("kpi", as_of=day)["receivables"][0] for day in (on - timedelta(days=365), on)]
    return float(total(rows["amount"])) / (float(sum(ends)) / 2)


def effectiveness(rows: pl.DataFrame, _on: date, _source: RowSource) -> float:
    opening, month, closing, not_due = (float(amount) for amount in rows["amount"])
    return (opening + month - closing) / (opening + month - not_due) * 100


def of_all_invoices(rows: pl.DataFrame, on: date, source: RowSource) -> float:
    items = source.ask("open_items", as_of=on).filter(pl.col("bucket") != "credits")
    return float(total(rows["open_amount"]) / total(items["open_amount"]))


def disputed(rows: pl.DataFrame, on: date, source: RowSource) -> float:
    return float(total(rows["amount"]) / total(source.ask("billed", as_of=on, period=90)["amount"]))


def supplier_days(rows: pl.DataFrame, on: date, _source: RowSource) -> float:
    bills = sum(on - timedelta(days=90) < date(2026, month, 3) <= on for month in range(1, 6))
    return float(total(rows["total"])) / (700 * bills) * 90


# Each figure from its rows, and where it is a division from what it is divided by.
WORKED_OUT = {
    **dict.fromkeys(("receivables", "billings_90", "billings_365"), lambda rows, *_: total(rows["amount"])),
    "unapplied": lambda rows, *_: -total(rows["amount"]),  # drawn above 0
    **dict.fromkeys(("open_amount", "overdue"), lambda rows, *_: total(rows["open_amount"])),
    "overdue_share": lambda rows, on, _: part(rows, pl.col("due_date") < on, "open_amount"),
    "d90_plus_share": lambda rows, on, _: part(
        rows, pl.col("due_date") < on - timedelta(days=90), "open_amount"
    ),
    "top10_share": of_all_invoices,
    "dso_countback": countback,
    **dict.fromkeys(("dso_balance_90", "best_possible_dso", "average_days_delinquent"), over_billed),
    "cei": effectiveness,
    "days_to_pay": lambda rows, *_: mean(rows["days_to_pay"], rows["amount"]),
    "days_late": lambda rows, *_: mean(rows["days_late"], rows["amount"]),
    "days_to_pay_with_open": lambda rows, on, _: median(rows, "invoice_date", on),
    "days_late_with_open": lambda rows, on, _: median(rows, "due_date", on),
    "on_time_share": lambda rows, *_: float(total(rows["amount_on_time"]) / total(rows["amount_due"])),
    "ar_turnover": turnover,
    "promise_kept_share": lambda rows, *_: rows["is_kept"].mean(),
    "promise_kept_amount_share": lambda rows, *_: part(rows, pl.col("is_kept"), "amount"),
    "dispute_rate": disputed,
    **dict.fromkeys(("days_disputed", "days_disputed_open"), lambda rows, *_: rows["days_open"].mean()),
    "dpo": supplier_days,
}


@pytest.mark.slow
@pytest.mark.parametrize("column", sorted(set(KPIS) - TYPED_IN))
def test_every_point_opens_rows_that_give_its_figure(column: str, trend: pl.DataFrame, source: RowSource):
    parts = kpi_rows.of_figure(trend, column, source)
    known = trend.drop_nulls(column).sort("as_of", descending=True)
    assert [part.code for part in parts] == [day.isoformat() for day in known["as_of"]]
    drawn = figures.kpi_multiple(trend, column, theme=LIGHT).data[0]
    assert {part.code for part in parts} <= set(drawn.ids)
    assert len(parts) > 2
    for part_of_day, value in zip(parts, known[column], strict=True):
        behind, on = part_of_day.rows(), date.fromisoformat(part_of_day.code)
        assert behind.as_of == on
        assert behind.rows.height
        assert set(behind.columns) <= set(behind.rows.columns)
        found = WORKED_OUT[column](behind.rows, on, source)
        assert found == (value if isinstance(value, Decimal) else pytest.approx(value)), on


def test_a_figure_that_is_typed_in_opens_nothing(trend: pl.DataFrame, source: RowSource):
    for column in TYPED_IN:
        assert kpi_rows.of_figure(trend.with_columns(pl.lit(50.0).alias(column)), column, source) == []


def test_every_month_opens_the_two_amounts_of_each_way_to_count_days(trend: pl.DataFrame, source: RowSource):
    opened = kpi_rows.of_methods(trend, source)
    assert all(
        set(line.ids) == {part.code for part in opened}
        for line in figures.dso_methods(trend, theme=LIGHT).data
    )
    rows = opened[0].rows().rows
    last = trend.sort("as_of").row(-1, named=True)
    assert (
        dict(rows.select("method", "days").iter_rows())["Days delinquent"] == last["average_days_delinquent"]
    )
    assert all(" ÷ " in detail for detail in rows["detail"])


def test_every_cause_of_the_bridge_opens_segments_that_add_up_to_it(source: RowSource):
    first = {"from": date(2026, 3, 31)}
    steps = source.ask("dso_bridge", **first)
    segments = dso_text.segment_rows(source.ask("dso_bridge_segments", **first))
    parts = {part.code: part.rows() for part in kpi_rows.of_bridge(steps, segments, DAY)}
    bars = figures.bridge(steps, theme=LIGHT).data[0]
    lengths = {code: length for code, length in zip(bars.ids, bars.x, strict=True) if code.strip()}
    assert list(parts) == list(lengths)
    assert len(lengths) >= 3
    for step, days in lengths.items():
        assert parts[step].rows[step].sum() == pytest.approx(days)
