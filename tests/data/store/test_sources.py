"""`sources.toml`: what it may say, and what is found of it."""

import datetime as dt
from pathlib import Path

import pytest

from data.errors import KasstroomError
from data.store.sources import sources


def written(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_store_without_the_file_has_no_sources(tmp_path):
    assert sources(tmp_path) == []


def test_paths_are_those_of_the_store_folder_and_patterns_find_what_is_there_now(tmp_path):
    folder = written(
        tmp_path / "store",
        '[[source]]\nname = "Bank"\npath = "../exports/*.csv"\n'
        '[[source]]\nname = "All"\npath = ["../exports"]\n',
    )
    (tmp_path / "exports").mkdir()
    bank, everything = sources(folder)
    with pytest.raises(KasstroomError, match="Source Bank: there is nothing at"):
        bank.files()
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / "exports" / name).write_text("x")
    assert [file.name for file in bank.files()] == ["a.csv", "b.csv"]
    assert [file.name for file in everything.files()] == ["exports"]
    assert (bank.every_days, bank.is_full, bank.preset) == (7, False, "")


def test_the_day_in_a_file_name_is_the_day_it_speaks_of(tmp_path):
    folder = written(tmp_path, '[[source]]\nname = "A"\npath = "x"\nsource_date = "name"\n')
    (source,) = sources(folder)
    days = {name: source.day_of(Path(name)) for name in ("open_2026-11-30.csv", "20261130.csv", "open.csv")}
    assert days == {
        "open_2026-11-30.csv": dt.date(2026, 11, 30),
        "20261130.csv": dt.date(2026, 11, 30),
        "open.csv": None,
    }
    assert source.day_of(Path("1234-2026-13-45.csv")) is None


def test_an_address_stands_in_the_environment_only(tmp_path, monkeypatch):
    folder = written(tmp_path, '[[source]]\nname = "Odoo"\nodoo = "env:BOOKS_URL"\n')
    (source,) = sources(folder)
    monkeypatch.delenv("BOOKS_URL", raising=False)
    with pytest.raises(KasstroomError, match="the environment variable BOOKS_URL is not set"):
        source.address()
    monkeypatch.setenv("BOOKS_URL", "postgresql://reader@127.0.0.1/books")
    assert source.address() == "postgresql://reader@127.0.0.1/books"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[source]\n", "sources.toml is not TOML"),
        ('name = "x"\n', "must hold"),
        ('[[source]]\npath = "x"\n', "has no name"),
        ('[[source]]\nname = "A"\n', "needs either path"),
        ('[[source]]\nname = "A"\npath = "x"\nodoo = "env:X"\n', "needs either path"),
        ('[[source]]\nname = "A"\npath = [1]\n', "path must be a text"),
        ('[[source]]\nname = "A"\nodoo = "postgresql://me:secret@host/db"\n', "a password never stands"),
        ('[[source]]\nname = "A"\npath = "x"\npassword = "x"\n', "password is not a key"),
        ('[[source]]\nname = "A"\npath = "x"\nevery_days = 0\n', "every_days must be a whole number"),
        ('[[source]]\nname = "A"\npath = "x"\nevery_days = true\n', "every_days must be a whole number"),
        ('[[source]]\nname = "A"\npath = "x"\nfull = "yes"\n', "full must be true or false"),
        ('[[source]]\nname = "A"\npath = "x"\nsource_date = "2026-01-01"\n', "source_date can only be"),
        ('[[source]]\nname = "A"\npath = "x"\n[[source]]\nname = "A"\npath = "y"\n', "are called A"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(text, sentence, tmp_path):
    with pytest.raises(KasstroomError, match=sentence):
        sources(written(tmp_path, text))
