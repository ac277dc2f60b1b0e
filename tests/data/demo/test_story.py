"""The demo company's story, in its files: what is long overdue, at an agency, decided and asked before."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from data.demo import demo_facts, write_company
from reports.answers.whatif.scenario_file import parse
from tests.data.demo.company_files import AS_OF, NO_MONEY, SMALL, day, rows_of


def open_amounts(folder: Path) -> dict[str, Decimal]:
    """Return what is open of each invoice that stands, added up line by line."""
    rest = {
        row["invoice_id"]: Decimal(row["amount"])
        for row in rows_of(folder, "invoices")
        if row["invoice_type"] == "invoice" and not row["cancelled_date"]
    }
    for row in rows_of(folder, "payments"):
        if row["invoice_id"] in rest:
            rest[row["invoice_id"]] -= Decimal(row["amount"])
    return {invoice: amount for invoice, amount in rest.items() if amount > 0}


def share_over_ninety_days(folder: Path, as_of: date) -> Decimal:
    due = {row["invoice_id"]: day(row["due_date"]) for row in rows_of(folder, "invoices")}
    rest = open_amounts(folder)
    late = sum((rest[name] for name in rest if (as_of - due[name]).days > 90), NO_MONEY)
    return late / sum(rest.values(), NO_MONEY)


@pytest.mark.parametrize(
    ("invoices", "seed", "as_of"),
    [(500, 1, AS_OF), (500, 2, AS_OF), (1_500, 3, date(2026, 6, 28)), (5_000, 4, date(2024, 2, 29))],
)
def test_a_twentieth_of_the_receivables_is_over_ninety_days_late(
    invoices: int, seed: int, as_of: date, tmp_path: Path
) -> None:
    write_company(tmp_path, invoices=invoices, seed=seed, as_of=as_of)
    assert Decimal("0.04") <= share_over_ninety_days(tmp_path, as_of) <= Decimal("0.06")


def test_an_agency_claims_what_is_open_and_ended_cases_are_borne_out_by_the_books(usual: Path) -> None:
    whose = {row["invoice_id"]: row["customer_id"] for row in rows_of(usual, "invoices")}
    rest: dict[str, Decimal] = {}
    for invoice, amount in open_amounts(usual).items():
        rest[whose[invoice]] = rest.get(whose[invoice], NO_MONEY) + amount
    cases = rows_of(usual, "collection_cases")
    assert sorted(row["status"] for row in cases) == ["open", "open", "paid", "uncollectable", "withdrawn"]
    written_off = sum_by_customer(usual, "write_off")
    for row in cases:
        assert day(row["opened_date"]) <= AS_OF
        claimed = Decimal(row["claimed"])
        match row["status"]:
            case "open":
                assert row["closed_date"] == ""
                assert claimed == rest[row["customer_id"]]
            case "uncollectable":
                assert claimed == written_off[row["customer_id"]]
            case "paid":
                assert row["recovered"] == row["claimed"]
                paid = {
                    (line["customer_id"], line["payment_date"], line["amount"])
                    for line in rows_of(usual, "payments")
                }
                assert (row["customer_id"], row["closed_date"], row["claimed"]) in paid
    assert demo_facts(as_of=AS_OF).handed_over in {row["customer_id"] for row in cases}


@pytest.mark.parametrize(("invoices", "seed"), [(500, 1), (500, 4), (500, 9), (5_000, 3)])
def test_a_small_company_has_all_five_cases_too(invoices: int, seed: int, tmp_path: Path) -> None:
    write_company(tmp_path, invoices=invoices, seed=seed, as_of=AS_OF)
    cases = rows_of(tmp_path, "collection_cases")
    assert sorted(row["status"] for row in cases) == ["open", "open", "paid", "uncollectable", "withdrawn"]
    facts = demo_facts(invoices=invoices, seed=seed, as_of=AS_OF)
    assert facts.handed_over in {row["customer_id"] for row in cases if row["status"] == "open"}
    assert all(day(row["opened_date"]) < day(row["closed_date"]) for row in cases if row["closed_date"])


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_every_customer_that_failed_left_its_last_bills_unpaid(seed: int, tmp_path: Path) -> None:
    write_company(tmp_path, invoices=1_500, seed=seed, as_of=AS_OF)
    failed = demo_facts(invoices=1_500, seed=seed, as_of=AS_OF).failed
    assert len(failed) == 3  # one written off, one too recent for it, one at the agency
    bills: dict[str, list[tuple[str, str]]] = {customer: [] for customer in failed}
    for row in rows_of(tmp_path, "invoices"):
        if row["customer_id"] in bills and row["invoice_type"] == "invoice" and not row["cancelled_date"]:
            bills[row["customer_id"]].append((row["invoice_date"], row["invoice_id"]))
    paid = {row["invoice_id"] for row in rows_of(tmp_path, "payments") if row["kind"] == "payment"}
    for rows in bills.values():
        assert not {invoice for _day, invoice in sorted(rows)[-2:]} & paid


@pytest.mark.parametrize("seed", [2, 12])
def test_customers_with_a_story_buy_all_the_time(seed: int, tmp_path: Path) -> None:
    write_company(tmp_path, invoices=5_000, seed=seed, as_of=AS_OF)
    facts = demo_facts(invoices=5_000, seed=seed, as_of=AS_OF)
    for customer in (facts.sliding, facts.recovering):
        bought = sorted(
            day(row["invoice_date"])
            for row in rows_of(tmp_path, "invoices")
            if row["customer_id"] == customer and row["invoice_type"] == "invoice"
        )
        # About 150 in three years are one a week; drawn freely, gaps of five weeks are usual.
        assert max((later - earlier).days for earlier, later in pairwise([*bought, AS_OF])) <= 28


def sum_by_customer(folder: Path, kind: str) -> dict[str, Decimal]:
    result: dict[str, Decimal] = {}
    for row in rows_of(folder, "payments"):
        if row["kind"] == kind:
            result[row["customer_id"]] = result.get(row["customer_id"], NO_MONEY) + Decimal(row["amount"])
    return result


def test_the_customer_at_the_agency_paid_later_and_later_before_it_stopped(usual: Path) -> None:
    handed_over = demo_facts(as_of=AS_OF).handed_over
    due = {row["invoice_id"]: day(row["due_date"]) for row in rows_of(usual, "invoices")}
    paid = [
        ((AS_OF - day(row["payment_date"])).days, (day(row["payment_date"]) - due[row["invoice_id"]]).days)
        for row in rows_of(usual, "payments")
        if row["customer_id"] == handed_over and row["kind"] == "payment" and row["invoice_id"]
    ]
    assert min(ago for ago, _late in paid) >= 118  # nothing came since
    usually = [late for ago, late in paid if ago > 400]
    lately = [late for ago, late in paid if ago <= 170]
    assert sum(lately) / len(lately) > sum(usually) / len(usually) + 14


def test_discounts_are_booked_as_discounts(usual: Path) -> None:
    percent = {
        row["invoice_id"]: (Decimal(row["amount"]), Decimal(row["discount_percent"] or 0))
        for row in rows_of(usual, "invoices")
    }
    given = [row for row in rows_of(usual, "payments") if row["kind"] == "discount"]
    assert len(given) > 50
    for row in given:
        amount, rate = percent[row["invoice_id"]]
        assert abs(Decimal(row["amount"]) - amount * rate / 100) <= Decimal("0.005")


def test_limits_grow_with_the_company_and_the_sender_is_known(small: Path, usual: Path) -> None:
    for folder, invoices in ((small, SMALL), (usual, 20_000)):
        settings = {row["key"]: row["value"] for row in rows_of(folder, "settings")}
        month = sum(Decimal(row["amount"]) for row in rows_of(folder, "invoices")) / 36
        assert Decimal("0.38") <= Decimal(settings["minimum_cash"]) / month <= Decimal("0.42"), invoices
        assert Decimal("0.2") <= Decimal(settings["credit_line"]) / month <= Decimal("0.24"), invoices
        assert settings["demo_company"] == "yes"
        assert settings["company_iban"].startswith("NL66KASS")


def test_three_scenarios_are_saved_that_the_what_if_page_can_read(usual: Path) -> None:
    rows = rows_of(usual, "scenarios")
    assert len(rows) == 3
    for row in rows:
        scenario = parse(row["toml"])
        assert scenario.name == row["name"]
        assert scenario.start == AS_OF + timedelta(days=1)
    assert {parse(row["toml"]).levers[0].kind for row in rows} == {"terms", "discount", "default"}
