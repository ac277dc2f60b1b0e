import polars as pl
import pytest

from reports.packs.plain_text import text_table

pytestmark = pytest.mark.usefixtures("dutch")


def test_a_table_for_a_terminal_writes_no_break_spaces_and_runs_no_control_character():
    rows = pl.DataFrame({"money": ["€\u00a01.000,00"], "name": ["a\x1b[2Jb"]})
    assert text_table(rows).splitlines()[2] == "€\u00a01.000,00  a\\x1b[2Jb"
