"""Writing and reading a store: readers never wait, one writer at a time, numbers only grow."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data.errors import KasstroomError, StoreBrokenError, StoreBusyError, StoreMissingError
from data.store import retention, writer
from data.store.layout import layout
from data.store.load import load
from data.store.snapshot import current_snapshot
from queries import Books, open_books
from tests.books import Desk
from tests.data.store.small_store import dispute, edit, faults, hashes, invoice, names
from tests.paths import ROOT


@pytest.fixture
def desk(loading_desk: Desk) -> Desk:
    return loading_desk


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A store whose published files no test manages to change."""
    desk = Desk(tmp_path_factory.mktemp("sealed"))
    desk.load(invoices=[invoice(1)])
    (desk.store / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    yield desk
    desk.close()


# One writer, many readers


def test_a_second_writer_is_refused_with_a_sentence_while_the_first_is_at_work(filled: Desk) -> None:
    with writer.writer(filled.store):
        with pytest.raises(StoreBusyError, match=r"Another program is writing .* wait until it is done"):
            filled.load(invoices=[invoice(3)])
        assert filled.ageing("2026-01-31")["C1"]["not_due"] == Decimal("150.00")
    filled.load(invoices=[invoice(3)])
    assert filled.ageing("2026-01-31")["C1"]["not_due"] == Decimal("250.00")


def test_a_writer_in_another_process_is_refused_too(filled: Desk) -> None:
    script = (
        "import sys; from pathlib import Path; from data.store.load import load; "
        "load(Path(sys.argv[1]), [Path(sys.argv[2])])"
    )
    folder = filled.folder(invoices=[invoice(3)])
    with writer.writer(filled.store):
        done = subprocess.run(
            [sys.executable, "-c", script, filled.store, folder],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "StoreBusyError: Another program is writing" in done.stderr


def test_a_reader_keeps_its_answers_while_and_after_a_writer_publishes_and_a_new_one_sees_the_new(
    filled: Desk,
) -> None:
    books = open_books(filled.store)
    total = "select sum(amount) from item"
    cursor = books.cursor()
    assert cursor.execute(total).fetchone() == (Decimal("130.00"),)
    with writer.writer(filled.store) as changing:
        changing.connection.execute("delete from item")
        assert cursor.execute(total).fetchone() == (Decimal("130.00"),)
    filled.load(invoices=[invoice(3)])
    assert cursor.execute(total).fetchone() == (Decimal("130.00"),)
    later = open_books(filled.store)
    assert later.cursor().execute(total).fetchone() == (Decimal("230.00"),)
    assert later.snapshot.key != books.snapshot.key
    books.close()
    later.close()


def test_two_stores_with_the_same_files_have_different_cache_keys(filled: Desk, tmp_path) -> None:
    shutil.copytree(filled.store, tmp_path / "other")
    assert current_snapshot(filled.store).key != current_snapshot(tmp_path / "other").key


def test_a_pair_opens_more_than_once_in_one_process(filled: Desk) -> None:
    first, second = open_books(filled.store), open_books(filled.store)
    assert first.ask("ageing", as_of="2026-01-31").equals(second.ask("ageing", as_of="2026-01-31"))
    first.close()
    assert second.ask("ageing", as_of="2026-01-31").height == 1
    second.close()


@pytest.mark.slow
def test_eight_threads_asking_for_different_customers_each_get_their_own(desk: Desk) -> None:
    desk.load(invoices=[invoice(n, f"{n}.00", f"C{n}") for n in range(1, 9)])
    books = open_books(desk.store)

    def ask(number: int) -> set[tuple[str, Decimal]]:
        frames = [books.ask("ageing", as_of="2026-01-31", customer=f"C{number}") for _ in range(20)]
        return {row for frame in frames for row in frame.select("customer_id", "total").iter_rows()}

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(1, 9)))
    books.close()
    assert answers == [{(f"C{number}", Decimal(number))} for number in range(1, 9)]


