"""Damaged MT940 and CODA: whatever is changed in a file, it is read row by row or refused in one sentence."""

import random
import re
from types import ModuleType

import pytest

from data.errors import RefusedFileError
from data.importers.formats.bank import coda, mt940
from data.importers.formats.extract import Extract, reading_of
from data.importers.formats.notices import notice
from tests.data.importers.formats.bank import coda_texts
from tests.data.importers.formats.bank.statement_files import message
from tests.exhaustive import how_many

pytestmark = pytest.mark.slow

PIECES = (
    b":61:",
    b":86:",
    b":20:",
    b":25:",
    b":60F:",
    b":60M:",
    b":62F:",
    b":62M:",
    b":28C:",
    b"-",
    b"-}",
    b"{4:",
    b"{1:",
    b"//",
    b"/REMI/",
    b"/CNTP/",
    b"?20",
    b"?32",
    b"EREF+",
    b"SVWZ+",
    b"999999999999999999",
    b"0,",
    b"1.234",
    b"RC",
    b"D",
    b"000000",
    b"310226",
    b"\x1a",
    b"\x00",
    b"\xff",
    b"\xe2\x82\xac",
    b"\r\n",
    b"\n\n",
    b" " * 128,
    b"21",
    b"0000",
    b"/OCMT/EUR1,00/",
    b"NRTI",
    b"RF18539007547034",
    b"+++010/8068/17183+++",
    "\u202e=cmd".encode(),
    b"IBAN: ",
)
SWIFT = message(
    ":61:2601050105C1010,50NTRFEREF//B1\n/TRCD/00100/",
    ":86:/EREF/F1//CNTP/NL20INGB0001234567/INGBNL2A/JAN///REMI/USTD//x/",
    ":61:2601060106DR10,NTRFNONREF//B2",
    ":86:109?00RETOURE?20EREF+I7?21SVWZ+MD06?31DE89370400440532013000?32JAN",
    ":61:260107C000000000010,00N541EREF\nNL44RABO0123456789",
    ":86:/ORDP//NAME/De Vries/REMI/Factuur 2026-77",
    ":61:2601080108D53,00NRTINONREF//B1\n/OCMT/EUR50,00//CHGS/EUR3,00/",
    ":86:109?00RETOURE?20EREF+I7?32JANSEN",
    number="7/1",
    closing="C260108EUR1047,50",
).replace(":62F:", ":62M:") + message(
    ":61:2601090109C10,00NTRFNONREF",
    f":86:{'SEPA OVERBOEKING':<33}IBAN: NL20INGB0001234567\n{'BIC: X':<33}NAAM: A",
    ":61:2601090109C5,00NOVBNL20INGB0001234567\nj jansen",
    ":86:NL20INGB0001234567 j jansen\n\ntekst",
    number="7/2",
    opening="C260108EUR1047,50",
    closing="C260109EUR1062,50",
).replace(":60F:", ":60M:")
BELGIAN = coda_texts.coda(
    coda_texts.header(),
    coda_texts.old_balance("100.00"),
    coda_texts.movement(1, "60.00", "101010806817183", code="20150000", structured=True),
    coda_texts.movement(1, "10.00", "EEN", detail=1, code="60150000"),
    coda_texts.second(1, detail=1, customer="E1"),
    coda_texts.third(1, "JAN", "NL20INGB0001234567", detail=1),
    coda_texts.information(1, "001JAN", structured=True),
    coda_texts.movement(1, "50.00", "TWEE", detail=2, code="60150000"),
    coda_texts.movement(2, "-5.00", "127050126110", code="00503000", structured=True),
    coda_texts.new_balance("155.00"),
    coda_texts.trailer(10, debits="5", received="60"),
)


def mutated(draw: random.Random, content: bytes) -> bytes:
    data = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 5, 20))):
        place, other = draw.randrange(len(data) + 1), draw.randrange(len(data) + 1)
        match draw.randrange(7):
            case 0:
                data[place : place + 1] = draw.choice(PIECES)
            case 1:
                del data[place : place + draw.choice((1, 2, 10, 200))]
            case 2:
                data[place:place] = draw.randbytes(3)
            case 3:
                data[place:place] = data[other : other + draw.choice((5, 50, 300))]
            case 4 if draw.random() < 0.1:
                del data[place:]
            case _:
                spots = list(re.finditer(rb"[0-9]+", bytes(data)))
                if spots:
                    spot = draw.choice(spots)
                    digits = b"".join(draw.choices((b"0", b"1", b"3", b"9", b","), k=len(spot[0])))
                    data[spot.start() : spot.end()] = digits
    return bytes(data)


def outcome(module: ModuleType, content: bytes) -> Extract | str:
    """Return what is read of a file, or the sentence that refuses it."""
    try:
        return module.extract(content, "a.sta", {})
    except RefusedFileError as error:
        return str(error)


@pytest.mark.parametrize(("module", "text"), [(mt940, SWIFT), (coda, BELGIAN)], ids=["mt940", "coda"])
def test_a_damaged_statement_is_read_row_by_row_or_refused_in_one_sentence(
    module: ModuleType, text: str
) -> None:
    draw, content = random.Random(11), text.encode("cp1252")
    assert module.recognises(content)
    mutations = how_many(100, 5000)
    rejected = accepted = 0
    for _ in range(mutations):
        damaged = mutated(draw, content)
        notice(damaged)
        module.recognises(damaged)
        extract = outcome(module, damaged)
        if isinstance(extract, str):
            assert re.fullmatch(r"a\.sta: [^\n]*\.", extract)
            continue
        reading = reading_of(extract, name="a.sta", sha256="0", preset="p", preset_sha256="1")
        assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
        assert all(str(note) and note.to_json() for note in extract.notes)
        rejected += reading.rejected
        accepted += reading.accepted
    assert accepted > mutations
    assert rejected > mutations / 20  # the mutations try both
