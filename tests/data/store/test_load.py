"""What a load reports, what it refuses, and what it leaves behind."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.errors import KasstroomError, RefusedFileError, StoreBrokenError
from data.importers import load_preset
from data.store import checks, reader, writer
from data.store.load import load
from data.store.load_report import LoadReport
from data.store.snapshot import current_snapshot
from tests.books import Desk
from tests.paths import IBM


@pytest.fixture
def desk(loading_desk: Desk) -> Desk:
    return loading_desk


@pytest.fixture
def begun(desk: Desk) -> Desk:
    """A store of one invoice, F1 of 100.00."""
    desk.shares_loads = True
    desk.load(invoices=[invoice(1)])
    desk.shares_loads = False
    return desk


def invoice(number: int, amount: str = "100.00") -> tuple[str, ...]:
    return (f"F{number}", "C1", "invoice", "2026-01-01", "2026-01-31", "EUR", amount)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.slow
def test_every_row_read_is_accepted_rejected_or_a_repeat_and_the_sums_say_so(begun: Desk) -> None:
    report = begun.load(
        invoices=[
            invoice(1),  # in the store already
            invoice(2, "20.00"),
            invoice(2, "20.00"),  # twice in the file
            invoice(3, "30.00"),
            invoice(4, "40.005"),  # three decimals
            invoice(5, "50.00"),
            invoice(5, "51.00"),  # the same number with other content: neither goes in
        ]
    ).files[0]
    assert (report.rows_read, report.accepted, report.rejected, report.duplicate) == (7, 2, 3, 2)
    assert report.sum_accepted == Decimal("50.00")
    assert report.sum_read == Decimal("271.00")  # 100 + 20 + 20 + 30 + 50 + 51, the unreadable one left out
    assert sorted(report.rejects["line"].to_list()) == [6, 7, 8]
    assert report.batch_id == 2
    assert begun.ageing("2026-01-31") == {"C1": {"not_due": Decimal("150.00")}}
    assert begun.rows("select line, reason is not null from reject order by line") == [
        (6, True),
        (7, True),
        (8, True),
    ]


def test_the_batch_keeps_the_figures_of_its_report(desk: Desk) -> None:
    report = desk.load(invoices=[invoice(1), invoice(2, "0.01")], source_date=date(2026, 2, 1)).files[0]
    assert desk.rows(
        "select batch_id, source_date, file_name, kind, sha256, rows_read, accepted, rejected, duplicate, "
        "sum_read, sum_accepted from batch"
    ) == [
        (
            1, date(2026, 2, 1), "invoices.csv", "invoices", report.sha256, 2, 2, 0, 0,
            Decimal("100.01"), Decimal("100.01"),
        )
    ]  # fmt: skip


def test_a_file_already_loaded_is_said_to_be_so_and_publishes_nothing(desk: Desk) -> None:
    folder = desk.folder(invoices=[invoice(1), invoice(2)])
    first = load(desk.store, [folder])
    before = contents(desk.store)
    again = load(desk.store, [folder])
    assert again.snapshot is None
    report = again.files[0]
    assert (report.already_loaded, report.batch_id, report.accepted, report.duplicate) == (
        True, first.files[0].batch_id, 0, 2,
    )  # fmt: skip
    assert report.sum_accepted == Decimal("0.00")
    assert contents(desk.store) == before


def test_one_refused_file_refuses_the_whole_load_and_changes_nothing(begun: Desk) -> None:
    before = contents(begun.store)
    folder = begun.folder(customers=[("C1", "Acme", "", "", "30", "")])
    (folder / "invoices.csv").write_text("invoice_id;amount\nF2;10\n", encoding="utf-8")
    with pytest.raises(RefusedFileError, match=r"invoices\.csv"):
        load(begun.store, [folder])
    assert contents(begun.store) == before


def test_a_refused_first_load_makes_no_store(desk: Desk) -> None:
    folder = desk.home / "in"
    folder.mkdir()
    (folder / "invoices.csv").write_bytes(b"")
    with pytest.raises(RefusedFileError, match="empty"):
        load(desk.store, [folder])
    assert not desk.store.exists()


def test_books_that_would_not_tie_out_are_not_published(begun: Desk, monkeypatch) -> None:
    before = contents(begun.store)
    refresh = load.__globals__["derive"].refresh

    def refresh_and_lose_a_cent(connection, **options) -> None:
        refresh(connection, **options)
        connection.execute("update item set amount = amount - 0.01 where document_id = 'F2'")

    monkeypatch.setattr("data.store.load.derive.refresh", refresh_and_lose_a_cent)
    sentence = "EUR: documents less payments come to 120.00, the item ledger to 119.99"
    with pytest.raises(StoreBrokenError, match=sentence):
        begun.load(invoices=[invoice(2, "20.00")])
    assert contents(begun.store) == before


@pytest.mark.slow
def test_a_dry_run_reports_the_same_and_publishes_nothing(desk: Desk) -> None:
    folder = desk.folder(invoices=[invoice(1), invoice(2, "x")])
    dry = load(desk.store, [folder], dry_run=True)
    assert not desk.store.exists()
    assert dry.dry_run
    assert dry.snapshot is None
    wet = load(desk.store, [folder])
    figures = [
        (file.rows_read, file.accepted, file.rejected, file.sum_read, file.sum_accepted, file.sha256)
        for report in (dry, wet)
        for file in report.files
    ]
    assert figures[0] == figures[1] == (2, 1, 1, Decimal("100.00"), Decimal("100.00"), wet.files[0].sha256)
    before = contents(desk.store)
    assert load(desk.store, [desk.folder(invoices=[invoice(3)])], dry_run=True).files[0].accepted == 1
    assert contents(desk.store) == before


def test_a_dry_run_refuses_what_a_load_refuses(desk: Desk) -> None:
    folder = desk.folder(invoices=[invoice(1, "9999999999999999.99"), invoice(2, "1.00")])
    for dry_run in (True, False):
        with pytest.raises(RefusedFileError, match="Nothing was published, amounts add up to more"):
            load(desk.store, [folder], dry_run=dry_run)


def test_the_file_is_kept_as_it_came_with_its_facts_beside_it(desk: Desk) -> None:
    folder = desk.folder(invoices=[invoice(1)])
    content = (folder / "invoices.csv").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    report = load(desk.store, [folder], source_date=date(2026, 2, 1)).files[0]
    assert report.sha256 == digest
    assert (desk.store / "raw" / digest).read_bytes() == content
    facts = json.loads((desk.store / "raw" / f"{digest}.json").read_text(encoding="utf-8"))
    assert facts == {
        "batch_id": 1,
        "recorded_at": desk.moment().isoformat(),
        "published_at": desk.moment().isoformat(),
        "file_name": "invoices.csv",
        "kind": "invoices",
        "preset": None,
        "preset_sha256": None,
        "source_date": "2026-02-01",
        "rows_read": 1,
    }


# The folder raw/, loaded again


def answers(desk: Desk) -> list[object]:
    return [
        desk.ask("ageing", as_of="2026-02-15"),
        desk.ask("customers", as_of="2026-02-15"),
        sorted(
            (row["batch_id"], row["file_name"], row["kind"], row["preset"], row["rows_read"])
            for row in desk.ask("batches")
        ),
    ]


@pytest.mark.slow
def test_the_folder_raw_of_a_store_loaded_into_a_new_one_gives_the_same_books(desk: Desk) -> None:
    own = desk.home / "own.toml"
    own.write_text(
        'name = "ours"\ngrain = "payments"\n[columns]\nnr = "payment_id"\nklant = "customer_id"\n'
        'datum = "payment_date"\nbedrag = "amount"\n[defaults]\ncurrency = "EUR"\n'
    )
    customers = [("C1", "Acme", "", "", "30", "")]
    desk.load(invoices=[invoice(1, "80.00")], customers=customers, source_date=date(2026, 3, 1))
    export(desk, "F2;C2;Beta;01-01-2026;31-01-2026;50,00;20-01-2026")
    disputes = [("F1", "2026-02-01", "", "price", "10.00")]
    older = [invoice(1, "100.00"), invoice(3, "7.00")]
    desk.load(invoices=older, disputes=disputes, source_date=date(2026, 2, 1))
    file = desk.home / "bank.csv"
    file.write_text("nr,klant,datum,bedrag\nP9,C1,2026-02-01,5.00\n")
    load(desk.store, [file], preset=load_preset(str(own)))
    own.unlink()  # what is kept must be enough
    export(desk, "F2;C2;Beta;01-01-2026;31-01-2026;50,00;")
    desk.load(customers=[("C1", "Acme BV", "", "", "30", "")])
    before = answers(desk)
    again = Desk(desk.home / "again")
    report = load(again.store, [desk.store / "raw"])
    assert report.passed_over == []
    assert answers(again) == before
    assert again.rows("select count(*) from dispute_at(null)") == [(1,)]
    assert load(again.store, [desk.store / "raw"]).snapshot is None
    assert current_snapshot(again.store).ledger.name == "ledger-000001.duckdb"
    again.close()


@pytest.mark.slow
def test_a_kept_file_without_its_facts_or_its_preset_is_found_and_not_guessed_at(begun: Desk) -> None:
    export(begun, "F2;C2;Beta;01-01-2026;31-01-2026;50,00;")
    kept = begun.store / "raw"
    snapshot = current_snapshot(begun.store)
    preset = next(kept.glob("*.toml"))
    preset.rename(kept / "elsewhere")
    digests = [row["sha256"] for row in begun.ask("batches")]  # newest first

    def faults() -> list[str]:
        connection = reader.connect(snapshot)
        try:
            return list(map(str, checks.raw_faults(connection, begun.store)))
        finally:
            connection.close()

    assert faults() == []  # the one that ships is the same
    (kept / "elsewhere").rename(preset)
    preset.write_bytes(b"name = 'other'\n")
    told = "Batch 2: the preset cleared-nl, which its file (export.csv) was read with, is no longer in raw/."
    assert faults() == [told]
    with pytest.raises(RefusedFileError, match="was read with the preset cleared-nl, which is not kept"):
        load(begun.home / "again", [kept])
    preset.unlink()
    (kept / f"{digests[1]}.json").unlink()
    told = "Batch 1: what is kept beside the file it came from (invoices.csv) is no longer in raw/."
    assert faults() == [told]
    with pytest.raises(RefusedFileError, match="has no facts beside it that tell how it was read"):
        load(begun.home / "again", [kept])


@pytest.mark.slow
def test_facts_left_by_a_load_that_was_killed_are_replaced(desk: Desk) -> None:
    desk.load(customers=[("C1", "Acme", "", "", "30", "")])
    folder = desk.folder(invoices=[invoice(1)])
    digest = hashlib.sha256((folder / "invoices.csv").read_bytes()).hexdigest()
    (desk.store / "raw" / digest).write_bytes((folder / "invoices.csv").read_bytes())
    (desk.store / "raw" / f"{digest}.json").write_text('{"batch_id": 99}', encoding="utf-8")
    load(desk.store, [folder])
    assert json.loads((desk.store / "raw" / f"{digest}.json").read_text(encoding="utf-8"))["batch_id"] == 2


def test_what_is_no_data_in_a_folder_is_passed_over_with_a_word(desk: Desk) -> None:
    folder = desk.folder(invoices=[invoice(1)])
    (folder / "notes.docx").write_bytes(b"x")
    (folder / ".hidden.csv").write_bytes(b"x")
    (folder / "archive").mkdir()
    (folder / "archive" / "old.docx").write_bytes(b"x")
    report = load(desk.store, [folder])
    assert sorted((path.name, str(why)) for path, why in report.passed_over) == [
        (".hidden.csv", "hidden"),
        ("notes.docx", "no data file"),
        ("old.docx", "no data file"),
    ]
    assert [file.file_name for file in report.files] == ["invoices.csv"]


@pytest.mark.slow
def test_instants_grow_strictly_though_the_clock_is_set_back(begun: Desk, monkeypatch) -> None:
    first = begun.moment()
    monkeypatch.setattr("data.clock.now", lambda: first.replace(year=first.year - 1))
    begun.load(customers=[("C1", "Acme", "", "", "30", "")], invoices=[invoice(2)])
    instants = [row[0] for row in begun.rows("select recorded_at from batch order by batch_id")]
    assert instants == sorted(set(instants))
    assert begun.ageing("2026-01-31", first) == {"C1": {"not_due": Decimal("100.00")}}


def test_a_full_disk_is_said_in_a_sentence_and_nothing_is_published(begun: Desk, monkeypatch) -> None:
    before = contents(begun.store)

    def full(_self: writer.Writer) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer.Writer, "publish", full)
    with pytest.raises(KasstroomError, match=r"No space left on device.*make room"):
        begun.load(invoices=[invoice(2)])
    after = contents(begun.store)
    assert {name: body for name, body in after.items() if not name.startswith("raw")} == {
        name: body for name, body in before.items() if not name.startswith("raw")
    }


# Cleared invoices

CLEARED = "factuurnummer;klantnummer;klantnaam;factuurdatum;vervaldatum;bedrag;betaald_op"


def export(desk: Desk, *rows: str, header: str = CLEARED, source_date: date | None = None) -> LoadReport:
    folder = desk.folder()
    folder.mkdir()
    file = folder / "export.csv"
    file.write_text("\n".join([header, *rows, ""]), encoding="cp1252")
    return load(desk.store, [file], preset=load_preset("cleared-nl"), source_date=source_date)


@pytest.mark.slow
def test_a_clearing_that_a_newer_export_takes_back_opens_the_invoice_again(desk: Desk) -> None:
    row = "F1;C1;Acme;01-01-2026;31-01-2026;100,00;"
    export(desk, row + "20-01-2026")
    paid = desk.moment()
    assert desk.ageing("2026-02-15") == {}
    report = export(desk, row).files[0]
    assert (report.accepted, report.duplicate) == (1, 0)
    assert desk.ageing("2026-02-15") == {"C1": {"d1_30": Decimal("100.00")}}
    assert desk.ageing("2026-02-15", paid) == {}
    assert desk.rows("select count(*) from settlement_at(null)") == [(0,)]
    export(desk, row + "25-01-2026")
    assert desk.rows("select payment_date, amount from settlement_at(null)") == [
        (date(2026, 1, 25), Decimal("100.00"))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("is_backwards", [False, True])
def test_an_export_that_is_older_does_not_clear_what_a_newer_one_says_is_open(
    desk: Desk, *, is_backwards: bool
) -> None:
    row = "F1;C1;Acme;01-01-2026;31-01-2026;100,00;"
    exports = [(row + "20-01-2026", date(2026, 2, 1)), (row, date(2026, 3, 1))]
    for text, day in exports[::-1] if is_backwards else exports:
        export(desk, text, source_date=day)
    assert desk.ageing("2026-02-15") == {"C1": {"d1_30": Decimal("100.00")}}


@pytest.mark.slow
def test_an_export_of_cleared_invoices_leaves_what_the_customer_list_says(desk: Desk) -> None:
    desk.load(customers=[("C1", "Acme", "retail", "BE", "14", "5000.00")])
    export(desk, "F1;C1;Acme BV;01-01-2026;;100,00;", "F2;C2;Beta;01-01-2026;;50,00;")
    kept = "select customer_name, segment, country, payment_terms_days, credit_limit from customer_at(null)"
    assert sorted(desk.rows(kept)) == [
        ("Acme BV", "retail", "BE", 14, Decimal("5000.00")),
        ("Beta", None, "NL", None, None),
    ]
    export(desk, "F3;C1;Acme BV;02-01-2026;;10,00;;horeca", header=CLEARED + ";segment")
    assert ("Acme BV", "horeca", "BE", 14, Decimal("5000.00")) in desk.rows(kept)


@pytest.mark.slow
@pytest.mark.skipif(not IBM.exists(), reason="the IBM sample is not here")
def test_the_ibm_sample_gives_the_figures_of_its_ledger(desk: Desk) -> None:
    report = load(desk.store, [IBM], preset=load_preset("ibm")).files[0]
    assert (report.rows_read, report.accepted, report.rejected, report.duplicate) == (2466, 2466, 0, 0)
    rows = desk.ask("ageing", as_of="2013-06-30")
    sums = {
        name: sum(row[name] for row in rows) for name in ("not_due", "d1_30", "d31_60", "unapplied", "total")
    }
    assert len(rows) == 52
    assert {name: str(amount) for name, amount in sums.items()} == {
        "not_due": "4284.29", "d1_30": "835.56", "d31_60": "0.00", "unapplied": "0.00", "total": "5119.85",
    }  # fmt: skip
    assert sum(row["total"] for row in desk.ask("ageing", as_of="2013-03-31")) == Decimal("5903.74")
    is_open = (
        "select count(*) from (select document_id from item where post_date <= date '{}' "
        "group by all having sum(amount) <> 0)"
    )
    assert [desk.rows(is_open.format(day))[0][0] for day in ("2013-06-30", "2013-03-31")] == [84, 94]