def test_threads_that_open_one_pair_at_the_same_time_all_get_in(filled: Desk) -> None:
    def opened(_number: int) -> int:
        books = Books(current_snapshot(filled.store))
        rows = books.ask("ageing", as_of="2026-01-31").height
        books.close()
        return rows

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(opened, range(24))) == [1] * 24


# A reader cannot do harm


@pytest.mark.parametrize(
    "attempt",
    [
        "insert into meta values ('a', 'b')",
        "insert into journal.meta values ('a', 'b')",
        "update item set amount = 0",
        "delete from journal.setting",
        "drop table item",
        "create table mine (a int)",
        "create macro mine() as 1",
        "copy (select 1) to '{store}/CURRENT'",
        "copy (select 1) to '{store}/out.csv'",
        "copy (select 1) to '{ledger}'",
        "copy (select 1) to '{journal}'",
        "copy item to '{store}/out.parquet' (format parquet)",
        "export database '{store}/export'",
        "select * from read_csv('{store}/secret.csv')",
        "select * from '{store}/secret.csv'",
        "select * from read_text('{store}/CURRENT')",
        "select * from glob('{store}/*')",
        "copy meta from '{store}/secret.csv'",
        "attach '{store}/other.duckdb' as other",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "reset lock_configuration",
        "set allowed_directories = ['{store}']",
        "set memory_limit = '64GB'",
        "set temp_directory = '{store}'",
        "select * from a_python_variable",
    ],
)
def test_a_hardened_reader_can_neither_write_nor_read_files_nor_loosen_itself(
    sealed: Desk, attempt: str
) -> None:
    a_python_variable = [1, 2, 3]
    assert len(a_python_variable) == 3
    snapshot = current_snapshot(sealed.store)
    before = hashes(sealed.store)
    cursor = sealed.books().cursor()
    text = attempt.format(store=sealed.store, ledger=snapshot.ledger, journal=snapshot.journal)
    with pytest.raises(duckdb.Error):
        cursor.execute(text)
    cursor.close()
    assert hashes(sealed.store) == before


def test_what_a_reader_makes_in_memory_is_no_part_of_what_others_read(sealed: Desk) -> None:
    cursor = sealed.books().cursor()
    before = hashes(sealed.store)
    cursor.execute("attach ':memory:' as other")
    cursor.execute("create table other.item as select 1 as amount")
    assert sealed.rows("select sum(amount) from item") == [(Decimal("100.00"),)]
    cursor.execute("detach other")
    cursor.close()
    assert hashes(sealed.store) == before


def test_a_write_ahead_log_beside_a_published_file_is_refused_not_replayed(filled: Desk) -> None:
    filled.close()
    ledger = current_snapshot(filled.store).ledger
    Path(f"{ledger}.wal").write_bytes(b"junk")
    with pytest.raises(StoreBrokenError, match=r"\.wal lies beside a published file.*delete it"):
        open_books(filled.store)


# What is published


def test_without_a_store_the_sentence_says_how_to_make_one(tmp_path) -> None:
    with pytest.raises(StoreMissingError, match=r"There is no store in .*kasstroom\.py demo.*load FOLDER"):
        open_books(tmp_path / "nothing")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '"x"', "null", '{"ledger": "a"}', '{"ledger": 1, "journal": 2, "chain": 3}', "\x00"],
)
def test_a_garbled_current_is_said_to_be_so(filled: Desk, text: str) -> None:
    (filled.store / "CURRENT").write_text(text, encoding="utf-8")
    with pytest.raises(StoreMissingError, match="CURRENT cannot be read: restore it"):
        current_snapshot(filled.store)


def test_a_current_that_names_a_file_that_is_gone_is_said_to_do_so(filled: Desk) -> None:
    filled.close()
    ledger = current_snapshot(filled.store).ledger
    ledger.unlink()
    with pytest.raises(StoreMissingError, match=rf"{ledger.name}, named by CURRENT, is not in"):
        open_books(filled.store)


def test_a_truncated_file_is_refused_with_a_sentence(filled: Desk) -> None:
    filled.close()
    snapshot = current_snapshot(filled.store)
    os.truncate(snapshot.ledger, 5000)
    with pytest.raises(
        StoreBrokenError, match=r"cannot be read: restore the store from a backup, or make a new"
    ):
        open_books(filled.store)


