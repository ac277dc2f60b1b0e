"""VAT on bad debts, worked out by hand."""

from datetime import date

import pytest

from tests.terms_ledger import VAT, bill, customer, money, paid, vat

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.slow
def test_vat_can_be_reclaimed_a_year_after_the_due_date_and_is_listed_sixty_days_before(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2025-01-01", "1210.00", due="2025-01-31", **VAT)],
        payments=[paid("F1", "2025-03-01", "605.00")],
    )
    assert vat(shared_desk, "2025-12-01") == []
    [row] = vat(shared_desk, "2025-12-02")
    assert (row["vat_state"], row["reclaimable_from"]) == ("opens", date(2026, 1, 31))
    # Half is unpaid: 605 x 210 / 1,210 = 105.00; the first quarter's return is due by 30 April.
    assert (row["unpaid_amount"], row["vat_unpaid"]) == (money("605"), money("105"))
    assert row["declare_by"] == date(2026, 4, 30)
    states = {
        day: vat(shared_desk, day)[0]["vat_state"] for day in ("2026-01-31", "2026-04-30", "2026-05-01")
    }
    assert list(states.values()) == ["open", "open", "passed"]
    assert vat(shared_desk, "2026-01-01", days_ahead=0) == []
    # Nothing can be put right five years after the year it could be reclaimed in.
    assert len(vat(shared_desk, "2031-12-31")) == 1
    assert vat(shared_desk, "2032-01-01") == []


def test_who_declares_per_month_has_a_month(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2024-01-01", "1210.00", due="2024-02-29", **VAT)],
        settings=[("vat_period", "month")],
    )
    [row] = vat(shared_desk, "2025-03-01")
    # A year after 29 February is 28 February; the return of February is due by 31 March.
    assert (row["reclaimable_from"], row["declare_by"]) == (date(2025, 2, 28), date(2025, 3, 31))


def test_written_off_is_unpaid_credited_and_paid_are_not(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[
            bill("F1", "2025-01-01", "1210.00", due="2025-01-31", **VAT),
            bill("F2", "2025-01-01", "1210.00", due="2025-01-31", **VAT),
            bill("F3", "2025-01-01", "1000.00", due="2025-01-31", vat_amount="0.00"),
        ],
        payments=[
            paid("F1", "2025-06-30", "121.00", kind="write_off"),
            paid("F1", "2025-06-30", "1089.00", number="P2", kind="credit"),
            paid("F2", "2025-06-30", "1210.00", number="P3"),
        ],
    )
    [row] = vat(shared_desk, "2026-02-01")
    assert (row["invoice_id"], row["unpaid_amount"], row["written_off"], row["vat_unpaid"]) == (
        "F1", money("121"), money("121"), money("21"),
    )  # fmt: skip


@pytest.mark.slow
def test_vat_is_due_again_when_the_money_comes_after_all(shared_desk):
    """605 of 1,210 comes fourteen months late: 105.00 of the 210.00; the rest can still be reclaimed."""
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2025-01-01", "1210.00", due="2025-01-31", **VAT)],
        payments=[paid("F1", "2026-04-02", "605.00")],
    )
    assert [row["vat_state"] for row in vat(shared_desk, "2026-04-01")] == ["open"]
    rows = {row["vat_state"]: row for row in vat(shared_desk, "2026-04-02")}
    assert set(rows) == {"open", "due_again"}
    assert (rows["open"]["unpaid_amount"], rows["open"]["vat_unpaid"]) == (money("605"), money("105"))
    again = rows["due_again"]
    assert (again["unpaid_amount"], again["vat_unpaid"]) == (money("605"), money("105"))
    # The return of the second quarter is due by 31 July; after that the row is gone.
    assert (again["reclaimable_from"], again["declare_by"]) == (date(2026, 4, 2), date(2026, 7, 31))
    assert "due_again" in {row["vat_state"] for row in vat(shared_desk, "2026-07-31")}
    assert "due_again" not in {row["vat_state"] for row in vat(shared_desk, "2026-08-01")}


def test_vat_on_what_was_written_off_is_due_again_within_the_year_too(shared_desk):
    # 400.00 was paid before the write-off of 810.00; of that 484.00 comes: 484 x 210 / 1,210 = 84.00.
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2025-01-01", "1210.00", due="2025-01-31", **VAT)],
        payments=[
            paid("F1", "2025-02-28", "400.00"),
            paid("F1", "2025-03-31", "810.00", number="W", kind="write_off"),
            paid("F1", "2025-06-30", "484.00", number="P3"),
        ],
    )
    [row] = vat(shared_desk, "2025-06-30")
    assert (row["vat_state"], row["unpaid_amount"], row["vat_unpaid"]) == (
        "due_again", money("484"), money("84"),
    )  # fmt: skip
    # 326.00 is left of the write-off: 326 x 210 / 1,210 = 56.58, a year after the due date.
    [row] = vat(shared_desk, "2026-02-01")
    assert (row["vat_state"], row["unpaid_amount"], row["vat_unpaid"]) == (
        "open", money("326"), money("56.58"),
    )  # fmt: skip
