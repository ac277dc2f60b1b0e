"""Statements and the entries on them: each once, and whether they follow."""

from datetime import date
from decimal import Decimal

import pytest

# Stores of their own.
pytestmark = pytest.mark.slow

D = Decimal
MARCH = [date(2026, 3, day) for day in range(1, 32)]


def statement(name, last, opening, closing, *booked):
    entries, came_in, went_out = booked
    return {
        "statement_id": name, "account": "NL01 BANK", "currency": "EUR", "number": name.split("/")[0],
        "from_date": last, "to_date": last, "opening": opening, "closing": closing, "entries": entries,
        "credits": came_in, "debits": went_out,
    }  # fmt: skip


def entry(name, day, amount, **others):
    row = {"entry_id": name, "account": "NL01 BANK", "currency": "EUR", "entry_date": day, "amount": amount}
    optional = ("counterparty", "description", "bank_reference", "batch_entry", "batch_amount", "form")
    return row | {column: others.get(column, "") for column in optional}


def booked(desk):
    rows = desk.rows("select entry_id, amount from booked_entry_at(null) order by entry_id")
    return {name: str(amount) for name, amount in rows}


def test_a_statement_follows_if_opening_and_entries_come_to_the_closing(desk):
    desk.load(
        bank_statements=[
            statement("1/a", MARCH[1], "100.00", "130.00", 3, "50.00", "20.00"),
            statement("2/a", MARCH[2], "130.00", "99.99", 1, "0.00", "30.00"),
            statement("4/a", MARCH[4], "200.00", "200.00", 0, "0.00", "0.00"),
            statement("5/a", MARCH[5], "", "210.00", 1, "10.00", "0.00"),
        ]
    )
    rows = desk.ask("bank_statements")
    assert [(row["number"], row["follows"], row["difference"]) for row in rows] == [
        ("1", True, D("0.00")), ("2", False, D("-0.01")), ("4", True, D("0.00")), ("5", None, None),
    ]  # fmt: skip
    assert rows[0] | {} == {
        "account": "NL01 BANK", "currency": "EUR", "number": "1", "from_date": MARCH[1], "to_date": MARCH[1],
        "opening": D("100.00"), "closing": D("130.00"), "entries": 3, "credits": D("50.00"),
        "debits": D("20.00"), "follows": True, "difference": D("0.00"),
    }  # fmt: skip
    found = {row["finding"]: row for row in desk.ask("findings", as_of=MARCH[30])}
    assert (found["statement_not_following"]["count"], found["statement_not_following"]["amount"]) == (
        1,
        D("0.01"),
    )
    # Statement 3 is missing: from 99.99 to 200.00.
    assert (found["statements_apart"]["count"], found["statements_apart"]["amount"]) == (1, D("100.01"))
    assert "statements_apart" not in {row["finding"] for row in desk.ask("findings", as_of=MARCH[3])}


def over_days(number, first, last, opening, closing):
    change = D(closing) - D(opening)
    moved = (str(max(change, D(0))), str(max(-change, D(0))))
    return statement(f"{number}/{last}", last, opening, closing, 1, *moved) | {"from_date": first}


@pytest.mark.parametrize(
    ("rows", "gaps"),
    [
        # A list of 3 and 4 March beside statements of those days, which open on the day before.
        (
            [
                ("1", 2, 3, "100.00", "150.00"),
                ("2", 3, 4, "150.00", "162.00"),
                ("", 3, 4, "100.00", "162.00"),
            ],
            [],
        ),
        # The list begins on the last day of the only statement, with the balance of the day before.
        ([("1", 2, 3, "100.00", "150.00"), ("", 3, 4, "100.00", "162.00")], []),
        # It begins there with another balance: something is missing.
        ([("1", 2, 3, "100.00", "150.00"), ("", 3, 4, "101.00", "163.00")], [(3, 4, "-49.00")]),
        # A list of the whole month tells of the statement that is missing between two others.
        (
            [
                ("1", 2, 3, "100.00", "150.00"),
                ("3", 5, 6, "155.00", "170.00"),
                ("", 1, 20, "90.00", "200.00"),
            ],
            [],
        ),
        ([("1", 2, 3, "100.00", "150.00"), ("3", 5, 6, "155.00", "170.00")], [(5, 6, "5.00")]),
        # Of two lists that begin on one day the longer is the one that follows nothing.
        (
            [("1", 2, 3, "100.00", "150.00"), ("", 5, 9, "155.00", "170.00"), ("", 5, 7, "155.00", "160.00")],
            [(5, 9, "5.00")],
        ),
        # A statement within the days of a list hides no gap before the list.
        (
            [
                ("1", 2, 3, "100.00", "150.00"),
                ("", 5, 9, "155.00", "170.00"),
                ("7", 6, 7, "158.00", "160.00"),
            ],
            [(5, 9, "5.00")],
        ),
        # Statements of one day follow in the order of their numbers.
        (
            [
                ("8", 2, 2, "90.00", "100.00"),
                ("9", 3, 3, "100.00", "110.00"),
                ("10", 3, 3, "110.00", "130.00"),
            ],
            [],
        ),
        ([("9", 3, 3, "100.00", "110.00"), ("10", 3, 3, "120.00", "130.00")], [(3, 3, "10.00")]),
    ],
)
def test_only_statements_that_follow_each_other_lie_apart(desk, rows, gaps):
    days = {day: date(2026, 3, day) for _number, *days, _opening, _closing in rows for day in days}
    desk.load(
        bank_statements=[over_days(each[0], days[each[1]], days[each[2]], *each[3:]) for each in rows],
        bank_entries=[entry("e", date(2026, 3, 3), "50.00", form="mt940")],
    )
    answer = [
        (row["from_date"].day, row["to_date"].day, str(row["gap"]))
        for row in desk.ask("statement_gaps", as_of=MARCH[30])
    ]
    assert answer == gaps
    found = {row["finding"]: row["count"] for row in desk.ask("findings", as_of=MARCH[30])}
    assert found.get("statements_apart", 0) == len(gaps)