def test_a_pair_that_could_not_be_opened_opens_once_it_is_restored(filled: Desk) -> None:
    filled.close()
    journal = current_snapshot(filled.store).journal
    whole = journal.read_bytes()
    journal.write_bytes(whole[:100])
    with pytest.raises(StoreBrokenError, match="cannot be read") as kept:
        open_books(filled.store)
    journal.write_bytes(whole)
    assert filled.ageing("2026-01-31")["C1"]["not_due"] == Decimal("150.00")
    assert kept.value is not None


def test_a_store_of_another_layout_is_refused_to_readers_and_writers(filled: Desk) -> None:
    filled.close()
    edit(filled, "update meta set value = '99' where key = 'layout'")
    sentence = (
        rf"written in layout 99, this program reads layout {layout()}: make a new store from its files with "
        rf"`uv run kasstroom\.py --store NEW load {filled.store}/raw`, where all reports stay"
    )
    with pytest.raises(StoreMissingError, match=sentence):
        open_books(filled.store)
    with pytest.raises(StoreMissingError, match=sentence):
        filled.load(invoices=[invoice(3)])
    assert names(filled.store, ".new-*") == []


def test_a_disk_without_room_is_refused_before_anything_is_written(filled: Desk, monkeypatch) -> None:
    before = names(filled.store, "*")
    monkeypatch.setattr(
        writer.shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10**12, 10**12, 1_000_000)
    )
    with pytest.raises(KasstroomError, match=r"has 1 MB free and this load needs \d+ MB: make room"):
        filled.load(invoices=[invoice(3)])
    assert names(filled.store, "*") == before


# Retention


@pytest.mark.slow
def test_ten_ledgers_are_kept_and_numbers_only_grow(desk: Desk) -> None:
    desk.load(invoices=[invoice(1)])
    for _number in range(11):
        with writer.writer(desk.store, changes=("ledger",)) as changing:
            changing.publish()
    assert names(desk.store, "ledger-*") == [f"ledger-{number:06d}.duckdb" for number in range(3, 13)]
    assert current_snapshot(desk.store).ledger.name == "ledger-000012.duckdb"
    assert names(desk.store, "journal-*") == ["journal-000001.duckdb"]  # nothing in it changed


def test_journals_overtaken_more_than_a_week_ago_go_but_never_the_published_one(filled: Desk) -> None:
    for number in (1, 2, 3):
        filled.load(disputes=[dispute(number)])
    assert names(filled.store, "journal-*") == [f"journal-00000{number}.duckdb" for number in (1, 3, 4, 5)]
    long_ago = time.time() - retention.JOURNAL_SECONDS_KEPT - 60
    for file in filled.store.glob("journal-*"):
        os.utime(file, (long_ago, long_ago))
    filled.load(disputes=[dispute(4)])
    # The fifth is as old as the others and was the published one until now.
    assert names(filled.store, "journal-*") == ["journal-000005.duckdb", "journal-000006.duckdb"]
    os.utime(filled.store / "journal-000006.duckdb", (long_ago, long_ago))
    retention.remove_old(filled.store, current_snapshot(filled.store))
    assert names(filled.store, "journal-*") == ["journal-000006.duckdb"]


# Only what changes is written


def test_a_load_of_what_people_know_copies_and_rewrites_no_ledger(filled: Desk) -> None:
    before = current_snapshot(filled.store)
    content = (before.ledger.stat().st_ino, before.ledger.stat().st_mtime_ns)
    filled.load(disputes=[dispute(1)])
    after = current_snapshot(filled.store)
    assert (after.ledger.name, after.journal.name) == ("ledger-000002.duckdb", "journal-000003.duckdb")
    assert (after.ledger.stat().st_ino, after.ledger.stat().st_mtime_ns) == content
    assert after.chain != before.chain
    assert filled.rows("select invoice_id from dispute_at(null)") == [("F1",)]
    assert [row["batch_id"] for row in filled.ask("batches")] == [4, 3, 2, 1]
    assert faults(filled) == []


