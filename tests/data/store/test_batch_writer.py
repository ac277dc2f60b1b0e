"""Many files of one load: what comes of them is what came of them one by one."""

import csv
import random
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from data import clock
from data.grains import BY_NAME
from data.importers import Reading, read_file, recognise, shipped_presets
from data.store import arrivals, batches
from data.store.audit_batches import AuditBatches
from data.store.batch_writer import BatchWriter, SourceFile
from data.store.writer import writer
from tests.books import NEEDED
from tests.data.importers.formats import audit_files
from tests.data.importers.formats.xaf_books import BANK, MEMO, NIL, SALES

# Stores of their own.
pytestmark = pytest.mark.slow

NOW = datetime(2026, 5, 4, 9, 30)  # noqa: DTZ001 - instants of the store are UTC without a zone
TABLES = ("customers", "invoices", "payments", "instalments", "disputes")
HEADERS = {
    "customers": "customer_id,customer_name,segment,country,payment_terms_days,credit_limit",
    "invoices": "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount",
    "payments": "payment_id,customer_id,invoice_id,payment_date,currency,amount",
    "instalments": "invoice_id,due_date,amount",
    "disputes": ",".join(NEEDED["disputes"]),
}
MORE = {
    "customers": ("", ",email", ",email,city"),
    "invoices": ("", ",entity", ",po_number"),
    "payments": ("", ",kind"),
    "instalments": ("",),
    "disputes": ("",),
}


def cells(kind: str, rng: random.Random) -> list[str]:
    """Return a row of a few keys and a few contents, so that files repeat, correct and contradict others."""
    number = rng.choice("123")
    amount = rng.choice(("10.00", "20.00", "0.00"))
    return {
        "customers": [f"C{number}", rng.choice(("Jan", "Piet")), "", rng.choice(("NL", "")), "", ""],
        "invoices": [f"F{number}", "C1", "invoice", "2026-01-01", "2026-01-31", "EUR", amount],
        "payments": [f"P{number}", "C1", rng.choice(("F1", "")), "2026-02-01", "EUR", amount],
        "instalments": [f"F{number}", rng.choice(("2026-02-01", "2026-03-01")), "5.00"],
        "disputes": [f"F{number}", "2026-01-15", "", "price", amount],
    }[kind]


def write_files(folder: Path, seed: int, count: int = 24) -> list[tuple[SourceFile, Reading]]:
    rng = random.Random(seed)
    pairs = []
    for place in range(count):
        kind = rng.choice(TABLES)
        more = rng.choice(MORE[kind])
        path = folder / f"{kind}_{place}.csv"
        rows = [cells(kind, rng) for _row in range(rng.choice((1, 1, 2, 4)))]
        rows = list({tuple(row[:1]) if kind not in {"payments", "instalments"} else tuple(row): row
                     for row in rows}.values())  # fmt: skip
        with path.open("w", newline="", encoding="utf-8") as file:
            listed = csv.writer(file)
            listed.writerow((HEADERS[kind] + more).split(","))
            wide = {"": [], ",kind": [rng.choice(("payment", "credit"))], ",email": [rng.choice(("", "a@b"))],
                    ",email,city": ["a@b", rng.choice(("", "Ede"))], ",entity": [rng.choice(("", "Noord"))],
                    ",po_number": [rng.choice(("", "7"))]}[more]  # fmt: skip
            listed.writerows([*row, *wide] for row in rows)
        day = rng.choice((None, None, date(2026, 3, 1), date(2026, 6, 1)))
        pairs.append((SourceFile(path, None, None, day), read_file(path)))
    return pairs


def content(store: Path, groups: Sequence[Sequence[tuple[SourceFile, Reading]]]) -> dict[str, list[tuple]]:
    """Add groups of files, and return all rows of facts, what was noted of them, and the reports."""
    with writer(store) as changing:
        adding = BatchWriter(changing.connection)
        for group in groups:
            adding.add(group)
        grains = [BY_NAME[name] for name in TABLES]
        stored = {
            grain.name: changing.connection.sql(
                f"select * from {batches.table_of(grain)} order by batch_id, line"
            ).fetchall()
            for grain in grains
        }
        for table in ("superseded", "confirmed", "batch", "reject"):
            for file in batches.FILES:
                rows = changing.connection.sql(f"from {batches.in_file(file, table)} order by all").fetchall()
                stored[f"{file} {table}"] = rows
        stored["reports"] = [
            (
                report.batch_id,
                report.accepted,
                report.duplicate,
                report.rejected,
                report.sum_accepted,
                tuple(map(str, report.notes)),
            )
            for report in adding.reports
        ]
        return stored


@pytest.mark.parametrize("seed", range(6))
def test_files_put_in_together_are_as_if_put_in_one_by_one(tmp_path, monkeypatch, seed):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    pairs = write_files(tmp_path, seed)
    one_by_one = content(tmp_path / "one", [[pair] for pair in pairs])
    assert content(tmp_path / "all", [pairs]) == one_by_one
    monkeypatch.setattr(arrivals, "_FILES_TOGETHER", 5)
    assert content(tmp_path / "fives", [pairs]) == one_by_one
    # The comparison is of something: files were repeated, overtaken and left unsaid.
    assert one_by_one["ledger superseded"]
    assert one_by_one["ledger confirmed"]


