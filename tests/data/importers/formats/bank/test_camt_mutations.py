"""Damaged and hostile statements: nothing is raised but a refusal, and every entry is accounted for."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from random import Random

import pytest

from data.errors import RefusedFileError
from data.importers import recognise, shipped_presets
from data.importers.formats.bank import camt
from data.importers.formats.extract import reading_of
from tests.data.importers.formats.bank.camt_texts import (
    amount,
    balance,
    camt_053,
    entry,
    party,
    statement,
    transaction,
)
from tests.data.importers.formats.xml_damage import changed_bytes
from tests.exhaustive import how_many
from tests.paths import SAMPLES

pytestmark = pytest.mark.slow

ROUNDS = 10
NASTY = (
    "", " ", "-", "n/a", "0", "-0.00", "1e999", "NaN", "Infinity", "9" * 16, "9" * 5000, "-12.5", "+.5",
    "1,5",
    "12.345", "9999-12-31", "0001-01-01", "2026-02-30", "2026-W01-1", "20260301", "2026-03-02+14:00",
    "2026-03-02T00:00:00", "CRDT",
    "DBIT", "true", "PDNG", "BOOK", "OPBD", "CLBD", "ITBD", "INTM", "EUR", "KWD",
    "xxx",
    "=1+1", "{name}", "{0}", "%s", "\u202e", "\x85", "a\u200b", "\ufeff", "NOTPROVIDED", "é" * 300, "١٢٣",
    "&amp;&lt;", "&#10;", "\u2028", "1" * 9, "12",
)  # fmt: skip
DETAILS = [
    transaction(
        "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>",
        refs="<EndToEndId>E1</EndToEndId><MndtId>M1</MndtId>",
        money=amount(text) + f"<AmtDtls><InstdAmt>{amount('5.00', 'USD')}</InstdAmt></AmtDtls>",
        parties=party("Dbtr", "Bakker", "NL20INGB0001234567", wrapper="Pty") + party("Cdtr", "Wij"),
        text=f"Factuur F{text}",
        side="CRDT",
    )
    for text in ("10.00", "20.00")
]
PAGE = "<StmtPgntn><PgNb>{}</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>"


def originals() -> list[bytes]:
    first = statement(
        balance("OPBD", "5.00", "2026-03-01"),
        balance("CLBD", "35.00", "2026-03-31", sub="INTM"),
        entry("30.00", *DETAILS, value="2026-03-06", reference="R1"),
        entry("30.00", status="PDNG"),
        head=PAGE.format(1),
    )
    second = statement(
        balance("CLBD", "28.00", "2026-03-31"), entry("7.00", side="DBIT"), head=PAGE.format(2)
    )
    other = statement(entry("1.00"), entry("1.00", currency="USD"), currency="", name="S9")
    files = [
        camt_053(first, second, other),
        camt_053(first, first, version="02"),
        camt_053(other, namespace=""),
    ]
    return files + [
        path.read_bytes()
        for folder in ("camt", "camt053")
        for path in sorted((SAMPLES / folder).glob("*053*.xml"))
    ]


def changed_text(text: str, random: Random) -> str:  # noqa: PLR0911 - one kind of damage after the other
    """Return a file in which a text, an attribute or an element is another, mostly still well-formed."""
    choice = random.randrange(7)
    values = list(re.finditer(r">([^<>]*)</", text))
    elements = list(re.finditer(r"<(\w+)(?: [^<>]*)?>[^<>]*</\1>", text))
    larger = list(re.finditer(r"<(Ntry|TxDtls|Bal|Acct|NtryDtls|Stmt)>.*?</\1>", text, re.DOTALL))
    if choice == 0 and elements:
        place = random.choice(elements)
        return text[: place.start()] + text[place.end() :]
    if choice == 1 and elements:
        place, copied = random.choice(elements), random.choice(elements)
        return text[: place.start()] + copied[0] + text[place.start() :]
    if choice == 2 and larger:
        place, copied = random.choice(larger), random.choice(larger)
        return text[: place.start()] + random.choice(["", copied[0] * 2]) + text[place.end() :]
    if choice == 3 and (attributes := list(re.finditer(r'"([^"<>]*)"', text))):
        place = random.choice(attributes)
        return text[: place.start(1)] + random.choice(NASTY) + text[place.end(1) :]
    if choice == 4 and (names := re.findall(r"(?<=[</])[A-Z]\w+", text)):
        return text.replace(random.choice(names), random.choice(names), random.choice([2, 4]))
    if values:
        place = random.choice(values)
        return text[: place.start(1)] + random.choice(NASTY) + text[place.end(1) :]
    return text


def mutations(random: Random, count: int) -> Iterator[bytes]:
    files = originals()
    for _file in range(count):
        content = random.choice(files)
        if random.random() < 0.75:
            text = content.decode()
            for _change in range(random.randint(1, 6)):
                text = changed_text(text, random)
            content = text.encode("utf-8", "surrogatepass")
        else:
            content = changed_bytes(content, random)
        yield content


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_damaged_statement_is_refused_or_accounted_for(seed: int) -> None:
    came: Counter[str] = Counter()
    sentences: list[str] = []
    count = how_many(60, 500)
    for content in mutations(Random(seed), count):
        try:
            recognise(content, "a.xml", shipped_presets())
            came["recognised"] += 1
        except RefusedFileError as refusal:
            sentences.append(str(refusal))
        try:
            extract = camt.extract(content, "a.xml", {})
        except RefusedFileError as refusal:
            sentences.append(str(refusal))
            came["refused"] += 1
            continue
        came["read"] += 1
        reading = reading_of(extract, name="a.xml", sha256="0", preset=None, preset_sha256=None)
        assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
        assert reading.rows_read >= 1
        assert all(str(note) for note in reading.notes)
        columns = extract.columns["bank_entries"].columns
        parts: dict[tuple[int, str], list[Decimal]] = {}
        cells = zip(
            extract.columns["bank_entries"].lines,
            *(columns[name] for name in ("batch_entry", "batch_amount", "amount")),
            strict=True,
        )
        for line, batch, whole, text in cells:
            if batch:
                parts.setdefault((line, whole), []).append(Decimal(text))
        assert all(sum(amounts) == Decimal(whole) for (_line, whole), amounts in parts.items())
    assert min(came["read"], came["refused"], came["recognised"]) > count // 5
    assert not [sentence for sentence in sentences if "\n" in sentence]


def test_there_are_thousands_of_different_files() -> None:
    assert len({content for seed in range(ROUNDS) for content in mutations(Random(seed), 500)}) > 4000
