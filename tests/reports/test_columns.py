"""The dictionary of columns against the queries and against what the frames hold."""

import re
from pathlib import Path

import polars as pl
import pytest

from queries import catalogue
from queries.catalogue import Returned
from reports import columns, language
from reports.codes import label
from reports.columns import COLUMNS, KPIS, amounts, dates, measures, texts

pytestmark = pytest.mark.usefixtures("english")

# Columns that no screen, export or pack shows, and what reads them instead.
NOT_SHOWN = {
    **{f"bucket_{number}": "renamed to the bucket's own name by queries.finishing" for number in range(10)},
    "all_rows": "the steps of new books count them in a sentence",
    "d90_plus": "a bucket, headed by its limits",
    "bill_id": "finds the bill of an expected payment",
    "contract_interest_compound": "the claim reads it",
    "contract_interest_kind": "the claim reads it",
    "contact_id": "takes a contact back",
    "contact_recorded_at": "orders the contacts of a day",
    "customer_key": "joins frames of the payment model",
    "document_asked_amount": "the worklist converts it",
    "document_discount_amount": "the letters convert nothing",
    "document_owed_amount": "the worklist converts it",
    "due_amount": "the forecast's",
    "due_amounts": "the payment terms unfold it",
    "due_dates": "the payment terms unfold it",
    **dict.fromkeys(
        ("reference", "end_to_end_id", "bank_reference", "bank_code", "return_reason"),
        "a fact of one entry of the bank, named beside it",
    ),
    "bookkeeping_payments": "whether there are any, in a sentence",
    "cash_source": "whose payments count, in a sentence",
    "contradicted_amount": "summed in a sentence",
    "decision": "an entry is decided on or not",
    "previous_to_date": "a gap between statements, in words",
    "file_hash": "compared with the file of a frozen forecast",
    "final": "a day of the dunning settings",
    "formal": "a day of the dunning settings",
    "friendly": "a day of the dunning settings",
    "gap": "a day of the dunning settings",
    "hand_over": "a day of the dunning settings",
    "instalment": "the payment model's",
    "address": "of a saved view: a link, not a column",
    "is_due": "chooses the wording of a claim",
    "kept_at": "finds the newest of a day's frozen forecasts",
    "is_by_list": "the payment model's",
    "is_since_books": "decides whether a contact is taken back or corrected",
    "key": "joins frames of the payment model",
    "listed_invoices": "counted in a sentence",
    "name": "of a saved scenario or view: a button or link, not a column",
    "notice_dates": "the claim lists them in a sentence",
    "notice_ends": "the claim reads the first",
    "is_taken_back": "the list of loads says it in words",
    "load_number": "names the load that is taken back",
    "notice_received_dates": "the claim reads those of the first notice",
    "overdue_since": "the agencies' cases",
    "paid_amounts": "the payment terms unfold it",
    "paid_dates": "the payment terms unfold it",
    "part": "the forecast's",
    "plan_date": "chooses the wording of a reminder",
    "pre_due": "a day of the dunning settings",
    "rate_date": "the newest exchange rate, in a sentence",
    "received_amount": "the forecast's",
    "received_invoices": "counted in a sentence",
    "returned_date": "the warnings leave out payments that came back",
    "row_count": "compared with the file of a frozen forecast",
    "saved_at": "orders the saved scenarios",
    "toml": "a saved scenario as its file",
}
_TYPES = {
    "money": ("DECIMAL(38,2)", "DECIMAL(18,2)"),
    "control total": ("DECIMAL(38,2)",),
    "rate": ("DECIMAL(18,10)",),
    "share": ("DOUBLE",),
    "score": ("DOUBLE",),
    "number": ("DOUBLE",),
    "days": ("BIGINT", "INTEGER", "DOUBLE"),
    "count": ("BIGINT", "INTEGER"),
    "code": ("VARCHAR",),
    "bucket": ("VARCHAR",),
    "text": ("VARCHAR",),
    "date": ("DATE",),
    "moment": ("TIMESTAMP",),
    "flag": ("BOOLEAN",),
}
# The same name for something else: the numbers of invoices, and the number that a rule compared.
_OTHER_TYPE = {("signals", "invoices"), ("signals", "value")}
_RETURNED = [
    pytest.param(query.name, column, id=f"{query.name}-{column.name}")
    for query in catalogue().values()
    for column in query.returns
]
_RECORDED = [one for one in _RETURNED if one.values[1].name in COLUMNS]


def test_every_column_of_a_query_has_a_record_or_a_reason_why_nobody_sees_it():
    returned = {column.name for query in catalogue().values() for column in query.returns}

    assert returned - set(COLUMNS) == set(NOT_SHOWN)


def test_a_column_has_one_record():
    tables = (KPIS, amounts.AMOUNTS, measures.MEASURES, texts.TEXTS, dates.DATES)

    assert sum(len(table) for table in tables) == len(COLUMNS)


@pytest.mark.parametrize(("query", "column"), _RECORDED)
def test_the_nature_of_a_column_fits_the_type_that_its_query_declares(query: str, column: Returned):
    types = _TYPES[COLUMNS[column.name].nature]

    assert column.type in types or (query, column.name) in _OTHER_TYPE


def test_the_meaning_of_a_column_stands_in_its_queries_headers_or_in_its_record_never_in_both():
    returned = {column.name for query in catalogue().values() for column in query.returns}

    assert {name for name, column in COLUMNS.items() if not column.meaning} == returned & set(COLUMNS)


def test_no_other_module_heads_a_column():
    root = Path(columns.__file__).parents[2]
    sources = [path for name in ("pages", "cli", "reports") for path in (root / name).rglob("*.py")]
    column_context = re.compile(r"""_p\(\s*["']column["']""")

    assert [
        path.relative_to(root).as_posix()
        for path in sources
        if column_context.search(path.read_text("utf-8"))
    ] == ["reports/columns/__init__.py"]


def test_codes_have_a_table_of_words_and_nothing_else_has():
    for name, column in COLUMNS.items():
        assert (column.codes is not None) == (column.nature == "code"), name
        if column.codes is not None:
            assert label(column.codes, "sent_by_pigeon") == "Sent by pigeon"


def test_only_amounts_are_in_the_currency_of_their_row():
    assert {column.nature for column in COLUMNS.values() if column.in_row_currency} == {"money"}


@pytest.mark.parametrize(
    ("name", "kind", "form"),
    [
        ("open_amount", pl.Decimal(38, 2), "money"),
        ("limit_value", pl.Decimal(18, 10), "rate"),
        ("sum_read", pl.Decimal(38, 2), "control total"),
        ("overdue_share", pl.Float64(), "share"),
        ("days_late", pl.Float64(), "number"),
        ("days_late", pl.Int64(), "count"),
        ("due_date", pl.Date(), "day"),
        ("recorded_at", pl.Datetime(), "moment"),
        ("is_open", pl.Boolean(), "text"),
        ("state", pl.String(), "text"),
        ("d31_60", pl.Decimal(38, 2), "money"),
    ],
)
def test_values_are_written_by_their_type_and_the_nature_of_their_column(
    name: str, kind: pl.DataType, form: columns.ValueForm
):
    assert columns.form(name, kind) == form


def test_a_short_heading_is_one_word_where_the_title_says_the_rest():
    assert columns.short_headings("days_overdue", "due_date") == {
        "days_overdue": "Days",
        "due_date": "Due date",
    }
    language.use("nl")
    assert columns.short_heading("days_overdue") == "Dagen"
    assert columns.heading("days_overdue") == "Dagen te laat"
