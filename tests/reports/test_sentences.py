"""What the data layer says, in Dutch: every template, every sentence, and values that try to be one."""

import ast
import csv
import re
import string
from pathlib import Path

import polars as pl
import pytest

from data import sentences as of_data
from data.errors import KasstroomError, RefusedFileError
from data.importers import load_preset, preset_names, reasons
from data.message_templates import AMOUNT, COUNT, NUMBER, NUMBERS, QUOTED, QUOTED_LIST, Nested, Slot, Template
from pages.parts.widgets import escape
from queries import sentences as of_queries
from reports import language
from reports.answers.data_quality import imports
from reports.catalogue import placeholders
from reports.packs import cell_text, csv_bytes
from reports.sentences import in_words, templates
from reports.translation import read_catalogue, translations
from tests.books import Desk
from tests.data.importers.nasty import TABLE
from tests.data.importers.nasty.nasty_file import CUSTOMERS, INVOICES, Nasty, invoice, read
from tests.paths import ROOT

SOURCES = sorted(
    path for package in ("data", "queries", "forecasting") for path in (ROOT / package).rglob("*.py")
)
# Faults of a programmer, which no screen shows.
DEVELOPERS = {ROOT / "forecasting" / "statistics" / "absorption.py"}
UNCHANGED = {"tabs"}  # the same word in both languages


pytestmark = pytest.mark.usefixtures("dutch")


def sample(one: Template) -> str:
    """Return the sentence with a plain value in every place."""
    values = {}
    for name in placeholders(one.text):
        place = one.place(name)
        values[name] = (
            place.separator.join(sample(part) for part in place.templates)
            if isinstance(place, Nested) and place.separator
            else sample(place.templates[0])
            if isinstance(place, Nested)
            else SAMPLES.get(place.pattern, "x")
        )
    return one(**values)


def slots() -> dict[str, Slot]:
    found = {}
    for one in templates():
        for name in placeholders(one.text):
            place = one.place(name)
            slot = place.or_else if isinstance(place, Nested) else place
            if slot is not None:
                found[slot.pattern] = slot
    return found


SAMPLES = {
    NUMBER.pattern: "7",
    NUMBERS.pattern: "3, 9",
    COUNT.pattern: "131,072",
    AMOUNT.pattern: "-1234.50",
    QUOTED.pattern: "'a'",
    QUOTED_LIST.pattern: "'a', 'b'",
    "1[.,' \u00a0]?234[.,]56": "1234.56",
    r"\(.*\)": "('a', 'b')",
    "[0-9T:,-]+": "30,60,90",
    "[A-Za-z0-9_-]+\\.sql": "ageing.sql",
}


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.text)
def test_every_template_has_its_dutch_with_the_same_places(one: Template) -> None:
    [said] = translations(read_catalogue())[None, one.text]

    assert said
    assert placeholders(said) == placeholders(one.text)


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.text)
def test_a_sentence_comes_back_as_the_dutch_of_its_own_template(one: Template) -> None:
    text, said = sample(one), translations(read_catalogue())[None, one.text][0]
    found = in_words(text)

    # Every fixed text of the Dutch stands in it, in order, which no other template's Dutch does.
    position = 0
    for literal, *_rest in string.Formatter().parse(said):
        assert literal in found[position:], found
        position = found.index(literal, position) + len(literal)
    assert found != text or one.text in UNCHANGED
    language.use("en")
    assert in_words(text) == text


def test_the_samples_cover_every_kind_of_place() -> None:
    for pattern in slots():
        assert re.fullmatch(pattern, SAMPLES.get(pattern, "x"), re.DOTALL), pattern


@pytest.mark.parametrize("nasty", TABLE, ids=lambda nasty: nasty.title)
def test_no_reason_and_no_refusal_of_the_nasty_files_stays_english(nasty: Nasty, tmp_path: Path) -> None:
    if nasty.refused is not None:
        with pytest.raises(RefusedFileError) as refusal:
            read(nasty, tmp_path)
        assert in_words(str(refusal.value)) != str(refusal.value)
        assert in_words(str(refusal.value)).startswith(nasty.file)
        return
    for reason in read(nasty, tmp_path).rejects["reason"]:
        assert in_words(reason) != reason


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_raised_or_reported_in_words_outside_the_tables(path: Path) -> None:
    if path in DEVELOPERS:
        return
    assert loose_words(path.read_text(encoding="utf-8")) == []


