"""A write-off in the books waives nothing (6:160 BW): the debt is claimed, and no letter asks for it."""

from datetime import date

import pytest

from tests.worklist_ledger import customer


def bill(name: str = "F1", amount: str = "1000.00", who: str = "C1") -> tuple:
    return (name, who, "invoice", "2025-01-01", "2025-01-31", "EUR", amount)


def line(kind: str, day: str, amount: str, number: str = "W1", invoice: str = "F1", *, waived="") -> dict:
    return {
        "payment_id": number, "customer_id": "C1", "invoice_id": invoice, "payment_date": day,
        "currency": "EUR", "amount": amount, "kind": kind, "waived": waived,
    }  # fmt: skip


def claims(desk, day: str = "2025-03-31", **values: object) -> dict[str, dict]:
    return {row["invoice_id"]: row for row in desk.ask("claims", as_of=day, **values)}


def parts(row: dict) -> list[str]:
    names = ("open_amount", "written_off_amount", "principal", "interest", "collection_costs")
    return [str(row[name]) for name in names]


@pytest.mark.slow
@pytest.mark.parametrize("waived", ["", "no"])
def test_an_invoice_written_off_is_claimed_and_asked_for_by_nobody(shared_desk, waived):
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill()],
        payments=[line("write_off", "2025-03-01", "1000.00", waived=waived)],
    )
    # 1,000 x 11.15% x 59 / 365 = 18.02; 15% of 1,000.
    row = claims(shared_desk)["F1"]
    assert parts(row) == ["0.00", "1000.00", "1000.00", "18.02", "150.00"]
    assert row["due_date"] == date(2025, 1, 31)
    assert shared_desk.ask("worklist_items", as_of="2025-03-31") == []
    # The day before, the books have it open too.
    assert parts(claims(shared_desk, "2025-02-28")["F1"]) == ["1000.00", "0.00", "1000.00", "8.55", "150.00"]
    periods = shared_desk.ask("claim_periods", as_of="2025-03-31")
    assert sum(period["days"] for period in periods) == 59


def test_a_debt_waived_is_gone_and_was_never_owed(shared_desk):
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill(), bill("F2", "500.00")],
        payments=[
            line("write_off", "2025-03-01", "1000.00", waived="yes"),
            line("write_off", "2025-03-01", "200.00", "W2", "F2", waived="yes"),
        ],
    )
    # 300 x 11.15% x 59 / 365 = 5.41; 15% of 300.
    assert {name: parts(row) for name, row in claims(shared_desk).items()} == {
        "F2": ["300.00", "0.00", "300.00", "5.41", "45.00"]
    }


@pytest.mark.parametrize(
    ("amounts", "waive_below", "waived", "principal"),
    [
        (["4.99"], None, "", "995.01"),
        (["5.00"], None, "", "1000.00"),
        (["3.00", "3.00"], None, "", "1000.00"),  # 6.00 in two steps is no small sum
        (["4.99"], None, "no", "1000.00"),
        (["4.99"], "0", "", "1000.00"),
        (["9.99"], "10.00", "", "990.01"),
        (["3.00", "-3.00"], None, "", "1000.00"),  # taken back by hand
        (["100.00", "-3.00"], None, "", "1000.00"),
    ],
)
def test_a_small_sum_written_off_is_taken_as_waived(shared_desk, amounts, waive_below, waived, principal):
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill()],
        payments=[
            line("write_off", "2025-03-01", amount, f"W{place}", waived=waived)
            for place, amount in enumerate(amounts)
        ],
        **({"settings": [("waive_below", waive_below)]} if waive_below else {}),
    )
    assert str(claims(shared_desk)["F1"]["principal"]) == principal


def test_part_paid_and_part_written_off_leaves_the_part_not_paid(shared_desk):
    # 400 on 20 January, before the due date: 600 x 11.15% x 59 / 365 = 10.81; 15% of 600.
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill()],
        payments=[
            line("payment", "2025-01-20", "400.00", "P1"), line("write_off", "2025-03-01", "600.00"),
        ],
    )  # fmt: skip
    assert parts(claims(shared_desk)["F1"]) == ["0.00", "600.00", "600.00", "10.81", "90.00"]
    assert claims(shared_desk, entity="other") == {}
    assert claims(shared_desk, customer="C2") == {}


def test_a_partial_write_off_raises_the_claim_above_the_books(shared_desk):
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill()],
        payments=[line("write_off", "2025-03-01", "400.00")],
    )
    assert parts(claims(shared_desk)["F1"]) == ["600.00", "400.00", "1000.00", "18.02", "150.00"]


def test_of_instalments_only_the_part_that_is_due_and_written_off_is_claimed(shared_desk):
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill()],
        instalments=[("F1", "2025-01-31", "600.00"), ("F1", "2025-06-30", "400.00")],
        payments=[line("write_off", "2025-03-01", "1000.00")],
    )
    assert parts(claims(shared_desk)["F1"])[:3] == ["0.00", "600.00", "600.00"]
    assert parts(claims(shared_desk, "2025-07-31")["F1"])[:3] == ["0.00", "1000.00", "1000.00"]


