"""Reading files: native and by preset, its sums, which files are data, what presets may say."""

import csv
import datetime as dt
import hashlib
import io
import re
import tempfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import KasstroomError, RefusedFileError
from data.grains import BY_NAME, GRAINS
from data.importers import collect, display_name, file_reader, load_preset, preset_names, read_file
from data.importers.cells import DTYPES
from data.importers.currencies import active_currencies
from tests.paths import IBM

INVOICES = "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount"
NL = "factuurnummer;klantnummer;klantnaam;factuurdatum;vervaldatum;bedrag;betaald_op"


@pytest.fixture
def read(tmp_path):
    def read_text(file, *lines, preset=None, encoding="utf-8"):
        path = tmp_path / file
        path.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
        return read_file(path, load_preset(preset) if preset else None)

    return read_text


def rejected(result):
    return list(result.rejects.select("line", "column").iter_rows())


# One good row of every kind of file, and rows that break one rule each: (column, row).
KINDS = {
    "customers": (
        "customer_id,customer_name,segment,country,payment_terms_days,credit_limit,customer_type",
        "C1,Jansen,retail,NL,30,5000.00,business",
        [("customer_type", "C2,x,,,,,person"), ("credit_limit", "C3,x,,,,-1,")],
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
        "payment_id,customer_id,invoice_id,payment_date,currency,amount,kind",
        "P1,C1,,2026-02-01,EUR,-0.00,reversal",
        [("kind", "P2,C1,,2026-02-01,EUR,1,cheque"), ("customer_id", "P3,,F1,2026-02-01,EUR,1,")],
    ),
    "instalments": (
        "invoice_id,due_date,amount",
        "F1,2026-03-01,-50.00",
        [("amount", "F2,2026-03-01,0.00"), ("due_date", "F3,,1.00")],
    ),
    "bank_balances": (
        "account,currency,balance_date,balance",
        "NL01 BANK,EUR,2026-03-01,-250000.00",
        [("balance", "NL02,EUR,2026-03-01,")],
    ),
    "bank_entries": (
        "entry_id,account,currency,entry_date,amount",
        "E1,NL01 BANK,EUR,2026-03-01,-12.50",
        [("amount", "E2,NL01 BANK,EUR,2026-03-01,"), ("entry_date", "E3,NL01 BANK,EUR,,1.00")],
    ),
    "ledger_balances": (
        "balance_date,entity,currency,balance",
        "2026-03-01,,EUR,0",
        [("currency", "2026-03-01,,DEM,0")],
    ),
    "bills": (
        "bill_id,supplier,bill_date,due_date,currency,amount,paid_date",
        "B1,Energie BV,2026-01-05,2026-01-01,EUR,-12.00,",
        [("amount", "B2,x,2026-01-05,2026-01-01,EUR,-0.00,"), ("due_date", "B3,x,2026-01-05,,EUR,1,")],
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
    "settings": (
        "key,value",
        "reporting_currency,EUR",
        [
            ("key", "currency,EUR"),
            ("value", "reporting_currency,eur"),
            ("value", "reporting_currency,"),
            ("value", "minimum_cash,2.500.00"),
            ("value", "minimum_cash,1e5"),
            ("value", "credit_line,-1"),
            ("value", "company_size,tiny"),
            ("value", "vat_period,year"),
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
    absent = set(rows.columns) - {"line", "part"} - set(header.split(","))  # parts are numbered
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


def test_columns_may_stand_in_any_order(read):
    result = read(
        "invoices.csv",
        "amount,currency,due_date,invoice_date,invoice_type,customer_id,invoice_id",
        "5,EUR,2026-02-04,2026-01-05,invoice,C1,F1",
    )
    assert result.grains["invoices"].row(0, named=True)["amount"] == Decimal("5.00")
    assert result.grains["invoices"].columns[0] == "invoice_id"


def test_the_control_totals_count_every_readable_amount_and_what_went_in(read):
    result = read(
        "invoices.csv",
        INVOICES,
        "F1,C1,invoice,2026-01-05,,EUR,100.10",  # accepted
        "F2,C1,invoice,2026-13-05,,EUR,20.20",  # rejected, its amount can be read
        "F3,C1,invoice,2026-01-05,,EUR,3.003",  # rejected, its amount cannot
        "F1,C1,invoice,2026-01-05,,EUR,100.10",  # repeat
        "F4,C1,credit_note,2026-01-05,,EUR,-0.05",  # accepted
        "F5,C1,invoice",  # rejected, no amount
    )
    assert result.sum_read == Decimal("220.35")
    assert result.sum_accepted == Decimal("100.05")
    assert (result.rows_read, result.accepted, result.rejected, result.duplicate) == (6, 2, 3, 1)


def test_totals_are_exact_where_a_float_would_not_be(read):
    big = "9999999999999999.99"
    rows = [f"F{number},C1,invoice,2026-01-05,,EUR,{big}" for number in range(3)]
    assert read("invoices.csv", INVOICES, *rows).sum_read == Decimal("29999999999999999.97")


def test_a_kind_without_amounts_has_no_control_total_and_an_empty_file_has_zero(read):
    assert read("fx_rates.csv", "rate_date,currency,rate", "2026-03-01,USD,1.08").sum_read is None
    empty = read("invoices.csv", INVOICES)
    assert (empty.rows_read, empty.sum_read, empty.sum_accepted) == (0, Decimal("0.00"), Decimal("0.00"))


def test_a_reject_shows_its_row_printable_and_cut_to_500_characters(read):
    result = read(
        "customers.csv",
        "customer_id,customer_name,segment,country,payment_terms_days,credit_limit",
        'C1,"Jan\x00sen\nen Zonen",,,,',
        "C2," + "x" * 600 + ",,,many,",
    )
    assert result.rejects["raw"].to_list() == ['C1,"Jan␀sen\nen Zonen",,,,', "C2," + "x" * 497]


def test_a_reading_names_the_bytes_it_read(tmp_path):
    path = tmp_path / "upload.tmp"
    content = (INVOICES + "\nF1,C1,invoice,2026-01-05,,EUR,5\n").encode()
    path.write_bytes(content)
    result = read_file(path, name="../../etc/invoices.csv")
    assert (result.name, result.kind) == ("invoices.csv", "invoices")
    assert result.sha256 == hashlib.sha256(content).hexdigest()
    assert (result.preset, result.preset_sha256) == (None, None)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("../../x.csv", "x.csv"),
        ("C:\\temp\\x.csv", "x.csv"),
        ("a\x00b\n.csv", "a�b�.csv"),
        ("..", "unnamed file"),
        ("", "unnamed file"),
        ("\u202egpj.csv", "�gpj.csv"),
        ("y" * 300 + ".csv", "y" * 109 + "….csv"),
    ],
)
def test_a_file_name_is_shown_without_folders_and_what_cannot_be_printed(raw, shown):
    assert display_name(raw) == shown


def test_progress_counts_the_rows_so_far_and_batches_change_nothing(read, monkeypatch, tmp_path):
    rows = [f"F{number % 7},C1,invoice,2026-01-05,,EUR,{number % 7 + 1}" for number in range(20)]
    rows[9] = "F2,C1,invoice,2026-01-05,,EUR,99"
    whole = read("invoices.csv", INVOICES, *rows)
    monkeypatch.setattr(file_reader, "_BATCH_ROWS", 3)
    seen = []
    parts = read_file(tmp_path / "invoices.csv", progress=seen.append)
    assert seen == [3, 6, 9, 12, 15, 18, 20]
    assert parts.grains["invoices"].equals(whole.grains["invoices"])
    assert parts.rejects.equals(whole.rejects)
    # F2 is contradicted on lines 4, 11, 18; the number 9 % 7 == 2 stands on line 11 only with 99.
    assert rejected(whole) == [(4, "invoice_id"), (11, "invoice_id"), (18, "invoice_id")]
    assert (whole.accepted, whole.duplicate) == (6, 11)


def test_active_currencies_are_money_of_today():
    assert {"EUR", "USD", "GBP", "CHF", "JPY", "PLN"} <= active_currencies()
    assert not {"NLG", "DEM", "XXX", "XTS", "XAU", "HRK"} & active_currencies()


# ---- against a plain reading of the same rules ----

CELLS = {
    "invoice_id": ["F1", "F2", "007", "1E05", " F3", "", "F\n4"],
    "customer_id": ["C1", "Yes", "No", "", "C\t2"],
    "invoice_type": ["invoice", "credit_note", "Invoice", ""],
    "invoice_date": ["2026-01-05", "2024-02-29", "2023-02-29", "05-01-2026", "", "1899-12-31"],
    "due_date": ["2026-02-05", "", "2026-2-5"],
    "currency": ["EUR", "USD", "NLG", "eur", ""],
    "amount": ["5", "5.00", "-5", "0", "-0.00", "1.234,56", "10.005", "1e3", "", "٣", "12345678901234567"],
}
GOOD_ROW = ["F1", "C1", "invoice", "2026-01-05", "", "EUR", "5"]


def plain_row(cells):
    """Return the row typed, or None if it must be rejected, one plain rule after the other."""
    number, customer, kind, date, due, currency, amount = cells
    for text in (number, customer):
        if text == "" or text != text.strip() or any(ord(letter) < 32 for letter in text):
            return None
    days = []
    for text in (date, due):
        try:
            days.append(dt.date.fromisoformat(text) if re.fullmatch(r"[0-9-]{10}", text) else None)
        except ValueError:
            return None
    if days[0] is None or days[0].year < 1900 or (due and days[1] is None):
        return None
    if currency not in {"EUR", "USD"} or not re.fullmatch(r"-?[0-9]{1,16}(\.[0-9]{1,2})?", amount):
        return None
    value = Decimal(amount)
    if kind not in {"invoice", "credit_note"} or (value <= 0 if kind == "invoice" else value >= 0):
        return None
    return (number, customer, kind, days[0], days[1], currency, value)


@st.composite
def invoice_rows(draw):
    rows = []
    for _ in range(draw(st.integers(0, 12))):
        cells = list(GOOD_ROW)
        for column in draw(st.sets(st.integers(0, 6), max_size=3)):
            cells[column] = draw(st.sampled_from(CELLS[INVOICES.split(",")[column]]))
        rows.append(cells[: draw(st.sampled_from([7, 7, 7, 7, 7, 6]))])
    return rows


@given(invoice_rows(), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.sampled_from([2, 50_000]))
@settings(max_examples=150, deadline=None)
def test_a_file_is_read_as_a_plain_loop_over_the_same_rules_reads_it(rows, newline, is_quoted, batch_rows):
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    csv.writer(text, lineterminator=newline, quoting=quoting).writerows([INVOICES.split(","), *rows])
    typed = [plain_row(row) if len(row) == 7 else None for row in rows]
    contents = defaultdict(set)
    for row in typed:
        if row:
            contents[row[0]].add(row)
    expected = list(dict.fromkeys(row for row in typed if row and len(contents[row[0]]) == 1))
    bad = sum(1 for row in typed if not row or len(contents[row[0]]) > 1)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_reader, "_BATCH_ROWS", batch_rows)
        path = Path(folder) / "invoices.csv"
        path.write_bytes(text.getvalue().encode())
        result = read_file(path)
    assert result.grains["invoices"].select(INVOICES.split(",")).rows() == expected
    assert (result.rows_read, result.rejected) == (len(rows), bad)
    assert result.duplicate == len(rows) - bad - len(expected)


@given(st.binary(max_size=200), st.sampled_from(GRAINS))
@settings(max_examples=150, deadline=None)
def test_whatever_bytes_follow_the_header_every_row_is_accounted_for(content, grain):
    header = ",".join(column.name for column in grain.columns if column.needed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{grain.name}.csv"
        path.write_bytes(header.encode() + b"\n" + content)
        try:
            result = read_file(path)
        except RefusedFileError:
            return
    assert result.rows_read == result.accepted + result.rejected + result.duplicate
    assert result.rejects.height == 0 or result.rejects["reason"].null_count() == 0
    assert result.accepted == result.grains[grain.name].height


# ---- which files are data ----


def test_a_folder_gives_its_csv_files_in_load_order_and_says_what_it_passed_over(tmp_path):
    for name in (
        "payments.csv",
        "x.csv",
        "invoices-b.csv",
        "invoices-a.CSV",
        "customers.csv",
        "README.md",
        ".a.csv",
    ):
        (tmp_path / name).write_text("x")
    (tmp_path / "old").mkdir()
    files, passed_over = collect([tmp_path, tmp_path / "customers.csv"])
    assert [file.name for file in files] == [
        "customers.csv",
        "invoices-a.CSV",
        "invoices-b.csv",
        "payments.csv",
        "x.csv",
    ]
    assert [(file.name, word) for file, word in passed_over] == [
        (".a.csv", "hidden"),
        ("README.md", "no CSV file"),
        ("old", "a folder"),
    ]


def test_what_is_missing_or_no_data_is_refused(tmp_path):
    (tmp_path / "picture.png").write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(RefusedFileError, match=r"picture\.png: is no CSV file"):
        collect([tmp_path / "picture.png"])
    with pytest.raises(RefusedFileError, match=r"gone\.csv: there is no such file or folder"):
        collect([tmp_path / "gone.csv"])
    with pytest.raises(RefusedFileError, match="empty: holds no CSV file"):
        collect([tmp_path / "empty"])
    with pytest.raises(RefusedFileError, match=r"gone\.csv: there is no such file"):
        read_file(tmp_path / "gone.csv")
    with pytest.raises(RefusedFileError, match=r"folder\.csv: is not a file"):
        read_file(tmp_path / "folder.csv")


# ---- presets ----


def test_the_presets_that_ship_all_load():
    assert preset_names() == ["cleared-nl", "ibm"]
    for name in preset_names():
        assert load_preset(name).name == name


def test_an_unknown_preset_is_refused_with_the_known_ones():
    with pytest.raises(KasstroomError, match="There is no preset 'exact'; known are cleared-nl, ibm"):
        load_preset("exact")
    with pytest.raises(KasstroomError, match=r"gone\.toml cannot be read"):
        load_preset("gone.toml")


def test_a_cleared_invoice_gives_its_customer_and_its_payment(read):
    result = read(
        "export.csv",
        NL,
        "1;K1;Jansen;05-01-2026;04-02-2026;1.234,56;10-02-2026",
        "2;K1;Jansen;06-01-2026;05-02-2026;100,5;",
        "3;K2;Pieters;07-01-2026;;50,00-;08-01-2026",
        preset="cleared-nl",
    )
    assert result.kind == "invoices"
    assert (result.rows_read, result.accepted, result.sum_read) == (3, 3, Decimal("1285.06"))
    invoices = result.grains["invoices"].select(
        "invoice_id", "invoice_type", "due_date", "currency", "amount"
    )
    assert invoices.rows() == [
        ("1", "invoice", dt.date(2026, 2, 4), "EUR", Decimal("1234.56")),
        ("2", "invoice", dt.date(2026, 2, 5), "EUR", Decimal("100.50")),
        ("3", "credit_note", None, "EUR", Decimal("-50.00")),
    ]
    payments = result.grains["payments"].select(
        "payment_id", "customer_id", "invoice_id", "payment_date", "amount", "kind", "line"
    )
    assert payments.rows() == [
        ("1", "K1", "1", dt.date(2026, 2, 10), Decimal("1234.56"), "payment", 2),
        ("2", "K1", "2", dt.date(2026, 1, 6), Decimal("0.00"), "payment", 3),  # none (any more)
        ("3", "K2", "3", dt.date(2026, 1, 8), Decimal("-50.00"), "payment", 4),
    ]
    customers = result.grains["customers"].select("customer_id", "customer_name", "country")
    assert customers.rows() == [("K1", "Jansen", "NL"), ("K2", "Pieters", "NL")]
    for name, rows in result.grains.items():
        assert rows.columns == [*(column.name for column in BY_NAME[name].columns), "line"]


def test_a_customer_is_described_by_its_newest_invoice_whatever_the_order_of_rows(read):
    rows = [
        "10;K1;Oud;01-01-2026;;1;",
        "12;K1;Nieuw;02-01-2026;;1;",
        "11;K1;Ook oud;02-01-2026;;1;",
        "9;K1;Later geladen;01-01-2026;;1;",
    ]
    for order in (rows, rows[::-1]):
        result = read("export.csv", NL, *order, preset="cleared-nl")
        assert result.grains["customers"]["customer_name"].to_list() == ["Nieuw"]


def test_a_total_row_that_agrees_is_no_data_and_one_that_does_not_is_rejected(read):
    rows = ["1;K1;x;05-01-2026;;1.000,00;", "2;K1;x;05-01-2026;;0,50;"]
    agreed = read("export.csv", NL, *rows, "Totaal;;;;;1.000,50;", preset="cleared-nl")
    assert (agreed.rows_read, agreed.rejected, agreed.sum_read) == (2, 0, Decimal("1000.50"))
    for total in ("1.000,51", "", "x"):
        wrong = read("export.csv", NL, *rows, f"Totaal;;;;;{total};", preset="cleared-nl")
        assert (wrong.rows_read, wrong.accepted, rejected(wrong)) == (3, 2, [(4, None)])
        assert (
            "does not agree with the rows of the file, which add up to 1000.50" in wrong.rejects["reason"][0]
        )


def test_a_preset_of_one_grain_reads_words_dates_and_defaults_as_it_says(tmp_path):
    preset = tmp_path / "own.toml"
    preset.write_text(
        """
        grain = "payments"
        delimiter = "|"
        date_format = "YYYYMMDD"
        decimal = "."
        thousands = " "
        ignored = ["Memo"]
        [columns]
        Nr = "payment_id"
        Debtor = "customer_id"
        Doc = "invoice_id"
        Day = "payment_date"
        Sum = "amount"
        Type = "kind"
        [defaults]
        currency = "GBP"
        [choices.kind]
        B = "payment"
        A = "write_off"
        """
    )
    path = tmp_path / "any.txt"
    path.write_text(
        "Nr|Debtor|Doc|Day|Sum|Type|Memo\n1|C1|F1|20260105|1 234.50|A|\n"
        "2|C1||20260105|5|payment|=x\n3|C1||2026-01-05|5||\n"
    )
    result = read_file(path, load_preset(str(preset)))
    assert result.preset == "own"
    assert result.preset_sha256 == hashlib.sha256(preset.read_bytes()).hexdigest()
    assert result.grains["payments"].rows() == [
        ("1", "C1", "F1", dt.date(2026, 1, 5), "GBP", Decimal("1234.50"), "write_off", None, 2)
    ]
    assert list(result.rejects.select("line", "column", "reason").iter_rows()) == [
        (3, "Type", "Type 'payment' is not one of B, A"),
        (4, "Day", "Day '2026-01-05' is not a date written as YYYYMMDD"),
    ]


GOOD_PRESET = 'grain = "instalments"\n[columns]\na = "invoice_id"\nb = "due_date"\nc = "amount"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("grain = ", "is not TOML"),
        ("guess = true\n" + GOOD_PRESET, "'guess' is not a key of a preset"),
        (GOOD_PRESET.replace("instalments", "instalment"), "grain must be one of customers"),
        ('date_format = "DMYYYY"\n' + GOOD_PRESET, "'DMYYYY' needs a sign on both sides of D and of M"),
        ('date_format = "D-MYYYY"\n' + GOOD_PRESET, "'D-MYYYY' needs a sign on both sides of D and of M"),
        ('shape = "wide"\n' + GOOD_PRESET, "shape must be one of grain, cleared_invoices"),
        ('encoding = "utf-7"\n' + GOOD_PRESET, "encoding must be one of utf-8"),
        ('delimiter = "::"\n' + GOOD_PRESET, "delimiter must be a comma, semicolon, tab or bar"),
        ('date_format = "DD-MM-YY"\n' + GOOD_PRESET, "does not name year, month and day once each"),
        ('date_format = "MM-MM-YYYY"\n' + GOOD_PRESET, "does not name year, month and day once each"),
        ('decimal = ","\nthousands = ","\n' + GOOD_PRESET, "thousands must be empty, or"),
        ('trailing_minus = "yes"\n' + GOOD_PRESET, "trailing_minus must be true or false"),
        ('ignored = "a"\n' + GOOD_PRESET, "ignored must be a list of texts"),
        ('ignored = ["a"]\n' + GOOD_PRESET, "'a' is both used and ignored"),
        (GOOD_PRESET + 'd = "amount"\n', "'amount' is fed by two columns"),
        (GOOD_PRESET + 'd = "colour"\n', "instalments has no column 'colour'"),
        (GOOD_PRESET.replace('c = "amount"\n', ""), "nothing feeds 'amount'"),
        (
            GOOD_PRESET.replace('c = "amount"\n', "[defaults]\namount = 5\n"),
            "defaults must be a table of texts",
        ),
        (GOOD_PRESET.replace('c = "amount"\n', '[defaults]\namount = "5,00"\n'), "'5,00' is not a number"),
        (GOOD_PRESET + '[choices.amount]\nx = "5"\n', "choices cannot be given for amount"),
        (
            GOOD_PRESET + '[total_row]\ncolumn = "z"\ntext = "T"\n',
            "total row's column 'z' is not among the columns",
        ),
        (
            GOOD_PRESET.replace('grain = "instalments"', 'shape = "cleared_invoices"'),
            "nothing feeds 'customer_id'",
        ),
    ],
)
def test_a_preset_that_cannot_be_meant_is_refused_with_a_sentence(text, sentence, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(GOOD_PRESET)
    load_preset(str(path))
    path.write_text(text)
    with pytest.raises(KasstroomError, match=re.escape(sentence)) as refusal:
        load_preset(str(path))
    assert str(refusal.value).startswith("The preset own.toml ")


# ---- a real ledger ----


@pytest.fixture(scope="module")
def ibm():
    if not IBM.exists():
        pytest.skip("the IBM sample is not here: shared/samples/ibm/accounts_receivable.csv")
    return read_file(IBM, load_preset("ibm"))


def test_the_ibm_file_goes_in_whole(ibm):
    assert (ibm.rows_read, ibm.accepted, ibm.rejected, ibm.duplicate) == (2466, 2466, 0, 0)
    assert {name: rows.height for name, rows in ibm.grains.items()} == {
        "customers": 100,
        "invoices": 2466,
        "payments": 2466,
    }
    with IBM.open(newline="") as file:
        written = {row["invoiceNumber"]: row for row in csv.DictReader(file)}
    assert ibm.sum_read == ibm.sum_accepted == sum(Decimal(row["InvoiceAmount"]) for row in written.values())
    for row in ibm.grains["invoices"].iter_rows(named=True):
        source = written[row["invoice_id"]]
        day = row["invoice_date"]
        assert f"{day.month}/{day.day}/{day.year}" == source["InvoiceDate"]
        assert (row["customer_id"], row["amount"]) == (source["customerID"], Decimal(source["InvoiceAmount"]))


@pytest.mark.parametrize(
    ("as_of", "invoices", "customers", "total", "buckets"),
    [
        (dt.date(2013, 6, 30), 84, 52, "5119.85", {"not due": "4284.29", "1-30": "835.56"}),
        (dt.date(2013, 3, 31), 94, None, "5903.74", None),
    ],
)
def test_the_ibm_ledger_is_open_to_the_cent_by_plain_loops(  # noqa: PLR0917 - the worked answers, in their order
    ibm, as_of, invoices, customers, total, buckets
):
    paid = {row["invoice_id"]: row for row in ibm.grains["payments"].iter_rows(named=True)}
    open_rows, aged = [], defaultdict(Decimal)
    for row in ibm.grains["invoices"].iter_rows(named=True):
        payment = paid.get(row["invoice_id"])
        if row["invoice_date"] > as_of or (payment and payment["payment_date"] <= as_of):
            continue
        days = (as_of - row["due_date"]).days
        open_rows.append(row)
        aged["not due" if days <= 0 else "1-30" if days <= 30 else "older"] += row["amount"]
    assert len(open_rows) == invoices
    assert sum(row["amount"] for row in open_rows) == Decimal(total)
    if customers:
        assert len({row["customer_id"] for row in open_rows}) == customers
        assert aged == {bucket: Decimal(amount) for bucket, amount in buckets.items()}
