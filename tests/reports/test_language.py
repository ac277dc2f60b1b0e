import threading
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from reports import catalogue, language
from reports.formats import bucket_ids
from reports.language import bucket_label, day, money, money_short, number, percent
from reports.translation import CATALOGUE, _, _n, _p, read_catalogue, translations

NBSP = "\u00a0"
DAYS = ("{count} day", "{count} days")


def _catalogue(*entries: tuple[str | tuple[str, str], str | None]) -> Catalog:
    found = Catalog()
    for text, dutch in entries:
        found.add(text, dutch, locations=[("a.py", None)])
    return found


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return an empty tree that is extracted like ours."""
    (tmp_path / "pyproject.toml").write_text((catalogue.ROOT / "pyproject.toml").read_text())
    return tmp_path


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    language.use("nl")
    yield
    language.use("nl")


@pytest.fixture
def english() -> None:
    language.use("en")


def test_every_sentence_in_the_tree_has_its_dutch_and_none_is_left_over():
    assert catalogue.complaints(catalogue.extract(), read_catalogue()) == []


def test_a_missing_an_empty_a_misfilled_and_an_unused_sentence_are_each_named():
    wanted = _catalogue(("One more", None), ("Two more", None), ("Pay {amount}", None), (DAYS, None))
    dutch = _catalogue(("Two more", ""), ("Pay {amount}", "Betaal {bedrag}"), ("Old one", "Oud"))

    assert catalogue.complaints(wanted, dutch) == [
        "no Dutch for 'One more' (a.py)",
        "no Dutch for 'Two more' (a.py)",
        "other placeholders in the Dutch of 'Pay {amount}' (a.py)",
        "no Dutch for ('{count} day', '{count} days') (a.py)",
        "not used: 'Old one'",
    ]


def test_a_single_word_needs_a_context_and_each_context_its_own_dutch():
    wanted, dutch = Catalog(), Catalog()
    wanted.add("Open", locations=[("a.py", None)])
    wanted.add("Open", locations=[("b.py", None)], context="state")
    wanted.add("hidden", locations=[("data/importers/reasons.py", None)])
    dutch.add("Open", "Open")
    dutch.add("Open", "Openstaand", context="column")
    dutch.add("hidden", "verborgen")

    assert catalogue.complaints(wanted, dutch) == [
        "no context for the single word 'Open' (a.py)",
        "no Dutch for 'Open' (b.py)",
        "not used: 'Open'",
    ]


def test_sentences_are_found_in_calls_inside_f_strings_and_in_joined_texts():
    code = b"""
x = f"{_('Inside')} y"
_("In two "
  "parts", a=1)
