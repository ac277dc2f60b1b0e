"""Which files are camt.053, and files that are refused: one sentence each, nothing half read."""

import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from data.errors import RefusedFileError
from data.importers import recognise, shipped_presets
from data.importers.collection import collect
from data.importers.formats.bank import camt
from data.importers.formats.notices import notice
from tests.data.importers.formats.bank.camt_texts import camt_053, entry, read, rows, statement

DAMAGED = "a.xml: is damaged, its XML is wrong on line {}; export it again."
GOOD = camt_053(statement(entry("1.00"), entry("2.00")))


def refusal(content: bytes) -> str:
    """Return why a file is refused, by recognition or by the reader."""
    preset = recognise(content, "a.xml", shipped_presets())
    assert preset is not None
    assert preset.name == "camt"
    with pytest.raises(RefusedFileError) as error:
        camt.extract(content, "a.xml", {})
    assert str(error.value).count("\n") == 0
    return str(error.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            camt_053(statement(), namespace="urn:foreign"),
            (
                "a.xml: looks like camt.053, but its elements are of 'urn:foreign', not of ISO 20022; export "
                "it again as camt.053."
            ),
        ),
        (
            camt_053(statement(), namespace="urn:&#10; foreign"),
            (
                "a.xml: looks like camt.053, but its elements are of 'urn: foreign', not of ISO 20022; "
                "export it again as camt.053."
            ),
        ),
        (
            camt_053(statement(), version="15"),
            "a.xml: is camt.053 of version 15, and versions 2 to 14 are read; ask the bank for one of these.",
        ),
        (
            camt_053(statement(), version="01"),
            "a.xml: is camt.053 of version 01, and versions 2 to 14 are read; ask the bank for one of these.",
        ),
        (camt_053(), "a.xml: is camt.053 without a statement in it; export it again."),
        (
            GOOD.replace(b"<Document", b'<!DOCTYPE Document [<!ENTITY a "b">]><Document', 1),
            "a.xml: has a DOCTYPE, with which XML can draw in other files; export it without one.",
        ),
        (
            GOOD.replace(b"<Document", b'<!DOCTYPE Document SYSTEM "file:///etc/passwd"><Document', 1),
            "a.xml: has a DOCTYPE, with which XML can draw in other files; export it without one.",
        ),
        (GOOD[: len(GOOD) // 2], DAMAGED.format(6)),
        (GOOD.replace(b"1.00", b"1.\x0100"), DAMAGED.format(8)),
        (GOOD.replace(b"1.00", b"&pound;"), DAMAGED.format(8)),
        (GOOD.replace(b"UTF-8", b"UTF-99"), DAMAGED.format(1)),
        (
            GOOD.replace(b"1.00", b"<A>" * 300 + b"</A>" * 300),
            (
                "a.xml: is larger, nested deeper or has a longer text in it than is safe to read; export it "
                "in parts, or without attachments."
            ),
        ),
    ],
    ids=[
        "namespace", "newline", "later", "earlier",
        "empty", "entity", "doctype", "truncated", "control", "no entity",
        "encoding", "deep",
    ],
)  # fmt: skip
def test_a_file_that_is_not_safe_or_no_statement_is_refused(content: bytes, sentence: str) -> None:
    assert refusal(content) == sentence


def test_a_statement_is_known_by_its_namespace_or_its_elements() -> None:
    for content in (GOOD, camt_053(statement(), namespace=""), GOOD.replace(b"UTF-8", b"ASCII")):
        assert camt.recognises(content)
        assert notice(content) is None
    for content in (b"", b"<a/>", b"camt.053.001.08", b"<Document><Invoice/></Document>", b"a;b\n1;2\n"):
        assert not camt.recognises(content)


def test_a_remark_about_a_notice_makes_no_notice_of_a_statement() -> None:
    remark = b"<!-- see also camt.054.001.08 --><Document"
    assert notice(GOOD.replace(b"<Document", remark, 1)) is None


def test_statements_in_folders_and_zip_files_are_taken_and_notices_are_not(tmp_path: Path) -> None:
    home, unpacked = tmp_path / "in", tmp_path / "out"
    home.mkdir()
    unpacked.mkdir()
    (home / "statement.xml").write_bytes(GOOD)
    (home / "notice.xml").write_bytes(GOOD.replace(b"camt.053", b"camt.054").replace(b"Stmt", b"Ntfctn"))
    with zipfile.ZipFile(home / "more.zip", "w") as archive:
        archive.writestr("march/statement.053", GOOD)
    collected = collect([home], unpacked)
    assert sorted(file.label for file in collected.files) == ["statement.053", "statement.xml"]
    assert [path.name for path, _why in collected.passed_over] == ["notice.xml"]


def test_the_share_that_was_read_is_told() -> None:
    shares: list[float] = []
    camt.extract(camt_053(statement(*[entry("1.00")] * 5000)), "a.xml", {}, shares.append)
    assert shares == sorted(shares)
    assert len(shares) > 3
    assert 0 <= shares[0] < shares[-1] <= 1


def test_what_stands_in_another_namespace_is_no_entry() -> None:
    booked = entry("1.00", reference="A")
    foreign = entry("2.00", reference="B").replace("<Ntry>", '<Ntry xmlns="urn:other">')
    assert [row["amount"] for row in rows(read(camt_053(statement(booked, foreign))))] == [Decimal("1.00")]
    prefixed = camt_053(statement(booked)).replace(b"<Document ", b'<Document xmlns:p="urn:p" ')
    assert rows(read(prefixed)) == rows(read(camt_053(statement(booked))))
