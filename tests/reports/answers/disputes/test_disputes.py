"""Disputes, faults of invoices and collection agencies: numbers worked by hand, and what the screen says."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from reports.answers.claims import agencies
from reports.answers.disputes import disputes, invoice_faults
from reports.answers.disputes import text as disputes_text
from tests.apps import words
from tests.books import Desk

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 11, 22)
D = Decimal
Row = dict[str, object]


def ago(days: int) -> str:
    return (DAY - timedelta(days=days)).isoformat()


def customer(number: str, manager: str = "", segment: str = "Klein") -> Row:
    return {
        "customer_id": number, "customer_name": f"Name {number}", "segment": segment, "country": "NL",
        "payment_terms_days": 30, "credit_limit": "", "account_manager": manager,
    }  # fmt: skip


def invoice(number: str, who: str, due: int, amount: str = "100.00", **more: str) -> Row:
    """An invoice that fell due so many days before DAY, dated 30 days before that."""
    return {
        "invoice_id": number, "customer_id": who, "invoice_type": "invoice", "invoice_date": ago(due + 30),
        "due_date": ago(due), "currency": "EUR", "amount": amount, **more,
    }  # fmt: skip


def note(number: str, who: str, day: int, amount: str, **more: str) -> Row:
    return {
        **invoice(number, who, day, amount, **more),
        "invoice_type": "credit_note",
        "invoice_date": ago(day),
    }


def paid(document: str, who: str, day: int, amount: str = "100.00", **more: str) -> Row:
    return {
        "payment_id": f"P-{document}-{day}", "customer_id": who, "invoice_id": document,
        "payment_date": ago(day), "currency": "EUR", "amount": amount, **more,
    }  # fmt: skip


DISPUTED = {
    "customers": [customer("C1", "Ann"), customer("C2", "Bob", "Groot")],
    "invoices": [
        invoice("F1", "C1", 30, "1000.00"),
        invoice("F2", "C1", 25, "200.00"),
        invoice("F3", "C2", 40, "90.00"),
        invoice("F4", "C2", 10, "80.00"),
        invoice("F5", "C2", -5, "600.00"),
        invoice("F6", "C2", 500, "70.00"),
        note("N1", "C2", 20, "-50.00"),
    ],
    "instalments": [("F5", ago(15), "300.00"), ("F5", ago(-15), "300.00")],
    "payments": [
        paid("F1", "C1", 10, "400.00"), paid("F3", "C2", 2, "90.00"), paid("F5", "C2", 12, "300.00"),
        paid("F6", "C2", 480, "70.00"),
    ],
    "disputes": [
        ("F1", ago(20), "", "price", "100.00"),
        ("F1", ago(5), "", " damage ", "10.00"),  # the second about it
        ("F2", ago(30), ago(3), "price", "200.00"),  # over since three days
        ("F2", ago(45), ago(41), "price", "200.00"),
        ("F3", ago(20), "", "", "90.00"),  # paid, and nobody closed it
        ("F4", ago(-1), "", "price", "80.00"),  # of tomorrow
        ("F5", ago(8), ago(-2), "damage", "600.00"),  # closed after tomorrow
        ("F6", ago(490), ago(470), "price", "70.00"),  # of last year
        ("N1", ago(9), "", "price", "50.00"),  # a credit note waits for nobody
    ],
}  # fmt: skip


def blocked(desk: Desk, day: int = 0, **values: object) -> list[tuple[object, ...]]:
    rows = desk.books().ask("blocked", as_of=ago(day), **values)
    return rows.select("invoice_id", "reason", "days_open", "days_overdue", "open_amount").rows()


def test_money_waits_once_per_invoice_and_only_for_what_is_open_on_the_day(desk):
    desk.load(**DISPUTED)
    assert blocked(desk) == [
        ("F1", "price", 20, 30, D("600.00")),
        ("F5", "damage", 8, -15, D("300.00")),
    ]
    # Four days ago F2 was in dispute still, and F3 not paid: F3 has no reason.
    assert blocked(desk, 4) == [
        ("F1", "price", 16, 26, D("600.00")),
        ("F5", "damage", 4, -19, D("300.00")),
        ("F2", "price", 26, 21, D("200.00")),
        ("F3", None, 16, 36, D("90.00")),
    ]
    # Before the payment of ten days ago all of F1 waited.
    assert blocked(desk, 11)[0] == ("F1", "price", 9, 19, D("1000.00"))
    assert blocked(desk, 46) == []
    # Tomorrow F4 is known; F5 is closed the day after.
    assert [row[0] for row in blocked(desk, -1)] == ["F1", "F5", "F4"]
    assert [row[0] for row in blocked(desk, -2)] == ["F1", "F4"]
    assert [row[0] for row in blocked(desk, segment="Groot")] == ["F5"]


def test_each_week_of_the_trend_is_what_was_blocked_on_its_day(desk):
    desk.load(**DISPUTED)
    trend = desk.books().ask("blocked_trend", as_of=DAY, weeks=8)
    assert trend["as_of"].to_list()[-2:] == [DAY - timedelta(days=7), DAY]
    assert trend.select("invoices", "open_amount").rows()[-4:] == [
        (1, D("200.00")),  # 21 days ago
        (3, D("1290.00")),  # 14: F1 in full, F2, F3
        (4, D("1190.00")),  # 7: F1 600, F5 300, F2 200, F3 90
        (2, D("900.00")),
    ]
    for day, invoices, amount in trend.rows():
        rows = desk.books().ask("blocked", as_of=day)
        assert (rows.height, sum(rows["open_amount"], D(0))) == (invoices, amount)


def test_amounts_in_another_currency_wait_in_the_reporting_one_or_are_left_out(desk):
    desk.load(
        customers=[customer("C1")],
        invoices=[
            invoice("E1", "C1", 10), invoice("E2", "C1", 10),
            invoice("U1", "C1", 10, currency="USD"), invoice("G1", "C1", 10, currency="GBP"),
        ],
        fx_rates=[(ago(400), "USD", "0.90")],
        disputes=[(one, ago(5), "", "price", "1.00") for one in ("U1", "G1")],
    )  # fmt: skip
    assert [(row[0], row[4]) for row in blocked(desk)] == [("U1", D("90.00"))]
    assert [(row[0], row[4]) for row in blocked(desk, currency="GBP")] == [("G1", D("100.00"))]
    trend = desk.books().ask("blocked_trend", as_of=DAY, weeks=1)
    assert trend.rows() == [(DAY, 1, D("90.00"))]


def reasons(desk: Desk, day: int = 0) -> list[tuple[object, ...]]:
    asked = [desk.books().ask(name, as_of=ago(day)) for name in ("disputes", "blocked")]
    return disputes.reasons(*asked, DAY - timedelta(days=day)).rows()


def test_reasons_count_what_is_still_open_for_as_long_as_it_lasts(desk):
    desk.load(**DISPUTED)
    # price: 4 days and 27 days are over, 20 and 9 (the credit note) still run; F6's is of last year.
    # 3/4 is left after 4 days; after 27 days nothing: of four, those of 9 and 20 days are not seen so long.
    # damage: 5 and 8 days, both still run. Without a reason: 20 days, still runs.
    assert reasons(desk) == [
        ("price", 4, 2, 2, D("600.00"), 27, 4, 27, 20),
        ("damage", 2, 0, 2, D("300.00"), None, None, None, 8),
        (None, 1, 0, 1, D("0.00"), None, None, None, 20),
    ]
    # Leaving the open ones out would say 4: the first of two reaches one half.
    assert reasons(desk, 470) == [("price", 1, 1, 0, D("0.00"), 20, 20, 20, None)]
    # On the day before it was closed it was open, 19 days.
    assert reasons(desk, 471) == [("price", 1, 0, 1, D("0.00"), None, None, None, 19)]
    assert reasons(desk, 491) == []


def test_the_rows_of_a_reason_are_those_it_was_counted_from(desk):
    desk.load(**DISPUTED)
    rows = desk.books().ask("disputes", as_of=DAY)
    assert disputes.of_reason(rows, "damage")["invoice_id"].sort().to_list() == ["F1", "F5"]
    assert disputes.of_reason(rows, None)["invoice_id"].to_list() == ["F3"]
    assert disputes.lately(rows, DAY).height == 7
    said = disputes_text.reasons_found
    assert said(disputes.reasons(rows, rows.clear().with_columns(open_amount=D(0)), DAY), 27) == (
        "7 disputes in 12 months, half resolved within 27 days"
    )


FAULTY = {
    "customers": [customer("C1", "Ann"), customer("C2", "Bob"), customer("C3")],
    "invoices": [
        invoice("A1", "C1", 100, po_number="PO1"),
        invoice("A2", "C1", 90),  # no number, where C1 gives one
        invoice("A3", "C1", 80, po_number="PO3", cancelled_date=ago(85)),
        invoice("A4", "C1", 334, po_number="PO4"),  # dated 364 days ago, the first day
        invoice("A5", "C1", 335),  # a day earlier
        invoice("A6", "C1", -3, po_number="PO6"),  # not due, and paid already
        invoice("B1", "C2", 60),  # C2 never gives one
        invoice("B2", "C2", 50),
        invoice("B3", "C2", 40),
        invoice("B4", "C2", 30),
        invoice("B5", "C2", 20),
        note("N1", "C2", 35, "-30.00", original_invoice_id="B1"),
        note("N2", "C2", 34, "-20.00"),  # refers to none; set off against B2
        note("N3", "C2", -1, "-10.00", original_invoice_id="B3"),  # of tomorrow
        note("N4", "C2", 15, "-100.00", original_invoice_id="B4"),
        invoice("D1", "C3", 45),
    ],
    "payments": [
        paid("A1", "C1", 95), paid("A2", "C1", 60, "40.00"), paid("A2", "C1", 50, "60.00"),
        paid("A4", "C1", 334), paid("A6", "C1", 1),
        paid("B1", "C2", 70, "70.00"), paid("B1", "C2", 33, "30.00", kind="credit"),
        paid("N1", "C2", 33, "-30.00", kind="credit", payment_id="P-B1-33"),
        paid("B2", "C2", 34, "20.00", kind="credit"),
        paid("N2", "C2", 34, "-20.00", kind="credit", payment_id="P-B2-34"),
        paid("B2", "C2", 30, "80.00"),
        paid("B3", "C2", 45, "98.00"), paid("B3", "C2", 44, "2.00", kind="credit"),  # a discount
        paid("B4", "C2", 15, "100.00", kind="credit"),
        paid("N4", "C2", 15, "-100.00", kind="credit", payment_id="P-B4-15"),
        paid("D1", "C3", 40), paid("D1", "C3", 39, "-100.00", kind="reversal"),
    ],
    "disputes": [("B2", ago(60), ago(30), "price", "10.00"), ("B3", ago(-2), "", "price", "10.00")],
}  # fmt: skip


def quality(desk: Desk, day: int = 0, **values: object) -> dict[str, tuple[object, ...]]:
    rows = desk.books().ask("invoice_quality", as_of=ago(day), **values)
    columns = ("no_order_number", "is_credited", "is_disputed", "is_open", "paid_date", "days_late")
    return {row[0]: row[1:] for row in rows.select("invoice_id", *columns).iter_rows()}


def on(days: int) -> date:
    return DAY - timedelta(days=days)


def test_an_invoice_has_the_faults_and_the_days_that_were_known_by_then(desk):
    desk.load(**FAULTY)
    assert quality(desk) == {
        "A1": (False, False, False, False, on(95), 5),
        "A2": (True, False, False, False, on(50), 40),  # paid in full by its last payment
        "A4": (False, False, False, False, on(334), 0),
        "A6": (False, False, False, False, on(1), None),
        "B1": (None, True, False, False, on(70), -10),  # money came before the credit
        "B2": (None, True, True, False, on(30), 20),
        "B3": (None, False, False, False, on(45), -5),  # a discount corrects nothing
        "B4": (None, True, False, False, None, None),  # credited whole: nobody paid
        "B5": (None, False, False, True, None, 20),
        "D1": (None, False, False, True, None, 45),  # paid back: open again
    }
    # Sixty-one days ago: B2 was not in dispute, A2 open, nothing credited, D1 not due, A6 not there yet.
    before = quality(desk, 61)
    assert before["A2"] == (True, False, False, True, None, 29)
    assert before["B1"] == (None, False, False, True, None, None)
    assert before["B2"] == (None, False, False, True, None, None)
    assert "A6" not in before
    # A day before D1 came back it was paid.
    assert quality(desk, 40)["D1"] == (None, False, False, False, on(40), 5)
    assert set(quality(desk, period=90)) == {"A6", "B2", "B3", "B4", "B5", "D1"}


def test_shares_are_of_the_invoices_that_could_have_the_fault(desk):
    desk.load(**FAULTY)
    found = invoice_faults.table(invoice_faults.faults(desk.books().ask("invoice_quality", as_of=DAY)))
    # Days: of C2 B2 20 late against -10, -5 and 20 (5 / 3); of C1 A2 40 late against 5 and 0 (2.5).
    # Credited: C2 alone, B1 and B2 (5) against B3 and B5 (7.5); weights do not matter with one customer.
    columns = ("fault", "invoices", "faulty", "faulty_share", "compared", "customers", "added_days")
    assert found.select(columns).rows() == [
        ("disputed", 10, 1, 0.1, 1, 1, pytest.approx(20 - 5 / 3)),
        ("no_order_number", 4, 1, 0.25, 1, 1, pytest.approx(37.5)),
        ("credited", 10, 3, pytest.approx(0.3), 2, 1, pytest.approx(-2.5)),
    ]
    assert found.select("added_low", "added_high", "held_up").rows() == [(None, None, None)] * 3


def many(held: int) -> dict[str, list[Row]]:
    """Twelve customers, 2 invoices disputed and 2 not each: 10 + n days later, others `held` days late."""
    documents, payments, opened = [], [], []
    for who in range(12):
        for at in range(4):
            number, late = f"F{who}-{at}", held + (10 + who if at < 2 else 0)
            documents.append(invoice(number, f"C{who}", 100))
            payments.append(paid(number, f"C{who}", 100 - late))
            if at < 2:
                opened.append((number, ago(110), ago(90), "price", "10.00"))
    return {
        "customers": [customer(f"C{who}") for who in range(12)], "invoices": documents,
        "payments": payments, "disputes": opened,
    }  # fmt: skip


def test_what_a_fault_costs_is_told_with_its_interval_and_the_cash_it_holds_up(desk):
    desk.load(**many(3))
    [one, numbers, _credited] = invoice_faults.faults(desk.books().ask("invoice_quality", as_of=DAY))
    # 10 to 21, all weighing the same: 15.5. Without one: 15.5 - (d - 15.5) / 11; the squares sum to
    # 143 / 121, x 11 / 12 = 13 / 12; t of 11 is 2.200985.
    assert one.compared.added_days == pytest.approx(15.5)
    assert one.compared.high == pytest.approx(15.5 + 2.200985 * (13 / 12) ** 0.5, rel=1e-6)
    assert one.held_up == D("101.92")  # 24 x 100.00 x 15.5 / 365
    assert " ".join(disputes_text.fault_said(one, "EUR")) == (
        "50.0% of the invoices were disputed: 24 of 48. 18.5 days late against 3.0 of the same customers' "
        "other invoices: +15.5 days, 95% 13.2 to 17.8 (24 invoices of 12 customers). On an average day about "
        "€102 more is open for it."
    )
    assert disputes_text.fault_said(numbers, "EUR") == [
        "No invoice of these 12 months names an order number, so that none can be missing."
    ]
    assert disputes_text.faults_found([one, numbers]) == "Invoices in dispute come 15.5 days later"
    rows = invoice_faults.per_customer(one, desk.books().ask("invoice_quality", as_of=DAY))
    assert rows.height == 12
    assert rows["weight_share"].sum() == pytest.approx(1)


def test_too_few_are_said_to_be_too_few_with_the_number_needed(desk):
    desk.load(**FAULTY)
    found = invoice_faults.faults(desk.books().ask("invoice_quality", as_of=DAY))
    assert disputes_text.fault_said(found[2], "EUR")[1] == (
        "Too few to tell what it costs in days: at least 20 such invoices that fell due, of 10 customers who "
        "have others too, are needed; there are 2 of 1."
    )
    assert disputes_text.faults_found(found) == "No fault is known to cost days"


def case(number: str, agency: str, opened: int, status: str = "open", closed: int | None = None,
         **amounts: str) -> Row:  # fmt: skip
    return {
        "case_id": number, "customer_id": "C1", "agency": agency, "opened_date": ago(opened),
        "status": status, "closed_date": "" if closed is None else ago(closed),
        "claimed": "", "recovered": "", "cost": "", **amounts,
    }  # fmt: skip


CASES = [
    case("K1", "North", 100, "paid", 60, claimed="1000.00", recovered="1000.00", cost="150.00"),
    case("K2", " North ", 90, "partly_paid", 20, claimed="500.00", recovered="200.00", cost="90.00"),
    case("K3", "North", 30, claimed="800.00", recovered="50.00", cost="10.00"),
    case("K4", "South", 40, "uncollectable", 10, claimed="300.00", recovered="0.00", cost="25.00"),
    case("K5", "South", 25, "paid", 5, recovered="75.00"),  # nobody wrote what was claimed
    case("K6", "West", 12, claimed="10.00"),
]


def test_an_agency_is_judged_by_the_cases_that_ended(desk):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 10)], collection_cases=CASES)
    rows = agencies.agencies(desk.books().ask("collection_cases", as_of=DAY), DAY)
    assert rows.rows() == [
        # 1,200 of 1,500 and 240 of 1,200; 40 and 70 days; the one of 30 days so far is not seen at 40.
        ("North", 3, 1, D("2300.00"), D("1250.00"), D("250.00"), 0.8, 0.2, 40, 30),
        # 0 of 300; 25 of 75; 30 and 20 days.
        ("South", 2, 0, D("300.00"), D("75.00"), D("25.00"), 0.0, pytest.approx(1 / 3), 20, None),
        ("West", 1, 1, D("10.00"), D("0.00"), D("0.00"), None, None, None, 12),
    ]
    # Thirty days ago K2 ran on, K4 and K3 too, and the others were not there.
    day = DAY - timedelta(days=30)
    earlier = agencies.agencies(desk.books().ask("collection_cases", as_of=day), day)
    columns = ("agency", "case_count", "running", "recovered_share", "median_days", "longest_open_days")
    assert earlier.select(columns).rows() == [
        ("North", 3, 2, 1.0, 40, 60),
        ("South", 1, 1, None, None, 10),
    ]
    assert disputes_text.agencies_found(rows, "EUR") == (
        "6 cases handed over, €2,610: €1,325 recovered, €275 costs"
    )
    none = desk.books().ask("collection_cases", as_of=DAY).clear()
    assert agencies.agencies(none, DAY).is_empty()


HOSTILE = "=1+1 <b>B</b> $x$ [a](http://evil.example) ![i](http://evil.example/x.png)"


def shown(app, column: str) -> list[list[object]]:
    return [table.value[column].to_list() for table in app.dataframe if column in table.value]


def test_the_screen_shows_what_waits_and_a_reason_letter_by_letter(desk, open_page):
    rows = [*DISPUTED["disputes"], ("F4", ago(2), "", HOSTILE, "80.00")]
    desk.load(**{**DISPUTED, "disputes": rows})
    app = open_page("disputes", as_of=DAY.isoformat())
    said = words(app)
    assert "€980 waits for 3 invoices in dispute" in said
    assert "8 disputes in 12 months, more than half" not in said
    assert HOSTILE in shown(app, "reason_said")[0]
    assert "http://evil.example)" not in "".join(str(one.value) for one in (*app.markdown, *app.header))
    app = open_page("disputes", as_of=DAY.isoformat(), reason="damage", listed="year")
    assert shown(app, "invoice_id") == [["F5", "F1"]]
    app = open_page("disputes", as_of=DAY.isoformat(), manager="Ann")
    assert shown(app, "invoice_id") == [["F1"]]
    assert "Of all account managers." in words(app)
    assert "could not be shown" not in said


def test_the_screen_says_what_faults_cost_and_lists_their_invoices(desk, open_page):
    desk.load(**many(3))
    app = open_page("disputes", as_of=DAY.isoformat(), part="quality")
    assert "Invoices in dispute come 15.5 days later" in words(app)
    assert "+15.5 days, 95% 13.2 to 17.8" in words(app)
    assert "In dispute: 24 invoices of 12 months, €2,400" in words(app)
    app = open_page("disputes", as_of=DAY.isoformat(), part="quality", fault="credited")
    assert "No invoice of 12 months has it" in words(app)


def test_the_screen_opens_an_agency_to_its_cases(desk, open_page):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 10)], collection_cases=CASES)
    app = open_page("disputes", as_of=DAY.isoformat(), part="agencies", agency="South")
    assert shown(app, "case_id") == [["K5", "K4"]]
    assert "South: 2 cases" in words(app)


@pytest.mark.parametrize("part", ["disputes", "quality", "agencies"])
def test_without_disputes_or_cases_the_screen_says_what_to_do(desk, open_page, part):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 10)])
    said = words(open_page("disputes", part=part, as_of=DAY.isoformat()))
    assert "could not be shown" not in said
    assert {
        "disputes": "No dispute is recorded by this day",
        "quality": "0.0% of the invoices were disputed: 0 of 1.",
        "agencies": "No case at a collection agency by this day",
    }[part] in said
