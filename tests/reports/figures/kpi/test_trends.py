import itertools
from decimal import Decimal

import polars as pl
import pytest

from reports import figures
from reports.colours import LIGHT
from tests.reports.figures.frames import kpis, texts

pytestmark = pytest.mark.usefixtures("dutch")


def test_a_small_multiple_ends_in_its_last_known_value():
    fig = figures.kpi_multiple(kpis(overdue_share=[0.2, 0.25, None]), "overdue_share", theme=LIGHT)

    assert texts(fig) == ["<b>25,0%</b>"]
    assert list(fig.layout.yaxis.ticktext) == ["20,0%", "22,5%", "25,0%"]
    assert "van 20,0% in sep 2026 naar 25,0% in okt 2026" in figures.alt(fig)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("ar_turnover", [8.10, 8.12, 8.20]),
        ("receivables", [Decimal(1210000), Decimal(1224000), Decimal(1240000)]),
        ("dso_countback", [45.30, 45.31, 45.38]),
        ("overdue_share", [0.2001, 0.2003, 0.2004]),
        ("receivables", [Decimal(999000), Decimal(1001000), Decimal(1002000)]),
        ("receivables", [Decimal(1224000), Decimal(1224050), Decimal(1224100)]),
        ("ar_turnover", [8.1, 8.102, 8.104]),
        ("overdue_share", [0.2001, 0.20012, 0.20015]),
    ],
)
def test_ticks_are_at_least_two_and_no_two_are_written_alike(column, values):
    axis = figures.kpi_multiple(kpis(**{column: values}), column, theme=LIGHT).layout.yaxis

    assert len(axis.ticktext) >= 2
    assert len(set(axis.ticktext)) == len(axis.ticktext)


def test_a_target_is_a_dashed_line_with_its_value_within_the_plot():
    drawn = kpis(dso_countback=[44.0, 45.0, 46.0])
    fig = figures.kpi_multiple(drawn, "dso_countback", theme=LIGHT, target=(Decimal(40), "40 dagen"))

    [line] = fig.layout.shapes
    assert (line.y0, line.y1, line.line.color) == (40, 40, LIGHT.base)
    assert line.line.dash
    assert texts(fig) == ["<b>46,0</b>", "40,0"]
    low, high = fig.layout.yaxis.range
    assert low < 40 < high
    assert figures.alt(fig).endswith("Streefwaarde 40 dagen.")
    assert not figures.kpi_multiple(drawn, "dso_countback", theme=LIGHT).layout.shapes


def test_a_figure_that_is_never_known_says_so():
    fig = figures.kpi_multiple(kpis(dpo=[None, None, None]), "dpo", theme=LIGHT)

    assert texts(fig) == ["Crediteurendagen: niet bekend voor deze maanden."]


def test_each_dso_method_is_named_at_its_end_with_its_last_value():
    fig = figures.dso_methods(
        kpis(
            dso_countback=[40.0, 41.0, 42.0],
            dso_balance_90=[40.5, 41.5, 42.1],
            days_to_pay=[30.0, 31.0, None],
        ),
        theme=LIGHT,
    )

    assert texts(fig) == ["<b>DSO, terugtelling 42,0</b>", "DSO, saldo 90 dgn 42,1", "Betaaldagen 31,0"]
    low, high = fig.layout.yaxis.range
    places = sorted(note.y for note in fig.layout.annotations)
    assert all(
        after - before >= (high - low) * 16 / 285 - 1e-9 for before, after in itertools.pairwise(places)
    )


def test_the_bridge_walks_from_zero_to_the_change_and_on_to_countback():
    frame = pl.DataFrame(
        {
            "position": [0, 1, 2, 3, 4, 5, 6, 7],
            "step": [
                "start", "terms", "delinquency", "credit_notes",
                "mix", "end", "countback_change", "billing_timing",
            ],
            "days": [44.0, 1.0, 2.5, -0.5, -1.0, 46.0, 1.25, -0.75],
        }
    )  # fmt: skip

    bars = figures.bridge(frame, theme=LIGHT).data[0]

    assert list(bars.base) == [0.0, 1.0, 3.5, 3.0, 0.0, 2.0, 0.0]
    assert list(bars.x) == [1.0, 2.5, -0.5, -1.0, 2.0, -0.75, 1.25]
    assert list(bars.marker.color) == [
        LIGHT.out, LIGHT.out, LIGHT.cash, LIGHT.cash, LIGHT.base, LIGHT.neutral, LIGHT.base
    ]  # fmt: skip
    assert texts(figures.bridge(frame, theme=LIGHT)) == [
        "+1,0", "+2,5", "-0,5", "-1,0", "<b>+2,0</b>", "-0,8", "<b>+1,3</b>"
    ]  # fmt: skip
