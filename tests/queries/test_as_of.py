"""Every answer as of a day is that of a store that holds nothing dated after it."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries import Query, catalogue
from reports.packs.plain_text import json_records
from tests.books import Desk
from tests.bounce_ledger import START, drawn_ledger, known_by, with_bounced_payment
from tests.currency_ledger import currencies_known_by, currency_ledger
from tests.properties import asks_many_queries

# These answer about the loads themselves, or about days after the as-of day.
OF_THE_STORE = {
    "setting_dates",
    "sources",
    "batches",
    "rejects",
    "reporting_currencies",
    "as_of_range",
    "filter_values",
    "first_steps",
    "cash_sources",
    "bank_loads",
}
# What the default run asks: each reads what came back in its own way.
FEW = ("claims", "customers", "fallen_due", "kpi", "payment_terms", "payments", "promises", "worklist_items")
# From the day of a bounce these tell of a customer as if neither it nor its payment had been.
HABITS = (
    "ageing", "ageing_groups", "claims", "dso_balance", "fallen_due", "invoice_quality", "kpi",
    "kpi_customers", "open_items", "payment_behaviour", "payment_practices", "payment_terms",
    "payment_terms_late", "payments", "promises", "recovery_curve", "timing_documents", "worklist_items",
)  # fmt: skip

days = st.integers(40, 360).map(lambda number: START + timedelta(days=number))


def answers(ledger: dict[str, list[dict]], day: date, names: tuple[str, ...] | None = None) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(Path(home))
        desk.load(**ledger)
        found = {
            name: _answer(desk, query, day)
            for name, query in catalogue().items()
            if (name in names if names else name not in OF_THE_STORE)
        }
        desk.close()
        return found


def _answer(desk: Desk, query: Query, day: date) -> str:
    values = {
        "as_of": day, "customer": "C1", "since": day - timedelta(days=30), "account": "A", "entry": "E1",
    }  # fmt: skip
    needed = {one.name for one in query.parameters if one.default is None}
    rows = desk.books().ask(query.name, **{name: value for name, value in values.items() if name in needed})
    if query.name == "findings":
        rows = rows.filter(~rows["finding"].str.starts_with("future_"))
    return json_records(rows)


@pytest.mark.slow
@asks_many_queries
@given(st.integers(0, 10**6), days)
def test_a_habit_as_of_a_day_is_that_of_a_store_with_nothing_after_it(seed: int, day: date) -> None:
    ledger = drawn_ledger(seed)
    whole, cut = answers(ledger, day, FEW), answers(known_by(ledger, day), day, FEW)
    assert [name for name in whole if whole[name] != cut[name]] == []


@pytest.mark.slow
@asks_many_queries
@given(st.integers(0, 10**6), days)
def test_every_answer_as_of_a_day_is_that_of_a_store_with_nothing_after_it(seed: int, day: date) -> None:
    ledger = drawn_ledger(seed)
    whole, cut = answers(ledger, day), answers(known_by(ledger, day), day)
    assert [name for name in whole if whole[name] != cut[name]] == []


@pytest.mark.slow
@asks_many_queries
@given(st.integers(0, 10**6), days)
def test_money_in_several_currencies_as_of_a_day_is_that_of_a_store_with_nothing_after_it(
    seed: int, day: date
) -> None:
    ledger = currency_ledger(seed)
    names = (
        *HABITS,
        "bounces",
        "customers",
        "customer_ledger",
        "statement_of_account",
        "findings",
        "tie_out",
    )
    whole, cut = answers(ledger, day, names), answers(currencies_known_by(ledger, day), day, names)
    assert [name for name in whole if whole[name] != cut[name]] == []


@pytest.mark.slow
@asks_many_queries
@given(st.integers(0, 10**6), days)
def test_every_answer_in_several_currencies_is_that_of_a_store_with_nothing_after_it(
    seed: int, day: date
) -> None:
    ledger = currency_ledger(seed)
    whole, cut = answers(ledger, day), answers(currencies_known_by(ledger, day), day)
    assert [name for name in whole if whole[name] != cut[name]] == []


@pytest.mark.slow
@asks_many_queries
@given(st.integers(0, 10**6))
def test_from_the_day_of_a_bounce_it_is_as_if_the_payment_had_never_been(seed: int) -> None:
    names = tuple(name for name in FEW if name in HABITS)
    assert changed_by_bounce(seed, names) == []


@pytest.mark.slow
@asks_many_queries
@given(st.integers(0, 10**6))
def test_from_the_day_of_a_bounce_no_habit_knows_of_the_payment(seed: int) -> None:
    assert changed_by_bounce(seed, HABITS) == []


def changed_by_bounce(seed: int, names: tuple[str, ...]) -> list[str]:
    """Return which answers a payment and its bounce change, from the day of the bounce on."""
    ledger = drawn_ledger(seed)
    more, day = with_bounced_payment(ledger, seed)
    plain, bounced = answers(ledger, day, names), answers(more, day, names)
    return [name for name in plain if plain[name] != bounced[name]]
