"""A point of the map of customers opens what that customer has open."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.shared.rows_behind import RowSource
from reports.answers.warnings import map_rows
from reports.codes import point_code
from reports.colours import LIGHT
from reports.figures.warnings import level_shift
from tests.books import BOOKS, Desk

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 11, 22)


@pytest.mark.slow
def test_each_point_opens_the_open_documents_of_its_customer(desk: Desk) -> None:
    desk.load(**BOOKS)
    books = desk.books()
    source = RowSource(ask=lambda name, **own: books.ask(name, as_of=DAY, **own), as_of=DAY, currency="EUR")
    scores = pl.DataFrame(
        {
            "customer_id": ["C2", "C1", "C3"],
            "customer_name": ["De Linde", "Halsema Techniek", "Too new"],
            "level": [19.0, 52.0, 3.0],
            "shift": [1.5, 0.2, None],
            "owed_amount": [Decimal("60.00"), Decimal("1815.00"), Decimal("1.00")],
            "place": [1, None, None],
        }
    )

    rows = map_rows.with_codes(scores)
    parts = map_rows.of_map(rows, source)

    assert [part.label for part in parts] == ["Halsema Techniek · €1,815", "De Linde · €60"]
    points = level_shift(rows, theme=LIGHT, limits=(15.0, 2.0), currency="EUR", numbered=15).data
    assert {code for trace in points for code in trace.ids} == {part.code for part in parts}
    assert parts[1].code == point_code("C2")
    behind = parts[0].rows()
    assert sorted(behind.rows["open_amount"]) == [Decimal("605.00"), Decimal("1210.00")]
    assert "€1,815.00" in behind.finding.title
    assert "52 days late now, change +0.2" in behind.finding.method
    assert behind.own["customer"] == "C1"


def test_of_very_many_points_the_largest_open_and_each_one_is_drawn(monkeypatch) -> None:
    monkeypatch.setattr(map_rows, "_MOST_PARTS", 2)
    scores = pl.DataFrame(
        {
            "customer_id": ["A", "B", "C"],
            "customer_name": ["A", "B", "C"],
            "level": [1.0, 2.0, 3.0],
            "shift": [0.1, 0.2, 0.3],
            "owed_amount": [Decimal("5.00"), Decimal("9.00"), Decimal("7.00")],
            "place": [None, None, None],
        },
        schema_overrides={"place": pl.Int64},
    )
    rows = map_rows.with_codes(scores)
    source = RowSource(ask=lambda *_one, **_more: pl.DataFrame(), as_of=DAY, currency="EUR")
    assert [part.label for part in map_rows.of_map(rows, source)] == ["B · €9", "C · €7"]
    [points] = [
        trace
        for trace in level_shift(rows, theme=LIGHT, limits=(15.0, 2.0), currency="EUR", numbered=1).data
        if trace.ids is not None and len(trace.ids)
    ]
    assert list(points.ids) == [point_code("B"), point_code("C"), ""]
