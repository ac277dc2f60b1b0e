"""The command line as others call it: exit codes, JSON alone on stdout, a sentence for bad input."""

import json
import subprocess
import sys
from datetime import UTC, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from cli import main, serving
from queries import open_books
from tests.books import Desk
from tests.paths import ROOT

INVOICE = ("F1", "C1", "invoice", "2026-01-01", "2026-01-31", "EUR", "100.00")


@pytest.fixture
def store(desk: Desk) -> str:
    """One invoice of 100.00 to Café Zoë, due 31-01-2026, of which 30.00 was paid on 05-02-2026."""
    desk.load(
        customers=[("C1", "Café Zoë", "retail", "NL", "30", "")],
        invoices=[INVOICE],
        payments=[("P1", "C1", "F1", "2026-02-05", "EUR", "30.00")],
    )
    return str(desk.store)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_ageing_is_json_alone_with_amounts_as_decimal_strings(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(
        capsys, "query", "ageing", "--store", store, "--as-of", "2026-02-28", "--format", "json"
    )
    assert (code, err) == (0, "")
    assert json.loads(out) == [
        {
            "customer_id": "C1",
            "customer_name": "Café Zoë",
            "not_due": "0.00",
            "d1_30": "70.00",
            "d31_60": "0.00",
            "d61_90": "0.00",
            "d90_plus": "0.00",
            "unapplied": "0.00",
            "total": "70.00",
        }
    ]


@pytest.mark.slow
@pytest.mark.parametrize("words", [("query", "claims"), ("worklist",), ("warnings",)])
def test_documents_without_a_rate_are_named_beside_the_answer(
    words: tuple[str, ...], desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.load(
        invoices=[
            INVOICE,
            ("F2", "C1", "invoice", "2026-01-03", "2026-01-31", "USD", "700.00"),
            ("F3", "C1", "invoice", "2026-01-02", "2026-01-31", "GBP", "10.00"),
            ("F4", "C1", "invoice", "2026-01-05", "2026-01-31", "GBP", "20.50"),
        ],
        settings=[("reporting_currency", "EUR")],
    )
    place = ("--store", str(desk.store), "--as-of", "2026-02-20", "--format", "json")
    code, out, err = said(capsys, *words, *place)
    rows = json.loads(out)
    assert code == 0
    assert "F2" not in str(rows)
    told = err.replace("\u00a0", " ")
    for sentence in (
        (
            "1 open document in USD ($700.00) has no exchange rate and is in none of these amounts: "
            "load at least 1 exchange rate of 3 Jan 2026 or before.\n"
        ),
        (
            "2 open documents in GBP (£30.50) have no exchange rate and are in none of these amounts: "
            "load at least 1 exchange rate of 2 Jan 2026 or before.\n"
        ),
    ):
        assert told.count(sentence) == 1
    if words[0] == "query":
        code, out, err = said(capsys, *words, "--param", "currency=USD", *place)
        assert [row["principal"] for row in json.loads(out)] == ["700.00"]
        assert "no exchange rate" not in err


@pytest.mark.slow
@pytest.mark.parametrize("command", ["worklist", "warnings", "forecast", "whatif"])
def test_a_day_long_after_the_books_end_is_told(
    command: str, store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = tmp_path / "scenario.toml"
    scenario.write_text('name = "x"\n')
    words = (command, str(scenario)) if command == "whatif" else (command,)
    for day, is_told in (("2026-03-08", False), ("2026-03-09", True), ("2030-02-05", True)):
        # A list says it with a forecast and without; one of the days has the forecast, which takes the time.
        is_quick = command in {"worklist", "warnings"} and day != "2026-03-09"
        quick = ("--no-forecast",) if is_quick else ()
        _, _, err = said(capsys, *words, "--store", store, "--as-of", day, *quick)
        assert ("The books end on 5\u00a0Feb\u00a02026, " in err) is is_told
    assert "1,461 days before 5 Feb 2030." in err.replace("\u00a0", " ")


def test_shares_and_days_are_numbers_and_what_is_undefined_is_null(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = said(capsys, "query", "kpi", "--store", store, "--as-of", "2026-02-28", "--format", "json")
    (row,) = json.loads(out)
    assert row["receivables"] == "70.00"
    assert row["overdue_share"] == 1.0
    assert row["days_late"] == 5.0
    assert row["promise_kept_share"] is None


def test_a_load_reports_each_file_and_every_reject(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "invoices.csv"
    head = "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount"
    file.write_text(
        f"{head}\n{','.join(INVOICE)}\nF2,C1,invoice,2026-02-01,,EUR,12.50\nF3,C1,invoice,2026-02-01,,EUR,x\n"
    )
    code, out, err = said(capsys, "load", str(file), "--store", store, "--format", "json")
    (report,) = json.loads(out)
    (reject,) = report.pop("rejects")
    assert code == 0
    assert "Published" in err
    assert [report[name] for name in ("rows_read", "accepted", "rejected", "duplicate")] == [3, 1, 1, 1]
    assert (Decimal(report["sum_read"]), report["sum_accepted"]) == (Decimal("112.50"), "12.50")
    assert (reject["line"], reject["column"]) == (4, "amount")
    code, out, err = said(capsys, "load", str(file), "--store", store, "--format", "json")
    assert (code, json.loads(out)[0]["accepted"]) == (0, 0)
    assert "Nothing new" in err


@pytest.mark.parametrize(
    ("words", "code", "about"),
    [
        pytest.param(["query", "nonsense"], 1, "There is no query", id="an unknown query"),
        pytest.param(["query", "ageing", "--param", "limits"], 2, "NAME=VALUE", id="no value"),
        pytest.param(["query", "ageing", "--as-of", "2026-02-30"], 2, "day of the calendar", id="no day"),
        pytest.param(["query", "ageing_trend", "--as-of", "0001-01-01"], 2, "1900 to 2199", id="year 1"),
        pytest.param(["query", "ageing", "--as-of", "9999-12-31"], 2, "1900 to 2199", id="year 9999"),
        pytest.param(["query", "ageing", "--param", "segment=\udcff"], 2, "encoding", id="no text"),
        pytest.param(["load", ""], 2, "empty", id="an empty path"),
        pytest.param(["check", "--store", ""], 2, "empty", id="an empty store"),
        pytest.param(
            ["query", "ageing", "--as-of", "2026-01-01", "--param", "as_of=2026-02-01"],
            2,
            "as_of is given twice",
            id="a day twice",
        ),
        pytest.param(
            ["query", "kpi", "--param", "segment=a", "--param", "segment=b"],
            2,
            "segment is given twice",
            id="a parameter twice",
        ),
        pytest.param(["load", "x.csv", "--preset", ""], 1, "There is no preset ''", id="an empty preset"),
        pytest.param(["load"], 2, "name a file or folder", id="nothing to load"),
        pytest.param(["load", "--reporting-currency", "eur"], 2, "'eur' is not a current", id="no currency"),
        pytest.param(["demo", "--seed", "-1"], 2, "seed", id="a negative seed"),
        pytest.param(["demo", "--as-of", "0001-01-01"], 2, "1900 to 2199", id="a demo of year 1"),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_nothing_on_stdout(
    store: str, capsys: pytest.CaptureFixture[str], words: list[str], code: int, about: str
) -> None:
    got, out, err = said(capsys, "--store", store, *words)
    assert (got, out) == (code, "")
    assert about in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("query", "parameter", "sentence"),
    [
        ("ageing", "limits=99999999999999999", "limits is '99999999999999999'; write it like 30,60,90."),
        ("ageing", "known_on=0001-01-01T00:00:00+14:00", "write it like 2026-11-22T14:30:00."),
        ("ageing_trend", "from=0001-01-01", "from is '0001-01-01'; write it like 2026-11-22."),
        ("ageing_trend", "as_of=0001-01-01", "as_of is '0001-01-01'; write it like 2026-11-22."),
        ("top_overdue", "top=-1", "top is '-1'; it is a whole number from 1 to 1000000."),
        ("top_overdue", "top=99999999999", "it is a whole number from 1 to 1000000."),
        ("customers", "limit=-1", "it is a whole number from 1 to 1000000."),
        ("payments", "period=3000000000", "it is a whole number from 1 to 36500."),
        ("cohort_map", "months=2000000000", "it is a whole number from 1 to 1200."),
        ("cash_trend", "weeks=1000000", "it is a whole number from 1 to 5200."),
        ("rejects", "batch=99999999999", "write it like a number."),
        ("kpi", "dio=nan", "write it like a number."),
        ("kpi", "dio=1_000", "write it like a number."),
    ],
)
def test_a_parameter_out_of_all_bounds_is_refused_with_the_form_it_takes(
    store: str, capsys: pytest.CaptureFixture[str], query: str, parameter: str, sentence: str
) -> None:
    code, out, err = said(capsys, "query", query, "--store", store, "--param", parameter)
    assert (code, out) == (1, "")
    assert sentence in err


def test_a_moment_may_name_its_offset_from_utc(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    with open_books(Path(store)) as books:
        recorded = max(books.ask("batches")["recorded_at"])

    def known_on(moment: str) -> int:
        words = ("query", "ageing", "--store", store, "--known-on", moment, "--format", "json")
        return len(json.loads(said(capsys, *words)[1]))

    before = recorded - timedelta(microseconds=1)
    east = timezone(timedelta(hours=2))
    for moment, customers in ((recorded, 1), (before.replace(year=before.year - 1), 0)):
        utc = moment.replace(tzinfo=UTC)
        assert known_on(f"{moment.isoformat()}Z") == customers
        assert known_on(utc.isoformat()) == customers
        assert known_on(utc.astimezone(east).isoformat()) == customers


def test_a_customer_called_null_is_a_customer(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.load(invoices=[INVOICE, ("F2", "null", "invoice", "2026-01-01", "2026-01-31", "EUR", "8.00")])
    words = ("query", "ageing", "--store", str(desk.store), "--param", "customer=null", "--format", "json")
    _, out, _ = said(capsys, *words)
    assert [(row["customer_id"], row["total"]) for row in json.loads(out)] == [("null", "8.00")]


def declare(store: str, folder: Path, *rows: str) -> None:
    """Load balances the general ledger declares."""
    file = folder / "ledger_balances.csv"
    file.write_text("\n".join(["balance_date,entity,currency,balance", *rows]) + "\n")
    assert main(["load", str(file), "--store", store]) == 0


@pytest.mark.slow
def test_every_declared_ledger_balance_is_compared_with_the_books_of_its_own_day(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Open: 100 on 31 January, 70 from 5 February on, which is the last day of a document or payment.
    declare(store, tmp_path, "2026-01-31,,EUR,100.00", "2026-02-28,,EUR,70.00")
    assert said(capsys, "check", "--store", store)[0] == 0
    # One that is later than everything, one before the last of those that agree, one of nobody.
    declare(store, tmp_path, "2026-03-31,,EUR,75.00", "2026-02-04,,EUR,99.99", "2026-02-28,BE,EUR,1.00")
    code, out, err = said(capsys, "check", "--store", store, "--format", "json")
    assert code == 1
    assert err.replace("\u00a0", " ") == (
        "Does not tie out to the general ledger of 31 Mar 2026: entity (none), EUR: the books come to 70.00, "
        "the ledger says 75.00; difference -5.00.\n"
        "Does not tie out to the general ledger of 28 Feb 2026: entity BE, EUR: the books come to 0.00, "
        "the ledger says 1.00; difference -1.00.\n"
        "Does not tie out to the general ledger of 4 Feb 2026: entity (none), EUR: the books come to 100.00, "
        "the ledger says 99.99; difference 0.01.\n"
    )
    differences = json.loads(out)["ledger_differences"]
    assert [row["ledger_difference"] for row in differences] == ["-5.00", "-1.00", "0.01"]


@pytest.mark.slow
def test_a_month_of_which_the_ledger_has_another_turnover_is_named_and_breaks_nothing(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "turnover.csv"
    rows = ["2026-01-01,2026-01-31,,EUR,100.00", "2026-02-01,2026-02-28,,EUR,12.50"]
    file.write_text("\n".join(["from_date,to_date,entity,currency,amount", *rows]) + "\n")
    assert main(["load", str(file), "--store", store]) == 0
    capsys.readouterr()
    # The one invoice is of January, 100.00.
    code, out, err = said(capsys, "check", "--store", store, "--format", "json")
    assert code == 0
    assert err.replace("\u00a0", " ").splitlines()[0] == (
        "Turnover of 1 Feb 2026 to 28 Feb 2026: entity (none), EUR: the audit file has 12.50, the invoices "
        "here come to 0.00; difference -12.50."
    )
    months = json.loads(out)["turnover"]
    assert [(row["to_date"], row["turnover_difference"]) for row in months] == [
        ("2026-02-28", "-12.50"),
        ("2026-01-31", "0.00"),
    ]
    assert "turnover_differs" not in {row["finding"] for row in json.loads(out)["findings"]}


@pytest.mark.slow
def test_the_day_the_books_open_on_is_that_of_a_later_ledger_balance_but_never_after_today(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KASSTROOM_TODAY", "2026-06-30")
    for declared, opens in (("2026-02-28", "2026-02-28"), ("2026-12-31", "2026-06-30")):
        declare(store, tmp_path, f"{declared},,EUR,70.00")
        with open_books(Path(store)) as books:
            assert str(books.default_as_of) == opens
            span = books.ask("as_of_range").row(0, named=True)
            assert (str(span["last_date"]), str(span["default_as_of"])) == (declared, opens)


def test_ctrl_c_while_the_database_is_at_work_says_that_nothing_was_changed(
    store: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise RuntimeError("Query interrupted") from KeyboardInterrupt()

    monkeypatch.setattr("queries.Books.ask", interrupted)
    code, out, err = said(capsys, "query", "ageing", "--store", store)
    assert (code, out, err) == (1, "", "kasstroom: stopped; nothing was changed.\n")


def run(*words: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, str(ROOT / "kasstroom.py"), *words],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **environment},
    )


@pytest.mark.slow
def test_a_redirected_answer_is_utf_8_whatever_the_terminal_is(store: str) -> None:
    answer = run("query", "ageing", "--store", store, "--as-of", "2026-02-28", PYTHONIOENCODING="ascii")
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert "Café Zoë" in answer.stdout.decode("utf-8")


@pytest.mark.slow
def test_the_reporting_currency_is_set_by_load_and_check_names_the_change(
    store: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for currency in ("USD", "EUR", "USD"):  # the same bytes a second time are meant
        code, out, err = said(
            capsys, "load", "--reporting-currency", currency, "--store", store, "--format", "json"
        )
        (report,) = json.loads(out)
        assert (code, report["file"], report["accepted"]) == (0, "settings.csv", 1)
    assert "Published ledger-000004.duckdb" in err
    _, out, err = said(capsys, "check", "--store", store, "--format", "json")
    assert [row["currency"] for row in json.loads(out)["reporting_currencies"]] == ["EUR", "USD"] * 2
    assert err.count("The reporting currency became USD on ") == 2
    assert "before it was EUR: exchange rates are taken as worth in USD." in err


def test_a_load_of_what_people_know_says_which_file_it_published(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "contacts.csv"
    head = "customer_id,invoice_id,contact_date,channel,direction,kind"
    file.write_text(f"{head}\nC1,F1,2026-02-10,mail,out,reminder\n")
    code, _, err = said(capsys, "load", str(file), "--store", store)
    assert code == 0
    assert "Published journal-000002.duckdb" in err


def test_without_a_word_the_dashboard_of_the_store_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first command of the README."""
    opened = []
    monkeypatch.setattr(serving, "run_app", lambda arguments: opened.append(arguments.port) or 0)
    assert main([]) == 0
    assert main(["--lang", "nl"]) == 0
    assert opened == [None, None]


def test_a_reason_is_a_sentence_in_the_language_asked_for(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = {
        "entry_id": "E1", "account": "NL01BANK", "currency": "EUR", "entry_date": "2026-02-02",
        "amount": "100.00",
        "counterparty": "CAFE ZOE", "description": "rekening F1",
    }  # fmt: skip
    desk.load(
        customers=[("C1", "Café Zoë", "retail", "NL", "30", "")], invoices=[INVOICE], bank_entries=[entry]
    )
    asked = ("--store", str(desk.store), "query", "cash_application", "--format", "json")
    _code, out, _err = said(capsys, "--lang", "en", *asked)
    assert json.loads(out)[0]["reason"] == "The text names F1, and the amount is what is open."
    _code, out, _err = said(capsys, "--lang", "nl", *asked)
    assert json.loads(out)[0]["reason"] == "De tekst noemt F1, en het bedrag is wat er openstaat."
