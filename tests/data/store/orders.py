"""Files in every order at once: documents that share nothing take the same files, each in its own order."""

from itertools import permutations

Order = tuple[int, ...]
# In each of these every order of so many files is found, from left to right with gaps.
_SEQUENCES = {3: (0, 1, 2, 0, 1, 0, 2), 4: (0, 1, 2, 3, 0, 1, 2, 0, 3, 1, 0, 2)}


def orders(count: int) -> list[Order]:
    return list(permutations(range(count)))


def loads(count: int) -> list[tuple[int, list[Order]]]:
    """Return what is loaded one after another: which of the files, and the orders that take it then."""
    taken = dict.fromkeys(orders(count), 0)
    found = []
    for file in _SEQUENCES[count]:
        takers = [order for order, place in taken.items() if place < count and order[place] == file]
        for order in takers:
            taken[order] += 1
        found.append((file, takers))
    assert set(taken.values()) == {count}
    return found


def name(order: Order) -> str:
    return "".join(map(str, order))
