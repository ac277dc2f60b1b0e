"""Messages in both languages: every template, every sentence, and values that try to be one."""

import csv
import string
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from cli import sentences as of_cli
from data import sentences as of_data
from data import system_errors, toml_text
from data.errors import KasstroomError, RefusedFileError
from data.importers import reasons
from data.message_templates import Message, Template, Writing
from forecasting import sentences as of_models
from pages.parts.widgets import escape
from queries import sentences as of_queries
from reports import language
from reports.answers import sentences as of_answers
from reports.answers.data_quality import imports
from reports.catalogue import placeholders
from reports.sentences import translate, translate_reasons
from reports.translation import Key, read_catalogue, translations
from tests.books import Desk
from tests.data.importers.nasty import TABLE
from tests.data.importers.nasty.nasty_file import INVOICES, Nasty, invoice, read
from tests.sentence_tables import SAMPLES, sample, templates

UNCHANGED = {"tabs"}  # the same word in both languages


pytestmark = pytest.mark.usefixtures("dutch")


@cache
def dutch_by_text() -> dict[Key, tuple[str, ...]]:
    """The catalogue as it stands in the file, which takes a tenth of a second to read."""
    return translations(read_catalogue())


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.text)
def test_every_template_has_its_dutch_with_the_same_places(template: Template) -> None:
    [said] = dutch_by_text()[None, template.text]

    assert said
    assert placeholders(said) == placeholders(template.text)


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.text)
def test_a_message_is_said_by_the_dutch_of_its_own_template(template: Template) -> None:
    message, said = sample(template), dutch_by_text()[None, template.text][0]
    sentence = translate(message)

    # Every fixed text of the Dutch stands in it, in order, which no other template's Dutch does.
    position = 0
    for literal, *_rest in string.Formatter().parse(said):
        assert literal in sentence[position:], sentence
        position = sentence.index(literal, position) + len(literal)
    assert sentence != str(message) or template.text in UNCHANGED
    language.use("en")
    assert translate(message) == str(message)


def test_the_samples_cover_every_way_of_writing() -> None:
    assert set(SAMPLES) == set(get_args(Writing))


@pytest.mark.parametrize("nasty", TABLE, ids=lambda nasty: nasty.title)
def test_no_reason_and_no_refusal_of_the_nasty_files_stays_english(nasty: Nasty, tmp_path: Path) -> None:
    if nasty.refused is not None:
        with pytest.raises(RefusedFileError) as refusal:
            read(nasty, tmp_path)
        assert translate(refusal.value.message) != str(refusal.value)
        assert translate(refusal.value.message).startswith(nasty.file)
        return
    rows = read(nasty, tmp_path).rejects
    for reason, said in zip(rows["reason"], translate_reasons(rows)["reason"], strict=True):
        assert said != reason


