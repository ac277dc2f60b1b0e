"""What may be claimed for late payment: published cases to the cent, and what was worked out by hand."""

import json
from datetime import date
from decimal import Decimal

import pytest

from data import law
from queries.claims.claim import collection_costs, with_vat
from reports import language
from reports.answers.claims import text as claims_text
from tests import paths

ORACLES = json.loads((paths.ORACLES / "dutch_law_cases.json").read_text(encoding="utf-8"))
INTEREST = [pytest.param(case, id=case["id"]) for case in ORACLES["interest"]]
COSTS = [pytest.param(case, id=case["principal"]) for case in ORACLES["collection_costs"]]


def money(text: str | int) -> Decimal:
    return Decimal(text).quantize(Decimal("0.01"))


def customer(number: str = "C1", kind: str = "", rate: str = "") -> dict[str, object]:
    return {
        "customer_id": number, "customer_name": number, "segment": "", "country": "NL",
        "payment_terms_days": 30, "credit_limit": "", "customer_type": kind,
        "contract_interest_percent": rate,
    }  # fmt: skip


def bill(amount: str, due: str, name: str = "F1", who: str = "C1", *, issued=None) -> tuple:
    return (name, who, "invoice", issued or due, due, "EUR", amount)


def paid(amount: str, day: str, number: str = "P1", invoice: str = "F1") -> tuple:
    return (number, "C1", invoice, day, "EUR", amount)


def notice(day: str, invoice: str = "", direction: str = "out") -> tuple:
    return ("C1", invoice, day, "email", direction, "notice_14_days")


def parts(row: dict) -> tuple[Decimal, ...]:
    return row["principal"], row["interest"], row["collection_costs"], row["total"]


def one(desk, day: str, **values: object) -> dict:
    rows = desk.ask("claims", as_of=day, **values)
    assert len(rows) == 1
    return rows[0]


@pytest.mark.parametrize("case", INTEREST)
def test_interest_as_published(shared_desk, case):
    shared_desk.load(
        customers=[customer(kind=case["kind"].replace("commercial", "business"))],
        invoices=[bill(case["principal"], case["due"])],
    )
    rows = shared_desk.ask("claims", as_of=case["paid"])
    assert sum(row["interest"] for row in rows) == Decimal(case["interest"])
    periods = shared_desk.ask("claim_periods", as_of=case["paid"])
    assert sum(period["days"] for period in periods) == case["days"]
    if "periods" in case:
        assert [
            {
                "from": str(row["from_date"]), "to_incl": str(row["to_date"]), "days": row["days"],
                "rate_pct": f"{row['rate_percent'].normalize():f}", "base": str(row["base"]),
                "interest": str(row["interest"]),
            }
            for row in periods
        ] == case["periods"]  # fmt: skip


@pytest.mark.parametrize("case", COSTS)
def test_collection_costs_as_published(case):
    costs = collection_costs(int(Decimal(case["principal"]) * 100))
    assert Decimal(costs) / 100 == Decimal(case["bik"])
    assert Decimal(with_vat(costs)) / 100 == Decimal(case["bik_incl_vat_21"])


def test_a_business_claim_and_what_a_payment_leaves_of_it(shared_desk):
    # 10,000 x 11.15% x 59 / 365 = 180.23; costs 375 + 250 + 250 = 875; 2,000 - 875 - 180.23 = 944.77.
    shared_desk.load(
        customers=[customer(), customer("C2")],
        invoices=[bill("10000.00", "2025-01-31"), bill("10000.00", "2025-01-31", "F2", "C2")],
        payments=[paid("2000.00", "2025-03-31")],
    )
    rows = {row["customer_id"]: row for row in shared_desk.ask("claims", as_of="2025-03-31")}
    unpaid, row = rows["C2"], rows["C1"]
    assert parts(unpaid) == (money(10000), money("180.23"), money("875.00"), money("11055.23"))
    assert parts(row) == (money("9055.23"), money(0), money(0), money("9055.23"))
    assert row["open_amount"] == money(8000)
    [applied] = shared_desk.ask("claim_payments", as_of="2025-03-31")
    assert [applied[name] for name in ("amount", "to_costs", "to_interest", "to_principal")] == [
        money(2000), money(875), money("180.23"), money("944.77"),
    ]  # fmt: skip
    # 9,055.23 x 11.15% x 91 / 365 = 251.7230.
    [row] = [row for row in shared_desk.ask("claims", as_of="2025-06-30") if row["customer_id"] == "C1"]
    assert parts(row) == (money("9055.23"), money("251.72"), money(0), money("9306.95"))


