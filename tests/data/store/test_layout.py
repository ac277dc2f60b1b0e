"""The layout: a digest of every statement that makes or fills a store, and the statements a load executes."""

import re

import duckdb
import pytest

from data.grains import BY_NAME
from data.store import batches, derive, layout, macros, statements, tables, version_sql, writer
from data.store.load import load
from tests.books import BOOKS, NEEDED, Desk


def fresh_layout() -> str:
    return layout.digest(layout.statements())


def test_the_layout_of_a_store_is_the_digest_of_its_statements(desk: Desk) -> None:
    desk.load(**BOOKS)
    assert desk.rows("select value from meta where key = 'layout'") == [(fresh_layout(),)]
    assert desk.rows("select value from journal.meta where key = 'layout'") == [(fresh_layout(),)]
    assert layout.layout() == fresh_layout()


@pytest.mark.parametrize(
    ("module", "maker", "statement"),
    [
        (tables, "_fact_table", "create table {0.table} (a integer)"),
        (macros, "_facts_at", "create macro {0.table}_at(in_known_on) as table select 1"),
        (batches, "_hash_rows", "select 1, 2, '{0.table}'"),
        (derive, "_post_difference", "insert into item select * from wanted"),
        (derive, "_net", "select * from wanted"),
        (version_sql, "_same", "true"),
    ],
)
def test_another_statement_made_in_python_is_another_layout(monkeypatch, module, maker, statement) -> None:
    before = fresh_layout()
    monkeypatch.setattr(module, maker, statement.format)
    assert fresh_layout() != before


@pytest.mark.parametrize("name", ["batches.sql", "ledger.sql", *macros._FILES, "derive.sql", "cubes.sql"])
def test_another_statement_in_any_sql_file_is_another_layout(monkeypatch, name: str) -> None:
    before = fresh_layout()
    real = statements.script

    def changed(file: str) -> tuple[str, ...]:
        texts = real(file)
        return (*texts[:-1], f"{texts[-1]} where false") if file == name else texts

    for module in (tables, macros, derive):
        monkeypatch.setattr(module, "script", changed)
    assert fresh_layout() != before


def test_every_sql_file_is_in_the_layout() -> None:
    known = {statements.plain(text) for text in layout.statements()}
    for file in statements._FOLDER.rglob("*.sql"):
        name = str(file.relative_to(statements._FOLDER))
        assert {statements.plain(text) for text in statements.script(name)} <= known, name


def test_comments_and_white_space_make_no_other_layout() -> None:
    one = ["select a, 'x -- y  z' from t where b >= 1", "drop table t"]
    same = ["-- why\nselect a,\n  'x -- y  z' /* which */ from t -- all\n where b>=1;", "drop  table t;\n"]
    assert layout.digest(one) == layout.digest(same)
    for other in ("select a, 'x -- y z' from t where b >= 1", "select a, 'x -- y  z' from t where b > 1"):
        assert layout.digest([other, one[1]]) != layout.digest(one)


class Recorder:
    """A connection that writes down what it executes."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.texts: list[str] = []

    def execute(self, text: str, *values: object) -> duckdb.DuckDBPyConnection:
        self.texts.append(text)
        return self.connection.execute(text, *values)

    def __getattr__(self, name: str) -> object:
        return getattr(self.connection, name)


# What a load executes that makes or changes no row a figure stands on: files, settings, batches, checks.
ASIDE = re.compile(
    r"attach|use|set|checkpoint|drop table if exists temp|create or replace temp table (incoming|bundle) |"
    r"insert into (journal \. )?(meta|batch|reject) |select .* from (journal \. )?(batch|meta)\b|"
    r"with compared|select batch_id , count|select coalesce|select batch_id from"
)


def full(books: dict[str, list]) -> dict[str, list[dict]]:
    """Return the rows with all columns of their kinds: a file that lacks some compares fewer."""
    return {
        name: [
            dict.fromkeys((column.name for column in BY_NAME[name].columns if not column.is_counted), "")
            | (row if isinstance(row, dict) else dict(zip(NEEDED[name], row, strict=True)))
            for row in rows
        ]
        for name, rows in books.items()
    }


@pytest.mark.slow
@pytest.mark.usefixtures("without_blank_pair")
def test_every_statement_a_load_executes_is_in_the_layout(desk: Desk, monkeypatch) -> None:
    recorders: list[Recorder] = []
    real = duckdb.connect

    def connect(name: str) -> object:
        if name != ":memory:":  # a reader's
            return real(name)
        recorders.append(Recorder(real(name)))
        return recorders[-1]

    monkeypatch.setattr(writer.duckdb, "connect", connect)
    books = {
        **BOOKS,
        "instalments": [{"invoice_id": "F1", "due_date": "2026-10-01", "amount": "1210.00", "part": "1"}],
    }
    load(
        desk.store, [desk.folder(**full(books), **full({"disputes": [("F1", "2026-09-10", "", "", "9.00")]}))]
    )
    load(desk.store, [desk.folder(**full({"disputes": [("F1", "2026-09-10", "2026-09-20", "", "9.00")]}))])
    monkeypatch.undo()
    known = {statements.plain(text) for text in layout.statements()}
    executed = [statements.plain(text) for recorder in recorders for text in recorder.texts]
    assert len(set(executed) & known) > 150
    assert [text for text in executed if text not in known and not ASIDE.match(text)] == []


@pytest.mark.slow
@pytest.mark.usefixtures("without_blank_pair")
def test_macros_are_made_where_a_store_is_made_and_by_no_later_load(loading_desk: Desk, monkeypatch) -> None:
    made = []
    real = macros.create
    monkeypatch.setattr(macros, "create", lambda connection: (made.append(1), real(connection)))
    names = "select function_name from duckdb_functions() where database_name = 'ledger' order by all"
    loading_desk.load(**BOOKS)
    before = loading_desk.rows(names)
    loading_desk.load(payments=[("P2", "C1", "F1", "2026-10-05", "EUR", "10.00")])
    loading_desk.load(disputes=[("F1", "2026-09-10", "", "price", "10.00")])
    assert made == [1]
    assert loading_desk.rows(names) == before
    assert {("open_document_at",), ("dispute_at",)} <= set(before)
