"""A store file with flipped bits or cut short: one sentence from every command and page, no wrong answer."""

import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from cli.parser import main
from data.errors import StoreBrokenError
from data.store import reader
from data.store.snapshot import Snapshot, current_snapshot
from reports import language
from tests.apps import words
from tests.books import Desk, weekly_book

HEADER, BLOCK = 3 * 4096, 262_144  # bytes of DuckDB's three headers, and of a block
SENTENCE = re.compile(
    r"ledger-\d+\.duckdb or journal-\d+\.duckdb cannot be read: restore the store from a backup, or make "
    r"a new one from the files it was loaded from, with "
    r"`uv run kasstroom\.py --store NEW load \S+/raw`\. \(.+\)"
)
COMMANDS = {
    "query": ("query", "ageing", "--format", "csv"),
    "kpi": ("query", "kpi", "--format", "csv"),
    "forecast": ("forecast", "--format", "json"),
    "backtest": ("backtest", "--format", "json"),
    "warnings": ("warnings", "--format", "json"),
    "worklist": ("worklist", "--format", "json"),
    "whatif": ("whatif", "{home}/scenario.toml", "--format", "json"),
    "load": ("load", "{home}/in", "--format", "json"),
    "freeze": ("forecast", "--freeze"),
    "check": ("check",),
}
SCENARIO = 'name = "later"\nstart = 2026-12-01\n[[lever]]\nkind = "delay"\ndays = 7\n'
Outcome = tuple[int, str, str]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store, a scenario, and a file to load."""
    home = tmp_path_factory.mktemp("whole")
    desk = Desk(home)
    book = weekly_book(until=date(2026, 11, 22), start=date(2026, 1, 5))
    desk.load(**book, instalments=[(book["invoices"][0][0], "2026-10-01", book["invoices"][0][6])])
    desk.load(
        invoices=[("F4", "C2", "invoice", "2026-11-01", "2026-11-15", "EUR", "70.00"), ("F5", *["x"] * 6)],
        disputes=[("F1", "2026-10-05", "", "price", "10.00")],
        promises=[("F2", "2026-11-12", "2026-12-12", "605.00")],
        notes=[("C1", "F1", "2026-11-01", "called")],
    )
    desk.close()
    shutil.move(desk.folder(payments=[("P2", "C1", "F1", "2026-10-20", "EUR", "1210.00")]), home / "in")
    (home / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
    return home


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("KASSTROOM_TODAY", "2026-11-22")
    language.use("en")
    yield
    language.use("nl")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[[Path, str], Outcome]:
    """Run a command on the store of a home; a traceback fails the test, for `main` raises it."""

    def outcome(home: Path, command: str) -> Outcome:
        arguments = [word.format(home=home) for word in COMMANDS[command]]
        capsys.readouterr()
        code = main(["--lang", "en", "--store", str(home / "store"), *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return outcome


def used_blocks(file: Path, *names: str) -> list[int]:
    """Return the number of every block in which rows of some tables are, by default of all."""
    with duckdb.connect(str(file), read_only=True) as connection:
        tables = names or [
            name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
        ]
        found = {
            row[0]
            for table in tables
            for row in connection.execute(
                f"select block_id from pragma_storage_info('{table}') where block_id >= 0"
            ).fetchall()
        }
    return sorted(found)


def flip(file: Path, at: int, dice: random.Random) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 1 << dice.randrange(8)
    file.write_bytes(content)


def spoil_rows(ledger: Path) -> None:
    """Flip a bit in each block with documents, payments or items and without what is read on opening."""
    content = bytearray(ledger.read_bytes())
    rows = used_blocks(ledger, "invoice", "settlement", "item", "receivable", "balance_day")
    for block in set(rows) - set(used_blocks(ledger, "meta")):
        content[HEADER + block * BLOCK + 100] ^= 1
    assert bytes(content) != ledger.read_bytes()
    ledger.write_bytes(content)


def damaged(home: Path, whole: Path, harm: Callable[[Snapshot], None]) -> Path:
    """Return a copy of everything, its published files harmed."""
    shutil.copytree(whole, home)
    harm(current_snapshot(home / "store"))
    return home


def judge(got: Outcome, healthy: Outcome, what: object) -> bool:
    """Tell whether the damage was named; fail on anything but that or the answer of the whole store."""
    code, _out, err = got
    if SENTENCE.search(err):
        assert (code, err.count("cannot be read")) == (1, 1), what
        return True
    assert got[:2] == healthy[:2], what
    return False


# A bit in space that nothing uses is named by nobody.
@pytest.mark.slow
@pytest.mark.parametrize(("flips", "least"), [(6, 3), pytest.param(20, 10, marks=pytest.mark.exhaustive)])
def test_flipped_bits_give_the_sentence_or_the_right_answer(
    whole: Path, tmp_path: Path, run, flips: int, least: int
) -> None:
    dice = random.Random(20261122)
    shutil.copytree(whole, tmp_path / "sound")
    healthy = {name: run(tmp_path / "sound", name) for name in ("check", "query", "kpi")}
    named = []
    for number in range(flips):
        name = ("ledger", "journal")[number % 2]

        def harm(snapshot: Snapshot, name: str = name) -> None:
            flip(snapshot.file(name), dice.randrange(snapshot.file(name).stat().st_size), dice)

        home = damaged(tmp_path / str(number), whole, harm)
        for command, answer in healthy.items():
            is_named = judge(run(home, command), answer, (number, command))
            named += [number] if is_named and command == "check" else []
        shutil.rmtree(home)
    assert len(named) >= least


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ledger", "journal"])
def test_check_names_a_flipped_bit_in_any_block_that_holds_rows(
    whole: Path, tmp_path: Path, run, name: str
) -> None:
    dice = random.Random(7)
    blocks = used_blocks(current_snapshot(whole / "store").file(name))
    assert blocks
    for block in dice.sample(blocks, min(8, len(blocks))):

        def harm(snapshot: Snapshot, block: int = block) -> None:
            flip(snapshot.file(name), HEADER + block * BLOCK + dice.randrange(8, 20_000), dice)

        home = damaged(tmp_path / str(block), whole, harm)
        assert judge(run(home, "check"), (0, "", ""), block)
        shutil.rmtree(home)


@pytest.mark.slow
@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in {"check", "kpi"}])
def test_every_command_names_the_damage_it_reads(whole: Path, tmp_path: Path, run, command: str) -> None:
    home = damaged(tmp_path / "home", whole, lambda snapshot: spoil_rows(snapshot.ledger))
    reader.connect(current_snapshot(home / "store")).close()  # the damage is met when a row is read
    assert judge(run(home, command), (0, "", ""), command)
    assert sorted(file.name for file in (home / "store").glob(".new-*")) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ledger", "journal"])
@pytest.mark.parametrize("share", [0.0, 0.001, 0.2, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_named_by_every_command(
    whole: Path, tmp_path: Path, run, name: str, share: float
) -> None:
    def harm(snapshot: Snapshot) -> None:
        file = snapshot.file(name)
        os.truncate(file, int(file.stat().st_size * share))

    home = damaged(tmp_path / "home", whole, harm)
    for command in COMMANDS if share == 0.5 else ("query", "check", "load"):
        assert judge(run(home, command), (0, "", ""), command), command


@pytest.mark.slow
def test_a_page_shows_the_sentence_and_works_again_once_the_file_is_restored(
    whole: Path, desk: Desk, open_page: Callable[..., AppTest]
) -> None:
    shutil.copytree(whole / "store", desk.store)
    ledger = current_snapshot(desk.store).ledger
    content = ledger.read_bytes()
    spoil_rows(ledger)
    for page in ("ageing", "data"):
        app = open_page(page)
        assert "The books are damaged." in words(app), page
        # What to do names a path, and is folded.
        assert SENTENCE.search("\n".join(block.value for block in app.code)), page
    assert "could not be shown" not in words(app)
    copy = ledger.with_suffix(".copy")
    copy.write_bytes(content)
    copy.replace(ledger)
    app = open_page("ageing")
    assert "damaged" not in words(app)
    assert "Klant" in str([table.value for table in app.dataframe]) + words(app)


@pytest.mark.parametrize(
    ("error", "is_damage"),
    [
        (duckdb.IOException("IO Error: Corrupt database file: computed checksum 1"), True),
        (duckdb.IOException("IO Error: Could not read enough bytes from file"), True),
        (duckdb.FatalException("FATAL Error: database has been invalidated"), True),
        (duckdb.InternalException("INTERNAL Error: attempted to read"), True),
        (duckdb.SerializationException("Serialization Error: field id"), True),
        (duckdb.IOException("IO Error: Could not write all bytes to file .spill-1"), False),
        (duckdb.IOException("IO Error: No space left on device"), False),
        (duckdb.OutOfMemoryException("Out of Memory Error: failed to offload"), False),
        (duckdb.ConversionException("Conversion Error: a number"), False),
    ],
)
def test_a_full_disk_and_a_bug_are_no_damage(error: duckdb.Error, *, is_damage: bool) -> None:
    snapshot = Snapshot(Path("s/ledger-000001.duckdb"), Path("s/journal-000001.duckdb"), "")
    expected = StoreBrokenError if is_damage else type(error)
    with pytest.raises(expected), reader.refuse_damage(snapshot):
        raise error
