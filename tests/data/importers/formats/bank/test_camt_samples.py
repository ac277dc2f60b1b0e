"""Real and published statements: their counts and sums are those another reader counted."""

from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.importers import recognise, shipped_presets
from data.importers.file_reader import read_file
from data.importers.formats.registry import FormatPreset
from tests.data.importers.formats.audit_files import needs_samples, sample_facts
from tests.data.importers.formats.bank.camt_texts import rows
from tests.paths import SAMPLES

pytestmark = needs_samples
D = Decimal
FACTS = [(file, facts) for file, facts in sample_facts("camt") if facts["is_statement"]]
OTHERS = [(file, facts["message"]) for file, facts in sample_facts("camt") if not facts["is_statement"]]


def read(file: str):
    path = SAMPLES / file
    preset = recognise(path.read_bytes(), path.name, shipped_presets())
    assert isinstance(preset, FormatPreset)
    assert preset.reader == "camt"
    return read_file(path, preset)


def money(text: str | None) -> Decimal | None:
    return None if text is None else D(text)


@pytest.mark.parametrize(("file", "facts"), FACTS)
def test_a_statement_has_the_counts_and_sums_of_the_manifest(file: str, facts: dict) -> None:
    reading = read(file)
    assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
    statements = rows(reading, "bank_statements")
    assert len(statements) == facts["statements"]
    for row, said in zip(statements, facts["list"], strict=True):
        assert row["account"] == said["account"]
        assert row["currency"] == said["ccy"] or said["ccy"] is None
        assert (row["opening"], row["closing"]) == (money(said["opening"]), money(said["closing"]))
        assert (row["entries"], row["credits"], row["debits"]) == (
            said["booked"], D(said["credits"]), D(said["debits"]),
        )  # fmt: skip
        for day, stated in ((row["from_date"], said["opening_date"]), (row["to_date"], said["closing_date"])):
            assert stated is None or str(day) == stated[:10]
        entries = [
            each
            for each in rows(reading)
            if each["account"] == row["account"]
            and (said["first_booking"] is None or said["first_booking"][:10] <= str(each["entry_date"]))
        ]
        if facts["statements"] == 1:
            assert sum(each["amount"] for each in entries) == D(said["credits"]) - D(said["debits"])
        if said["closing_follows"] is not None:
            difference = row["closing"] - (row["opening"] + row["credits"] - row["debits"])
            assert (difference == 0) == said["closing_follows"]
            assert abs(difference) == abs(D(said.get("difference", "0")))
    assert sum(each["amount"] for each in rows(reading)) == sum(
        D(said["credits"]) - D(said["debits"]) for said in facts["list"]
    )
    assert reading.rejected == sum(said["unreadable_amounts"] for said in facts["list"])
    references = [row["reference"] for row in rows(reading) if row["reference"]]
    assert [each for said in facts["list"] for each in said["first_refs"]] == references


@pytest.mark.parametrize(("file", "message"), OTHERS)
def test_what_is_no_statement_is_refused_in_one_sentence(file: str, message: str) -> None:
    with pytest.raises(RefusedFileError) as refusal:
        read(file)
    assert f": {message}: " in str(refusal.value)
    assert str(refusal.value).count("\n") == 0


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("genkgo_camt053.v2.wrong.xml", "is camt.053 without a statement in it"),
        ("genkgo_camt054.v8.xml", "camt.054: a notice"),
    ],
)
def test_what_is_wrong_is_refused(file: str, sentence: str) -> None:
    with pytest.raises(RefusedFileError, match=sentence):
        read(f"camt053/{file}")


@pytest.mark.parametrize(
    "version", ["v2.minimal", "v2.all-balance-types", "v2.with-account-name", "v4", "v8"]
)
def test_one_entry_of_every_version(version: str) -> None:
    reading = read(f"camt053/genkgo_camt053.{version}.xml")
    assert [row["amount"] for row in rows(reading)] == [D("8.85")]
    assert reading.rejected == 0


def test_versions_four_and_eight_of_a_statement_are_the_same_rows() -> None:
    four, eight = (read(f"camt/golden_053v{version}.xml") for version in ("04", "08"))
    for kind in ("bank_entries", "bank_statements", "bank_balances"):
        assert four.grains[kind].drop("line").equals(eight.grains[kind].drop("line"))
