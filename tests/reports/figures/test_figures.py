import json
import re
from datetime import date

import plotly.graph_objects as go
import polars as pl
import pytest

from reports import figures
from reports.colours import LIGHT, Theme
from tests.reports.figures.frames import BOTH, HOSTILE, buckets, kpis, segment_rows, texts, trend

pytestmark = pytest.mark.usefixtures("dutch")


def drawn(fig: go.Figure) -> str:
    return json.dumps(json.loads(fig.to_json()), ensure_ascii=False)


NOTHING = {
    "days_late": pl.DataFrame(
        schema={"invoice_id": pl.String, "payment_date": pl.Date, "days_late": pl.Float64}
    ),
    "recovery_curve": pl.DataFrame(
        schema={"cohort": pl.Date, "days_since_due": pl.Int64, "share_collected": pl.Float64}
    ),
    "cohort_map": pl.DataFrame(
        schema={"cohort": pl.Date, "months_since_due": pl.Int64, "share_collected": pl.Float64}
    ),
    "ageing_trend": trend([[1, 2, 3, 4]] * 3).clear(),
    "segments": segment_rows("Groot").clear(),
    "dso_methods": kpis(dso_countback=[1.0, 2.0, 3.0]).clear(),
    "bridge": pl.DataFrame(schema={"position": pl.Int64, "step": pl.String, "days": pl.Float64}),
    "roll_rates": pl.DataFrame(
        schema={"from_bucket": pl.String, "to_bucket": pl.String, "share": pl.Float64}
    ),
    "ageing_strip": buckets(1, 2, 3, 4, 5).clear(),
}


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_with_nothing_to_draw_a_figure_says_so_in_words(name: str):
    fig = getattr(figures, name)(NOTHING[name], theme=LIGHT)

    assert [figures.alt(fig)] == texts(fig)
    assert figures.alt(fig).endswith(".")


@BOTH
@pytest.mark.parametrize("compact", [False, True])
def test_hostile_names_reach_no_figure_as_markup(theme: Theme, compact: bool):  # noqa: FBT001
    paid = pl.DataFrame({"invoice_id": [HOSTILE], "payment_date": [date(2026, 3, 5)], "days_late": [3]})

    for fig in (
        figures.segments(segment_rows(HOSTILE), theme=theme, compact=compact),
        figures.days_late(paid, theme=theme, compact=compact),
    ):
        fig.layout.meta = None  # the words for alt are no markup: the browser sets them as an attribute
        for trace in fig.data:
            if "customdata" not in (trace.hovertemplate or ""):
                trace.customdata = None  # what a click hands back, never shown
        shown = drawn(fig)
        assert "<a" not in shown
        assert "<b>B" not in shown
        assert "%{x} $" not in shown
        assert "Pay" in shown or "…" in shown


def test_no_english_month_or_word_is_left_in_a_dutch_figure():
    shown = drawn(figures.ageing_trend(trend([[4, 3, 2, 1]] * 3), theme=LIGHT))

    assert not re.search(r"days|overdue|Nov\b|week", shown)
