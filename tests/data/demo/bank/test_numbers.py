"""How payers write invoice numbers."""

import pytest

from data.demo.bank.chance import Chance
from data.demo.bank.numbers import misspelt, writing_of


@pytest.mark.parametrize(
    ("number", "how", "text"),
    [
        ("N2026-000123", "whole", "N2026-000123"),
        ("N2026-000123", "closed", "N2026000123"),
        ("N2026-000123", "digits", "2026000123"),
        ("N2026-000123", "running", "000123"),
        ("N2026-000123", "bare", "123"),
        ("N2026-000123", "spaced", "N2026 000123"),
        ("2026000123", "running", "000123"),
        ("2026000123", "spaced", "2026 000123"),
        ("VF26/00123", "digits", "2600123"),
        ("10123", "bare", "10123"),
    ],
)
def test_a_number_is_written_in_many_ways(number: str, how: str, text: str) -> None:
    assert writing_of(number, how) == text


def test_a_typing_error_changes_one_place_only() -> None:
    chance = Chance(1, "test")
    for _ in range(200):
        wrong = misspelt("2026-041973", chance)
        assert abs(len(wrong) - 11) <= 1
        if len(wrong) == 11:
            places = [place for place in range(11) if wrong[place] != "2026-041973"[place]]
            assert len(places) in (0, 1, 2)
