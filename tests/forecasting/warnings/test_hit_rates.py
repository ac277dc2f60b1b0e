"""Hit and false-alarm rates against a plain recount; the demo company's stories, five seeds."""

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from data.demo import demo_facts, write_company
from data.store.load import load
from forecasting.arrays import number
from forecasting.warnings.rules import BY_NAME
from queries import Books, open_books
from reports.answers.warnings import warnings
from tests.books import Desk
from tests.exhaustive import exhaustive
from tests.forecasting.warnings.ledger_books import book

DAY = date(2026, 11, 22)
FIRST = date(2025, 1, 5)


def ledger(seed: int) -> dict[str, list]:
    """About 1,100 invoices of 30 customers over 22 months: paid in parts, returned, disputed and promised."""
    rng = random.Random(seed)
    rows: dict[str, list] = {
        name: [] for name in ("invoices", "payments", "disputes", "promises", "contacts")
    }
    customers = [
        (f"C{who:02}", f"Name {who}", rng.choice(["x", "y"]), "NL", 14, rng.choice(["", "900.00", "3000.00"]))
        for who in range(30)
    ]
    count = 0
    for who, *_rest in customers:
        usual, spread = rng.uniform(-5, 25), rng.uniform(1, 25)
        for _ in range(rng.randint(15, 60)):
            count += 1
            identity = f"F{count:04}"
            issued = FIRST + timedelta(days=rng.randint(0, 680))
            due, amount = issued + timedelta(days=14), Decimal(rng.randint(1_000, 90_000)) / 100
            rows["invoices"].append(
                {
                    "invoice_id": identity, "customer_id": who, "invoice_type": "invoice",
                    "invoice_date": issued, "due_date": due, "currency": "EUR", "amount": amount,
                    "po_number": rng.choice(["PO"] * 9 + [""]),
                }
            )  # fmt: skip
            paid = max(issued, due + timedelta(days=round(rng.gauss(usual, spread))))
            whole = rng.random()
            first = amount if whole < 0.85 else (amount / 2).quantize(Decimal("0.01"))
            moves = [(paid, first)] if whole < 0.98 else []
            if 0.85 <= whole < 0.95:
                moves.append((paid + timedelta(days=rng.randint(1, 60)), amount - first))
            if rng.random() < 0.05 and moves:  # returned, and paid again
                back = paid + timedelta(days=rng.randint(1, 20))
                moves += [(back, -first), (back + timedelta(days=rng.randint(5, 50)), first)]
            for place, (day, part) in enumerate(moves):
                if day <= DAY:
                    rows["payments"].append((f"P{count:04}-{place}", who, identity, day, "EUR", part))
            late = due + timedelta(days=rng.randint(3, 40))
            if paid > late and late <= DAY:
                rows["contacts"].append((who, identity, late, "e-mail", "out", "friendly_reminder"))
                if rng.random() < 0.4:
                    rows["promises"].append((identity, late, late + timedelta(days=7), amount))
                if rng.random() < 0.2:
                    closed = late + timedelta(days=rng.randint(2, 60))
                    rows["disputes"].append(
                        (identity, late, closed if closed <= DAY else "", "price", amount)
                    )
    return {"customers": customers, **rows}


def open_on(rows: dict[str, list], day: date) -> dict[str, Decimal]:
    """What is open of each invoice at the end of a day, added up payment by payment."""
    found = {row["invoice_id"]: row["amount"] for row in rows["invoices"] if row["invoice_date"] <= day}
    for _id, _who, document, paid, _currency, amount in rows["payments"]:
        if paid <= day and document in found:
            found[document] -= amount
    return found


