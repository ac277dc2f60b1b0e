"""A payment that came back was none, from the day it did: habits, promises, claims; bounces per customer."""

from datetime import date
from decimal import Decimal

import pytest

from data.store import checks, reader
from data.store.load import load
from data.store.snapshot import current_snapshot
from tests.books import Desk
from tests.paths import CASES
from tests.shared_desk import SharedDesk

D = Decimal
needs_cases = pytest.mark.skipif(not CASES.exists(), reason="../shared/cases is not here")
CUSTOMERS = [("C1", "One", "Klein", "NL", 30, ""), ("C2", "Two", "Groot", "NL", 30, "")]


def invoice(
    number: str, amount: str = "1000.00", who: str = "C1", currency: str = "EUR", **more: str
) -> dict:
    return {
        "invoice_id": number, "customer_id": who, "invoice_type": "invoice", "invoice_date": "2026-04-01",
        "due_date": "2026-05-01", "currency": currency, "amount": amount, **more,
    }  # fmt: skip


def paid(number: str, day: str, amount: str, of: str = "F1", kind: str = "", **more: str) -> dict:
    return {
        "payment_id": number, "customer_id": "C1", "invoice_id": of, "payment_date": day, "currency": "EUR",
        "amount": amount, "kind": kind, **more,
    }  # fmt: skip


def kpi(desk: Desk, day: str, **values: object) -> tuple:
    (row,) = desk.ask("kpi", as_of=day, **values)
    return row["on_time_share"], row["days_to_pay"], row["days_late"]


@pytest.mark.slow
@needs_cases
def test_direct_debits_that_bounce_make_no_good_payer(desk: Desk) -> None:
    load(desk.store, [CASES / "c02_storno" / "in"])
    day = "2026-08-31"
    terms = {row["customer_id"]: row for row in desk.ask("payment_terms", as_of=day)}
    names = ("taken_days", "days_late", "share_outside_agreed", "paid_amount", "parts_due", "parts_on_time")
    for who in ("K1", "K2"):
        assert [terms[who][name] for name in names] == [67.0, 40.0, 1.0, D("5000.00"), 6, 0]
    assert [terms["K3"][name] for name in names] == [27.0, 0.0, 0.0, D("6000.00"), 6, 6]
    for segment in ("Klein", "Groot"):
        assert kpi(desk, day, segment=segment) == (0.0, 67.0, 40.0)
    for row in desk.ask("worklist_items", as_of=day):
        assert (row["is_good_payer"], row["on_time_share"]) == (False, 0.0)
    bounces = {row["customer_id"]: row["bounces_365"] for row in desk.ask("customers", as_of=day)}
    assert bounces == {"K1": 6, "K2": 6, "K3": 0}
    assert {row["days_late"] for row in desk.ask("payment_behaviour", as_of=day, customer="K1")} == {40}
    with reader.session(current_snapshot(desk.store)) as connection:
        assert checks.underived(connection) == []


@pytest.mark.slow
@needs_cases
def test_a_promise_kept_by_money_that_bounced_is_kept_until_it_does(desk: Desk) -> None:
    load(desk.store, [CASES / "c18_storno_promise" / "in"])
    kept = {day: desk.ask("promises", as_of=day)[0]["is_kept"] for day in ("2026-05-13", "2026-05-14")}
    assert kept == {"2026-05-13": True, "2026-05-14": False}
    shares = {day: desk.ask("kpi", as_of=day)[0]["promise_kept_share"] for day in kept}
    assert shares == {"2026-05-13": 1.0, "2026-05-14": 0.0}
    broken = {
        row["customer_id"]: row["is_promise_broken"] for row in desk.ask("worklist_items", as_of="2026-05-31")
    }
    assert broken["Y1"] is True
    on_time = {name: kpi(desk, "2026-05-31", segment=name)[0] for name in ("Klein", "Groot", "Midden")}
    # 300 of the 500 of Groot came back; Midden paid again before the due date.
    assert on_time == {"Klein": 0.0, "Groot": 0.4, "Midden": 1.0}


