"""Files, folders and zip files: what is taken, what is passed over with a word, what is refused."""

import io
import zipfile
from pathlib import Path

import pytest

from data.errors import RefusedFileError
from data.importers import Collection, collect, collection, read_file
from data.importers.unzip_limit import UnzipLimit

CAMT_054 = b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"/>'


@pytest.fixture
def unpacked(tmp_path_factory):
    return tmp_path_factory.mktemp("unpacked")


def names(found: Collection) -> list[str]:
    return [file.label for file in found.files]


def words(found: Collection) -> list[tuple[str, str]]:
    return sorted((path.name, str(why)) for path, why in found.passed_over)


def zipped(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv").replace("_pdf", ".pdf"), content)
    return path


def test_a_folder_gives_its_data_files_at_any_depth_in_load_order_and_says_what_it_passed_over(
    tmp_path, unpacked
):
    (tmp_path / "old").mkdir()
    for name in ("payments.csv", "x.csv", "old/invoices-b.csv", "invoices-a.CSV", "customers.csv"):
        (tmp_path / name).write_text("x")
    for name in ("README.md", ".a.csv", "old/photo.jpg"):
        (tmp_path / name).write_text("x")
    found = collect([tmp_path, tmp_path / "customers.csv"], unpacked)
    assert names(found) == ["customers.csv", "invoices-a.CSV", "invoices-b.csv", "payments.csv", "x.csv"]
    assert words(found) == [
        (".a.csv", "hidden"),
        ("README.md", "no data file"),
        ("photo.jpg", "no data file"),
    ]


def test_a_zip_file_gives_the_files_inside_under_their_own_names(tmp_path, unpacked):
    path = zipped(tmp_path / "books.zip", year__invoices_csv=b"a", customers_csv=b"b", letter_pdf=b"c")
    found = collect([path], unpacked)
    assert names(found) == ["customers.csv", "invoices.csv"]
    assert [file.path.read_bytes() for file in found.files] == [b"b", b"a"]
    assert words(found) == [("letter.pdf", "no data file")]


@pytest.mark.parametrize(
    "entry",
    [
        "../../escaped.csv", "a/../../escaped.csv", "/etc/absolute.csv", "C:/absolute.csv", "c:here.csv",
        "..\\escaped.csv", "a\\..\\..\\escaped.csv", "\\\\server\\share.csv", "../", "../letter.txt2",
    ],
)  # fmt: skip
def test_a_zip_file_with_a_name_that_leads_out_of_it_is_refused(tmp_path, unpacked, entry):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("customers.csv", b"x")
        archive.writestr(entry, b"y")
    with pytest.raises(RefusedFileError) as refusal:
        collect([path], unpacked)
    assert str(refusal.value) == (
        f"a.zip: holds {entry}, which leads out of the zip file; unpack it, look at what is in it and load "
        "that."
    )
    assert list(unpacked.iterdir()) == []


def test_dots_and_backslashes_that_stay_inside_a_zip_file_are_taken(tmp_path, unpacked):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("year\\a..b.csv", b"x")
        archive.writestr("v1..2/c.csv", b"y")
    assert len(names(collect([path], unpacked))) == 2


def test_two_files_of_one_name_in_a_zip_file_are_two(tmp_path, unpacked):
    path = zipped(tmp_path / "a.zip", north__invoices_csv=b"a", south__invoices_csv=b"b")
    found = collect([path], unpacked)
    assert sorted(file.path.read_bytes() for file in found.files) == [b"a", b"b"]


def test_a_notice_of_the_bank_is_passed_over_in_a_folder(tmp_path, unpacked):
    (tmp_path / "a.xml").write_bytes(CAMT_054)
    (tmp_path / "b.csv").write_bytes(b"x")
    found = collect([tmp_path], unpacked)
    assert names(found) == ["b.csv"]
    assert words(found) == [("a.xml", "camt.054: a notice; load the camt.053 statement of that day")]


def test_an_interim_report_is_passed_over_in_a_folder_and_a_long_statement_is_not(tmp_path, unpacked):
    (tmp_path / "a.940").write_bytes(b":20:1\n:25:NL1\n:28C:1\n:34F:EURD0,\n:13D:2611301200+0100\n:61:x\n")
    # Of this one the closing balance stands beyond what is read of a file to know it.
    lines = b":61:261130C1,NTRFX\n:86:x\n" * 5000
    statement = (
        b":20:1\n:25:NL1\n:13D:2611301200+0100\n:60F:C261130EUR1,\n" + lines + b":62F:C261130EUR5001,\n"
    )
    (tmp_path / "b.cod").write_bytes(statement)
    found = collect([tmp_path], unpacked)
    assert names(found) == ["b.cod"]
    assert words(found) == [("a.940", "MT942: an interim report; load the MT940 statement of that day")]


def test_a_zip_file_in_a_zip_file_is_passed_over(tmp_path, unpacked):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("invoices.csv", b"x")
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("customers.csv", b"x")
    found = collect([path], unpacked)
    assert names(found) == ["customers.csv"]
    assert words(found) == [("inner.zip", "a zip file inside a zip file; unpack it and load what is in it")]


def test_a_zip_file_that_unpacks_to_too_much_is_refused_whatever_it_says_of_itself(
    tmp_path, unpacked, monkeypatch
):
    path = zipped(tmp_path / "bomb.zip", zeros_csv=b"0" * 20_000_000)
    with pytest.raises(RefusedFileError, match=r"bomb\.zip: unpacks to more than"):
        collect([path], unpacked)
    honest = zipped(tmp_path / "big.zip", a_csv=b"abc" * 1000, b_csv=b"abc" * 1000)
    monkeypatch.setattr(UnzipLimit, "require", lambda _limit, _parts: None)
    monkeypatch.setattr(collection, "MOST_BYTES", 4_000)
    with pytest.raises(RefusedFileError, match=r"big\.zip: unpacks to more than"):
        collect([honest], unpacked)


def test_a_damaged_zip_file_is_refused(tmp_path, unpacked):
    path = zipped(tmp_path / "a.zip", invoices_csv=b"abc" * 1000)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(RefusedFileError, match=r"a\.zip: is a damaged zip file"):
        collect([path], unpacked)


def test_what_is_missing_or_no_data_is_refused(tmp_path, unpacked):
    (tmp_path / "empty").mkdir()
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.docx").write_text("x")
    with pytest.raises(RefusedFileError, match=r"gone\.csv: there is no such file or folder"):
        collect([tmp_path / "gone.csv"], unpacked)
    with pytest.raises(RefusedFileError, match="empty: holds no data file"):
        collect([tmp_path / "empty"], unpacked)
    with pytest.raises(RefusedFileError, match="letters: none of the 1 files inside is data"):
        collect([tmp_path / "letters"], unpacked)
    with pytest.raises(RefusedFileError, match=r"gone\.csv: there is no such file"):
        read_file(tmp_path / "gone.csv")
    with pytest.raises(RefusedFileError, match=r"folder\.csv: is not a file"):
        read_file(tmp_path / "folder.csv")
