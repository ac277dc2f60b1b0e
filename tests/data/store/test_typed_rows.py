"""Rows typed over by two people: nobody's change is lost."""

from datetime import date

import polars as pl
import pytest

from data.errors import ChangedMeanwhileError
from data.store import typed_rows

MONDAY = date(2026, 11, 23)


def line(identity: str, label: str) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "line_id": [identity],
            "label": [label],
            "category": ["rent"],
            "amount": ["-500.00"],
            "first_date": [MONDAY],
            "repeat": ["monthly"],
            "until": [None],
        },
        schema_overrides={"until": pl.Date},
    )


def plan(segment: str | None, amount: str | None) -> pl.DataFrame:
    return pl.DataFrame(
        {"week_start": [MONDAY], "segment": [segment], "amount": [amount]},
        schema={"week_start": pl.Date, "segment": pl.String, "amount": pl.String},
    )


@pytest.fixture
def seen(desk):
    desk.load(customers=[("C1", "Customer", "retail", "NL", 30, None)])
    typed_rows.add(desk.store, {"planned_cash": line("L1", "Rent"), "billing_plan": plan(None, "900.00")})
    return desk.moment()


def test_a_row_somebody_else_changed_since_is_not_written_over_and_nothing_else_is_written(desk, seen):
    typed_rows.add(desk.store, {"planned_cash": line("L1", "Rent, raised")}, seen=seen)
    before = desk.moment()
    with pytest.raises(ChangedMeanwhileError) as raised:
        typed_rows.add(
            desk.store,
            {"planned_cash": line("L1", "Mine"), "billing_plan": plan("retail", "1.00")},
            seen=seen,
        )
    assert raised.value.keys == {"planned_cash": [("L1",)]}
    assert desk.moment() == before
    assert [row["label"] for row in desk.ask("planned_lines")] == ["Rent, raised"]


def test_another_row_that_changed_since_is_in_nobodys_way(desk, seen):
    typed_rows.add(
        desk.store, {"planned_cash": line("L2", "Loan"), "billing_plan": plan("retail", "5.00")}, seen=seen
    )
    typed_rows.add(
        desk.store, {"planned_cash": line("L1", "Mine"), "billing_plan": plan(None, "8.00")}, seen=seen
    )
    assert {row["line_id"]: row["label"] for row in desk.ask("planned_lines")} == {"L1": "Mine", "L2": "Loan"}


def test_a_row_taken_out_or_of_no_segment_counts_as_changed(desk, seen):
    typed_rows.add(desk.store, {"billing_plan": plan(None, None)}, seen=seen)
    with pytest.raises(ChangedMeanwhileError) as raised:
        typed_rows.add(desk.store, {"billing_plan": plan(None, "7.00")}, seen=seen)
    assert raised.value.keys == {"billing_plan": [(MONDAY, None)]}


def test_a_row_put_back_as_it_was_counts_as_changed_all_the_same(desk, seen):
    typed_rows.add(desk.store, {"planned_cash": line("L1", "Other")})
    typed_rows.add(desk.store, {"planned_cash": line("L1", "Rent")})
    with pytest.raises(ChangedMeanwhileError):
        typed_rows.add(desk.store, {"planned_cash": line("L1", "Mine")}, seen=seen)
