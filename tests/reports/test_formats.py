from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import language
from reports.formats import (
    bucket_ids,
    chance,
    chance_short,
    forecast_bridge,
    forecast_parts,
    forecast_rounding,
)
from reports.language import bucket_label, day, money, money_short, number, percent

NBSP = "\u00a0"


pytestmark = pytest.mark.usefixtures("dutch")


@pytest.mark.parametrize(
    ("amount", "keywords", "dutch_text", "english_text"),
    [
        (Decimal("1234.56"), {}, "€_1.234,56", "€1,234.56"),
        (Decimal("-1234.56"), {}, "€_-1.234,56", "-€1,234.56"),
        (Decimal(42180), {"decimals": 0, "sign": True}, "€_+42.180", "+€42,180"),
        (Decimal(-100000), {"decimals": 0, "sign": True}, "€_-100.000", "-€100,000"),
        (0, {"sign": True}, "€_0,00", "€0.00"),
        (Decimal("-0.004"), {}, "€_0,00", "€0.00"),
        (Decimal("0.005"), {}, "€_0,01", "€0.01"),
        (Decimal("999999999999999999.99"), {}, "€_999.999.999.999.999.999,99", "€999,999,999,999,999,999.99"),
        (Decimal("12.50"), {"currency": "CHF"}, "CHF_12,50", "CHF_12.50"),
        (Decimal("12.50"), {"currency": "GBP"}, "£_12,50", "£12.50"),
        (None, {}, "–", "–"),
    ],
)
def test_money_is_written_exactly(amount, keywords, dutch_text: str, english_text: str):
    assert money(amount, **keywords) == dutch_text.replace("_", NBSP)
    language.use("en")
    assert money(amount, **keywords) == english_text.replace("_", NBSP)


def test_money_refuses_a_float():
    with pytest.raises(TypeError, match="Decimal or int"):
        money(0.1)  # type: ignore[arg-type]


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2))
def test_money_reads_back_as_the_same_amount(amount: Decimal):
    language.use("nl")
    text = money(amount).removeprefix(f"€{NBSP}").replace(".", "").replace(",", ".")
    assert Decimal(text) == amount


@pytest.mark.parametrize(
    ("amount", "keywords", "dutch_text", "english_text"),
    [
        (400_000, {}, "€_400k", "€400k"),
        (1_200_000, {}, "€_1,2_mln", "€1.2m"),
        (1_000_000, {}, "€_1_mln", "€1m"),
        (999_600, {}, "€_1_mln", "€1m"),
        (999_400, {}, "€_999k", "€999k"),
        (-74_000, {"sign": True}, "€_-74k", "-€74k"),
        (98_000, {"sign": True}, "€_+98k", "+€98k"),
        (980_000, {"digits": 0}, "€_980k", "€980k"),
        (1_164_530, {"digits": 2}, "€_1,16_mln", "€1.16m"),
        (2_500, {}, "€_2,5k", "€2.5k"),
        (950, {}, "€_950", "€950"),
        (0, {}, "€_0", "€0"),
        (3_400_000_000, {}, "€_3,4_mld", "€3.4bn"),
        (None, {}, "–", "–"),
    ],
)
def test_short_money_fits_a_tick(amount, keywords, dutch_text: str, english_text: str):
    assert money_short(amount, **keywords) == dutch_text.replace("_", NBSP)
    language.use("en")
    assert money_short(amount, **keywords) == english_text.replace("_", NBSP)


def test_shares_and_numbers():
    assert percent(0.24) == "24,0%"
    assert percent(0.1015, 2) == "10,15%"
    assert percent(0.285, 0) == "29%"  # half up, on the digits as written
    assert percent(-0.32, 0, sign=True) == "-32%"
    assert percent(None) == percent(float("nan")) == number(float("inf")) == "–"
    assert number(47.3, 1) == "47,3"
    assert number(-0.6, 1, sign=True) == "-0,6"
    assert number(1234567) == "1.234.567"


def test_shares_and_numbers_in_english(english: None):
    assert percent(0.24) == "24.0%"
    assert number(1234567.5, 1) == "1,234,567.5"


def test_days_and_dates():
    assert day(date(2026, 12, 31)) == "31-12-2026"
    assert language.day_short(date(2026, 11, 22)) == "22-11"
    assert language.day_words(date(2026, 9, 14)) == "14 sep"
    assert language.in_sentence(date(2026, 11, 22)) == "22\u201111\u20112026"
    assert language.month(date(2026, 3, 1)) == "mrt 2026"
    assert language.month(date(2026, 3, 1), year=False) == "mrt"
    assert language.month(date(2026, 3, 1), long=True) == "maart 2026"
    assert language.days(1) == "1 dag"
    assert language.days(3) == "3 dagen"
    assert language.days(3, short=True) == "3 dgn"
    assert language.days(12.44, 1) == "12,4 dagen"
    assert day(None) == language.days(None) == language.week(None) == "–"


