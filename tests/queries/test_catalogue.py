"""The named queries say truly what they take and give."""

import re
from datetime import date
from pathlib import Path

import pytest

from data.errors import QueryError
from data.grains import GRAINS
from data.store.load import load
from queries import Books, Query, catalogue, find, open_books
from queries.books import at_hand
from queries.catalogue import parse
from reports.catalogue import query_descriptions

_UNREPRODUCIBLE = re.compile(
    r"\b(current_date|current_timestamp|current_time|localtimestamp|now|today|get_current_timestamp|random|uuid)\b"
)
_TABLES = {grain.table for grain in GRAINS} | {
    "batch", "reject", "superseded", "item", "balance_day", "flow_day", "receivable", "reporting_currency",
    "meta", "setting",
}  # fmt: skip
_EVERY_QUERY = [pytest.param(query, id=name) for name, query in catalogue().items()]


def _code(query: Query) -> str:
    return "\n".join(line for line in query.sql.splitlines() if not line.lstrip().startswith("--"))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    folder = tmp_path_factory.mktemp("catalogue")
    file = folder / "customers.csv"
    file.write_text(
        "customer_id,customer_name,segment,country,payment_terms_days,credit_limit\nC1,One,retail,NL,30,\n",
        encoding="utf-8",
    )
    load(folder / "store", [file])
    return open_books(folder / "store")


def _bound(books: Books, query: Query) -> dict[str, object]:
    samples: dict[str, object] = {"DATE": "2026-06-30", "VARCHAR": "C1"}
    needed = [p for p in query.parameters if p.default is None and p.name != "as_of"]
    values = {parameter.name: samples[parameter.type] for parameter in needed}
    return books._bind(query, values)


@pytest.mark.parametrize("query", _EVERY_QUERY)
def test_a_query_gives_the_columns_and_types_its_header_declares(books: Books, query: Query) -> None:
    bound = _bound(books, query)
    cursor = books.cursor()
    try:
        with at_hand(query, cursor, bound):
            given = cursor.sql(query.bound_sql, params=bound) if bound else cursor.sql(query.bound_sql)
            described = [(name, str(kind)) for name, kind in zip(given.columns, given.types, strict=True)]
    finally:
        cursor.close()
    assert described == [(column.name, column.type) for column in query.returns]


@pytest.mark.parametrize("query", _EVERY_QUERY)
def test_a_query_orders_its_rows(query: Query) -> None:
    assert re.search(r"^order by \w", _code(query), flags=re.MULTILINE), (
        "the outermost select must order its rows"
    )


@pytest.mark.parametrize("query", _EVERY_QUERY)
def test_a_query_says_the_same_whenever_it_is_asked(query: Query) -> None:
    assert _UNREPRODUCIBLE.findall(_code(query).lower()) == []


@pytest.mark.parametrize("query", _EVERY_QUERY)
def test_a_header_documents_the_grain_every_parameter_and_every_column(query: Query) -> None:
    assert query.definition.startswith("One row")
    assert query.definition.endswith(".")
    assert list(query_descriptions(query.sql)) == [query.definition]
    for declared in (*query.parameters, *query.returns):
        assert len(declared.meaning.split()) > 1, declared.name


@pytest.mark.parametrize("query", _EVERY_QUERY)
def test_no_step_of_a_query_hides_a_table_from_the_macros_it_reads_through(query: Query) -> None:
    steps = set(re.findall(r"(?:^with |^)(\w+) as \(", _code(query), flags=re.MULTILINE))
    assert steps & _TABLES == set()


def test_the_shared_parameters_come_first_and_in_one_order() -> None:
    order = ["as_of", "known_on", "currency", "entity", "segment"]
    for name, query in catalogue().items():
        shared = [parameter.name for parameter in query.parameters if parameter.name in order]
        assert shared == [one for one in order if one in shared], name


def _write(folder: Path, text: str) -> Path:
    file = folder / "debts.sql"
    file.write_text(text, encoding="utf-8")
    return file


_GOOD = (
    "-- name: debts\n-- One row per debt.\n--\n-- param as_of: DATE  the day\n"
    "-- returns debt: INTEGER  euros owed\nselect 1 as debt where $as_of is not null\norder by debt\n"
)


def test_a_header_of_the_right_form_is_read(tmp_path: Path) -> None:
    query = parse(_write(tmp_path, _GOOD))
    assert (query.name, query.definition) == ("debts", "One row per debt.")
    assert [(p.name, p.type, p.default, p.meaning) for p in query.parameters] == [
        ("as_of", "DATE", None, "the day")
    ]
    assert [(r.name, r.type, r.meaning) for r in query.returns] == [("debt", "INTEGER", "euros owed")]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (("-- name: debts", "-- name: claims"), "the first line must be `-- name: debts`"),
        (("-- name: debts\n", ""), "the first line must be `-- name: debts`"),
        (("$as_of is", "$known_on is"), r"do not name the same parameters \(as_of, known_on\)"),
        (("$as_of is not null", "true"), r"do not name the same parameters \(as_of\)"),
        (("-- param as_of: DATE  the", "-- param as_of DATE the"), "is not `-- param name: TYPE"),
        (("-- returns debt: INTEGER  e", "-- returns debt INTEGER e"), "is not `-- param name: TYPE"),
        (("-- One row per debt.\n", ""), "the header must say what one row is"),
        (("-- returns debt: INTEGER  euros owed\n", ""), "what every column means"),
    ],
)
def test_a_header_that_does_not_fit_is_refused_with_a_sentence(
    tmp_path: Path, changed: tuple[str, str], sentence: str
) -> None:
    text = _GOOD.replace(*changed)
    assert text != _GOOD
    with pytest.raises(QueryError, match=sentence):
        parse(_write(tmp_path, text))


def test_an_unknown_query_or_parameter_is_refused_by_name(books: Books) -> None:
    with pytest.raises(QueryError, match=r"no query 'debts'"):
        find("debts")
    with pytest.raises(QueryError, match=r"ageing takes no parameter 'colour'"):
        books.ask("ageing", as_of=date(2026, 6, 30), colour="red")
    with pytest.raises(QueryError, match=r"customer_ledger needs customer"):
        books.ask("customer_ledger", as_of=date(2026, 6, 30))
