"""Files that were damaged on the way: a sentence or a reading, and every row of it accounted for."""

import datetime as dt
import io
import random
import zipfile
from collections import Counter

import pytest

from data.errors import PresetError, RefusedFileError
from data.importers import Preset, load_preset, recognise, shipped_presets
from data.importers.list_reader import read_list
from data.importers.propose.proposal import propose
from tests.data.importers.vendors.banks import BANKS
from tests.data.importers.vendors.providers import PROVIDERS
from tests.data.importers.workbooks import workbook
from tests.exhaustive import how_many

pytestmark = pytest.mark.slow

CSV = (
    "Relatiecode;Relatie;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand;Soort\n"
    + "".join(
        f"D{n:03};Klant {n};F{n};{n:02}-09-2026;{n:02}-10-2026;{n}.000,50;{n}00,25;Factuur\n"
        for n in range(1, 10)
    )
    + "Totaal;;;;;45.004,50;4.502,25;\n"
).encode("cp1252")
XLSX = workbook(
    Lijst=[
        ["Aged receivables"],
        ["As of 31 October 2026"],
        ["Num", "Customer", "Date", "Due Date", "Amount", "Open Balance", "P.O. #"],
        *(
            [f"F{n}", f"Customer {n}", dt.date(2026, 9, n), dt.date(2026, 10, n), n * 1000.5, n * 100, ""]
            for n in range(1, 10)
        ),
        ["Total", "", "", "", 45022.5, 4500, ""],
    ]
)
SIGNS = b";,\t\"'\n\r\x00\xff.-0159AaZ<>=&#"


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Return bytes with a few of them changed, taken out, put in or cut off."""
    changed = bytearray(content)
    for _turn in range(rng.randint(1, 6)):
        place = rng.randrange(len(changed)) if changed else 0
        match rng.randrange(5):
            case 0 if changed:
                changed[place] = rng.choice(SIGNS)
            case 1:
                del changed[place : place + rng.randint(1, 40)]
            case 2:
                changed[place:place] = bytes(rng.choices(SIGNS, k=rng.randint(1, 10)))
            case 3:
                changed[place:place] = changed[place : place + rng.randint(1, 120)]
            case 4 if rng.random() < 0.1:
                del changed[place:]
    return bytes(changed)


def inside(content: bytes, rng: random.Random) -> bytes:
    """Return a workbook one part of which was damaged, packed again."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        victim = rng.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, damaged(old.read(name), rng) if name == victim else old.read(name))
    return packed.getvalue()


def as_recognised(content: bytes) -> Preset | None:
    preset = recognise(content, "a.csv", shipped_presets())
    return preset if isinstance(preset, Preset) and preset.is_list else None


def as_proposed(content: bytes) -> Preset | None:
    return propose(content, "a.csv").preset()


def outcome(content: bytes) -> str:
    """Read a file as `load` would, and as a proposal would; return what came of it."""
    came = "refused"
    for preset_of in (as_recognised, as_proposed):
        try:
            preset = preset_of(content)
            reading = preset and read_list(content, "a.csv", preset, day=dt.date(2026, 10, 31))
        except (RefusedFileError, PresetError):
            continue
        if reading:
            assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
            # Several rows may be of one document.
            assert reading.grains["invoices"].height <= reading.accepted
            came = "read"
    return came


@pytest.mark.parametrize("part", range(5))
def test_a_damaged_text_is_read_or_refused(part):
    rng = random.Random(part)
    came = Counter(outcome(damaged(CSV, rng)) for _turn in range(how_many(50, 1000)))
    assert came["read"] > came["refused"]


@pytest.mark.parametrize("part", range(5))
def test_a_damaged_workbook_is_read_or_refused(part):
    rng = random.Random(part)
    count = how_many(50, 1000)
    came = Counter(outcome((inside if turn % 2 else damaged)(XLSX, rng)) for turn in range(count))
    assert came["refused"] > 0
    assert came["read"] > 0


@pytest.mark.parametrize("part", range(5))
def test_a_damaged_export_of_a_bank_is_read_or_refused(part):
    rng = random.Random(part)
    cases = [*BANKS, *PROVIDERS]
    presets = {case.preset: load_preset(case.preset) for case in cases}
    came = Counter()
    for _turn in range(how_many(100, 1000)):
        case = rng.choice(cases)
        try:
            reading = read_list(damaged(case.content, rng), "a.csv", presets[case.preset])
        except RefusedFileError:
            came["refused"] += 1
            continue
        came["read"] += 1
        assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
        if reading.kind == "bank_entries":
            entries, statements = reading.grains["bank_entries"], reading.grains["bank_statements"]
            assert statements["entries"].sum() == reading.accepted
            assert entries["amount"].sum() == statements["credits"].sum() - statements["debits"].sum()
    assert came["read"] > came["refused"]
