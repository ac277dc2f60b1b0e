"""Where the server sends addresses without a page."""

import pytest

from pages.parts.shell import server


@pytest.mark.parametrize(
    ("path", "query", "to"),
    [
        ("/", "as_of=2026-11-22", None),
        ("/ageing", "bucket=all", None),
        ("/_stcore/health", "", None),
        ("/media/x.csv", "", None),
        ("/cash_position", "", "/"),
        ("/cash_position", "as_of=2026-11-22&segment=A%26B", "/?as_of=2026-11-22&segment=A%26B"),
        ("/nope", "lang=en", "/?lang=en&page=nope"),
        ("//evil.example", "", "/?page=evil.example"),
    ],
)
def test_a_path_without_a_page_leads_to_the_first_one(path: str, query: str, to: str | None) -> None:
    assert server.right_address(path, query) == to
