"""Which of the amounts that are open make up a sum, and whether others do so as well."""

from collections import Counter
from collections.abc import Mapping, Sequence

MOST_FOR_PAIRS = 2_000
MOST_FOR_RIVALS = 250
"""With more amounts than these some of them make up any sum by chance."""
MOST_FOR_SUBSETS = 14
_RIVALS = 3  # the empty set, and two that differ


def only_pair(amounts: Mapping[int, int], total: int) -> tuple[int, int] | None:
    """Return the only two amounts that make the total, if no other two and no three do.

    Args:
        amounts: amount -> how many documents have it, all above 0.
        total: above 0.
    """
    if len(amounts) > MOST_FOR_RIVALS:
        return None
    pairs = pairs_of(amounts, total)
    return pairs[0] if len(pairs) == 1 and not has_triple(amounts, total) else None


def pairs_of(amounts: Mapping[int, int], total: int) -> list[tuple[int, int]]:
    """Return the pairs of amounts that make the total, the smaller amount first."""
    if len(amounts) > MOST_FOR_PAIRS:
        return []
    return [
        (amount, total - amount)
        for amount in sorted(amounts)
        if 2 * amount <= total and amounts.get(total - amount, 0) > (1 if 2 * amount == total else 0)
    ]


def has_pair_or_triple(amounts: Mapping[int, int], total: int) -> bool:
    """Tell whether two or three of the amounts make the total; of too many nobody looks."""
    if len(amounts) > MOST_FOR_RIVALS:
        return False
    return bool(pairs_of(amounts, total)) or has_triple(amounts, total)


def has_triple(amounts: Mapping[int, int], total: int) -> bool:
    """Tell whether three of the amounts make the total."""
    ordered = sorted(amounts)
    for place, first in enumerate(ordered):
        if 3 * first > total:
            return False
        for second in ordered[place:]:
            third = total - first - second
            if third < second:
                break
            if third in amounts:
                need = Counter((first, second, third))
                if all(amounts[amount] >= count for amount, count in need.items()):
                    return True
    return False


def only_subset(amounts: Sequence[int], total: int) -> tuple[int, ...] | None:
    """Return the places of the only amounts that make the total; null if none do, or several sets do."""
    if len(amounts) > MOST_FOR_SUBSETS:
        return None
    sets: dict[int, list[tuple[int, ...]]] = {0: [()]}
    for place, amount in enumerate(amounts):
        grown = {made: list(ways) for made, ways in sets.items()}
        for made, ways in sets.items():
            there = grown.setdefault(made + amount, [])
            there += [(*way, place) for way in ways]
            del there[_RIVALS:]
        sets = grown
    ways = [way for way in sets.get(total, []) if way]
    return ways[0] if len(ways) == 1 else None
