import base64
import itertools
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import figures, language
from reports.colours import DARK, LEGIBLE, LIGHT, Theme, contrast, heat, ink_on, mix, theme_of
from reports.figures import axes, template
from tests.paths import ROOT

CONFIG = ROOT / ".streamlit" / "config.toml"
BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
HOSTILE = '<a href="https://evil.example">Pay</a> %{x} $x^2$ <b>B</b>\n{{y}}'
NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    language.use("nl")
    yield
    language.use("nl")


def buckets(*amounts: int) -> pl.DataFrame:
    names = ["not_due", "d1_30", "d31_60", "d61_90", "d90_plus"]
    total = sum(amounts)
    return pl.DataFrame(
        {
            "bucket": ["unapplied", *names],
            "position": [-1, 0, 1, 2, 3, 4],
            "open_amount": [Decimal(-50), *(Decimal(amount) for amount in amounts)],
            "share": [None, *(amount / total for amount in amounts)],
        }
    )


def trend(late: list[list[int]]) -> pl.DataFrame:
    columns = ["d1_30", "d31_60", "d61_90", "d90_plus"]
    weeks = [date(2026, 11, 8), date(2026, 11, 15), date(2026, 11, 22)]
    rows = [
        {"as_of": day, "not_due": Decimal(9000)}
        | {name: Decimal(amount) for name, amount in zip(columns, amounts, strict=True)}
        for day, amounts in zip(weeks, late, strict=True)
    ]
    return pl.DataFrame(rows)


def segment_rows(*names: str | None) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "segment": list(names),
            "customers": [41, 1][: len(names)],
            "open_amount": [Decimal(2000), Decimal(1000)][: len(names)],
            "overdue_amount": [Decimal(624), Decimal(94)][: len(names)],
            "overdue_share": [0.312, 0.094][: len(names)],
        },
        schema_overrides={"segment": pl.String},
    )


def texts(fig: go.Figure) -> list[str]:
    return [note.text for note in fig.layout.annotations]


def drawn(fig: go.Figure) -> str:
    return json.dumps(json.loads(fig.to_json()), ensure_ascii=False)


# --- colours -----------------------------------------------------------------------------------------------


@BOTH
def test_the_streamlit_theme_has_the_colours_of_the_figures(theme: Theme):
    said = tomllib.loads(CONFIG.read_text())["theme"][theme.name]

    assert said["textColor"] == theme.ink
    assert said["backgroundColor"] == theme.bg
    assert said["secondaryBackgroundColor"] == theme.surface
    assert {said[key] for key in ("primaryColor", "linkColor", "blueColor", "greenColor")} == {theme.cash}
    assert {said["orangeColor"], said["yellowColor"]} == {theme.out}
    assert {said["orangeTextColor"], said["yellowTextColor"]} == {theme.out_text}
    assert said["redColor"] == theme.alarm
    assert said["grayTextColor"] == theme.muted


def test_the_server_stays_at_home_and_shows_no_traces():
    said = tomllib.loads(CONFIG.read_text())

    assert said["server"]["address"] == "127.0.0.1"
    assert said["client"]["showErrorDetails"] == "none"
    assert said["client"]["disableDataExport"] is True
    assert said["browser"]["gatherUsageStats"] is False


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


# --- what all share ----------------------------------------------------------------------------------------


def test_a_name_from_data_is_shown_and_never_run():
    shown = template.plain(HOSTILE)

    assert "<" not in shown
    assert "%{" not in shown
    assert "$" not in shown
    assert "\n" not in shown
    assert "Pay" in shown
    assert template.plain("A & B <C>") == "A &amp; B &lt;C&gt;"
    assert template.plain(None) == ""


def test_a_long_name_ends_in_an_ellipsis_and_never_inside_an_entity():
    assert template.plain("Van den Berg & Zonen", 14) == "Van den Berg…"
    assert template.plain("abcdefgh&&&&", 10) == "abcdefgh&amp;…"
    assert template.plain("short", 10) == "short"