def test_a_day_before_the_payment_knows_nothing_of_it(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("10000.00", "2025-01-31")],
        payments=[paid("2000.00", "2025-04-01")],
    )
    assert one(shared_desk, "2025-03-31")["total"] == money("11055.23")


def test_what_was_paid_before_the_due_date_lowers_the_principal_and_the_costs(shared_desk):
    # 1,000 - 700 = 300: costs 45.00; one day of 300 x 11.15% / 365 = 0.09.
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("1000.00", "2025-01-31", issued="2025-01-01")],
        payments=[paid("700.00", "2025-01-31")],
    )
    assert parts(one(shared_desk, "2025-02-01")) == (money(300), money("0.09"), money(45), money("345.09"))


def test_a_payment_that_is_taken_back_never_was(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("10000.00", "2025-01-31")],
        payments=[paid("2000.00", "2025-02-15"), paid("-2000.00", "2025-03-01", "P2")],
    )
    assert one(shared_desk, "2025-03-31")["total"] == money("11055.23")


def test_a_reversal_takes_back_the_payment_of_its_amount_and_not_the_latest(shared_desk):
    # 1,000 - 875 costs; 10,000 x 11.15% x 38 / 365 = 116.08 interest; 8.92 is left for the principal.
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("10000.00", "2025-01-31")],
        payments=[
            paid("3000.00", "2025-02-10"),
            paid("1000.00", "2025-03-10", "P2"),
            paid("-3000.00", "2025-03-20", "P3"),
        ],
    )
    [applied] = shared_desk.ask("claim_payments", as_of="2025-03-31")
    assert str(applied["payment_date"]) == "2025-03-10"
    assert [applied[name] for name in ("amount", "to_costs", "to_interest", "to_principal")] == [
        money(1000), money(875), money("116.08"), money("8.92"),
    ]  # fmt: skip


def test_payments_of_a_day_are_one_but_are_taken_back_one_by_one(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("10000.00", "2025-01-31")],
        payments=[
            paid("3000.00", "2025-02-10"),
            paid("400.00", "2025-02-10", "P2"),
            paid("100.00", "2025-02-10", "P3"),
            paid("1000.00", "2025-03-10", "P4"),
            paid("-3000.00", "2025-03-20", "P5"),
            paid("-200.00", "2025-03-21", "P6"),
        ],
    )
    rows = shared_desk.ask("claim_payments", as_of="2025-03-31")
    assert [(str(row["payment_date"]), row["amount"]) for row in rows] == [
        ("2025-02-10", money(500)),
        ("2025-03-10", money(800)),  # nothing of 200 was paid, so that the latest gives it up
    ]


@pytest.mark.slow
def test_the_interest_of_a_full_year_bears_interest_but_not_what_was_paid_of_it(shared_desk):
    # Contract 10%: 1,000 -> 100.00 after the year to 31-01-2024; 140 then pays the 40.00 of costs that were
    # left (150 less 110 on the day after the due date) and 100.00 of interest. 1,000 x 10% x 29 / 365 = 7.95.
    # A payment ends a stretch: 0.27 for its day, 99.45 for the 363 days after it.
    shared_desk.load(
        customers=[customer(rate="10")],
        invoices=[bill("1000.00", "2023-01-31")],
        payments=[paid("110.00", "2023-02-01"), paid("140.00", "2024-01-31", "P2")],
    )
    assert one(shared_desk, "2024-01-30")["interest"] == money("99.72")
    assert parts(one(shared_desk, "2024-01-31")) == (money(1000), money(0), money(0), money(1000))
    assert one(shared_desk, "2024-02-29")["interest"] == money("7.95")


def test_unpaid_interest_is_added_to_the_base_on_the_anniversary(shared_desk):
    # 1,000 x 10% = 100.00, then 1,100 x 10% x 29 / 365 = 8.74.
    shared_desk.load(customers=[customer(rate="10")], invoices=[bill("1000.00", "2023-01-31")])
    assert one(shared_desk, "2024-01-31")["interest"] == money("100.00")
    assert one(shared_desk, "2024-02-29")["interest"] == money("108.74")
    assert [row["base"] for row in shared_desk.ask("claim_periods", as_of="2024-02-29")] == [
        money(1000),
        money(1100),
    ]


def test_an_agreed_rate_replaces_the_statutory_one_also_where_it_is_nothing(shared_desk):
    # 1,000 x 12.5% x 30 / 365 = 10.27.
    shared_desk.load(
        customers=[customer(rate="12.5"), customer("C2", rate="0"), customer("C3", kind="public")],
        invoices=[bill("1000.00", "2026-01-31", f"F{n}", f"C{n}") for n in (1, 2, 3)],
    )
    rows = {row["customer_id"]: row for row in shared_desk.ask("claims", as_of="2026-03-02")}
    assert [(rows[c]["interest"], rows[c]["rate_kind"]) for c in ("C1", "C2", "C3")] == [
        (money("10.27"), "contract"), (money(0), "contract"), (money("8.34"), "commercial"),
    ]  # fmt: skip


