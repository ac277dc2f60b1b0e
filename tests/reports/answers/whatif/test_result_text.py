"""What came of a what-if, in words and rows: interest, break-even, days, weeks, what matters most."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.answers.whatif import result_text, sensitivity, whatif
from reports.answers.whatif.apply_levers import Found
from reports.answers.whatif.scenario_file import Lever, Scenario, parse
from tests.books import AS_OF, Desk, weekly_book

pytestmark = pytest.mark.usefixtures("english")

START = AS_OF + timedelta(days=1)
AT = result_text.Money(Decimal("0.06"), 28.5, 20.0)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("found"))
    issued = AS_OF - timedelta(days=20)
    made.load(
        **weekly_book(until=AS_OF),
        bank_balances=[("NL1", "EUR", AS_OF, "50000.00")],
        bills=[("B1", "Supplier", issued, AS_OF + timedelta(days=24), "EUR", "700.00", "")],
        planned_cash=[("L1", "Rent", "rent", "-150000.00", AS_OF + timedelta(days=40), "none", "")],
    )
    yield made
    made.close()


@pytest.fixture(scope="module")
def on(desk) -> whatif.Ground:
    return whatif.ground(desk.books(), as_of=AS_OF)


@pytest.fixture(scope="module")
def known(desk, on) -> pl.DataFrame:
    return desk.books().ask("customers", as_of=AS_OF)


def asked(on: whatif.Ground, *levers: Lever, **own: object) -> whatif.WhatIf:
    return whatif.whatif(on, Scenario("x", START, levers=levers, **own))  # type: ignore[arg-type]


def flow(amount: str, day: date = START) -> Lever:
    return Lever("flow", date=day, amount=Decimal(amount))


def fact(found: whatif.WhatIf, at: result_text.Money, name: str) -> tuple[str, str]:
    rows = result_text.facts(found, at, (1, 44.0)).filter(pl.col("fact").str.starts_with(name))
    [row] = rows.select("base_case", "scenario").rows()
    return row


def test_interest_is_the_difference_of_the_balances_at_what_money_costs(on):
    # 36,500 more from the first week on, 13 weeks of 7 days at 6% a year: 36,500 x .06 x 91 / 365 = 546.
    found = asked(on, flow("36500.00"))
    assert result_text.interest(found, Decimal("0.06")) == Decimal("546.00")
    assert fact(found, AT, "Interest saved in 13 weeks at 6.0%") == ("–", "+€546")
    assert result_text.interest(asked(on), Decimal("0.06")) == 0


def test_the_discount_that_pays_for_itself_costs_a_year_what_money_costs():
    # 2% for 73 days earlier: 2/98 x 365/73 = 10.2041% a year, and at that price of money 2% again.
    found = Found(1, Lever("discount"), invoices=True, days_saved=73.0, yearly_rate=0.02 / 0.98 * 5)
    assert result_text.break_even(found, Decimal(repr(found.yearly_rate))) == pytest.approx(0.02)
    # At 6%: .06 x 73 / 365 = .012; .012 / 1.012 = 1.1858%.
    assert result_text.break_even(found, Decimal("0.06")) == pytest.approx(0.0118577, abs=1e-7)
    assert (
        result_text.break_even(Found(1, Lever("discount"), invoices=True, days_saved=-2.0), Decimal("0.06"))
        is None
    )


def test_the_cash_cycle_takes_stock_and_supplier_days(on):
    found = asked(on, Lever("supplier_terms", change=7))
    dso = found.dso[0]
    assert fact(found, AT, "Supplier days") == ("28.5", "35.5")
    assert fact(found, AT, "Cash cycle") == (f"{dso + 20 - 28.5:.1f}", f"{dso + 20 - 35.5:.1f}")
    without = result_text.Money(Decimal("0.06"), None, None)
    assert fact(found, without, "Supplier days") == ("–", "–")
    assert not any(
        name.startswith("Cash cycle") for name in result_text.facts(found, without, (1, 44.0))["fact"]
    )
    assert "No bills" in result_text.facts_method(without)


def test_what_a_discount_gives_and_costs_is_told(on):
    found = asked(on, Lever("discount", percent=Decimal(2), days=8, uptake=Decimal("0.4")))
    assert fact(found, AT, "Discount given") == ("€0", f"€{found.forgone:,.0f}")
    assert fact(found, AT, "What the discount costs a year")[1].endswith("%")
    assert fact(found, AT, "Discount that pays for itself")[1].endswith("%")


def test_the_sentence_tells_from_what_to_what(on):
    low = on.basis.forecast.lowest["closing"]
    assert result_text.finding(asked(on)).startswith("No difference: the lowest balance stays ")
    assert result_text.finding(asked(on, flow("50000.00"))).startswith("The lowest balance rises from ")
    assert result_text.finding(asked(on, flow("-50000.00"))).startswith("The lowest balance falls from ")
    last = flow("1000.00", START + timedelta(days=90))
    assert result_text.finding(asked(on, last)).endswith("; +€1,000 after 13 weeks")
    high = asked(on, flow("1.00"), minimum_cash=low + 10)
    assert result_text.finding(high).endswith("; the lowest is below the minimum")


def test_tiles_say_what_it_was_and_how_it_changed(on):
    assert [one.change for one in result_text.tiles(asked(on))] == ["no change"] * 4
    better = {one.key: one for one in result_text.tiles(asked(on, flow("10000.00")))}
    assert (better["last"].change, better["last"].tone) == ("+€10,000", "cash")
    worse = {one.key: one for one in result_text.tiles(asked(on, Lever("delay", days=9)))}
    assert worse["dso"].tone == "out"
    assert worse["dso"].change.startswith("+")


def test_weeks_stand_side_by_side_with_their_difference(on):
    found = asked(on, flow("-250.00", START + timedelta(days=9)))
    rows = result_text.week_rows(found)
    assert rows["closing_change"].to_list() == [0] + [Decimal("-250.00")] * 12
    assert (rows["closing"] - rows["closing_base"]).to_list() == rows["closing_change"].to_list()
    assert rows["payments_change"].to_list() == [0, Decimal("250.00"), *[0] * 11]
    assert result_text.weeks_found(found).startswith("Largest difference in wk")
    assert result_text.weeks_found(asked(on)) == "Every week is as in the base"


def test_the_ten_customers_that_matter_most_have_their_names(on, known):
    found = asked(on, Lever("delay", days=9))
    rows = result_text.customer_rows(found, known)
    assert rows.height == min(10, found.customers.height)
    assert rows["most_change"].abs().to_list() == sorted(rows["most_change"].abs(), reverse=True)
    assert set(rows["customer_name"]) <= set(known["customer_name"])
    assert (
        result_text.customers_found(result_text.customer_rows(asked(on), known), found)
        == "No customer pays otherwise"
    )


def test_a_target_is_told_with_its_invoices(on, known):
    day = START + timedelta(days=20)
    found = asked(on, Lever("target", date=day, max_overdue=Decimal("20000.00")))
    [target] = found.targets
    rows = result_text.target_rows(target, known)
    assert rows["open_amount"].sum() == rows["so_far"][-1]
    said = result_text.target_found(target, "EUR")
    assert f"{rows.height} invoices" in said
    assert f"€{target.must_come_in:,.0f} has to come in" in said
    easy = asked(on, Lever("target", date=day, max_overdue=Decimal("99999999.00")))
    assert "no open invoice has to come in for it" in result_text.target_found(easy.targets[0], "EUR")


def test_scenarios_stand_beside_the_base(on):
    found = {"more": asked(on, flow("10000.00")), "late": asked(on, Lever("delay", days=9))}
    rows = result_text.beside(on.basis.forecast, found, AT, on.bills)
    assert rows["scenario"].to_list() == ["Base case", "more", "late"]
    assert rows["closing_change"].to_list()[:2] == [Decimal("0.00"), Decimal("10000.00")]
    assert rows["lowest"].to_list()[0] == on.basis.forecast.lowest["closing"]
    cycle = [dso + 20 - 28.5 for dso in rows["dso_countback"]]
    assert rows["cash_conversion_cycle"].to_list() == pytest.approx(cycle)
    assert "“more” leaves most" in result_text.beside_found(rows, "EUR")


levers = st.one_of(
    st.integers(-25, 40).map(lambda days: Lever("terms", "Groot", change=days)),
    st.builds(
        lambda percent, uptake: Lever(
            "discount", "Klein", percent=Decimal(percent), days=8, uptake=Decimal(uptake) / 100
        ),
        st.integers(0, 5), st.integers(0, 100),
    ),
    st.integers(0, 30).map(lambda days: Lever("delay", "Klein", days=days)),
    st.integers(-20, 20).map(lambda days: Lever("supplier_terms", change=days)),
    st.integers(-10_000, 10_000).map(lambda amount: flow(f"{amount}.00", START + timedelta(days=20))),
)  # fmt: skip


# At most one of a kind: two changes of the same terms can add up to terms that are refused.
@given(st.lists(levers, max_size=4, unique_by=lambda lever: lever.kind))
@settings(deadline=None, max_examples=25)
def test_the_balances_alone_are_those_of_the_whole_what_if(on, several):
    scenario = Scenario("x", START, levers=tuple(several))
    assert whatif.closings(on, scenario) == whatif.whatif(on, scenario).after.weeks["closing"].to_list()


@given(st.integers(-25, 40), st.integers(0, 5), st.integers(0, 100), st.integers(-20, 20))
@settings(deadline=None, max_examples=25)
def test_levers_that_do_not_overlap_add_up(on, change, percent, uptake, later):
    apart = [
        Lever("terms", "Groot", change=change),
        Lever("discount", "Klein", percent=Decimal(percent), days=8, uptake=Decimal(uptake) / 100),
        Lever("supplier_terms", change=later),
    ]
    base = on.basis.forecast.weeks["closing"].to_list()
    whole = whatif.closings(on, Scenario("x", START, levers=tuple(apart)))
    parts = [whatif.closings(on, Scenario("x", START, levers=(lever,))) for lever in apart]
    for week, usual in enumerate(base):
        added = sum(part[week] - usual for part in parts)
        # Every week is rounded to the cent by itself, once per part.
        assert abs(whole[week] - usual - added) <= Decimal("0.05") * (week + 1)


def test_what_matters_most_comes_first_and_leaving_a_lever_out_takes_its_effect_away(on):
    found = asked(on, flow("40000.00"), Lever("delay", days=3))
    swings = sensitivity.swings(on, found)
    assert swings.is_lowest
    spans = (swings.rows["high_effect"] - swings.rows["low_effect"]).to_list()
    assert spans == sorted(spans, reverse=True)
    [one] = swings.rows.filter(assumption="One-off payment or receipt").to_dicts()
    assert (one["low_said"], one["low_effect"]) == ("without", Decimal("-40000.00"))
    assert (one["high_said"], one["high_effect"]) == ("€60k", Decimal("20000.00"))
    assert "matters most: it moves the lowest balance" in result_text.tornado_found(swings, "EUR")


def test_a_low_point_the_levers_leave_alone_is_not_what_is_compared(on):
    late = START + timedelta(days=85)
    swings = sensitivity.swings(on, asked(on, flow("40000.00", late)))
    assert not swings.is_lowest
    [one] = swings.rows.filter(assumption="One-off payment or receipt").to_dicts()
    assert one["low_effect"] == Decimal("-40000.00")


def test_the_estimate_of_how_customers_follow_is_one_of_what_matters(on):
    swings = sensitivity.swings(on, asked(on, Lever("terms", days=14)))
    [follow] = swings.rows.filter(assumption="Customers follow the terms").to_dicts()
    assert (follow["low_said"], follow["high_said"]) == ("30%", "100%")
    assert not swings.is_lowest
    assert follow["low_effect"] < 0 < follow["high_effect"]
    [terms] = swings.rows.filter(assumption="Payment term").to_dicts()
    # From 30 to 14 days is 16; half as far again is 24: 6 days.
    assert (terms["low_said"], terms["high_said"]) == ("without", "6 d")
    given_by_hand = sensitivity.swings(on, asked(on, Lever("terms", days=14, pass_through=Decimal("0.5"))))
    assert given_by_hand.rows.filter(assumption="Customers follow the terms").is_empty()


def test_the_estimate_is_told_before_any_terms_are_set(on):
    found = whatif.followed(on, Lever("terms", "Groot"), START)
    assert found.pass_through == pytest.approx((0.6, 0.3, 1.0))
    assert result_text.followed_said(found).startswith(
        "Estimated 60%, between 30% and 100%: what other ledgers show"
    )
    assert "no invoice" in result_text.followed_said(
        whatif.followed(on, Lever("terms"), START + timedelta(days=900))
    )


def test_a_scenario_read_from_a_file_is_told_with_its_levers(on):
    found = whatif.whatif(on, parse('name = "x"\n[[lever]]\nkind = "terms"\nsegment = "Groot"\ndays = 14\n'))
    said = result_text.method(found, {}).replace("\xa0", " ")
    assert said.startswith("Payment term 14 days, Groot. From 29 Jun 2026, on the forecast as of 28 Jun 2026")
    assert result_text.method(asked(on), {}).startswith("No levers: the scenario is the forecast")
