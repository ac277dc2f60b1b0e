"""A reader of lines of text."""

import pytest

from data.importers import load_preset, read_file


@pytest.fixture
def read(tmp_path):
    def read_text(file, *lines, preset=None, encoding="utf-8"):
        path = tmp_path / file
        path.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
        return read_file(path, load_preset(preset) if preset else None)

    return read_text