def test_days_and_dates_in_english(english: None):
    assert day(date(2026, 12, 31)) == "31 Dec 2026"
    assert language.day_short(date(2026, 11, 22)) == "22 Nov"
    assert language.in_sentence(date(2026, 11, 2)) == f"2{NBSP}Nov{NBSP}2026"
    assert language.month(date(2026, 5, 1)) == "May 2026"
    assert language.days(1) == "1 day"
    assert language.days(3, short=True) == "3 d"


@pytest.mark.parametrize(
    ("moment", "week", "year"),
    [
        (date(2026, 11, 22), "wk_47", "2026-W47"),
        (date(2026, 12, 31), "wk_53", "2026-W53"),
        (date(2027, 1, 1), "wk_53", "2026-W53"),
        (date(2027, 1, 4), "wk_1", "2027-W01"),
    ],
)
def test_weeks_follow_the_iso_year(moment: date, week: str, year: str):
    assert language.week(moment) == week.replace("_", NBSP)
    assert language.week_of_year(moment) == year


def test_buckets_have_their_names():
    ids = ["not_due", "d1_30", "d31_60", "d61_90", "d90_plus"]
    assert [bucket_label(one) for one in ids] == [
        "Niet vervallen",
        "1–30 dgn",
        "31–60 dgn",
        "61–90 dgn",
        "> 90 dgn",
    ]
    assert [bucket_label(one, (14, 60)) for one in ("b1", "b2", "b3")] == [
        "1–14 dgn",
        "15–60 dgn",
        "> 60 dgn",
    ]
    assert bucket_label("unapplied") == "Niet afgeletterd"
    assert bucket_label("not_due", basis="invoice") == "Vandaag gefactureerd"
    for wrong in ("b4", "b0", "bx", "d1"):
        with pytest.raises(ValueError, match="no bucket"):
            bucket_label(wrong, (14, 60))


def test_the_overdue_buckets_of_a_frame_come_youngest_first():
    assert bucket_ids(["as_of", "b10", "b2", "not_due", "b1", "total"]) == ["b1", "b2", "b10"]
    assert bucket_ids(["d90_plus", "not_due", "d1_30"]) == ["d1_30", "d90_plus"]


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("412345.67", "412000"),
        ("-98765", "-99000"),
        ("1234", "1000"),
        ("448.96", "450"),
        ("87.5", "88"),
        ("0", "0"),
    ],
)
def test_a_forecast_amount_is_written_no_finer_than_it_is(english: None, amount, shown):
    assert forecast_rounding(Decimal(amount)) == Decimal(shown)


def test_a_chance_is_never_written_as_certain(english: None):
    assert [chance(share) for share in (0.0, 0.004, 0.47, 0.999, 1.0)] == [
        "less than 1%", "less than 1%", "47%", "more than 99%", "more than 99%",
    ]  # fmt: skip
    assert [chance_short(share) for share in (0.0, 0.47, 1.0, None)] == ["< 1%", "47%", "> 99%", "–"]


def test_parts_of_a_forecast_add_up_to_their_rounded_sum():
    parts = forecast_parts([Decimal(104600), Decimal(-49600), Decimal(600), Decimal(-300)])
    # 55,300 is 55,000 rounded; one by one they would give 105,000 - 50,000 + 1,000 - 0 = 56,000.
    assert (parts, sum(parts)) == ([Decimal(105000), Decimal(-50000), Decimal(0), Decimal(0)], Decimal(55000))
    assert forecast_parts([Decimal("12.40"), Decimal("-3.40")]) == [Decimal(12), Decimal(-3)]
    assert forecast_parts([]) == []
    assert forecast_parts([Decimal(400)] * 3, Decimal(4000), 1000) == [
        Decimal(2000),
        Decimal(1000),
        Decimal(1000),
    ]
    assert forecast_parts([Decimal(400), Decimal(0)], Decimal(-1000), 1000) == [Decimal(-1000), Decimal(0)]


def test_the_steps_of_a_bridge_add_up_to_the_balances_that_are_shown():
    # 407,405 - 254,600 - 900 + 300 = 152,205; each rounded by itself the steps would make 407 - 255 - 1 + 0.
    shown = forecast_bridge([Decimal(amount) for amount in (407_405, -254_600, -900, 300, 152_205)])
    assert shown == [Decimal(amount) for amount in (407_000, -254_000, -1_000, 0, 152_000)]
