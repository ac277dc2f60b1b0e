"""A scenario as TOML: what it takes, what it refuses and in which words, and that it reads back the same."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import ScenarioError
from reports import language
from reports.answers.whatif.lever import Lever, Scenario
from reports.answers.whatif.levers import KINDS
from reports.answers.whatif.scenario_file import parse, read, to_toml
from reports.sentences import translate

pytestmark = pytest.mark.usefixtures("english")

HEAD = 'name = "x"\nstart = 2026-12-01\n'


def lever(text: str) -> str:
    return f"{HEAD}[[lever]]\n{text}\n"


def test_the_scenario_of_the_design_is_read():
    found = parse(
        """
name = "14 days for retail"
start = 2026-12-01
minimum_cash = 250000.00      # optional, as credit_line
[[lever]]
kind = "terms"                # days = new terms, or change = -16; pass_through left out = estimated
segment = "retail"
days = 14
[[lever]]
kind = "flow"                 # negative = out
date = 2027-01-15
amount = -25000.00
"""
    )

    assert found == Scenario(
        name="14 days for retail",
        start=date(2026, 12, 1),
        minimum_cash=Decimal("250000.00"),
        levers=(
            Lever("terms", {"days": 14}, "retail"),
            Lever("flow", {"date": date(2027, 1, 15), "amount": Decimal("-25000.00")}),
        ),
    )


def test_an_amount_never_goes_through_a_binary_fraction():
    found = parse(f"{HEAD}minimum_cash = 1234567890123.01\ncredit_line = 5\n")
    assert found.minimum_cash == Decimal("1234567890123.01")
    assert str(found.credit_line) == "5.00"


REFUSED = [
    (HEAD + "colour = 1", None, "colour", "The scenario has a key 'colour' it does not know; it takes"),
    ("start = 2026-12-01", None, "name", "The scenario: name is missing; write it like name = "),
    ("name = 3", None, "name", "The scenario: name must be a text of 1 to 100 letters on one line."),
    ('name = " "', None, "name", "The scenario: name must be a text of 1 to 100 letters on one line."),
    ('name = "x"\nstart = "2026-12-01"', None, "start", "start must be a day of the years 1900 to 2199,"),
    ('name = "x"\nstart = 2026-12-01T10:00:00', None, "start", "without quotes, not 2026-12-01"),
    ('name = "x"\nstart = 1850-01-01', None, "start", "not 1850-01-01."),
    (HEAD + "minimum_cash = 1.005", None, "minimum_cash", "an amount with at most two decimals, not 1.005."),
    (HEAD + "minimum_cash = nan", None, "minimum_cash", "not NaN."),
    (HEAD + "credit_line = -1", None, "credit_line", "of zero or more, with at most two decimals, not -1."),
    (HEAD + "credit_line = true", None, "credit_line", "not true."),
    (HEAD + "lever = 3", None, "lever", "levers are written as [[lever]]"),
    ("name = ", None, None, "The scenario is no TOML: reading stops on line 1, column 7: “name =”."),
    (HEAD + 'name = "y"', None, None, 'no TOML: reading stops on line 3, column 11: “name = "y"”.'),
    (f'name = "x"\na = {"[" * 5000}', None, None, "The scenario is no TOML: "),
    (f"{HEAD}credit_line = {'9' * 5000}", None, None, "The scenario is no TOML: "),
    (lever("days = 3"), 1, "kind", "Lever 1: kind is missing; it is one of terms, discount,"),
    (lever('kind = "term"'), 1, "kind", "Lever 1: there is no kind 'term'; it is one of terms,"),
    (lever('kind = ["terms"]'), 1, "kind", "Lever 1: there is no kind ['terms'];"),
    (lever('kind = "terms"\ndays = -400'), 1, "days",
     "Lever 1 (terms): days must be a whole number from 0 to 365, not -400."),
    (lever('kind = "terms"\ndays = 14.5'), 1, "days", "a whole number from 0 to 365, not 14.5."),
    (lever('kind = "terms"\ndays = "14"'), 1, "days", "a whole number from 0 to 365, not '14'."),
    (lever('kind = "terms"\nchange = -181'), 1, "change", "from -180 to 180, not -181."),
    (lever('kind = "terms"\ndays = 14\nchange = -16'), 1, "days", "give either days, the new"),
    (lever('kind = "terms"'), 1, "days", "give either days, the new"),
    (lever('kind = "terms"\ndays = 14\npass_through = 1.6'), 1, "pass_through", "from 0 to 1.5, not 1.6."),
    (lever('kind = "terms"\ndays = 14\nuptake = 1'), 1, "uptake",
     "it does not know 'uptake'; it takes days, change, pass_through, segment,"),
    (lever('kind = "discount"\npercent = 2\ndays = 8\nuptake = 1.3'), 1, "uptake",
     "Lever 1 (discount): uptake must be a number from 0 to 1, not 1.3."),
    (lever('kind = "discount"\npercent = 101\ndays = 8\nuptake = 1'), 1, "percent", "not 101."),
    (lever('kind = "discount"\npercent = 2\nuptake = 1'), 1, "days", "days is missing: a whole number"),
    (lever('kind = "instalments"\nparts = 1\nevery_days = 30'), 1, "parts", "from 2 to 36, not 1."),
    (lever('kind = "instalments"\nparts = 3\nevery_days = 0'), 1, "every_days", "from 1 to 180, not 0."),
    (lever('kind = "delay"\ndays = -1'), 1, "days", "from 0 to 365, not -1."),
    (lever('kind = "effort"\ndays = -61'), 1, "days", "from -60 to 60, not -61."),
    (lever('kind = "default"\ndate = 2026-12-01\nrecovery = inf'), 1, "recovery", "not Infinity."),
    (lever('kind = "sales"\npercent = -101'), 1, "percent", "from -100 to 500, not -101."),
    (lever('kind = "supplier_terms"'), 1, "days", "Lever 1 (supplier_terms): give either days"),
    (lever('kind = "flow"\ndate = 2026-12-01\namount = "5"'), 1, "amount", "two decimals, not '5'."),
    (lever('kind = "flow"\namount = 5'), 1, "date", "date is missing: a day of the years"),
    (lever('kind = "target"\ndate = 2026-12-01\nmax_overdue = -1'), 1, "max_overdue", "of zero or more"),
    (lever('kind = "delay"\ndays = 1\nsegment = "a"\ncustomers = ["b"]'), 1, "segment", "not both"),
    (lever('kind = "delay"\ndays = 1\nsegment = 3'), 1, "segment", "segment must be a text"),
    (lever('kind = "delay"\ndays = 1\ncustomers = "C1"'), 1, "customers", "must be a list"),
    (lever('kind = "delay"\ndays = 1\ncustomers = []'), 1, "customers", "must be a list"),
    (lever('kind = "delay"\ndays = 1\n[[lever]]\nkind = "delay"\ndays = 999'), 2, "days", "Lever 2 (delay):"),
    (lever('kind = "delay"\ndays = 1\nstart = 2026-11-30'), 1, "start",
     "Lever 1 (delay): start, 2026-11-30, is before the start of the scenario, 2026-12-01."),
    (lever('kind = "delay"\ndays = 1\nstart = "2027-01-15"'), 1, "start", "start must be a day of the years"),
    (HEAD + '[[lever]]\nkind = "delay"\ndays = 1\n' * 51, None, "lever", "51 levers, and takes at most 50"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "field", "sentence"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_not_sensible_is_refused_in_a_sentence_at_its_field(text, number, field, sentence):
    with pytest.raises(ScenarioError) as refusal:
        parse(text)

    assert sentence in str(refusal.value)
    assert (refusal.value.lever, refusal.value.field) == (number, field)
    assert len(str(refusal.value)) < 400
    language.use("nl")
    assert translate(refusal.value.message) != str(refusal.value)
    assert translate(refusal.value.reason) != str(refusal.value.reason)


def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path):
    file = tmp_path / "scenario.toml"
    file.write_bytes(b'name = "\xff"')
    with pytest.raises(ScenarioError, match="no UTF-8 text"):
        read(file)
    file.write_bytes(b"#" * 1_000_001)
    with pytest.raises(ScenarioError, match="larger than a scenario"):
        read(file)
    file.write_bytes(b'\xef\xbb\xbfname = "x"\r\nstart = 2026-12-01\r\n')
    assert read(file) == Scenario("x", date(2026, 12, 1))


def _value(key):
    low, high = Decimal(key.low), Decimal(key.high)
    match key.kind:
        case "day":
            return st.dates(date(1900, 1, 1), date(2199, 12, 31))
        case "whole":
            return st.integers(int(low), int(high))
        case "money":
            return st.decimals(low, high, places=2)
    return st.decimals(low, high, places=4)


@st.composite
def some_levers(draw):
    kind = draw(st.sampled_from(list(KINDS)))
    keys = {key.name: key for key in KINDS[kind].keys}
    if "change" in keys:
        del keys[draw(st.sampled_from(["days", "change"]))]
    if "pass_through" in keys and draw(st.booleans()):
        del keys["pass_through"]
    names = st.text(min_size=1, max_size=8)
    chosen = draw(
        st.one_of(
            st.just({}),
            st.fixed_dictionaries({"segment": names}),
            st.fixed_dictionaries({"customers": st.lists(names, min_size=1, unique=True).map(tuple)}),
        )
    )
    start = draw(st.none() | st.dates(date(2100, 1, 1), date(2199, 12, 31)))
    return Lever(kind, {name: draw(_value(key)) for name, key in keys.items()}, **chosen, start=start)


@pytest.mark.slow
@given(
    st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=100),
    st.none() | st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.none() | st.decimals(-(10**12), 10**12, places=2),
    st.lists(some_levers(), max_size=5),
)
def test_what_is_written_reads_back_the_same(name, start, minimum, levers):
    asked = Scenario(name, start, minimum, None, tuple(levers))
    assert parse(to_toml(asked)) == asked


def test_a_scenario_is_written_key_by_key_in_the_order_of_its_file():
    discount = {"percent": Decimal("1E+2"), "days": 8, "uptake": Decimal("0.50")}
    levers = (
        Lever("discount", discount, customers=('C"1', "C2")),
        Lever("flow", {"date": date(2027, 1, 15), "amount": Decimal("-25000.00")}),
    )
    scenario = Scenario("50% \x7f off", date(2026, 12, 1), Decimal("250000.00"), None, levers)

    assert to_toml(scenario) == (
        'name = "50% \\u007f off"\nstart = 2026-12-01\nminimum_cash = 250000.00\n\n'
        '[[lever]]\nkind = "discount"\ncustomers = [\n  "C\\"1",\n  "C2",\n]\n'
        "percent = 100\ndays = 8\nuptake = 0.50\n\n"
        '[[lever]]\nkind = "flow"\ndate = 2027-01-15\namount = -25000.00\n'
    )
