"""The noisy bank file: the same for the same seed, statements that follow, and a truth that adds up."""

import hashlib
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from data.demo.bank.case import write_bank_case
from data.demo.bank.numbers import STYLES
from tests.data.demo.company_files import AS_OF, Row, rows_of

INVOICES = 2_000


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("case")
    write_bank_case(folder / "books", folder / "truth", invoices=INVOICES, as_of=AS_OF)
    return folder / "books", folder / "truth"


def hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_bytes(case: tuple[Path, Path], tmp_path: Path) -> None:
    write_bank_case(tmp_path / "books", tmp_path / "truth", invoices=INVOICES, as_of=AS_OF)
    assert hashes(tmp_path) == hashes(case[0].parent)


def test_every_entry_has_its_truth_and_the_truth_adds_up(case: tuple[Path, Path]) -> None:
    books, truth = case
    entries = {
        (row["account"], row["entry_id"]): Decimal(row["amount"]) for row in rows_of(books, "bank_entries")
    }
    pays: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    kinds: dict[tuple[str, str], str] = {}
    for row in rows_of(truth, "truth"):
        pays[row["account"], row["entry_id"]] += Decimal(row["pays"])
        kinds[row["account"], row["entry_id"]] = row["kind"]
    assert pays.keys() == entries.keys()
    # A payout comes with less than what customers paid: the fees stay at the provider.
    assert all(pays[key] == amount for key, amount in entries.items())


def settlements(books: Path) -> dict[str, Decimal]:
    total: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(books, "payments"):
        total[row["invoice_id"]] += Decimal(row["amount"])
    return total


def test_no_invoice_is_paid_over_what_is_open_of_it(case: tuple[Path, Path]) -> None:
    books, truth = case
    amounts = {row["invoice_id"]: Decimal(row["amount"]) for row in rows_of(books, "invoices")}
    paid = settlements(books)
    for row in rows_of(truth, "truth"):
        if row["invoice_id"] and row["kind"] != "refund":
            paid[row["invoice_id"]] += Decimal(row["pays"])
    over = {name: paid[name] for name, amount in amounts.items() if amount > 0 and paid[name] > amount}
    assert over == {}


def test_statements_follow(case: tuple[Path, Path]) -> None:
    closing: dict[str, str] = {}
    for row in rows_of(case[0], "bank_statements"):
        assert closing.get(row["account"], row["opening"]) == row["opening"]
        closing[row["account"]] = row["closing"]
        moved = Decimal(row["credits"]) - Decimal(row["debits"])
        assert Decimal(row["opening"]) + moved == Decimal(row["closing"])


def noise_of(truth: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(truth, "truth"):
        for noise in row["noise"].split("; "):
            found[noise].add(row["entry_id"])
    return found


def test_the_kinds_of_noise_are_there(case: tuple[Path, Path]) -> None:
    found = noise_of(case[1])
    usual = {
        "no number",
        "typing error",
        "several",
        "collection",
        "structured",
        "new account",
        "part",
        "group",
    }
    assert usual <= found.keys()
    kinds = {row["kind"] for row in rows_of(case[1], "truth")}
    assert {
        "receipt",
        "refund",
        "return",
        "transfer",
        "charge",
        "salary",
        "tax",
        "supplier",
        "unrelated",
    } <= kinds


def text_of(row: Row) -> str:
    return f"{row['description']} {row['reference']}"


def test_a_receipt_without_a_number_names_none(case: tuple[Path, Path]) -> None:
    books, truth = case
    texts = {row["entry_id"]: text_of(row) for row in rows_of(books, "bank_entries")}
    for row in rows_of(truth, "truth"):
        if "no number" in row["noise"].split("; ") and row["kind"] == "receipt":
            assert row["invoice_id"] not in texts[row["entry_id"]] or not row["invoice_id"]


@pytest.mark.parametrize("version", ["02", "08"])
def test_camt_holds_the_same_money(version: str, case: tuple[Path, Path]) -> None:
    books, truth = case
    sums: dict[str, Decimal] = defaultdict(Decimal)
    lines = 0
    for path in sorted((truth / f"camt.053.001.{version}").iterdir()):
        root = etree.parse(path).getroot()
        name = f"{{urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}}}"
        for statement in root.iter(f"{name}Stmt"):
            account = statement.findtext(f"{name}Acct/{name}Id/{name}IBAN")
            for entry in statement.iter(f"{name}Ntry"):
                sign = 1 if entry.findtext(f"{name}CdtDbtInd") == "CRDT" else -1
                sums[str(account)] += sign * Decimal(str(entry.findtext(f"{name}Amt")))
                lines += 1
    native: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(books, "bank_entries"):
        native[row["account"]] += Decimal(row["amount"])
    assert sums == native
    assert lines == sum(int(row["entries"]) for row in rows_of(books, "bank_statements"))


def test_mt940_holds_the_same_lines(case: tuple[Path, Path]) -> None:
    books, truth = case
    texts = [path.read_text(encoding="ascii") for path in sorted((truth / "mt940").iterdir())]
    lines = sum(text.count("\n:61:") for text in texts)
    assert lines == sum(int(row["entries"]) for row in rows_of(books, "bank_statements"))
    assert all(len(line) <= 80 for text in texts for line in text.splitlines())


@pytest.mark.parametrize("style", STYLES)
def test_each_style_of_numbers_gives_every_document_its_own(style: str, tmp_path: Path) -> None:
    write_bank_case(tmp_path / "books", tmp_path / "truth", invoices=300, as_of=AS_OF, style=style)
    numbers = [row["invoice_id"] for row in rows_of(tmp_path / "books", "invoices")]
    assert len(set(numbers)) == len(numbers)
    shapes = {"letters": "N20", "short": "1", "long": "20", "slash": "VF2"}
    assert any(number.startswith(shapes[style]) for number in numbers)
