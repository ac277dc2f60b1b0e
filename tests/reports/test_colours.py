import itertools

import pytest

from reports.colours import DARK, LEGIBLE, LIGHT, Theme, contrast, heat, ink_on, mix, theme_of
from tests.reports.figures.frames import BOTH

pytestmark = pytest.mark.usefixtures("dutch")


@BOTH
def test_text_is_legible_on_its_background(theme: Theme):
    for colour in (theme.ink, theme.muted, theme.cash, theme.out_text, theme.alarm):
        assert contrast(colour, theme.bg) >= 5.5


def test_contrast_is_that_of_the_standard():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@BOTH
def test_text_on_any_cell_of_a_heat_map_is_legible(theme: Theme):
    for tone, strength in itertools.product((theme.cash, theme.out, theme.neutral), range(11)):
        colour = mix(theme.surface, tone, strength / 10)
        assert contrast(ink_on(colour), colour) >= 4.0


def test_more_or_fewer_buckets_get_colours_between_the_measured_ones():
    assert tuple(LIGHT.overdue(4)) == LIGHT.buckets[1:]
    assert LIGHT.overdue(2) == [LIGHT.buckets[1], LIGHT.buckets[4]]
    assert LIGHT.overdue(1) == [LIGHT.buckets[2]]
    assert len(set(LIGHT.overdue(9))) == 9


def test_a_browser_that_does_not_say_gets_the_light_theme():
    assert theme_of(None) is LIGHT
    assert theme_of("dark") is DARK


@BOTH
def test_every_cell_of_a_heat_map_can_be_read_and_a_fuller_one_is_stronger(theme: Theme):
    for tone in (theme.cash, theme.out, theme.neutral):
        cells = [heat(theme.surface, tone, share / 50) for share in range(51)]
        assert min(contrast(ink_on(cell), cell) for cell in cells) >= LEGIBLE
        away = [contrast(cell, theme.surface) for cell in cells]
        assert away == sorted(away)
