from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.kpi import dso_text, trend_text
from reports.labels import KPIS

pytestmark = pytest.mark.usefixtures("english")


def _trend(**columns: list[object]) -> pl.DataFrame:
    months = len(next(iter(columns.values())))
    ends = [date(2025 + at // 12, at % 12 + 1, 28) for at in range(months)]
    return pl.DataFrame({"as_of": ends, **columns})


def test_every_figure_of_a_group_is_a_figure_and_stands_in_one_group_only() -> None:
    listed = [column for group in trend_text.GROUPS.values() for column in group]
    assert set(listed) <= set(KPIS)
    assert len(listed) == len(set(listed))


def test_a_figure_says_from_where_to_where_it_went() -> None:
    trend = _trend(dso_countback=[41.0, None, 44.04])
    assert trend_text.kpi_sentence(trend, "dso_countback") == "DSO, countback: up from 41.0 to 44.0"
    assert trend_text.kpi_sentence(trend.reverse(), "dso_countback") == "DSO, countback: up from 41.0 to 44.0"
    down = _trend(overdue_share=[0.25, 0.2])
    assert trend_text.kpi_sentence(down, "overdue_share") == "Overdue share: down from 25.0% to 20.0%"


def test_a_change_that_rounding_hides_is_no_change() -> None:
    trend = _trend(dso_countback=[41.01, 41.04])
    assert trend_text.kpi_sentence(trend, "dso_countback") == "DSO, countback: still 41.0"


def test_a_figure_without_values_is_not_known() -> None:
    trend = _trend(dio=[None, None]).with_columns(pl.col("dio").cast(pl.Float64))
    assert trend_text.kpi_sentence(trend, "dio") == "Stock days (DIO): not known"
    assert trend_text.change(trend, "dio") is None
    assert trend_text.known_first(trend.with_columns(dpo=1.0), ["dio", "dpo"]) == ["dpo", "dio"]


def test_the_change_is_over_twelve_months_and_knows_which_way_is_better() -> None:
    days = _trend(days_late=[9.0, 10.0] + [11.0] * 10 + [12.5])
    assert trend_text.change(days, "days_late") == ("+3.5", "worse")
    share = _trend(on_time_share=[0.70] + [0.0] * 11 + [0.735])
    assert trend_text.change(share, "on_time_share") == ("+3.5 pt", "better")
    money = _trend(billings_90=[Decimal(5_000_000)] + [Decimal(0)] * 11 + [Decimal(4_000_000)])
    assert trend_text.change(money, "billings_90") == ("-€1m", "neither")
    assert trend_text.change(days.head(12), "days_late") is None


def test_the_sentence_and_the_change_beside_it_are_of_the_same_twelve_months_and_figures():
    trend = _trend(ar_turnover=[20.0] * 11 + [8.14] + [9.0] * 11 + [8.16])
    assert trend_text.kpi_sentence(trend, "ar_turnover") == "AR turnover: up from 8.1 to 8.2"
    assert trend_text.change(trend, "ar_turnover") == ("+0.1", "better")
    assert trend_text.period(trend).replace("\u00a0", " ") == "to 28 Dec 2026"


def test_the_bridge_names_its_two_largest_causes() -> None:
    steps = {"start": 42.9, "terms": 2.6, "delinquency": -2.5, "credit_notes": 0.1, "mix": -0.4, "end": 42.7}
    bridge = pl.DataFrame({"step": list(steps), "days": list(steps.values())})
    said = dso_text.bridge_sentence(bridge, date(2026, 6, 30))
    assert said == "DSO -0.2 days since 30\u00a0Jun\u00a02026: terms granted +2.6, delinquency -2.5"
    empty = bridge.clear()
    assert "cannot be compared" in dso_text.bridge_sentence(empty, date(2026, 6, 30))


def test_what_is_just_overdue_is_paid_or_gets_older() -> None:
    rates = pl.DataFrame(
        {
            "from_bucket": ["d1_30"] * 4 + ["not_due"],
            "to_bucket": ["paid", "d1_30", "d31_60", "d61_90", "paid"],
            "share": [0.6, 0.1, 0.2, 0.1, 0.9],
        }
    )
    assert trend_text.roll_sentence(rates) == (
        "Of what is just overdue, 60% is paid a month later and 30% gets older"
    )


def test_the_expected_loss_is_summed_exactly_and_unknown_buckets_are_left_out() -> None:
    matrix = pl.DataFrame(
        {
            "bucket": ["not_due", "d1_30", "d31_60"],
            "open_amount_excl_vat": [Decimal("1000.00"), Decimal("500.00"), Decimal("500.00")],
            "expected_loss": [Decimal("10.00"), None, Decimal("30.00")],
        }
    )
    assert trend_text.provision_sentence(matrix) == "Expected loss €40, 2.0% of what is open"
    assert trend_text.provision_sentence(matrix.clear()).startswith("No loss to be expected")


def test_the_methods_keep_their_units_apart() -> None:
    methods = pl.DataFrame(
        {
            "method": ["countback", "days_to_pay", "days_to_pay_with_open"],
            "days": [26.3, 42.0, 29.0],
            "numerator": [Decimal("5119.85"), Decimal("2607773.00"), Decimal("6427.00")],
            "denominator": [Decimal("4800.00"), Decimal("62090.00"), Decimal("7278.00")],
            "explanation_key": ["dso_countback", "days_to_pay", "days_to_pay_with_open"],
        }
    )
    lines = dso_text.method_lines(dso_text.method_rows(methods), "EUR")
    assert [line[0] for line in lines] == [
        "DSO, countback: 26.3",
        "Days to pay: 42.0",
        "To pay, with open: 29.0",
    ]
    assert lines[0][1].startswith("€5,120 ÷ €4,800. Follows the real billings")
    assert lines[1][1].startswith("€2.6m × days ÷ €62,090. ")
    assert lines[2][1].startswith("6,427 invoices ÷ 7,278 invoices. ")


def test_the_segment_that_moved_most_comes_first() -> None:
    zero = [0.0, 0.0]
    names = (
        "not_due_from",
        "not_due_to",
        "overdue_from",
        "overdue_to",
        "credit_notes_from",
        "credit_notes_to",
    )
    segments = pl.DataFrame(
        {
            "segment": ["small", "large"],
            "weight_from": [0.4, 0.6],
            "weight_to": [0.5, 0.5],
            "terms": [1.0, -2.0],
            "delinquency": [0.5, -1.0],
            "credit_notes": zero,
            "mix": zero,
            **dict.fromkeys(names, zero),
        }
    )
    rows = dso_text.segment_rows(segments)
    assert rows.select("segment", "added_days").rows() == [("large", -3.0), ("small", 1.5)]
    assert rows["share_billed_from"].to_list() == [0.6, 0.4]
    assert dso_text.segments_sentence(segments) == "large moved it most: -3.0 days"


def test_a_year_before_a_leap_day_is_the_28th() -> None:
    assert dso_text.year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert dso_text.year_before(date(2026, 11, 22)) == date(2025, 11, 22)
