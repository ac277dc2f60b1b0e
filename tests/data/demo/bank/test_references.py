"""Structured references, against examples that are printed in the standards."""

from data.demo.bank.references import (
    check_digits,
    creditor_reference,
    iban,
    payment_reference,
    slashed,
    structured_message,
)


def test_an_iban_has_the_check_digits_of_the_standard() -> None:
    assert check_digits("NL", "ABNA0417164300") == "91"
    assert check_digits("BE", "539007547034") == "68"
    assert iban("NL", 0, 1)[4:] == "KASS0000000001"


def test_a_creditor_reference_is_that_of_iso_11649() -> None:
    assert creditor_reference("539007547034") == "RF18539007547034"


def test_a_belgian_message_ends_in_the_rest_after_97() -> None:
    # 909337554 = 97 × 9374614 - 4, so 93 is left
    assert structured_message("0909337554") == "090933755493"
    assert slashed("090933755493") == "+++090/9337/55493+++"
    assert structured_message("97").endswith("97")


def test_a_dutch_payment_reference_is_checked_by_its_first_digit() -> None:
    # From the right: 3×2 + 2×4 + 1×8 = 22 = 2 × 11, so 11 - 0, which is written 0.
    assert payment_reference("123") == "0000000000000123"
    # 4×2 + 2×4 + 1×8 = 24, so 11 - 2 = 9.
    assert payment_reference("124") == "9000000000000124"
