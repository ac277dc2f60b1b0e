"""Settlement files of payment providers, made by hand: what each is read with, and what it says."""

from typing import NamedTuple

from tests.data.importers.vendors.case import FILES


class ProviderCase(NamedTuple):
    """One file: its preset, its file, and its lines: number, payout, kind, day, gross, fee and net."""

    preset: str
    content: bytes
    lines: list[tuple]


def _case(preset, lines):
    return ProviderCase(preset, (FILES / f"provider-{preset}.csv").read_bytes(), lines)


PROVIDERS = (
    _case(
        "stripe",
        [
            ("txn_1", "po_1", "charge", "2026-10-01", "121.00", "-2.00", "119.00"),
            ("txn_2", "po_1", "refund", "2026-10-02", "-21.00", "0.00", "-21.00"),
            ("txn_3", "po_1", "chargeback", "2026-10-02", "-50.00", "-15.00", "-65.00"),
            ("txn_4", "po_1", "fee", "2026-10-03", "-3.00", "0.00", "-3.00"),
            ("txn_5", "po_1", "payout", "2026-10-04", "-30.00", "0.00", "-30.00"),
            ("txn_6", None, "charge", "2026-10-05", "10.00", "-0.50", "9.50"),
        ],
    ),
    _case(
        "stripe-balance",
        [
            ("txn_1", "tr_1", "charge", "2026-07-24", "249.00", "-7.52", "241.48"),
            ("txn_2", "tr_1", "refund", "2026-07-25", "-249.00", "7.52", "-241.48"),
            ("txn_3", "tr_1", "charge", "2026-07-25", "100.00", "-3.00", "97.00"),
            ("txn_4", "tr_1", "payout", "2026-07-27", "-97.00", "0.00", "-97.00"),
        ],
    ),
    _case(
        "mollie",
        [
            ("tr_a", "1182161.2610.02", "charge", "2026-10-01", "48.20", "0.00", "48.20"),
            ("re_b", "1182161.2610.02", "refund", "2026-10-01", "-10.00", "0.00", "-10.00"),
            ("chb_c", "1182161.2610.02", "chargeback", "2026-10-02", "-5.00", "0.00", "-5.00"),
            (None, "1182161.2610.02", "fee", "2026-10-02", "-1.86", "0.00", "-1.86"),
        ],
    ),
    _case(
        "paypal",
        [
            ("1AA", "1AD", "charge", "2026-10-03", "1250.00", "-42.80", "1207.20"),
            ("1AB", "1AD", "refund", "2026-10-04", "-50.00", "1.70", "-48.30"),
            ("1AD", "1AD", "payout", "2026-10-13", "-1158.90", "0.00", "-1158.90"),
            ("1AE", None, "adjustment", "2026-10-14", "-20.00", "0.00", "-20.00"),
        ],
    ),
    _case(
        "adyen",
        [
            ("8816/9916/charge", "134", "charge", "2026-10-01", "100.00", "-1.30", "98.70"),
            ("8817/9917/charge", "134", "charge", "2026-10-01", "46.50", "-0.65", "45.85"),
            ("8818/9918/refund", "134", "refund", "2026-10-02", "-10.00", "-0.10", "-10.10"),
            (None, "134", "fee", "2026-10-02", "-4.00", "0.00", "-4.00"),
            (None, "134", "payout", "2026-10-03", "-130.45", "0.00", "-130.45"),
        ],
    ),
    _case(
        "sibs",
        [
            (None, "L1", "charge", "2026-09-17", "1250.00", "-10.00", "1240.00"),
            (None, "L1", "charge", "2026-09-17", "1250.00", "-10.00", "1240.00"),
            (None, "L1", "refund", "2026-09-17", "-20.00", "0.00", "-20.00"),
        ],
    ),
    _case(
        "shopify-orders",
        [
            ("5001", None, "charge", "2026-05-01", "34.98", "0.00", "34.98"),
            ("5001/refund", None, "refund", "2026-05-01", "-4.98", "0.00", "-4.98"),
            ("5003", None, "charge", "2026-05-03", "10.00", "0.00", "10.00"),
        ],
    ),
)
