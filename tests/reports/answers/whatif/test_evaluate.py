"""A scenario beside the forecast: the same without levers, and what the levers make of it."""

import json
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import NotEnoughHistoryError, ScenarioError
from reports.answers.forecast import cash_forecast
from reports.answers.whatif import ground as grounds
from reports.answers.whatif.apply_levers import apply_levers
from reports.answers.whatif.evaluate import closing_balances, evaluate
from reports.answers.whatif.json_output import as_json
from reports.answers.whatif.lever import Lever, Scenario
from reports.answers.whatif.scenario_file import parse
from reports.packs.plain_text import json_text
from tests.books import AS_OF, Desk
from tests.reports.answers.whatif.scenarios import HEAD, START, column, evaluate_toml, flow

pytestmark = pytest.mark.usefixtures("english")


NOTHING = [
    'kind = "terms"\nchange = 0',
    'kind = "terms"\nsegment = "Groot"\ndays = 30\npass_through = 1',
    'kind = "discount"\npercent = 2\ndays = 8\nuptake = 0',
    'kind = "delay"\ndays = 0',
    'kind = "effort"\ndays = 0',
    f'kind = "default"\ndate = {START}\nrecovery = 1',
    'kind = "sales"\npercent = 0',
    'kind = "supplier_terms"\nchange = 0',
    'kind = "supplier_terms"\ndays = 40',
    f'kind = "flow"\ndate = {START}\namount = 0.00',
    f'kind = "flow"\ndate = {AS_OF}\namount = 99.00',
    f'kind = "target"\ndate = {START + timedelta(days=30)}\nmax_overdue = 0',
]


@pytest.fixture(scope="module")
def weeks_of_the_forecast(book) -> list[dict]:
    forecast = cash_forecast.as_json(cash_forecast.cash_forecast(book.books(), as_of=AS_OF))
    return json.loads(json_text(forecast))["weeks"]


@pytest.mark.parametrize("lever", ["", *NOTHING])
def test_a_lever_of_nothing_is_the_base_to_the_byte(ground, weeks_of_the_forecast, lever):
    found = evaluate_toml(ground, *([lever] if lever else []))
    printed = json.loads(json_text(as_json(found)))
    assert printed["base"]["weeks"] == weeks_of_the_forecast
    assert json.dumps(printed["scenario"]) == json.dumps(printed["base"])
    assert {row[name] for row in printed["difference"] for name in ("receipts", "payments", "closing")} == {
        "0.00"
    }
    for name in ("dso", "lowest_closing", "probability_below_minimum"):
        assert printed[name]["base"] == printed[name]["scenario"]


def test_ten_days_less_and_ten_days_more_bracket_the_base(ground):
    less = column(evaluate_toml(ground, 'kind = "terms"\nchange = -10'), "closing")
    more = column(evaluate_toml(ground, 'kind = "terms"\nchange = 10'), "closing")

    assert all(shorter >= 0 >= longer for shorter, longer in zip(less, more, strict=True))
    assert less[-1] > 0 > more[-1]


@pytest.mark.slow
@pytest.mark.parametrize(
    "lever", ['kind = "delay"\ndays = 9', 'kind = "instalments"\nparts = 3\nevery_days = 10']
)
def test_when_only_timing_moves_no_receipt_is_lost_over_a_long_horizon(far_ground, lever):
    # Of the invoices that are open now: those still to come are billed to the last week. A few cents are
    # expected later than the year of the flows.
    levers = parse(f"{HEAD}[[lever]]\n{lever}\n").levers
    found = apply_levers(levers, far_ground.flows, far_ground.reactions, START)
    was_open = ~far_ground.flows.is_coming
    before, after = far_ground.flows.by_day[was_open].sum(), found.flows.by_day[was_open].sum()
    assert after == pytest.approx(before, rel=1e-5)
    assert (evaluate_toml(far_ground, lever).difference["receipts"].to_list()[0]) < 0


def test_levers_that_do_not_overlap_add_up(ground):
    one = 'kind = "terms"\nsegment = "Groot"\ndays = 14'
    other = 'kind = "delay"\nsegment = "Klein"\ndays = 5'
    third = 'kind = "supplier_terms"\nchange = 9'
    both = evaluate_toml(ground, one, other, third)
    apart = [evaluate_toml(ground, lever) for lever in (one, other, third)]
    for name in ("receipts", "payments", "closing"):
        weeks = zip(column(both, name), *(column(each, name) for each in apart), strict=True)
        # Every week is rounded to the cent by itself, once per part.
        limit = Decimal("0.06") * (1 if name != "closing" else 13)
        assert all(abs(whole - sum(parts)) <= limit for whole, *parts in weeks)
    assert column(both, "receipts") != [0] * 13


def test_every_closing_of_a_scenario_is_the_one_before_plus_receipts_less_payments(ground):
    found = evaluate_toml(ground, 'kind = "terms"\ndays = 10', 'kind = "sales"\npercent = 12.5', NOTHING[7])
    balance = found.after.opening_balance
    for row in found.after.weeks.iter_rows(named=True):
        assert row["receipts"] == row["from_open_invoices"] + row["from_future_invoices"]
        balance += row["receipts"] - row["payments"]
        assert row["closing"] == balance
    moved = zip(found.after.weeks["closing"], found.base.weeks["closing"], strict=True)
    assert column(found, "closing") == [after - before for after, before in moved]


