"""A scenario beside the forecast: the same without levers, the lever's doing with them, refusals in words."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from cli import main
from data.errors import NotEnoughHistoryError, ScenarioError
from reports.answers.forecast import cash_forecast
from reports.answers.whatif import saved_scenarios, whatif
from reports.answers.whatif.scenario_file import parse
from reports.packs.plain_text import json_text
from tests.books import AS_OF, Desk, weekly_book

pytestmark = pytest.mark.usefixtures("english")

START = AS_OF + timedelta(days=1)
HEAD = f'name = "x"\nstart = {START}\n'


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("whatif"))
    issued = AS_OF - timedelta(days=20)
    bills = [
        (f"B{n}", "Supplier", issued, AS_OF + timedelta(days=10 + 7 * n), "EUR", "700.00", "")
        for n in range(4)
    ]
    desk.load(
        **weekly_book(until=AS_OF),
        bank_balances=[("NL1", "EUR", AS_OF, "50000.00")],
        bills=bills,
        planned_cash=[("L1", "Rent", "rent", "-1500.00", AS_OF + timedelta(days=3), "monthly", "")],
    )
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def on(book) -> whatif.Ground:
    return whatif.ground(book.books(), as_of=AS_OF)


@pytest.fixture(scope="module")
def far(book) -> whatif.Ground:
    return whatif.ground(book.books(), as_of=AS_OF, weeks=40)


def asked(on: whatif.Ground, *levers: str, head: str = HEAD) -> whatif.WhatIf:
    return whatif.whatif(on, parse(head + "".join(f"[[lever]]\n{lever}\n" for lever in levers)))


def column(found: whatif.WhatIf, name: str) -> list[Decimal]:
    return found.difference[name].to_list()


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


@pytest.mark.parametrize("lever", ["", *NOTHING])
def test_a_lever_of_nothing_is_the_base_to_the_byte(on, book, lever):
    found = asked(on, *([lever] if lever else []))
    printed = json.loads(json_text(whatif.as_json(found)))
    forecast = cash_forecast.as_json(cash_forecast.cash_forecast(book.books(), as_of=AS_OF))

    assert printed["base"]["weeks"] == json.loads(json_text(forecast))["weeks"]
    assert json.dumps(printed["scenario"]) == json.dumps(printed["base"])
    assert {row[name] for row in printed["difference"] for name in ("receipts", "payments", "closing")} == {
        "0.00"
    }
    for name in ("dso", "lowest_closing", "probability_below_minimum"):
        assert printed[name]["base"] == printed[name]["scenario"]


@pytest.mark.parametrize("terms", [-5, 400])
def test_terms_outside_a_year_stay_as_they_are_until_they_are_changed(on, terms):
    # Files bring due dates before the invoice date, and more than a year after it.
    coming = on.flows.is_coming
    odd = replace(on, flows=replace(on.flows, due=np.where(coming, on.flows.issued + terms, on.flows.due)))

    unchanged = asked(odd, 'kind = "terms"\nchange = 0\npass_through = 1')
    assert column(unchanged, "receipts") == [0] * 13
    assert not unchanged.found[0].clipped
    back = 10 if terms < 0 else -10
    inwards = column(asked(odd, f'kind = "terms"\nchange = {back}\npass_through = 1'), "closing")
    assert any(inwards)
    assert all(value * back <= 0 for value in inwards)
    with pytest.raises(ScenarioError, match=f"makes terms of {terms - back} days"):
        asked(odd, f'kind = "terms"\nchange = {-back}\npass_through = 1')


def test_ten_days_less_and_ten_days_more_bracket_the_base(on):
    less = column(asked(on, 'kind = "terms"\nchange = -10'), "closing")
    more = column(asked(on, 'kind = "terms"\nchange = 10'), "closing")

    assert all(shorter >= 0 >= longer for shorter, longer in zip(less, more, strict=True))
    assert less[-1] > 0 > more[-1]


@pytest.mark.parametrize(
    "lever", ['kind = "delay"\ndays = 9', 'kind = "instalments"\nparts = 3\nevery_days = 10']
)
def test_when_only_timing_moves_no_receipt_is_lost_over_a_long_horizon(far, lever):
    # Of the invoices that are open now: those still to come are billed to the last week. A few cents are
    # expected later than the year that is told.
    found = whatif._pulled(far, parse(f"{HEAD}[[lever]]\n{lever}\n"), START)
    was_open = ~far.flows.is_coming
    before, after = far.flows.by_day[was_open].sum(), found.flows.by_day[was_open].sum()
    assert after == pytest.approx(before, rel=1e-5)
    assert (asked(far, lever).difference["receipts"].to_list()[0]) < 0


def test_a_discount_costs_its_share_of_what_takes_it(on):
    lever = 'kind = "discount"\nsegment = "Klein"\npercent = 2\ndays = 8\nuptake = 0.4'
    found = asked(on, lever)
    flows = on.flows
    taken = flows.is_coming & ~flows.is_note & (flows.issued + 8 <= flows.origin + flows.horizon)
    klein = np.array(on.known.segments)[flows.customer] == "Klein"
    assert float(found.forgone) == pytest.approx(0.4 * 0.02 * flows.amount[taken & klein].sum(), abs=0.01)
    assert found.forgone > 0
    [one] = found.found
    # 2% for d days costs 2/98 x 365/d a year.
    assert one.yearly_rate == pytest.approx(0.02 / 0.98 * 365 / one.days_saved)
    assert column(found, "closing")[3] > 0


def test_levers_that_do_not_overlap_add_up(on):
    one = 'kind = "terms"\nsegment = "Groot"\ndays = 14'
    other = 'kind = "delay"\nsegment = "Klein"\ndays = 5'
    third = 'kind = "supplier_terms"\nchange = 9'
    both = asked(on, one, other, third)
    apart = [asked(on, lever) for lever in (one, other, third)]
    for name in ("receipts", "payments", "closing"):
        weeks = zip(column(both, name), *(column(each, name) for each in apart), strict=True)
        # Every week is rounded to the cent by itself, once per part.
        limit = Decimal("0.06") * (1 if name != "closing" else 13)
        assert all(abs(whole - sum(parts)) <= limit for whole, *parts in weeks)
    assert column(both, "receipts") != [0] * 13


def test_every_closing_of_a_scenario_is_the_one_before_plus_receipts_less_payments(on):
    found = asked(on, 'kind = "terms"\ndays = 10', 'kind = "sales"\npercent = 12.5', NOTHING[7])
    balance = found.after.opening_balance
    for row in found.after.weeks.iter_rows(named=True):
        assert row["receipts"] == row["from_open_invoices"] + row["from_future_invoices"]
        balance += row["receipts"] - row["payments"]
        assert row["closing"] == balance
    moved = zip(found.after.weeks["closing"], found.base.weeks["closing"], strict=True)
    assert column(found, "closing") == [after - before for after, before in moved]


def test_the_same_courses_carry_both(on):
    found = asked(on, f'kind = "flow"\ndate = {START + timedelta(days=9)}\namount = -250.00')
    for name in ("closing_p10", "closing_p50", "closing_p97_5"):
        moved = zip(found.after.weeks[name], found.base.weeks[name], strict=True)
        assert [after - before for after, before in moved] == [Decimal(0)] + [Decimal("-250.00")] * 12
    assert column(found, "payments") == [Decimal(0), Decimal("250.00"), *[Decimal(0)] * 11]


def test_who_all_fail_pay_nothing_and_no_course_owes(on):
    lever = f'kind = "default"\ndate = {START}\nrecovery = 0'
    weeks = asked(on, lever).after.weeks
    assert set(weeks["from_open_invoices"]) == {Decimal("0.00")}
    assert all(value >= 0 for name in ("receipts", "receipts_p2_5") for value in weeks[name])


def test_suppliers_terms_are_held_against_the_bills_median(on):
    # Bills of 30 to 51 days: median 40.5, in whole days 40.
    found = asked(on, 'kind = "supplier_terms"\ndays = 47')
    rent, bill = Decimal("1500.00"), Decimal("700.00")
    assert found.base.weeks["payments"].to_list()[:6] == [rent, bill, bill, bill, bill + rent, 0]
    moved = column(found, "payments")
    assert moved[:6] == [Decimal(0), *[Decimal("-700.00"), *[Decimal(0)] * 3], Decimal("700.00")]


def test_minimum_and_credit_line_are_the_scenarios(on):
    found = asked(on, head=f"{HEAD}minimum_cash = 10000000.00\ncredit_line = 300\n")
    assert found.below == (0.0, 1.0)
    assert set(found.after.weeks["probability_below_minimum"]) == {1.0}
    printed = whatif.as_json(found)
    assert printed["credit_line"] == {"base": Decimal("0.00"), "scenario": Decimal("300.00")}


def test_a_default_takes_only_these_customers_receipts(on):
    found = asked(on, f'kind = "default"\ncustomers = ["C0"]\ndate = {START}\nrecovery = 0.25')
    assert found.customers["customer_id"].to_list() == ["C0"]
    whole = asked(on, f'kind = "default"\ncustomers = ["C0"]\ndate = {START}\nrecovery = 0')
    assert float(sum(column(found, "receipts"))) == pytest.approx(
        0.75 * float(sum(column(whole, "receipts")))
    )


def test_a_default_after_the_last_week_is_said_to_change_nothing(on):
    last = AS_OF + timedelta(days=91)
    for day, is_said in ((last, False), (last + timedelta(days=1), True)):
        found = asked(on, f'kind = "default"\ncustomers = ["C1"]\ndate = {day}\nrecovery = 0')
        assert (
            any("is in none of the weeks: it changes nothing" in one for one in found.assumptions) is is_said
        )
    assert set(column(found, "closing")) == {Decimal(0)}


def test_longer_terms_raise_dso_and_shorter_ones_lower_it(on):
    dso = [asked(on, f'kind = "terms"\nchange = {change}\npass_through = 1').dso for change in (-14, 0, 14)]
    assert dso[0][1] < dso[1][1] == dso[1][0] < dso[2][1]
    # Everybody pays so much earlier: nearly so many days.
    assert dso[1][1] - dso[0][1] == pytest.approx(14, abs=2)


def test_effort_goes_no_further_than_this_ledgers_better_quarter(on):
    found = asked(on, 'kind = "effort"\ndays = -60')
    assert found.found[0].days == pytest.approx(-on.known.earlier.mean(), abs=2)
    assert -10 < found.found[0].days < 0
    assert "no customer is moved further than" in " ".join(found.assumptions)


def test_the_assumption_behind_terms_is_in_sight(on):
    found = asked(on, 'kind = "terms"\ndays = 14')
    said = " ".join(found.assumptions)
    assert "only invoices issued from 29 Jun 2026" in said.replace("\xa0", " ")
    assert "0.60 days later or earlier, between 0.30 and 1.00" in said
    for low, value, high in found.difference.select("receipts_low", "receipts", "receipts_high").iter_rows():
        assert low <= value <= high
    assert found.difference["receipts_low"].to_list() != found.difference["receipts_high"].to_list()
    as_given = asked(on, 'kind = "terms"\ndays = 14\npass_through = 0.25')
    assert "0.25 days later or earlier, as given" in " ".join(as_given.assumptions)


def test_a_target_names_the_invoices_that_must_come_in_likely_and_large_first(on):
    day = START + timedelta(days=20)
    found = asked(on, f'kind = "target"\ndate = {day}\nmax_overdue = 20000.00')
    [target] = found.targets
    opened = on.basis.forecast.invoices.filter(pl.col("due_date") < day)
    assert target.must_come_in == opened["open_amount"].sum() - Decimal("20000.00")
    listed = target.invoices
    assert listed["so_far"].to_list()[-1] >= target.must_come_in > listed["so_far"].to_list()[-2]
    assert (listed["due_date"] < day).all()
    worth = listed["probability_paid_by"] * listed["open_amount"].cast(pl.Float64)
    assert worth.to_list() == sorted(worth, reverse=True)
    assert set(column(found, "closing")) == {Decimal("0.00")}
    [easy] = asked(on, f'kind = "target"\ndate = {day}\nmax_overdue = 99999999').targets
    assert (easy.must_come_in, easy.invoices.height) == (Decimal("0.00"), 0)


@pytest.mark.parametrize(
    ("lever", "field", "sentence"),
    [
        (
            'kind = "delay"\ndays = 1\nsegment = "retail"',
            "segment",
            "there is no segment 'retail'; there are",
        ),
        ('kind = "delay"\ndays = 1\ncustomers = ["C1", "C99"]', "customers", "there is no customer 'C99'."),
        ('kind = "terms"\nchange = -40', "change", "makes terms of -10 days; they can be 0 to 365."),
        (
            f'kind = "target"\ndate = {AS_OF}\nmax_overdue = 1',
            "date",
            "date must be after the last day known",
        ),
    ],
)
def test_what_the_books_do_not_know_is_refused_at_its_field(on, lever, field, sentence):
    with pytest.raises(ScenarioError) as refusal:
        asked(on, 'kind = "delay"\ndays = 1', lever)
    assert sentence in str(refusal.value)
    assert (refusal.value.lever, refusal.value.field) == (2, field)


def test_without_a_payment_model_only_payments_and_limits_can_be_asked(tmp_path):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", date(2026, 6, 1), "", "EUR", "130.00")],
    )
    on = whatif.ground(desk.books(), as_of=AS_OF)
    with pytest.raises(NotEnoughHistoryError, match="at least 30 paid invoices"):
        asked(on, 'kind = "delay"\ndays = 1')
    found = asked(on, f'kind = "flow"\ndate = {START}\namount = 12.34')
    assert column(found, "closing") == [Decimal("12.34")] * 13
    assert found.dso == (None, None)
    with pytest.raises(ScenarioError, match="there are no bills"):
        asked(on, 'kind = "supplier_terms"\ndays = 30')
    with pytest.raises(ScenarioError, match="no customer has a segment"):
        asked(on, 'kind = "delay"\ndays = 1\nsegment = "x"')
    desk.close()


def test_fourteen_days_less_release_fourteen_days_of_billings_of_a_whole_ledger(tmp_path):
    """Of 100 invoices of 1,000.00 every Monday, all paid on the 35th day: 200,000.00, in weeks 4 and 5."""
    last = date(2026, 6, 28)
    mondays = [last - timedelta(days=6 + 7 * week) for week in range(59, -1, -1)]
    rows = [(f"F{day:%y%m%d}{n:02}", f"C{n % 20:02}", day) for day in mondays for n in range(100)]
    desk = Desk(tmp_path)
    desk.load(
        customers=[(f"C{n:02}", f"Klant {n}", "", "NL", 30, "") for n in range(20)],
        invoices=[
            (number, who, "invoice", day, day + timedelta(days=30), "EUR", "1000.00")
            for number, who, day in rows
        ],
        payments=[
            (f"P{number}", who, number, day + timedelta(days=35), "EUR", "1000.00")
            for number, who, day in rows
            if day + timedelta(days=35) <= last
        ],
    )
    on = whatif.ground(desk.books(), as_of=last)
    head = f'name = "x"\nstart = {last + timedelta(days=1)}\n'
    found = asked(on, 'kind = "terms"\ndays = 16\npass_through = 1', head=head)
    desk.close()

    weeks = np.array([float(value) for value in column(found, "receipts")])
    assert weeks.sum() == pytest.approx(200_000, rel=0.02)
    assert weeks == pytest.approx([0, 0, 0, 100_000, 100_000, *[0] * 8], abs=3_000)
    # On Sunday 27 September five weeks are open: the three Mondays of September (27 days) and two of the five
    # of August (31 days); with the lever three, those of September.
    assert found.dso == pytest.approx((27 + 31 * 2 / 5, 27), abs=0.2)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_the_command_prints_base_scenario_and_difference(book, tmp_path, capsys):
    file = tmp_path / "scenario.toml"
    file.write_text(f'{HEAD}[[lever]]\nkind = "delay"\ndays = 7\n')
    store = ("--store", str(book.store))
    code, out, _err = run(capsys, "whatif", str(file), "--format", "json", "--weeks", "6", *store)
    printed = json.loads(out)
    assert code == 0
    assert set(printed) >= {
        "name", "base", "scenario", "difference", "dso", "lowest_closing", "probability_below_minimum",
        "assumptions",
    }  # fmt: skip
    assert [len(printed[name]["weeks"]) for name in ("base", "scenario")] == [6, 6]
    assert set(printed["difference"][0]) >= {"week_start", "receipts", "payments", "closing"}
    code, out, _err = run(
        capsys, "forecast", "--scenario", str(file), "--weeks", "6", "--format", "json", *store
    )
    assert (code, json.loads(out)["weeks"]) == (0, printed["scenario"]["weeks"])
    code, out, err = run(capsys, "whatif", str(file), *store)
    assert (code, "closing_scenario" in out) == (0, True)
    assert "DSO at the end of the last week" in err


@pytest.mark.parametrize("command", ["whatif", "backtest"])
def test_the_command_says_that_the_books_end_long_before(book, tmp_path, capsys, command):
    file = tmp_path / "scenario.toml"
    file.write_text('name = "x"\n')
    words = ("whatif", str(file)) if command == "whatif" else ("backtest", "--origins", "2")
    for later, is_told in ((0, False), (60, True)):
        day = str(AS_OF + timedelta(days=later))
        _code, _out, err = run(capsys, *words, "--as-of", day, "--store", str(book.store))
        assert ("The books end on" in err) is is_told


def test_the_command_refuses_with_one_sentence_and_no_result(book, tmp_path, capsys):
    store = ("--store", str(book.store))
    file = tmp_path / "scenario.toml"
    file.write_text(f'{HEAD}[[lever]]\nkind = "terms"\ndays = -400\n')
    for words in (["whatif", str(file)], ["forecast", "--scenario", str(file)]):
        code, out, err = run(capsys, *words, *store)
        assert (code, out) == (1, "")
        assert "kasstroom: Lever 1 (terms): days must be a whole number from 0 to 365, not -400.\n" in err
    code, out, err = run(capsys, "whatif", str(file), "--lang", "nl", *store)
    assert (code, out) == (1, "")
    assert (
        "kasstroom: Knop 1 (terms): days moet een heel getal van 0 tot en met 365 zijn, niet -400.\n" in err
    )
    code, out, err = run(capsys, "whatif", str(tmp_path / "none.toml"), *store)
    assert (code, out) == (1, "")
    code, out, err = run(capsys, "forecast", "--freeze", "--scenario", str(file), *store)
    assert (code, out) == (2, "")
    code, out, err = run(capsys, "forecast", "--scenario", "none", *store)
    assert (code, out) == (1, "")
    assert "There is no scenario file 'none', and none is saved: name a file like scenario.toml." in err


def test_a_saved_scenario_is_found_by_name_until_it_is_thrown_away(tmp_path):
    desk = Desk(tmp_path)
    desk.load(customers=[("C", "Klant", "winkels", "NL", 30, "")])
    first = parse(f'{HEAD}[[lever]]\nkind = "delay"\nsegment = "win\\u0085\\n\\"kels"\ndays = 7\n')
    saved_scenarios.save(desk.store, first)
    assert saved_scenarios.named(desk.books(), "x") == first
    with pytest.raises(ScenarioError, match="saved are 'x'"):
        saved_scenarios.named(desk.books(), "y")
    second = parse(HEAD)
    saved_scenarios.save(desk.store, second)
    assert saved_scenarios.named(desk.books(), "x") == second
    assert Path(tmp_path / "x").exists() is False
    saved_scenarios.delete(desk.store, "x")
    with pytest.raises(ScenarioError, match="none is saved"):
        saved_scenarios.named(desk.books(), "x")
    desk.close()
