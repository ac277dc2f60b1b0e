"""Today, the end of a day and an instant on screen, in the time zone of the company."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cli.parser import main
from data import clock
from data.errors import KasstroomError
from pages.parts.context.view import View, from_url
from pages.parts.widgets import exports
from reports import formats, language
from tests.apps import words
from tests.books import BOOKS, Desk

# 22:30 UTC on 30 June is half past midnight on 1 July in Amsterdam, where summer time is two hours ahead.
LATE = datetime.fromisoformat("2026-06-30T22:30")
WINTER = datetime.fromisoformat("2026-12-31T22:30")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose loads are recorded at the instant the test sets."""
    desk = Desk(tmp_path, shares_loads=False)
    yield desk
    desk.close()


@pytest.fixture(autouse=True)
def no_zone_set(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("KASSTROOM_TIMEZONE", raising=False)
    monkeypatch.delenv("KASSTROOM_TODAY", raising=False)
    language.use("en")
    clock.use_setting(None)
    yield
    clock.use_setting(None)
    language.use("nl")


@pytest.mark.parametrize(
    ("instant", "zone", "day"),
    [
        (LATE, None, date(2026, 7, 1)),
        (LATE, "Europe/Amsterdam", date(2026, 7, 1)),
        (LATE, "UTC", date(2026, 6, 30)),
        (LATE, "America/New_York", date(2026, 6, 30)),
        (LATE, "Asia/Tokyo", date(2026, 7, 1)),
        (WINTER, None, date(2026, 12, 31)),  # 23:30 in winter time
        (datetime.fromisoformat("2026-06-30T21:59:59.999999"), None, date(2026, 6, 30)),
        (datetime.fromisoformat("2026-06-30T22:00"), None, date(2026, 7, 1)),
    ],
)
def test_today_is_the_day_of_the_zone_whatever_the_machine_is_set_to(
    monkeypatch, instant: datetime, zone: str | None, day: date
) -> None:
    monkeypatch.setattr(clock, "now", lambda: instant)
    if zone is not None:
        monkeypatch.setenv("KASSTROOM_TIMEZONE", zone)
    for machine in ("UTC", "Asia/Tokyo"):
        monkeypatch.setenv("TZ", machine)
        assert clock.today() == day


def test_a_fixed_today_stands_in_for_any_zone(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATE)
    monkeypatch.setenv("KASSTROOM_TODAY", "2026-03-01")
    assert clock.today() == date(2026, 3, 1)


@pytest.mark.slow
def test_the_environment_comes_before_the_setting_of_the_books(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATE)
    desk.load(**BOOKS, settings=[("time_zone", "America/New_York")])
    desk.books()
    assert clock.today() == date(2026, 6, 30)
    monkeypatch.setenv("KASSTROOM_TIMEZONE", "Asia/Tokyo")
    assert clock.today() == date(2026, 7, 1)
    monkeypatch.delenv("KASSTROOM_TIMEZONE")
    desk.load(settings=[("time_zone", "")])
    desk.books()
    assert clock.today() == date(2026, 7, 1)


def test_the_default_as_of_day_does_not_run_ahead_of_today_in_the_zone(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATE)
    desk.load(invoices=[("F1", "C1", "invoice", "2026-07-01", "2026-07-31", "EUR", "5.00")])
    assert desk.books().default_as_of == date(2026, 7, 1)
    desk.close()
    monkeypatch.setenv("KASSTROOM_TIMEZONE", "UTC")
    assert desk.books().default_as_of == date(2026, 6, 30)


@pytest.mark.parametrize("name", ["Europe/Amsterdan", "../etc/passwd", "/etc/localtime", "Europe", "a\x00b"])
def test_a_zone_that_does_not_exist_is_one_sentence(desk: Desk, monkeypatch, capsys, name: str) -> None:
    clock.use_setting(name)
    sentence = (
        "There is no time zone .*: set KASSTROOM_TIMEZONE, or time_zone in settings.csv, to one such as"
    )
    with pytest.raises(KasstroomError, match=sentence):
        clock.today()
    if "\x00" not in name:
        monkeypatch.setenv("KASSTROOM_TIMEZONE", name)
        desk.shares_loads = True  # when these were recorded is not the point
        desk.load(**BOOKS)
        assert main(["--lang", "en", "--store", str(desk.store), "query", "kpi"]) == 1
        assert capsys.readouterr().err.splitlines()[-1].startswith("kasstroom: There is no time zone")


def test_a_setting_that_is_no_zone_is_refused_with_its_line(desk: Desk) -> None:
    report = desk.load(settings=[("time_zone", "Amsterdam"), ("minimum_cash", "10.00")])
    rejects = report.files[0].rejects
    assert rejects.select("line", "column", "reason").rows() == [
        (2, "value", "value must be a time zone such as Europe/Amsterdam")
    ]


def test_a_day_ends_in_the_zone() -> None:
    assert clock.end_of(date(2026, 6, 30)) == datetime.fromisoformat("2026-06-30T21:59:59.999999")
    assert clock.end_of(date(2026, 12, 31)) == datetime.fromisoformat("2026-12-31T22:59:59.999999")
    # On the last Sunday of March a day has 23 hours.
    assert clock.end_of(date(2026, 3, 29)) == datetime.fromisoformat("2026-03-29T21:59:59.999999")


def test_an_instant_is_shown_in_the_zone(monkeypatch) -> None:
    assert formats.instant(LATE) == "1\u00a0Jul\u00a02026 00:30"
    assert formats.instant(WINTER) == "31\u00a0Dec\u00a02026 23:30"
    monkeypatch.setenv("KASSTROOM_TIMEZONE", "UTC")
    assert formats.instant(LATE) == "30\u00a0Jun\u00a02026 22:30"


def test_a_known_on_day_of_an_address_ends_in_the_zone_and_an_instant_is_utc() -> None:
    def known_on(text: str) -> object:
        return from_url({"known_on": text}).get("known_on")

    assert known_on("2026-06-30") == datetime.fromisoformat("2026-06-30T21:59:59.999999")
    assert known_on("2026-06-30T22:30:00") == LATE
    assert known_on("2026-07-01T00:30:00+02:00") == LATE
    assert known_on("9999-12-31T23:00:00-05:00") is None
    assert exports.filters_text(View(date(2026, 6, 30), known_on=LATE)).endswith(
        "as known on 1\u00a0Jul\u00a02026".replace("\u00a0", " ")
    )


@pytest.mark.slow
def test_the_screen_knows_what_was_loaded_before_midnight_in_the_zone(
    desk: Desk, open_page: Callable[..., AppTest], monkeypatch
) -> None:
    monkeypatch.setattr("data.clock.now", lambda: datetime.fromisoformat("2026-06-30T21:30"))
    desk.load(invoices=[("F1", "C1", "invoice", "2026-06-01", "2026-06-15", "EUR", "5.00")])
    monkeypatch.setattr("data.clock.now", lambda: LATE)
    desk.load(invoices=[("F1", "C1", "invoice", "2026-06-01", "2026-06-15", "EUR", "8.00")])
    app = open_page("data", as_of="2026-06-30")
    assert "1\u00a0Jul\u00a02026 00:30" in words(app)
    app = open_page("ageing", as_of="2026-06-30", known_on="2026-06-30")
    assert app.date_input(key="f_known_on").value == date(2026, 6, 30)
    assert app.session_state["view"].known_on == datetime.fromisoformat("2026-06-30T21:59:59.999999")
    app.date_input(key="f_known_on").set_value(date(2026, 7, 1)).run()
    assert app.session_state["view"].known_on == datetime.fromisoformat("2026-07-01T21:59:59.999999")
    totals = [
        desk.ageing("2026-06-30", moment)["C1"]["d1_30"]
        for moment in (clock.end_of(date(2026, 6, 30)), clock.end_of(date(2026, 7, 1)))
    ]
    assert totals == [Decimal("5.00"), Decimal("8.00")]


def test_known_on_of_the_command_line_stays_utc(desk: Desk, monkeypatch, capsys) -> None:
    monkeypatch.setattr("data.clock.now", lambda: LATE)
    desk.load(invoices=[("F1", "C1", "invoice", "2026-06-01", "2026-06-15", "EUR", "5.00")])
    for moment, rows in (("2026-06-30", 1), ("2026-06-30T22:29:59", 0), ("2026-06-30T22:30:01", 1)):
        command = ["query", "ageing", "--as-of", "2026-06-30", "--known-on", moment, "--format", "csv"]
        assert main(["--store", str(desk.store), *command]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 1 + rows, moment
