"""Figures beside those of another day."""

from datetime import date
from decimal import Decimal

import pytest

from reports.answers.kpi import compared

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 10, 31)
NOW = {"receivables": Decimal("1875.00"), "overdue_share": 0.504, "days_late": 4.26, "cei": None}
THEN = {"receivables": Decimal("1310.00"), "overdue_share": 0.25, "days_late": 6.11, "cei": 80.0}
NAMES = list(NOW)


def test_a_file_has_both_values_and_their_difference_in_the_unit_of_the_figure():
    rows = compared.figures(NOW, THEN, DAY, "EUR")

    assert rows.rows() == [
        ("Receivables", "EUR", Decimal("1875.00"), Decimal("1310.00"), Decimal("565.00")),
        ("Overdue share", "%", Decimal("50.40"), Decimal("25.00"), Decimal("25.40")),
        ("Collection (CEI)", "", None, Decimal("80.00"), None),
        ("Days late", "days", Decimal("4.26"), Decimal("6.11"), Decimal("-1.85")),
    ]


def test_a_screen_has_the_difference_of_the_values_it_shows():
    cells = compared.cells(NOW, THEN, NAMES, "EUR")

    assert [row[1:] for row in cells] == [
        ("€1,875", "€1,310", "+€565", "neither"),
        ("50.4%", "25.0%", "+25.4 pt", "worse"),
        ("4.3", "6.1", "-1.8", "better"),
        ("–", "80.0", "–", "neither"),
    ]


def test_the_finding_counts_what_is_better_and_what_is_worse():
    as_of = date(2026, 11, 20)
    title = compared.finding(NOW, THEN, NAMES, as_of, DAY).title.replace("\u00a0", " ")
    assert title == "1 figure better than on 31 Oct 2026, 1 worse"

    same = compared.finding(NOW, NOW, NAMES, as_of, DAY).title.replace("\u00a0", " ")
    assert same == "No figure is better or worse than on 31 Oct 2026"

    unknown = compared.finding(NOW, None, NAMES, as_of, DAY).title.replace("\u00a0", " ")
    assert unknown == "Nothing is known of 31 Oct 2026 to compare with"
    assert [row[2:4] for row in compared.cells(NOW, None, NAMES, "EUR")] == [("–", "–")] * 4