@pytest.mark.parametrize(
    ("highest", "most", "step"), [(1_210_000, 3, 400_000), (1_600_000, 4, 400_000), (0.9, 3, 0.4), (3, 3, 1)]
)
def test_ticks_are_round_and_few(highest: float, most: int, step: float):
    assert axes.nice_step(highest, most) == pytest.approx(step)


@given(st.floats(min_value=0.01, max_value=1e12), st.integers(min_value=2, max_value=6))
def test_a_step_covers_the_height_in_the_steps_asked_for(highest: float, most: int):
    assert highest / axes.nice_step(highest, most) <= most + 0.1 + 1e-9


@pytest.mark.parametrize(
    ("lowest", "highest", "expected"),
    [
        (0, 1_210_000, ["€_0", "€_400k", "€_800k", "€_1,2_mln"]),
        (-300_000, 500_000, ["€_-400k", "€_-200k", "€_0", "€_200k", "€_400k", "€_600k"]),
        (0, 0, ["€_0", "€_1"]),
        (-900, 0, ["€_-1,2k", "€_-800", "€_-400", "€_0"]),
        (-2_000, 290_000, ["€_0", "€_100k", "€_200k", "€_300k"]),
    ],
)
def test_money_ticks_start_at_zero_and_hold_all_values(lowest: float, highest: float, expected: list[str]):
    fig = template.blank(LIGHT, height=100, alt="")
    axes.money_axis(fig, lowest, highest)

    assert [text.replace(NBSP, "_") for text in fig.layout.yaxis.ticktext] == expected
    assert fig.layout.yaxis.range[0] <= lowest
    assert fig.layout.yaxis.range[1] >= highest


def test_labels_that_touch_move_apart_as_little_as_possible():
    assert axes.spread([10.0, 10.0, 50.0], gap=4, low=0, high=100) == [8.0, 12.0, 50.0]
    assert axes.spread([0.0, 1.0], gap=4, low=0, high=100) == [0.0, 4.0]
    assert axes.spread([100.0, 99.0], gap=4, low=0, high=100) == [100.0, 96.0]


@given(st.lists(st.floats(min_value=0, max_value=100), min_size=1, max_size=12))
def test_labels_keep_their_order_their_distance_and_their_bounds(places: list[float]):
    moved = axes.spread(places, gap=5, low=0, high=100)

    ordered = sorted(moved)
    assert all(after - before >= 5 - 1e-6 for before, after in itertools.pairwise(ordered))
    assert ordered[0] >= -1e-6
    assert ordered[-1] <= 100 + 1e-6
    by_place = sorted(zip(places, moved, strict=True))
    assert all(one[1] < other[1] for one, other in itertools.pairwise(by_place) if one[0] < other[0])


def test_the_months_under_an_axis_are_dutch_and_january_has_its_year():
    fig = template.blank(LIGHT, height=100, alt="")
    axes.month_ticks(fig, date(2025, 1, 1), date(2026, 3, 31), 6)

    assert list(fig.layout.xaxis.ticktext) == ["jan 2025", "apr", "jul", "okt", "jan 2026"]


def test_the_config_offers_one_button_in_dutch_with_a_safe_name():
    config = template.config("../Ouderdom 22/11", "nl", image="svg")

    assert config["modeBarButtons"] == [["toImage"]]
    assert config["toImageButtonOptions"] == {"format": "svg", "filename": "Ouderdom-22-11", "scale": 2}
    assert config["locales"]["nl"]["dictionary"]["Download plot"] == "Afbeelding opslaan"
    assert config["locales"]["nl"]["format"]["shortMonths"][2] == "mrt"
    assert template.config("x", "en", compact=True)["displayModeBar"] is False


