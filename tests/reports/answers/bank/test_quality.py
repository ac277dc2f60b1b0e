"""How right what is applied by itself is: the sample of a day, its error, and the curve."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.bank import quality

DAY = date(2026, 3, 10)
_ROWS = pl.Schema({
    "account": pl.String(), "entry_id": pl.String(), "entry_date": pl.Date(), "amount": pl.Decimal(18, 2),
    "currency": pl.String(), "customer_id": pl.String(), "kind": pl.String(), "invoice_id": pl.String(),
    "applied_amount": pl.Decimal(18, 2), "status": pl.String(), "score": pl.Float64(),
    "decided_by": pl.String(),
})  # fmt: skip
_DECISIONS = pl.Schema({
    "account": pl.String(), "entry_id": pl.String(), "decision": pl.String(), "invoice_id": pl.String(),
    "amount": pl.Decimal(18, 2), "drawn_on": pl.Date(),
})  # fmt: skip


def row(entry, amount, status="proposed", score=0.5, *, invoice="F1", by=None, day=DAY):
    return (
        "A", entry, day, Decimal(amount), "EUR", "C1", "invoice", invoice, Decimal(amount), status, score, by,
    )  # fmt: skip


def rows(*given):
    return pl.DataFrame(list(given), schema=_ROWS, orient="row")


def decisions(*given):
    full = [
        ("A", entry, decision, invoice, Decimal(amount), drawn)
        for entry, decision, invoice, amount, drawn in given
    ]
    return pl.DataFrame(full, schema=_DECISIONS, orient="row")


NOBODY = decisions()


def test_the_sample_is_the_same_for_everybody_on_a_day_and_another_on_the_next():
    cash = rows(
        *(row(f"{n}", 10, "applied", 1.0, by="Kasstroom") for n in range(100)),
        row("proposed", 10),
        row("booked", 10, "applied", 1.0, by="bookkeeping"),
    )
    first = quality.sample(cash, NOBODY, DAY)
    assert len(first) == len(set(first)) == quality.SAMPLE_SIZE
    assert first == quality.sample(cash.reverse(), NOBODY, DAY)
    assert {"proposed", "booked"}.isdisjoint(entry for _account, entry in first)
    assert first != quality.sample(cash, NOBODY, DAY + timedelta(days=1))
    # What was checked keeps its place, also if it was wrong and is not applied any more; nothing moves up.
    entry = first[3][1]
    judged = decisions((entry, "rejected", "F1", 10, DAY))
    left = cash.with_columns(
        status=pl.when(pl.col("entry_id") == entry).then(pl.lit("rejected")).otherwise("status")
    )
    assert quality.sample(left, judged, DAY) == first
    assert quality.checked(first, judged) == [("A", entry)]
    # On another day it is not drawn again.
    drawn = cash.filter(pl.col("entry_id").is_in([entry for _account, entry in first]))
    assert first[3] not in quality.sample(drawn, judged, DAY + timedelta(days=1))


def test_only_drawn_entries_measure_the_error():
    contradicted = pl.DataFrame(
        {"account": ["A"] * 3, "entry_id": ["1", "2", "3"], "currency": ["EUR"] * 3,
         "applied_amount": [Decimal(100), Decimal(100), Decimal(50)],
         "contradicted_amount": [Decimal(0), Decimal(20), Decimal(50)]}
    )  # fmt: skip
    judged = decisions(
        ("1", "checked", "F1", 100, DAY), ("2", "confirmed", "F2", 80, DAY),
        ("3", "rejected", "F3", 50, None),
    )  # fmt: skip
    error = quality.sample_error(contradicted, judged, "EUR")
    assert (error.entries, error.wrong_entries, error.amount, error.wrong_amount) == (2, 1, 200, 20)
    assert error.share == Decimal("0.1")
    # Wilson for 0.1 of 2: middle 0.1 + 3.8416/4 = 1.0604, reach 1.96 sqrt(0.045 + 0.2401) = 1.04655,
    # both over 1 + 3.8416/2 = 2.9208.
    assert error.low == pytest.approx((1.0604 - 1.04655) / 2.9208, abs=1e-5)
    assert error.high == pytest.approx((1.0604 + 1.04655) / 2.9208, abs=1e-5)
    assert quality.sample_error(contradicted, NOBODY, "EUR").share is None


def test_no_error_in_ten_is_no_proof_that_there_is_none():
    # The rule of three says 3/10; Wilson's end is z² / (n + z²).
    assert quality.interval(0.0, 10) == (0.0, pytest.approx(3.8416 / 13.8416))


def test_the_curve_weighs_each_band_by_its_money():
    alone = rows(
        row("1", 600, "applied", 1.0),
        row("2", 100, "applied", 1.0),
        row("3", 200, score=0.95, invoice="F3"),
        row("4", 50, score=0.45, invoice="F4"),
        row("5", 50, "unmatched", 0.0, invoice=None),
    )
    judged = decisions(
        ("2", "checked", "F1", 100, DAY),
        ("3", "confirmed", "F3", 150, None),
        ("3", "confirmed", "F9", 50, None),
        ("4", "rejected", None, 50, None),
    )
    points = quality.curve(alone, judged, "EUR", DAY)
    assert points.select("level", "applied_share", "applied_amount", "known_entries").rows() == [
        (0.99, 0.7, Decimal(700), 1), (0.9, 0.9, Decimal(900), 2), (0.4, 0.95, Decimal(950), 3),
    ]  # fmt: skip
    # Certain: 0 of 100 known, stands for 700. Then 50 of 200, stands for 200: 50/900. Then 50 of 50: 100/950.
    assert points["error_share"].to_list() == [0.0, pytest.approx(50 / 900), pytest.approx(100 / 950)]
    assert all(points["error_low"] <= points["error_share"])
    assert all(points["error_share"] <= points["error_high"])


def test_what_somebody_came_upon_is_no_sample_of_what_is_certain():
    alone = rows(row("1", 600, "applied", 1.0), row("2", 100, score=0.6))
    judged = decisions(("1", "rejected", "F1", 600, None), ("2", "confirmed", "F1", 100, None))
    points = quality.curve(alone, judged, "EUR", DAY)
    assert points["error_share"].to_list() == [None, None]
    assert points["known_entries"].to_list() == [0, 1]


def test_where_the_bookkeeping_booked_it_is_the_truth_a_week_later():
    alone = rows(
        row("1", 300, "applied", 1.0, by="bookkeeping"),
        row("2", 100, "proposed", 1.0, day=DAY - timedelta(days=8)),
        row("3", 100, "proposed", 1.0, day=DAY),
    )
    points = quality.curve(alone, NOBODY, "EUR", DAY)
    # The last one may wait to be booked: 100 of 400 is wrong.
    assert points.select("applied_amount", "known_entries", "error_share").row(0) == (Decimal(500), 2, 0.25)
