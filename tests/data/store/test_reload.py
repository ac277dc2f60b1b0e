"""A store made anew from the folder raw/ of another: every answer, as known on any moment, stays the same."""

import json
import shutil
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from cli import main
from data.importers import load_preset
from data.store import reload, typed_rows
from data.store.load import load
from data.store.snapshot import current_snapshot, name_current
from queries import Query, catalogue, find
from reports.answers.forecast.variance import frozen_runs
from tests.books import Desk
from tests.forecasts import forecast as made_up

pytestmark = pytest.mark.slow

DAY = "2026-04-01"
FEW = ("ageing", "open_items", "kpi", "settings")


def is_plain(query: Query) -> bool:
    """Tell whether a query can be asked for a day and a moment alone."""
    given = {"as_of", "known_on"}
    return all(one.default is not None or one.name in given for one in query.parameters) and any(
        one.name == "known_on" for one in query.parameters
    )


NOW = datetime.fromisoformat("2026-06-01T12:00")  # when the second store is made


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    def put(instant: datetime) -> None:
        monkeypatch.setattr("data.clock.now", lambda: instant)

    return put


def at(month: int, day: int) -> datetime:
    return datetime.fromisoformat(f"2026-{month:02}-{day:02}T09:30:15.123456")


@pytest.fixture
def old(filled: Path, desk: Desk, clock: Callable[[datetime], None]) -> Desk:
    """A copy of the store `filled`; today is NOW."""
    desk.shares_loads = False
    shutil.copytree(filled, desk.store)
    clock(NOW)
    return desk


@pytest.fixture
def few(few_batches: Path, desk: Desk, clock: Callable[[datetime], None]) -> Desk:
    """A copy of the store `few_batches`; today is NOW."""
    desk.shares_loads = False
    shutil.copytree(few_batches, desk.store)
    clock(NOW)
    return desk


@pytest.fixture(scope="module")
def few_batches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven batches of three days: a first load, a correction with a rate and a promise, and a decision."""
    desk = Desk(tmp_path_factory.mktemp("few"), shares_loads=False)
    with pytest.MonkeyPatch.context() as patched:
        for instant, fill_day in ((at(1, 5), begin), (at(2, 1), correct), (at(3, 9), decide)):
            patched.setattr("data.clock.now", lambda instant=instant: instant)
            fill_day(desk)
    desk.close()
    return desk.store


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Books loaded on eight days: corrections, a rate, a person's decisions, the same typed twice."""
    desk = Desk(tmp_path_factory.mktemp("filled"), shares_loads=False)
    with pytest.MonkeyPatch.context() as patched:
        fill(desk, lambda instant: patched.setattr("data.clock.now", lambda: instant))
    desk.close()
    return desk.store


@pytest.fixture(scope="module")
def expected(filled: Path) -> tuple[dict[tuple[str, datetime | None], list[dict]], dict[str, list[tuple]]]:
    """What the store `filled` answers as known on several moments, and its content."""
    desk = Desk(filled.parent)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("data.clock.now", lambda: NOW)
        known = answers(desk, FEW, moments(desk)), state(desk)
    desk.close()
    return known


def fill(desk: Desk, clock: Callable[[datetime], None]) -> None:
    clock(at(1, 5))
    begin(desk)
    clock(at(2, 1))
    correct(desk)
    clock(at(2, 10))
    desk.load(disputes=[("F3", "2026-02-05", "", "price", "60.00")])
    minimum("1000.00", desk)
    clock(at(2, 20))
    desk.load(
        source_date=date(2026, 1, 15),  # an old export, late: it must not win
        invoices=[("F3", "C1", "invoice", "2026-01-04", "2026-02-03", "EUR", "55.00")],
    )
    minimum("2000.00", desk)
    clock(at(3, 1))
    minimum("1000.00", desk)  # byte for byte what was typed in February
    desk.load(
        customers=[("C1", "Acme BV", "public", "NL", "30", "500.00")],
        payments=[("P1", "C1", "F1", "2026-01-20", "EUR", "0.00")],
        disputes=[("F3", "2026-02-05", "2026-02-28", "price", "60.00")],
    )
    export(desk)
    clock(at(3, 8))
    frozen_runs.freeze(desk.store, made_up(*range(900, 2200, 100), as_of=date(2026, 3, 1)))
    clock(at(3, 9))
    decide(desk)


def begin(desk: Desk) -> None:
    desk.load(
        customers=[("C1", "Acme", "retail", "NL", "30", "500.00"), ("C2", "Beta", "", "NL", "", "")],
        invoices=[
            ("F1", "C1", "invoice", "2026-01-02", "2026-02-01", "EUR", "100.00"),
            ("F2", "C2", "invoice", "2026-01-03", "", "USD", "80.00"),
            ("F3", "C1", "invoice", "2026-01-04", "2026-02-03", "EUR", "60.00"),
        ],
        payments=[("P1", "C1", "F1", "2026-01-20", "EUR", "40.00")],
    )


