"""A company in native files, and books opened on such files."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from data.store.load import load
from queries import Books, open_books
from tests.stores import load_once

BUCKETS = ["not_due", "d1_30", "d31_60", "d61_90", "d90_plus"]


D = Decimal


END = date(2026, 6, 30)  # a Tuesday


HEADERS = {
    "customers": "customer_id,customer_name,segment,country,payment_terms_days,credit_limit,account_manager",
    "invoices": "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount,po_number,entity,"
    "original_invoice_id,cancelled_date",
    "payments": "payment_id,customer_id,invoice_id,payment_date,currency,amount,kind,entity",
    "instalments": "invoice_id,due_date,amount",
    "disputes": "invoice_id,opened_date,closed_date,reason,amount",
    "promises": "invoice_id,made_date,promised_date,amount",
    "cash_decisions": "account,entry_id,decision,customer_id,invoice_id,amount,decided_by",
    "contacts": "customer_id,invoice_id,contact_date,channel,direction,kind",
    "bank_balances": "account,currency,balance_date,balance",
    "bank_entries": "account,entry_id,currency,entry_date,amount,counterparty,description",
    "bank_statements": "statement_id,account,currency,number,from_date,to_date,opening,closing,"
    "entries,credits,debits",
    "provider_payments": "provider,line_id,payout_id,payout_date,kind,created_date,currency,gross,fee,net",
    "ledger_balances": "balance_date,entity,currency,balance",
    "turnover": "from_date,to_date,entity,currency,part,amount",
    "bills": "bill_id,supplier,bill_date,due_date,currency,amount,paid_date",
    "attachments": "invoice_id,sha256,file_name,size",
    "fx_rates": "rate_date,currency,rate",
}


COMPANY = {
    "customers": [
        "C1,Café Zoë,retail,NL,30,500.00,Ann", "C2,50% Off_BV,food,NL,30,,Bob",
        "C3,Quiet,food,NL,30,,",
    ],
    "invoices": [
        "A1,C1,invoice,2026-03-01,2026-03-31,EUR,100.00,PO7,NL,,",  # 91 days late
        "A2,C1,invoice,2026-05-01,2026-05-31,EUR,200.00,,NL,,",  # 30 days late, 50 paid, disputed
        "A3,C1,invoice,2026-06-20,2026-06-30,EUR,300.00,,NL,,",  # due on the day
        "A4,C1,credit_note,2026-06-10,2026-06-10,EUR,-40.00,,NL,A1,",
        "B1,C2,invoice,2026-04-01,2026-05-01,EUR,400.00,,BE,,",  # overpaid by 25
        "B2,C2,invoice,2026-04-10,2026-05-10,EUR,80.00,,BE,,2026-06-15",  # cancelled, 30 was paid
        "B3,C2,invoice,2026-05-20,2026-06-19,EUR,500.00,,BE,,",  # promise broken
        "B4,C2,invoice,2026-05-21,2026-06-20,EUR,600.00,,BE,,",  # reminded
        "B5,C2,invoice,2026-05-22,2026-06-21,EUR,700.00,,BE,,",  # promised
        "B6,C2,invoice,2026-07-05,2026-08-04,EUR,900.00,,BE,,",  # of a later day
    ],
    "payments": [
        "P1,C1,A2,2026-06-05,EUR,50.00,,",
        "P2,C2,B1,2026-05-01,EUR,425.00,,",
        "P3,C2,B2,2026-05-12,EUR,30.00,,",
        "P4,C2,,2026-06-25,EUR,60.00,,BE",
        "P5,C2,B6,2026-06-26,EUR,10.00,,",  # before its invoice: on account
        "P6,C1,A1,2026-07-02,EUR,100.00,,",  # of a later day
    ],
    "disputes": ["A2,2026-06-08,,price,200.00", "A1,2026-04-01,2026-05-01,damage,20.00"],
    "promises": [
        "B3,2026-06-20,2026-06-25,500.00",
        "B5,2026-06-25,2026-07-01,700.00",
        "B1,2026-04-20,2026-05-02,400.00",
    ],
    "contacts": [
        "C2,B4,2026-06-25,e-mail,out,friendly_reminder", "C2,B5,2026-06-10,e-mail,out,pre_due_reminder",
    ],
    "bank_balances": ["NL1,EUR,2026-06-16,1000.00", "NL1,EUR,2026-06-29,1500.00", "NL2,EUR,2026-06-20,70.00"],
    "ledger_balances": ["2026-06-24,NL,EUR,510.00"],
}  # fmt: skip


def books_of(folder: Path, files: Mapping[str, Iterable[str]]) -> Books:
    source = folder / "in"
    source.mkdir(exist_ok=True)
    for name, rows in files.items():
        text = "\n".join([HEADERS[name], *rows]) + "\n"
        (source / f"{name}.csv").write_text(text, encoding="utf-8")
    report = load_once(folder / "store", repr(files), lambda: load(folder / "store", [source]))
    assert [file.rejects.rows() for file in report.files if file.rejected] == []
    return open_books(folder / "store")


def row_of(frame: pl.DataFrame, **values: object) -> dict[str, object]:
    return frame.row(by_predicate=pl.all_horizontal(pl.col(k) == v for k, v in values.items()), named=True)


def summed(books: Books, day: date, **filters: object) -> dict[str, Decimal]:
    rows = books.ask("ageing", as_of=day, **filters)
    columns = [name for name in rows.columns if name not in {"customer_id", "customer_name"}]
    return {name: sum(rows[name].to_list(), D(0)) for name in columns}


def assert_equals_ageing(trend: pl.DataFrame, books: Books, **filters: object) -> None:
    for row in trend.iter_rows(named=True):
        day = row.pop("as_of")
        assert row == summed(books, day, **filters), day


def assert_credits_only_move(books: Books, day: date, **filters: object) -> None:
    """Check that credits apart change no total, and that every bucket is the sum of its own documents."""
    inside, apart = (
        {row["customer_id"]: row for row in books.ask("ageing", as_of=day, credits=how, **filters).to_dicts()}
        for how in ("in", "apart")
    )
    assert {key: row["total"] for key, row in inside.items()} == {
        key: row["total"] for key, row in apart.items()
    }
    sums = summed(books, day, credits="apart", **filters)
    buckets = books.ask("ageing_buckets", as_of=day, credits="apart", **filters)
    for name, amount in buckets.select("bucket", "open_amount").rows():
        assert amount == sums[name], (day, name)
        if name != "unapplied":
            rows = books.ask("open_items", as_of=day, bucket=name, credits="apart", **filters)
            assert sum(rows["open_amount"].to_list(), D(0)) == amount, (day, name)
            assert name == "credits" or all(open_amount > 0 for open_amount in rows["open_amount"])
