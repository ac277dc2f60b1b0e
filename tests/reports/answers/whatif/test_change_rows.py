"""The rows that the charts of a what-if open add up to their bars and lines, to the cent."""

from datetime import timedelta
from decimal import Decimal

import polars as pl
import pytest

from reports import figures
from reports.answers.whatif import change_rows, week_rows
from reports.answers.whatif.lever import Lever, Scenario
from reports.answers.whatif.sensitivity import sensitivity
from reports.answers.whatif.tornado_text import tornado_rows
from reports.colours import LIGHT
from tests.reports.answers.whatif.scenarios import START, evaluate_levers, flow

pytestmark = pytest.mark.usefixtures("english")

NAMES = {"C1": "Klant 1"}
LEVERS = (
    Lever("terms", {"days": 14}), Lever("supplier_terms", {"days": 45}),
    flow("-2500.00", START + timedelta(days=20)),
)  # fmt: skip


def together(rows: pl.DataFrame) -> Decimal:
    return sum(rows["amount"], Decimal(0))


def drawn(trace) -> dict[str, float]:
    return {code: value for code, value in zip(trace.ids, trace.y, strict=True) if code.strip()}


def test_every_week_opens_the_customers_and_payments_behind_its_balance_and_its_difference(ground):
    what_if = evaluate_levers(ground, *LEVERS)
    bars = drawn(figures.difference(week_rows.week_rows(what_if), theme=LIGHT).data[0])
    lines = figures.ScenarioBalances(
        as_of=what_if.base.as_of, opening=what_if.base.opening_balance, before=what_if.base.weeks,
        after=what_if.after.weeks, minimum=Decimal(0), credit_line=Decimal(0),
    )  # fmt: skip
    traces = [trace for trace in figures.scenario_balances(lines, theme=LIGHT).data if trace.ids]
    balances = drawn(traces[1])
    differences = {part.code: part for part in change_rows.of_differences(ground, what_if, NAMES)}
    whole = {part.code: part for part in change_rows.of_balances(ground, what_if, NAMES)}
    assert set(differences) == set(bars)
    assert set(whole) == set(balances)
    assert len(bars) > 8
    for code in list(bars)[::4]:
        assert together(differences[code].rows().rows) == Decimal(str(bars[code]))
    last = list(balances)[-1]
    rows = whole[last].rows().rows
    assert together(rows) == Decimal(str(balances[last]))
    assert rows.row(0)[0] == "Base case"
    assert rows.filter(cause="One-off payment or receipt")["amount"].to_list() == [Decimal("-2500.00")]
    assert rows.filter(customer_id="C1")["party_name"].unique().to_list() == ["Klant 1"]
    # The roundings of 16 amounts are not more than 16 half cents.
    assert together(rows.filter(cause="Rounding")).copy_abs() <= Decimal("0.10")


def test_what_is_paid_later_is_named_bill_by_bill(ground):
    what_if = evaluate_levers(ground, Lever("supplier_terms", {"days": 60}))
    rows = change_rows.changes(ground, Scenario(""), what_if.scenario, 3, NAMES)
    assert rows.select("cause", "party_name").unique().rows() == [("Suppliers", "Supplier")]
    assert set(rows["document_id"]) <= {"B0", "B1", "B2", "B3"}
    assert set(rows["amount"]) == {Decimal("700.00")}
    assert together(rows) == what_if.difference["closing"][2]


@pytest.mark.slow
@pytest.mark.parametrize("days", [0, 85])  # the lowest balance moves; the levers come after it
def test_every_end_of_a_bar_of_the_tornado_opens_what_it_is_made_of(tight_ground, days):
    levers = (flow("40000.00", START + timedelta(days=days)), Lever("delay", {"days": 3}))
    what_if = evaluate_levers(tight_ground, *(levers if not days else levers[:1]))
    outcomes = sensitivity(tight_ground, what_if)
    assert outcomes.is_lowest == (not days)
    bars = figures.tornado(tornado_rows(outcomes), theme=LIGHT).data
    lengths = {code: x for trace in bars for code, x in zip(trace.ids, trace.x, strict=True) if x}
    parts = {part.code: part for part in change_rows.of_tornado(tight_ground, what_if, outcomes, NAMES)}
    assert set(parts) == set(lengths)
    for code, length in lengths.items():
        assert together(parts[code].rows().rows) == Decimal(str(length)), parts[code].label


def test_a_week_of_the_comparison_opens_every_scenario_beside_the_base(ground):
    scenarios = {"Terms": evaluate_levers(ground, LEVERS[0]), "Later": evaluate_levers(ground, LEVERS[1])}
    parts = change_rows.of_comparison(scenarios, "EUR")
    rows = parts[5].rows().rows
    assert rows["scenario"].to_list() == ["Terms", "Later"]
    worked_out = rows["closing_base"] + rows["receipts_change"] - rows["payments_change"]
    assert worked_out.to_list() == rows["closing"].to_list()
    assert rows["closing"].to_list() == [what_if.after.weeks["closing"][5] for what_if in scenarios.values()]
    assert change_rows.of_comparison({}, "EUR") == []
