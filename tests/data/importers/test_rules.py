"""Every kind of file: a good row goes in, a row that breaks a rule is rejected on its column."""

import polars as pl
import pytest

from data.errors import RefusedFileError
from data.grains import BY_NAME
from data.importers.cells import DTYPES
from tests.data.importers.samples import INVOICES, rejected

# One good row of every kind of file, and rows that break one rule each: (column, row).
KINDS = {
    "customers": (
        "customer_id,customer_name,segment,country,payment_terms_days,credit_limit,customer_type,payment_terms",
        "C1,Jansen,retail,NL,30,5000.00,business,eom+30",
        [
            ("customer_type", "C2,x,,,,,person,"),
            ("credit_limit", "C3,x,,,,-1,,"),
            ("payment_terms", "C4,x,,,,,,30 days"),
            ("payment_terms", "C5,x,,,,,,60%@30 60%@60"),
        ],
    ),
    "invoices": (
        INVOICES + ",vat_amount,discount_percent,discount_days,terms_days,original_invoice_id,cancelled_date",
        "F1,C1,invoice,2026-01-05,,EUR,121.00,21.00,2.5,8,30,,",
        [
            ("vat_amount", "F2,C1,invoice,2026-01-05,,EUR,121.00,-21.00,,,,,"),
            ("vat_amount", "F3,C1,credit_note,2026-01-05,,EUR,-121.00,21.00,,,,,"),
            ("discount_percent", "F4,C1,invoice,2026-01-05,,EUR,121.00,,100.01,,,,"),
            ("discount_percent", "F5,C1,invoice,2026-01-05,,EUR,121.00,,-1,,,,"),
            ("discount_days", "F6,C1,invoice,2026-01-05,,EUR,121.00,,,-8,,,"),
            ("cancelled_date", "F7,C1,invoice,2026-01-05,,EUR,121.00,,,,,,soon"),
        ],
    ),
    "payments": (
        "payment_id,customer_id,invoice_id,payment_date,currency,amount,kind,settled_amount",
        "P1,C1,,2026-02-01,EUR,-0.00,reversal,-0.00",
        [
            ("kind", "P2,C1,,2026-02-01,EUR,1,cheque,"),
            ("customer_id", "P3,,F1,2026-02-01,EUR,1,,"),
            ("settled_amount", "P4,C1,F1,2026-02-01,EUR,1.00,,-1.00"),
            ("settled_amount", "P5,C1,F1,2026-02-01,EUR,1.00,,0.00"),
        ],
    ),
    "open_items": (
        "list_date,invoice_id,currency,open_amount,list",
        "2026-01-31,F1,EUR,0.00,",
        [
            ("open_amount", "2026-01-31,F2,EUR,,"),
            ("list_date", ",F3,EUR,1.00,"),
            ("currency", "2026-01-31,F4,,1.00,"),
        ],
    ),
    "instalments": (
        "invoice_id,due_date,amount",
        "F1,2026-03-01,-50.00",
        [("amount", "F2,2026-03-01,0.00"), ("due_date", "F3,,1.00")],
    ),
    "bank_balances": (
        "account,currency,balance_date,balance",
        "NL01 BANK,EUR,2026-03-01,-250000.00",
        [("balance", "NL02,EUR,2026-03-01,x"), ("balance_date", "NL03,EUR,,1.00")],
    ),
    "bank_entries": (
        "entry_id,account,currency,entry_date,amount",
        "E1,NL01 BANK,EUR,2026-03-01,-12.50",
        [("amount", "E2,NL01 BANK,EUR,2026-03-01,"), ("entry_date", "E3,NL01 BANK,EUR,,1.00")],
    ),
    "cash_decisions": (
        "account,entry_id,decision,customer_id,invoice_id,amount",
        "NL01 BANK,E1,confirmed,C1,F1,12.50",
        [
            ("decision", "NL01 BANK,E1,maybe,C1,F2,12.50"),
            ("amount", "NL01 BANK,E1,confirmed,C1,F3,"),
            ("entry_id", "NL01 BANK,,rejected,,,0.00"),
        ],
    ),
    "bank_load_reversals": (
        "loaded_at,state",
        "2026-03-01 08:00:00,taken_back",
        [("state", "2026-03-02 08:00:00,gone"), ("loaded_at", ",taken_in")],
    ),
    "bank_statements": (
        "statement_id,account,currency,from_date,to_date,opening,closing,entries,credits,debits",
        "S1,NL01 BANK,EUR,2026-03-01,2026-03-01,,-250.00,0,0.00,12.50",
        [
            ("to_date", "S2,NL01 BANK,EUR,2026-03-02,2026-03-01,,,0,0.00,0.00"),
            ("debits", "S3,NL01 BANK,EUR,2026-03-01,2026-03-01,,,1,0.00,-12.50"),
            ("entries", "S4,NL01 BANK,EUR,2026-03-01,2026-03-01,,,-1,0.00,0.00"),
        ],
    ),
    "provider_payments": (
        "provider,line_id,kind,created_date,currency,gross,fee,net",
        "Stripe,T1,chargeback,2026-03-01,EUR,-150.00,-15.00,-165.00",
        [
            ("net", "Stripe,T2,charge,2026-03-01,EUR,150.00,4.65,145.35"),
            ("kind", "Stripe,T3,sale,2026-03-01,EUR,1.00,0.00,1.00"),
        ],
    ),
    "run_payments": (
        "run_id,line_id,kind,account,currency,run_date,amount",
        "R1,1,collection,NL01 BANK,EUR,2026-03-01,12.50",
        [
            ("amount", "R1,2,payment,NL01 BANK,EUR,2026-03-01,-12.50"),
            ("kind", "R1,3,x,NL01,EUR,2026-03-01,1"),
        ],
    ),
    "ledger_balances": (
        "balance_date,entity,currency,balance",
        "2026-03-01,,EUR,0",
        [("currency", "2026-03-01,,DEM,0")],
    ),
    "turnover": (
        "from_date,to_date,entity,currency,amount",
        "2026-03-01,2026-03-31,,EUR,-0.50",
        [("to_date", "2026-03-01,2026-02-28,,EUR,1.00"), ("amount", "2026-03-01,2026-03-31,,EUR,1.005")],
    ),
    "bills": (
        "bill_id,supplier,bill_date,due_date,currency,amount,paid_date",
        "B1,Energie BV,2026-01-05,2026-01-01,EUR,-12.00,",
        [("amount", "B2,x,2026-01-05,2026-01-01,EUR,-0.00,"), ("due_date", "B3,x,2026-01-05,,EUR,1,")],
    ),
    "attachments": (
        "invoice_id,sha256,file_name,size",
        f"F1,{'0a' * 32},factuur.pdf,4746",
        [
            ("sha256", "F2,../../etc/passwd,factuur.pdf,1"),
            ("sha256", f"F3,{'0A' * 32},factuur.pdf,1"),
            ("size", f"F4,{'0b' * 32},factuur.pdf,-1"),
        ],
    ),
    "fx_rates": (
        "rate_date,currency,rate",
        "2026-03-01,USD,1.083456",
        [
            ("rate", "2026-03-02,USD,0"),
            ("rate", "2026-03-03,USD,-1.1"),
            ("rate", "2026-03-04,USD,1.08345678901"),
            ("rate", "2026-03-05,USD,1234567890123"),
        ],
    ),
    "planned_cash": (
        "line_id,label,category,amount,first_date,repeat,until",
        "L1,Salaries,payroll,-50000,2026-01-25,monthly,2026-01-25",
        [
            ("until", "L2,x,rent,-1,2026-01-25,monthly,2026-01-24"),
            ("repeat", "L3,x,rent,-1,2026-01-25,daily,"),
        ],
    ),
    "billing_plan": (
        "week_start,segment,amount",
        "2026-01-05,,1000.00",
        [("week_start", "2026-01-06,,1000.00"), ("week_start", "2026-01-04,,1000.00")],
    ),
    "disputes": (
        "invoice_id,opened_date,closed_date,reason,amount",
        "F1,2026-01-05,2026-01-05,wrong price,10",
        [("closed_date", "F2,2026-01-05,2026-01-04,,10")],
    ),
    "contacts": (
        "customer_id,invoice_id,contact_date,channel,direction,kind",
        "C1,,2026-01-05,email,out,reminder",
        [("direction", "C1,,2026-01-05,email,both,reminder")],
    ),
    "contact_details": (
        "customer_id,field,value",
        "C1,phone,030-1",
        [("field", "C1,shoe size,43"), ("customer_id", ",phone,1")],
    ),
    "assignments": ("customer_id,assigned_to", "C1,", [("customer_id", ",Ann")]),
    "promises": (
        "invoice_id,made_date,promised_date,amount",
        "F1,2026-01-05,2026-01-05,10",
        [("promised_date", "F2,2026-01-05,2026-01-04,10"), ("amount", "F3,2026-01-05,2026-01-06,0")],
    ),
    "notes": (
        "customer_id,invoice_id,noted_date,text",
        "C1,,2026-01-05,calls back on Friday",
        [("noted_date", "C1,,,x"), ("text", "C1,,2026-01-05,")],
    ),
    "collection_cases": (
        "case_id,customer_id,agency,opened_date,status,closed_date,recovered",
        "K1,C1,Incasso BV,2026-01-05,open,,",
        [
            ("status", "K2,C1,Incasso BV,2026-01-05,busy,,"),
            ("closed_date", "K3,C1,Incasso BV,2026-01-05,paid,2026-01-04,"),
            ("recovered", "K4,C1,Incasso BV,2026-01-05,paid,2026-02-04,-1"),
        ],
    ),
    "signals": (
        "rule,customer_id,raised_date,since_date,value,limit_value,invoices,cleared_date",
        'shift,C1,2026-01-05,2026-01-01,2.5,2,"F1,F2",',
        [
            ("raised_date", "shift,C2,2026-01-05,2026-01-06,2.5,2,,"),
            ("cleared_date", "shift,C3,2026-01-05,2026-01-01,2.5,2,,2026-01-04"),
        ],
    ),
    "mutes": (
        "rule,customer_id,muted_date,until,reason",
        ",C1,2026-01-05,2026-02-01,new owner",
        [("until", ",C2,2026-01-05,2026-01-04,x"), ("reason", ",C3,2026-01-05,2026-02-01,")],
    ),
    "payment_plans": (
        "invoice_id,agreed_date,due_date,amount",
        "F1,2026-01-05,2026-01-05,10",
        [("due_date", "F2,2026-01-05,2026-01-04,10"), ("amount", "F3,2026-01-05,2026-01-06,-1")],
    ),
    "expected_dates": (
        "invoice_id,noted_date,expected_date",
        "F1,2026-01-05,",
        [("expected_date", "F2,2026-01-05,2026-01-04"), ("noted_date", "F3,,2026-01-06")],
    ),
    "source_runs": (
        "source_name,run_id,run_date,outcome,files,accepted,rejected,last_date,message",
        "Exact,2026-11-30T22:00:00Z,2026-11-30,loaded,2,120,1,2026-11-29,",
        [
            ("outcome", "Exact,2026-11-30T22:00:00Z,2026-11-30,late,,,,,"),
            ("run_date", "Exact,2026-11-30T22:00:00Z,,failed,,,,,x"),
        ],
    ),
    "forecast_runs": (
        "as_of,part,currency,row_count,file_hash",
        "2026-01-04,weeks,EUR,13,ab12",
        [("part", "2026-01-04,months,EUR,13,ab12"), ("row_count", "2026-01-04,weeks,EUR,1.5,ab12")],
    ),
    "scenarios": (
        "name,toml",
        '14 days,"name = ""14 days""\nstart = 2026-12-01\n"',
        [("name", ",x"), ("name", " x,y"), ("toml", "x,a\x00b")],
    ),
    "saved_views": (
        "name,address",
        "Old debts,ageing?bucket=d90_plus",
        [("name", ",ageing"), ("name", " x,ageing"), ("address", "x,a\x00b")],
    ),
    "settings": (
        "key,value",
        "reporting_currency,EUR",
        [
            ("key", "currency,EUR"),
            ("key", "vat_period@North BV,month"),
            ("key", "company_name@,North"),
            ("value", "company_iban@North BV,12"),
            ("value", "step_formal_days@North BV,soon"),
            ("value", "waive_below,-5.00"),
            ("value", "fee_formal@North BV,-5.00"),
            ("value", 'fee_formal,"15,00"'),
            ("value", "post_delivery,2 tue wed"),
            ("value", "reporting_currency,eur"),
            ("value", "reporting_currency,"),
            ("value", "minimum_cash,2.500.00"),
            ("value", "minimum_cash,1e5"),
            ("value", "credit_line,-1"),
            ("value", "company_size,tiny"),
            ("value", "vat_period,year"),
            ("value", "cash_source,both"),
            ("value", "closed_until@North BV,2026-02-30"),
        ],
    ),
}


