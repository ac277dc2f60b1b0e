"""Statements by how much is wrong with them, and accounts that were learned."""

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.bank import statements

pytestmark = pytest.mark.usefixtures("english")


def statement(number, day, difference):
    return {
        "account": "A", "currency": "EUR", "number": number, "from_date": date(2026, 3, day),
        "to_date": date(2026, 3, day), "difference": difference,
        "follows": None if difference is None else difference == 0,
    }  # fmt: skip


def test_the_largest_trouble_comes_first_and_a_gap_counts_as_much_as_a_difference():
    known = pl.DataFrame(
        [statement("1", 1, Decimal(0)), statement("2", 2, Decimal(-5)), statement(None, 3, Decimal(0)),
         statement("4", 4, None)],
        schema_overrides={"difference": pl.Decimal(18, 2)},
    )  # fmt: skip
    gaps = pl.DataFrame(
        {"account": ["A"], "currency": ["EUR"], "number": [None], "from_date": [date(2026, 3, 3)],
         "to_date": [date(2026, 3, 3)], "previous_to_date": [date(2026, 3, 2)], "gap": [Decimal("8.00")]},
        schema_overrides={"number": pl.String, "gap": pl.Decimal(18, 2)},
    )  # fmt: skip
    rows = statements.in_words(statements.with_gaps(known, gaps))
    assert rows["number"].to_list() == [None, "2", "4", "1"]
    assert statements.troubled(rows) == 2
    assert rows["trouble"].to_list() == [
        "+€8.00 missing since 2 Mar 2026", "closing -€5.00 off", "no balances", "",
    ]  # fmt: skip


def decided(entry, day, account, customer, decision="confirmed"):
    return {
        "account": "A", "entry_id": entry, "decision": decision, "customer_id": customer,
        "customer_name": customer, "invoice_id": None, "amount": Decimal(5), "decided_by": "Ann",
        "decided_at": datetime(2026, 3, day, tzinfo=UTC), "entry_date": date(2026, 3, day), "currency": "EUR",
        "counterparty": "X", "counterparty_account": account,
    }  # fmt: skip


def test_an_account_is_learned_once_from_the_newest_entry_and_all_of_them_taught_it():
    decisions = pl.DataFrame([
        decided("E3", 3, "NL1", "C1"), decided("E2", 2, "NL1", "C1"), decided("E1", 1, None, "C1"),
        decided("E4", 1, "NL2", "C2", "rejected"),
    ])  # fmt: skip
    learned = statements.learned_accounts(decisions)
    assert learned["counterparty_account"].to_list() == ["NL1"]
    assert learned["learned_from"].to_list() == ["entry of 3 Mar 2026, by Ann"]
    taught = statements.teaching_entries(decisions, learned.row(0, named=True))
    assert sorted(taught["entry_id"]) == ["E2", "E3"]
