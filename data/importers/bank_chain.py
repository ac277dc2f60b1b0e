"""The order of the rows of a bank, told by the balances before and after each of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True)
class Chain:
    """What the rows of an account say of its balance.

    Attributes:
        opening: before the first row, in cents; None where not every row has a balance.
        closing: after the last one, in cents.
        is_newest_first: the last entry stands on the first row.
    """

    opening: int | None
    closing: int | None
    is_newest_first: bool


def chain_of(days: Sequence[date], moves: Sequence[int], after: Sequence[int | None]) -> Chain:
    """Return where the rows of an account begin and end.

    Rows whose balances chain may stand in any order: the balance that no row leads to is the opening, the one
    that no row begins with is the closing. Where rows are missing in between, their days tell the order.

    Args:
        days: of the rows, in the order of the file; at least one.
        moves: what each of them adds to the balance, in cents.
        after: the balance after each of them, in cents.
    """
    steps = [(then - move, then) for move, then in zip(moves, after, strict=True) if then is not None]
    newest_first = _is_newest_first(days, steps)
    if len(steps) < len(days):
        return Chain(None, None, newest_first)
    starts = Counter(before for before, _then in steps)
    ends = Counter(then for _before, then in steps)
    openings, closings = list((starts - ends).elements()), list((ends - starts).elements())
    if len(openings) == len(closings) == 1:
        return Chain(openings[0], closings[0], newest_first)
    first, last = (steps[-1], steps[0]) if newest_first else (steps[0], steps[-1])
    return Chain(first[0], last[1], newest_first)


def linked(moves: Sequence[int], after: Sequence[int | None]) -> int:
    """Return how many rows follow from the one beside them, in the better of the two orders."""
    steps = [(then - move, then) for move, then in zip(moves, after, strict=True) if then is not None]
    return max(_links(steps), _links(steps[::-1]))


def _links(steps: Sequence[tuple[int, int]]) -> int:
    return sum(then == before for (_before, then), (before, _then) in pairwise(steps))


def _is_newest_first(days: Sequence[date], steps: Sequence[tuple[int, int]]) -> bool:
    if days[0] != days[-1]:
        return days[0] > days[-1]
    return _links(steps[::-1]) > _links(steps)
