"""A list of open items without rows: nothing is open any more, if somebody says that it is complete."""

from datetime import date
from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.store.load import load
from data.store.load_report import LoadReport
from data.store.missing import FullLoad
from tests.books import Desk
from tests.data.importers.list_presets import open_items_preset
from tests.open_item_ledger import F1, F2, FEBRUARY, JANUARY, MARCH, is_open, listed, load_list, require_tied

pytestmark = pytest.mark.slow
HEADINGS = "Nummer;Klant;Datum;Open\n"
ROWS = "F1;C1;05-01-2026;100,00\nF2;C1;06-01-2026;200,00\n"


@pytest.fixture(autouse=True)
def own_loads(desk: Desk) -> None:
    desk.shares_loads = False


def load_text(
    desk: Desk, text: str, day: date | None, full: FullLoad | None = None, titles: str = ""
) -> LoadReport:
    file = desk.home / f"lijst-{day}.csv"
    file.write_text(titles + text, encoding="utf-8")
    report = load(desk.store, [file], preset=open_items_preset(), source_date=day, full=full)
    desk.close()
    return report


def complete(desk: Desk, text: str, day: date | None, titles: str = "") -> LoadReport:
    seen = load_text(desk, text, day, FullLoad(), titles)
    assert seen.missing is not None
    agreed = FullLoad(cancel=seen.missing.height, shrunk=seen.shrunk)
    return load_text(desk, text, day, agreed, titles)


def test_all_that_earlier_lists_show_is_settled_on_its_day_after_the_second_confirmation(desk: Desk) -> None:
    load_text(desk, HEADINGS + ROWS, JANUARY)
    seen = load_text(desk, HEADINGS, FEBRUARY, FullLoad())
    assert (seen.missing.height, seen.shrunk) == (2, "2 EUR 300.00")
    assert is_open(desk, MARCH) == {"F1": Decimal("100.00"), "F2": Decimal("200.00")}
    with pytest.raises(RefusedFileError, match="2 EUR 300"):
        load_text(desk, HEADINGS, FEBRUARY, FullLoad(cancel=2))
    complete(desk, HEADINGS, FEBRUARY)
    assert is_open(desk, MARCH) == {}
    assert is_open(desk, "2026-02-27") == {"F1": Decimal("100.00"), "F2": Decimal("200.00")}
    assert listed(desk) == [("F1", "02-28", Decimal("-100.00")), ("F2", "02-28", Decimal("-200.00"))]
    require_tied(desk)


def test_unattended_it_settles_nothing_and_the_report_says_why(desk: Desk) -> None:
    load_text(desk, HEADINGS + ROWS, JANUARY)
    report = load_text(desk, HEADINGS, FEBRUARY, FullLoad(is_unattended=True))
    assert report.not_cancelled is not None
    assert report.cancelled == 0
    assert len(is_open(desk, MARCH)) == 2


def test_without_a_day_it_is_refused_in_one_sentence(desk: Desk) -> None:
    with pytest.raises(RefusedFileError, match=r"headings and no rows; .* --source-date.*--full"):
        load_text(desk, HEADINGS, None)


def test_without_the_word_that_it_is_complete_nothing_changes_and_a_note_says_so(desk: Desk) -> None:
    load_text(desk, HEADINGS + ROWS, JANUARY)
    report = load_text(desk, HEADINGS, FEBRUARY)
    assert "The list of 28 Feb 2026 is empty." in " ".join(str(note) for note in report.files[0].notes)
    assert len(is_open(desk, MARCH)) == 2


def test_its_day_may_stand_above_its_headings(desk: Desk) -> None:
    load_text(desk, HEADINGS + ROWS, JANUARY)
    complete(desk, HEADINGS, None, titles="Openstaande posten per 28-02-2026\n\n")
    assert is_open(desk, "2026-02-27") == {"F1": Decimal("100.00"), "F2": Decimal("200.00")}
    assert is_open(desk, FEBRUARY) == {}


def test_what_a_later_list_shows_is_open_again_and_what_came_after_its_day_is_not_its_to_settle(
    desk: Desk,
) -> None:
    load_text(desk, HEADINGS + ROWS, JANUARY)
    load_text(desk, HEADINGS + "F2;C1;06-01-2026;200,00\nF3;C1;05-03-2026;70,00\n", MARCH)
    complete(desk, HEADINGS, FEBRUARY)
    assert is_open(desk, FEBRUARY) == {}
    assert is_open(desk, MARCH) == {"F2": Decimal("200.00"), "F3": Decimal("70.00")}


def test_the_native_form_says_the_same_with_a_day(desk: Desk) -> None:
    desk.load(invoices=[F1, F2])
    load_list(desk, JANUARY, F1="100.00", F2="200.00")
    file = desk.home / "open_items.csv"
    file.write_text("list_date,invoice_id,currency,open_amount\n", encoding="utf-8")
    seen = load(desk.store, [file], source_date=FEBRUARY, full=FullLoad())
    load(desk.store, [file], source_date=FEBRUARY, full=FullLoad(seen.missing.height, shrunk=seen.shrunk))
    assert is_open(desk, MARCH) == {}


def test_a_store_made_anew_is_the_same(desk: Desk) -> None:
    load_text(desk, HEADINGS + ROWS, JANUARY)
    complete(desk, HEADINGS, FEBRUARY)
    settled = listed(desk)
    anew = Desk(desk.home / "anew", shares_loads=False)
    load(anew.store, [desk.store / "raw"])
    assert listed(anew) == settled
    anew.close()
