"""Set-off: what a customer owes after its own credit, worked out by hand."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from data.store.load import load
from tests import paths
from tests.books import Desk
from tests.credit_rows import customer, document, payment

DAY = date(2026, 5, 31)
needs_cases = pytest.mark.skipif(not paths.CASES.exists(), reason="../shared/cases is not here")


# Per customer: documents, payments, and what is owed per document on DAY.
LEDGER: dict[str, tuple[list[dict], list[dict], dict[str, str]]] = {
    "paid-then-credited": (  # the note has nothing left to lower: 300 of its 400 pay the other invoice
        [
            document("A1", "paid-then-credited", "2026-01-10", "2026-02-09", "400.00"),
            document("A2", "paid-then-credited", "2026-03-01", "2026-03-31", "300.00"),
            document("A3", "paid-then-credited", "2026-04-01", "", "-400.00", original_invoice_id="A1"),
        ],
        [payment("PA", "paid-then-credited", "A1", "2026-02-01", "400.00")],
        {"A2": "0.00", "A3": "-100.00"},
    ),
    "two-notes": (  # 1,000 less 600 less 400 of the second 600; its last 200 pay part of the other 500
        [
            document("B1", "two-notes", "2026-01-10", "2026-02-09", "1000.00"),
            document("B2", "two-notes", "2026-01-11", "2026-02-10", "500.00"),
            document("B3", "two-notes", "2026-03-01", "", "-600.00", original_invoice_id="B1"),
            document("B4", "two-notes", "2026-03-02", "", "-600.00", original_invoice_id="B1"),
        ],
        [],
        {"B1": "0.00", "B2": "300.00", "B3": "0.00", "B4": "0.00"},
    ),
    "oldest-due-first": (  # 150 pay the invoice due first, though it is the younger one
        [
            document("C1", "oldest-due-first", "2026-01-10", "2026-03-11", "100.00"),
            document("C2", "oldest-due-first", "2026-01-20", "2026-02-03", "100.00"),
            document("C3", "oldest-due-first", "2026-02-01", "", "-150.00"),
        ],
        [],
        {"C1": "50.00", "C2": "0.00", "C3": "0.00"},
    ),
    "undisputed-first": (
        [
            document("D1", "undisputed-first", "2026-01-10", "2026-02-09", "100.00"),
            document("D2", "undisputed-first", "2026-02-10", "2026-03-12", "100.00"),
        ],
        [payment("PD", "undisputed-first", "", "2026-03-20", "120.00")],
        {"D1": "80.00", "D2": "0.00"},
    ),
    "other-administration": (  # paid 90 too much in North: South is another creditor
        [
            document("E1", "other-administration", "2026-01-10", "2026-02-09", "10.00", entity="North"),
            document("E2", "other-administration", "2026-01-10", "2026-02-09", "80.00", entity="South"),
        ],
        [payment("PE", "other-administration", "E1", "2026-02-09", "100.00")],
        {"E1": "-90.00", "E2": "80.00"},
    ),
    "nobodys-money": (  # no administration named, documents in two: set off nowhere
        [
            document("F1", "nobodys-money", "2026-01-10", "2026-02-09", "10.00", entity="North"),
            document("F2", "nobodys-money", "2026-01-10", "2026-02-09", "80.00", entity="South"),
        ],
        [payment("PF", "nobodys-money", "", "2026-02-09", "50.00")],
        {"F1": "10.00", "F2": "80.00"},
    ),
    "only-administration": (
        [document("G1", "only-administration", "2026-01-10", "2026-02-09", "80.00", entity="South")],
        [payment("PG", "only-administration", "", "2026-02-09", "50.00")],
        {"G1": "30.00"},
    ),
    "other-currency": (
        [
            document("H1", "other-currency", "2026-01-10", "2026-02-09", "80.00"),
            document("H2", "other-currency", "2026-01-10", "", "-80.00", currency="USD"),
        ],
        [],
        {"H1": "80.00"},
    ),
    "partly-paid-back": (  # 500 on account, 200 of it paid back: 300 are left
        [document("I1", "partly-paid-back", "2026-01-10", "2026-02-09", "450.00")],
        [
            payment("PI1", "partly-paid-back", "", "2026-01-20", "500.00"),
            payment("PI2", "partly-paid-back", "", "2026-02-01", "-200.00"),
        ],
        {"I1": "150.00"},
    ),
    "named-ahead": (  # the money names an invoice of June: it stays with that
        [
            document("J1", "named-ahead", "2026-01-10", "2026-02-09", "100.00"),
            document("J2", "named-ahead", "2026-06-05", "2026-07-05", "100.00"),
        ],
        [payment("PJ", "named-ahead", "J2", "2026-05-20", "100.00")],
        {"J1": "100.00"},
    ),
    "overpaid-elsewhere": (
        [
            document("K1", "overpaid-elsewhere", "2026-01-10", "2026-02-09", "100.00"),
            document("K2", "overpaid-elsewhere", "2026-02-10", "2026-03-12", "100.00"),
        ],
        [payment("PK", "overpaid-elsewhere", "K1", "2026-02-09", "160.00")],
        {"K1": "0.00", "K2": "40.00"},
    ),
    "not-due-yet": (  # owed nothing more, though the invoice falls due in July
        [document("L1", "not-due-yet", "2026-05-20", "2026-07-19", "100.00")],
        [payment("PL", "not-due-yet", "", "2026-05-30", "100.00")],
        {"L1": "0.00"},
    ),
    "later-note": (  # dated after the day
        [
            document("M1", "later-note", "2026-01-10", "2026-02-09", "100.00"),
            document("M2", "later-note", "2026-06-01", "", "-100.00", original_invoice_id="M1"),
        ],
        [],
        {"M1": "100.00"},
    ),
    "in-parts": (  # 150 off 3 x 100: the part due first is gone, the second is halved
        [
            document("N1", "in-parts", "2026-01-10", "2026-02-09", "300.00"),
            document("N2", "in-parts", "2026-04-01", "", "-150.00", original_invoice_id="N1"),
        ],
        [],
        {"N1": "150.00", "N2": "0.00"},
    ),
}
PARTS = [("N1", "2026-02-09", "100.00"), ("N1", "2026-03-09", "100.00"), ("N1", "2026-04-09", "100.00")]
RATES = [("2026-01-01", "USD", "0.90")]
DISPUTES = [("D1", "2026-02-20", "", "quality", "100.00")]
SETTINGS = [("reporting_currency", "EUR")]


def load_ledger(desk: Desk, **more: list) -> None:
    desk.load(
        customers=[customer(name) for name in LEDGER],
        invoices=[row for documents, _payments, _owed in LEDGER.values() for row in documents],
        payments=[row for _documents, payments, _owed in LEDGER.values() for row in payments],
        instalments=PARTS,
        fx_rates=RATES,
        disputes=DISPUTES,
        settings=SETTINGS,
        **more,
    )


@pytest.fixture(scope="module")
def books_as_usual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The ledger under the rule that sets off all credit."""
    desk = Desk(tmp_path_factory.mktemp("usual"))
    load_ledger(desk)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def without_set_off(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The ledger under the rule that sets off none."""
    desk = Desk(tmp_path_factory.mktemp("none"))
    load_ledger(desk)
    desk.load(settings=[("set_off", "none")])
    yield desk
    desk.close()


def owed(desk: Desk, day: date = DAY, **view: str) -> dict[str, Decimal]:
    together: dict[str, Decimal] = defaultdict(Decimal)
    for row in desk.ask("open_items", as_of=day, **view):
        together[row["invoice_id"]] += row["owed_amount"]
    return dict(together)


@pytest.mark.slow
def test_each_customer_owes_what_is_left_after_its_own_credit(books_as_usual):
    expected = {
        number: Decimal(amount) for _d, _p, owed in LEDGER.values() for number, amount in owed.items()
    }
    expected["H2"] = Decimal("-72.00")  # 80 dollars at 0.90, for no euro debt
    assert owed(books_as_usual) == expected
    # Whatever is looked at, the whole customer was set off first.
    assert owed(books_as_usual, entity="South") == {
        number: expected[number] for number in ("E2", "F2", "G1")
    }  # fmt: skip
    assert owed(books_as_usual, currency="USD") == {"H2": Decimal("-80.00")}
    parts = [
        row["owed_amount"] for row in books_as_usual.ask("open_items", as_of=DAY) if row["invoice_id"] == "N1"
    ]
    assert sorted(parts) == [Decimal("0.00"), Decimal("50.00"), Decimal("100.00")]
    named = [
        row for row in books_as_usual.ask("findings", as_of=DAY) if row["finding"] == "money_without_entity"
    ]
    assert [(row["count"], row["amount"], row["example"]) for row in named] == [(1, Decimal("50.00"), "PF")]


def test_a_set_off_counts_from_the_later_of_its_own_day_and_the_due_date(books_as_usual):
    rows = {(row["invoice_id"], row["credit_id"]): row for row in books_as_usual.ask("set_offs", as_of=DAY)}
    days = {key: row["set_off_date"].isoformat() for key, row in rows.items()}
    assert days["A2", "A3"] == "2026-04-01"  # the note came after the due date
    assert days["I1", "PI1"] == "2026-02-09"  # the money came before it
    assert days["K2", "K1"] == "2026-03-12"
    assert days["L1", "PL"] == "2026-07-19"
    assert days["B1", "B3"] == "2026-03-01"  # a naming note: its own day
    assert [rows[key]["amount"] for key in (("B1", "B3"), ("B1", "B4"), ("B2", "B4"))] == [
        Decimal("600.00"), Decimal("400.00"), Decimal("200.00"),
    ]  # fmt: skip
    assert [rows[key]["is_named"] for key in (("B1", "B4"), ("B2", "B4"))] == [True, False]


def test_an_earlier_day_knows_only_the_credit_of_then(books_as_usual):
    # On 28 February none of the notes of March is there, nor the dispute settled otherwise.
    before = owed(books_as_usual, date(2026, 2, 28))
    assert (before["B1"], before["B2"]) == (Decimal("1000.00"), Decimal("500.00"))
    assert (before["C1"], before["C2"]) == (Decimal("50.00"), Decimal("0.00"))
    assert before["N1"] == Decimal("300.00")


def assert_owed(desk: Desk, expected: dict[str, str]) -> None:
    after = owed(desk)
    assert {number: after[number] for number in expected} == {
        number: Decimal(amount) for number, amount in expected.items()
    }


def test_by_the_rule_of_named_notes_only_they_are_set_off(desk):
    load_ledger(desk)
    desk.load(settings=[("set_off", "named")])
    # Of the two notes 1,000 lower the invoice they name; the rest of the second stays a credit.
    assert_owed(desk, {"B1": "0.00", "B2": "500.00", "B4": "-200.00", "G1": "80.00", "K2": "100.00"})


def test_by_the_rule_of_none_no_credit_is_set_off(without_set_off):
    assert_owed(
        without_set_off,
        {"B1": "1000.00", "B2": "500.00", "B4": "-600.00", "G1": "80.00", "K2": "100.00"},
    )


def test_the_books_own_figures_do_not_change(books_as_usual, without_set_off):
    before, after = (
        [desk.ask(name, as_of=DAY) for name in ("ageing", "tie_out")]
        for desk in (books_as_usual, without_set_off)
    )
    assert after == before


def test_the_worklist_asks_for_what_is_owed_and_not_promised(shared_desk):
    shared_desk.load(
        customers=[customer("A"), customer("B")],
        invoices=[
            document("A1", "A", "2026-01-10", "2026-02-09", "1000.00"),
            document("B1", "B", "2026-01-10", "2026-02-09", "70.00"),
        ],
        payments=[
            payment("PA", "A", "", "2026-02-01", "400.00"),
            payment("PB", "B", "", "2026-02-01", "70.00"),
        ],
        promises=[("A1", "2026-05-20", "2026-06-10", "500.00")],
    )
    rows = {row["invoice_id"]: row for row in shared_desk.ask("worklist_items", as_of=DAY)}
    # 1,000 less 400 on account less 500 promised.
    assert (rows["A1"]["owed_amount"], rows["A1"]["asked_amount"], rows["A1"]["waits"]) == (
        Decimal("600.00"), Decimal("100.00"), None,
    )  # fmt: skip
    assert (rows["B1"]["owed_amount"], rows["B1"]["asked_amount"], rows["B1"]["waits"]) == (
        Decimal("0.00"), Decimal("0.00"), "set_off",
    )  # fmt: skip
    assert rows["A1"]["set_off_with"] == "PA"


def test_a_claim_counts_money_on_account_as_a_payment_and_a_naming_note_from_the_start(shared_desk):
    shared_desk.load(
        customers=[customer("A"), customer("B")],
        invoices=[
            document("A1", "A", "2026-01-15", "2026-02-14", "1000.00"),
            document("B1", "B", "2026-01-15", "2026-02-14", "1000.00"),
            document("B2", "B", "2026-03-01", "", "-500.00", original_invoice_id="B1"),
        ],
        payments=[payment("PA", "A", "", "2026-03-16", "500.00")],
    )
    claims = {row["invoice_id"]: row for row in shared_desk.ask("claims", as_of=DAY)}
    # A: costs 150.00 and 30 days of interest, 1,000 x 10.15% x 30/365 = 8.34, are paid first; 341.66 of the
    # principal are left to pay, and 658.34 stay; 76 days to 31 May: 658.34 x 10.15% x 76/365 = 13.91.
    assert [claims["A1"][name] for name in ("principal", "interest", "collection_costs")] == [
        Decimal("658.34"), Decimal("13.91"), Decimal("0.00"),
    ]  # fmt: skip
    assert [claims["A1"][name] for name in ("open_amount", "set_off_amount", "set_off_with")] == [
        Decimal("1000.00"), Decimal("500.00"), "PA",
    ]  # fmt: skip
    # B: 500 from the start: 500 x 10.15% x 106/365 = 14.74; costs 75.00.
    assert [claims["B1"][name] for name in ("principal", "interest", "collection_costs")] == [
        Decimal("500.00"), Decimal("14.74"), Decimal("75.00"),
    ]  # fmt: skip


@pytest.mark.slow
@needs_cases
def test_the_case_of_credit_notes_and_claims(desk):
    load(desk.store, [paths.CASES / "c01_credit_note_claim" / "in"])
    claims = {row["invoice_id"]: row for row in desk.ask("claims", as_of=DAY)}
    assert set(claims) == {"F2", "F4"}
    assert [claims["F2"][name] for name in ("principal", "interest", "collection_costs")] == [
        Decimal("600.00"), Decimal("17.69"), Decimal("90.00"),
    ]  # fmt: skip
    asked = {
        row["customer_id"]: row["asked_amount"]
        for row in desk.ask("worklist_items", as_of=DAY)
        if row["waits"] is None
    }
    assert asked == {"B2": Decimal("600.00"), "P1": Decimal("1000.00")}


@pytest.mark.slow
@needs_cases
def test_the_case_of_credit_elsewhere(desk):
    load(desk.store, [paths.CASES / "c11_overpaid_other" / "in"])
    assert desk.ask("claims", as_of=DAY) == []
    assert [row for row in desk.ask("worklist_items", as_of=DAY) if row["waits"] is None] == []
    assert desk.ask("top_overdue", as_of=DAY) == []
    assert desk.ask("vat_on_bad_debts", as_of=date(2027, 8, 1)) == []
    kpi = desk.ask("kpi", as_of=DAY)[0]
    assert 0 <= kpi["overdue_share"] <= 1


def test_what_was_written_off_makes_no_credit(shared_desk):
    shared_desk.load(
        customers=[customer("A")],
        invoices=[
            document("A1", "A", "2026-01-10", "2026-02-09", "1000.00"),
            document("A2", "A", "2026-01-11", "2026-02-10", "1000.00"),
        ],
        payments=[
            payment("P1", "A", "A1", "2026-02-01", "1100.00"),
            payment("W1", "A", "A1", "2026-03-01", "1000.00", kind="write_off"),
        ],
    )
    # Of the 1,100 below zero 100 was paid too much, the rest was written off by mistake.
    assert owed(shared_desk)["A2"] == Decimal("900.00")


def test_the_step_of_an_invoice_is_the_same_under_the_filter_of_its_administration(shared_desk):
    invoices = [
        document(
            f"H{n}",
            "A",
            f"2025-{n:02d}-01",
            f"2025-{n:02d}-15",
            "100.00",
            entity="North" if n % 2 else "South",
        )
        for n in range(6, 12)
    ]
    shared_desk.load(
        customers=[customer("A")],
        invoices=[
            *invoices, document("L1", "A", "2026-03-01", "2026-04-15", "100.00", entity="North"),
            document("L2", "A", "2026-03-01", "2026-04-15", "100.00", entity="South"),
        ],
        payments=[
            payment(f"P{n}", "A", row["invoice_id"], row["due_date"], "100.00")
            for n, row in enumerate(invoices)
        ],
    )  # fmt: skip
    whole = {row["invoice_id"]: row for row in shared_desk.ask("worklist_items", as_of=DAY)}
    # Six of the eight that fell due were paid in time.
    assert whole["L1"]["on_time_share"] == 0.75
    for entity, number in (("North", "L1"), ("South", "L2")):
        assert shared_desk.ask("worklist_items", as_of=DAY, entity=entity) == [whole[number]]
