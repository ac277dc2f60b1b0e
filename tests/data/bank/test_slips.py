"""One slip of the finger, and no more."""

import pytest

from data.bank.slips import is_one_slip, with_digits


@pytest.mark.parametrize(
    ("typed", "is_slip"),
    [
        ("2026101", False),  # it is the number itself
        ("2026111", True),  # changed
        ("206101", True),  # left out
        ("22026101", True),  # doubled
        ("2026011", True),  # neighbours
        ("2026110", True),
        ("2062101", True),
        ("2026222", False),
        ("6202101", False),
        ("20261", False),
    ],
)
def test_one_slip(typed: str, *, is_slip: bool) -> None:
    assert is_one_slip(typed, "2026101") is is_slip


def test_letters_that_look_like_digits() -> None:
    assert with_digits("2O26IOL") == "2026101"
