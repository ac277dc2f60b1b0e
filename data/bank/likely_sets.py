"""The only set of open amounts that makes a sum, where it is no chance that it does."""

from collections.abc import Sequence

from data.bank import sums
from data.bank.books import Cents

_BY_CHANCE = 0.002
"""So many sets that make a sum by chance are too many: the amounts are too few, too small or too round."""
_GRAINS = (10_000, 5_000, 2_500, 1_000, 500, 250, 100, 50, 25, 10, 5)
_MOST_IN_RUNS = 400


def likely_set(amounts: Sequence[Cents], total: Cents) -> tuple[int, ...] | None:
    """Return the places of the amounts that make a total: a run of them, else the only set of any kind.

    Payers pay what is due by a day, but for what they dispute, so that of amounts in the order of their days
    a run is likely, with one or two left out; any other set is only if hardly any other sum is as near.

    Args:
        amounts: above 0, the oldest first.
        total: above 0.
    """
    amounts = [amount for amount in amounts if amount]
    spread = sum(amounts) // _grain(amounts, total) if amounts else 0
    if spread <= 0 or total > sum(amounts):
        return None
    if _is_rare(len(amounts) * (len(amounts) + 1) // 2, spread) and len(amounts) <= _MOST_IN_RUNS:
        runs = _runs(amounts, total)
        if runs:
            return runs[0] if len(runs) == 1 else None
        for left_out in (1, 2):
            if not _is_rare(len(amounts) ** (2 + left_out) // (2 * left_out), spread):
                break
            runs = _runs_but(amounts, total, left_out)
            if runs:
                return runs[0] if len(runs) == 1 else None
    return sums.only_subset(amounts, total) if _is_rare(2 ** min(len(amounts), 60), spread) else None


def _is_rare(sets: int, spread: int) -> bool:
    """Tell whether so many sets, whose sums are spread over so many amounts, hardly make one by chance."""
    return sets <= _BY_CHANCE * spread


def _grain(amounts: Sequence[Cents], total: Cents) -> Cents:
    """Return how round amounts are: what the total and most of them are a multiple of."""
    return next(
        (
            grain
            for grain in _GRAINS
            if total % grain == 0 and 2 * sum(amount % grain == 0 for amount in amounts) >= len(amounts)
        ),
        1,
    )


def _runs(amounts: Sequence[Cents], total: Cents) -> list[tuple[int, ...]]:
    runs: list[tuple[int, ...]] = []
    first = made = 0
    for place, amount in enumerate(amounts):
        made += amount
        while made > total:
            made -= amounts[first]
            first += 1
        if made == total:
            runs.append(tuple(range(first, place + 1)))
    return runs


def _runs_but(amounts: Sequence[Cents], total: Cents, left_out: int) -> list[tuple[int, ...]]:
    """Return runs that make a total but for one or two amounts between their ends; two runs at most."""
    made: list[tuple[int, ...]] = []
    for first in range(len(amounts)):
        due = amounts[first]
        between: dict[Cents, list[int]] = {}
        for last in range(first + 1, len(amounts)):
            due += amounts[last]
            gap = due - total
            if gap > 0:
                outs = [(place,) for place in between.get(gap, ())] if left_out == 1 else _pairs(between, gap)
                made += [tuple(place for place in range(first, last + 1) if place not in out) for out in outs]
                if len(made) > 1:
                    return made
            between.setdefault(amounts[last], []).append(last)
    return made


def _pairs(between: dict[Cents, list[int]], gap: Cents) -> list[tuple[int, ...]]:
    return [
        (place, other)
        for amount, places in between.items()
        for place in places
        for other in between.get(gap - amount, ())
        if place < other
    ]
