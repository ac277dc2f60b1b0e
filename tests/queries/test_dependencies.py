"""Rows of the journal that a question does not depend on change nothing in its answer."""

import shutil

import pytest

from queries import Books, catalogue
from queries.dependencies import journal_kinds
from tests.books import Desk

AS_OF = "2026-06-30"
SAMPLES = {
    "VARCHAR": "C1",
    "DATE": "2026-01-01",
    "INTEGER": 3,
    "BIGINT": 3,
    "VARCHAR[]": "C1",
    "TIMESTAMP": None,
}
ROWS = {
    "planned_cash": {
        "line_id": "L1",
        "label": "Rent",
        "category": "rent",
        "amount": "-50.00",
        "first_date": "2026-07-05",
        "repeat": "monthly",
    },
    "billing_plan": {"week_start": "2026-07-06", "segment": "", "amount": "500.00"},
    "disputes": {"invoice_id": "I1", "opened_date": "2026-06-01", "reason": "price", "amount": "10.00"},
    "contacts": {
        "customer_id": "C1",
        "contact_date": "2026-06-20",
        "channel": "phone",
        "direction": "out",
        "kind": "call",
    },
    "promises": {
        "invoice_id": "I1",
        "made_date": "2026-06-10",
        "promised_date": "2026-06-20",
        "amount": "100.00",
    },
    "notes": {"customer_id": "C1", "noted_date": "2026-06-11", "text": "Away"},
    "contact_details": {"customer_id": "C1", "field": "phone", "value": "+31 20 123 45 67"},
    "assignments": {"customer_id": "C1", "assigned_to": "Ann"},
    "collection_cases": {
        "case_id": "K1",
        "customer_id": "C1",
        "agency": "Agency",
        "opened_date": "2026-06-12",
        "status": "open",
    },
    "signals": {
        "rule": "shift",
        "customer_id": "C1",
        "raised_date": "2026-06-01",
        "since_date": "2026-06-01",
        "value": "1.5",
        "limit_value": "1.0",
        "invoices": "I1",
    },
    "mutes": {
        "rule": "shift",
        "customer_id": "C1",
        "muted_date": "2026-06-02",
        "until": "2026-08-01",
        "reason": "x",
    },
    "cash_decisions": {
        "account": "NL01BANK",
        "entry_id": "E1",
        "decision": "rejected",
        "customer_id": "",
        "invoice_id": "",
        "amount": "10.00",
    },
    "payment_plans": {
        "invoice_id": "I2",
        "agreed_date": "2026-06-03",
        "due_date": "2026-07-10",
        "amount": "50.00",
    },
    "expected_dates": {
        "invoice_id": "I2",
        "noted_date": "2026-06-04",
        "expected_date": "2026-07-20",
        "reason": "x",
    },
    "scenarios": {
        "name": "later",
        "toml": 'name = "later"\nstart = 2026-07-01\n[[lever]]\nkind = "delay"\ndays = 7\n',
    },
    "saved_views": {"name": "mine", "address": "/ageing"},
    "settings": {"key": "set_off", "value": "none"},
}


def answers(books: Books) -> dict[str, list[dict]]:
    rows = {}
    for name, query in catalogue().items():
        needed = [given for given in query.parameters if given.default is None and given.name != "as_of"]
        values = {given.name: SAMPLES[given.type] for given in needed}
        if any(given.name == "as_of" for given in query.parameters):
            values["as_of"] = AS_OF
        rows[name] = books.ask(name, **values).to_dicts()
    return rows


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("dependencies"))
    desk.load(
        customers=[("C1", "One", "retail", "NL", 30, "100.00"), ("C2", "Two", "food", "NL", 30, None)],
        invoices=[
            ("I1", "C1", "invoice", "2026-04-01", "2026-05-01", "EUR", "400.00"),
            ("I2", "C1", "invoice", "2026-06-01", "2026-07-01", "EUR", "300.00"),
            ("I3", "C2", "invoice", "2026-05-01", "2026-05-31", "USD", "200.00"),
        ],
        payments=[
            ("P1", "C1", "", "2026-06-15", "EUR", "150.00"),
            ("P2", "C1", "I1", "2026-06-16", "EUR", "25.00"),
        ],
        fx_rates=[("2026-01-01", "USD", "1.10")],
    )
    before = answers(desk.books())
    yield desk, before
    desk.close()


def test_every_kind_of_the_journal_has_a_row_here():
    kinds = set().union(*(journal_kinds(name) or () for name in catalogue()))
    # Frozen runs are no rows that somebody types.
    assert kinds - ROWS.keys() == {"forecast_runs", "source_runs"}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ROWS)
def test_rows_of_a_kind_change_no_answer_that_does_not_depend_on_it(base, tmp_path, kind):
    desk, before = base
    shutil.copytree(desk.store, tmp_path / "store")
    own = Desk(tmp_path, shares_loads=False)
    own.load(**{kind: [ROWS[kind]]})
    now = answers(own.books())
    own.close()
    dependent = {name for name in catalogue() if (journal_kinds(name) is None or kind in journal_kinds(name))}
    assert [name for name in now if name not in dependent and now[name] != before[name]] == []
    # The row is one that matters: otherwise this could not fail.
    if dependent - {name for name in catalogue() if journal_kinds(name) is None}:
        assert any(now[name] != before[name] for name in dependent)
