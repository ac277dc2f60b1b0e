"""Lists of open items that are complete: what is settled after which confirmation."""

import json
from decimal import Decimal

import pytest

from cli import main
from data.errors import RefusedFileError
from data.store.load import load
from data.store.missing import FullLoad
from tests.books import Desk
from tests.kpi_ledger import invoice
from tests.open_item_ledger import (
    F1,
    F2,
    FEBRUARY,
    JANUARY,
    K1,
    MARCH,
    is_open,
    load_list,
    rows,
)

pytestmark = pytest.mark.slow

D = Decimal


@pytest.fixture(autouse=True)
def own_loads(desk: Desk) -> None:
    desk.shares_loads = False


NAMES = [f"N{place}" for place in range(10)]
MANY = [invoice(name, "2026-01-05", "2026-02-04", "10.00") for name in NAMES]


def shown(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "10.00")


def test_a_list_that_shrank_settles_nothing_without_a_second_confirmation(desk: Desk) -> None:
    desk.load(invoices=MANY)
    load_list(desk, JANUARY, **shown(*NAMES))
    # 7 of 10 are left: more than a quarter less.
    report = load_list(desk, FEBRUARY, FullLoad(), **shown(*NAMES[:7]))
    assert report.shrunk == "3 EUR 30.00"
    moment = desk.moment()
    for wrong in (None, "3 EUR 30.01", "2 EUR 30.00"):
        with pytest.raises(RefusedFileError, match='--confirm-shrunk "3 EUR 30'):
            load_list(desk, FEBRUARY, FullLoad(cancel=3, shrunk=wrong), **shown(*NAMES[:7]))
    assert desk.moment() == moment
    report = load_list(desk, FEBRUARY, FullLoad(cancel=3, shrunk="3  EUR 30.00"), **shown(*NAMES[:7]))
    assert report.cancelled == 3


def test_a_list_that_shrank_by_a_quarter_needs_no_second_confirmation(desk: Desk) -> None:
    desk.load(invoices=MANY[:8])
    load_list(desk, JANUARY, **shown(*NAMES[:8]))
    # 6 of 8 are left: a quarter less, no more.
    assert load_list(desk, FEBRUARY, FullLoad(), **shown(*NAMES[:6])).shrunk is None


def test_a_list_that_shows_hardly_any_document_again_is_taken_for_another_one(desk: Desk) -> None:
    others = [invoice(f"X{place}", "2026-01-05", "2026-02-04", "10.00") for place in range(10)]
    desk.load(invoices=[*MANY, *others])
    load_list(desk, JANUARY, **shown(*NAMES))
    report = load_list(desk, FEBRUARY, FullLoad(), **shown(*(f"X{place}" for place in range(10))))
    assert report.shrunk == "10 EUR 100.00"


def test_a_list_that_shrank_in_amount_needs_a_second_confirmation(desk: Desk) -> None:
    large = invoice("L1", "2026-01-05", "2026-02-04", "1000.00")
    desk.load(invoices=[*MANY, large])
    load_list(desk, JANUARY, L1="1000.00", **shown(*NAMES))
    # 10 of 11 documents are left, and 100.00 of 1,100.00.
    assert load_list(desk, FEBRUARY, FullLoad(), **shown(*NAMES)).shrunk == "1 EUR 1000.00"


def test_an_unattended_run_settles_up_to_a_twentieth_of_a_list(desk: Desk) -> None:
    names = [f"N{place:02}" for place in range(40)]
    desk.load(invoices=[invoice(name, "2026-01-05", "2026-02-04", "10.00") for name in names])
    load_list(desk, JANUARY, **shown(*names))
    # 3 of 40 is 7.5%, 2 of 40 is 5%.
    much = load_list(desk, FEBRUARY, FullLoad(is_unattended=True), **shown(*names[3:]))
    assert (much.cancelled, len(is_open(desk, FEBRUARY))) == (0, 40)
    assert "of the 40 rows of open_items.csv in the books 3 are missing" in str(much.not_cancelled)
    little = load_list(desk, MARCH, FullLoad(is_unattended=True), **shown(*names[2:]))
    assert (little.cancelled, len(is_open(desk, MARCH))) == (2, 38)


def test_refused_rows_hide_what_is_on_a_list_so_that_nothing_is_settled(desk: Desk) -> None:
    desk.load(invoices=[F1, F2])
    load_list(desk, JANUARY, F1="100.00", F2="200.00")
    with pytest.raises(RefusedFileError, match="1 rows of the files were refused"):
        load_list(desk, FEBRUARY, FullLoad(cancel=1), F1="no amount", F2="200.00")


def test_a_list_with_documents_is_not_all_there_is_of_the_documents(desk: Desk) -> None:
    desk.load(invoices=[F1, F2])
    folder = desk.folder(invoices=[F1], open_items=rows(JANUARY, {"F1": "100.00"}))
    # Two files: invoices.csv is all there is of its kind, the list of its own.
    assert load(desk.store, [folder], full=FullLoad(), dry_run=True).missing["kind"].to_list() == ["invoices"]
    # The list alone says nothing of F2, which was on no list.
    assert load_list(desk, JANUARY, FullLoad(), F1="100.00").missing.is_empty()


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(part) for part in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_command_line_lists_asks_for_number_and_sum_and_settles(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.load(invoices=[F1, F2, K1])
    load_list(desk, JANUARY, F1="100.00", F2="200.00", K1="-50.00")
    folder = desk.folder(open_items=rows(FEBRUARY, {"F2": "200.00"}))
    store = ("--store", desk.store, "--lang", "en")
    code, out, said = run(capsys, *store, "load", folder, "--full", "--format", "json")
    assert code == 0
    told = json.loads(out)
    assert (told["cancelled"], told["shrunk"]) == (0, "2 EUR 50.00")
    assert [(row["invoice_id"], row["amount"]) for row in told["missing"]] == [
        ("F1", "100.00"), ("K1", "-50.00"),
    ]  # fmt: skip
    assert "2 documents are on their list of open items no longer and open in the books: €50" in said
    assert '--confirm-shrunk "2 EUR 50.00"' in said
    code, _out, said = run(capsys, *store, "load", folder, "--full", "--cancel-missing", "2")
    assert code == 1
    assert "Nothing was published" in said
    code, _out, said = run(capsys, *store, "load", folder, "--full", "--confirm-shrunk", "2 EUR 50.00")
    assert code == 2
    code, _out, said = run(
        capsys, *store, "load", folder, "--full", "--cancel-missing", "2", "--confirm-shrunk", "2 EUR 50.00"
    )
    assert code == 0
    assert "2 documents that are on their list no longer were settled." in said
    assert is_open(desk, FEBRUARY) == {"F2": D(200)}
