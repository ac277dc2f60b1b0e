from datetime import date

import polars as pl
import pytest

from reports import figures
from reports.colours import LIGHT

pytestmark = pytest.mark.usefixtures("dutch")


def test_days_late_has_a_level_before_and_since_the_change():
    paid = pl.DataFrame(
        {
            "invoice_id": ["1", "2", "3", "4", "5"],
            "payment_date": [date(2026, month, 5) for month in (3, 4, 5, 9, 10)],
            "days_late": [2, 4, 9, 15, 17],
        }
    )

    fig = figures.days_late(paid, theme=LIGHT, step=date(2026, 8, 1))

    levels = [list(part.y) for part in fig.data if part.mode == "lines"]
    assert levels == [[4.0, 4.0], [16.0, 16.0]]
    dots = [part.marker.color for part in fig.data if part.mode == "markers"]
    assert dots == [LIGHT.neutral, LIGHT.out]
    assert "meestal 4 dagen, sinds 01-08-2026 16 dagen" in figures.alt(fig)


def test_a_customer_who_pays_sooner_turns_blue_and_without_a_change_there_is_one_level():
    paid = pl.DataFrame(
        {
            "invoice_id": ["1", "2"],
            "payment_date": [date(2026, 3, 5), date(2026, 9, 5)],
            "days_late": [20, 3],
        }
    )

    better = figures.days_late(paid, theme=LIGHT, step=date(2026, 8, 1))
    flat = figures.days_late(paid, theme=LIGHT)

    assert better.data[2].marker.color == LIGHT.cash
    assert [part.mode for part in flat.data] == ["markers", "lines"]
    assert list(flat.data[1].y) == [11.5, 11.5]


def test_what_is_still_open_is_a_hollow_dot_as_late_as_it_is_by_now():
    paid = pl.DataFrame(
        {
            "payment_date": [date(2026, 7, 1), date(2026, 7, 9)],
            "days_late": [1, 3],
            "invoice_id": ["F1", "F2"],
        }
    )
    still_open = pl.DataFrame({"invoice_id": ["F3"], "days_overdue": [252], "as_of": [date(2026, 8, 1)]})
    fig = figures.days_late(paid, theme=LIGHT, still_open=still_open)
    (dots,) = [trace for trace in fig.data if list(trace.y) == [252]]
    assert dots.marker.color == LIGHT.bg
    assert dots.marker.line.color == LIGHT.out
    # The axis reaches it.
    assert fig.layout.yaxis.range[1] > 252
