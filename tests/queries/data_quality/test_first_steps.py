"""`first_steps`."""

from tests.books import BOOKS


def test_each_kind_of_data_has_its_rows_and_one_that_was_never_loaded_has_none(desk):
    desk.load(
        customers=[
            *BOOKS["customers"],
            ("C3", "Only a name", None, None, None, None),
            {**dict.fromkeys(("segment", "country", "payment_terms_days", "credit_limit")),
             "customer_id": "C4", "customer_name": "With mail", "email": "a@b.example"},
        ],
        invoices=BOOKS["invoices"],
        # Of 0.00 is a payment taken back.
        payments=[*BOOKS["payments"], ("P2", "C1", "F1", "2026-11-20", "EUR", "0.00")],
    )  # fmt: skip
    rows = {row.pop("kind"): tuple(row.values()) for row in desk.ask("first_steps")}
    assert rows == {
        "invoices": (3, 3),
        "payments": (1, 1),
        "bank_balances": (0, 0),
        "bills": (0, 0),
        "customers": (3, 4),
    }
