import polars as pl
import pytest

from reports.packs import csv_bytes, file_name, harmless

pytestmark = pytest.mark.usefixtures("dutch")


def test_only_a_leading_sign_makes_a_text_live():
    assert [harmless(text) for text in ("a=1", "", " x", "1-2")] == ["a=1", "", " x", "1-2"]
    assert [harmless(text) for text in ("=", "-", "\r")] == ["'=", "'-", "'\r"]
    # Some drop spaces, byte order marks and marks of direction before they look.
    hidden = (" =1", "\u00a0+1", "\ufeff@A1", "\u202e\u200b -1")
    assert [harmless(text) for text in hidden] == [f"'{text}" for text in hidden]


def test_two_columns_that_read_the_same_keep_their_names_beside():
    frame = pl.DataFrame({"overdue": [1], "overdue_amount": [2], "total": [3]})

    assert csv_bytes(frame).decode("utf-8-sig").splitlines()[0] == (
        "Te laat (overdue);Te laat (overdue_amount);Totaal"
    )


def test_buckets_read_as_their_limits_say():
    frame = pl.DataFrame({"bucket": ["not_due", "b1", "b2", "b3", "other"]})

    assert csv_bytes(frame, limits=(14, 60)).decode("utf-8-sig").splitlines()[1:] == [
        "Niet vervallen",
        "1–14 dgn",
        "15–60 dgn",
        "> 60 dgn",
        "other",
    ]


def test_file_names_are_safe():
    assert file_name("ageing", "2026-11-22", ending="xlsx") == "kasstroom-ageing-2026-11-22.xlsx"
    assert file_name("../../etc/passwd", "", "a b", ending="csv") == "kasstroom-etc-passwd-a-b.csv"