@pytest.mark.slow
def test_a_bounce_acts_from_its_own_day(entity_desk: SharedDesk) -> None:
    rows = [paid("P1", "2026-04-21", "1000.00"), paid("R1", "2026-05-06", "-1000.00", kind="reversal")]
    entity_desk.load(customers=CUSTOMERS, invoices=[invoice("F1")], payments=rows)
    assert kpi(entity_desk, "2026-05-05") == (1.0, 20.0, -10.0)
    assert kpi(entity_desk, "2026-05-06") == (0.0, None, None)
    assert [row["bounces_365"] for row in entity_desk.ask("customers", as_of="2026-05-05")] == [0, 0]
    (bounce,) = entity_desk.ask("bounces", as_of="2026-05-06")
    assert (bounce["customer_id"], bounce["invoice_id"], bounce["amount"]) == ("C1", "F1", D("1000.00"))
    (one, _two) = entity_desk.ask("customers", as_of="2026-05-06")
    assert (one["customer_id"], one["bounces_365"], one["last_payment_date"]) == ("C1", 1, None)
    assert entity_desk.ask("customers", as_of="2026-05-05")[0]["last_payment_date"] == date(2026, 4, 21)


def test_half_a_payment_that_comes_back_leaves_the_other_half(entity_desk: SharedDesk) -> None:
    rows = [
        paid("P1", "2026-05-01", "600.00"), paid("P2", "2026-05-11", "400.00"),
        paid("P1", "2026-05-20", "-300.00", kind="reversal", part="r"),
    ]  # fmt: skip
    entity_desk.load(customers=CUSTOMERS, invoices=[invoice("F1")], payments=rows)
    # 300 on time of 1,000; days late (300 x 0 + 400 x 10) / 700.
    share, _to_pay, late = kpi(entity_desk, "2026-05-31")
    assert (share, late) == (0.3, pytest.approx(4000 / 700))


def test_a_refund_of_an_overpayment_leaves_a_good_habit_and_no_bounce(entity_desk: SharedDesk) -> None:
    rows = [paid("P1", "2026-05-01", "1500.00"), paid("R1", "2026-06-10", "-500.00")]
    entity_desk.load(customers=CUSTOMERS, invoices=[invoice("F1")], payments=rows)
    assert kpi(entity_desk, "2026-06-30") == (1.0, 30.0, 0.0)
    (terms,) = entity_desk.ask("payment_terms", as_of="2026-06-30")
    assert (terms["paid_amount"], terms["share_outside_agreed"], terms["parts_on_time"]) == (
        D("1000.00"),
        0.0,
        1,
    )
    assert entity_desk.ask("bounces", as_of="2026-06-30") == []


@pytest.mark.slow
def test_money_paid_back_on_a_credit_note_or_on_account_is_no_bounce(desk: Desk) -> None:
    note = {**invoice("K1", "-200.00"), "invoice_type": "credit_note", "due_date": ""}
    rows = [
        paid("P1", "2026-05-02", "-200.00", "K1"), paid("P2", "2026-05-02", "50.00", ""),
        paid("P3", "2026-05-09", "-50.00", ""),
    ]  # fmt: skip
    desk.load(customers=CUSTOMERS, invoices=[note, invoice("F1")], payments=rows)
    assert desk.ask("bounces", as_of="2026-06-30") == []
    assert desk.rows("select count(*) from item_change") == [(0,)]


