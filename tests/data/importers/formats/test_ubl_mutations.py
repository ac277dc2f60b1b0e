"""Damaged and hostile e-invoices: nothing is raised but a refusal, and every document is accounted for."""

import re
from collections.abc import Iterator
from random import Random

import pytest

from data.errors import RefusedFileError
from data.importers.formats.document_numbers import tell_apart
from data.importers.formats.extract import reading_of
from data.importers.formats.invoice_pdf import attached_pdfs
from data.importers.formats.ubl import extract, recognises
from data.importers.formats.ubl_direction import OwnParty, side_of
from data.importers.formats.ubl_parties import parties
from tests.data.importers.formats.ubl_texts import reference, tax, terms, totals, ubl
from tests.data.importers.formats.xml_damage import changed_bytes
from tests.paths import SAMPLES

pytestmark = pytest.mark.slow

ROUNDS, FILES = 12, 150
OWN = [OwnParty("NL123456789B01", "12345678"), OwnParty(iban="NL91ABNA0417164300", entity="North")]
NASTY = (
    "", " ", "-", "n/a", "0", "-0.00", "1e999", "NaN", "Infinity", "9" * 15, "9" * 400, "-12.5", "+.5", "1,5",
    "12.345", "9999-12-31", "0001-01-01", "2026-02-30", "2026-W01-1", "20260301", "2026-03-02+14:00",
    "2026-03-02T00:00:00", "381", "384", "999", "EUR", "KWD", "xxx", "=1+1", "{name}", "{0}", "%s", "\u202e",
    "\x85", "a\u200b", "NUL", "#SKONTO#TAGE=9999#PROZENT=99.99#BASISBETRAG=1#", "9999 days", "2/10 net 30",
    "é" * 300, "١٢٣", "&amp;&lt;",
)  # fmt: skip
PART = terms(Amount="60.50", InstallmentDueDate="2026-04-01") + terms(
    Amount="60.50", InstallmentDueDate="2026-05-01"
)
ATTACHMENT = (
    "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject>"
    "JVBERi0xLjcK</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
)


def originals() -> list[bytes]:
    prepaid = totals(TaxInclusiveAmount="121.00", PrepaidAmount="21.00", PayableAmount="100.00")
    own = [
        ubl(more=PART + ATTACHMENT),
        ubl("12345", root="CreditNote", code="381", due="", more=reference("2026-001")),
        ubl("12345", sums=prepaid, taxes=tax("21.00") + tax("250.00", "SEK"), more=terms("14 Tage")),
        ubl(due="", more=terms("#SKONTO#TAGE=14#PROZENT=2.00#\n") + terms("2% discount within 8 days")),
    ]
    return own + [path.read_bytes() for path in sorted((SAMPLES / "ubl").glob("*.xml"))]


def changed_text(text: str, random: Random) -> str:
    """Return a document in which a text, an attribute or an element is another, mostly still well-formed."""
    choice = random.randrange(6)
    values = list(re.finditer(r">([^<>]*)</", text))
    elements = list(re.finditer(r"<(c[ab]c:\w+)[^<>]*>[^<>]*</\1>", text))
    if choice == 0 and elements:
        place = random.choice(elements)
        return text[: place.start()] + text[place.end() :]
    if choice == 1 and elements:
        place, other = random.choice(elements), random.choice(elements)
        return text[: place.start()] + other[0] + text[place.start() :]
    if choice == 2 and (attributes := list(re.finditer(r'"([^"<>]*)"', text))):
        place = random.choice(attributes)
        return text[: place.start(1)] + random.choice(NASTY) + text[place.end(1) :]
    if choice == 3 and (names := list(re.finditer(r"c[ab]c:\w+", text))):
        name = random.choice(names)[0]
        return text.replace(name, random.choice(names)[0], 2)
    if values:
        place = random.choice(values)
        return text[: place.start(1)] + random.choice(NASTY) + text[place.end(1) :]
    return text


def mutations(random: Random) -> Iterator[bytes]:
    files = originals()
    for _file in range(FILES):
        content = random.choice(files)
        if random.random() < 0.75:
            text = content.decode()
            for _change in range(random.randint(1, 5)):
                text = changed_text(text, random)
            content = text.encode("utf-8", "surrogatepass")
        else:
            content = changed_bytes(content, random)
        yield content


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_damaged_invoice_is_refused_or_accounted_for(seed: int) -> None:
    extracts = []
    for content in mutations(Random(seed)):
        recognises(content)
        for direction in ("sales", "purchases"):
            try:
                said = extract(content, "a.xml", {"direction": direction})
            except RefusedFileError:
                continue
            side_of(content, OWN)
            parties(content)
            list(attached_pdfs(content))
            extracts.append(("a.xml", said))
            reading = reading_of(said, name="a.xml", sha256="0", preset=None, preset_sha256=None)
            assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
            assert reading.rows_read >= 1
    assert len(extracts) > FILES
    for before, after in zip(extracts, tell_apart(extracts, {}), strict=True):
        reading = reading_of(after, name="a.xml", sha256="0", preset=None, preset_sha256=None)
        assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
        assert len(before[1].refusals) <= len(after.refusals)


def test_there_are_at_least_a_thousand_different_files() -> None:
    assert len({content for seed in range(ROUNDS) for content in mutations(Random(seed))}) >= 1_000
