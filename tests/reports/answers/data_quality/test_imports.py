import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from filelock import FileLock

from data.errors import KasstroomError, StoreBusyError
from data.importers import load_preset, preset_names
from data.importers.presets import FOLDER
from data.store.missing import FullLoad
from data.store.snapshot import store_exists
from reports import language
from reports.answers.data_quality import imports, missing_text, rejects
from reports.answers.data_quality.imports import Upload
from reports.answers.data_quality.recognition_text import preset_title
from reports.sentences import translate
from tests.books import Desk

CUSTOMERS = (
    "customer_id,customer_name,segment,country,payment_terms_days,credit_limit\n"
    "C1,![x](http://evil),retail,NL,30,\n"
)
INVOICES = (
    "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount\n"
    "007,C1,invoice,2026-01-05,2026-02-04,EUR,100.00\n"
    "008,C1,invoice,2026-01-06,2026-02-05,EUR,10.005\n"
)
DUTCH = (
    "factuurnummer;klantnummer;klantnaam;factuurdatum;vervaldatum;bedrag;betaald_op\n"
    "F1;K1;Bakker;05-01-2026;04-02-2026;1.234,56;\n"
    "F2;K1;Bakker;06-01-2026;31-02-2026;10,00;\n"
)
HOSTILE = "../../<img src=x>.csv"


def _files(*pairs: tuple[str, str]) -> list[Upload]:
    return [Upload(name, text.encode()) for name, text in pairs]


def test_a_preview_types_the_accepted_rows_and_names_the_line_and_column_of_the_others() -> None:
    [shown] = imports.preview(_files(("invoices.csv", INVOICES)), None)
    [row] = shown.rows()["invoices"].to_dicts()
    assert (row["line"], row["invoice_id"], row["amount"]) == (2, "007", Decimal("100.00"))
    assert "vat_amount" not in row  # nothing is in that column
    [reject] = rejects.of_files([shown.reading]).to_dicts() if shown.reading else []
    assert (reject["file_name"], reject["line"], reject["column"]) == ("invoices.csv", 3, "amount")
    assert reject["raw"] == "008,C1,invoice,2026-01-06,2026-02-05,EUR,10.005"


def test_a_preview_publishes_nothing(desk: Desk) -> None:
    imports.preview(_files(("customers.csv", CUSTOMERS), ("invoices.csv", INVOICES)), None)
    assert not store_exists(desk.store)


def test_a_preview_of_a_refused_file_is_its_sentence_and_the_others_are_still_read() -> None:
    refused, read = imports.preview(_files(("photo.csv", "\x89PNG"), ("customers.csv", CUSTOMERS)), None)
    assert refused.reading is None
    assert refused.refusal.startswith("photo.csv: ")
    assert refused.rows() == {}
    assert read.reading is not None
    assert read.refusal == ""
    assert imports.preview_rows([refused, read])["file_name"].to_list() == ["customers.csv"]


def test_the_preset_decides_how_the_rows_are_read() -> None:
    preset = load_preset("cleared-nl")
    [shown] = imports.preview(_files(("export.csv", DUTCH)), preset)
    assert shown.rows()["invoices"]["amount"].to_list() == [Decimal("1234.56")]
    assert shown.rows()["customers"]["customer_name"].to_list() == ["Bakker"]
    assert shown.reading is not None
    assert rejects.of_files([shown.reading])["column"].to_list() == ["vervaldatum"]
    [by_content] = imports.preview(_files(("export.csv", DUTCH)))
    assert by_content.preset == preset
    [other] = imports.preview(_files(("export.csv", DUTCH)), load_preset("ibm"))
    assert other.reading is None
    assert other.refusal.startswith("export.csv: ")


def test_each_file_is_read_with_the_preset_that_was_chosen_for_it() -> None:
    files = [
        Upload("a.csv", DUTCH.encode(), load_preset("cleared-nl")),
        Upload("b.csv", DUTCH.encode(), load_preset("ibm")),
    ]
    first, second = imports.preview(files)
    assert (first.reading is None, second.reading is None) == (False, True)


def test_a_list_that_nothing_knows_is_told_from_a_damaged_file() -> None:
    unknown, damaged = imports.preview(
        _files(("a.csv", "Kop;Nog een kop;Derde\n1;2;3\n"), ("b.csv", "Kop;Kop;Kop\n" + "\0" * 99))
    )
    assert (unknown.is_unknown, damaged.is_unknown) == (True, False)


def test_an_edited_preset_is_used_as_edited() -> None:
    text = (
        (FOLDER / "cleared-nl.toml")
        .read_text("utf-8")
        .replace('factuurnummer = "invoice_id"', 'nummer = "invoice_id"')
    )
    text = text.replace('column = "factuurnummer"', 'column = "nummer"')
    [shown] = imports.preview(
        _files(("x.csv", DUTCH.replace("factuurnummer", "nummer"))), imports.read_preset(text)
    )
    assert shown.rows()["invoices"]["invoice_id"].to_list() == ["F1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "is not TOML"),
        ('shape = "grain"\ngrain = "dreams"', "grain must be one of"),
        ('shape = "grain"\ngrain = "customers"\n[columns]\nid = "number"', "has no column 'number'"),
    ],
)
def test_a_preset_that_is_none_is_refused_with_a_sentence(text: str, said: str) -> None:
    with pytest.raises(KasstroomError, match=said):
        imports.read_preset(text)


