"""Real MT940 files: their statements, balances, counts and sums are those another reader counted."""

from decimal import Decimal
from pathlib import Path

import mt940 as library
import pytest

from data.importers.formats.bank import mt940
from data.importers.formats.notices import notice
from tests.data.importers.formats.audit_files import needs_samples, sample_facts
from tests.data.importers.formats.bank.statement_files import cells, notes, read
from tests.paths import SAMPLES

pytestmark = [needs_samples, pytest.mark.slow]
D = Decimal
# A currency that is no tender since 2002, in a file of 2013: these entries and their statement are refused.
DEAD_CURRENCY = {"mt940/wolph_cmxl_dem.txt": 12}
# The library keeps what stands in the message after the others; the manifest does not list these files.
OTHERS = ("asnb_mt940.txt", "jejik_abnamro.sta", "jejik_generic.sta", "jejik_ing.sta", "jejik_rabobank.sta")


def facts_of(statement: dict) -> tuple:
    return (
        D(statement["opening"]), D(statement["closing"]), statement["entries"], D(statement["credits"]),
        D(statement["debits"]), statement["closing_follows"],
    )  # fmt: skip


def stated(extract) -> list[tuple]:
    columns = ("opening", "closing", "entries", "credits", "debits")
    facts = [
        (D(opening), D(closing), int(count), D(credit), D(debit))
        for opening, closing, count, credit, debit in cells(extract, "bank_statements", *columns)
    ]
    return [(*row, row[0] + row[3] - row[4] == row[1]) for row in facts]


@pytest.mark.parametrize(("file", "facts"), sample_facts("mt940"))
def test_a_statement_holds_what_the_manifest_says(file: str, facts: dict) -> None:
    content = (SAMPLES / file).read_bytes()
    assert notice(content) is None
    extract, reading = read(mt940, content)
    assert stated(extract) == [facts_of(statement) for statement in facts["list"]]
    assert ("a difference of" in notes(extract)) != facts["all_follow"]
    assert len(extract.rows["bank_entries"]) >= facts["entries"]
    assert reading.rejected == DEAD_CURRENCY.get(file, 0)
    for (account,), statement in zip(
        cells(extract, "bank_statements", "account"), facts["list"], strict=True
    ):
        written = statement["account"].replace(" ", "").replace(".", "")
        assert account == written.removesuffix(statement["ccy"])
    days = [day[2:].replace("-", "") for (day,) in cells(extract, "bank_statements", "to_date")]
    assert days == [statement["closing_date"] for statement in facts["list"]]


@pytest.mark.parametrize("name", OTHERS)
def test_entries_are_those_that_a_library_reads_where_it_reads_the_file(name: str) -> None:
    content = (SAMPLES / "mt940" / name).read_bytes()
    extract, reading = read(mt940, content)
    assert not reading.rejected
    processors = {}
    tags = None
    if name.startswith("asnb"):
        tags = {library.tags.StatementASNB().id: library.tags.StatementASNB()}
    transactions = library.models.Transactions(processors=processors, tags=tags)
    transactions.parse(content.decode("utf-8"))
    expected = [each.data["amount"].amount for each in transactions if "amount" in each.data]
    assert [D(amount) for (amount,) in cells(extract, "bank_entries", "amount")] == expected


def test_every_sample_is_recognised() -> None:
    files = [file for file in Path(SAMPLES / "mt940").iterdir() if not file.name.startswith("LICENSE")]
    assert len(files) >= 39
    assert all(mt940.recognises(file.read_bytes()) for file in files)
