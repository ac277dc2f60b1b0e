import threading

import polars as pl
import pytest

from reports import language
from reports.answers.data_quality import loads
from reports.translation import _, _n, _p

pytestmark = pytest.mark.usefixtures("dutch")


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


def test_a_column_is_written_in_the_language_of_the_reader():
    kinds = pl.Series("kind", ["invoices", None, "payments"])
    for spoken, words in (("nl", ["Facturen", None, "Betalingen"]), ("en", ["Invoices", None, "Payments"])):
        language.use(spoken)
        assert language.each(kinds, loads.kind_name).to_list() == words
