"""Numbers of documents in texts."""

from datetime import date

import pytest

from data.bank.books import LedgerDocument
from data.bank.lists import Numbered, with_lists
from data.bank.numbers import NumberIndex, Strength
from data.bank.open_ledger import OpenLedger

NUMBERS = [
    "2026-101", "2026-102", "2026-103", "2026-104", "F12025-000123", "F22025-000123", "20260412", "1001",
]  # fmt: skip


def document(number: str) -> LedgerDocument:
    day = date(2026, 1, 1)
    order = "PO400123" if number == "2026-101" else None
    return LedgerDocument(number, "C1", "", "EUR", day, 100, 0, None, None, order, None)


DOCUMENTS = [document(number) for number in NUMBERS]


def mentions(text: str, *, is_reference: bool = False) -> list[tuple[str, Strength]]:
    """Each document that a text mentions, with how much it says."""
    index = NumberIndex()
    for position, one in enumerate(DOCUMENTS):
        index.add(position, one)
    ledger = OpenLedger(DOCUMENTS, [], {})
    ledger.advance(date(2026, 2, 1))
    reading = with_lists(
        index.reading([(text, is_reference)]),
        Numbered(DOCUMENTS, index, ledger, lambda one, other: one == other),
    )
    return [
        (NUMBERS[position], mention.strength)
        for mention in reading.mentions
        for position in mention.documents
    ]


@pytest.mark.parametrize(
    "text",
    ["2026-101", "Factuur 2026-101", "fact.nr. 2026/101", "2026101", "2026 101", "INV2026101", "RF762026101"],
)
def test_a_number_in_other_spellings(text: str) -> None:
    assert mentions(text) == [("2026-101", Strength.STRONG)]


@pytest.mark.parametrize(
    "text",
    ["2026-101 t/m 104", "2026-101 tot en met 2026-104", "2026-101/102/103/104", "2026-101, 102, 103 en 104"],
)
def test_a_range_and_a_list_of_short_forms(text: str) -> None:
    assert {number for number, _strength in mentions(text)} == set(NUMBERS[:4])


def test_zeros_in_front_may_be_left_out() -> None:
    assert mentions("12025-123") == [("F12025-000123", Strength.STRONG)]


def test_a_number_without_what_tells_two_apart_is_either() -> None:
    assert {number for number, _strength in mentions("2025-000123")} == {"F12025-000123", "F22025-000123"}


def test_a_number_that_is_a_part_of_another_is_weak_or_none() -> None:
    assert mentions("20261017") == []
    assert mentions("2026-1015") == []
    assert mentions("4711-2026-101-88") == [("2026-101", Strength.WEAK)]


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("tel 06-20260412", Strength.WEAK),
        ("1001 AB Amsterdam", Strength.WEAK),
        ("EUR 1001,00", Strength.WEAK),
        ("klantnr 1001", Strength.WEAK),
        ("betaling 20260412", Strength.FAIR),
        ("factuur 20260412", Strength.STRONG),
    ],
)
def test_what_looks_like_a_number_and_is_something_else(text: str, strength: Strength) -> None:
    assert [level for _number, level in mentions(text)] == [strength]


def test_digits_of_an_account_are_no_number() -> None:
    assert mentions("NL91ABNA0417164300") == []


def test_an_order_number_stands_for_its_invoice() -> None:
    assert mentions("PO 400123") == [("2026-101", Strength.FAIR)]


def test_a_reference_behind_a_customer_number_counts_if_it_is_long() -> None:
    # 77002026101271500 mod 97 = 92, and 98 - 92 = 6.
    assert 77002026101271500 % 97 == 92
    assert mentions("RF0677002026101 klant") == [("2026-101", Strength.FAIR)]