def audit_file(folder: Path, number: int) -> tuple[SourceFile, Reading]:
    """Return an audit file with three invoices and two payments, under numbers of its own."""
    path = folder / f"audit_{number}.xaf"
    text = audit_files.xaf(SALES, BANK, MEMO, opening=NIL)
    for document in ("F1", "F2", "C1"):
        text = text.replace(document, f"{document}{number}")
    path.write_text(text, encoding="utf-8")
    preset = recognise(path.read_bytes(), path.name, shipped_presets())
    return SourceFile(path, None, preset, None), read_file(path, preset)


@pytest.mark.parametrize("places", [(0,), (5,), (3, 9), (3, 20), (24,)], ids=str)
def test_documents_of_audit_files_are_taken_back_as_if_files_were_put_in_one_by_one(
    tmp_path, monkeypatch, places
):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    pairs = write_files(tmp_path, 1)
    for number, place in enumerate(places):
        pairs.insert(place, audit_file(tmp_path, number))
    one_by_one = content(tmp_path / "one", [[pair] for pair in pairs])
    assert content(tmp_path / "all", [pairs]) == one_by_one
    said = [note for report in one_by_one["reports"] for note in report[-1] if "of audit files" in note]
    # The first file with invoices after one or more audit files says so, once.
    between = [pairs[start + 1 : end] for start, end in pairwise((*places, len(pairs)))]
    assert len(said) == sum(any(reading.kind == "invoices" for _file, reading in each) for each in between)


def test_files_of_one_administration_take_back_documents_once_and_wait_together(tmp_path, monkeypatch):
    head, row = HEADERS["invoices"], "{number},C1,invoice,2026-01-01,2026-01-31,EUR,10.00"
    pairs = [audit_file(tmp_path, 0)]
    for number in range(9):
        path = tmp_path / f"invoices_{number}.csv"
        path.write_text(f"{head}\n{row.format(number=number)}\n", encoding="utf-8")
        pairs.append((SourceFile(path, None, None, None), read_file(path)))
    bundles = []
    put_in = BatchWriter._put_in

    def counted(adding, bundle):
        bundles.append(len(bundle.waiting))
        put_in(adding, bundle)

    monkeypatch.setattr(BatchWriter, "_put_in", counted)
    with writer(tmp_path / "store") as changing:
        BatchWriter(changing.connection).add(pairs)
    # The audit file goes in before what takes its documents back.
    assert bundles == [1, 9]


def test_the_documents_taken_back_before_the_books_are_compared_are_said_once(tmp_path):
    pairs = write_files(tmp_path, 1, count=8)
    with writer(tmp_path / "store") as changing:
        adding = BatchWriter(changing.connection, AuditBatches())
        adding.add([audit_file(tmp_path, 0)])
        adding.withdraw_documents(pairs)
        adding.add(pairs)
        notes = [str(note) for report in adding.reports for note in report.notes]
    assert len([note for note in notes if "of audit files" in note]) == 1


def test_the_second_of_two_equal_files_is_loaded_already_and_no_row_of_a_third_is_new(tmp_path):
    head, row = HEADERS["invoices"], "F1,C1,invoice,2026-01-01,2026-01-31,EUR,10.00"
    texts = (f"{head}\n{row}\n", f"{head}\n{row}\n", f"{head}\n{row}\n\n")
    pairs = []
    for place, text in enumerate(texts):
        path = tmp_path / f"invoices_{place}.csv"
        path.write_text(text, encoding="utf-8")
        pairs.append((SourceFile(path, None, None, None), read_file(path)))
    stored = content(tmp_path / "store", [pairs])
    # One row of 10.00 is new; the same bytes again are no batch, other bytes with that row are one without.
    assert [report[:3] for report in stored["reports"]] == [(1, 1, 0), (1, 0, 1), (2, 0, 1)]
    assert len(stored["invoices"]) == 1


def test_the_share_done_moves_with_the_files(tmp_path, monkeypatch):
    monkeypatch.setattr(arrivals, "_FILES_TOGETHER", 5)
    pairs = write_files(tmp_path, 1, count=12)
    told = []
    with writer(tmp_path / "store") as changing:
        BatchWriter(changing.connection).add(pairs, lambda name, share: told.append((name, round(share, 2))))
    shares = [share for _name, share in told]
    assert shares == sorted(shares)
    # A file takes as long as its rows and one more; after 5, 10 and 12 of twelve all of them are in.
    sizes = [reading.accepted + 1 for _file, reading in pairs]
    assert {round(sum(sizes[:count]) / sum(sizes), 2) for count in (5, 10, 12)} <= set(shares)
    assert {name for name, _share in told} <= {reading.name for _file, reading in pairs}
    assert shares[-1] == 1.0
