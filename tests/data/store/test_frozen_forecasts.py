"""Kept forecasts: once per week, never changed, read back to the cent, faults told."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from threading import Thread

import polars as pl
import pytest

from cli import main
from data.errors import KasstroomError, StoreBrokenError, StoreMissingError
from data.store import frozen_forecasts, typed_rows
from data.store.files import file_hash
from data.store.load import load
from reports import language
from reports.answers.data_quality import checks as checks_answers
from reports.answers.forecast.cash_forecast import cash_forecast
from reports.answers.forecast.variance import frozen_runs
from reports.sentences import translate
from tests.apps import words
from tests.books import AS_OF, BOOKS, Desk
from tests.forecasts import forecast as made_up
from tests.ledger_forecasts import load_regular_ledger

DAY = date(2026, 11, 15)
FRAMES = {
    "weeks": pl.DataFrame({"week_start": [date(2026, 11, 16)], "closing": [Decimal("12.30")]}),
    "invoices": pl.DataFrame({"document_id": ["F1", "F2"], "week_1": [Decimal("0.10"), Decimal("0.20")]}),
    "payments": pl.DataFrame({"line_id": ["B1"], "amount": [Decimal("-7.00")]}),
}
FACTS = {"opening_balance": "12.30", "method": "mean"}


@pytest.fixture(autouse=True)
def english(monkeypatch) -> Iterator[None]:
    monkeypatch.setenv("KASSTROOM_TODAY", "2026-11-22")
    language.use("en")
    yield
    language.use("nl")


@pytest.fixture
def books(desk: Desk) -> Desk:
    desk.load(**BOOKS)
    return desk


def keep(
    desk: Desk, day: date = DAY, frames: dict[str, pl.DataFrame] = FRAMES
) -> frozen_forecasts.FreezeOutcome:
    return frozen_forecasts.keep(desk.store, day, "EUR", frames, FACTS)


def files(desk: Desk) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (desk.store / "frozen").glob("*")}


def test_a_forecast_is_kept_in_files_named_after_their_bytes_and_named_in_the_journal(books):
    ledger = books.books().snapshot.ledger
    kept = keep(books)

    assert kept.is_new
    assert kept.at == books.moment()
    assert books.books().snapshot.ledger == ledger  # only the journal is another one
    rows = books.ask("forecast_runs", as_of=DAY)
    assert [(row["part"], row["currency"], row["row_count"]) for row in rows] == [
        ("invoices", "EUR", 2), ("payments", "EUR", 1), ("weeks", "EUR", 1),
    ]  # fmt: skip
    assert {row["file_hash"] + ".parquet" for row in rows} == set(files(books))
    for row in rows:
        assert file_hash(books.store / "frozen" / f"{row['file_hash']}.parquet") == row["file_hash"]
        frame, facts = frozen_forecasts.read(books.store, DAY, row["file_hash"])
        assert frame.equals(FRAMES[row["part"]])
        assert facts == FACTS


def test_a_week_is_kept_once_whatever_comes_later(books):
    first, before, moment = keep(books), files(books), books.moment()
    other = {**FRAMES, "weeks": FRAMES["weeks"].with_columns(closing=Decimal("99.00"))}

    assert keep(books, frames=other) == frozen_forecasts.FreezeOutcome(first.at, is_new=False)
    assert files(books) == before
    assert books.moment() == moment
    assert keep(books, DAY - timedelta(days=7)).is_new


@pytest.mark.slow
def test_the_same_rows_are_the_same_bytes_however_they_lie_in_memory(books):
    keep(books)
    halves = {part: pl.concat([f.head(1), f.slice(1)], rechunk=False) for part, f in FRAMES.items()}
    assert halves["invoices"].n_chunks() == 2
    keep(books, DAY + timedelta(days=7), halves)
    assert len(files(books)) == 3


def test_two_at_the_same_time_keep_one(books):
    found: list[frozen_forecasts.FreezeOutcome] = []
    threads = [Thread(target=lambda: found.append(keep(books))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.is_new for one in found) == [False, False, True]
    assert len({one.at for one in found}) == 1


def test_a_crash_before_the_journal_leaves_strays_that_are_no_fault(books, monkeypatch):
    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(typed_rows, "add", killed)
        with pytest.raises(KeyboardInterrupt):
            keep(books)
    (books.store / "frozen" / ".new-left").write_bytes(b"half")
    assert len(files(books)) == 4
    assert books.ask("forecast_runs", as_of=DAY) == []
    assert checks_answers.faults(books.books()) == []
    assert keep(books).is_new
    assert len(files(books)) == 3


@pytest.mark.slow
def test_a_file_that_is_gone_or_changed_is_told_by_check_and_never_read(books):
    keep(books)
    digests = {row["part"]: row["file_hash"] for row in books.ask("forecast_runs", as_of=DAY)}
    gone, changed = (books.store / "frozen" / f"{digests[part]}.parquet" for part in ("weeks", "invoices"))
    gone.unlink()
    changed.write_bytes(changed.read_bytes() + b"x")

    faults = checks_answers.faults(books.books())
    assert list(map(str, faults)) == [
        f"Forecast of 2026-11-15: its file {changed.name} was changed in frozen/: restore it from a backup.",
        (
            f"Forecast of 2026-11-15: its file {gone.name} is no longer in frozen/: put it back from a "
            "backup, or from the store it was kept in."
        ),
    ]
    for part in ("weeks", "invoices"):
        with pytest.raises(StoreBrokenError, match="Forecast of 2026-11-15"):
            frozen_forecasts.read(books.store, DAY, digests[part])
    assert main(["--store", str(books.store), "check"]) == 1
    language.use("nl")
    assert translate(faults[1]).startswith("Prognose van 2026-11-15: het bestand ")


def test_without_a_store_nothing_is_kept_and_no_folder_is_made(desk):
    with pytest.raises(StoreMissingError):
        keep(desk)
    assert not desk.store.exists()


@pytest.mark.slow
def test_a_run_comes_back_as_it_was_kept(desk):
    load_regular_ledger(desk)
    found = cash_forecast(desk.books(), as_of=AS_OF)
    kept = frozen_runs.freeze(desk.store, found)
    again = frozen_runs.read(desk.books(), AS_OF)

    assert again is not None
    assert (again.kept_at, again.opening_balance, again.opening_known) == (kept.at, Decimal("50000.00"), True)
    assert again.weeks.equals(frozen_runs.from_forecast(found).weeks)
    assert again.weeks["closing"].to_list() == found.weeks["closing"].to_list()
    assert again.payments["amount"].to_list() == [Decimal("1200.50")]
    assert again.invoices.height == found.invoices.height
    assert again.invoices.schema["week_13"] == pl.Decimal(38, 2)
    for week in (1, 13):
        together = frozen_runs.amount_of(again.invoices, f"week_{week}")
        off = together - found.weeks["from_open_invoices"][week - 1]
        assert abs(off) <= Decimal("0.01") * found.invoices.height
    assert list(frozen_runs.frozen_days(desk.books(), as_of=AS_OF)) == [AS_OF]
    assert frozen_runs.frozen_days(desk.books(), as_of=AS_OF - timedelta(days=1)) == {}


@pytest.mark.slow
def test_a_store_loaded_again_from_raw_has_its_kept_forecasts_with_their_instants(books, tmp_path):
    run = frozen_runs.freeze(books.store, made_up(*range(900, 2200, 100), as_of=DAY))
    before = frozen_runs.frozen_days(books.books(), as_of=DAY)
    again = Desk(tmp_path / "again")
    load(again.store, [books.store / "raw"])
    assert files(again) == files(books)
    assert frozen_runs.frozen_days(again.books(), as_of=DAY) == before
    assert before == {DAY: run.at}
    assert frozen_runs.read(again.books(), DAY).kept_at == before[DAY]
    again.close()


def test_a_run_stands_on_a_sunday_that_has_come(books, monkeypatch):
    with pytest.raises(ValueError, match="Sunday"):
        frozen_runs.freeze(books.store, made_up(*[900] * 13, as_of=date(2026, 11, 20)))
    with pytest.raises(ValueError, match="13 weeks"):
        frozen_runs.freeze(books.store, made_up(*[900] * 4))
    monkeypatch.setenv("KASSTROOM_TODAY", "2026-11-21")
    with pytest.raises(KasstroomError, match="still to come"):
        frozen_runs.freeze(books.store, made_up(*[900] * 13))


@pytest.mark.slow
def test_the_command_keeps_the_sunday_before_and_says_so(books, capsys):
    command = ["--store", str(books.store), "--lang", "en", "forecast", "--freeze", "--weeks", "4"]
    assert main([*command, "--as-of", "2026-11-20"]) == 0
    first = capsys.readouterr()
    assert main([*command, "--as-of", "2026-11-15"]) == 0
    second = capsys.readouterr()

    assert len(first.out.splitlines()) == 2 + 4  # printed as asked
    assert "the one of 15 Nov 2026 is kept, not of 20 Nov 2026" in first.err
    assert "Kept the forecast of 15\u00a0Nov\u00a02026" in first.err
    assert "stands on a Sunday" not in second.err
    assert "was already kept on" in second.err
    rows = books.ask("forecast_runs", as_of=date(2026, 11, 22))
    assert {(row["as_of"], row["part"]): row["row_count"] for row in rows}[(DAY, "weeks")] == 13
    assert main([*command, "--as-of", "2026-11-29"]) == 1
    assert "still to come" in capsys.readouterr().err


@pytest.mark.slow
def test_the_button_keeps_the_week_and_says_since_when(books, open_page):
    app = open_page("liquidity_forecast", as_of="2026-11-20")
    assert "No forecast is kept yet" in words(app)
    app.button(key="keep-run").click().run()
    assert not app.exception
    assert "Kept the forecast of 15\u00a0Nov\u00a02026" in "\n".join(s.value for s in app.success)
    assert app.button(key="keep-run").disabled
    assert "The forecast of 15\u00a0Nov\u00a02026 (wk\u00a046) is kept, on " in words(app)
    assert len(books.ask("forecast_runs", as_of=DAY)) == 3
    later = open_page("liquidity_forecast", as_of="2026-11-22")
    assert not later.button(key="keep-run").disabled
    assert "Last kept: the forecast of 15\u00a0Nov\u00a02026" in words(later)


@pytest.mark.slow
@pytest.mark.parametrize("words", ["worklist", pytest.param("warnings", marks=pytest.mark.slow)])
def test_the_lists_make_the_forecast_that_is_not_kept_and_take_the_one_that_is(
    desk, capsys, words, monkeypatch
):
    load_regular_ledger(desk)

    def listed(*more: str) -> list[dict]:
        capsys.readouterr()
        day = (AS_OF + timedelta(days=2)).isoformat()
        assert main(["--store", str(desk.store), words, "--as-of", day, "--format", "json", *more]) == 0
        return json.loads(capsys.readouterr().out)

    worth = "value" if words == "worklist" else "money_at_risk"
    made, without = listed(), listed("--no-forecast")
    assert made
    assert [row[worth] for row in made] != [row[worth] for row in without]
    if words == "worklist":
        assert {(row["chance"], row["value"]) for row in without} == {(None, None)}
        assert all(0 < row["chance"] < 1 for row in made)
    assert main(["--store", str(desk.store), "forecast", "--freeze", "--as-of", AS_OF.isoformat()]) == 0
    monkeypatch.setattr("reports.answers.forecast.cash_forecast.cash_forecast", None)
    assert listed() == listed("--no-forecast") == made


@pytest.mark.slow
def test_a_list_of_a_large_ledger_asks_for_a_forecast_to_be_kept(desk, capsys, monkeypatch):
    load_regular_ledger(desk)
    monkeypatch.setattr("cli.follow_up_commands._MOST_DOCUMENTS", 100)
    monkeypatch.setattr("reports.answers.forecast.cash_forecast.cash_forecast", None)
    day = AS_OF.isoformat()
    assert main(["--lang", "en", "--store", str(desk.store), "worklist", "--as-of", day]) == 0
    assert "documents takes a minute: `forecast --freeze` keeps it" in capsys.readouterr().err
