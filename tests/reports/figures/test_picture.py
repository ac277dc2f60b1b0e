"""Pictures of figures: light and whole, whatever the screen; texts that fit."""

import inspect

import plotly.graph_objects as go
import pytest

from reports import figures
from reports.colours import DARK, LIGHT, Theme
from reports.figures import letters, picture, template
from tests.reports.figures.frames import BOTH, trend

pytestmark = pytest.mark.usefixtures("dutch")
SOURCE = "Kasstroom · per 22-11-2026 · alle administraties"


@BOTH
def test_a_picture_is_light_and_wide_whatever_the_screen_and_leaves_the_figure_alone(theme: Theme):
    fig = figures.ageing_trend(trend([[1, 2, 3, 4]] * 3), theme=theme, compact=True)
    before = fig.to_json()

    shown = picture.compose(fig, "Te laat <b>steeg</b>", "", SOURCE)

    assert fig.to_json() == before
    light = figures.ageing_trend(trend([[1, 2, 3, 4]] * 3), theme=LIGHT)
    assert [bar.marker.color for bar in shown.figure.data] == [bar.marker.color for bar in light.data]
    assert len(shown.figure.layout.annotations) == len(light.layout.annotations)
    assert shown.title == ["Te laat <b>steeg</b>"]  # the browser writes it letter by letter
    assert shown.source == SOURCE


def test_the_figure_fills_what_title_and_source_leave():
    fig = figures.ageing_trend(trend([[1, 2, 3, 4]] * 3), theme=LIGHT)
    short, long = (picture.compose(fig, title, "", SOURCE) for title in ("woord", "woord " * 60))
    assert (len(short.title), len(long.title)) == (1, 2)
    assert long.top == short.top + 30
    assert long.figure.layout.height == short.figure.layout.height - 30
    assert long.title[1].endswith("…")
    assert all(letters.width(line, picture.TITLE, bold=True) <= 960 - 72 for line in long.title)
    assert short.figure.layout.width == 960 - 72


def test_a_figure_of_many_rows_is_shrunk_as_a_whole():
    fig = go.Figure(layout={"height": 800, "meta": {"alt": ""}})
    shown = picture.compose(fig, "woord", "", SOURCE)
    assert shown.figure.layout.height == 800
    assert shown.figure.layout.width * shown.shrink == pytest.approx(960 - 72, abs=1)


def test_what_is_there_to_be_clicked_is_not_in_the_picture():
    fig = go.Figure(layout={"height": 200, "meta": {"alt": ""}})
    fig.add_scatter(y=[1, 2], **template.TO_CLICK)
    fig.add_scatter(y=[2, 1], mode="lines+markers")
    fig.add_bar(y=[1, 2])
    shown = picture.compose(fig, "woord", "", SOURCE).figure
    assert [getattr(trace, "mode", None) for trace in shown.data] == ["lines", "lines+markers", None]
    assert fig.data[0].mode == "lines+markers"


def test_names_beside_a_plot_take_at_most_a_third_of_the_picture():
    fig = go.Figure(layout={"height": 200, "meta": {"alt": ""}})
    fig.update_yaxes(tickvals=[0, 1], ticktext=["<b>W</b>", "W&amp;" * 80], tickfont={"size": 12})
    shown = picture.compose(fig, "woord", "", SOURCE).figure
    assert shown.layout.margin.l <= 0.35 * (960 - 72) + 1
    assert shown.layout.yaxis.ticktext[0] == "<b>W</b>"
    assert shown.layout.yaxis.ticktext[1].endswith("…")
    assert "&amp;" in shown.layout.yaxis.ticktext[1]


@pytest.mark.parametrize(
    ("method", "line"),
    [
        ("", ""),
        ("Eindsaldo per week. Banden: 80% en 95%.", "Eindsaldo per week"),
        ("Kort", "Kort"),
        ("Eindsaldo per week, " + "met een lange bijzin " * 12, "Eindsaldo per week"),
        ("aaneen" * 60, ""),
        ("Dagen, naar bedrag (grijs, " + "een lange bijzin " * 12 + ")", "Dagen, naar bedrag"),
    ],
)
def test_the_line_below_the_title_is_the_start_of_the_method(method, line):
    assert picture.first_line(method, 888) == line


def test_every_figure_can_be_drawn_again():
    draws = [
        getattr(figures, name)
        for name in figures.__all__
        if inspect.isfunction(getattr(figures, name))
        and inspect.signature(getattr(figures, name)).return_annotation is go.Figure
    ]
    assert len(draws) > 15
    assert [draw.__name__ for draw in draws if not hasattr(draw, "__wrapped__")] == []


def test_dark_figures_that_are_not_redrawn_would_be_noticed():
    fig = figures.ageing_trend(trend([[1, 2, 3, 4]] * 3), theme=DARK)
    assert picture.compose(fig, "", "", "").figure.layout.meta["theme"] == "light"
