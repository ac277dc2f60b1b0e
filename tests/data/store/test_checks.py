"""Faults of a store are found, and nothing is built on damage."""

import hashlib
import json
import os
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from data.errors import RefusedFileError, StoreBrokenError, StoreMissingError
from data.store import batches, checks, reader
from data.store.load import load
from data.store.snapshot import current_snapshot, name_current, store_exists
from queries import open_books
from tests.books import Desk
from tests.data.store.small_store import dispute, edit, faults, invoice, names


@pytest.fixture
def desk(loading_desk: Desk) -> Desk:
    return loading_desk


# Faults are found


def test_a_sound_store_has_no_faults(filled: Desk) -> None:
    assert faults(filled) == []


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (
            ["delete from invoice where invoice_id = 'F1'"],
            "Batch 1: its rows are not the ones that were published.",
        ),
        (
            ["update invoice set amount = 99.99 where invoice_id = 'F2'"],
            "Batch 2: its rows are not the ones that were published.",
        ),
        (
            ["update invoice set due_date = date '2026-03-01' where invoice_id = 'F2'"],
            "Batch 2: its rows are not the ones that were published.",
        ),
        (
            ["update batch set sum_accepted = 1 where batch_id = 1"],
            "Batch 1: its facts do not follow from the batch before it.",
        ),
        (
            ["delete from batch where batch_id = 2"],
            "Batches are missing: 2 are there, the last one has number 3.",
        ),
        (["delete from batch where batch_id = 2"], "Batch 2 is missing, and 1 rows of it are there."),
        (
            ["update item set amount = amount + 0.01 where document_id = 'F1'"],
            (
                "EUR: documents less payments come to 130.00, the item ledger to 130.01, "
                "the balances per day to 130.00."
            ),
        ),
        (
            ["delete from balance_day where due_date is null"],
            (
                "EUR: documents less payments come to 130.00, the item ledger to 130.00, "
                "the balances per day to 150.00."
            ),
        ),
        (
            [f"delete from {table} where batch_id = 3" for table in ("batch", "settlement")]
            + [f"delete from {table} where due_date is null" for table in ("item", "balance_day")],
            "The newest batch is not the one that CURRENT names: batches are missing.",
        ),
    ],
)
def test_what_was_changed_behind_the_programs_back_is_found(filled: Desk, statements, sentence) -> None:
    edit(filled, *statements)
    assert sentence in faults(filled)


@pytest.fixture
def corrected(filled: Desk) -> Desk:
    """A store with a correction: reversing rows are there too."""
    filled.shares_loads = True
    filled.load(invoices=[invoice(2, "60.00")])
    filled.shares_loads = False
    return filled


def test_the_derived_tables_of_a_corrected_store_are_what_the_facts_come_to(corrected: Desk) -> None:
    assert derived_faults(corrected) == []


@pytest.mark.parametrize(
    ("statement", "table", "count"),
    [
        ("update item set due_date = due_date + 1 where document_id = 'F1'", "item", 2),
        ("update balance_day set due_date = due_date + 1 where amount = 100", "balance_day", 2),
        ("update flow_day set kind = 'credit' where kind = 'payment'", "flow_day", 2),
        ("delete from receivable where document_id = 'F2'", "receivable", 1),
        ("update fact_day set day = day + 1 where part = 'received'", "fact_day", 2),
    ],
)
def test_a_derived_table_that_is_not_what_the_facts_come_to_is_found(
    corrected: Desk, statement: str, table: str, count: int
) -> None:
    edit(corrected, statement)
    told = f"{count} rows of {table} are not what the documents and payments come to."
    assert told in derived_faults(corrected)


def derived_faults(desk: Desk) -> list[str]:
    connection = reader.connect(current_snapshot(desk.store))
    try:
        return list(map(str, checks.underived(connection)))
    finally:
        connection.close()


@pytest.mark.slow
def test_a_changed_journal_is_found(desk: Desk) -> None:
    desk.load(invoices=[invoice(1)], disputes=[("F1", "2026-02-01", "", "price", "10.00")])
    edit(desk, "update dispute set amount = 11.00", file="journal")
    assert faults(desk) == ["Batch 2: its rows are not the ones that were published."]


@pytest.mark.slow
def test_a_person_can_be_erased_without_breaking_the_chain(desk: Desk) -> None:
    desk.load(customers=[("C1", "Jan Jansen", "", "NL", "30", "")], invoices=[invoice(1)])
    edit(desk, "update customer set customer_name = '-', email = null")
    assert faults(desk) == []


