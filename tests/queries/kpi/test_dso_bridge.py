"""`dso_bridge`: by hand, and its causes sum to the change."""

import pytest

from data.store.load import load
from tests.kpi_ledger import CUSTOMERS, invoice, payment

STEPS = ["start", "terms", "delinquency", "credit_notes", "mix", "end", "countback_change", "billing_timing"]


def bridge(desk, as_of: str, **values: object) -> dict[str, float]:
    rows = desk.ask("dso_bridge", as_of=as_of, **values)
    assert [row["step"] for row in rows] == STEPS
    assert [row["position"] for row in rows] == list(range(8))
    return {row["step"]: row["days"] for row in rows}


def test_the_bridge_by_hand(entity_desk):
    # 1 March: retail billed 900, 300 open and not due; public billed 100, 100 open and overdue.
    # 30 June: retail billed 500 (200 not due, 100 overdue, -50 credit note), public 500 (250 overdue).
    entity_desk.load(
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
    found = bridge(entity_desk, "2026-06-30", **{"from": "2026-03-01"})
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
        for row in entity_desk.ask("dso_bridge_segments", as_of="2026-06-30", **{"from": "2026-03-01"})
    }
    assert (rows["public"]["weight_from"], rows["public"]["weight_to"]) == pytest.approx((0.1, 0.5))
    assert (rows["retail"]["overdue_to"], rows["retail"]["credit_notes_to"]) == pytest.approx((18, -9))


def sums_exactly(found: dict[str, float]) -> None:
    causes = found["terms"] + found["delinquency"] + found["credit_notes"] + found["mix"]
    assert causes == pytest.approx(found["end"] - found["start"], abs=1e-9)
    timing = found["countback_change"] - (found["end"] - found["start"])
    assert found["billing_timing"] == pytest.approx(timing, abs=1e-9)


@pytest.mark.parametrize("day", ["2024-06-17", "2025-03-31", "2026-08-14", "2026-11-22"])
def test_the_causes_sum_to_the_change_exactly(demo, day):
    books, _ = demo
    for since in (None, "2024-02-01", "2024-05-31"):
        rows = books.ask("dso_bridge", as_of=day, **{"from": since}).to_dicts()
        sums_exactly({row["step"]: row["days"] for row in rows})
    ends = {row["step"]: row["days"] for row in books.ask("dso_bridge", as_of=day).to_dicts()}
    assert ends["end"] == pytest.approx(books.ask("kpi", as_of=day)["dso_balance_90"][0])


def test_segments_that_bill_nothing_on_one_day_or_both_keep_the_sum(entity_desk):
    # Old bills before neither day, leaves before the first only, comes before the second only.
    entity_desk.load(
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
    found = bridge(entity_desk, "2026-06-30", **{"from": "2026-03-01"})
    sums_exactly(found)
    # "old" is no mix: 70 of 800 overdue before, 60 of 1,000 after; "comes" had 20 open without billings.
    rows = {
        row["segment"]: row
        for row in entity_desk.ask("dso_bridge_segments", as_of="2026-06-30", **{"from": "2026-03-01"})
    }
    assert rows["old"]["delinquency"] == pytest.approx(60 / 1000 * 90 - 70 / 800 * 90)
    assert rows["old"]["mix"] == 0
    assert rows["comes"]["mix"] == pytest.approx(420 / 400 * 90 * 0.4)
    assert rows["comes"]["delinquency"] == pytest.approx(-20 / 800 * 90)
    # "leaves" billed nothing to the second day: going is mix, what is still open is delinquency.
    assert rows["leaves"]["mix"] == pytest.approx(90 * -300 / 800)
    assert rows["leaves"]["delinquency"] == pytest.approx(300 / 1000 * 90)


@pytest.mark.slow
def test_without_billings_on_one_day_there_is_no_bridge(desk):
    desk.load(customers=CUSTOMERS, invoices=[invoice("A", "2026-03-10", "2026-04-09", "100.00")], payments=[])
    assert desk.ask("dso_bridge", as_of="2026-03-31") == []
    assert desk.ask("dso_bridge_segments", as_of="2026-03-31") == []
    assert load(desk.store, [desk.home / "in-001"]).snapshot is None
