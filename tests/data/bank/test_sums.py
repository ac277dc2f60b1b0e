"""Sums by chance: one pair and no rival."""

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from data.bank.sums import has_triple, only_pair, only_subset, pairs_of


def test_one_pair_is_the_pair() -> None:
    assert only_pair({100: 1, 250: 1, 700: 1}, 350) == (100, 250)


def test_two_pairs_are_none() -> None:
    assert only_pair({100: 1, 250: 1, 150: 1, 200: 1}, 350) is None


def test_a_rival_of_three_makes_a_pair_uncertain() -> None:
    assert only_pair({100: 1, 250: 1, 50: 1, 300: 0}, 350) == (100, 250)
    assert only_pair({100: 1, 250: 1, 50: 1, 200: 1}, 350) is None  # 100 + 50 + 200


def test_an_amount_pairs_with_itself_only_if_two_have_it() -> None:
    assert pairs_of({100: 1}, 200) == []
    assert pairs_of({100: 2}, 200) == [(100, 100)]


@given(st.lists(st.integers(1, 30), max_size=9), st.integers(2, 60))
def test_pairs_and_triples_are_those_of_a_plain_count(amounts: list[int], total: int) -> None:
    counts = Counter(amounts)
    pairs = {tuple(sorted(two)) for two in combinations(amounts, 2) if sum(two) == total}
    assert set(pairs_of(counts, total)) == pairs
    assert has_triple(counts, total) == any(sum(three) == total for three in combinations(amounts, 3))


@given(st.lists(st.integers(1, 30), max_size=8), st.integers(1, 90))
def test_the_only_subset_is_that_of_a_plain_count(amounts: list[int], total: int) -> None:
    ways = [
        chosen
        for size in range(1, len(amounts) + 1)
        for chosen in combinations(range(len(amounts)), size)
        if sum(amounts[place] for place in chosen) == total
    ]
    assert only_subset(amounts, total) == (ways[0] if len(ways) == 1 else None)
