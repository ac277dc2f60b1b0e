"""Damaged audit files: whatever is changed in one, it is read row by row or refused in one sentence."""

import random
import re
from collections.abc import Callable
from types import ModuleType

import pytest
from lxml import etree

from data.errors import RefusedFileError
from data.importers.formats import datev, saft, sie, xaf
from data.importers.formats.extract import Extract, reading_of
from tests.data.importers.formats import (
    audit_files,
    test_datev,
    test_saft,
    test_sie,
    test_xaf_documents,
    xaf_books,
)
from tests.exhaustive import how_many

pytestmark = pytest.mark.slow

TEXTS = (
    "", "0", "-1", "1E9", "9" * 20, "0.005", "2024-02-30", "9999-12-31", "0001-01-01", "NaN", "1,5", "C", "S",
    "B", "D", "O", "USD", "XXX", "1300", "1510", "F1", "\u202e=cmd", "x" * 300, " ", "1.000000", "2025-06-15",
    "00",
)  # fmt: skip
SIGNS = b'0123456789-.,<>;"{}# \n\r\t\x00\xff'
NUMBER = re.compile(rb"(?<=[>;\s\"])[0-9][0-9.,-]*(?=[<;\s\"])")


def with_changed_bytes(draw: random.Random, content: bytes) -> bytes:
    data = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 5, 20))):
        place, other = draw.randrange(len(data) + 1), draw.randrange(len(data) + 1)
        match draw.randrange(6):
            case 0:
                data[place : place + 1] = bytes([draw.choice(SIGNS)])
            case 1:
                del data[place : place + draw.choice((1, 2, 10, 200))]
            case 2:
                data[place:place] = draw.randbytes(3)
            case 3:
                data[place:place] = data[other : other + draw.choice((5, 50, 300))]
            case 4 if draw.random() < 0.2:
                del data[place:]
            case _:
                spots = list(NUMBER.finditer(bytes(data)))
                if spots:
                    spot = draw.choice(spots)
                    data[spot.start() : spot.end()] = draw.choice(TEXTS).encode()
    return bytes(data)


def with_changed_elements(draw: random.Random, content: bytes) -> bytes:
    root = etree.fromstring(content)
    for _ in range(draw.choice((1, 1, 2, 5, 20))):
        elements = list(root.iter())
        element = draw.choice(elements)
        parent = element.getparent()
        if parent is None:
            continue
        match draw.randrange(6):
            case 0:
                parent.remove(element)
            case 1:
                parent.insert(draw.randrange(len(parent) + 1), etree.fromstring(etree.tostring(element)))
            case 2:
                element.tag = draw.choice(elements).tag
            case _:
                element.text = draw.choice(TEXTS)
    encoding = draw.choice(("utf-8", "windows-1252", "utf-16"))
    mutated = etree.tostring(root, encoding=encoding, xml_declaration=True)
    return mutated.replace(b">\n<", b"><") if draw.random() < 0.2 else mutated


SALE = audit_files.xaf(
    xaf_books.SALES, xaf_books.BANK, xaf_books.MEMO,
    opening=audit_files.opening(("1300", "90.00"), ("0500", "-90.00"), items=test_xaf_documents.ITEMS),
    totals={"linesCount": "14"},
)  # fmt: skip
FORMATS: list[tuple[ModuleType, bytes, Callable[[random.Random, bytes], bytes]]] = [
    (xaf, SALE.encode(), with_changed_elements),
    (saft, test_saft.norway(test_saft.SOLD, test_saft.PAID).encode(), with_changed_elements),
    (sie, (test_sie.HEAD + test_sie.YEAR).encode("cp437"), with_changed_bytes),
    (datev, test_datev.stack(*test_datev.BOOKINGS), with_changed_bytes),
]


def outcome(module: ModuleType, content: bytes, options: dict[str, str]) -> Extract | str:
    """Return what is read of a file, or the sentence that refuses it."""
    try:
        return module.extract(content, "a.xml", options)
    except RefusedFileError as error:
        return str(error)


@pytest.mark.parametrize(("module", "content", "mutate"), FORMATS, ids=["xaf", "saft", "sie", "datev"])
def test_a_damaged_file_is_read_row_by_row_or_refused_in_one_sentence(module, content, mutate) -> None:
    draw, outcomes = random.Random(7), {"read": 0, "refused": 0}
    mutations = how_many(100, 1000)
    for _ in range(mutations):
        change = mutate if draw.random() < 0.8 else with_changed_bytes
        mutated = change(draw, content)
        options = draw.choice(({}, {"rows": "open_items"}, {"rows": "check"}))
        module.recognises(mutated)
        extract = outcome(module, mutated, options)
        if isinstance(extract, str):
            outcomes["refused"] += 1
            assert re.fullmatch(r"a\.xml: .*\.", extract)
            continue
        outcomes["read"] += 1
        reading = reading_of(extract, name="a.xml", sha256="0", preset="p", preset_sha256="1")
        assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
        assert all(str(note) and note.to_json() for note in extract.notes)
    assert min(outcomes.values()) > mutations / 20  # the mutations try both
