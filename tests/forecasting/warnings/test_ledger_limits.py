"""Limits that follow the ledger, on strengths written down by hand."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.arrays import number
from forecasting.warnings import ledger_limits
from forecasting.warnings.ledger_limits import LedgerLimits, factors_of
from forecasting.warnings.rule_result import above_limit
from forecasting.warnings.rules import RULES, WarningRule

LEVEL = "level"


def test_every_rule_flags_as_many_of_the_strongest_cases_and_together_they_flag_what_is_allowed():
    strengths = {
        "a": np.array([5.0, 4.0, 3.0, 2.0, 1.5, 0.5, 0.0, 0.0]),
        "b": np.array([9.0, 0.0, 0.0, 0.0, 0.0, 8.0, 7.0, 6.0]),
    }
    # One of each is case 1; two of each add 2 and 6; three of each add 3 and 7: five, which is too many.
    assert factors_of(strengths, 4) == {"a": 3.0, "b": 7.0}
    assert factors_of(strengths, 3) == {"a": 3.0, "b": 7.0}
    assert factors_of(strengths, 2) == {"a": 4.0, "b": 8.0}
    # All that are beyond their constants: eight cases.
    assert factors_of(strengths, 8) == {"a": 1.0, "b": 1.0}
    # Without b each of a's strongest may speak; b has the limit it would have.
    assert factors_of(strengths, 4, off=["b"]) == {"a": 1.5, "b": 1.0}


def test_equally_strong_cases_are_flagged_all_or_none():
    strengths = {"a": np.array([2.0, 2.0, 2.0, 1.5])}
    assert factors_of(strengths, 2) == {"a": 2.0}
    assert factors_of(strengths, 3) == {"a": 1.5}


@given(
    st.lists(st.lists(st.integers(0, 12), min_size=30, max_size=30), min_size=1, max_size=5),
    st.integers(0, 30),
)
def test_no_more_cases_are_flagged_than_allowed_and_one_more_of_each_would_be_too_many(columns, allowed):
    strengths = {str(at): np.array(values) / 4 for at, values in enumerate(columns)}
    factors = factors_of(strengths, allowed)

    def flagged(limits):
        return sum(any(strengths[name][case] > limit for name, limit in limits.items()) for case in range(30))

    assert flagged(factors) <= allowed
    assert min(factors.values()) >= 1
    if max(factors.values()) > 1:
        # A case more of each rule, with its equals, breaks the limit.
        each = max(int((strengths[name] > limit).sum()) for name, limit in factors.items()) + 1
        looser = {}
        for name, values in strengths.items():
            beyond = np.sort(values[values > 1])[::-1]
            looser[name] = beyond[each] if len(beyond) > each else 1.0
        assert flagged(looser) > allowed or looser == factors


@pytest.fixture
def made_limits(monkeypatch):
    """Return limits of one rule, whose values per month end and customer stand in a table."""

    def make(table: dict[date, list[float]], target: float = 0.1) -> tuple[LedgerLimits, WarningRule]:
        values = {number(day): np.array(row) for day, row in table.items()}

        def measure(_book, day):
            return above_limit(values[day].copy(), 10.0, np.zeros(0, dtype=bool))

        rule = WarningRule(LEVEL, measure, "days", "measured")
        monkeypatch.setattr(ledger_limits, "RULES", (rule,))
        count = len(next(iter(values.values())))
        book = SimpleNamespace(
            issued=np.array([min(values) - 31]),
            customers=count,
            as_of=max(values),
            at=lambda _day: SimpleNamespace(open_amounts=lambda: np.ones(count)),
        )
        return LedgerLimits(book, target), rule

    return make


MONTHS = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]


def rising(highest: float) -> list[float]:
    """Twenty customers: 1, 2, ... 19 days late, and the last as given."""
    return [*map(float, range(1, 20)), highest]


def test_the_limit_is_that_of_the_strongest_tenth_of_the_month_ends_before(made_limits):
    limits, rule = made_limits({day: rising(20.0) for day in MONTHS} | {date(2026, 4, 10): rising(18.5)})
    # 60 cases, six may be flagged: 20 and 19 of three months; the next is 18, and the constant is 10.
    assert limits.factors(number(date(2026, 4, 10))) == {LEVEL: 1.8}
    day = number(date(2026, 4, 10))
    result = limits.apply(rule, rule.test(None, day), day)
    # 18.5 and 19 days are above it. 17 and 18 stood at the end of March under the constant, and stay
    # until nine tenths of the limit.
    assert np.flatnonzero(result.raised).tolist() == [16, 17, 18, 19]
    assert result.limit[16] == pytest.approx(0.9 * 18)
    assert result.limit[0] == pytest.approx(18.0)
    # Forty cases of two months are too few: the constant stands.
    assert limits.factors(number(date(2026, 3, 31))) == {LEVEL: 1.0}


def test_a_customer_that_stood_at_the_last_month_end_stays_though_others_became_worse(made_limits):
    worse = [*map(float, range(1, 17)), 30.0, 31.0, 18.6, 32.0]
    table = {day: rising(20.0) for day in MONTHS}
    table |= {date(2026, 4, 30): worse, date(2026, 5, 20): worse}
    limits, rule = made_limits(table)
    day = number(date(2026, 5, 20))
    # Eight of 80 cases may be flagged: 32, 31, 30 and three of 20 days; with three of 19 it would be nine.
    assert limits.factors(day) == {LEVEL: 1.9}
    result = limits.apply(rule, rule.test(None, day), day)
    assert result.raised[18]  # 18.6 is below 19, but above nine tenths of it, and was raised in April
    assert result.limit[18] == pytest.approx(17.1)
    newcomer = [*worse[:15], 18.7, *worse[16:]]
    limits, rule = made_limits(table | {date(2026, 5, 20): newcomer})
    result = limits.apply(rule, rule.test(None, day), day)
    assert (result.raised[15], result.raised[18]) == (False, True)


def test_within_a_month_no_limit_changes(made_limits):
    limits, _rule = made_limits({day: rising(20.0) for day in MONTHS} | {date(2026, 4, 29): rising(500.0)})
    days = [number(date(2026, 4, day)) for day in range(1, 31)]
    assert {limits.factors(day)[LEVEL] for day in days} == {1.8}


def test_every_measured_rule_has_a_constant_above_zero_to_be_measured_by():
    facts = {rule.name for rule in RULES if rule.kind == "fact"}
    assert facts == {"broken_promise", "bounces", "credit_limit"}
    for rule in RULES:
        if rule.kind == "measured":
            assert rule.unit in {"days", "share", "score", "times"}
