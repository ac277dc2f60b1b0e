"""`--lang nl`: everything the command line says is Dutch; what it hands to programs stays as it is."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import main
from reports import language
from tests.books import Desk
from tests.paths import ROOT
from tests.sentence_tables import loose_words

SOURCES = sorted((ROOT / "cli").glob("*.py"))
HEAD = "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount\n"


@pytest.fixture(autouse=True)
def language_as_it_was() -> Iterator[None]:
    yield
    language.use("nl")


@pytest.fixture
def invoices(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "notes.pdf").write_bytes(b"%PDF")
    (folder / "invoices.csv").write_text(
        f"{HEAD}F1,C1,invoice,2026-01-05,2026-02-04,EUR,100.00\nF2,C1,invoice,2026-01-05,2026-02-04,EUR,x\n"
    )
    return folder


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.slow
def test_a_load_is_told_in_dutch(invoices: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(tmp_path / "store")
    code, out, err = said(capsys, "--lang", "nl", "--store", store, "load", str(invoices))

    assert code == 0
    assert "invoices.csv regel 3, amount: amount 'x' is geen getal, geschreven zoals 1234.56\n" in out
    assert "Overgeslagen: notes.pdf (een PDF die hier bij geen factuur hoort)\n" in err
    assert "saldi bepalen\n" in err
    assert err.endswith("Gepubliceerd: ledger-000001.duckdb.\n")
    _, _, err = said(capsys, "--lang", "nl", "--store", store, "load", str(invoices))
    assert err.endswith("Niets nieuws: deze bestanden staan al in de opslag.\n")
    _, out, err = said(capsys, "--lang", "nl", "--store", store, "check")
    assert "Sluit aan tot op de cent, en de opslag is heel.\n" in err


def test_without_a_language_it_speaks_english(
    invoices: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "store")
    _, out, err = said(capsys, "--store", store, "load", str(invoices))

    assert "invoices.csv line 3, amount: amount 'x' is not a number written like 1234.56\n" in out
    assert "Passed over notes.pdf: a PDF that belongs to no invoice here\n" in err
    assert "derive\n" in err
    assert err.endswith("Published ledger-000001.duckdb.\n")


@pytest.mark.slow
def test_what_programs_read_is_the_same_in_both_languages(
    invoices: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded = [
        said(
            capsys, "--lang", lang, "--store", str(tmp_path / lang), "load", str(invoices), "--format", "json"
        )
        for lang in ("nl", "en")
    ]
    assert json.loads(loaded[0][1]) == json.loads(loaded[1][1])
    asked = [
        said(capsys, "--lang", lang, "--store", str(tmp_path / "nl"), "query", "rejects", "--format", "csv")[
            1
        ]
        for lang in ("nl", "en")
    ]
    assert asked[0] == asked[1]
    assert "is not a number" in asked[0]


def test_a_table_of_rejects_is_for_people(
    invoices: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "store")
    said(capsys, "--store", store, "load", str(invoices))
    _, out, _ = said(capsys, "--store", store, "query", "rejects", "--lang", "nl")

    assert "is geen getal" in out


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["load"], 2, "load: noem een bestand of map om te laden."),
        (["quer"], 2, "fout: OPDRACHT: 'quer' kan niet (kies uit 'app'"),
        (["query", "ageing", "--as-of", "x"], 2, "'x' is geen dag; schrijf het als 2026-11-22"),
        (
            ["query", "ageing", "--as-of", "2026-02-30"],
            2,
            "'2026-02-30' is een dag die niet bestaat",
        ),
        (["query", "ageing", "--as-of", "1000-01-01"], 2, "valt niet in de jaren 1900 tot en met 2199"),
        (["query", "ageing", "--as-of"], 2, "--as-of: hier hoort één waarde bij"),
        (["query", "ageing", "--param", "x"], 2, "kasstroom: --param 'x': schrijf het als NAAM=WAARDE"),
        (["query", "nonsense"], 1, "kasstroom: Er is geen query 'nonsense'. Er zijn: ageing, "),
        (["check", "--zz"], 2, "fout: onbekend: --zz"),
        (["check", "--store", ""], 2, "het is leeg; noem een bestand of map"),
        (["demo", "--seed", "-1"], 2, "'-1' is geen seed"),
        (["demo", "--invoices", "0"], 2, "'0' is geen aantal facturen van 1 tot en met 5000000"),
        (["app", "--port", "1"], 2, "'1' is geen poort van 1024 tot en met 65535"),
        (["load", "gone.csv"], 1, "kasstroom: gone.csv: dit bestand of deze map bestaat niet"),
        (
            ["load", "gone.csv", "--preset", "nobody"],
            1,
            "Er is geen profiel 'nobody'; bekend zijn abn-amro",
        ),
        (["check"], 1, "kasstroom: Er is geen opslag in "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_refusal_is_dutch(
    words: list[str], code: int, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    got, out, err = said(capsys, "--lang", "nl", "--store", str(tmp_path / "none"), *words)

    assert (got, out) == (code, "")
    assert sentence in err
    assert "usage" not in err
    assert "error:" not in err


def test_days_are_written_as_in_dutch(
    invoices: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "store")
    said(capsys, "--store", store, "load", str(invoices))
    code, _, err = said(capsys, "forecast", "--store", store, "--as-of", "2026-01-11", "--lang", "nl")

    assert code == 0
    assert "in de week van 12-01-2026" in err
    assert not re.search(r"\d{4}-\d{2}-\d{2}", err)


def test_the_help_is_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "query", "--help", "--lang=nl")

    assert code == 0
    for word in ("gebruik: ", "opties:", "argumenten:", "deze hulp tonen en stoppen", "NAAM=WAARDE"):
        assert word in out


@pytest.mark.slow
def test_a_broken_store_is_told_in_dutch(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.load(customers=[("C1", "Bakker", "retail", "NL", "30", "")])
    desk.close()
    for kept in (desk.store / "raw").iterdir():
        if kept.suffix != ".json":
            kept.unlink()
    code, _, err = said(capsys, "check", "--store", str(desk.store), "--lang", "nl")

    assert code == 1
    assert (
        "Beschadigd: Levering 1: het bestand waar ze uit komt (customers.csv) staat niet meer in raw/." in err
    )


def _is_of_a_finding(node: ast.expr) -> bool:
    """Whether it is the title or the method of a finding, whose function took them from the catalogue."""
    return isinstance(node, ast.Attribute) and node.attr in {"title", "method"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_words_stand_outside_the_catalogue(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    spoken = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print_message"
        and not isinstance(node.args[0], ast.Call)
        and not _is_of_a_finding(node.args[0])
    ]
    assert [*spoken, *loose_words(source)] == []
