"""Money blocked by disputes, on a day and per week: numbers worked out by hand."""

from datetime import timedelta
from decimal import Decimal

from tests.books import Desk
from tests.dispute_ledgers import DAY, DISPUTED, ago, customer, invoice

D = Decimal


def blocked(desk: Desk, day: int = 0, **values: object) -> list[tuple[object, ...]]:
    rows = desk.books().ask("blocked", as_of=ago(day), **values)
    return rows.select("invoice_id", "reason", "days_open", "days_overdue", "open_amount").rows()


def test_money_waits_once_per_invoice_and_only_for_what_is_open_on_the_day(entity_desk):
    entity_desk.load(**DISPUTED)
    assert blocked(entity_desk) == [
        ("F1", "price", 20, 30, D("600.00")),
        ("F5", "damage", 8, -15, D("300.00")),
    ]
    # Four days ago F2 was in dispute still, and F3 not paid: F3 has no reason.
    assert blocked(entity_desk, 4) == [
        ("F1", "price", 16, 26, D("600.00")),
        ("F5", "damage", 4, -19, D("300.00")),
        ("F2", "price", 26, 21, D("200.00")),
        ("F3", None, 16, 36, D("90.00")),
    ]
    # Before the payment of ten days ago all of F1 waited.
    assert blocked(entity_desk, 11)[0] == ("F1", "price", 9, 19, D("1000.00"))
    assert blocked(entity_desk, 46) == []
    # Tomorrow F4 is known; F5 is closed the day after.
    assert [row[0] for row in blocked(entity_desk, -1)] == ["F1", "F5", "F4"]
    assert [row[0] for row in blocked(entity_desk, -2)] == ["F1", "F4"]
    assert [row[0] for row in blocked(entity_desk, segment="Groot")] == ["F5"]


def test_each_week_of_the_trend_is_what_was_blocked_on_its_day(entity_desk):
    entity_desk.load(**DISPUTED)
    trend = entity_desk.books().ask("blocked_trend", as_of=DAY, weeks=8)
    assert trend["as_of"].to_list()[-2:] == [DAY - timedelta(days=7), DAY]
    assert trend.select("invoices", "open_amount").rows()[-4:] == [
        (1, D("200.00")),  # 21 days ago
        (3, D("1290.00")),  # 14: F1 in full, F2, F3
        (4, D("1190.00")),  # 7: F1 600, F5 300, F2 200, F3 90
        (2, D("900.00")),
    ]
    for day, invoices, amount in trend.rows():
        rows = entity_desk.books().ask("blocked", as_of=day)
        assert (rows.height, sum(rows["open_amount"], D(0))) == (invoices, amount)


def test_amounts_in_another_currency_wait_in_the_reporting_one_or_are_left_out(entity_desk):
    entity_desk.load(
        customers=[customer("C1")],
        invoices=[
            invoice("E1", "C1", 10), invoice("E2", "C1", 10),
            invoice("U1", "C1", 10, currency="USD"), invoice("G1", "C1", 10, currency="GBP"),
        ],
        fx_rates=[(ago(400), "USD", "0.90")],
        disputes=[(one, ago(5), "", "price", "1.00") for one in ("U1", "G1")],
    )  # fmt: skip
    assert [(row[0], row[4]) for row in blocked(entity_desk)] == [("U1", D("90.00"))]
    assert [(row[0], row[4]) for row in blocked(entity_desk, currency="GBP")] == [("G1", D("100.00"))]
    trend = entity_desk.books().ask("blocked_trend", as_of=DAY, weeks=1)
    assert trend.rows() == [(DAY, 1, D("90.00"))]
