"""Structured payment references: check digits worked out by hand."""

import pytest

from data.bank.references import belgian_reference, creditor_reference, dutch_reference, reference_numbers


def test_an_rf_reference_holds_its_number() -> None:
    # 2026101 RF00 -> 2026101 27 15 00; 202610127 1500 mod 97 = 22, and 98 - 22 = 76.
    assert 20261012715_00 % 97 == 22
    assert creditor_reference("RF762026101") == "2026101"
    assert creditor_reference("RF76 2026 101") == "2026101"


def test_an_rf_reference_with_wrong_check_digits_is_none() -> None:
    assert creditor_reference("RF772026101") is None


def test_an_ogm_holds_the_first_ten_digits() -> None:
    # 2026101 mod 97 = 62: 2026101 = 97 x 20887 + 62.
    assert 97 * 20887 + 62 == 2026101
    assert belgian_reference("000202610162") == "2026101"
    assert belgian_reference("000202610163") is None


def test_an_ogm_whose_remainder_is_0_ends_in_97() -> None:
    assert belgian_reference("000000009797") == "97"


def test_a_betalingskenmerk_of_16_digits_is_checked_by_its_first() -> None:
    # 000 0000 0202 6101 from the right: 1x2 + 0x4 + 1x8 + 6x5 + 2x10 + 0x9 + 2x7 = 74; 11 - 74 % 11 = 3.
    assert 1 * 2 + 1 * 8 + 6 * 5 + 2 * 10 + 2 * 7 == 74
    assert dutch_reference("3000000002026101") == "2026101"
    assert dutch_reference("4000000002026101") is None


def test_a_betalingskenmerk_of_9_to_14_digits_says_how_long_its_number_is() -> None:
    # Length 7, then 2026101: 74 as above, and the length 7 stands eighth, x3: 95; 11 - 95 % 11 = 4.
    assert dutch_reference("472026101") == "2026101"
    assert dutch_reference("462026101") is None


@pytest.mark.parametrize(
    ("text", "is_reference", "numbers"),
    [
        ("BETALING RF762026101", False, ["2026101"]),
        ("+++000/2026/10162+++", False, ["2026101"]),
        ("000202610162", True, ["2026101"]),
        ("000202610162", False, []),
        ("3000 0000 0202 6101", False, ["2026101"]),
        ("4000000002026101", True, []),
        ("XRF762026101", False, []),
    ],
)
def test_references_are_read_from_a_text(text: str, *, is_reference: bool, numbers: list[str]) -> None:
    assert [number for _start, _end, number in reference_numbers(text, is_reference=is_reference)] == numbers
