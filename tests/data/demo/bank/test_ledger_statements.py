"""The demo company's statements: they follow, and hold the money of its payments to the cent."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from data.demo import write_company
from data.demo.bank.ledger_statements import WEEKS
from tests.data.demo.company_files import AS_OF, SMALL, day, rows_of


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    write_company(folder, invoices=SMALL, as_of=AS_OF)
    return folder


def test_opening_and_entries_come_to_the_closing_and_to_the_balance_of_the_day(company: Path) -> None:
    balances = {
        (row["account"], row["balance_date"]): Decimal(row["balance"])
        for row in rows_of(company, "bank_balances")
    }
    entries: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows_of(company, "bank_entries"):
        entries[row["account"], row["entry_date"]] += Decimal(row["amount"])
    closing: dict[str, Decimal] = {}
    statements = rows_of(company, "bank_statements")
    for row in statements:
        account, opening = row["account"], Decimal(row["opening"])
        assert closing.get(account, opening) == opening
        closing[account] = Decimal(row["closing"])
        assert opening + entries[account, row["to_date"]] == closing[account]
        assert opening + Decimal(row["credits"]) - Decimal(row["debits"]) == closing[account]
        assert balances[account, row["to_date"]] == closing[account]
    assert len({row["account"] for row in statements}) == 3
    assert max(row["to_date"] for row in statements) == AS_OF.isoformat()


def test_what_customers_paid_stands_on_the_account_on_its_day(company: Path) -> None:
    since = (AS_OF - timedelta(days=7 * WEEKS)).isoformat()
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(company, "payments"):
        if row["kind"] in ("payment", "reversal") and row["payment_date"] > since:
            paid[row["payment_date"]] += Decimal(row["amount"])
    booked: dict[str, Decimal] = defaultdict(Decimal)
    own = {row["account"] for row in rows_of(company, "bank_statements")}
    suppliers = {row["supplier"] for row in rows_of(company, "bills")}
    costs = {"Belastingdienst", "Kade Vastgoed Beheer BV", "Polderbank NV", ""}
    for row in rows_of(company, "bank_entries"):
        if row["counterparty_account"] not in own and row["counterparty"] not in suppliers | costs:
            booked[row["entry_date"]] += Decimal(row["amount"])
    assert {on: cents for on, cents in booked.items() if cents} == {
        on: cents for on, cents in paid.items() if cents
    }


def test_statements_go_back_a_quarter(company: Path) -> None:
    first = min(day(row["to_date"]) for row in rows_of(company, "bank_statements"))
    assert AS_OF - timedelta(days=7 * WEEKS) < first <= AS_OF - timedelta(days=7 * WEEKS - 4)


@pytest.mark.parametrize("invoices", [1, 3, 40])
def test_a_tiny_company_has_statements_too(invoices: int, tmp_path: Path) -> None:
    write_company(tmp_path, invoices=invoices, as_of=AS_OF)
    assert len(rows_of(tmp_path, "bank_statements")) == 198