@BOTH
def test_an_exported_image_says_what_it_is_and_leaves_the_figure_on_screen_alone(theme: Theme):
    fig = figures.ageing_trend(trend([[1, 2, 3, 4]] * 3), theme=theme)
    before = fig.to_json()

    image = template.image_copy(fig, "Te laat <b>steeg</b>", "22-11-2026 · EUR")

    assert "&lt;b&gt;steeg&lt;/b&gt;" in image.layout.title.text
    assert image.layout.title.subtitle.text == "22-11-2026 · EUR"
    assert image.layout.paper_bgcolor == theme.bg
    assert image.layout.height > fig.layout.height
    assert fig.to_json() == before


def test_a_long_title_of_an_image_is_wrapped():
    fig = figures.ageing_trend(trend([[1, 2, 3, 4]] * 3), theme=LIGHT)

    image = template.image_copy(fig, "woord " * 60, "", width=900)

    assert image.layout.title.text.count("<br>") >= 3


# --- figures -----------------------------------------------------------------------------------------------


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


def kpis(**columns: list[float | None]) -> pl.DataFrame:
    return pl.DataFrame({"as_of": [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 22)], **columns})


def test_a_small_multiple_ends_in_its_last_known_value():
    fig = figures.kpi_multiple(kpis(overdue_share=[0.2, 0.25, None]), "overdue_share", theme=LIGHT)

    assert texts(fig) == ["<b>25,0%</b>"]
    assert list(fig.layout.yaxis.ticktext) == ["20,0%", "25,0%"]
    assert "van 20,0% in sep 2026 naar 25,0% in okt 2026" in figures.alt(fig)


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


def empty(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.clear()


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


# --- sparkline ---------------------------------------------------------------------------------------------


def svg(html: str) -> str:
    found = re.search(r"base64,([^\"]+)", html)
    assert found
    return base64.b64decode(found[1]).decode()


def test_a_sparkline_breaks_where_nothing_is_known_and_dots_its_last_value():
    picture = svg(figures.sparkline_svg([Decimal(1), Decimal(3), None, Decimal(2), Decimal(1)], "out", LIGHT))

    line, dot = re.findall(r'<path d="([^"]*)"', picture)
    assert line.count("M") == 2
    assert line.count("L") == 2
    assert dot.endswith("l0 0")
    assert LIGHT.out in picture


def test_a_flat_an_empty_and_a_single_sparkline_are_drawn_without_fuss():
    assert svg(figures.sparkline_svg([5, 5, 5], "ink", DARK)).count(" 17.0") == 4
    assert "l0 0" not in svg(figures.sparkline_svg([None, None], "ink", DARK))
    assert svg(figures.sparkline_svg([7], "ink", DARK)).count("l0 0") == 1


def test_the_words_of_a_sparkline_are_escaped():
    html = figures.sparkline_svg([1, 2], "cash", LIGHT, alt='"><script>')

    assert 'alt="&quot;&gt;&lt;script&gt;"' in html
    assert "<script" not in html


@BOTH
def test_every_cell_of_a_heat_map_can_be_read_and_a_fuller_one_is_stronger(theme: Theme):
    for tone in (theme.cash, theme.out, theme.neutral):
        cells = [heat(theme.surface, tone, share / 50) for share in range(51)]
        assert min(contrast(ink_on(cell), cell) for cell in cells) >= LEGIBLE
        away = [contrast(cell, theme.surface) for cell in cells]
        assert away == sorted(away)


def test_the_line_of_a_waterfall_goes_past_a_step_of_nothing():
    amounts = {"invoiced": Decimal(100), "received": Decimal(40), "credited": Decimal(0)}
    fig = figures.movement(**amounts, written_off=Decimal(0), theme=LIGHT)
    lines = [(round(shape.y0, 2), round(shape.y1, 2)) for shape in fig.layout.shapes]
    assert (1.28, 1.72) in lines
    assert (1.72, 2.72) in lines
    assert (2.72, 3.72) in lines