def test_a_consumer_owes_costs_only_when_the_14_days_have_passed(shared_desk):
    shared_desk.load(
        customers=[customer(kind="consumer")],
        invoices=[bill("1000.00", "2026-01-31")],
        contacts=[notice("2026-03-01"), notice("2026-02-05", direction="in"), notice("2026-01-31")],
    )
    before, after = one(shared_desk, "2026-03-15"), one(shared_desk, "2026-03-16")
    assert (before["collection_costs"], before["costs_from"]) == (money(0), None)
    assert (after["collection_costs"], after["costs_from"]) == (money(150), date(2026, 3, 16))
    assert before["notice_date"] == after["notice_date"] == date(2026, 3, 1)
    # 1,000 x 4% x 44 / 365 = 4.82: the rate for consumers.
    assert (after["interest"], after["rate_kind"]) == (money("4.82"), "consumer")


@pytest.mark.usefixtures("english")
def test_what_the_costs_are_with_vat_is_said_beside_the_claim(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("300.00", "2025-01-31"), bill("1000.00", "2025-01-31", "F2")],
    )
    # 45.00 and 150.00, and a fifth and a hundredth more.
    said = claims_text.costs_with_vat(shared_desk.books().ask("claims", as_of="2025-03-31"), "EUR")
    assert said.startswith("The collection costs of €195.00 are without VAT.")
    assert said.endswith(" asks €235.95.")
    assert not claims_text.costs_with_vat(shared_desk.books().ask("claims", as_of="2025-01-31"), "EUR")


NOTICES = [
    *((said, 150) for said in (
        "14-day notice", "14_day_notice", "Notice 14 days", "notice_14", "14-dagenbrief",
        "veertiendagenbrief", "WIK-brief",
    )),
    *((said, 0) for said in ("14", "call 14", "notice", "14 boxes", "aanmaning", "notice_140_days")),
]  # fmt: skip


@pytest.mark.parametrize(("said", "costs"), NOTICES)
def test_a_notice_is_known_by_the_names_it_goes_by(shared_desk, said, costs):
    shared_desk.load(
        customers=[customer(kind="consumer")],
        invoices=[bill("1000.00", "2026-01-31")],
        contacts=[("C1", "", "2026-03-01", "email", "out", said)],
    )
    assert one(shared_desk, "2026-03-16")["collection_costs"] == money(costs)


def test_a_consumer_without_a_notice_owes_no_costs(shared_desk):
    shared_desk.load(
        customers=[customer(kind="consumer")],
        invoices=[bill("1000.00", "2026-01-31")],
        contacts=[("C1", "", "2026-02-05", "letter", "out", "final_demand")],
    )
    assert one(shared_desk, "2026-12-31")["collection_costs"] == 0


def test_what_a_consumer_pays_within_the_14_days_bears_no_costs(shared_desk):
    shared_desk.load(
        customers=[customer(kind="consumer")],
        invoices=[bill("1000.00", "2026-01-31")],
        payments=[paid("700.00", "2026-03-10")],
        contacts=[notice("2026-03-01")],
    )
    # Interest to 10 March: 1,000 x 4% x 38 / 365 = 4.16; principal 304.16; 15% of it 45.62.
    row = one(shared_desk, "2026-03-16")
    assert (row["principal"], row["collection_costs"]) == (money("304.16"), money("45.62"))


def test_the_claims_under_one_notice_are_added_first_and_share_the_costs_to_the_cent(shared_desk):
    # 3 x 33.33 = 99.99: the minimum of 40.00 once, not three times.
    shared_desk.load(
        customers=[customer(kind="consumer")],
        invoices=[bill("33.33", "2026-01-31", f"F{n}") for n in (1, 2, 3)],
        contacts=[notice("2026-03-01")],
    )
    costs = [row["collection_costs"] for row in shared_desk.ask("claims", as_of="2026-03-16")]
    assert sum(costs) == money(40)
    assert sorted(costs) == [money("13.33"), money("13.33"), money("13.34")]