@pytest.mark.slow
def test_a_load_of_what_the_books_say_leaves_the_journal_where_it_is(filled: Desk) -> None:
    filled.load(disputes=[dispute(1)])
    filled.load(invoices=[invoice(3)])
    after = current_snapshot(filled.store)
    assert (after.ledger.name, after.journal.name) == ("ledger-000004.duckdb", "journal-000003.duckdb")
    assert filled.rows("select invoice_id from dispute_at(null)") == [("F1",)]
    assert faults(filled) == []


def test_a_folder_of_which_only_the_disputes_are_new_copies_no_ledger(filled: Desk) -> None:
    folder = filled.folder(invoices=[invoice(9)])
    load(filled.store, [folder])
    before = current_snapshot(filled.store)
    filled.file("disputes", [dispute(9)], folder=folder)
    report = load(filled.store, [folder])
    assert [file.already_loaded for file in report.files] == [True, False]
    assert current_snapshot(filled.store).ledger == before.ledger


def test_a_newer_journal_is_read_beside_a_ledger_that_is_open_with_an_older_one(filled: Desk) -> None:
    older = open_books(filled.store)
    filled.load(disputes=[dispute(1)])
    newer = open_books(filled.store)
    counted = "select count(*) from dispute_at(null)"
    assert older.snapshot.ledger == newer.snapshot.ledger
    assert older.cursor().execute(counted).fetchone() == (0,)
    assert newer.cursor().execute(counted).fetchone() == (1,)
    filled.load(invoices=[invoice(3)])
    newest = open_books(filled.store)
    assert newest.cursor().execute("select count(*) from invoice").fetchone() == (3,)
    assert newer.cursor().execute("select count(*) from invoice").fetchone() == (2,)
    for books in (older, newer, newest):
        books.close()


def test_a_writer_of_the_journal_alone_cannot_touch_the_ledger(filled: Desk) -> None:
    before = current_snapshot(filled.store)
    with writer.writer(filled.store, changes=("journal",)) as changing:
        with pytest.raises(duckdb.Error, match="read-only"):
            changing.connection.execute("delete from item")
        changing.connection.execute("delete from journal.dispute")
        after = changing.publish()
    assert (after.ledger, after.chain) == (before.ledger, before.chain)
    assert after.journal.name == "journal-000003.duckdb"


@pytest.mark.slow
def test_a_file_that_another_process_reads_is_kept(filled: Desk, monkeypatch) -> None:
    monkeypatch.setattr(retention, "LEDGERS_KEPT", 1)
    script = (
        "import sys, duckdb; c = duckdb.connect(sys.argv[1], read_only=True); "
        "print('open', flush=True); sys.stdin.read()"
    )
    held = current_snapshot(filled.store).ledger
    with subprocess.Popen(
        [sys.executable, "-c", script, held], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout.readline() == "open\n"
        filled.load(invoices=[invoice(3)])
        assert names(filled.store, "ledger-*") == ["ledger-000002.duckdb", "ledger-000003.duckdb"]
        reader.stdin.close()
    filled.load(invoices=[invoice(4)])
    assert names(filled.store, "ledger-*") == ["ledger-000004.duckdb"]


def test_the_number_of_a_file_that_was_never_published_is_not_used_again(filled: Desk) -> None:
    shutil.copy(filled.store / "ledger-000002.duckdb", filled.store / "ledger-000007.duckdb")
    filled.load(invoices=[invoice(3)])
    assert current_snapshot(filled.store).ledger.name == "ledger-000008.duckdb"
    assert "ledger-000007.duckdb" not in names(filled.store)


def test_what_a_killed_writer_left_is_removed_by_the_next(filled: Desk) -> None:
    (filled.store / ".new-x-ledger.duckdb").write_bytes(b"x")
    (filled.store / ".new-x-ledger.duckdb.wal").write_bytes(b"x")
    (filled.store / ".new-x-spill").mkdir()
    (filled.store / "raw" / ".new-x").write_bytes(b"x")
    filled.load(invoices=[invoice(3)])
    assert list(filled.store.rglob(".new-*")) == []
