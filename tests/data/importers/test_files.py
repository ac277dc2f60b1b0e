"""Which files are data, and the name a file is shown by."""

import pytest

from data.errors import RefusedFileError
from data.importers import collect, display_name, read_file


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
    assert [(file.name, str(reason)) for file, reason in passed_over] == [
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