def test_a_notice_about_one_invoice_says_nothing_of_another(shared_desk):
    shared_desk.load(
        customers=[customer(kind="consumer")],
        invoices=[bill("100.00", "2026-01-31"), bill("200.00", "2026-01-31", "F2")],
        contacts=[notice("2026-03-01", "F1")],
    )
    rows = {row["invoice_id"]: row for row in shared_desk.ask("claims", as_of="2026-04-30")}
    assert [rows[name]["collection_costs"] for name in ("F1", "F2")] == [money(40), money(0)]
    assert rows["F2"]["notice_date"] is None


def test_limitation_is_flagged_the_day_after_five_years(shared_desk):
    shared_desk.load(customers=[customer()], invoices=[bill("100.00", "2020-02-29")])
    row = one(shared_desk, "2025-02-28")
    assert (row["limitation_date"], row["is_time_barred"]) == (date(2025, 2, 28), False)
    assert one(shared_desk, "2025-03-01")["is_time_barred"] is True


def test_only_overdue_invoices_are_claimed(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[
            bill("100.00", "2026-03-01", "F1"),
            bill("100.00", "2026-03-31", "F2"),
            ("K1", "C1", "credit_note", "2026-01-01", "2026-01-01", "EUR", "-50.00"),
            bill("80.00", "2026-01-01", "F3"),
        ],
        payments=[paid("80.00", "2026-02-01", "P1", "F3"), ("P2", "C1", "", "2026-02-01", "EUR", "10.00")],
    )
    assert [row["invoice_id"] for row in shared_desk.ask("claims", as_of="2026-03-31")] == ["F1"]
    assert shared_desk.ask("claims", as_of="2026-03-01") == []


def test_of_an_invoice_in_instalments_only_what_fell_due_is_claimed(shared_desk):
    # 600 from 1 February and 400 from 1 March: costs over 600, then what the scale adds for 1,000: 150.00.
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("1000.00", "2026-02-28", issued="2026-01-01")],
        instalments=[("F1", "2026-01-31", "600.00"), ("F1", "2026-02-28", "400.00")],
    )
    row = one(shared_desk, "2026-02-28")
    assert (row["principal"], row["collection_costs"], row["due_date"]) == (
        money(600),
        money(90),
        date(2026, 1, 31),
    )
    row = one(shared_desk, "2026-03-31")
    # 600 x 10.15% x 59 / 365 = 9.84; 400 x 10.15% x 31 / 365 = 3.45.
    assert parts(row) == (money(1000), money("13.29"), money(150), money("1163.29"))


def test_a_credit_was_never_owed_and_a_dispute_is_told(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("1000.00", "2026-01-31")],
        payments=[{
            "payment_id": "K1", "customer_id": "C1", "invoice_id": "F1", "payment_date": "2026-02-15",
            "currency": "EUR", "amount": "700.00", "kind": "credit",
        }],
        disputes=[("F1", "2026-02-10", "2026-03-01", "price", "50.00")],
    )  # fmt: skip
    row = one(shared_desk, "2026-02-28")
    # 300 x 10.15% x 28 / 365 = 2.34.
    assert parts(row) == (money(300), money("2.34"), money(45), money("347.34"))
    assert (row["is_disputed"], row["disputed_amount"]) == (True, money(50))
    assert one(shared_desk, "2026-03-01")["is_disputed"] is False


def test_every_rate_has_a_source_and_a_day_and_none_is_of_a_half_year_to_come():
    for kind in ("commercial", "consumer"):
        published = law.rates(kind)
        assert [rate.valid_from for rate in published] == sorted({rate.valid_from for rate in published})
        assert all(rate.source and rate.verified_on >= rate.valid_from for rate in published)
    assert law.rate_on("commercial", date(2026, 6, 30)).percent == Decimal("10.15")
    assert law.rate_on("commercial", date(2026, 7, 1)).percent == Decimal("10.40")
    assert law.rate_on("consumer", date(2012, 12, 31)) is None


def test_rates_older_than_seven_months_are_told():
    language.use("en")
    assert claims_text.rates_notice(date(2027, 2, 1)) is None
    assert "more than seven months" in claims_text.rates_notice(date(2027, 2, 2))
    language.use("nl")


def test_every_source_of_a_rate_is_said_in_the_language_spoken():
    """The file of rates is in English; a Dutch screen must not be."""
    language.use("nl")
    for kind in ("commercial", "consumer"):
        for one in law.rates(kind):
            assert not set(claims_text.source_name(one.source).split()) & {
                "the",
                "rate",
                "points",
                "before",
                "on",
            }
    newest = claims_text.source_name(law.rates("commercial")[-1].source)
    assert newest.startswith("herfinancieringsrente van de ECB van 2,40% vóór dat halfjaar, plus 8 punten")
    assert claims_text.source_name("Stcrt. 2030, 1") == "Stcrt. 2030, 1"
