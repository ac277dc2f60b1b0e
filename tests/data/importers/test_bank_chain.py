"""Opening and closing of an account, from the balances beside its rows, whatever their order."""

from datetime import date
from itertools import permutations

from data.importers.bank_chain import Chain, chain_of

ONE, TWO, THREE = (date(2026, 3, day) for day in (1, 2, 3))
# From 100: +50, -30, +5 come to 125.
ROWS = [(ONE, 50, 150), (TWO, -30, 120), (THREE, 5, 125)]


def chain(*rows):
    days, moves, after = zip(*rows, strict=True)
    return chain_of(days, moves, after)


def test_rows_that_chain_begin_and_end_the_same_in_every_order():
    found = {(each.opening, each.closing) for order in permutations(ROWS) for each in [chain(*order)]}
    assert found == {(100, 125)}


def test_rows_stand_newest_first_if_the_first_day_is_later_or_the_balances_run_backwards():
    assert not chain(*ROWS).is_newest_first
    assert chain(*ROWS[::-1]).is_newest_first
    one_day = [(ONE, move, after) for _day, move, after in ROWS]
    assert not chain(*one_day).is_newest_first
    assert chain(*one_day[::-1]).is_newest_first


def test_a_balance_that_comes_back_to_where_it_was_begins_on_the_first_day():
    assert chain((ONE, 50, 150), (TWO, -50, 100)) == Chain(100, 100, is_newest_first=False)
    assert chain((TWO, -50, 100), (ONE, 50, 150)) == Chain(100, 100, is_newest_first=True)


def test_where_rows_are_missing_the_first_and_the_last_day_count():
    # 150 to 200 is missing.
    assert chain((ONE, 50, 150), (THREE, 5, 205)) == Chain(100, 205, is_newest_first=False)
    assert chain((THREE, 5, 205), (ONE, 50, 150)) == Chain(100, 205, is_newest_first=True)


def test_without_a_balance_in_every_row_there_is_no_opening():
    assert chain((ONE, 50, 150), (TWO, -30, None)) == Chain(None, None, is_newest_first=False)
