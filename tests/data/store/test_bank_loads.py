"""A load of a bank taken back: the books are as if it had never come; as known before, as they were."""

import json
from datetime import date

import pytest

from data.errors import AlreadySavedError, NoSuchLoadError
from data.store import bank_loads, load
from reports.packs.plain_text import json_records
from tests.books import Desk

pytestmark = pytest.mark.slow

DAY = "2026-03-31"
ASKED = (
    "cash_application", "bank_statements", "bank_position", "open_items", "kpi", "payments", "cash_trend",
)  # fmt: skip


def entry(number, day, amount, text):
    return {
        "entry_id": f"E{number}", "account": "A", "currency": "EUR", "entry_date": date(2026, 3, day),
        "amount": amount, "counterparty": "Jansen", "description": text,
    }  # fmt: skip


def statement(number, day, opening, closing, received):
    return {
        "statement_id": number, "account": "A", "currency": "EUR", "number": number, "from_date": day,
        "to_date": day, "opening": opening, "closing": closing, "entries": 1, "credits": received,
        "debits": "0.00",
    }  # fmt: skip


BOOKS = {
    "customers": [("C1", "Jansen", "retail", "NL", 30, "")],
    "invoices": [
        (f"F2026-10{n}", "C1", "invoice", date(2026, 1, 5), date(2026, 2, 4), "EUR", f"{100 + n}.00")
        for n in range(3)
    ],
}
FIRST = {
    "bank_entries": [entry(1, 2, "100.00", "F2026-100")],
    "bank_statements": [statement("1", "2026-03-02", "50.00", "150.00", "100.00")],
    "bank_balances": [("A", "EUR", "2026-03-02", "150.00")],
}
# Repeats the first entry and the balance of its day, states another closing, and brings an entry of its own.
SECOND = {
    "bank_entries": [*FIRST["bank_entries"], entry(2, 3, "101.00", "F2026-101")],
    "bank_statements": [
        statement("1", "2026-03-02", "50.00", "151.00", "100.00"),
        statement("2", "2026-03-03", "150.00", "251.00", "101.00"),
    ],
    "bank_balances": [("A", "EUR", "2026-03-02", "150.00"), ("A", "EUR", "2026-03-03", "251.00")],
}


def answers(desk, known_on=None):
    return {
        name: json_records(
            desk.books().ask(name, known_on=known_on, **({} if name == "bank_statements" else {"as_of": DAY}))
        )
        for name in ASKED
    }


def rows(said):
    """Answers but for the instant at which a payment came into the books: that of its newest version."""
    return {name: [row | {"decided_at": None} for row in json.loads(text)] for name, text in said.items()}


def numbers(desk):
    return [row["load_number"] for row in reversed(desk.ask("bank_loads"))]


def test_taken_back_it_is_as_if_it_had_not_come_and_taken_in_again_it_is_as_it_was(desk):
    desk.load(**BOOKS)
    desk.load(**FIRST)
    before, then = answers(desk), desk.moment()
    desk.load(**SECOND)
    after, later = answers(desk), desk.moment()
    assert [row["open_amount"] for row in desk.ask("open_items", as_of=DAY)] == [102]
    first, second = numbers(desk)
    bank_loads.set_state(desk.store, second, "taken_back")
    assert rows(answers(desk)) == rows(before)
    assert [str(row["balance"]) for row in desk.ask("bank_position", as_of=DAY)] == ["150.00"]
    assert answers(desk, then) == before
    assert answers(desk, later) == after
    assert [row["is_taken_back"] for row in desk.ask("bank_loads")] == [True, False]
    bank_loads.set_state(desk.store, second, "taken_in")
    assert rows(answers(desk)) == rows(after)
    # What both loads have stands for as long as one of them does.
    bank_loads.set_state(desk.store, first, "taken_back")
    assert rows(answers(desk)) == rows(after)
    bank_loads.set_state(desk.store, second, "taken_back")
    assert desk.ask("bank_statements") == desk.ask("bank_position", as_of=DAY) == []
    assert desk.ask("cash_application", as_of=DAY) == []
    assert len(desk.ask("open_items", as_of=DAY)) == 3
    bank_loads.set_state(desk.store, second, "taken_in")
    assert rows(answers(desk)) == rows(after)


def test_a_second_click_changes_nothing_and_no_other_load_has_that_number(desk):
    desk.load(**BOOKS)
    desk.load(**FIRST)
    [number] = numbers(desk)
    bank_loads.set_state(desk.store, number, "taken_back")
    moment = desk.moment()
    with pytest.raises(AlreadySavedError):
        bank_loads.set_state(desk.store, number, "taken_back")
    with pytest.raises(NoSuchLoadError):
        bank_loads.set_state(desk.store, 99, "taken_back")
    assert desk.moment() == moment


def test_a_store_made_anew_from_its_raw_files_answers_the_same(desk, tmp_path):
    desk.load(**BOOKS)
    desk.load(**FIRST)
    desk.load(**SECOND)
    bank_loads.set_state(desk.store, numbers(desk)[1], "taken_back")
    bank_loads.set_state(desk.store, numbers(desk)[1], "taken_in")
    bank_loads.set_state(desk.store, numbers(desk)[0], "taken_back")
    said = answers(desk)
    load.load(tmp_path / "anew", [desk.store / "raw"])
    anew = Desk(tmp_path / "other")
    anew.store = tmp_path / "anew"
    assert answers(anew) == said
    anew.close()


def test_what_was_loaded_is_listed_with_what_came_with_it(desk):
    desk.load(**BOOKS)
    desk.load(**FIRST)
    desk.load(**SECOND)
    names = ("accounts", "from_date", "to_date", "statements", "entries", "repeated")
    assert [tuple(row[name] for name in names) for row in desk.ask("bank_loads")] == [
        ("A", date(2026, 3, 2), date(2026, 3, 3), 2, 1, 2),
        ("A", date(2026, 3, 2), date(2026, 3, 2), 1, 1, 0),
    ]  # fmt: skip
