from datetime import date

import polars as pl
import pytest

from reports import figures
from reports.colours import LIGHT, heat
from tests.reports.figures.frames import texts

pytestmark = pytest.mark.usefixtures("dutch")


def test_roll_rates_are_blue_towards_paid_and_orange_towards_older():
    rates = pl.DataFrame(
        {
            "from_bucket": ["d1_30", "d1_30", "d1_30", "not_due", "d1_30"],
            "to_bucket": ["paid", "d1_30", "d31_60", "d1_30", "written_off"],
            "share": [1.0, 1.0, 1.0, 0.15, 1.0],
        }
    )

    fig = figures.roll_rates(rates, theme=LIGHT)

    cells = fig.data[0]
    colours = dict(zip(cells.hovertext, cells.marker.color, strict=True))
    assert list(fig.layout.yaxis.ticktext) == ["Niet vervallen", "1–30 dgn"]
    assert list(fig.layout.xaxis.ticktext) == ["Betaald", "1–30 dgn", "31–60 dgn", "Afgeboekt"]
    assert colours["1–30 dgn → Betaald: 100,0%"] == LIGHT.cash
    assert colours["1–30 dgn → 1–30 dgn: 100,0%"] == LIGHT.neutral
    # On the full orange neither ink is legible, so the fullest cell stays a little lighter.
    orange = heat(LIGHT.surface, LIGHT.out, 1)
    assert colours["1–30 dgn → 31–60 dgn: 100,0%"] == orange
    assert colours["1–30 dgn → Afgeboekt: 100,0%"] == orange
    assert sorted(filter(None, cells.text)) == ["100%", "100%", "100%", "100%", "15%"]
    assert len(cells.text) == 8  # what never happens is an empty cell, not a hole


def test_the_recovery_curve_puts_all_in_front_of_the_cohorts():
    frame = pl.DataFrame(
        {
            "cohort": [date(2026, 8, 1), date(2026, 8, 1), None, None],
            "days_since_due": [0, 30, 0, 30],
            "share_collected": [0.4, 0.7, 0.5, 0.8],
        }
    )

    fig = figures.recovery_curve(frame, theme=LIGHT)

    assert [part.line.color == LIGHT.cash for part in fig.data] == [False, True]
    assert texts(fig) == ["<b>Alle</b>"]
    assert "80% is binnen na 30 dagen" in figures.alt(fig)
    assert texts(figures.recovery_curve(frame, theme=LIGHT, highlight=date(2026, 8, 1))) == [
        "aug 2026",
        "<b>Alle</b>",
    ]


def test_what_is_not_yet_observed_stays_blank_in_the_cohort_map():
    frame = pl.DataFrame(
        {
            "cohort": [date(2026, 9, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 1)],
            "months_since_due": [0, 1, 0, None],
            "share_collected": [0.5, 0.75, 0.0, None],
        }
    )

    cells = figures.cohort_map(frame, theme=LIGHT).data[0]

    assert list(zip(cells.x, cells.base, cells.text, strict=True)) == [
        (0, -0.46, "50%"),
        (1, -0.46, "75%"),
        (0, 0.54, ""),
    ]