def month_ends() -> list[date]:
    """Last days of months with half a year of history before and 90 known days after, the latest 24."""
    days, day = [], FIRST
    while day <= DAY:
        if (day + timedelta(days=1)).day == 1:
            days.append(day)
        day += timedelta(days=1)
    first = min(day for day in (FIRST + timedelta(days=n) for n in range(30)))
    return [d for d in days if d >= first + timedelta(days=182) and d <= DAY - timedelta(days=90)][-24:]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_the_rates_on_the_screen_equal_an_independent_recount(desk: Desk, seed: int) -> None:
    rows = ledger(seed)
    desk.load(**rows)
    first_day = min(row["invoice_date"] for row in rows["invoices"])
    whose = {row["invoice_id"]: row["customer_id"] for row in rows["invoices"]}
    due = {row["invoice_id"]: row["due_date"] for row in rows["invoices"]}
    # An invoice turns very late on its 31st day, where something of it is open at that day's end.
    turns = [
        (day, whose[one])
        for one in whose
        if (day := due[one] + timedelta(days=31)) <= DAY and open_on(rows, day).get(one, Decimal(0)) > 0
    ]
    counted = {name: [0, 0] for name in BY_NAME}
    cases = came = 0
    days = [day for day in month_ends() if day >= first_day + timedelta(days=182)]
    for day in days:
        standing = open_on(rows, day)
        asked = {whose[one] for one, amount in standing.items() if amount > 0}
        comes = asked & {who for turn, who in turns if day < turn <= day + timedelta(days=90)}
        cases, came = cases + len(asked), came + len(comes)
        # The books as they were asked on that day itself, not looked back on from today.
        for row in warnings.run_rules(desk.books(), as_of=day).signals.rows.to_dicts():
            counted[row["rule"]][0] += 1
            counted[row["rule"]][1] += row["customer_id"] in comes
    rates = {row["rule"]: row for row in warnings.run_rules(desk.books(), as_of=DAY).rules.to_dicts()}
    assert cases > 200
    assert min(came, cases - came) >= 20
    assert sum(raised for raised, _both in counted.values()) > 200
    for name, (raised, both) in counted.items():
        row = rates[name]
        assert (row["months"], row["cases"], row["came"]) == (len(days), cases, came)
        assert (row["raised"], row["raised_came"]) == (raised, both), name
        assert row["hit_rate"] == pytest.approx(both / came)
        assert row["false_alarm_rate"] == pytest.approx((raised - both) / (cases - came))
        assert row["came_true"] == (pytest.approx(both / raised) if raised >= 20 else None)


def cut(rows: dict[str, list], day: date) -> dict[str, list]:
    """The rows that were known on a day: what was dated later is gone, disputes closed later are open."""
    disputes = [
        (*row[:2], row[2] if row[2] == "" or row[2] <= day else "", *row[3:])
        for row in rows["disputes"] if row[1] <= day
    ]  # fmt: skip
    return {
        "customers": rows["customers"],
        "invoices": [row for row in rows["invoices"] if row["invoice_date"] <= day],
        "payments": [row for row in rows["payments"] if row[3] <= day],
        "contacts": [row for row in rows["contacts"] if row[2] <= day],
        "promises": [row for row in rows["promises"] if row[1] <= day],
        "disputes": disputes,
    }


@pytest.mark.slow
@pytest.mark.parametrize("back", [33, 150])
def test_the_list_of_a_past_day_is_that_of_a_store_that_ends_on_it(
    tmp_path: Path, desk: Desk, back: int
) -> None:
    rows, day = ledger(3), DAY - timedelta(days=back)
    desk.load(**rows)
    then = Desk(tmp_path / "then")
    then.load(**cut(rows, day))
    whole, part = (
        warnings.early_warnings(
            warnings.run_rules(books, as_of=day), books.ask("mutes", as_of=day)
        )
        for books in (desk.books(), then.books())
    )  # fmt: skip
    assert whole.customers.height > 0
    assert whole.limits != (15.0, 2.0)  # the limits followed the ledger
    for name in ("signals", "customers", "rules", "scores", "dots"):
        assert getattr(whole, name).equals(getattr(part, name)), name
    assert (whole.limits, whole.list_rates, whole.open_customers) == (
        part.limits, part.list_rates, part.open_customers,
    )  # fmt: skip


