from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.context.view import URL_NAMES, View, from_url, parse_limits

AS_OF = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 23, 8, 30, 15)  # noqa: DTZ001  # in UTC, as the store keeps instants


def test_a_view_with_everything_set_comes_back_from_its_own_address():
    view = View(
        as_of=AS_OF,
        known_on=MOMENT,
        currency="USD",
        entity="Noord & Zuid BV",
        segment="Groot",
        limits=(14, 45),
        basis="invoice",
        compare="2026-10-31",
    )
    assert from_url(view.to_url()) == {
        "as_of": AS_OF,
        "known_on": MOMENT,
        "currency": "USD",
        "entity": "Noord & Zuid BV",
        "segment": "Groot",
        "limits": (14, 45),
        "basis": "invoice",
        "compare": "2026-10-31",
    }


def test_what_is_left_at_its_default_is_not_in_the_address():
    assert View(as_of=AS_OF).to_url() == {"as_of": "2026-11-22"}


@pytest.mark.parametrize(
    ("text", "compare"),
    [("month", "month"), ("20261031", "2026-10-31"), ("fortnight", None), ("31-10-2026", None), ("", None)],
)
def test_a_comparison_is_one_of_four_or_a_day(text, compare):
    assert from_url({"compare": text}).get("compare") == compare


def test_a_view_knows_the_day_it_is_compared_with():
    assert View(as_of=AS_OF).compare_day == date(2026, 11, 15)
    assert View(as_of=AS_OF, compare="quarter").compare_day == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("30-60-90", (30, 60, 90)),
        ("14, 45", (14, 45)),
        ("7", (7,)),
        ("1-2-3-4-5-6-7-8", (1, 2, 3, 4, 5, 6, 7, 8)),
        ("1-2-3-4-5-6-7-8-9", None),
        ("0-30", None),
        ("30-30", None),
        ("60-30", None),
        ("-30", None),
        ("30-x", None),
        ("30.5", None),
        ("99999", None),
        ("٣٠", None),
        ("", None),
    ],
)
def test_bucket_limits_are_one_to_eight_rising_whole_days(text, limits):
    assert parse_limits(text) == limits


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("as_of", "xx"),
        ("as_of", "2026-02-30"),
        ("as_of", "31-12-2026"),
        ("known_on", "gisteren"),
        ("limits", "90-60"),
        ("basis", "payment"),
        ("segment", ""),
    ],
)
def test_what_cannot_be_read_is_left_out_and_never_guessed(name, text):
    assert from_url({name: text}) == {}


def test_known_on_a_bare_day_means_its_end():
    end = datetime.combine(AS_OF, time(22, 59, 59, 999999))  # in Amsterdam, an hour ahead of UTC
    assert from_url({"known_on": "2026-11-22"})["known_on"] == end


def test_a_query_is_given_only_what_it_takes():
    view = View(as_of=AS_OF, segment="Groot", limits=(14, 45))
    assert view.parameters("bank_position") == {"as_of": AS_OF, "known_on": None, "currency": None}
    taken = view.parameters("ageing_buckets")
    assert (taken["segment"], taken["limits"]) == ("Groot", [14, 45])


@given(st.dictionaries(st.sampled_from(URL_NAMES), st.text(max_size=30)))
def test_no_address_breaks_the_reading(address):
    assert set(from_url(address)) <= set(address)