def test_every_kind_of_file_has_an_example_here():
    assert set(KINDS) == set(BY_NAME)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_breaks_a_rule_is_rejected_on_its_column_and_the_others_go_in(kind, read):
    header, good, broken = KINDS[kind]
    result = read(f"{kind}.csv", header, *(row for _column, row in broken), good)
    assert rejected(result) == [(line, column) for line, (column, _row) in enumerate(broken, start=2)]
    assert result.accepted == 1
    assert result.grains[kind]["line"].to_list() == [len(broken) + 2]


@pytest.mark.parametrize("kind", KINDS)
def test_accepted_rows_have_exactly_the_columns_of_their_kind_and_their_line(kind, read):
    header, good, _broken = KINDS[kind]
    rows = read(f"{kind}.csv", header, good).grains[kind]
    expected = {column.name: DTYPES[column.type] for column in BY_NAME[kind].columns}
    assert dict(rows.schema) == {**expected, "line": pl.Int64}
    absent = (
        set(rows.columns) - {"line"} - set(header.split(",")) - {"part", "place", "contact_id"}
    )  # they are numbered
    assert all(rows[column].to_list() == [None] for column in absent)


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_is_told_by_the_header_where_the_name_says_nothing(kind, read):
    header, good, _broken = KINDS[kind]
    assert read("export.csv", header, good).kind == kind
    assert read("EXPORT 2026.CSV", header, good).kind == kind


@pytest.mark.parametrize(
    "file",
    ["invoices.csv", "invoices_2026-11.csv", "invoices-old.csv", "Invoices (1).CSV", "invoices2026.csv"],
)
def test_the_name_tells_the_kind_before_the_header_does(file, read):
    with pytest.raises(RefusedFileError, match=r"columns 'invoice_id', 'customer_id', .* are missing"):
        read(file, "payment_id", "P1")


def test_a_name_that_merely_begins_like_a_kind_is_not_that_kind(read):
    header, good, _broken = KINDS["promises"]
    assert read("billsandmore.csv", header, good).kind == "promises"
