"""The demo company behaves as its recipe says."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest

from data.demo import demo_facts, write_company
from data.demo.bank_days import random_stream
from data.demo.names import customer_names
from data.errors import KasstroomError
from tests.data.demo.company_files import AS_OF, NO_MONEY, USUAL, Row, day, rows_of


def settled(folder: Path) -> dict[str, tuple[Decimal, date]]:
    """Return what was settled of each document, and when last."""
    result: dict[str, tuple[Decimal, date]] = {}
    for row in rows_of(folder, "payments"):
        amount, last = result.get(row["invoice_id"], (NO_MONEY, date.min))
        result[row["invoice_id"]] = (amount + Decimal(row["amount"]), max(last, day(row["payment_date"])))
    return result


def invoices_due(folder: Path, by: date) -> Iterator[tuple[Row, Decimal, date]]:
    """Give each invoice due by a day, what is open of it, and when something was settled last."""
    done = settled(folder)
    for row in rows_of(folder, "invoices"):
        if row["invoice_type"] == "invoice" and not row["cancelled_date"] and day(row["due_date"]) <= by:
            amount, last = done.get(row["invoice_id"], (NO_MONEY, date.max))
            yield row, Decimal(row["amount"]) - amount, last


def test_the_larger_the_customer_the_less_it_pays_in_time(usual: Path) -> None:
    size = {row["customer_id"]: row["size_class"] for row in rows_of(usual, "customers")}
    in_time = defaultdict(list)
    late = []
    for row, rest, last in invoices_due(usual, AS_OF):
        if rest <= 0:
            in_time[size[row["customer_id"]]].append(last <= day(row["due_date"]))
            late.append((last - day(row["due_date"])).days)
    shares = {name: mean(values) for name, values in in_time.items()}
    recipe = {"very_small": 0.82, "small": 0.69, "middle": 0.51, "large": 0.39}
    for name, expected in recipe.items():
        assert shares[name] == pytest.approx(expected, abs=0.03), name
    assert mean(days <= 30 for days in late if days > 0) > 0.7


def test_few_invoices_are_more_than_ninety_days_late(usual: Path) -> None:
    quarter = timedelta(days=90)
    late = [
        rest > 0 or last - day(row["due_date"]) > quarter
        for row, rest, last in invoices_due(usual, AS_OF - quarter)
    ]
    assert 0.003 <= mean(late) <= 0.01


def test_the_shares_of_the_recipe_come_out(usual: Path) -> None:
    documents = rows_of(usual, "invoices")
    invoices = [row for row in documents if row["invoice_type"] == "invoice"]
    payments = rows_of(usual, "payments")
    assert 0.02 <= len(rows_of(usual, "disputes")) / USUAL <= 0.04
    assert 0.02 <= 1 - len(invoices) / len(documents) <= 0.03
    assert 0.04 <= mean(row["po_number"] == "" for row in invoices) <= 0.08
    assert 0.002 <= mean(row["cancelled_date"] != "" for row in invoices) <= 0.006
    planned = {row["invoice_id"] for row in rows_of(usual, "instalments")}
    parts = defaultdict(int)
    for row in payments:
        if (
            row["kind"] == "payment"
            and row["invoice_id"] not in planned | {""}
            and Decimal(row["amount"]) > 0
        ):
            parts[row["invoice_id"]] += 1
    assert 0.03 <= mean(parts[row["invoice_id"]] > 1 for row in invoices) <= 0.05
    assert {row["kind"] for row in payments} == {"payment", "credit", "write_off", "reversal", "discount"}
    assert mean(day(row["payment_date"]).weekday() == 3 for row in payments) > 0.4
    assert mean(row["discount_percent"] != "" for row in invoices) > 0.01


def test_receivables_have_a_believable_age_and_size(usual: Path) -> None:
    done = settled(usual)
    receivables = overdue = billed = NO_MONEY
    for row in rows_of(usual, "invoices"):
        if row["cancelled_date"]:
            continue
        rest = Decimal(row["amount"]) - done.get(row["invoice_id"], (NO_MONEY, date.min))[0]
        receivables += rest
        overdue += rest if day(row["due_date"]) < AS_OF else 0
        billed += Decimal(row["amount"]) if (AS_OF - day(row["invoice_date"])).days < 90 else 0
    assert 38 <= receivables / billed * 90 <= 52
    assert Decimal("0.18") <= overdue / receivables <= Decimal("0.30")
    on_account = -done[""][0]
    assert NO_MONEY > on_account > -receivables / 20


def test_the_largest_customer_has_eight_percent_and_billing_grows_mildly(usual: Path) -> None:
    billed: dict[str, Decimal] = defaultdict(Decimal)
    years: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows_of(usual, "invoices"):
        if row["invoice_type"] == "invoice":
            billed[row["customer_id"]] += Decimal(row["amount"])
            years[(AS_OF - day(row["invoice_date"])).days // 365] += Decimal(row["amount"])
    largest = demo_facts(as_of=AS_OF).largest
    assert max(billed, key=lambda customer: billed[customer]) == largest
    assert billed[largest] / sum(billed.values()) == pytest.approx(Decimal("0.08"), abs=Decimal("0.0001"))
    assert Decimal("0.95") <= years[1] / years[2] <= Decimal("1.2")
    assert Decimal("0.95") <= years[0] / years[1] <= Decimal("1.2")


def days_late(folder: Path, customer: str, first: int, last: int) -> float:
    """Mean days late of what a customer paid between so many days before the as-of day and so many."""
    due = {row["invoice_id"]: day(row["due_date"]) for row in rows_of(folder, "invoices")}
    return mean(
        (day(row["payment_date"]) - due[row["invoice_id"]]).days
        for row in rows_of(folder, "payments")
        if row["customer_id"] == customer
        and row["kind"] == "payment"
        and row["invoice_id"]
        and last <= (AS_OF - day(row["payment_date"])).days < first
    )


@pytest.mark.slow
def test_one_customer_slides_and_one_recovers(usual: Path) -> None:
    facts = demo_facts(invoices=USUAL, seed=1, as_of=AS_OF)
    slide = days_late(usual, facts.sliding, 56, 0) - days_late(usual, facts.sliding, 400, 70)
    assert 8 <= slide <= 18
    assert days_late(usual, facts.recovering, 500, 140) > 20
    assert days_late(usual, facts.recovering, 90, 0) < 0


def test_a_failed_customer_pays_nothing_more_and_is_written_off_in_the_end(usual: Path) -> None:
    facts = demo_facts(as_of=AS_OF)
    failed = facts.failed
    assert len(failed) == 5
    assert facts.handed_over in failed
    written_off = {}
    for customer in failed:
        lines = [row for row in rows_of(usual, "payments") if row["customer_id"] == customer]
        lost = {day(row["payment_date"]) for row in lines if row["kind"] == "write_off"}
        if lost:
            paid = max(day(row["payment_date"]) for row in lines if row["kind"] == "payment")
            written_off[customer] = (min(lost) - paid).days
    assert len(written_off) == 3  # the last failure and the one at the agency are too recent
    assert facts.handed_over not in written_off
    assert min(written_off.values()) > 100


def test_a_disputed_invoice_is_not_paid_while_the_dispute_is_open(usual: Path) -> None:
    disputes = {row["invoice_id"]: row for row in rows_of(usual, "disputes")}
    amounts = {row["invoice_id"]: Decimal(row["amount"]) for row in rows_of(usual, "invoices")}
    paid = 0
    for row in rows_of(usual, "payments"):
        dispute = disputes.get(row["invoice_id"])
        if dispute:
            assert dispute["closed_date"]
            assert row["payment_date"] >= dispute["closed_date"]
            paid += 1
    assert paid > 300
    for invoice, dispute in disputes.items():
        assert 0 < Decimal(dispute["amount"]) <= amounts[invoice]
        assert not dispute["closed_date"] or dispute["opened_date"] < dispute["closed_date"]


def test_a_credit_booking_against_a_credit_note_sums_to_nothing(usual: Path) -> None:
    notes = {row["invoice_id"] for row in rows_of(usual, "invoices") if row["invoice_type"] == "credit_note"}
    bookings: dict[str, Decimal] = defaultdict(Decimal)
    of_notes = set()
    for row in rows_of(usual, "payments"):
        if row["kind"] == "credit":
            bookings[row["payment_id"]] += Decimal(row["amount"])
            of_notes |= {row["payment_id"]} if row["invoice_id"] in notes else set()
        if row["invoice_id"] in notes:
            assert Decimal(row["amount"]) < 0
    assert len(of_notes) > 200
    assert {bookings[booking] for booking in of_notes} == {NO_MONEY}


def test_a_cancelled_invoice_is_never_paid(usual: Path) -> None:
    cancelled = {row["invoice_id"] for row in rows_of(usual, "invoices") if row["cancelled_date"]}
    assert cancelled
    assert not cancelled & {row["invoice_id"] for row in rows_of(usual, "payments")}


def test_the_bank_moves_by_receipts_and_bills_but_for_wages_rent_and_taxes(usual: Path) -> None:
    balance: dict[date, Decimal] = defaultdict(Decimal)
    for row in rows_of(usual, "bank_balances"):
        balance[day(row["balance_date"])] += Decimal(row["balance"])
    assert len({row["account"] for row in rows_of(usual, "bank_balances")}) == 3
    moved: dict[date, Decimal] = defaultdict(Decimal)
    for row in rows_of(usual, "payments"):
        if row["kind"] in {"payment", "reversal"}:
            moved[day(row["payment_date"])] += Decimal(row["amount"])
    for row in rows_of(usual, "bills"):
        if row["paid_date"]:
            moved[day(row["paid_date"])] -= Decimal(row["amount"])
    days = sorted(balance)
    rest = [balance[later] - balance[earlier] - moved[later] for earlier, later in pairwise(days)]
    assert max(rest) == NO_MONEY
    assert 50 <= sum(other < 0 for other in rest) <= 110  # four or five such days a month
    limits = {row["key"]: row["value"] for row in rows_of(usual, "settings")}
    # The tightest day is close above the minimum, which is two fifths of a month's billing.
    assert 1 < min(balance.values()) / Decimal(limits["minimum_cash"]) < Decimal("1.3")
    assert min(balance.values()) < max(balance.values()) * 2 / 5


def test_planned_cash_goes_out_soon_and_the_plan_covers_thirteen_weeks_of_billing(usual: Path) -> None:
    planned = rows_of(usual, "planned_cash")
    assert {row["category"] for row in planned} == {
        "payroll", "tax", "vat", "rent", "loan", "suppliers", "investment",
    }  # fmt: skip
    for row in planned:
        assert Decimal(row["amount"]) < 0
        if row["category"] == "investment":  # the payment of the fourth week
            assert AS_OF + timedelta(days=21) < day(row["first_date"]) <= AS_OF + timedelta(days=28)
        elif row["category"] == "suppliers":  # beyond what is booked by then
            assert AS_OF < day(row["first_date"]) <= AS_OF + timedelta(days=38)
        else:  # a year of it lies behind, so that the forecast of a past day knows of it
            assert AS_OF - timedelta(days=366) < day(row["first_date"]) <= AS_OF
    plan = rows_of(usual, "billing_plan")
    weeks = sorted({day(row["week_start"]) for row in plan})
    assert weeks == [date(2026, 11, 23) + timedelta(days=7 * week) for week in range(13)]
    assert {row["segment"] for row in plan} == {"Groot", "Midden", "Klein", "Overheid"}
    then = [
        Decimal(row["amount"])
        for row in rows_of(usual, "invoices")
        if timedelta(0) < day(row["invoice_date"]) - (AS_OF - timedelta(days=364)) <= timedelta(days=91)
    ]
    growth = sum(Decimal(row["amount"]) for row in plan) / sum(then)
    assert Decimal("0.95") <= growth <= Decimal("1.2")  # the same thirteen weeks a year ago


def test_a_plan_made_within_a_week_starts_on_its_monday(tmp_path: Path) -> None:
    write_company(tmp_path, invoices=200, as_of=date(2026, 11, 18))
    weeks = sorted({row["week_start"] for row in rows_of(tmp_path, "billing_plan")})
    assert (weeks[0], weeks[-1], len(weeks)) == ("2026-11-16", "2027-02-15", 14)


def test_customers_are_reminded_some_stay_silent_and_promises_are_kept_or_broken(usual: Path) -> None:
    due = {row["invoice_id"]: day(row["due_date"]) for row in rows_of(usual, "invoices")}
    written, answering = defaultdict(int), set()
    for row in rows_of(usual, "contacts"):
        if row["direction"] == "in":
            answering.add(row["customer_id"])
        elif row["kind"] in {"friendly_reminder", "formal_reminder", "final_demand"}:
            written[row["customer_id"]] += 1
            offset = {"friendly_reminder": 5, "formal_reminder": 14, "final_demand": 28}[row["kind"]]
            assert 0 <= (day(row["contact_date"]) - due[row["invoice_id"]]).days - offset <= 5
    assert [customer for customer, letters in written.items() if letters >= 20 and customer not in answering]
    done = settled(usual)
    kept = [
        done.get(row["invoice_id"], (NO_MONEY, date.max))[1] <= day(row["promised_date"])
        for row in rows_of(usual, "promises")
        if day(row["promised_date"]) <= AS_OF
    ]
    assert 0.5 <= mean(kept) <= 0.8


def test_progress_rises_to_one(tmp_path: Path) -> None:
    told: list[float] = []
    write_company(tmp_path, invoices=40, as_of=AS_OF, progress=lambda _label, share: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_names_stay_different_when_there_are_many_more_customers_than_surnames() -> None:
    count = 20_000
    consumer = [position % 3 == 0 for position in range(count)]
    public = [position % 3 == 1 for position in range(count)]
    names = customer_names(public, consumer, [False] * count, random_stream(1, "names"))
    assert len(set(names)) == len(names) == count


def test_a_company_without_invoices_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KasstroomError, match="at least 1 invoice, not 0"):
        write_company(tmp_path / "none", invoices=0, as_of=AS_OF)
    assert not (tmp_path / "none").exists()
