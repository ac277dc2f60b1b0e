"""What a load says of how far it is: inside a file too, and never less than before."""

from itertools import pairwise
from pathlib import Path

import pytest

from data.importers import file_reader, list_rows, load_preset, workbook
from data.store.load import load
from tests.data.importers.formats.ubl_texts import ubl
from tests.data.importers.workbooks import workbook as workbook_of

HEADER = "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount"
PRESET = """
name = "lijst"
shape = "invoices"
headings = "plain"
[columns]
"Nummer" = "invoice_id"
"Klant" = "customer_name"
"Datum" = "invoice_date"
"Bedrag" = "amount"
[defaults]
currency = "EUR"
"""


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(file_reader, "_BATCH_ROWS", 10)
    monkeypatch.setattr(list_rows, "_BATCH_ROWS", 10)
    monkeypatch.setattr(workbook, "_STEP", 10)


def told(store: Path, *paths: Path, **options: object) -> list[tuple[str, float]]:
    """What a load says, after it was seen not to go back."""
    seen: list[tuple[str, float]] = []
    load(store, paths, progress=lambda text, share: seen.append((text, share)), **options)
    shares = [share for _text, share in seen]
    assert all(before <= after for before, after in pairwise(shares))
    assert (shares[0], seen[-1]) == (0.0, ("done", 1.0))
    return seen


def invoices(path: Path, first: int, count: int) -> Path:
    rows = [f"F{number},C1,invoice,2026-01-05,,EUR,5.00" for number in range(first, first + count)]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return path


def between(seen: list[tuple[str, float]], text: str, start: float, end: float) -> list[float]:
    return [share for words, share in seen if words == text and start < share < end]


@pytest.mark.slow
def test_progress_moves_while_a_file_is_read_while_it_is_written_and_while_balances_are_derived(tmp_path):
    seen = told(tmp_path / "store", invoices(tmp_path / "invoices.csv", 0, 100))
    assert len(between(seen, "invoices.csv", 0.0, 0.5)) == 10  # ten batches of ten rows
    assert len(between(seen, "invoices.csv", 0.5, 0.9)) > 2
    assert len(between(seen, "derive", 0.5, 0.9)) > 5


@pytest.mark.slow
def test_each_file_has_the_part_of_its_size(tmp_path):
    small = invoices(tmp_path / "a" / "invoices.csv", 0, 1)
    large = invoices(tmp_path / "b" / "invoices-large.csv", 1, 100)
    before, total = large.stat().st_size, small.stat().st_size + large.stat().st_size
    seen = told(tmp_path / "store", small, large)
    reading = [share for text, share in seen if text == "invoices.csv" and share < 0.5]
    assert reading[0] == pytest.approx(0.5 * before / total)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_progress_moves_within_a_list_of_another_program(tmp_path, kind):
    (tmp_path / "p.toml").write_text(PRESET, encoding="utf-8")
    rows = [
        ["Nummer", "Klant", "Datum", "Bedrag"],
        *([f"F{n}", "A", "2026-01-05", "5.00"] for n in range(100)),
    ]
    text = "\n".join(";".join(row) for row in rows)
    file = tmp_path / f"lijst.{kind}"
    file.write_bytes(text.encode() if kind == "csv" else workbook_of(Lijst=rows))
    seen = told(tmp_path / "store", file, preset=load_preset(str(tmp_path / "p.toml")))
    assert len(between(seen, file.name, 0.25, 0.5)) >= 20  # gathered and read, ten rows at a time
    if kind == "xlsx":
        assert len(between(seen, file.name, 0.0, 0.25)) >= 10


@pytest.mark.slow
def test_an_e_invoice_is_half_known_and_half_read_and_a_pdf_beside_it_comes_last(tmp_path):
    folder = tmp_path / "invoices"
    folder.mkdir()
    (folder / "settings.csv").write_text("key,value\ncompany_vat_id,NL123456789B01\n", encoding="utf-8")
    for number in ("2026-001", "2026-002"):
        (folder / f"{number}.xml").write_bytes(ubl(number))
    (folder / "2026-002.pdf").write_bytes(b"%PDF-1.4\n" + b" " * 5000)
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    seen = told(tmp_path / "store", folder)
    of_first = between(seen, "2026-001.xml", -1.0, 0.5)
    half = (sizes["2026-001.xml"] + sizes["2026-002.xml"]) / 2
    assert of_first[-1] - of_first[0] == pytest.approx(0.5 * half / sum(sizes.values()))
    [of_pdf, *_rest] = between(seen, "2026-002.pdf", 0.0, 0.5)
    assert of_pdf == pytest.approx(0.5 * (1 - sizes["2026-002.pdf"] / sum(sizes.values())))