def test_the_chain_depends_on_every_batch_before_it(filled: Desk) -> None:
    links = [row[0] for row in filled.rows("select chain_hash from batch order by batch_id")]
    assert len(set(links)) == 3
    both = hashlib.sha256(f"{links[-1]}\n{batches.GENESIS}".encode()).hexdigest()  # nothing in the journal
    assert json.loads((filled.store / "CURRENT").read_text(encoding="utf-8"))["chain"] == both
    assert batches.chain_hash(links[0], {"batch_id": 2}) != batches.chain_hash(links[1], {"batch_id": 2})


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("delete from settlement", "Batch 3: 0 rows are there, 1 were published"),
        ("delete from batch where batch_id = 2", "Batches are missing: 2 are there"),
        ("update batch set accepted = 2 where batch_id = 1", "Batch 1: its facts do not follow"),
    ],
)
def test_nothing_is_built_on_a_store_that_lost_something(filled: Desk, statement: str, sentence: str) -> None:
    edit(filled, statement)
    before = names(filled.store, "*")
    told = rf"Nothing was published, the store is damaged.*{sentence}"
    for more in ({"invoices": [invoice(3)]}, {"disputes": [dispute(1)]}):
        with pytest.raises(StoreBrokenError, match=told):
            filled.load(**more)
    assert names(filled.store, "*") == before


@pytest.mark.slow
@pytest.mark.parametrize("file", ["ledger", "journal"])
def test_nothing_is_built_on_an_older_file_put_in_the_place_of_the_published_one(
    filled: Desk, file: str
) -> None:
    older = getattr(current_snapshot(filled.store), file)
    filled.load(invoices=[invoice(3)], disputes=[dispute(1)])
    shutil.copy(older, getattr(current_snapshot(filled.store), file))
    filled.close()
    name_current(filled.store, current_snapshot(filled.store))  # as if the older one was as long
    assert any("missing" in fault for fault in faults(filled))
    for more in ({"invoices": [invoice(4)]}, {"disputes": [dispute(2)]}):
        with pytest.raises(StoreBrokenError, match="Nothing was published, the store is damaged"):
            filled.load(**more)
    assert any("missing" in fault for fault in faults(filled))


def test_a_store_that_lost_its_current_is_refused_and_nothing_of_it_is_deleted(filled: Desk) -> None:
    filled.close()
    (filled.store / "CURRENT").unlink()
    before = names(filled.store)
    sentence = (
        r"CURRENT is gone from .*restore it from a backup, or load the folder raw in it into a new store"
    )
    assert store_exists(filled.store)
    with pytest.raises(StoreBrokenError, match=sentence) as refusal:
        open_books(filled.store)
    assert "demo" not in str(refusal.value)
    for dry in (False, True):
        with pytest.raises(StoreBrokenError, match=sentence):
            load(filled.store, [filled.folder(invoices=[invoice(3)])], dry_run=dry)
    assert names(filled.store) == before


def test_a_load_into_a_damaged_store_says_so_and_leaves_no_copies(filled: Desk) -> None:
    ledger = current_snapshot(filled.store).ledger
    os.truncate(ledger, 100_000)
    with pytest.raises(StoreBrokenError, match=rf"{ledger.name} or .* cannot be read: restore the store"):
        filled.load(invoices=[invoice(3)])
    assert list(filled.store.glob(".new-*")) == []


def test_a_current_that_is_a_folder_is_named(filled: Desk) -> None:
    named = filled.store / "CURRENT"
    named.unlink()
    named.mkdir()
    with pytest.raises(StoreMissingError, match=r"CURRENT cannot be read: restore it from a backup"):
        current_snapshot(filled.store)


def test_a_file_in_place_of_the_store_is_named(tmp_path: Path) -> None:
    file = tmp_path / "books.csv"
    file.write_text("a\n", encoding="utf-8")
    with pytest.raises(StoreMissingError, match=r"books\.csv is a file, not the folder of a store"):
        current_snapshot(file)


@pytest.mark.slow
def test_amounts_that_add_up_to_more_than_fits_are_refused_with_a_sentence(filled: Desk) -> None:
    before = current_snapshot(filled.store)
    with pytest.raises(RefusedFileError, match=r"Nothing was published, amounts add up to more"):
        filled.load(invoices=[invoice(3, "9999999999999999.99"), invoice(4, "1.00")])
    assert current_snapshot(filled.store) == before
    filled.load(invoices=[invoice(4, "1.00")])
    assert filled.ageing("2026-01-31")["C1"]["not_due"] == Decimal("151.00")
