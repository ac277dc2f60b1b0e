"""Chances of single documents, corrected by past outcomes."""

import numpy as np
import pytest

from forecasting.receipts.calibration import ChanceSample, correct, gap, tenths


def once(said, came) -> ChanceSample:
    return ChanceSample(said, came, np.arange(len(said)))


def test_chances_move_to_where_past_ones_turned_out():
    said = np.repeat([0.2, 0.4, 0.6, 0.8], 500)
    # Half as many came as was said: of every 10 documents said to have .2, one; of .4, two ...
    came = np.tile(np.arange(500) % 10, 4) < np.repeat([1, 2, 3, 4], 500)
    moved = correct(np.array([0.0, 0.2, 0.8, 1.0]), once(said, came))
    assert moved[0] == 0.0
    assert moved[3] == 1.0
    assert moved[1] == pytest.approx(0.1, abs=0.02)
    assert moved[2] == pytest.approx(0.4, abs=0.03)


def test_chances_move_at_one_end_alone_where_the_past_does():
    said = np.repeat([0.1, 0.3, 0.5, 0.7, 0.9], 1000)
    # Right up to one in two; of 10 documents said to have .7 six came, of .9 seven.
    came = np.tile(np.arange(1000) % 10, 5) < np.repeat([1, 3, 5, 6, 7], 1000)
    moved = correct(np.array([0.1, 0.5, 0.9]), once(said, came))
    # A logit line through these would say .15 of the first.
    assert moved == pytest.approx([0.1, 0.5, 0.7], abs=0.02)


def test_a_document_asked_about_on_many_days_is_one_outcome():
    said, came = np.repeat([0.2, 0.5, 0.8], 20), np.tile(np.arange(20) % 10, 3) < np.repeat([1, 3, 5], 20)
    few = correct(np.array([0.5]), once(said, came))[0]
    many = correct(np.array([0.5]), once(np.tile(said, 50), np.tile(came, 50)))[0]
    fifty_days = ChanceSample(np.tile(said, 50), np.tile(came, 50), np.tile(np.arange(60), 50))
    assert correct(np.array([0.5]), fifty_days)[0] == pytest.approx(few, abs=1e-9)
    # Three documents per chance that behaved as said weigh more among twenty than among a thousand.
    assert few != pytest.approx(many, abs=1e-4)


def test_chances_that_turned_out_right_and_few_outcomes_change_little():
    said = np.repeat([0.2, 0.5, 0.8], 500)
    came = np.tile(np.arange(500) % 10, 3) < np.repeat([2, 5, 8], 500)
    assert correct(np.array([0.3]), once(said, came))[0] == pytest.approx(0.3, abs=0.02)
    few = correct(np.array([0.3]), once(np.array([0.2, 0.8]), np.array([True, False])))
    assert 0.2 < few[0] < 0.5
    assert correct(np.array([0.3]), once(np.zeros(0), np.zeros(0, dtype=bool)))[0] == 0.3


def test_the_gap_of_chances_is_the_mean_distance_over_tenths():
    past = once(np.array([0.1, 0.15, 0.9, 1.0]), np.array([False, True, True, True]))
    assert tenths(past) == [(pytest.approx(0.125), 0.5, 2), (pytest.approx(0.95), 1.0, 2)]
    assert gap(past) == pytest.approx((0.375 * 2 + 0.05 * 2) / 4)
    assert gap(once(np.zeros(0), np.zeros(0, dtype=bool))) is None
