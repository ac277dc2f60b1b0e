"""Roll rates, expected loss, recovery and the DSO bridge: by hand, and against plain loops."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from data.errors import NotEnoughHistoryError
from data.store.load import load
from forecasting.statistics.absorption import absorb
from queries import open_books
from reports.answers.kpi.expected_loss import absorption, expected_loss
from tests.queries.kpi.test_kpi import CUSTOMERS, LAST_DAY, demo, invoice, payment  # noqa: F401  the fixture is asked for by name

MONTH_ENDS = [date(2025, 9, 30), date(2026, 3, 31), date(2026, 9, 30)]
STEPS = ["start", "terms", "delinquency", "credit_notes", "mix", "end", "countback_change", "billing_timing"]


def month_after(day: date) -> date:
    return (day + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def cents(rows: list[dict]) -> dict[tuple[str, str], Decimal]:
    return {(row["from_bucket"], row["to_bucket"]): row["amount"] for row in rows}


@pytest.fixture
def rolling(desk):
    """Open at the end of March: A 100 and B 60 not due, C 80 (1-30), D 40 (90+); credit note, overpaid."""
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-03-10", "2026-04-09", "100.00", vat_amount="17.36"),
            invoice("B", "2026-03-20", "2026-05-20", "60.00"),
            invoice("C", "2026-02-10", "2026-03-12", "80.00", vat_amount="0.00"),
            invoice("D", "2025-11-01", "2025-12-01", "40.00", vat_amount="6.94"),
            invoice("N", "2026-03-01", "2026-03-01", "-25.00"),
            invoice("O", "2026-03-01", "2026-03-31", "10.00"),
        ],
        payments=[
            payment("P1", "O", "2026-03-05", "15.00"),
            payment("P2", "A", "2026-04-20", "70.00"),
            payment("P3", "C", "2026-04-20", "80.00"),
            payment("P4", "D", "2026-04-20", "10.00", kind="write_off"),
            payment("P5", "D", "2026-04-20", "5.00"),
        ],
    )
    return desk


def test_of_each_bucket_it_is_told_where_its_money_is_a_month_later(rolling):
    rows = [
        row for row in rolling.ask("roll_rates", as_of="2026-04-30") if row["month_end"] == date(2026, 3, 31)
    ]
    assert cents(rows) == {
        ("not_due", "paid"): 70,
        ("not_due", "not_due"): 60,
        ("not_due", "d1_30"): 30,
        ("d1_30", "paid"): 80,
        ("d90_plus", "written_off"): 10,
        ("d90_plus", "paid"): 5,
        ("d90_plus", "d90_plus"): 25,
    }
    shares = {(row["from_bucket"], row["to_bucket"]): row["share"] for row in rows}
    assert shares["not_due", "paid"] == pytest.approx(70 / 160)
    assert shares["d90_plus", "written_off"] == pytest.approx(0.25)


def test_an_earlier_write_off_is_not_lost_again_and_credit_notes_are_no_bucket(desk):
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-03-01", "2026-03-31", "100.00"),
            invoice("N", "2026-03-01", "2026-03-01", "-10.00"),
        ],
        payments=[
            payment("P1", "A", "2026-03-20", "20.00", kind="write_off"),
            payment("P2", "A", "2026-04-20", "80.00"),
            payment("P3", "N", "2026-03-20", "-15.00"),
        ],
    )
    assert cents(desk.ask("roll_rates", as_of="2026-04-30")) == {("not_due", "paid"): 80}


def test_a_month_is_only_followed_when_it_has_ended(rolling):
    assert max(row["month_end"] for row in rolling.ask("roll_rates", as_of="2026-04-29")) == date(2026, 2, 28)
    assert max(row["month_end"] for row in rolling.ask("roll_rates", as_of="2026-04-30")) == date(2026, 3, 31)
    asked = rolling.ask("roll_rates", as_of="2026-06-30", **{"from": "2026-03-01", "to": "2026-03-31"})
    assert {row["month_end"] for row in asked} == {date(2026, 3, 31)}


def test_roll_rates_follow_other_limits_and_the_invoice_date(rolling):
    rows = rolling.ask(
        "roll_rates",
        as_of="2026-04-30",
        limits=[25],
        basis="invoice",
        **{"from": "2026-03-31", "to": "2026-03-31"},
    )
    # On 31 March A is 21 days old and B 11, C 49 and D 150; on 30 April A and B are past 25.
    assert cents(rows) == {
        ("b1", "paid"): 70,
        ("b1", "b2"): 90,
        ("b2", "paid"): 85,
        ("b2", "b2"): 25,
        ("b2", "written_off"): 10,
    }


def test_roll_rates_of_the_demo_company_are_what_plain_loops_make_of_its_files(demo):  # noqa: F811
    books, plain = demo
    found = books.ask("roll_rates", as_of=LAST_DAY, **{"from": "2025-09-30"}).to_dicts()
    for month in MONTH_ENDS:
        rows = [row for row in found if row["month_end"] == month]
        assert cents(rows) == plain.rolls(month, month_after(month))


def test_average_rates_are_those_of_twelve_months_together_and_sum_to_one(demo):  # noqa: F811
    books, _ = demo
    months = books.ask("roll_rates", as_of=LAST_DAY)
    assert months["month_end"].n_unique() == 12
    total: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    of_bucket: dict[str, Decimal] = defaultdict(Decimal)
    for row in months.to_dicts():
        total[row["from_bucket"], row["to_bucket"]] += row["amount"]
        of_bucket[row["from_bucket"]] += row["amount"]
    average = books.ask("roll_rate_average", as_of=LAST_DAY).to_dicts()
    assert {(row["from_bucket"], row["to_bucket"]): row["share"] for row in average} == pytest.approx(
        {key: float(amount / of_bucket[key[0]]) for key, amount in total.items()}
    )


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


def test_the_query_and_the_chain_agree_on_the_expected_loss(demo):  # noqa: F811
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


def recovery(desk) -> None:
    # Due in January: 100 paid 5 days early, 100 paid 10 days late, of 100 half on the due day; 40 credited.
    # Due in March: 100, of which 25 is paid on day 3.
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-01-01", "2026-01-15", "100.00"),
            invoice("B", "2026-01-01", "2026-01-20", "100.00"),
            invoice("C", "2026-01-01", "2026-01-31", "100.00"),
            invoice("D", "2026-01-01", "2026-01-31", "40.00"),
            invoice("E", "2026-02-20", "2026-03-10", "100.00"),
        ],
        payments=[
            payment("P1", "A", "2026-01-10", "100.00"),
            payment("P2", "B", "2026-01-30", "100.00"),
            payment("P3", "C", "2026-01-31", "50.00"),
            payment("P4", "D", "2026-02-10", "40.00", kind="credit"),
            payment("P5", "C", "2026-03-01", "50.00", kind="write_off"),
            payment("P6", "E", "2026-03-13", "25.00"),
        ],
    )


def test_recovery_of_a_due_month_is_what_came_in_by_each_day_since_due(desk):
    recovery(desk)
    rows = desk.ask("recovery_curve", as_of="2026-03-20")
    january = {row["days_since_due"]: row for row in rows if row["cohort"] == date(2026, 1, 1)}
    assert [january[day]["share_collected"] for day in (-30, -6, -5, -1, 0, 9, 10, 48)] == pytest.approx(
        [0, 0, 1 / 3, 1 / 3, 1 / 2, 1 / 2, 5 / 6, 5 / 6]
    )
    assert january[0]["amount_due"] == 300
    # 20 March is 48 days after the last day of January, and 11 days before the last of March.
    assert max(january) == 48
    assert max(row["days_since_due"] for row in rows if row["cohort"] == date(2026, 3, 1)) == -11


def test_recovery_of_all_counts_an_invoice_as_long_as_it_has_been_seen(desk):
    recovery(desk)
    everything = {
        row["days_since_due"]: row
        for row in desk.ask("recovery_curve", as_of="2026-03-20")
        if row["cohort"] is None
    }
    # Day -5: 100 of 400. Day 0: 50 of the 300 left. Day 3: 25 of the 250 left. Day 10: 100 of the 225 left,
    # with the 75 of E, as 20 March is its day 10. On day 11 E is out of sight.
    left = [0.75, 0.75 * (1 - 50 / 300)]
    left.append(left[-1] * (1 - 25 / 250))
    left.append(left[-1] * (1 - 100 / 225))
    assert [everything[day]["share_collected"] for day in (-5, 0, 3, 10, 11)] == pytest.approx(
        [1 - share for share in (*left, left[-1])]
    )
    assert (everything[10]["amount_due"], everything[11]["amount_due"]) == (400, 300)


def test_the_cohort_map_stops_at_the_last_month_that_ended(desk):
    recovery(desk)
    rows = {
        (row["cohort"], row["months_since_due"]): row for row in desk.ask("cohort_map", as_of="2026-03-20")
    }
    january = [rows[date(2026, 1, 1), month]["share_collected"] for month in range(12)]
    assert january[:2] == pytest.approx([250 / 300, 250 / 300])
    assert january[2:] == [None] * 10
    assert rows[date(2026, 3, 1), 0]["share_collected"] is None
    later = {
        (row["cohort"], row["months_since_due"]): row for row in desk.ask("cohort_map", as_of="2026-03-31")
    }
    assert later[date(2026, 3, 1), 0]["share_collected"] == pytest.approx(0.25)
    assert later[date(2026, 1, 1), 2]["share_collected"] == pytest.approx(250 / 300)


def test_the_share_collected_stays_between_nothing_and_all(desk):
    # January is paid a tenth too much, of February a refund takes more than came in, March is credited twice.
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("J", "2026-01-01", "2026-01-15", "100.00"),
            invoice("F", "2026-02-01", "2026-02-15", "100.00"),
            invoice("M", "2026-03-01", "2026-03-15", "100.00"),
        ],
        payments=[
            payment("P1", "J", "2026-01-15", "110.00"),
            payment("P2", "F", "2026-02-15", "-20.00"),
            payment("P3", "M", "2026-03-10", "200.00", kind="credit"),
        ],
    )
    curve = desk.ask("recovery_curve", as_of="2026-04-30")
    last = {row["cohort"]: (row["share_collected"], row["amount_due"]) for row in curve}
    assert last[date(2026, 1, 1)] == (1, 100)
    assert last[date(2026, 2, 1)] == (0, 100)
    assert last[date(2026, 3, 1)] == (None, -100)
    assert all(0 <= row["share_collected"] <= 1 for row in curve if row["cohort"] is None)
    cells = desk.ask("cohort_map", as_of="2026-04-30", months=4)
    shares = {row["cohort"]: row["share_collected"] for row in cells if row["months_since_due"] == 0}
    assert [shares[date(2026, month, 1)] for month in (1, 2, 3)] == [1, 0, None]


def test_recovery_of_the_demo_company_is_what_plain_loops_make_of_its_files(demo):  # noqa: F811
    books, plain = demo
    rows = {
        (row["cohort"], row["days_since_due"]): row
        for row in books.ask("recovery_curve", as_of=LAST_DAY).to_dicts()
    }
    for cohort, day in (
        (date(2026, 5, 1), 0),
        (date(2026, 5, 1), 45),
        (date(2025, 1, 1), -12),
        (date(2025, 8, 1), 180),
    ):
        due = collected = Decimal(0)
        for part in plain.parts:
            if part.document["invoice_type"] != "invoice" or part.due.replace(day=1) != cohort:
                continue
            for since, _, kind, amount in part.moves:
                due += amount if kind in ("invoice", "cancellation", "credit") else 0
                collected -= (
                    amount if kind in ("payment", "reversal") and (since - part.due).days <= day else 0
                )
        assert rows[cohort, day]["amount_due"] == due
        assert rows[cohort, day]["share_collected"] == pytest.approx(float(collected / due))


def bridge(desk, as_of: str, **values: object) -> dict[str, float]:
    rows = desk.ask("dso_bridge", as_of=as_of, **values)
    assert [row["step"] for row in rows] == STEPS
    assert [row["position"] for row in rows] == list(range(8))
    return {row["step"]: row["days"] for row in rows}


def test_the_bridge_by_hand(desk):
    # 1 March: retail billed 900, 300 open and not due; public billed 100, 100 open and overdue.
    # 30 June: retail billed 500 (200 not due, 100 overdue, -50 credit note), public 500 (250 overdue).
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-02-01", "2026-02-15", "600.00"),
            invoice("B", "2026-02-01", "2026-04-01", "300.00"),
            invoice("C", "2026-02-01", "2026-02-15", "100.00", "C2"),
            invoice("D", "2026-06-01", "2026-06-15", "350.00"),
            invoice("E", "2026-06-01", "2026-07-15", "200.00"),
            invoice("N", "2026-06-01", "2026-06-01", "-50.00"),
            invoice("F", "2026-06-01", "2026-06-15", "500.00", "C2"),
        ],
        payments=[
            payment("P1", "A", "2026-02-15", "600.00"),
            payment("P2", "B", "2026-04-01", "300.00"),
            payment("P3", "C", "2026-04-01", "100.00", "C2"),
            payment("P4", "D", "2026-06-15", "250.00"),
            payment("P5", "F", "2026-06-15", "250.00", "C2"),
        ],
    )
    found = bridge(desk, "2026-06-30", **{"from": "2026-03-01"})
    # Retail: x 30 not due -> 36 not due, 18 overdue, -9 credit; w 0.9 -> 0.5.
    # Public: x 90 overdue -> 45; w 0.1 -> 0.5.
    assert found["start"] == pytest.approx(36)
    assert found["end"] == pytest.approx(45)
    assert found["terms"] == pytest.approx(0.7 * 6)
    assert found["delinquency"] == pytest.approx(0.7 * 18 + 0.3 * -45)
    assert found["credit_notes"] == pytest.approx(0.7 * -9)
    assert found["mix"] == pytest.approx((30 + 45) / 2 * -0.4 + (90 + 45) / 2 * 0.4)
    # Countback: 400 open of 1,000 in February, after 1 day of March: 1 + 11.2. 500 open of 1,000 in June: 15.
    assert found["countback_change"] == pytest.approx(15 - 12.2)
    assert found["billing_timing"] == pytest.approx(2.8 - 9)
    rows = {
        row["segment"]: row
        for row in desk.ask("dso_bridge_segments", as_of="2026-06-30", **{"from": "2026-03-01"})
    }
    assert (rows["public"]["weight_from"], rows["public"]["weight_to"]) == pytest.approx((0.1, 0.5))
    assert (rows["retail"]["overdue_to"], rows["retail"]["credit_notes_to"]) == pytest.approx((18, -9))


def sums_exactly(found: dict[str, float]) -> None:
    causes = found["terms"] + found["delinquency"] + found["credit_notes"] + found["mix"]
    assert causes == pytest.approx(found["end"] - found["start"], abs=1e-9)
    timing = found["countback_change"] - (found["end"] - found["start"])
    assert found["billing_timing"] == pytest.approx(timing, abs=1e-9)


@pytest.mark.parametrize("day", ["2024-06-17", "2025-03-31", "2026-08-14", "2026-11-22"])
def test_the_causes_sum_to_the_change_exactly(demo, day):  # noqa: F811
    books, _ = demo
    for since in (None, "2024-02-01", "2024-05-31"):
        rows = books.ask("dso_bridge", as_of=day, **{"from": since}).to_dicts()
        sums_exactly({row["step"]: row["days"] for row in rows})
    ends = {row["step"]: row["days"] for row in books.ask("dso_bridge", as_of=day).to_dicts()}
    assert ends["end"] == pytest.approx(books.ask("kpi", as_of=day)["dso_balance_90"][0])


def test_segments_that_bill_nothing_on_one_day_or_both_keep_the_sum(desk):
    # Old bills before neither day, leaves before the first only, comes before the second only.
    desk.load(
        customers=[(name, name, name, "NL", 30, None) for name in ("old", "leaves", "comes", "stays")],
        invoices=[
            invoice("O1", "2025-01-01", "2025-02-01", "70.00", "old"),
            invoice("L1", "2026-02-01", "2026-03-01", "300.00", "leaves"),
            invoice("C0", "2025-01-01", "2025-02-01", "20.00", "comes"),
            invoice("C1", "2026-06-01", "2026-07-01", "400.00", "comes"),
            invoice("S1", "2026-02-01", "2026-03-03", "500.00", "stays"),
            invoice("S2", "2026-06-01", "2026-07-03", "600.00", "stays"),
        ],
        payments=[
            payment("P1", "O1", "2026-05-01", "10.00", "old"),
            payment("P2", "S1", "2026-03-01", "500.00", "stays"),
        ],
    )
    found = bridge(desk, "2026-06-30", **{"from": "2026-03-01"})
    sums_exactly(found)
    # "old" is no mix: 70 of 800 overdue before, 60 of 1,000 after; "comes" had 20 open without billings.
    rows = {
        row["segment"]: row
        for row in desk.ask("dso_bridge_segments", as_of="2026-06-30", **{"from": "2026-03-01"})
    }
    assert rows["old"]["delinquency"] == pytest.approx(60 / 1000 * 90 - 70 / 800 * 90)
    assert rows["old"]["mix"] == 0
    assert rows["comes"]["mix"] == pytest.approx(420 / 400 * 90 * 0.4)
    assert rows["comes"]["delinquency"] == pytest.approx(-20 / 800 * 90)
    # "leaves" billed nothing to the second day: going is mix, what is still open is delinquency.
    assert rows["leaves"]["mix"] == pytest.approx(90 * -300 / 800)
    assert rows["leaves"]["delinquency"] == pytest.approx(300 / 1000 * 90)


def test_without_billings_on_one_day_there_is_no_bridge(desk):
    desk.load(customers=CUSTOMERS, invoices=[invoice("A", "2026-03-10", "2026-04-09", "100.00")], payments=[])
    assert desk.ask("dso_bridge", as_of="2026-03-31") == []
    assert desk.ask("dso_bridge_segments", as_of="2026-03-31") == []
    assert load(desk.store, [desk.home / "in-001"]).snapshot is None
