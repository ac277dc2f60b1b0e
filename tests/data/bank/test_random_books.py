"""Cash application on drawn books, of which the truth is known: what must hold whatever is drawn."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.bank.application import apply_cash
from data.bank.books import BankBooks
from tests.data.bank.money_right import measure
from tests.data.bank.random_books import draw
from tests.exhaustive import how_many
from tests.properties import makes_stores

SEEDS = st.integers(0, 1_000_000)


def applied(rows: pl.DataFrame) -> set[tuple[object, ...]]:
    """What was applied by itself, without its words."""
    kept = rows.filter(pl.col("status") == "applied")
    return set(kept.select("entry_id", "invoice_id", "kind", "applied_amount", "applied_date").rows())


def up_to(drawn: BankBooks, day: date) -> BankBooks:
    """The books as they were at the end of a day."""
    return replace(
        drawn,
        entries=drawn.entries.filter(pl.col("entry_date") <= day),
        documents=drawn.documents.filter(pl.col("invoice_date") <= day),
    )


@makes_stores  # books as large as those of a store
@given(seed=SEEDS)
def test_no_entry_and_no_invoice_takes_more_than_there_is(seed: int) -> None:
    drawn = draw(seed, customers=12, invoices=80)
    answer = apply_cash(drawn.books())
    sums = answer.rows.group_by("entry_id").agg(pl.col("applied_amount").sum(), pl.col("amount").first())
    assert sums.filter(pl.col("applied_amount") != pl.col("amount")).is_empty()
    assert answer.rows.filter(
        (pl.col("applied_amount") * pl.col("amount") < 0) & (pl.col("status") != "rejected")
    ).is_empty()

    documents = {row["document_id"]: row for row in drawn.documents}
    left = {number: Decimal(row["amount"]) for number, row in documents.items()}
    standing = answer.rows.filter(pl.col("status") == "applied", pl.col("invoice_id").is_not_null())
    for number, money, entry_date, day in standing.select(
        "invoice_id", "applied_amount", "entry_date", "applied_date"
    ).rows():
        assert day >= max(entry_date, documents[number]["invoice_date"])
        left[number] -= money
    beside = answer.settlements.filter(pl.col("status") == "applied")
    for number, money in beside.select("document_id", "amount").rows():
        left[number] -= money
    assert all(
        (money >= 0) if Decimal(documents[n]["amount"]) > 0 else (money <= 0) for n, money in left.items()
    )


@makes_stores  # books as large as those of a store
@given(seed=SEEDS)
def test_the_order_of_the_rows_does_not_matter(seed: int) -> None:
    drawn = draw(seed, customers=12, invoices=80).books()
    mixed = replace(
        drawn,
        **{
            name: getattr(drawn, name).sample(fraction=1, shuffle=True, seed=seed)
            for name in ("entries", "documents", "customers", "accounts")
        },
    )
    assert apply_cash(mixed).rows.equals(apply_cash(drawn).rows)
    assert apply_cash(mixed).settlements.equals(apply_cash(drawn).settlements)


@makes_stores  # books as large as those of a store
@given(seed=SEEDS, share=st.floats(0.2, 0.9))
def test_what_comes_later_changes_nothing_that_was_applied(seed: int, share: float) -> None:
    drawn = draw(seed, customers=12, invoices=80).books()
    days = drawn.entries["entry_date"].sort()
    day = days[int(share * (len(days) - 1))]
    before, after = apply_cash(up_to(drawn, day)).rows, apply_cash(drawn).rows
    assert applied(before) == {row for row in applied(after) if row[4] <= day}


def test_the_money_applied_by_itself_is_right() -> None:
    """Wrong money over a run of books, each with as much that goes wrong as payers can think of."""
    total = right = receipts = 0
    for seed in range(12):
        drawn = draw(seed)
        made, _wrong = measure(drawn, apply_cash(drawn.books()).rows)
        total, right, receipts = total + made.applied, right + made.right, receipts + made.receipts
    assert (total - right) / total <= 0.001
    assert total / receipts >= 0.88


@pytest.mark.slow
def test_the_money_applied_by_itself_is_right_over_many_books() -> None:
    total = right = 0
    for seed in range(1_000, 1_000 + how_many(20, 400)):
        drawn = draw(seed)
        made, _wrong = measure(drawn, apply_cash(drawn.books()).rows)
        total, right = total + made.applied, right + made.right
    assert (total - right) / total <= 0.001


def test_the_measure_sees_what_is_wrong() -> None:
    drawn = draw(3)
    rows = apply_cash(drawn.books()).rows
    numbers = [row["document_id"] for row in drawn.documents]
    moved = rows.with_columns(
        pl.col("invoice_id").replace(dict(zip(numbers, numbers[5:] + numbers[:5], strict=True)))
    )
    assert measure(drawn, moved)[0].wrong > measure(drawn, rows)[0].applied * 0.5
