"""Draws of the bank file: one thing at a time, from a stream of its own."""

from collections.abc import Sequence
from typing import TypeVar

from data.demo.bank_days import random_stream

Choice = TypeVar("Choice")


class Chance:
    """A stream of draws that is the same for the same seed and part."""

    def __init__(self, seed: int, part: str) -> None:
        self.stream = random_stream(seed, f"bank {part}")

    def share(self) -> float:
        """Return a number from 0 up to 1."""
        return float(self.stream.random())

    def happens(self, share: float) -> bool:
        """Tell whether something happens that happens in this share of the cases."""
        return self.share() < share

    def number(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self.share() * (high - low + 1))

    def one_of(self, choices: Sequence[Choice]) -> Choice:
        """Return one of the choices, each as likely as another."""
        return choices[int(self.share() * len(choices))]

    def weighted(self, choices: Sequence[tuple[float, Choice]]) -> Choice:
        """Return one of the choices, each with its weight before it."""
        left = self.share() * sum(weight for weight, _ in choices)
        for weight, choice in choices:
            left -= weight
            if left < 0:
                return choice
        return choices[-1][1]

    def digits(self, count: int) -> str:
        """Return so many digits, the first no 0."""
        return str(self.number(10 ** (count - 1), 10**count - 1))