def test_a_file_name_from_the_browser_never_leaves_the_temporary_folder() -> None:
    handed = _files(
        (HOSTILE, INVOICES), ("..", "x"), ("a/../../b.csv", "x"), ("b.csv", "y"), ("é" * 300 + ".csv", "z")
    )
    with imports.on_disk(handed) as names:
        folders = {path.parent.parent for path in names}
        assert list(names.values())[:4] == ["<img src=x>.csv", "unnamed file", "b.csv", "b.csv"]
        assert len(folders) == 1
        assert all(path.resolve().is_relative_to(next(iter(folders)).resolve()) for path in names)
        assert all(path.name.isascii() for path in names)
        assert [path.read_text() for path in names][2:] == ["x", "y", "z"]
    assert not next(iter(folders)).exists()


def test_nothing_is_left_of_an_upload_that_fails(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    home = desk.home / "temporary"
    home.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(home))
    imports.preview(_files(("customers.csv", CUSTOMERS)), None)
    with pytest.raises(KasstroomError):
        imports.publish(desk.store, _files(("photo.csv", "\x89PNG")), None)
    assert list(home.iterdir()) == []


def test_publishing_loads_all_files_under_the_names_the_user_gave_them(desk: Desk) -> None:
    told: list[tuple[str, float]] = []
    report = imports.publish(
        desk.store,
        # Handed over in any order: customers go in before invoices.
        _files((HOSTILE, INVOICES), ("../customers.csv", CUSTOMERS)),
        None,
        progress=lambda text, share: told.append((text, share)),
    )
    rows = {row["file_name"]: row for row in imports.load_rows(report).to_dicts()}
    assert set(rows) == {"<img src=x>.csv", "customers.csv"}
    found = rows["<img src=x>.csv"]
    assert (found["rows_read"], found["accepted"], found["rejected"]) == (2, 1, 1)
    assert (found["kind"], found["sum_accepted"]) == ("invoices", Decimal("100.00"))
    assert rejects.of_files(report.files)["line"].to_list() == [3]
    [ageing] = desk.ask("ageing", as_of="2026-02-05")
    assert (ageing["customer_name"], ageing["d1_30"]) == ("![x](http://evil)", Decimal("100.00"))
    assert told[-1][1] == 1.0
    assert [share for _text, share in told] == sorted(share for _text, share in told)


def test_a_refused_file_among_good_ones_publishes_nothing(desk: Desk) -> None:
    with pytest.raises(KasstroomError, match=r"photo\.csv"):
        imports.publish(desk.store, _files(("customers.csv", CUSTOMERS), ("photo.csv", "\x89PNG")), None)
    assert not store_exists(desk.store)


@pytest.mark.slow
def test_the_same_files_again_publish_nothing_new(desk: Desk) -> None:
    files = _files(("customers.csv", CUSTOMERS))
    assert imports.publish(desk.store, files, None).snapshot is not None
    again = imports.publish(desk.store, files, None)
    assert again.snapshot is None
    assert imports.load_rows(again).select("accepted", "duplicate").row(0) == (0, 1)


def test_a_store_somebody_writes_to_says_to_wait(desk: Desk) -> None:
    desk.store.mkdir()
    with FileLock(Path(desk.store) / ".lock"), pytest.raises(StoreBusyError, match=r"publish again|opnieuw"):
        imports.publish(desk.store, _files(("customers.csv", CUSTOMERS)), None)


@pytest.mark.parametrize("name", preset_names())
def test_shipped_presets_have_a_title_in_both_languages(name: str) -> None:
    language.use("nl")
    dutch_title = preset_title(load_preset(name))
    language.use("en")

    assert preset_title(load_preset(name)) == load_preset(name).title
    assert preset_title(load_preset(name)) != dutch_title
    language.use("nl")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 'red'", "'colour' is geen sleutel van een profiel"),
        ("shape = 'round'", "shape moet een zijn van grain, cleared_invoices"),
        ("grain = 'invoices'\ndate_format = 'YYYY'", "'YYYY' noemt jaar, maand en dag niet elk één keer"),
        (
            "grain = 'invoices'\ndecimal = '.",
            "is geen TOML: het lezen stopt op regel 2, teken 13: ‘decimal = '.’.",
        ),
        ("grain : 'invoices'\n", "is geen TOML: het lezen stopt op regel 1, teken 7: ‘grain : 'invoices'’."),
        ("grain = 'invoices'\n[columns]\na = 'b'", "invoices heeft geen kolom 'b'"),
        ("grain = 'invoices'\n[columns]\na = 'amount'", "niets vult 'invoice_id'"),
        ("grain = 'invoices'\n[columns]\na = 1", "columns moet een tabel van teksten zijn"),
    ],
)
def test_what_is_wrong_with_a_preset_is_said_in_dutch(text: str, said: str) -> None:
    with pytest.raises(KasstroomError) as refusal:
        imports.read_preset(text)
    language.use("nl")
    assert said in translate(refusal.value.message)


@pytest.mark.slow
@pytest.mark.usefixtures("english")
def test_uploads_that_are_all_there_is_name_what_is_missing_and_cancel_it_when_agreed(desk: Desk) -> None:
    first = INVOICES.replace("10.005", "10.00")
    imports.publish(desk.store, _files(("customers.csv", CUSTOMERS), ("invoices.csv", first)), None)
    uploads = _files(("invoices.csv", "\n".join(first.splitlines()[:2]) + "\n"))
    readings = imports.readings_of(imports.preview(uploads, None))
    found = imports.missing_rows(desk.store, uploads, readings, None, date(2026, 12, 1))
    assert found.rows["invoice_id"].to_list() == ["008"]
    assert missing_text.missing_title(found.rows) == (
        "In the books and not in the files: 1 document and 0 payments, together 1."
    )
    report = imports.publish(desk.store, uploads, None, date(2026, 12, 1), full=FullLoad(1))
    assert imports.load_result(report).title == "1 missing row was cancelled."
    again = imports.missing_rows(desk.store, uploads, readings, None, date(2026, 12, 1))
    assert missing_text.missing_title(again.rows).startswith("Nothing is missing")