def correct(desk: Desk) -> None:
    desk.load(
        invoices=[("F1", "C1", "invoice", "2026-01-02", "2026-02-01", "EUR", "120.00")],
        fx_rates=[("2026-01-01", "USD", "0.9")],
        promises=[("F1", "2026-01-30", "2026-02-20", "50.00")],
    )


def decide(desk: Desk) -> None:
    typed_rows.add(desk.store, {"settings": pl.DataFrame({"key": ["reporting_currency"], "value": ["USD"]})})


def minimum(amount: str, desk: Desk) -> None:
    typed_rows.add(desk.store, {"settings": pl.DataFrame({"key": ["minimum_cash"], "value": [amount]})})


def export(desk: Desk) -> None:
    """Load one file twice, read in two ways: as 1,234 and 1234.00."""
    file = desk.home / "export.csv"
    file.write_text("nr,klant,datum,bedrag\nP9,C1,2026-02-01,5.00\nP8,C2,2026-02-03,7.50\n", encoding="utf-8")
    for name, currency in (("ours", "EUR"), ("theirs", "USD")):
        preset = desk.home / f"{name}.toml"
        preset.write_text(
            f'name = "{name}"\ngrain = "payments"\n[columns]\nnr = "payment_id"\nklant = "customer_id"\n'
            f'datum = "payment_date"\nbedrag = "amount"\n[defaults]\ncurrency = "{currency}"\n'
        )
        load(desk.store, [file], preset=load_preset(str(preset)))
        preset.unlink()


def moments(desk: Desk) -> list[datetime | None]:
    """Return a moment before everything, every fifth batch's instant and the one just before it, and now."""
    instants = [row["recorded_at"] for row in desk.ask("batches")][::-1]
    step = timedelta(microseconds=1)
    some = [moment for instant in instants[::5] for moment in (instant - step, instant)]
    return [instants[0] - timedelta(days=1), *some, None]


def answers(
    desk: Desk, names: Iterable[str], known_on: list[datetime | None]
) -> dict[tuple[str, datetime | None], list[dict]]:
    found = {(name, None): desk.ask(name) for name in ("batches", "rejects")}
    for name in names:
        day = {"as_of": DAY} if "as_of" in {one.name for one in find(name).parameters} else {}
        for moment in known_on:
            found[name, moment] = desk.ask(name, known_on=moment, **day)
    return found


def state(desk: Desk) -> dict[str, list[tuple]]:
    """Return all rows of the tables in the two files, whose order means nothing, and the end of the chain.

    Left out is what tells one store from another.
    """
    tables = desk.rows(
        "select concat_ws('.', database_name, table_name) from duckdb_tables() "
        "where database_name in ('ledger', 'journal') order by 1"
    )
    found = {
        table: sorted(map(repr, desk.rows(f"select * from {table}")))
        for (table,) in tables
        if not table.endswith(".meta")
    }
    assert len(found) > 30
    return {**found, "chain": [current_snapshot(desk.store).chain]}


@pytest.mark.parametrize("kind", ["whole", "raw alone", "facts of an early version", "another layout"])
def test_every_answer_stays_as_it_was_known(old: Desk, expected, tmp_path: Path, kind: str) -> None:
    before, content = expected
    frozen = frozen_runs.frozen_days(old.books(), as_of=date(2026, 4, 1)) if kind == "whole" else None
    old.close()
    raw = old.store / "raw"
    if kind == "raw alone":
        raw = Path(shutil.copytree(raw, tmp_path / "moved"))
    elif kind == "facts of an early version":
        age(raw)
    elif kind == "another layout":
        relabel(old)
    new = Desk(tmp_path / "new", shares_loads=False)
    report = load(new.store, [raw])
    assert report.passed_over == []
    assert state(new) == content
    if frozen is not None:  # of the same rows the answers are the same, so they are asked once
        after = answers(new, FEW, moments(new))
        assert list(after) == list(before)
        for question, rows in before.items():
            assert after[question] == rows, question
        assert frozen_runs.frozen_days(new.books(), as_of=date(2026, 4, 1)) == frozen
        assert len(frozen) == 1
    new.close()
    if kind != "raw alone":  # there the frozen forecasts are gone, and `check` says so
        assert main(["--store", str(new.store), "check"]) == 0


@pytest.mark.slow
def test_every_query_answers_as_it_did_before_and_after_a_correction(old: Desk, tmp_path: Path) -> None:
    names = [name for name, query in catalogue().items() if is_plain(query)]
    assert len(names) > 40
    corrected = next(row["recorded_at"] for row in old.ask("batches") if row["kind"] == "fx_rates")
    known_on = [corrected - timedelta(microseconds=1), corrected, None]
    new = Desk(tmp_path / "new", shares_loads=False)
    load(new.store, [old.store / "raw"])
    assert answers(new, names, known_on) == answers(old, names, known_on)
    new.close()


