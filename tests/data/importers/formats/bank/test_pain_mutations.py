"""Damaged collections and payment runs: nothing is raised but a refusal, and no run is taken in by half."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from random import Random

import pytest

from data.errors import RefusedFileError
from data.importers import recognise, shipped_presets
from data.importers.formats.bank import pain
from data.importers.formats.extract import reading_of
from tests.data.importers.formats.bank.pain_texts import Payment, file_of, run
from tests.data.importers.formats.xml_damage import changed_bytes
from tests.exhaustive import how_many

pytestmark = pytest.mark.slow

ROUNDS = 5
NASTY = (
    "", " ", "-", "0", "-0.00", "1e999", "NaN", "9" * 16, "9" * 5000, "-12.5", "12.345", "1,5", "2026-02-30",
    "9999-12-31", "2026-03-02T00:00:00", "EUR", "KWD", "xxx", "{name}", "%s", "\u202e", "\x85", "NOTPROVIDED",
    "é" * 300, "١٢٣", "&#10;", "12",
)  # fmt: skip
FIRST = Payment("F1", "60.00", "Jan", "factuur F1", "NL20INGB0001234567", "MND-1")
SECOND = Payment("F2", "40.00", "Piet", "<Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>")
FILES = [
    file_of(run(FIRST, SECOND), run(FIRST, name="R2"), version="02"),
    file_of(run(SECOND, FIRST, kind="payment", totals="<NbOfTxs>2</NbOfTxs>"), kind="payment"),
    file_of(run(SECOND, FIRST, kind="payment"), kind="payment", namespace=""),
]


def changed_text(text: str, random: Random) -> str:
    """Return a file in which a text is another, or an element is gone or there twice."""
    values = list(re.finditer(r">([^<>]*)</|\"([^\"<>]*)\"", text))
    wholes = list(
        re.finditer(r"<(\w+)(?: [^<>]*)?>[^<>]*</\1>|<(PmtInf|\w+TxInf|GrpHdr)>.*?</\2>", text, re.DOTALL)
    )
    if random.random() < 0.5 and wholes:
        place = random.choice(wholes)
        return text[: place.start()] + random.choice(["", place[0] * 2]) + text[place.end() :]
    if values:
        place = random.choice(values)
        start, end = place.span(1) if place[1] is not None else place.span(2)
        return text[:start] + random.choice(NASTY) + text[end:]
    return text


def mutations(random: Random, count: int) -> Iterator[bytes]:
    for _file in range(count):
        content = random.choice(FILES)
        if random.random() < 0.8:
            text = content.decode()
            for _change in range(random.randint(1, 4)):
                text = changed_text(text, random)
            yield text.encode("utf-8", "surrogatepass")
        else:
            yield changed_bytes(content, random)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_damaged_run_is_refused_or_accounted_for(seed: int) -> None:
    came: Counter[str] = Counter()
    sentences: list[str] = []
    count = how_many(100, 1000)
    for content in mutations(Random(seed), count):
        try:
            recognise(content, "a.xml", shipped_presets())
            extract = pain.extract(content, "a.xml", {})
        except RefusedFileError as refusal:
            sentences.append(str(refusal))
            came["refused"] += 1
            continue
        came["read"] += 1
        reading = reading_of(extract, name="a.xml", sha256="0", preset=None, preset_sha256=None)
        assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
        assert reading.rows_read >= 1
        written, accepted = extract.columns["run_payments"], reading.grains.get("run_payments")
        refused = set(reading.rejects["line"])
        whole = Counter(line for line in written.lines if line not in refused)
        if accepted is not None and not reading.duplicate:
            assert Counter(accepted["line"]) == whole
            assert min(accepted["amount"], default=Decimal(1)) > 0
    assert not [sentence for sentence in sentences if "\n" in sentence]
    assert min(came["read"], came["refused"]) > count // 6
