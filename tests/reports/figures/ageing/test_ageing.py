from datetime import date

import polars as pl
import pytest

from reports import figures
from reports.colours import LIGHT
from tests.reports.figures.frames import NBSP, buckets, segment_rows, texts, trend

pytestmark = pytest.mark.usefixtures("dutch")


def test_the_strip_is_as_wide_as_the_shares_and_leaves_money_on_account_out():
    fig = figures.ageing_strip(buckets(600, 200, 100, 60, 40), theme=LIGHT)

    assert [part.x[0] for part in fig.data] == [600, 200, 100, 60, 40]
    assert list(fig.layout.xaxis.range) == [0, 1000]
    assert [part.customdata[0] for part in fig.data][:2] == ["not_due", "d1_30"]
    assert [part.marker.color for part in fig.data] == list(LIGHT.buckets)
    assert f"1–30 dgn: €{NBSP}200 · 20,0%" in figures.alt(fig)


def test_an_overpaid_bucket_has_no_width_but_keeps_its_figure():
    fig = figures.ageing_strip(buckets(600, -200, 100, 60, 40), theme=LIGHT)

    assert fig.data[1].x[0] == 0
    assert f"€{NBSP}-200" in figures.alt(fig)


def test_the_trend_shows_the_overdue_buckets_only_and_names_them_at_their_ends():
    fig = figures.ageing_trend(trend([[4, 3, 2, 1], [5, 4, 3, 2], [400, 300, 200, 100]]), theme=LIGHT)

    assert [part.name for part in fig.data] == ["1–30 dgn", "31–60 dgn", "61–90 dgn", "> 90 dgn"]
    assert list(fig.data[0].y) == [4.0, 5.0, 400.0]
    assert texts(fig) == ["1–30 dgn", "31–60 dgn", "61–90 dgn", "> 90 dgn"]
    assert list(fig.layout.xaxis.ticktext) == [f"wk{NBSP}47", f"wk{NBSP}46", f"wk{NBSP}45"]
    assert f"van €{NBSP}10 op 08-11-2026 naar €{NBSP}1.000 op 22-11-2026" in figures.alt(fig)


def test_the_trend_on_a_phone_names_its_buckets_under_the_plot():
    fig = figures.ageing_trend(trend([[4, 3, 2, 1]] * 3), theme=LIGHT, compact=True)

    assert texts(fig)[0].count("■") == 4


def test_a_trend_per_month_names_months():
    months = trend([[4, 3, 2, 1]] * 3).with_columns(
        as_of=pl.Series([date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)])
    )

    fig = figures.ageing_trend(months, theme=LIGHT)

    assert list(fig.layout.xaxis.ticktext) == ["mrt", "feb", "jan 2026"]


def test_segments_stand_by_share_with_their_amounts_beside_them():
    fig = figures.segments(segment_rows("Groot", None), theme=LIGHT)

    assert list(fig.data[0].x) == [0.312, 0.094]
    assert list(fig.data[0].text) == ["31,2%", "9,4%"]
    assert list(fig.layout.yaxis.ticktext) == ["Groot (41 klanten)", "Geen segment (1)"]
    assert texts(fig) == [f"€{NBSP}624", f"€{NBSP}94"]