def age(raw: Path) -> None:
    """Write the facts as they were written first: of the newest batch alone, without its publication."""
    for file in raw.glob("*.json"):
        facts = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(
            json.dumps({name: facts[name] for name in facts if name not in {"earlier", "published_at"}}),
            encoding="utf-8",
        )


def relabel(desk: Desk) -> None:
    snapshot = current_snapshot(desk.store)
    for file in (snapshot.ledger, snapshot.journal):
        with duckdb.connect(str(file)) as connection:
            connection.execute("update meta set value = 'old' where key = 'layout'")
    name_current(desk.store, snapshot)


def test_the_store_made_anew_takes_new_files_and_can_be_made_anew_itself(few: Desk, tmp_path: Path) -> None:
    second, third = (
        Desk(tmp_path / "second", shares_loads=False),
        Desk(tmp_path / "third", shares_loads=False),
    )
    load(second.store, [few.store / "raw"])
    assert load(second.store, [few.store / "raw"]).snapshot is None
    second.load(payments=[("P5", "C1", "F1", "2026-03-20", "EUR", "10.00")])
    assert second.ask("batches")[0]["recorded_at"] == NOW + timedelta(microseconds=1)
    load(third.store, [second.store / "raw"])
    assert state(third) == state(second)
    second.close()
    third.close()


def test_files_loaded_since_the_store_was_made_anew_follow_with_their_instants(
    few: Desk, tmp_path: Path, clock: Callable[[datetime], None]
) -> None:
    new = Desk(tmp_path / "new", shares_loads=False)
    load(new.store, [few.store / "raw"])
    clock(at(7, 1))
    few.load(payments=[("P5", "C1", "F1", "2026-03-20", "EUR", "10.00")])
    minimum("2000.00", few)
    clock(at(7, 9))
    assert len([file for file in load(new.store, [few.store / "raw"]).files if not file.already_loaded]) == 2
    assert state(new) == state(few)
    new.close()


def test_a_store_that_holds_later_batches_records_old_files_now_and_in_their_order(
    few: Desk, tmp_path: Path, clock: Callable[[datetime], None]
) -> None:
    new = Desk(tmp_path / "new", shares_loads=False)
    clock(at(5, 1))
    new.load(payments=[("P7", "C9", "", "2026-03-20", "EUR", "10.00")])
    clock(NOW)
    load(new.store, [few.store / "raw"])
    instants = [row["recorded_at"] for row in new.ask("batches")][::-1]
    assert instants[0] == at(5, 1) + timedelta(microseconds=1)
    assert instants[1:] == [NOW + timedelta(microseconds=n) for n in range(1, len(instants))]
    assert new.ask("batches")[0]["source_date"] == at(3, 9).date()
    assert dict(new.books().ask("settings").iter_rows()) == dict(few.books().ask("settings").iter_rows())
    assert load(new.store, [few.store / "raw"]).snapshot is None
    new.close()


def test_a_batch_whose_file_is_gone_is_named_and_the_others_are_loaded(few: Desk, tmp_path: Path) -> None:
    batch = next(row for row in few.ask("batches") if row["batch_id"] == 4)
    (few.store / "raw" / batch["sha256"]).unlink()
    new = Desk(tmp_path / "new", shares_loads=False)
    report = load(new.store, [few.store / "raw"])
    told = f"Batch 4: the file it came from ({batch['file_name']}) is no longer in raw/."
    assert [(path.name, str(why)) for path, why in report.passed_over] == [(batch["sha256"], told)]
    assert len(report.files) == len(few.ask("batches")) - 1
    new.close()


def test_a_file_of_a_load_that_was_killed_is_no_batch_and_is_left_out(few: Desk, tmp_path: Path) -> None:
    content = state(few)
    stray = few.store / "raw" / ("a" * 64)
    stray.write_text("customer_id\n", encoding="utf-8")
    facts = {"batch_id": 2, "file_name": "x.csv", "preset": None, "preset_sha256": None, "source_date": None}
    stray.with_name(f"{stray.name}.json").write_text(json.dumps(facts), encoding="utf-8")
    new = Desk(tmp_path / "new", shares_loads=False)
    load(new.store, [few.store / "raw"])
    assert state(new) == content
    new.close()


def test_a_pair_that_lost_batches_is_not_asked_what_they_were(few: Desk, tmp_path: Path) -> None:
    content = state(few)
    few.close()
    with duckdb.connect(str(current_snapshot(few.store).ledger)) as connection:
        connection.execute("delete from batch where batch_id = 4")
    name_current(few.store, current_snapshot(few.store))
    assert reload.raw_folder(few.store / "raw").missing == []
    new = Desk(tmp_path / "new", shares_loads=False)
    load(new.store, [few.store / "raw"])
    assert state(new) == content
    new.close()
