"""The demo company: the same for the same numbers, whole, native and tied out to the cent."""

import hashlib
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import holidays
import pytest

from data.demo import write_company
from data.grains import BY_NAME, Column, Grain
from tests.data.demo.company_files import (
    AS_OF,
    ENTITIES,
    LEFT_OUT,
    NO_MONEY,
    SMALL,
    USUAL,
    Row,
    day,
    rows_of,
)


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_company(
    small: Path, tmp_path: Path
) -> None:
    write_company(tmp_path / "again", invoices=SMALL, seed=1, as_of=AS_OF)
    write_company(tmp_path / "other", invoices=SMALL, seed=2, as_of=AS_OF)
    first, again, other = hashes(small), hashes(tmp_path / "again"), hashes(tmp_path / "other")
    assert first == again
    # The scenarios name no amount: of another company they differ in the largest customer only.
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
        "choice": lambda: cell.partition("@")[0] in column.choices,
        "currency": lambda: cell == "EUR",
    }
    return tests.get(column.type, lambda: cell == cell.strip())()


def assert_unique(grain: Grain, rows: list[Row]) -> None:
    """Contacts have no number of their own: theirs is made from all their columns."""
    keys = [
        tuple(row.values()) if "contact_id" in grain.key else tuple(row.get(part) for part in grain.key)
        for row in rows
    ]
    assert len(set(keys)) == len(keys), grain.name


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
        assert_unique(grain, rows)
    documents = rows_of(tmp_path, "invoices")
    assert sum(row["invoice_type"] == "invoice" for row in documents) == invoices


def test_twenty_thousand_rows_have_unique_keys_and_names(usual: Path) -> None:
    for name, grain in BY_NAME.items():
        if name not in LEFT_OUT:
            assert_unique(grain, rows_of(usual, name))
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