@pytest.mark.parametrize("seed", [1])
def test_simple_rules_equal_a_count_by_hand_on_any_day(desk: Desk, seed: int) -> None:
    rows = ledger(seed)
    desk.load(**rows)
    held = book(desk)
    due = {row["invoice_id"]: row["due_date"] for row in rows["invoices"]}
    whose = {row["invoice_id"]: row["customer_id"] for row in rows["invoices"]}
    limits = {one[0]: one[5] for one in rows["customers"]}
    for back in (0, 17, 100, 333, 500):
        day = DAY - timedelta(days=back)
        standing = {one: amount for one, amount in open_on(rows, day).items() if amount > 0}
        values = {name: BY_NAME[name].test(held, number(day)).value for name in
                  ("level_now", "share_overdue", "credit_limit", "concentration")}  # fmt: skip
        everything = sum(standing.values())
        for at, who in enumerate(held.ids):
            own = {one: amount for one, amount in standing.items() if whose[one] == who}
            together = sum(own.values())
            if limits[who]:
                assert values["credit_limit"][at] == pytest.approx(float(together / Decimal(limits[who])))
            if not together:
                assert np.isnan(values["level_now"][at])
                continue
            late = sum(amount * min(max((day - due[one]).days, 0), 365) for one, amount in own.items())
            overdue = sum(amount for one, amount in own.items() if due[one] < day)
            assert values["level_now"][at] == pytest.approx(float(late / together))
            assert values["share_overdue"][at] == pytest.approx(float(overdue / together))
            assert values["concentration"][at] == pytest.approx(float(together / everything))


@pytest.fixture(scope="module", params=[11, *exhaustive(range(12, 16))])
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path]:
    seed = int(request.param)
    folder = tmp_path_factory.mktemp(f"company-{seed}")
    write_company(folder / "in", seed=seed, as_of=DAY)
    load(folder / "store", [folder / "in"])
    return seed, folder / "store"


def raised(books: Books, rules: set[str], who: str, day: date) -> dict[str, dict]:
    rows = warnings.run_rules(books, as_of=day).signals.rows.filter(customer_id=who).to_dicts()
    return {row["rule"]: row for row in rows if row["rule"] in rules}


@pytest.mark.slow
def test_the_sliding_customer_is_raised_in_time_and_the_recovering_one_clears(
    company: tuple[int, Path],
) -> None:
    seed, store = company
    facts = demo_facts(seed=seed, as_of=DAY)
    change = DAY - timedelta(days=70)  # written in the company's recipe, known to no rule
    with open_books(store) as books:
        first = next(
            day for day in (change + timedelta(days=n) for n in range(46))
            if "shift" in raised(books, {"shift"}, facts.sliding, day)
        )  # fmt: skip
        items = books.ask("open_items", as_of=first, customer=facts.sliding).to_dicts()
        # Nothing that fell due since is 30 days overdue yet, and the whole is far from it.
        since = [row for row in items if row["due_date"] >= change and row["open_amount"] > 0]
        assert max((row["days_overdue"] for row in since), default=0) < 30
        late = warnings.run_rules(books, as_of=first).signals.scores.filter(customer_id=facts.sliding)
        assert (late["level_now"][0] or 0.0) < 30
        # On the last day it still stands, since the same stretch.
        assert raised(books, {"shift"}, facts.sliding, DAY)["shift"]["value"] > 2
        levels = {"level_now", "level_past", "share_overdue"}
        bad = raised(books, levels, facts.recovering, DAY - timedelta(days=200))
        assert "level_past" in bad
        assert raised(books, {*levels, "shift"}, facts.recovering, DAY) == {}


@pytest.mark.slow
def test_the_customer_at_the_agency_was_named_before_it_stopped_paying(company: tuple[int, Path]) -> None:
    seed, store = company
    facts = demo_facts(seed=seed, as_of=DAY)
    stopped = DAY - timedelta(days=118)  # written in the company's recipe, known to no rule
    with open_books(store) as books:
        before = [stopped - timedelta(days=weeks * 7) for weeks in range(1, 13)]
        days = [day for day in before if raised(books, {"shift", "level_now"}, facts.handed_over, day)]
        # In time for something to be done: a month before, and in most weeks of the quarter.
        assert min(days) <= stopped - timedelta(days=30)
        assert len(days) >= 6


@pytest.mark.slow
def test_the_list_holds_about_the_target_share_of_customers_and_is_right_more_often_than_not_naming_any(
    company: tuple[int, Path],
) -> None:
    _seed, store = company
    with open_books(store) as books:
        found = warnings.early_warnings(warnings.run_rules(books, as_of=DAY), books.ask("mutes", as_of=DAY))
    rates = found.list_rates
    # The target is a tenth, of what rules measure; facts come on top, and rules that were wrong drop out.
    assert 0.06 <= rates.flagged_share <= 0.14
    assert 0.05 <= found.customers.height / found.open_customers <= 0.17
    assert rates.hit_share is not None
    assert rates.base_rate is not None
    assert rates.hit_share > 1.4 * rates.base_rate