def loose_words(source: str) -> list[str]:
    """Return the sentences that are written where they are raised or appended as a fault."""
    found = []
    for node in ast.walk(ast.parse(source)):
        is_fault = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "append"
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {"faults", "wrong"}
        )
        call = node.exc if isinstance(node, ast.Raise) else node if is_fault else None
        if isinstance(call, ast.Call):
            found += [
                ast.unparse(argument)
                for argument in call.args
                if isinstance(argument, ast.JoinedStr | ast.BinOp)
                or (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
            ]
    return found


def test_a_sentence_outside_the_tables_would_be_found() -> None:
    assert loose_words("raise QueryError(f'no {x}')") == ["f'no {x}'"]
    assert loose_words("faults.append('broken')") == ["'broken'"]
    assert loose_words("raise QueryError(sentences.NO_QUERY(name=x))\nraise ValueError") == []


@pytest.mark.parametrize(
    ("english", "said"),
    [
        (
            "amount '1.234,56' is not a number written like 1234.56",
            "amount '1.234,56' is geen getal, geschreven zoals 1234.56",
        ),
        (
            "invoice_date '5-1-2026' is not a date written as YYYY-MM-DD (also wrong: currency, amount)",
            "invoice_date '5-1-2026' is geen datum, geschreven als YYYY-MM-DD (ook fout: currency, amount)",
        ),
        (
            "the same payment_id and invoice_id stands with other content on line 3, 4 and 12 more",
            "dezelfde payment_id en invoice_id staat met andere inhoud op regel 3, 4 en nog 12 andere",
        ),
        (
            "this total row does not agree with the rows of the file, which add up to -1234567.80",
            "deze totaalregel klopt niet met de regels van het bestand, die samen -1.234.567,80 zijn",
        ),
        ("a cell is longer than 131,072 characters", "een cel is langer dan 131.072 tekens"),
        (
            (
                "a.csv: column 5 has no name; columns 'x; y', \"it's\" are unknown; column 'amount' "
                "is missing; "
                "correct the header (first row) of the file."
            ),
            (
                "a.csv: kolom 5 heeft geen naam; kolommen 'x; y', \"it's\" zijn onbekend; kolom 'amount' "
                "ontbreekt; verbeter de kop (eerste regel) van het bestand."
            ),
        ),
        (
            (
                "Nothing was published, the books would not tie out. NL, EUR: documents less "
                "payments come to "
                "1.00, the item ledger to 2.50, the balances per day to 2.50. USD: documents less "
                "payments come "
                "to 3.00, the item ledger to 4.00, the balances per day to 4.00."
            ),
            (
                "Er is niets gepubliceerd: de boeken zouden niet aansluiten. NL, EUR: documenten "
                "min betalingen "
                "komen op 1,00, de postenadministratie op 2,50, de saldi per dag op 2,50. USD: "
                "documenten min "
                "betalingen komen op 3,00, de postenadministratie op 4,00, de saldi per dag op 4,00."
            ),
        ),
        (
            (
                "The preset own.toml cannot be used: default currency 'eur' is not a current ISO "
                "4217 currency "
                "code such as EUR."
            ),
            (
                "Het profiel own.toml is niet te gebruiken: standaardwaarde: currency 'eur' is geen "
                "geldige "
                "valutacode volgens ISO 4217, zoals EUR."
            ),
        ),
        (
            (
                "The preset own.toml is not TOML: Expected '=' after a key in a key/value pair "
                "(at line 2, column 5)."
            ),
            "Het profiel own.toml is geen TOML: na een sleutel hoort '=' (regel 2, teken 5).",
        ),
        (
            (
                "Writing in /books failed ([Errno 28] No space left on device): make room on its "
                "disk and run "
                "the command again. Nothing was published."
            ),
            (
                "Schrijven in /books is mislukt (fout 28: schijf is vol): maak ruimte op de schijf "
                "en voer de "
                "opdracht opnieuw uit. Er is niets gepubliceerd."
            ),
        ),
        (
            (
                "The disk of /b has 1 MB free and this load needs 12,345 MB: make room and run the command "
                "again. Nothing was changed."
            ),
            (
                "De schijf van /b heeft 1 MB vrij en deze levering heeft 12.345 MB nodig: maak "
                "ruimte en voer de "
                "opdracht opnieuw uit. Er is niets veranderd."
            ),
        ),
        (
            "customer needs customer (only this customer).",
            "customer vraagt om customer (alleen deze klant).",
        ),
    ],
)
def test_sentences_are_said_in_dutch_with_their_values(english: str, said: str) -> None:
    assert in_words(english) == said


@pytest.mark.parametrize(
    "text",
    ["", "x", "A sentence nobody wrote.", "{label} is", "Iemand anders laadt nu bestanden.", "a" * 100_000],
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert in_words(text) == text


HOSTILE = [
    "x' is not one of y",
    "x' is not a number written like 1234.56",
    "x' is not a date written as YYYY",
    "x' is not a day of the calendar",
    "x' (also wrong: due_date)",
    "{value} {label} {0} {label.__class__}",
    "' is empty",
    "<img src=x onerror=alert(1)>",
    "[a](http://evil) **b** `c` $d$ :e:",
    "%s \\1 \\g<label> $1",
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("number", "{label} '{value}' is geen geldige valutacode volgens ISO 4217, zoals EUR"),
        ("kind", "{label} '{value}' is niet een van invoice, credit_note"),
        ("date", "{label} '{value}' is geen datum, geschreven als YYYY-MM-DD"),
        ("amount", "{label} '{value}' is geen getal, geschreven zoals 1234.56"),
    ],
)
def test_a_hostile_cell_stays_a_value(value: str, column: str, said: str, tmp_path: Path) -> None:
    names = {"number": "currency", "kind": "invoice_type", "date": "invoice_date", "amount": "amount"}
    cell = {"currency" if column == "number" else column: f'"{value}"'}
    reading = read(Nasty("", "invoices.csv", INVOICES + invoice(**cell)), tmp_path)
    [reason] = reading.rejects["reason"]

    shown = value[:40]
    assert in_words(reason) == said.replace("{label}", names[column]).replace("{value}", shown)


@pytest.mark.parametrize(
    "name",
    [
        "x: is empty (0 bytes); export it again..csv",
        "x: is a PDF, not CSV; save it as CSV UTF-8 and load that..csv",
        "x: column 'y' is unknown; z: column 'amount' is missing; correct it.csv",
        "{what} {name} {0}.csv",
        "invoices' \" ; : (a).csv",
    ],
)
def test_a_hostile_file_name_stays_a_name(name: str) -> None:
    refused = {
        reasons.EMPTY_FILE(name=name): f"{name}: is leeg (0 bytes); exporteer het opnieuw.",
        reasons.OTHER_TYPE(name=name, what=reasons.PNG()): (
            f"{name}: is een PNG-afbeelding, geen CSV; sla het op als CSV UTF-8 en laad dat."
        ),
        reasons.WRONG_HEADER(name=name, faults=reasons.COLUMN_MISSING(names=repr(name[:40]))): (
            f"{name}: kolom {name[:40]!r} ontbreekt; verbeter de kop (eerste regel) van het bestand."
        ),
        reasons.UNREADABLE_FILE(name=name, cause="Permission denied"): (
            f"{name}: is niet te lezen (geen toestemming); controleer de rechten."
        ),
        of_data.RAW_GONE(batch=3, name=name): (
            f"Levering 3: het bestand waar ze uit komt ({name}) staat niet meer in raw/."
        ),
    }
    for english, said in refused.items():
        assert in_words(english) == said


def test_hostile_headers_of_a_file_are_quoted_whole(tmp_path: Path) -> None:
    header = ["a' is missing; column 'b", "x' are unknown", '"; correct it."', "{faults}"]
    path = tmp_path / "invoices.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerow([*INVOICES.decode().strip().split(","), *header])
    [shown] = imports.preview([imports.Handed("invoices.csv", path.read_bytes())], None)

    quoted = ", ".join(repr(name) for name in header)
    assert shown.refusal == (
        f"invoices.csv: kolommen {quoted} zijn onbekend; verbeter de kop (eerste regel) van het bestand."
    )


def test_what_is_said_in_dutch_is_as_harmless_on_the_screen_as_the_english() -> None:
    hostile = "[x](http://evil)<b>"
    shown = escape.plain(in_words(reasons.NOT_NUMBER(label="amount", value=hostile, example="1234.56")))

    assert "](" not in shown
    assert "<b>" not in shown.replace("\\<b\\>", "")


def test_the_store_keeps_reasons_in_english_and_the_screens_show_them_in_dutch(desk: Desk) -> None:
    desk.load(
        customers=[("C1", "Bakker", "retail", "NL", "30", "")],
        invoices=[("F1", "C1", "invoice", "2026-01-05", "2026-02-04", "EUR", "x")],
    )
    rows = desk.books().ask("rejects", batch=None)

    assert rows["reason"].to_list() == ["amount 'x' is not a number written like 1234.56"]
    said = cell_text.in_words(rows)
    assert said["reason"].to_list() == ["amount 'x' is geen getal, geschreven zoals 1234.56"]
    assert said.drop("reason").equals(rows.drop("reason"))
    for style in ("nl", "international"):
        assert "is geen getal, geschreven zoals" in csv_bytes(rows, style).decode()


def test_a_reason_somebody_wrote_is_not_translated() -> None:
    disputes = pl.DataFrame({"invoice_id": ["F1"], "reason": ["amount is empty"]})

    assert cell_text.in_words(disputes).equals(disputes)


def test_the_reasons_of_a_preview_are_dutch_too() -> None:
    content = (CUSTOMERS + b"C1,   ,,,,\n").decode()
    [shown] = imports.preview([imports.Handed("customers.csv", content.encode())], None)
    assert shown.reading is not None

    assert shown.reading.rejects["reason"].to_list() == ["customer_name has only spaces in it"]
    shown_rows = cell_text.in_words(imports.rejects([shown.reading]))
    assert shown_rows["reason"].to_list() == ["customer_name bevat alleen spaties"]


@pytest.mark.parametrize("name", preset_names())
def test_shipped_presets_have_a_title_in_both_languages(name: str) -> None:
    dutch_title = imports.title(name)
    language.use("en")

    assert imports.title(name) == load_preset(name).title
    assert imports.title(name) != dutch_title


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 'red'", "'colour' is geen sleutel van een profiel"),
        ("shape = 'round'", "shape moet een zijn van grain, cleared_invoices"),
        ("grain = 'invoices'\ndate_format = 'YYYY'", "'YYYY' noemt jaar, maand en dag niet elk één keer"),
        ("grain = 'invoices'\ndecimal = '.", 'is geen TOML: hier hoort "\'" (aan het einde van de tekst).'),
        ("grain = 'invoices'\n[columns]\na = 'b'", "invoices heeft geen kolom 'b'"),
        ("grain = 'invoices'\n[columns]\na = 'amount'", "niets vult 'invoice_id'"),
        ("grain = 'invoices'\n[columns]\na = 1", "columns moet een tabel van teksten zijn"),
    ],
)
def test_what_is_wrong_with_a_preset_is_said_in_dutch(text: str, said: str) -> None:
    with pytest.raises(KasstroomError) as refusal:
        imports.preset_of(text)
    assert said in in_words(str(refusal.value))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"colour": "red"}, "ageing kent geen parameter 'colour'; wel: as_of"),
        ({"as_of": "x"}, "ageing: as_of is 'x'; schrijf het als 2026-11-22."),
        ({"limits": [3, 2]}, "limits zijn één tot acht hele aantallen dagen"),
    ],
)
def test_a_question_that_cannot_be_answered_says_so_in_dutch(
    desk: Desk, values: dict[str, object], said: str
) -> None:
    desk.load(customers=[("C1", "Bakker", "retail", "NL", "30", "")])
    with pytest.raises(KasstroomError) as refusal:
        desk.books().ask("ageing", **values)
    assert in_words(str(refusal.value)).startswith(said)


def test_the_tables_hold_all_three_layers() -> None:
    found = set(templates())
    for table, least in ((of_data, 30), (reasons, 90), (of_queries, 10)):
        mine = [value for value in vars(table).values() if isinstance(value, Template)]
        assert len(mine) >= least or table is of_data
        assert found.issuperset(mine)


def test_a_reason_as_a_column_is_the_same_text_as_called() -> None:
    frame = pl.DataFrame({"v": ["a", "{b}", None]})
    column = frame.select(reasons.NOT_A_CHOICE.over(label="{l}", value=pl.col("v"), words="w"))

    assert column.to_series().to_list() == [
        reasons.NOT_A_CHOICE(label="{l}", value="a", words="w"),
        reasons.NOT_A_CHOICE(label="{l}", value="{b}", words="w"),
        None,
    ]
