"""The demo company: the same for the same numbers, true to its recipe, and tied out to the cent."""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from statistics import mean

import holidays
import pytest

from data.demo import demo_facts, write_company
from data.demo.bank_days import random_stream
from data.demo.names import customer_names
from data.errors import KasstroomError
from data.grains import BY_NAME, Column

AS_OF = date(2026, 11, 22)
SMALL, USUAL = 1_500, 20_000
ENTITIES = {"Zilverwaard Nederland BV", "Zilverwaard Services BV"}
NO_MONEY = Decimal("0.00")
# What people know and decide later, and what a company in one currency needs not.
LEFT_OUT = {
    "bank_entries",
    "collection_cases",
    "expected_dates",
    "forecast_runs",
    "fx_rates",
    "mutes",
    "notes",
    "payment_plans",
    "scenarios",
    "settings",
    "signals",
}

Row = dict[str, str]


def rows_of(folder: Path, grain: str) -> list[Row]:
    with (folder / f"{grain}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    write_company(folder, invoices=SMALL, as_of=AS_OF)
    return folder


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("usual")
    write_company(folder, invoices=USUAL, as_of=AS_OF)
    return folder


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_company(
    small: Path, tmp_path: Path
) -> None:
    write_company(tmp_path / "again", invoices=SMALL, seed=1, as_of=AS_OF)
    write_company(tmp_path / "other", invoices=SMALL, seed=2, as_of=AS_OF)
    first, again, other = hashes(small), hashes(tmp_path / "again"), hashes(tmp_path / "other")
    assert first == again
    assert all(first[name] != other[name] for name in first)


def test_there_is_a_file_for_every_grain_but_what_comes_later(small: Path) -> None:
    assert {path.stem for path in small.iterdir()} == set(BY_NAME) - LEFT_OUT


def is_native(column: Column, cell: str) -> bool:
    """Say whether the native format takes a cell."""
    if cell == "":
        return column.may_be_empty
    tests = {
        "date": lambda: day(cell).isoformat() == cell,
        "money": lambda: -int(Decimal(cell).as_tuple().exponent) <= 2,
        "integer": lambda: str(int(cell)) == cell,
        "choice": lambda: cell in column.choices,
        "currency": lambda: cell == "EUR",
    }
    return tests.get(column.type, lambda: cell == cell.strip())()


@pytest.mark.parametrize(
    ("invoices", "as_of"),
    [(1, AS_OF), (40, AS_OF), (200, date(2024, 2, 29)), (200, date(2026, 1, 1)), (SMALL, date(2025, 12, 31))],
)
def test_every_cell_is_native_and_every_key_unique_at_any_size_and_day(
    invoices: int, as_of: date, tmp_path: Path
) -> None:
    write_company(tmp_path, invoices=invoices, as_of=as_of)
    for path in tmp_path.iterdir():
        grain, rows = BY_NAME[path.stem], rows_of(tmp_path, path.stem)
        header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert set(header) <= {column.name for column in grain.columns}
        assert {column.name for column in grain.columns if column.needed} <= set(header)
        for name in header:
            column = grain.column(name)
            assert all(is_native(column, row[name]) for row in rows), f"{grain.name}.{name}"
        keys = [tuple(row.get(part) for part in grain.key) for row in rows]
        assert len(set(keys)) == len(keys), grain.name
    documents = rows_of(tmp_path, "invoices")
    assert sum(row["invoice_type"] == "invoice" for row in documents) == invoices


def test_twenty_thousand_rows_have_unique_keys_and_names(usual: Path) -> None:
    for name, grain in BY_NAME.items():
        if name not in LEFT_OUT:
            keys = [tuple(row.get(part) for part in grain.key) for row in rows_of(usual, name)]
            assert len(set(keys)) == len(keys), name
    names = [row["customer_name"] for row in rows_of(usual, "customers")]
    assert len(set(names)) == len(names) == 650
    assert {"Jansen & Zn.", "'t Hoekje", "Café Zoë"} <= set(names)


def test_every_id_that_is_named_exists(usual: Path) -> None:
    customers = {row["customer_id"] for row in rows_of(usual, "customers")}
    owner = {row["invoice_id"]: row["customer_id"] for row in rows_of(usual, "invoices")}
    assert set(owner.values()) <= customers
    for row in rows_of(usual, "invoices"):
        assert owner.get(row["original_invoice_id"], row["customer_id"]) == row["customer_id"]
    for grain in ("payments", "contacts"):
        for row in rows_of(usual, grain):
            assert owner.get(row["invoice_id"], row["customer_id"]) == row["customer_id"]
    for grain in ("payments", "contacts", "disputes", "promises", "instalments"):
        assert {row["invoice_id"] for row in rows_of(usual, grain)} - set(owner) <= {""}


def test_signs_and_vat_follow_the_document(usual: Path) -> None:
    rates = set()
    for row in rows_of(usual, "invoices"):
        amount, vat = Decimal(row["amount"]), Decimal(row["vat_amount"])
        assert (amount > 0) is (row["invoice_type"] == "invoice")
        assert amount * vat >= 0
        assert abs(vat) < abs(amount)
        assert row["entity"] in ENTITIES
        if abs(amount) > 100:
            rates.add(round(vat / (amount - vat), 2))
    assert rates == {Decimal("0.21"), Decimal("0.09"), Decimal("0.00")}


def test_nothing_that_has_happened_lies_after_the_as_of_day(usual: Path) -> None:
    happened = {
        "invoices": ("invoice_date", "cancelled_date"),
        "payments": ("payment_date",),
        "bank_balances": ("balance_date",),
        "ledger_balances": ("balance_date",),
        "bills": ("bill_date", "paid_date"),
        "disputes": ("opened_date", "closed_date"),
        "contacts": ("contact_date",),
        "promises": ("made_date",),
    }
    for grain, columns in happened.items():
        for column in columns:
            days = [day(row[column]) for row in rows_of(usual, grain) if row[column]]
            assert date(2023, 11, 23) <= min(days) <= max(days) <= AS_OF, f"{grain}.{column}"
    for row in rows_of(usual, "promises"):
        assert row["made_date"] < row["promised_date"]
    for row in rows_of(usual, "invoices"):
        assert row["invoice_date"] <= row["due_date"]


def test_money_moves_on_bank_days_only(usual: Path) -> None:
    closed = holidays.financial_holidays("XECB", years=range(2023, 2027))
    for grain, column in (
        ("payments", "payment_date"),
        ("bills", "paid_date"),
        ("bank_balances", "balance_date"),
    ):
        days = {day(row[column]) for row in rows_of(usual, grain) if row[column]}
        days -= {AS_OF} if grain == "bank_balances" else set()  # the statement at hand runs to that day
        assert not [one for one in days if one.weekday() > 4 or one in closed], grain


def test_the_ledger_balance_is_what_a_plain_sum_gives_to_the_cent(small: Path) -> None:
    documents, payments = rows_of(small, "invoices"), rows_of(small, "payments")
    balances = rows_of(small, "ledger_balances")
    assert len(balances) == 2 * 37  # 36 month ends and the as-of day, two entities
    for row in balances:
        on, entity = row["balance_date"], row["entity"]
        total = NO_MONEY
        for document in documents:
            cancelled = document["cancelled_date"]
            if (
                document["entity"] == entity
                and document["invoice_date"] <= on
                and not (cancelled and cancelled <= on)
            ):
                total += Decimal(document["amount"])
        for payment in payments:
            if payment["entity"] == entity and payment["payment_date"] <= on:
                total -= Decimal(payment["amount"])
        assert Decimal(row["balance"]) == total, (on, entity)


def test_a_payment_belongs_to_the_entity_of_its_invoice_and_one_payment_to_one_customer(usual: Path) -> None:
    entity = {row["invoice_id"]: row["entity"] for row in rows_of(usual, "invoices")}
    payers, sizes = defaultdict(set), defaultdict(int)
    for row in rows_of(usual, "payments"):
        assert row["entity"] == entity.get(row["invoice_id"], row["entity"])
        payers[row["payment_id"]].add((row["customer_id"], row["entity"], row["payment_date"]))
        sizes[row["payment_id"]] += 1
    assert {len(payer) for payer in payers.values()} == {1}
    assert max(sizes.values()) > 2  # pay runs


def test_instalments_sum_to_their_invoice_and_end_on_its_due_date(usual: Path) -> None:
    invoices = {row["invoice_id"]: row for row in rows_of(usual, "invoices")}
    schedules = defaultdict(list)
    for row in rows_of(usual, "instalments"):
        schedules[row["invoice_id"]].append((row["due_date"], Decimal(row["amount"])))
    assert 0.003 <= len(schedules) / USUAL <= 0.007
    for invoice, parts in schedules.items():
        assert sum(amount for _, amount in parts) == Decimal(invoices[invoice]["amount"])
        assert max(due for due, _ in parts) == invoices[invoice]["due_date"]
        assert all(amount > 0 for _, amount in parts)
        assert len(parts) in {3, 4}


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
    assert {row["kind"] for row in payments} == {"payment", "credit", "write_off", "reversal"}
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


def test_one_customer_slides_and_one_recovers(usual: Path) -> None:
    facts = demo_facts(invoices=USUAL, seed=1, as_of=AS_OF)
    slide = days_late(usual, facts.sliding, 56, 0) - days_late(usual, facts.sliding, 400, 70)
    assert 8 <= slide <= 18
    assert days_late(usual, facts.recovering, 500, 140) > 20
    assert days_late(usual, facts.recovering, 90, 0) < 0


def test_a_failed_customer_pays_nothing_more_and_is_written_off_in_the_end(usual: Path) -> None:
    failed = demo_facts(as_of=AS_OF).failed
    assert len(failed) == 4
    written_off = {}
    for customer in failed:
        lines = [row for row in rows_of(usual, "payments") if row["customer_id"] == customer]
        lost = {day(row["payment_date"]) for row in lines if row["kind"] == "write_off"}
        if lost:
            paid = max(day(row["payment_date"]) for row in lines if row["kind"] == "payment")
            written_off[customer] = (min(lost) - paid).days
    assert len(written_off) == 3  # the last failure is too recent
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
    assert NO_MONEY < min(balance.values()) < max(balance.values()) / 10


def test_planned_cash_goes_out_soon_and_the_plan_covers_thirteen_weeks_of_billing(usual: Path) -> None:
    planned = rows_of(usual, "planned_cash")
    assert {row["category"] for row in planned} == {"payroll", "tax", "vat", "rent", "loan", "suppliers"}
    for row in planned:
        assert Decimal(row["amount"]) < 0
        if row["category"] == "suppliers":  # beyond what is booked by then
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
