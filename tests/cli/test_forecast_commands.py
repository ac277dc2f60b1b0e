"""The commands that look ahead: what they print, and one sentence without a result where they refuse."""

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from cli import main
from tests.books import AS_OF, Desk, weekly_book
from tests.ledger_forecasts import load_regular_ledger

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.slow]

HEAD = f'name = "x"\nstart = {AS_OF + timedelta(days=1)}\n'


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("commands"))
    load_regular_ledger(desk)
    yield desk
    desk.close()


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_the_command_prints_base_scenario_and_difference(book, tmp_path, capsys):
    file = tmp_path / "scenario.toml"
    file.write_text(f'{HEAD}[[lever]]\nkind = "delay"\ndays = 7\n')
    store = ("--store", str(book.store))
    code, out, _err = run(capsys, "whatif", str(file), "--format", "json", "--weeks", "6", *store)
    printed = json.loads(out)
    assert code == 0
    assert set(printed) >= {
        "name", "base", "scenario", "difference", "dso", "lowest_closing", "probability_below_minimum",
        "assumptions",
    }  # fmt: skip
    assert [len(printed[name]["weeks"]) for name in ("base", "scenario")] == [6, 6]
    assert set(printed["difference"][0]) >= {"week_start", "receipts", "payments", "closing"}
    code, out, _err = run(
        capsys, "forecast", "--scenario", str(file), "--weeks", "6", "--format", "json", *store
    )
    assert (code, json.loads(out)["weeks"]) == (0, printed["scenario"]["weeks"])
    code, out, err = run(capsys, "whatif", str(file), *store)
    assert (code, "closing_scenario" in out) == (0, True)
    assert "DSO at the end of the last week" in err


def test_a_backtest_says_that_the_books_end_long_before(book, capsys):
    words = ("backtest", "--origins", "2", "--store", str(book.store))
    for later, is_told in ((0, False), (60, True)):
        _code, _out, err = run(capsys, *words, "--as-of", str(AS_OF + timedelta(days=later)))
        assert ("The books end on" in err) is is_told


def test_the_command_refuses_with_one_sentence_and_no_result(book, tmp_path, capsys):
    store = ("--store", str(book.store))
    file = tmp_path / "scenario.toml"
    file.write_text(f'{HEAD}[[lever]]\nkind = "terms"\ndays = -400\n')
    for words in (["whatif", str(file)], ["forecast", "--scenario", str(file)]):
        code, out, err = run(capsys, *words, *store)
        assert (code, out) == (1, "")
        assert "kasstroom: Lever 1 (terms): days must be a whole number from 0 to 365, not -400.\n" in err
    code, out, err = run(capsys, "whatif", str(file), "--lang", "nl", *store)
    assert (code, out) == (1, "")
    assert (
        "kasstroom: Maatregel 1 (terms): days moet een heel getal van 0 tot en met 365 zijn, niet -400.\n"
        in err
    )
    code, out, err = run(capsys, "whatif", str(tmp_path / "none.toml"), *store)
    assert (code, out) == (1, "")
    code, out, err = run(capsys, "forecast", "--freeze", "--scenario", str(file), *store)
    assert (code, out) == (2, "")
    code, out, err = run(capsys, "forecast", "--scenario", "none", *store)
    assert (code, out) == (1, "")
    assert "There is no scenario file 'none', and none is saved: name a file like scenario.toml." in err


def test_the_forecast_of_an_administration_is_of_its_open_invoices_only(tmp_path, capsys):
    """What A and B are expected to pay adds up to what the open invoices of the company are."""
    rows = weekly_book(until=AS_OF)
    names = ("invoice_id", "customer_id", "invoice_type", "invoice_date", "due_date", "currency", "amount")
    rows["invoices"] = [
        {**dict(zip(names, row, strict=True)), "entity": "A" if int(row[1][1:]) % 2 else "B"}
        for row in rows["invoices"]
    ]
    desk = Desk(tmp_path)
    desk.load(**rows, bank_balances=[("NL1", "EUR", AS_OF, "50000.00")])
    store = ("--store", str(desk.store), "--weeks", "6")
    whole = json.loads(run(capsys, "forecast", "--format", "json", *store)[1])
    parts = [
        json.loads(run(capsys, "forecast", "--entity", entity, "--format", "json", *store)[1])
        for entity in "AB"
    ]
    assert [part["entity"] for part in parts] == ["A", "B"]
    for place, week in enumerate(whole["weeks"]):
        sums = [Decimal(part["weeks"][place]["from_open_invoices"]) for part in parts]
        assert min(sums) > 0 or place > 3
        assert sum(sums) == Decimal(week["receipts"]["from_open_invoices"])
    assert len(parts[0]["invoices"]) + len(parts[1]["invoices"]) == len(whole["invoices"])
    assert {int(row["customer_id"][1:]) % 2 for row in parts[0]["invoices"]} == {1}
    code, _out, err = run(capsys, "forecast", "--entity", "A", *store)
    assert code == 0
    assert "is expected from the open invoices of A." in err
    assert run(capsys, "forecast", "--entity", "C", *store)[0] == 1
    assert run(capsys, "forecast", "--entity", "A", "--freeze", *store)[0] == 2
    desk.close()
