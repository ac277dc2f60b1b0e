"""Payouts of payment providers: what their lines come to, and what was paid out."""

from datetime import date
from decimal import Decimal

D = Decimal
DAY = date(2026, 10, 4)


def line(number, payout, kind, gross, fee="0.00", **others):
    net = str(D(gross) + D(fee))
    return {
        "provider": "Stripe", "line_id": number, "payout_id": payout, "payout_date": DAY if payout else "",
        "kind": kind, "created_date": DAY, "currency": "EUR", "gross": gross, "fee": fee, "net": net,
        **others,
    }  # fmt: skip


def test_a_payout_is_the_net_of_its_lines_or_named_with_the_difference(desk):
    desk.load(
        provider_payments=[
            line("1", "po_1", "charge", "121.00", "-2.00"),
            line("2", "po_1", "charge", "50.00", "-1.00"),
            line("3", "po_1", "refund", "-21.00"),
            line("4", "po_1", "chargeback", "-50.00", "-15.00"),
            line("5", "po_1", "fee", "-3.00"),
            line("6", "po_1", "adjustment", "1.00"),
            line("7", "po_1", "payout", "-80.00"),
            line("8", "po_2", "charge", "10.00", "-0.50"),
            line("9", "po_2", "payout", "-9.50"),
            line("10", "lot", "charge", "10.00", provider="SIBS"),
            line("11", "", "charge", "99.00"),
        ]
    )
    rows = {row["payout_id"]: row for row in desk.ask("provider_settlements")}
    assert set(rows) == {"po_1", "po_2", "lot"}
    # 171.00 - 21.00 - 50.00 + 1.00 - 21.00 fees.
    assert rows["po_1"] == {
        "provider": "Stripe", "payout_id": "po_1", "payout_date": DAY, "currency": "EUR", "charges": 2,
        "gross": D("171.00"), "refunds": D("-21.00"), "chargebacks": D("-50.00"), "adjustments": D("1.00"),
        "fees": D("-21.00"), "net": D("80.00"), "payout": D("80.00"), "difference": D("0.00"),
    }  # fmt: skip
    assert (rows["po_2"]["net"], rows["po_2"]["payout"], rows["po_2"]["difference"]) == (
        D("9.50"), D("9.50"), D("0.00"),
    )  # fmt: skip
    assert (rows["lot"]["payout"], rows["lot"]["difference"]) == (None, None)


def test_a_payout_that_its_lines_do_not_come_to_is_a_finding(desk):
    desk.load(provider_payments=[line("1", "po_1", "charge", "10.00"), line("2", "po_1", "payout", "-10.25")])
    [row] = [row for row in desk.ask("findings", as_of=DAY) if row["finding"] == "payout_apart"]
    assert (row["count"], row["amount"]) == (1, D("0.25"))
