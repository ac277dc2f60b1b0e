from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from reports import catalogue
from reports.translation import CATALOGUE, read_catalogue, translations

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


pytestmark = pytest.mark.usefixtures("dutch")


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
mark("Later")
mark_p("column", "Open")
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


@pytest.mark.slow
def test_the_catalogue_file_reads_back_the_same_after_an_update(tmp_path: Path):
    copy = tmp_path / "nl.po"
    copy.write_bytes(CATALOGUE.read_bytes())

    catalogue.update(copy)

    before, after = translations(read_catalogue(CATALOGUE)), translations(read_catalogue(copy))
    assert {key: after[key] for key in before} == before
