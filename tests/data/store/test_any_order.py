"""The same files loaded in another order are the same books: every query answers alike, byte for byte."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from data.store.load import load
from queries import Query, catalogue, open_books
from reports.packs.plain_text import json_records
from tests.books import Desk
from tests.correction_ledger import CREDIT_FILES, FILES, File
from tests.exhaustive import exhaustive

# Every query on every order of the files.
pytestmark = pytest.mark.slow

DAYS = (date(2026, 2, 28), date(2026, 5, 15), date(2026, 9, 30))
# These answer about the loads themselves: which files came, and at which instants.
OF_THE_FILES = {"sources", "batches", "rejects", "reporting_currencies"}


# The newest first: what they correct is never posted, so that nothing has to be reversed.
CLEAN = (
    "customers of May", "invoices of May", "rates", "payments", "customers of January", "invoices of January",
)  # fmt: skip
CLEAN_CREDIT = (
    "customers of May", "invoices of May", "payments of May",
    "customers of January", "invoices of January", "payments of March",
)  # fmt: skip
OTHERS = (
    tuple(FILES),
    tuple(reversed(FILES)),
    (
        "rates",
        "payments",
        "invoices of January",
        "customers of January",
        "invoices of May",
        "customers of May",
    ),
)
OTHERS_CREDIT = (tuple(CREDIT_FILES), tuple(reversed(CREDIT_FILES)))


def _answers(desk: Desk, files: Mapping[str, File], order: Sequence[str]) -> dict[tuple[str, date], str]:
    for name in order:
        grain, source_date, rows = files[name]
        load(desk.store, [desk.folder(**{grain: rows})], source_date=source_date)
    with open_books(desk.store) as books:
        return {
            (name, day): json_records(books.ask(name, **_values(query, day)))
            for name, query in catalogue().items()
            if name not in OF_THE_FILES
            for day in (DAYS if "as_of" in {one.name for one in query.parameters} else DAYS[:1])
        }


def _values(query: Query, day: date) -> dict[str, object]:
    values = {"as_of": day, "customer": "C1", "since": date(2026, 2, 18), "account": "A", "entry": "E1"}
    needed = {one.name for one in query.parameters if one.default is None}
    return {name: value for name, value in values.items() if name in needed}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, date], str]:
    return _answers(Desk(tmp_path_factory.mktemp("clean")), FILES, CLEAN)


@pytest.fixture(scope="module")
def clean_credit(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, date], str]:
    return _answers(Desk(tmp_path_factory.mktemp("clean-credit")), CREDIT_FILES, CLEAN_CREDIT)


@pytest.mark.parametrize("order", [OTHERS[0], *exhaustive(OTHERS[1:])], ids=", ".join)
def test_the_same_files_in_another_order_give_the_same_answer_to_every_query(
    desk: Desk, clean: dict[tuple[str, date], str], order: Sequence[str]
) -> None:
    answers = _answers(desk, FILES, order)

    assert {name for (name, day), text in answers.items() if text != clean[name, day]} == set()


@pytest.mark.parametrize("order", [OTHERS_CREDIT[0], *exhaustive(OTHERS_CREDIT[1:])], ids=", ".join)
def test_the_same_credits_in_another_order_give_the_same_answer_to_every_query(
    desk: Desk, clean_credit: dict[tuple[str, date], str], order: Sequence[str]
) -> None:
    answers = _answers(desk, CREDIT_FILES, order)

    assert {name for (name, day), text in answers.items() if text != clean_credit[name, day]} == set()