def test_after_a_bounce_the_next_payment_pays_the_earliest_instalment(entity_desk: SharedDesk) -> None:
    # 100 each on 1 May, June and July. P1 on 1 May for part 1, P2 on 1 June for part 2; P1 bounces on 3 June:
    # then P2 is what paid part 1, 31 days late, and part 2 is not paid.
    parts = [("F1", f"2026-0{month}-01", "100.00") for month in (5, 6, 7)]
    rows = [
        paid("P1", "2026-05-01", "100.00"), paid("P2", "2026-06-01", "100.00"),
        paid("P1", "2026-06-03", "-100.00", kind="reversal"),
    ]  # fmt: skip
    entity_desk.load(
        customers=CUSTOMERS, invoices=[invoice("F1", "300.00")], instalments=parts, payments=rows
    )
    # 90 days to 2 June: parts 1 and 2 fell due, both on time; days late 0.
    assert kpi(entity_desk, "2026-06-02")[::2] == (1.0, 0.0)
    assert kpi(entity_desk, "2026-06-03")[::2] == (0.0, 31.0)
    (row,) = entity_desk.ask("payments", as_of="2026-06-03")
    assert (row["payment_id"], row["due_date"], row["days_late"]) == ("P2", date(2026, 5, 1), 31)


def test_in_another_currency_a_bounce_takes_exactly_what_the_payment_was(entity_desk: SharedDesk) -> None:
    dollars = {"currency": "USD"}
    rows = [
        paid("P1", "2026-04-21", "50.00", **dollars), paid("P2", "2026-05-01", "50.01", **dollars),
        paid("R1", "2026-05-06", "-50.00", kind="reversal", **dollars),
    ]  # fmt: skip
    entity_desk.load(
        customers=CUSTOMERS,
        fx_rates=[("2026-01-01", "USD", "0.9123")],
        invoices=[invoice("F0"), invoice("F1", "100.01", currency="USD")],
        payments=rows,
    )
    # 100.01 is 91.24; what is left paid is 50.01: 91.24 less the 50.00 that is open (45.62) is 45.62.
    (row,) = entity_desk.ask("payments", as_of="2026-05-06")
    assert (row["payment_id"], row["amount"]) == ("P2", D("45.62"))
    (bounce,) = entity_desk.ask("bounces", as_of="2026-05-06")
    assert bounce["amount"] == D("45.62")
    # (45.62 + 0) of 1,000.00 + 91.24 on time.
    assert kpi(entity_desk, "2026-05-06")[0] == pytest.approx(45.62 / 1091.24)


@pytest.mark.slow
def test_a_bounce_is_known_from_its_file_on_and_gone_when_that_is_taken_back(desk: Desk) -> None:
    desk.load(customers=CUSTOMERS, invoices=[invoice("F1")], payments=[paid("P1", "2026-05-01", "1000.00")])
    before = desk.moment()
    desk.load(payments=[paid("R1", "2026-05-06", "-1000.00", kind="reversal")])
    then = desk.moment()
    desk.load(payments=[paid("R1", "2026-05-06", "0.00", kind="reversal")])
    answers = [kpi(desk, "2026-05-31", known_on=moment)[0] for moment in (before, then, None)]
    assert answers == [1.0, 0.0, 1.0]
    counts = [
        len(desk.ask("bounces", as_of="2026-05-31", known_on=moment)) for moment in (before, then, None)
    ]
    assert counts == [0, 1, 0]
    terms = [
        desk.ask("payment_terms", as_of="2026-05-31", known_on=moment)[0] for moment in (before, then, None)
    ]
    assert [row["parts_on_time"] for row in terms] == [1, 0, 1]
    with reader.session(current_snapshot(desk.store)) as connection:
        assert checks.underived(connection) == []


def test_a_claim_runs_from_the_start_again_after_a_bounce(entity_desk: SharedDesk) -> None:
    rows = [paid("P1", "2026-05-20", "1000.00"), paid("P1", "2026-06-20", "-1000.00", kind="reversal")]
    entity_desk.load(customers=CUSTOMERS, invoices=[invoice("F1"), invoice("F2", who="C2")], payments=rows)
    one, two = entity_desk.ask("claims", as_of="2026-07-31")
    names = ("open_amount", "interest", "collection_costs", "total")
    assert [one[name] for name in names] == [two[name] for name in names]
