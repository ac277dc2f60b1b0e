"""A lever in a few words, and its values."""

from decimal import Decimal

import pytest

from reports.answers.whatif.lever import Lever
from reports.answers.whatif.lever_text import lever_summary, value_text
from reports.answers.whatif.levers import KINDS, kind_of
from reports.answers.whatif.scenario_file import parse
from tests.reports.answers.whatif.scenarios import EVERYTHING

pytestmark = pytest.mark.usefixtures("english")


def test_levers_have_a_summary_of_a_few_words():
    scenario = parse(EVERYTHING)
    summaries = [lever_summary(lever, {"C1": "Jansen"}) for lever in scenario.levers]
    assert summaries == [
        "Payment term 14 days, Groot",
        "Payment term -16 days, everybody",
        "Early-payment discount 2.5% within 8 days, everybody",
        "Payment in instalments 3 parts, Jansen and 1 more",
        "Reminder effort -5 days, everybody",
        "Customers pay later +14 days, Jansen",
        "A customer fails, everybody",
        "Sales -12.5%, everybody",
        "Supplier terms 45 days",
        "One-off payment or receipt -25,000",
        "Target for overdue 1,235, Klein",
    ]
    unchanged = Lever("terms", {"change": 0})
    assert lever_summary(unchanged, {}) == "Payment term: unchanged"


def test_a_value_is_short():
    scenario = parse(EVERYTHING)
    values = [
        value_text(kind_of(lever).key(name), value)
        for lever in scenario.levers
        for name, value in lever.values.items()
        if name != "date"
    ]
    assert values == [
        "14 d", "62%", "-16 d", "3%", "8 d", "38%", "3 d", "30 d", "-5 d", "14 d", "25%", "-13%", "45 d",
        "-€25k", "€1.2k",
    ]  # fmt: skip
    assert value_text(KINDS["terms"].key("change"), 9) == "+9 d"
    assert value_text(KINDS["sales"].key("percent"), Decimal(10)) == "+10%"