_n("{count} one", "{count} many", 2)
_p("state", "Open", a=1)
marked("Later")
marked_p("column", "Open")
_(variable)
_p(variable, "Open")
"""

    texts = [
        text for _line, _function, text, _comments in catalogue.extract_python(BytesIO(code), (), (), {})
    ]

    assert sorted(texts, key=str) == [
        ("column", "Open"),
        ("state", "Open"),
        ("{count} one", "{count} many"),
        "In two parts",
        "Inside",
        "Later",
    ]


def test_a_singular_that_also_stands_alone_is_kept_once_with_its_plural(tree: Path):
    (tree / "app.py").write_text('_("{count} day", count=1)\n_n("{count} day", "{count} days", 3)\n')

    assert [message.id for message in catalogue.extract(tree) if message.id] == [DAYS]


def test_what_a_query_says_of_itself_is_one_sentence_up_to_the_blank_line():
    sql = "-- name: a\n-- One row per bucket,\n-- youngest first.\n--\n-- param as_of: DATE  day\nselect 1\n"

    assert list(catalogue.query_descriptions(sql)) == ["One row per bucket, youngest first."]
    assert list(catalogue.query_descriptions("select 1")) == []


def test_queries_and_presets_are_read_with_the_code_and_every_message_names_its_file(tree: Path):
    (tree / "queries" / "cash").mkdir(parents=True)
    (tree / "data" / "presets").mkdir(parents=True)
    (tree / "tests").mkdir()
    (tree / "app.py").write_text('_p("button", "Save")\n')
    (tree / "queries" / "cash" / "a.sql").write_text(
        "-- name: a\n-- One row per day.\n--\n-- returns x: DATE  the day itself\nselect 1\n"
    )
    (tree / "data" / "presets" / "b.toml").write_text('title = "Books of Moneybird"\n')
    (tree / "tests" / "test_a.py").write_text('_("Not on screen")\n')

    assert {
        (message.context, message.id): message.locations for message in catalogue.extract(tree) if message.id
    } == {
        ("button", "Save"): [("app.py", None)],
        (None, "One row per day."): [("queries/cash/a.sql", None)],
        (None, "the day itself"): [("queries/cash/a.sql", None)],
        (None, "Books of Moneybird"): [("data/presets/b.toml", None)],
    }


def test_updating_adds_the_missing_as_empty_keeps_the_done_and_prunes_only_when_told(tree: Path):
    (tree / "app.py").write_text('_("New")\n_("Kept")\n_n("{count} day", "{count} days", 3)\n')
    path = tree / "nl.po"
    path.write_text('msgid "Kept"\nmsgstr "Gebleven"\n\nmsgid "Old"\nmsgstr "Oud"\n')

    catalogue.update(path, tree)
    days = (None, DAYS[0])
    dutch = {(None, "Kept"): ("Gebleven",), (None, "New"): ("",), days: ("", "")}
    assert translations(read_catalogue(path)) == dutch
    assert [(one.id, one.string) for one in read_catalogue(path).obsolete.values()] == [("Old", "Oud")]
    catalogue.update(path, tree, prune=True)
    assert translations(read_catalogue(path)) == dutch
    assert not read_catalogue(path).obsolete


def test_the_catalogue_file_reads_back_the_same_after_an_update(tmp_path: Path):
    copy = tmp_path / "nl.po"
    copy.write_bytes(CATALOGUE.read_bytes())

    catalogue.update(copy)

    before, after = translations(read_catalogue(CATALOGUE)), translations(read_catalogue(copy))
    assert {key: after[key] for key in before} == before


def test_words_follow_the_language_and_fall_back_to_english():
    assert _p("column", "Overdue") == "Te laat"
    assert _("Nobody translated this {thing}", thing="sentence") == "Nobody translated this sentence"
    assert _n("{count} customer", "{count} customers", 1) == "1 klant"
    assert _n("{count} customer", "{count} customers", 1234) == "1.234 klanten"
    language.use("en")
    assert _p("column", "Overdue") == "Overdue"
    assert _n("{count} customer", "{count} customers", 1234) == "1,234 customers"


def test_a_text_without_values_keeps_its_braces():
    assert _("a {brace} of its own") == "a {brace} of its own"


def test_the_language_of_one_thread_is_not_that_of_another():
    language.use("en")
    heard: list[str] = []
    thread = threading.Thread(target=lambda: heard.append(language.current()))
    thread.start()
    thread.join()

    assert heard == ["nl"]
    assert language.current() == "en"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="choose nl or en"):
        language.use("fr")


@pytest.mark.parametrize(
    ("locale", "expected"), [("nl-NL", "nl"), ("nl-BE", "nl"), ("en-GB", "en"), ("de-DE", "en"), (None, "nl")]
)
def test_the_browser_chooses_the_language(locale: str | None, expected: str):
    assert language.preferred(locale) == expected


@pytest.mark.parametrize(
    ("amount", "keywords", "dutch_text", "english_text"),
    [
        (Decimal("1234.56"), {}, "€_1.234,56", "€1,234.56"),
        (Decimal("-1234.56"), {}, "€_-1.234,56", "-€1,234.56"),
        (Decimal(42180), {"decimals": 0, "sign": True}, "€_+42.180", "+€42,180"),
        (Decimal(-100000), {"decimals": 0, "sign": True}, "€_-100.000", "-€100,000"),
        (0, {"sign": True}, "€_0,00", "€0.00"),
        (Decimal("-0.004"), {}, "€_0,00", "€0.00"),
        (Decimal("0.005"), {}, "€_0,01", "€0.01"),
        (Decimal("999999999999999999.99"), {}, "€_999.999.999.999.999.999,99", "€999,999,999,999,999,999.99"),
        (Decimal("12.50"), {"currency": "CHF"}, "CHF_12,50", "CHF_12.50"),
        (Decimal("12.50"), {"currency": "GBP"}, "£_12,50", "£12.50"),
        (None, {}, "–", "–"),
    ],
)
def test_money_is_written_exactly(amount, keywords, dutch_text: str, english_text: str):
    assert money(amount, **keywords) == dutch_text.replace("_", NBSP)
    language.use("en")
    assert money(amount, **keywords) == english_text.replace("_", NBSP)


def test_money_refuses_a_float():
    with pytest.raises(TypeError, match="Decimal or int"):
        money(0.1)  # type: ignore[arg-type]


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2))
def test_money_reads_back_as_the_same_amount(amount: Decimal):
    language.use("nl")
    text = money(amount).removeprefix(f"€{NBSP}").replace(".", "").replace(",", ".")
    assert Decimal(text) == amount


@pytest.mark.parametrize(
    ("amount", "keywords", "dutch_text", "english_text"),
    [
        (400_000, {}, "€_400k", "€400k"),
        (1_200_000, {}, "€_1,2_mln", "€1.2m"),
        (1_000_000, {}, "€_1_mln", "€1m"),
        (999_600, {}, "€_1_mln", "€1m"),
        (999_400, {}, "€_999k", "€999k"),
        (-74_000, {"sign": True}, "€_-74k", "-€74k"),
        (98_000, {"sign": True}, "€_+98k", "+€98k"),
        (980_000, {"digits": 0}, "€_980k", "€980k"),
        (1_164_530, {"digits": 2}, "€_1,16_mln", "€1.16m"),
        (2_500, {}, "€_2,5k", "€2.5k"),
        (950, {}, "€_950", "€950"),
        (0, {}, "€_0", "€0"),
        (3_400_000_000, {}, "€_3,4_mld", "€3.4bn"),
        (None, {}, "–", "–"),
    ],
)
def test_short_money_fits_a_tick(amount, keywords, dutch_text: str, english_text: str):
    assert money_short(amount, **keywords) == dutch_text.replace("_", NBSP)
    language.use("en")
    assert money_short(amount, **keywords) == english_text.replace("_", NBSP)


def test_shares_and_numbers():
    assert percent(0.24) == "24,0%"
    assert percent(0.1015, 2) == "10,15%"
    assert percent(0.285, 0) == "29%"  # half up, on the digits as written
    assert percent(-0.32, 0, sign=True) == "-32%"
    assert percent(None) == percent(float("nan")) == number(float("inf")) == "–"
    assert number(47.3, 1) == "47,3"
    assert number(-0.6, 1, sign=True) == "-0,6"
    assert number(1234567) == "1.234.567"


def test_shares_and_numbers_in_english(english: None):
    assert percent(0.24) == "24.0%"
    assert number(1234567.5, 1) == "1,234,567.5"


def test_days_and_dates():
    assert day(date(2026, 12, 31)) == "31-12-2026"
    assert language.day_short(date(2026, 11, 22)) == "22-11"
    assert language.day_words(date(2026, 9, 14)) == "14 sep"
    assert language.in_sentence(date(2026, 11, 22)) == "22\u201111\u20112026"
    assert language.month(date(2026, 3, 1)) == "mrt 2026"
    assert language.month(date(2026, 3, 1), year=False) == "mrt"
    assert language.month(date(2026, 3, 1), long=True) == "maart 2026"
    assert language.days(1) == "1 dag"
    assert language.days(3) == "3 dagen"
    assert language.days(3, short=True) == "3 dgn"
    assert language.days(12.44, 1) == "12,4 dagen"
    assert day(None) == language.days(None) == language.week(None) == "–"


def test_days_and_dates_in_english(english: None):
    assert day(date(2026, 12, 31)) == "31 Dec 2026"
    assert language.day_short(date(2026, 11, 22)) == "22 Nov"
    assert language.in_sentence(date(2026, 11, 2)) == f"2{NBSP}Nov{NBSP}2026"
    assert language.month(date(2026, 5, 1)) == "May 2026"
    assert language.days(1) == "1 day"
    assert language.days(3, short=True) == "3 d"


@pytest.mark.parametrize(
    ("moment", "week", "year"),
    [
        (date(2026, 11, 22), "wk_47", "2026-W47"),
        (date(2026, 12, 31), "wk_53", "2026-W53"),
        (date(2027, 1, 1), "wk_53", "2026-W53"),
        (date(2027, 1, 4), "wk_1", "2027-W01"),
    ],
)
def test_weeks_follow_the_iso_year(moment: date, week: str, year: str):
    assert language.week(moment) == week.replace("_", NBSP)
    assert language.week_of_year(moment) == year


def test_buckets_have_their_names():
    ids = ["not_due", "d1_30", "d31_60", "d61_90", "d90_plus"]
    assert [bucket_label(one) for one in ids] == [
        "Niet vervallen",
        "1–30 dgn",
        "31–60 dgn",
        "61–90 dgn",
        "> 90 dgn",
    ]
    assert [bucket_label(one, (14, 60)) for one in ("b1", "b2", "b3")] == [
        "1–14 dgn",
        "15–60 dgn",
        "> 60 dgn",
    ]
    assert bucket_label("unapplied") == "Niet afgeletterd"
    assert bucket_label("not_due", basis="invoice") == "Vandaag gefactureerd"
    for wrong in ("b4", "b0", "bx", "d1"):
        with pytest.raises(ValueError, match="no bucket"):
            bucket_label(wrong, (14, 60))


def test_the_overdue_buckets_of_a_frame_come_youngest_first():
    assert bucket_ids(["as_of", "b10", "b2", "not_due", "b1", "total"]) == ["b1", "b2", "b10"]
    assert bucket_ids(["d90_plus", "not_due", "d1_30"]) == ["d1_30", "d90_plus"]


def test_codes_have_names_and_unknown_ones_stay_readable():
    assert language.label("state", "promise_broken") == "Belofte gebroken"
    assert language.label("state", "") == ""
    assert language.label("event", "sent_by_pigeon") == "Sent by pigeon"
    assert language.heading("dso_countback") == "DSO, terugtelling"
    assert language.heading("due_date") == "Vervaldatum"
    assert language.segment(None) == "Geen segment"