@pytest.mark.parametrize(
    ("message", "english", "said"),
    [
        (
            reasons.NOT_NUMBER(label="amount", value="1.234,56", example="1234.56"),
            "amount '1.234,56' is not a number written like 1234.56",
            "amount '1.234,56' is geen getal, geschreven zoals 1234.56",
        ),
        (
            reasons.ALSO_WRONG(
                reason=reasons.NOT_DATE(label="invoice_date", value="5-1-2026", form="YYYY-MM-DD"),
                labels="currency, amount",
            ),
            "invoice_date '5-1-2026' is not a date written as YYYY-MM-DD (also wrong: currency, amount)",
            "invoice_date '5-1-2026' is geen datum, geschreven als YYYY-MM-DD (ook fout: currency, amount)",
        ),
        (
            reasons.SAME_KEY_MORE(key=["payment_id", "invoice_id"], lines="3, 4", more=12),
            "the same payment_id and invoice_id stands with other content on line 3, 4 and 12 more",
            "dezelfde payment_id en invoice_id staat met andere inhoud op regel 3, 4 en nog 12 andere",
        ),
        (
            reasons.WRONG_TOTAL(total=Decimal("-1234567.80")),
            "this total row does not agree with the rows of the file, which add up to -1234567.80",
            "deze totaalregel klopt niet met de regels van het bestand, die samen -1.234.567,80 zijn",
        ),
        (
            reasons.CELL_TOO_LONG(most=131_072),
            "a cell is longer than 131,072 characters",
            "een cel is langer dan 131.072 tekens",
        ),
        (
            reasons.WRONG_HEADER(
                name="a.csv",
                faults=[
                    reasons.NAMELESS_COLUMN(position=5),
                    reasons.COLUMNS_UNKNOWN(names="'x; y', \"it's\""),
                    reasons.COLUMN_MISSING(names="'amount'"),
                ],
            ),
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
            of_data.WOULD_NOT_TIE_OUT(
                faults=[
                    of_data.UNTIED(
                        administration="NL, EUR",
                        documents=Decimal("1.00"),
                        items=Decimal("2.50"),
                        balances=Decimal("2.50"),
                    ),
                    of_data.UNTIED(
                        administration="USD",
                        documents=Decimal("3.00"),
                        items=Decimal("4.00"),
                        balances=Decimal("4.00"),
                    ),
                ]
            ),
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
            reasons.WRONG_PRESET(
                file="own.toml",
                reason=reasons.WRONG_DEFAULT(
                    reason=reasons.NOT_CURRENCY(label="currency", value="eur", words="EUR")
                ),
            ),
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
            reasons.NOT_TOML(
                file="own.toml", fault=toml_text.READING_STOPS(line=2, column=5, line_text="name 'x'")
            ),
            "The preset own.toml is not TOML: reading stops on line 2, column 5: “name 'x'”.",
            "Het profiel own.toml is geen TOML: het lezen stopt op regel 2, teken 5: ‘name 'x'’.",
        ),
        (
            of_data.WRITE_FAILED(
                folder="/books",
                cause=system_errors.description(OSError(28, "No space left on device")),
            ),
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
            of_data.DISK_FULL(folder="/b", free=1, needed=12_345),
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
            of_queries.NEEDS(query="customer", parameter="customer", meaning="only this customer"),
            "customer needs customer (only this customer).",
            "customer vraagt om customer (alleen deze klant).",
        ),
        (
            of_answers.FORECAST_TO_COME(day=date(2026, 11, 22)),
            "22 Nov 2026 is still to come: a forecast is kept from that Sunday on.",
            "22-11-2026 moet nog komen: een prognose wordt pas vanaf die zondag bewaard.",
        ),
        (
            of_answers.NOT_AN_AMOUNT(typed="x", example=Decimal("1234.56")),
            "“x” is not an amount; write it like 1,234.56",
            "‘x’ is geen bedrag; schrijf het als 1.234,56",
        ),
    ],
)
def test_messages_are_said_in_both_languages_with_their_values(
    message: Message, english: str, said: str
) -> None:
    assert str(message) == english
    assert translate(message) == said


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
    [reason] = translate_reasons(reading.rejects)["reason"]

    shown = value[:40]
    assert reason == said.replace("{label}", names[column]).replace("{value}", shown)


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
        reasons.WRONG_HEADER(name=name, faults=[reasons.COLUMN_MISSING(names=repr(name[:40]))]): (
            f"{name}: kolom {name[:40]!r} ontbreekt; verbeter de kop (eerste regel) van het bestand."
        ),
        reasons.UNREADABLE_FILE(name=name, cause=system_errors.cause(PermissionError(13, "x"))): (
            f"{name}: is niet te lezen (geen toestemming); controleer de rechten."
        ),
        of_data.RAW_GONE(batch=3, name=name): (
            f"Levering 3: het bestand waar ze uit komt ({name}) staat niet meer in raw/."
        ),
    }
    for message, said in refused.items():
        assert translate(message) == said


def test_hostile_headers_of_a_file_are_quoted_whole(tmp_path: Path) -> None:
    header = ["a' is missing; column 'b", "x' are unknown", '"; correct it."', "{faults}"]
    path = tmp_path / "invoices.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerow([*INVOICES.decode().strip().split(","), *header])
    [shown] = imports.preview([imports.Upload("invoices.csv", path.read_bytes())], None)

    quoted = ", ".join(repr(name) for name in header)
    assert shown.refusal == (
        f"invoices.csv: kolommen {quoted} zijn onbekend; verbeter de kop (eerste regel) van het bestand."
    )


def test_what_is_said_in_dutch_is_as_harmless_on_the_screen_as_the_english() -> None:
    hostile = "[x](http://evil)<b>"
    shown = escape.plain(translate(reasons.NOT_NUMBER(label="amount", value=hostile, example="1234.56")))

    assert "](" not in shown
    assert "<b>" not in shown.replace("\\<b\\>", "")


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
    assert translate(refusal.value.message).startswith(said)


def test_the_tables_hold_every_layer() -> None:
    least = {of_data: 30, reasons: 90, of_queries: 10, of_models: 5, of_answers: 30, of_cli: 10}
    for table, count in least.items():
        mine = [value for value in vars(table).values() if isinstance(value, Template)]
        assert len(mine) >= count
        assert set(templates()).issuperset(mine)