def test_the_same_courses_carry_both(ground):
    found = evaluate_toml(ground, f'kind = "flow"\ndate = {START + timedelta(days=9)}\namount = -250.00')
    for name in ("closing_p10", "closing_p50", "closing_p97_5"):
        moved = zip(found.after.weeks[name], found.base.weeks[name], strict=True)
        assert [after - before for after, before in moved] == [Decimal(0)] + [Decimal("-250.00")] * 12
    assert column(found, "payments") == [Decimal(0), Decimal("250.00"), *[Decimal(0)] * 11]


def test_minimum_and_credit_line_are_the_scenarios(ground):
    found = evaluate_toml(ground, head=f"{HEAD}minimum_cash = 10000000.00\ncredit_line = 300\n")
    assert found.below == (0.0, 1.0)
    assert set(found.after.weeks["probability_below_minimum"]) == {1.0}
    printed = as_json(found)
    assert printed["credit_line"] == {"base": Decimal("0.00"), "scenario": Decimal("300.00")}


def test_without_a_payment_model_only_payments_and_limits_can_be_asked(tmp_path):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", date(2026, 6, 1), "", "EUR", "130.00")],
    )
    ground = grounds.ground(desk.books(), as_of=AS_OF)
    with pytest.raises(NotEnoughHistoryError, match="at least 30 paid invoices"):
        evaluate_toml(ground, 'kind = "delay"\ndays = 1')
    found = evaluate_toml(ground, f'kind = "flow"\ndate = {START}\namount = 12.34')
    assert column(found, "closing") == [Decimal("12.34")] * 13
    assert found.dso == (None, None)
    with pytest.raises(ScenarioError, match="there are no bills"):
        evaluate_toml(ground, 'kind = "supplier_terms"\ndays = 30')
    with pytest.raises(ScenarioError, match="no customer has a segment"):
        evaluate_toml(ground, 'kind = "delay"\ndays = 1\nsegment = "x"')
    desk.close()


@pytest.mark.slow
def test_fourteen_days_less_release_fourteen_days_of_billings_of_a_whole_ledger(tmp_path):
    """Of 25 invoices of 4,000.00 every Monday, all paid on the 35th day: 200,000.00, in weeks 4 and 5."""
    last = date(2026, 6, 28)
    mondays = [last - timedelta(days=6 + 7 * week) for week in range(59, -1, -1)]
    rows = [(f"F{day:%y%m%d}{n:02}", f"C{n % 20:02}", day) for day in mondays for n in range(25)]
    desk = Desk(tmp_path)
    desk.load(
        customers=[(f"C{n:02}", f"Klant {n}", "", "NL", 30, "") for n in range(20)],
        invoices=[
            (number, who, "invoice", day, day + timedelta(days=30), "EUR", "4000.00")
            for number, who, day in rows
        ],
        payments=[
            (f"P{number}", who, number, day + timedelta(days=35), "EUR", "4000.00")
            for number, who, day in rows
            if day + timedelta(days=35) <= last
        ],
    )
    ground = grounds.ground(desk.books(), as_of=last)
    head = f'name = "x"\nstart = {last + timedelta(days=1)}\n'
    found = evaluate_toml(ground, 'kind = "terms"\ndays = 16\npass_through = 1', head=head)
    desk.close()

    weeks = np.array([float(value) for value in column(found, "receipts")])
    assert weeks.sum() == pytest.approx(200_000, rel=0.02)
    assert weeks == pytest.approx([0, 0, 0, 100_000, 100_000, *[0] * 8], abs=3_000)
    # On Sunday 27 September five weeks are open: the three Mondays of September (27 days) and two of the five
    # of August (31 days); with the lever three, those of September.
    assert found.dso == pytest.approx((27 + 31 * 2 / 5, 27), abs=0.2)


some_levers = st.one_of(
    st.integers(-25, 40).map(lambda days: Lever("terms", {"change": days}, "Groot")),
    st.builds(
        lambda percent, uptake: Lever(
            "discount", {"percent": Decimal(percent), "days": 8, "uptake": Decimal(uptake) / 100}, "Klein"
        ),
        st.integers(0, 5), st.integers(0, 100),
    ),
    st.integers(0, 30).map(lambda days: Lever("delay", {"days": days}, "Klein")),
    st.integers(-20, 20).map(lambda days: Lever("supplier_terms", {"change": days})),
    st.integers(-10_000, 10_000).map(lambda amount: flow(f"{amount}.00", START + timedelta(days=20))),
)  # fmt: skip


# At most one of a kind: two changes of the same terms can add up to terms that are refused.
@given(st.lists(some_levers, max_size=4, unique_by=lambda lever: lever.kind))
def test_the_balances_alone_are_those_of_the_whole_what_if(tight_ground, several):
    scenario = Scenario("x", START, levers=tuple(several))
    assert (
        closing_balances(tight_ground, scenario)
        == evaluate(tight_ground, scenario).after.weeks["closing"].to_list()
    )


@given(st.integers(-25, 40), st.integers(0, 5), st.integers(0, 100), st.integers(-20, 20))
def test_whatever_levers_do_not_overlap_add_up(tight_ground, change, percent, uptake, later):
    apart = [
        Lever("terms", {"change": change}, "Groot"),
        Lever("discount", {"percent": Decimal(percent), "days": 8, "uptake": Decimal(uptake) / 100}, "Klein"),
        Lever("supplier_terms", {"change": later}),
    ]
    base = tight_ground.forecast.weeks["closing"].to_list()
    whole = closing_balances(tight_ground, Scenario("x", START, levers=tuple(apart)))
    parts = [closing_balances(tight_ground, Scenario("x", START, levers=(lever,))) for lever in apart]
    for week, usual in enumerate(base):
        added = sum(part[week] - usual for part in parts)
        # Every week is rounded to the cent by itself, once per part.
        assert abs(whole[week] - usual - added) <= Decimal("0.05") * (week + 1)