def test_a_consumers_debt_written_off_counts_in_the_scale_of_one_notice(shared_desk):
    # 300 + 700 = 1,000: 150.00 together, 45.00 and 105.00.
    shared_desk.load(
        customers=[customer("C1", customer_type="consumer")],
        invoices=[bill("F1", "300.00"), bill("F2", "700.00")],
        payments=[line("write_off", "2025-03-01", "300.00")],
        contacts=[("C1", "", "2025-02-10", "email", "out", "notice_14_days")],
    )
    costs = {name: str(row["collection_costs"]) for name, row in claims(shared_desk).items()}
    assert costs == {"F1": "45.00", "F2": "105.00"}


def note(amount: str, day: str = "2025-02-10", name: str = "K1", original: str = "") -> dict:
    return {
        "invoice_id": name, "customer_id": "C1", "invoice_type": "credit_note", "invoice_date": day,
        "due_date": day, "currency": "EUR", "amount": f"-{amount}", "original_invoice_id": original,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("notes", "paid", "expected"),
    [
        # A note that names the debt was never owed: 700 x 11.15% x 59 / 365 = 12.62; 15% of 700.
        ([note("300.00", original="F1")], [], ["700.00", "12.62", "105.00"]),
        # Another note counts as paid on 10 February: 150.00 costs, 3.05 interest (10 days), 146.95 principal;
        # 853.05 x 11.15% x 49 / 365 = 12.77.
        ([note("300.00")], [], ["853.05", "12.77", "0.00"]),
        # Money on account of 20 January counts on the due date, before any costs: 700.00 left.
        ([], [("A1", "C1", "", "2025-01-20", "EUR", "300.00")], ["700.00", "12.62", "105.00"]),
        # All of it.
        ([note("1000.00", original="F1")], [], None),
        ([note("600.00"), note("400.00", name="K2", original="F1")], [], None),
    ],
)
def test_credit_that_is_left_is_set_off_against_what_was_written_off(shared_desk, notes, paid, expected):
    rows = [dict(zip(("payment_id", "customer_id", "invoice_id", "payment_date", "currency", "amount"), row,
                     strict=True)) for row in paid]  # fmt: skip
    names = ("invoice_id", "customer_id", "invoice_type", "invoice_date", "due_date", "currency", "amount")
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[dict(zip(names, bill(), strict=True)), *notes],
        payments=[line("write_off", "2025-03-01", "1000.00"), *rows],
    )
    row = claims(shared_desk).get("F1")
    if expected is None:
        assert row is None
    else:
        assert parts(row)[2:] == expected
        assert str(row["set_off_amount"]) == "300.00"
        assert row["set_off_with"] in {"K1", "A1"}


@pytest.mark.slow
def test_open_debts_take_credit_before_what_was_written_off(desk):
    # 300.00 of credit: 200.00 for F2, which is open, 100.00 for F1: 100.00 x 59 days less of its principal.
    names = ("invoice_id", "customer_id", "invoice_type", "invoice_date", "due_date", "currency", "amount")
    desk.load(
        customers=[customer("C1")],
        invoices=[
            dict(zip(names, bill(), strict=True)), dict(zip(names, bill("F2", "200.00"), strict=True)),
            note("300.00", "2025-01-20"),
        ],
        payments=[line("write_off", "2025-03-01", "1000.00")],
        settings=[("set_off", "all")],
    )  # fmt: skip
    rows = claims(desk)
    assert set(rows) == {"F1"}
    assert (str(rows["F1"]["principal"]), str(rows["F1"]["set_off_amount"])) == ("900.00", "100.00")
    desk.load(settings=[("set_off", "none")])
    rows = claims(desk)
    assert {name: str(row["principal"]) for name, row in rows.items()} == {"F1": "1000.00", "F2": "200.00"}


def test_what_was_paid_too_much_is_set_off_against_a_write_off_from_the_day_it_came(shared_desk):
    # As any credit of 10 February: 150.00 costs, 3.05 interest, 146.95 principal.
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill(), bill("F2", "100.00")],
        payments=[
            line("write_off", "2025-03-01", "1000.00"),
            line("payment", "2025-02-10", "400.00", "P2", "F2"),
        ],
    )
    assert parts(claims(shared_desk)["F1"])[2:] == ["853.05", "12.77", "0.00"]


def test_a_part_due_back_later_is_set_off_against_no_write_off_before_its_day(shared_desk):
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill(), bill("F2", "100.00")],
        instalments=[("F2", "2025-01-31", "300.00"), ("F2", "2025-04-10", "-200.00")],
        payments=[
            line("write_off", "2025-03-01", "1000.00"),
            line("payment", "2025-01-31", "300.00", "P2", "F2"),
        ],
    )
    assert str(claims(shared_desk)["F1"]["set_off_amount"]) == "0.00"
    assert str(claims(shared_desk, "2025-04-10")["F1"]["set_off_amount"]) == "200.00"
