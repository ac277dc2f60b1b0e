"""The name a file is shown by."""

import pytest

from data.importers import display_name


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