def test_differences_of_opposite_sign_add_up_by_their_size(desk):
    desk.load(
        bank_statements=[
            statement("1/a", MARCH[1], "100.00", "140.00", 0, "0.00", "0.00"),
            statement("2/a", MARCH[2], "140.00", "100.00", 0, "0.00", "0.00"),
            statement("3/a", MARCH[3], "107.00", "107.00", 0, "0.00", "0.00"),
            statement("4/a", MARCH[4], "100.00", "100.00", 0, "0.00", "0.00"),
        ]
    )
    found = {row["finding"]: (row["count"], row["amount"]) for row in desk.ask("findings", as_of=MARCH[30])}
    assert found == {"statement_not_following": (2, D("80.00")), "statements_apart": (2, D("14.00"))}


def test_a_statement_that_lacks_one_balance_is_named(desk):
    desk.load(
        bank_statements=[
            statement("1/a", MARCH[1], "100.00", "", 0, "0.00", "0.00"),
            statement("2/a", MARCH[2], "", "100.00", 0, "0.00", "0.00"),
            statement("3/a", MARCH[3], "", "", 0, "0.00", "0.00"),
        ]
    )
    [row] = desk.ask("findings", as_of=MARCH[30])
    assert (row["finding"], row["count"], row["amount"]) == ("statement_without_balance", 2, None)


def test_a_statement_that_came_twice_is_one_row(desk):
    facts = (MARCH[1], "100.00", "130.00", 1, "30.00", "0.00")
    desk.load(bank_statements=[statement("1/of camt", *facts)])
    desk.load(bank_statements=[statement("00001/of mt940", *facts)])
    assert [row["number"] for row in desk.ask("bank_statements")] == ["00001"]


def test_the_same_day_in_two_forms_counts_once_in_any_order(desk):
    desk.load(
        bank_entries=[
            entry("c1", MARCH[1], "10.00", form="camt"),
            entry("c2", MARCH[1], "10.00", form="camt"),
            entry("c3", MARCH[1], "7.00", form="camt"),
            entry("c4", MARCH[2], "10.00", form="camt"),
        ]
    )
    desk.load(
        bank_entries=[
            entry("m1", MARCH[1], "10.00", form="mt940"),
            entry("m2", MARCH[1], "10.00", form="mt940"),
            entry("m3", MARCH[1], "7.00", form="mt940"),
            entry("m4", MARCH[2], "10.00", form="mt940"),
            entry("m5", MARCH[2], "10.00", form="mt940"),
            entry("m6", MARCH[3], "1.00", form="mt940"),
        ]
    )
    # Of the third the older form has one more of 10.00: its rows count.
    assert booked(desk) == {
        "c1": "10.00", "c2": "10.00", "c3": "7.00", "m4": "10.00", "m5": "10.00", "m6": "1.00",
    }  # fmt: skip


def test_a_batch_told_as_one_line_and_in_its_parts_counts_once(desk):
    parts = [
        entry(f"c{part}", MARCH[1], "100.00", batch_entry="line", batch_amount="300.00", form="camt")
        for part in (1, 2, 3)
    ]
    desk.load(bank_entries=[*parts, entry("m1", MARCH[1], "300.00", form="mt940")])
    assert booked(desk) == {"c1": "100.00", "c2": "100.00", "c3": "100.00"}


def test_the_reference_of_the_bank_tells_an_entry_that_came_again_in_other_words(desk):
    old = entry("a", MARCH[1], "10.00", description="short", bank_reference="R1", form="camt")
    desk.load(bank_entries=[old, entry("x", MARCH[1], "5.00", bank_reference="NONE", form="camt"),
                            entry("y", MARCH[1], "5.00", bank_reference="NONE", form="camt")])  # fmt: skip
    desk.load(bank_entries=[old | {"entry_id": "b", "description": "at length"}])
    # What two entries of one file share is no reference.
    assert booked(desk) == {"b": "10.00", "x": "5.00", "y": "5.00"}
