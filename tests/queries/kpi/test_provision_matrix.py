"""`provision_matrix` and the expected loss: by hand, and as absorption of a chain."""

from datetime import date
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from data.errors import NotEnoughHistoryError
from forecasting.statistics.absorption import absorb
from queries import open_books
from reports.answers.kpi.expected_loss import absorption, expected_loss
from tests.kpi_ledger import CUSTOMERS, LAST_DAY, invoice, payment


def test_the_provision_is_of_the_amount_without_vat_at_the_rate_of_the_chain(rolling):
    # 90+: D, of 40 are 10 lost, 5 paid, 25 stay: 2/3 is lost.
    # 61-90: D stays in January and moves on in February: 2/3.
    # 1-30: of D's 40 in December and C's 80 in March, 80 paid and 40 on to 61-90: 1/3 x 2/3 = 2/9.
    # Not due: D's 40 in November and C's 80 in February move to 1-30; of March's 160 go 70, move 30, stay 60.
    rows = {row["bucket"]: row for row in rolling.ask("provision_matrix", as_of="2026-04-30")}
    assert list(rows) == ["not_due", "d1_30", "d31_60", "d61_90", "d90_plus"]
    # B has no VAT known; A's open 30 of 100 has 17.36% VAT.
    assert rows["not_due"]["open_amount_excl_vat"] == Decimal("60.00")
    # A 30 x 0.8264 = 24.79; the overpaid O -5, due 31 March, 30 days.
    assert rows["d1_30"]["open_amount_excl_vat"] == Decimal("19.79")
    # The credit note -25, due 1 March, is 60 days old.
    assert rows["d31_60"]["open_amount_excl_vat"] == Decimal("-25.00")
    assert rows["d90_plus"]["open_amount_excl_vat"] == Decimal("20.66")
    assert rows["d31_60"]["loss_rate"] is None
    assert rows["d90_plus"]["loss_rate"] == rows["d61_90"]["loss_rate"] == pytest.approx(2 / 3)
    assert rows["d1_30"]["loss_rate"] == pytest.approx(2 / 9)
    assert rows["not_due"]["loss_rate"] == pytest.approx(150 / 220 * 2 / 9)
    assert rows["not_due"]["expected_loss"] == Decimal("9.09")
    assert rows["d31_60"]["expected_loss"] is None


@pytest.mark.slow
def test_the_loss_rate_is_solved_through_the_buckets(desk):
    # At the end of January 100 is not due: in February 60 is paid and 40 becomes 1-30; of another 50 in 1-30,
    # 30 is paid, 10 written off and 10 goes to 31-60; of 20 in 31-60 all is written off.
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-01-15", "2026-02-14", "100.00"),
            invoice("B", "2025-12-20", "2026-01-20", "50.00"),
            invoice("C", "2025-12-01", "2025-12-21", "20.00"),
        ],
        payments=[
            payment("P1", "A", "2026-02-20", "60.00"),
            payment("P2", "B", "2026-02-20", "30.00"),
            payment("P3", "B", "2026-02-20", "10.00", kind="write_off"),
            payment("P4", "C", "2026-02-20", "20.00", kind="write_off"),
        ],
    )
    # December to January: B's 50 not due -> 1-30; C's 20 1-30 -> 31-60.
    # Not due: 150, of which 60 paid and 90 to 1-30. 1-30: 70, of which 30 paid, 10 lost and 30 to 31-60.
    # 31-60: all lost. So L(31-60) = 1, L(1-30) = 10/70 + 30/70 = 4/7, L(not due) = 0.6 x 4/7.
    rows = {row["bucket"]: row for row in desk.ask("provision_matrix", as_of="2026-02-28")}
    assert rows["d31_60"]["loss_rate"] == pytest.approx(1)
    assert rows["d1_30"]["loss_rate"] == pytest.approx(4 / 7)
    assert rows["not_due"]["loss_rate"] == pytest.approx(0.6 * 4 / 7)
    assert rows["d1_30"]["open_amount_excl_vat"] == 40
    assert rows["d1_30"]["expected_loss"] == Decimal("22.86")
    assert rows["d90_plus"]["loss_rate"] is None


def test_the_query_and_the_chain_agree_on_the_expected_loss(demo):
    books, _ = demo
    for segment in (None, "Klein", "Overheid"):
        chain = expected_loss(books, as_of=LAST_DAY, segment=segment).to_dicts()
        for found, row in zip(
            books.ask("provision_matrix", as_of=LAST_DAY, segment=segment).to_dicts(), chain, strict=True
        ):
            assert found["bucket"] == row["bucket"]
            if row["share_lost"] is None:
                assert found["loss_rate"] is None
                continue
            assert found["loss_rate"] == pytest.approx(row["share_lost"], abs=1e-12)
            assert row["share_paid"] + row["share_lost"] == pytest.approx(1)
            assert float(found["expected_loss"]) == pytest.approx(row["expected_loss"], abs=0.006)
    assert any(row["share_lost"] for row in expected_loss(books, as_of=LAST_DAY).to_dicts())


def test_a_bucket_nothing_ever_left_has_no_share_nor_have_those_that_feed_it():
    rates = pl.DataFrame(
        [
            ("not_due", "paid", 0.9), ("not_due", "d1_30", 0.1),
            ("d1_30", "paid", 0.5), ("d1_30", "d90_plus", 0.5),
            ("d31_60", "written_off", 0.25), ("d31_60", "paid", 0.75),
            ("d90_plus", "d90_plus", 1.0),
        ],
        schema=["from_bucket", "to_bucket", "share"],
        orient="row",
    )  # fmt: skip
    shares = absorption(rates, ["not_due", "d1_30", "d31_60", "d61_90", "d90_plus"])
    assert shares.rows() == [("d31_60", 0.75, 0.25)]


def test_expected_losses_need_a_whole_month(desk):
    desk.load(customers=CUSTOMERS, invoices=[invoice("A", "2026-03-10", "2026-04-09", "100.00")], payments=[])
    books = open_books(desk.store)
    with pytest.raises(NotEnoughHistoryError, match="at least 1 whole month"):
        expected_loss(books, as_of=date(2026, 4, 29))
    books.close()


def test_money_that_never_leaves_a_state_is_refused():
    with pytest.raises(NotEnoughHistoryError, match="at least 1 payment"):
        absorb([[1.0]], [[0.0]], [5])
    with pytest.raises(ValueError, match="must not exceed 1"):
        absorb([[0.9]], [[0.2]], [5])
    with pytest.raises(ValueError, match="n x n"):
        absorb([[0.9, 0.1]], [[0.2]], [5])


def test_what_is_absorbed_is_what_was_put_in():
    rng = np.random.default_rng(3)
    whole = rng.random((6, 8))
    whole /= whole.sum(axis=1, keepdims=True)
    amounts = rng.random(6) * 1000
    ended = absorb(whole[:, :6], whole[:, 6:], amounts)
    assert ended.sum() == pytest.approx(amounts.sum())
    walked, lost = amounts, np.zeros(2)
    for _ in range(2000):
        lost += walked @ whole[:, 6:]
        walked = walked @ whole[:, :6]
    assert ended == pytest.approx(lost)
