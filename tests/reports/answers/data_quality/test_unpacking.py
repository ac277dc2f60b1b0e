"""Files from a browser, as the data files inside them."""

import io
import zipfile

import pytest

from reports.answers.data_quality import unpacking
from reports.answers.data_quality.unpacking import data_files, unpack

pytestmark = pytest.mark.usefixtures("english")


def zipped(*files: tuple[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files:
            archive.writestr(name, text)
    return content.getvalue()


def test_a_file_that_is_no_archive_is_itself_whatever_it_is_called():
    [file] = unpack("../../x.zip", b"a,b\n").files
    assert (file.upload.name, file.upload.content) == ("../../x.zip", b"a,b\n")


def test_the_files_of_an_archive_come_in_the_order_of_loading_and_others_are_passed_over():
    content = zipped(("payments.csv", "p"), ("a/invoices.csv", "i"), ("logo.png", "x"))
    unpacked = unpack("all.zip", content)
    assert [(file.upload.name, file.upload.content) for file in unpacked.files] == [
        ("invoices.csv", b"i"),
        ("payments.csv", b"p"),
    ]
    assert [path.name for path, _reason in unpacked.passed_over] == ["logo.png"]


def test_an_archive_with_a_name_that_leads_out_of_it_is_refused():
    unpacked = unpack("all.zip", zipped(("payments.csv", "p"), ("../evil.csv", "e")))
    assert unpacked.files == ()
    assert "../evil.csv" in str(unpacked.fault)


def test_an_archive_that_unpacks_to_too_much_for_a_screen_is_refused_with_the_way_to_load_it(monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_BYTES", 5)
    unpacked = unpack("all.zip", zipped(("a.csv", "123"), ("b.csv", "456")))
    assert unpacked.files == ()
    assert "too much for a screen" in str(unpacked.fault)


def test_the_same_bytes_twice_have_keys_of_their_own_that_do_not_change():
    held = {"1": unpack("a.csv", b"x"), "2": unpack("b.csv", b"x"), "3": unpack("c.csv", b"y")}
    keys = [file.key for file in data_files(held)]
    assert len(set(keys)) == 3
    assert keys == [file.key for file in data_files(held)]
    assert data_files({"9": unpack("c.csv", b"y")})[0].key == keys[2]
