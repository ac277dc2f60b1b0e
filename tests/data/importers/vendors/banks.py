"""Exports of banks, made by hand: what each is read with, and what it says."""

from typing import NamedTuple

from tests.data.importers.vendors.case import FILES

IBAN, OTHER = "NL13TEST0123456789", "NL20INGB0001234567"


class BankCase(NamedTuple):
    """One export: its preset, its file, what follows from it, and whether it is known unseen.

    `statements` are account, currency, opening, closing, entries, credits and debits; `entries` day, amount,
    counterparty and other account.
    """

    preset: str
    content: bytes
    statements: list[tuple]
    entries: list[tuple]
    is_known: bool = True


def _case(preset, file, statements, entries, *, is_known=True):
    return BankCase(preset, (FILES / file).read_bytes(), statements, entries, is_known)


# What most of them say: 100.00 at first, 250.00 came in, 45.10 went out, 304.90 in the end.
TWO = [("2026-10-04", "250.00", "Bakkerij Jansen", OTHER), ("2026-10-05", "-45.10", "KPN", None)]
USUAL = [(IBAN, "EUR", "100.00", "304.90", 2, "250.00", "45.10")]
WITHOUT = [(IBAN, "EUR", None, None, 2, "250.00", "45.10")]

BANKS = (
    _case("ing", "bank-ing.csv", USUAL, TWO),
    _case("ing", "bank-ing-2.csv", WITHOUT, TWO),
    _case(
        "ing-savings",
        "bank-ing-savings.csv",
        [("V 286-81505", "EUR", "1000.00", "1009.20", 1, "9.20", "0.00")],
        [("2026-10-01", "9.20", None, None)],
    ),
    _case(
        "ing-be",
        "bank-ing-be.csv",
        WITHOUT,
        [("2026-10-04", "250.00", None, OTHER), ("2026-10-05", "-45.10", None, None)],
    ),
    _case("rabobank", "bank-rabobank.csv", USUAL, TWO),
    _case(
        "rabobank-card",
        "bank-rabobank-card.csv",
        [("1234", "EUR", None, None, 1, "0.00", "45.10")],
        [("2026-10-05", "-45.10", None, OTHER)],
    ),
    _case(
        "abn-amro",
        "bank-abn-amro.csv",
        [("123456789", "EUR", "100.00", "304.90", 2, "250.00", "45.10")],
        [("2026-10-04", "250.00", None, None), ("2026-10-05", "-45.10", None, None)],
    ),
    _case(
        "abn-amro-text",
        "bank-abn-amro-text.csv",
        [("123456789", "EUR", "100.00", "304.90", 2, "250.00", "45.10")],
        TWO,
    ),
    _case(
        "bunq",
        "bank-bunq.csv",
        [(IBAN, "EUR", None, None, 2, "1250.00", "45.10")],
        [("2026-10-04", "1250.00", "Bakkerij Jansen", OTHER), ("2026-10-05", "-45.10", "KPN", None)],
    ),
    _case(
        "bunq", "bank-bunq-2.csv", [(IBAN, "EUR", None, None, 1, "0.00", "45.10")], TWO[1:], is_known=False
    ),
    _case("knab", "bank-knab.csv", WITHOUT, TWO),
    _case("triodos", "bank-triodos.csv", USUAL, TWO),
    _case("volksbank", "bank-volksbank.csv", USUAL, TWO),
    _case("volksbank-headings", "bank-volksbank-headings.csv", USUAL, TWO),
    _case("kbc", "bank-kbc.csv", USUAL, TWO),
    _case("belfius", "bank-belfius.csv", WITHOUT, TWO),
    _case("bnp-fortis", "bank-bnp-fortis.csv", WITHOUT, TWO),
    _case("bnp-fortis", "bank-bnp-fortis-2.csv", WITHOUT, TWO),
    _case(
        "bnp-paribas",
        "bank-bnp-paribas.csv",
        [("BNP Paribas", "EUR", "100.00", "1304.90", 2, "1250.00", "45.10")],
        [("2026-10-04", "1250.00", None, None), ("2026-10-05", "-45.10", None, None)],
    ),
    _case("argenta", "bank-argenta.csv", WITHOUT, TWO),
    _case(
        "crelan",
        "bank-crelan.csv",
        [(IBAN, "EUR", "100.00", "349.90", 2, "250.00", "0.10")],
        [("2026-10-04", "250.00", "Bakkerij Jansen", OTHER), ("2026-10-05", "-0.10", "KPN", None)],
    ),
    _case(
        "revolut",
        "bank-revolut.csv",
        [("Revolut", "EUR", "100.00", "304.90", 2, "250.00", "45.10")],
        [
            ("2026-10-04", "250.00", None, None),
            ("2026-10-05", "-44.10", None, None),
            ("2026-10-05", "-1.00", None, None),
        ],
    ),
    _case(
        "revolut-business",
        "bank-revolut-business.csv",
        [("EUR Main", "EUR", "100.00", "304.90", 2, "250.00", "45.10")],
        [
            ("2026-10-04", "250.00", "Bakkerij Jansen", None),
            ("2026-10-05", "-44.90", None, OTHER),
            ("2026-10-05", "-0.20", None, OTHER),
        ],
    ),
    _case(
        "wise",
        "bank-wise.csv",
        [("Wise", "EUR", "100.00", "304.90", 2, "250.00", "45.10")],
        [("2026-10-04", "250.00", "Bakkerij Jansen", None), ("2026-10-05", "-45.10", "KPN", OTHER)],
    ),
    _case(
        "wise-history",
        "bank-wise-history.csv",
        [("Wise", "EUR", None, None, 2, "250.00", "45.10")],
        [
            ("2026-10-04", "250.00", "Bakkerij Jansen", None),
            ("2026-10-05", "-45.00", "KPN", None),
            ("2026-10-05", "-0.10", "KPN", None),
        ],
    ),
    _case("n26", "bank-n26.csv", [("N26", "EUR", None, None, 2, "250.00", "45.10")], TWO),
    _case(
        "deutsche-bank",
        "bank-deutsche-bank.csv",
        [("DE89370400440532013000", "EUR", None, None, 2, "250.00", "45.10")],
        TWO,
    ),
    _case("sparkasse", "bank-sparkasse.csv", WITHOUT, TWO),
    _case("vr-bank", "bank-vr-bank.csv", USUAL, TWO),
    _case(
        "dkb",
        "bank-dkb.csv",
        [("DE89370400440532013000", "EUR", None, None, 2, "250.00", "45.10")],
        TWO,
    ),
)
